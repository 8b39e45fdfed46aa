"""Making a city worker's process green. Called first: what is imported before keeps the unpatched modules."""

import os


def patch() -> None:
    """Monkey-patches this process for its life. The embedded process never does: it has native threads."""
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")     # else psycopg blocks the hub
    import eventlet
    eventlet.monkey_patch()
