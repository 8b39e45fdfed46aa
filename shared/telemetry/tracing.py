"""What belongs together: W3C trace context from a request through the journal to whoever follows it.

A request carries on its caller's trace or begins one. What is written to a journal meanwhile bears it, and so do log
lines; whoever handles the entry carries it on. Spans are told to nobody unless ops say where to (`tell`): without that
a trace is passed on as it came.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

SERVER, CONSUMER = "server", "consumer"         # kinds of spans, as OpenTelemetry names them
_FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where in a trace something happens: the trace's id, the span's, and whether anybody records it."""

    id: str
    span: str
    sampled: bool = False

    def __str__(self) -> str:
        return f"00-{self.id}-{self.span}-0{int(self.sampled)}"


@dataclass(slots=True)
class Span:
    """Something that began and ended: who did it, what, as part of which trace. `attributes`: nothing personal."""

    service: str
    name: str
    kind: str
    trace: Trace
    parent: Trace | None
    began: int                                  # nanoseconds since 1970
    ended: int = 0
    failed: bool = False
    attributes: dict[str, str | int] = field(default_factory=dict)


_here: ContextVar[Trace | None] = ContextVar("trace", default=None)
_told: list[Callable[[Span], None]] = []        # one at most


def tell(ended: Callable[[Span], None] | None) -> None:
    """Whom every span is told to when it has ended; None: nobody."""
    _told[:] = [ended] if ended else []


def trace_of(text: str) -> Trace | None:
    """The trace that a traceparent header or extension names; None where it names none. Of later versions what the
    first has is read, as W3C says."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    version, id_, span, flags, more = found.groups()
    if version == "ff" or (version == "00" and more) or not (id_.strip("0") and span.strip("0")):
        return None
    return Trace(id_, span, bool(int(flags, 16) & 1))


def here() -> Trace | None:
    """The trace of what is being done now."""
    return _here.get()


def here_told() -> str:
    """The same as a traceparent; empty where there is none."""
    trace = _here.get()
    return str(trace) if trace else ""


@contextmanager
def span(service: str, name: str, kind: str, parent: Trace | None, *, recorded: bool = True) -> Iterator[Span]:
    """What is done within belongs to the parent's trace, or to one that begins here, `recorded` or not. What is raised
    marks it failed."""
    trace = parent if parent and not _told else Trace(
        parent.id if parent else secrets.token_hex(16), secrets.token_hex(8),
        parent.sampled if parent else recorded and bool(_told))
    made = Span(service, name, kind, trace, parent, time.time_ns())
    token = _here.set(trace)
    try:
        yield made
    except BaseException:
        made.failed = True
        raise
    finally:
        _here.reset(token)
        if _told and trace.sampled:
            made.ended = time.time_ns()
            _told[0](made)
