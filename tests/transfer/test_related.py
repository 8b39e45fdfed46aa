"""A notice names other cases, but only those that its agency may see: by naming one it must not learn of it. After a
withdrawal the next notice of the same respondent and cause takes the case up again, once."""

from datetime import timedelta
from typing import Any

import pytest

from services.transfer.api import make
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from shared.kernel.ids import new_id
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


def withdrawn(played: Played) -> str:
    """The sender's case, withdrawn a day after its notice; the next one is begun."""
    case = opened(played)
    played.do("withdraw", days=1)
    played.id = ""
    return case


def matter(played: Played, *, days_ago: int = 0, **instead: Any) -> dict[str, Any]:
    body = BUILDERS["announce"](None, day_of(played.clock.now()) - timedelta(days=days_ago))
    return {**body["matter"], **instead}


def codes(played: Played, **said: Any) -> list[str]:
    with pytest.raises(Refused) as wrong:
        played.do("announce", **said)
    return [each.code for each in wrong.value.refusals]


def test_a_notice_after_the_one_withdrawal_takes_that_case_up_though_nobody_names_it(played: Played) -> None:
    first_on = day_of(played.clock.now())
    first = withdrawn(played)
    answer = played.do("announce", days=2, matter=matter(played, days_ago=1))
    facts = answer["facts"]
    assert (facts["after"], facts["first_announced_on"], facts["days_since_first"]) == (first, first_on, 3)
    assert played.seen("sfj")["case"]["after"] == first


def test_what_was_taken_up_only_after_the_withdrawal_may_be_new_and_justice_is_told(played: Played) -> None:
    first = withdrawn(played)
    answer = played.do("announce", days=2, matter=matter(played, days_ago=-2))
    assert "after" not in answer["facts"] and answer["facts"]["withdrawn_before"] == [first]
    assert [(each["code"], each["values"]) for each in answer["warnings"]] == [("WITHDRAWN_BEFORE", {"cases": [first]})]
    told = played.reads.history(played.id, someone("sfj"), 10).items[0]
    assert told["data"]["withdrawn_before"] == [first]


def test_of_two_withdrawn_cases_none_is_taken_up_unnamed(played: Played) -> None:
    first, second = opened(played), opened(played)
    for case in (first, second):
        played.id = case
        played.do("withdraw")
    played.id = ""
    assert played.do("announce")["facts"]["withdrawn_before"] == sorted([first, second])


def test_only_a_withdrawn_case_of_the_same_respondent_and_cause_is_taken_up_and_only_once(played: Played) -> None:
    first = withdrawn(played)
    other = {"kind": "organisation", "name": "另一家有限公司"}
    advertising = matter(played, days_ago=1, cause="outdoor_advertising")
    assert codes(played, after=first, matter=advertising) == ["OTHER_WITHDRAWN"]
    assert codes(played, after=first, matter=matter(played, days_ago=1, respondent=other)) == ["OTHER_WITHDRAWN"]
    assert codes(played, after=first, matter=matter(played)) == ["ACCEPTED_AFTER_FIRST"]
    played.do("announce", after=first, matter=matter(played, days_ago=1))
    second, played.id = played.id, ""
    assert codes(played, after=first, matter=matter(played, days_ago=1)) == ["TAKEN_UP"]
    answer = played.do("announce", matter=matter(played, days_ago=1))
    assert "after" not in answer["facts"] and "withdrawn_before" not in answer["facts"]
    assert answer["warnings"][0]["values"] == {"cases": [second]}


def test_an_open_case_of_the_same_respondent_is_shown_to_who_may_see_it_and_to_no_other(played: Played) -> None:
    own = opened(played)
    people = People(make(played.office), played.office)
    body = BUILDERS["announce"](None, played.clock.now().date())
    assert [each["values"] for each in people.post("/api/transfer/cases", body, "zjj").data["warnings"]] == [
        {"cases": [own]}]
    body["notice"]["receiver"] = "scjg"
    assert people.post("/api/transfer/cases", body, "jtj").data["warnings"] == []


def test_a_file_number_that_another_case_of_the_agency_has_is_warned_of_and_stands(played: Played) -> None:
    """Nothing of the other cases stands in the case, which its sender reads."""
    def filed(**said: str) -> dict[str, Any]:
        opened(played)
        for act in ("add-material", "issue-letter", "deliver", "sign-receipt", "accept"):
            played.do(act)
        return played.do("file-case", **said)

    filed(number="综执立〔2025〕8号")
    first = played.id
    assert filed(number="综执立〔2025〕9号")["warnings"] == []
    warning, = filed(number="综执立〔2025〕8号")["warnings"]
    assert (warning["code"], warning["values"]["cases"]) == ("FILE_NUMBER_SHARED", [first])
    assert first not in str(played.seen("zjj")["case"])
