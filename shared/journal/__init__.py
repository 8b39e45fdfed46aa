"""Append-only log of a service: history, outbox, feed and evidence in one. Its position is the identity."""
