"""A notice names related cases, but only those that its agency may see: by naming one it must not learn of it."""

import pytest

from services.transfer.api import make
from shared.errors import Refused
from shared.ids import new_id
from tests.offices import People
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]


def opened(played: Played) -> str:
    played.id = ""
    played.do("announce")
    return played.id


def test_own_cases_are_named_and_stand_in_the_case_and_its_event(played: Played) -> None:
    first, second = opened(played), opened(played)
    played.id = ""
    answer = played.do("announce", related=[first, second])
    assert answer["facts"]["related"] == [first, second]
    assert played.seen("zhzf")["case"]["related"] == [first, second]


def test_a_case_of_others_is_refused_as_one_that_there_is_none_of(played: Played) -> None:
    own = opened(played)
    people = People(make(played.office), played.office)

    def told(agency: str, *related: str) -> tuple[int, list[tuple[str, str]]]:
        body = BUILDERS["announce"](None, played.clock.now().date())
        body["notice"]["receiver"] = "scjg" if agency == "jtj" else "zhzf"
        answer = people.post("/api/transfer/cases", {**body, "related": list(related)}, agency)
        return answer.status, [(each["code"], each["where"]) for each in answer.data.get("refusals", [])]

    unknown = (422, [("UNKNOWN_RELATED", "related")])
    assert told("jtj", own) == told("jtj", new_id(played.clock.now())) == unknown
    assert told("zjj", own, "nothing-of-the-kind") == unknown
    assert told("zjj", own) == (201, [])
    assert told("sfj", own) == (201, [])                # justice sees every case
    assert told("sfj", new_id(played.clock.now())) == unknown


def test_a_case_that_the_agency_has_left_may_be_named(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refuse"):
        played.do(act)
    played.do("reroute", days=1)
    left, played.id = played.id, ""
    body = BUILDERS["announce"](None, played.clock.now().date())
    body["notice"]["receiver"] = "scjg"
    people = People(make(played.office), played.office)
    assert people.post("/api/transfer/cases", {**body, "related": [left]}, "zhzf").status == 201


def test_a_phoned_case_that_is_announced_is_not_related_to_itself(played: Played) -> None:
    own = opened(played)
    played.id = ""
    played.do("phone")
    with pytest.raises(Refused) as wrong:
        played.do("announce", related=[own, played.id])
    assert [each.code for each in wrong.value.refusals] == ["UNKNOWN_RELATED"]
    played.do("announce", related=[own])
    assert played.reads.view(played.id, someone("zjj"))["state"] == "announced"


def test_both_cases_that_a_notice_names_wrongly_are_told_at_once(played: Played) -> None:
    with pytest.raises(Refused) as wrong:
        played.do("announce", after="no-such", related=["no-such"])
    assert [each.code for each in wrong.value.refusals] == ["NOT_WITHDRAWN", "UNKNOWN_RELATED"]
