"""A trace: how it is read, what belongs to it, who hears of its spans."""

from collections.abc import Iterator

import pytest

from shared.telemetry import tracing
from shared.telemetry.tracing import SERVER, Span, Trace, span, trace_of

ID, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GIVEN = Trace(ID, SPAN, True)


@pytest.fixture
def told() -> Iterator[list[Span]]:
    spans: list[Span] = []
    tracing.tell(spans.append)
    yield spans
    tracing.tell(None)


@pytest.mark.parametrize(("text", "trace"), [
    (f"00-{ID}-{SPAN}-01", GIVEN), (f"00-{ID}-{SPAN}-00", Trace(ID, SPAN)), (f"00-{ID}-{SPAN}-03", GIVEN),
    (f"cc-{ID}-{SPAN}-01-what-a-later-version-adds", GIVEN),
    (f"00-{ID}-{SPAN}-01-more", None), (f"ff-{ID}-{SPAN}-01", None), (f"00-{ID.upper()}-{SPAN}-01", None),
    (f"00-{'0' * 32}-{SPAN}-01", None), (f"00-{ID}-{'0' * 16}-01", None), (f"00-{ID}-{SPAN}", None), ("", None),
    (f"00-{ID}-{SPAN}-01\n", None), ("市", None)])
def test_a_traceparent_is_read_as_w3c_says_and_no_other_text(text: str, trace: Trace | None) -> None:
    assert trace_of(text) == trace


def test_what_nobody_records_is_passed_on_as_it_came() -> None:
    assert tracing.here_told() == ""
    with span("toy", "a", SERVER, GIVEN):
        assert tracing.here_told() == f"00-{ID}-{SPAN}-01"
    with span("toy", "a", SERVER, None):
        began = tracing.here()
        assert began and not began.sampled and trace_of(str(began)) == began
    with span("toy", "b", SERVER, None):
        assert tracing.here() != began
    assert tracing.here() is None


def test_a_span_that_is_told_stands_below_its_parent_and_between_its_begin_and_end(told: list[Span]) -> None:
    with span("toy", "outer", SERVER, GIVEN) as outer, span("toy", "inner", SERVER, tracing.here()) as inner:
        inner.attributes["n"] = 1
    assert told == [inner, outer]
    assert (outer.parent, inner.parent) == (GIVEN, outer.trace)
    assert {each.trace.id for each in told} == {ID} and len({SPAN, outer.trace.span, inner.trace.span}) == 3
    assert outer.began <= inner.began <= inner.ended <= outer.ended and not outer.failed


def test_what_is_raised_within_marks_a_span_and_leaves_its_trace(told: list[Span]) -> None:
    with pytest.raises(ZeroDivisionError), span("toy", "a", SERVER, None):
        raise ZeroDivisionError
    assert told[0].failed and tracing.here() is None


def test_a_caller_who_does_not_record_is_not_recorded_and_who_begins_here_is(told: list[Span]) -> None:
    with span("toy", "a", SERVER, Trace(ID, SPAN)):
        pass
    assert not told
    with span("toy", "a", SERVER, None):
        pass
    assert told[0].trace.sampled
