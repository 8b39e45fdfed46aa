"""Calls to agencies' webhooks: whom to call next, the connection, signatures, secrets, failures.

Begin with `deliverer`.
"""
