"""Spans told to a collector by OpenTelemetry's protocol (OTLP over HTTP), where LIANDONG_TRACES_URL says to which.

A collector that is away or slow holds up nothing: spans wait in memory, at most so many, and the oldest go first.
"""

import atexit
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from shared.kernel.settings import Settings
from shared.telemetry import tracing

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
    from opentelemetry.trace import SpanContext

_stops: list[Callable[[], None]] = []


def configure(settings: Settings) -> None:
    """Has spans sent in a thread of its own, where that is asked for. Importing OpenTelemetry takes a quarter of a
    second, so nobody else does."""
    if not settings.traces_url:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult

    from shared.telemetry.metrics import SPANS  # not before it is known where the processes of an API count together

    class Counting(OTLPSpanExporter):
        def export(self, spans: "Sequence[ReadableSpan]") -> SpanExportResult:
            try:
                result = super().export(spans)
            except Exception:
                SPANS.labels("lost").inc(len(spans))
                raise
            SPANS.labels("sent" if result is SpanExportResult.SUCCESS else "lost").inc(len(spans))
            return result

    for result in ("ended", "sent", "lost"):
        SPANS.labels(result)            # told from the start: a first loss is a rise
    sending = BatchSpanProcessor(Counting(endpoint=settings.traces_url))
    tracing.tell(partial(_send, sending, settings.city))
    _stops.append(sending.shutdown)


@atexit.register
def stop() -> None:
    """Sends what is still in memory."""
    tracing.tell(None)
    while _stops:
        _stops.pop()()


def _send(sending: "SpanProcessor", city: str, span: tracing.Span) -> None:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanKind, Status, StatusCode

    from shared.telemetry.metrics import SPANS

    SPANS.labels("ended").inc()
    sending.on_end(ReadableSpan(
        span.name, context=_context(span.trace), parent=_context(span.parent) if span.parent else None,
        kind=SpanKind[span.kind.upper()], resource=_resource(span.service, city), attributes=span.attributes,
        status=Status(StatusCode.ERROR if span.failed else StatusCode.UNSET), start_time=span.began,
        end_time=span.ended))


def _context(trace: tracing.Trace) -> "SpanContext":
    from opentelemetry.trace import SpanContext, TraceFlags

    return SpanContext(int(trace.id, 16), int(trace.span, 16), is_remote=False, trace_flags=TraceFlags(trace.sampled))


@cache
def _resource(service: str, city: str) -> "Resource":
    from opentelemetry.sdk.resources import Resource

    return Resource.create({"service.namespace": "liandong", "service.name": service,
                            "deployment.environment.name": city})
