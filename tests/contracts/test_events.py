"""What the services declare of their events is what they publish: no event more, none less, each in both languages."""

import re
from pathlib import Path

import pytest

from liandong.contract import declared, published
from liandong.followers import SETTLED
from liandong.places import SERVICES
from liandong.suite import spec_of
from services.sharing.subscriptions.domain import MOST_TYPES, event_types
from shared.contracts.frame import EVERYWHERE, WITHIN, names_with
from shared.contracts.telling import code, whole
from shared.deadlines.model import KINDS
from shared.journal.model import CHECKPOINT, EPOCH_OPENED, ERASED, PROBE
from tests.told import wrong

DECLARED = SERVICES


@pytest.mark.parametrize("service", DECLARED)
def test_the_events_declared_are_those_that_the_acts_raise(service: str) -> None:
    raised = {event for keeping in spec_of(service).keepings for event in keeping.chapter.events}
    names = [telling.name for telling in declared(service)]
    assert len(names) == len(set(names)) and set(names) == raised


@pytest.mark.parametrize("service", DECLARED)
def test_a_feed_may_be_asked_for_what_its_service_publishes_and_for_nothing_else(service: str) -> None:
    raised = [event for keeping in spec_of(service).keepings for event in keeping.chapter.events]
    assert names_with(raised) == tuple(sorted(each.name for each in published() if each.service == service))


def test_an_agency_may_subscribe_to_exactly_what_agencies_are_told_of_by_every_service() -> None:
    offered = event_types()
    assert offered == {f"{each.service}.{each.name}": each.telling.zh for each in published()
                       if each.audience not in WITHIN}
    assert {"desk.client_suspended", "sharing.delivery_failing", "transfer.deadline_breached"} <= offered.keys()
    assert {type.partition(".")[0] for type in offered} == set(SERVICES)
    assert len(offered) <= MOST_TYPES, "all but one can be chosen"


@pytest.mark.parametrize("service", DECLARED)
def test_every_event_and_field_has_its_words_in_both_languages(service: str) -> None:
    for telling in declared(service):
        words = (telling.zh, telling.en, telling.when, telling.sent)
        assert all(word.strip() for word in words), telling.name
        assert telling.en.isascii() and telling.sent.isascii() and not telling.zh.isascii(), telling.name
        for fact in telling.facts:
            assert fact.en.isascii() and not fact.zh.isascii(), (telling.name, fact.name)


@pytest.mark.parametrize(("data", "said"), [
    ({"call": 1, "came": "came"}, []),
    ({"call": 1}, ["came lacks"]),
    ({"call": "1", "came": "came"}, ["call is '1', no whole"]),
    ({"call": 1, "came": ""}, ["came is empty"]),
    ({"call": 1, "came": "came", "who": "me"}, ["who is not declared"]),
    ({"call": None, "came": "到场"}, ["call is null", "came is '到场'"]),
])
def test_the_tests_own_watch_tells_what_is_not_as_declared(data: dict[str, object], said: list[str]) -> None:
    facts = (whole("call", "第几次", "which"), code("came", "到场", "whether it came", "responses"))
    assert list(wrong(facts, data)) == said


def test_what_every_service_publishes_is_declared_by_no_service_itself() -> None:
    names = {telling.name for telling in EVERYWHERE}
    assert not names & {telling.name for service in DECLARED for telling in declared(service)}


# Whatever makes entries, with the events it makes; acts' events are each chapter's
MAKERS: dict[str, set[str]] = {
    "shared/acts/perform.py": set(),
    "shared/deadlines/entries.py": {f"deadline_{kind}" for kind in KINDS},
    "shared/journal/sealer.py": {CHECKPOINT},
    "shared/journal/probe.py": {PROBE},
    "shared/journal/erasure.py": {ERASED},
    "shared/journal/epochs.py": {EPOCH_OPENED},
    "shared/journal/carrying.py": {"delivery_failing", "delivery_paused", "delivery_resumed"},
    "liandong/followers.py": {SETTLED},
}


def test_whatever_makes_an_entry_is_known_and_all_that_it_makes_is_declared_and_nothing_else() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [file for room in ("shared", "services", "liandong") for file in (root / room).rglob("*.py")]
    making = {file.relative_to(root).as_posix() for file in files if re.search(r"[^\w]NewEntry\(",
                                                                               file.read_text("utf-8"))}
    assert making == set(MAKERS)
    assert {telling.name for telling in EVERYWHERE} == set().union(*MAKERS.values())
