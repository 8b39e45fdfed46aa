"""What becomes of spans is counted: told to a collector, or lost where none takes them."""

from pathlib import Path

import pytest

from liandong import traces
from shared.kernel.settings import Settings
from shared.telemetry import tracing
from tests.figures import figure
from tests.liandong.collecting import collecting

NOBODY = "http://127.0.0.1:9/v1/traces"


def counted(result: str) -> float:
    return figure("liandong_spans_total", result=result)


def told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two spans, and the end of the process that they are of."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")      # it is tried for so long
    traces.configure(Settings(home=Path("nowhere"), traces_url=url))
    for name in ("a", "b"):
        with tracing.span("toy", name, tracing.SERVER, None):
            pass
    traces.stop()


@pytest.mark.parametrize("taken", [True, False])
def test_a_span_is_counted_as_sent_where_a_collector_took_it_and_as_lost_elsewhere(
        taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with collecting() as collector:
        before = {result: counted(result) for result in ("ended", "sent", "lost")}
        told(collector.url if taken else NOBODY, monkeypatch)
        after = {result: counted(result) - number for result, number in before.items()}
    assert after == {"ended": 2, "sent": 2 * taken, "lost": 2 * (not taken)}
