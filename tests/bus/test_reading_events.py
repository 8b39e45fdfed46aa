"""Whoever reads events by the thousand reads the same of a text as whoever reads one."""

from pathlib import Path

import pytest

from liandong.contract_files import samples
from shared.bus.deliveries import event_from
from shared.contracts.envelope import canonical, event_of

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {"id": "1", "type": "liandong.transfer.announced.v1", "time": "2025-09-30T01:02:03.000004Z", "data": {"leg": 1}}


def test_of_every_event_the_same_is_read() -> None:
    texts = [canonical(told["good"]) for told in samples(ROOT).values()]
    assert len(texts) > 100
    for text in (*texts, canonical(PLAIN)):
        assert event_from(text, "epoch", 7) == event_of(text, "epoch", 7)


@pytest.mark.parametrize("text", [
    "", "no JSON", "[]", "{}", "null", *(canonical({name: value for name, value in PLAIN.items() if name != lacking})
                                         for lacking in PLAIN),
    canonical(PLAIN | {"type": "announced"}), canonical(PLAIN | {"type": 1}), canonical(PLAIN | {"time": "yesterday"}),
    canonical(PLAIN)[:-1],
])
def test_what_is_no_event_is_refused_by_both(text: str) -> None:
    for read in (event_from, event_of):
        with pytest.raises(ValueError):
            read(text, "epoch", 7)


@pytest.mark.parametrize("wrong", [
    {"time": "2025-09-30T01:02:03"}, {"time": "2025-09-30"}, {"data": [1]}, {"subject": None}, {"caserevision": "1"},
    {"id": 1}])
def test_a_value_of_another_type_is_refused_where_thousands_are_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        event_from(canonical(PLAIN | wrong), "epoch", 7)
