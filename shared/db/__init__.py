"""Databases: engines, transactions and column types on SQLite and PostgreSQL (`database`), and fewer round trips to
PostgreSQL (`pipelining`). Stores and whoever opens a transaction import it. Begin with `database`.
"""
