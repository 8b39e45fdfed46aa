"""Making a city worker's process green. Called first: what is imported before keeps the unpatched modules."""

import os
import sys

TOO_EARLY = frozenset({"kombu", "sqlalchemy", "sqlite3", "psycopg", "nameko"})


def patch() -> None:
    """Monkey-patches this process for its life. The embedded process never does: it has native threads. One forked from
    a patched process is patched, and gets a hub of its own.

    Raises RuntimeError where it comes too late: the process would hang at its first wait.
    """
    if "eventlet" in sys.modules:
        from eventlet import hubs, patcher
        if patcher.is_monkey_patched("socket"):
            hubs.use_hub()
            return
    if loaded := TOO_EARLY & sys.modules.keys():
        raise RuntimeError(f"loaded before the process was patched: {', '.join(sorted(loaded))}")
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")     # else psycopg blocks the hub
    import eventlet
    eventlet.monkey_patch()
