"""一企一档: who is pointed to a plan as its events tell who is in it: added, succeeded, erased; on both back ends."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.sharing.office import FOLLOWS
from shared.acts import whom
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.journal.model import ERASED
from tests.offices import MakeOffice
from tests.sharing.archive import WHY
from tests.sharing.catalogue import MORE, of, small_city

FIRM, OTHER, PLAN = "某公司", "另一公司", "01955984-0000-7000-8000-000000000001"
OVERSEERS = {"sifa", "zhengfuban"}


class Heard:
    """Sharing, as it hears of one plan of 住建局 with 综合执法局."""

    def __init__(self, office: Office) -> None:
        self.office, self.people, self.position = office, of(office), 0

    def hear(self, event: str, **said: Any) -> None:
        self.position += 1
        data = {"occurred_on": "2025-07-01", "agency": "zhujian", "lead": "zhujian", "participants": ["zonghe"],
                "state": "running", **said}
        handlers = FOLLOWS["collab"](self.office)
        with self.office.db.write() as tx:
            handlers.get(event, handlers["*"])(tx, Event(
                f"e{self.position}", "collab", event, PLAN, datetime(2025, 7, 1, tzinfo=UTC), data,
                position=self.position))

    def keys(self, *names: str) -> list[str]:
        return [whom.respondent_key(name, self.office.vault) for name in names]

    def pointed(self, name: str = FIRM) -> set[str]:
        """The agencies that the dossier of the name points to the plan, but the two that oversee it."""
        found = set[str]()
        for agency in MORE - {"jijian"}:
            told = self.people.post("/api/sharing/dossiers", {"organisation": name, **WHY}, agency, 1)
            found |= {agency for case in told.data["cases"] if case["case"] == PLAN}
        assert not found or found >= OVERSEERS
        return found - OVERSEERS


@pytest.fixture
def heard(make_office: MakeOffice) -> Heard:
    heard = Heard(small_city(make_office, agencies=MORE))
    heard.hear("submitted", respondent_keys=heard.keys(FIRM))
    return heard


def test_a_related_agency_is_in_the_plan_though_no_list_names_it(heard: Heard) -> None:
    heard.hear("related_added", related="yatou")
    heard.hear("dispatched")
    assert heard.pointed() == {"zhujian", "zonghe", "yatou"}


@pytest.mark.parametrize(("former", "now"), [
    ("zonghe", {"participants": ["haoyunjiao"]}), ("yatou", {})])
def test_who_succeeds_an_agency_is_pointed_to_the_whole_and_the_former_to_nothing_new(
        heard: Heard, former: str, now: dict[str, Any]) -> None:
    heard.hear("related_added", related="yatou")
    heard.hear("succeeded", former=former, successor="haoyunjiao", **now)
    heard.hear("decision_recorded", respondent_keys=heard.keys(OTHER), **now)
    assert heard.pointed() == {"zhujian", "zonghe", "yatou", "haoyunjiao"}
    assert heard.pointed(OTHER) == {"zhujian", "zonghe", "yatou", "haoyunjiao"} - {former}


def test_who_comes_back_is_pointed_to_what_the_plan_named_meanwhile(heard: Heard) -> None:
    heard.hear("participation_declined", participants=[])
    heard.hear("decision_recorded", participants=[], respondent_keys=heard.keys(OTHER))
    assert heard.pointed(OTHER) == {"zhujian"}
    heard.hear("amended")
    assert heard.pointed(OTHER) == {"zhujian", "zonghe"}


def test_an_event_for_one_that_has_left_tells_no_lists_and_changes_nothing(heard: Heard) -> None:
    with heard.office.db.write() as tx:
        FOLLOWS["collab"](heard.office)["*"](tx, Event(
            "e", "collab", "question_answered", PLAN, datetime(2025, 7, 1, tzinfo=UTC), {"agency": "zonghe"}))
    assert heard.pointed() == {"zhujian", "zonghe"}


def test_a_plan_whose_persons_were_erased_is_in_no_dossier(heard: Heard) -> None:
    heard.hear(ERASED)
    assert heard.pointed() == set()
