"""A collector of traces: what OTLP over HTTP brings to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

PATH = "/v1/traces"


@dataclass(frozen=True)
class Got:
    """A span as it came."""

    service: str
    name: str
    trace: str
    id: str
    parent: str


@dataclass
class Collector:
    """The spans that came, and where they are taken."""

    url: str = ""
    spans: list[Got] = field(default_factory=list)

    def of(self, trace: str) -> dict[tuple[str, str], Got]:
        """A trace's spans, by service and name."""
        return {(each.service, each.name): each for each in [*self.spans] if each.trace == trace}

    def take(self, body: bytes) -> None:
        for group in ExportTraceServiceRequest.FromString(body).resource_spans:
            named = {each.key: each.value.string_value for each in group.resource.attributes}
            self.spans += [
                Got(f"{named['service.namespace']}/{named['service.name']}", span.name, span.trace_id.hex(),
                    span.span_id.hex(), span.parent_span_id.hex())
                for scope in group.scope_spans for span in scope.spans]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on a port of its own."""
    collector = Collector()

    @Request.application
    def app(request: Request) -> Response:
        assert request.path == PATH, request.path
        collector.take(request.get_data())
        return Response(b"", content_type="application/x-protobuf")

    server = make_server("127.0.0.1", 0, app, threaded=True)
    collector.url = f"http://127.0.0.1:{server.server_port}{PATH}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
