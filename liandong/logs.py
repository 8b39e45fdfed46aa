"""Log lines of every process: to standard error, no personal values, no secrets; each with the trace it belongs to."""

import logging
import sys
from typing import Any

from shared.kernel.settings import JSON, Settings
from shared.telemetry import tracing

QUIET = ("liandong.http", "alembic", "nameko.runners")  # told from warnings on, unless ops ask for debug
PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"


def configure(settings: Settings) -> None:
    """Sets the process's logging up; the second time changes nothing."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_json() if settings.log_format == JSON else _Plain(PLAIN))
        handler.addFilter(_traced)
        root.addHandler(handler)
        root.setLevel(settings.log_level.upper())
    if settings.log_level != "debug":
        for name in QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)


def of_gunicorn() -> type:
    """gunicorn's logger: what it says is written as everything else is."""
    from gunicorn.glogging import Logger

    class Ours(Logger):
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    return Ours


def _traced(record: logging.LogRecord) -> bool:
    """Says in the record in which trace it was written."""
    trace = tracing.here()
    record.trace_id, record.span_id = (trace.id, trace.span) if trace else (None, None)
    return True


class _Plain(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        trace = getattr(record, "trace_id", None)
        return super().formatMessage(record) + (f" trace={trace}" if trace else "")


def _json() -> logging.Formatter:
    """A JSON object a line: `time` in UTC, `level`, `logger`, `message`, `process`, the trace, and what a line adds by
    `extra`."""
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s %(processName)s %(process)d %(trace_id)s %(span_id)s", timestamp="time",
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"}, json_ensure_ascii=False)
