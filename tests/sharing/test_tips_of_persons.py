"""What a tip holds on a person who asks about himself: a respondent, and a reporter, by those who may look one up."""

from typing import Any

import pytest

from shared.acts.disclosing import Asked
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from tests.offices import MakeOffice
from tests.sharing.test_tips_seen import PERSON
from tests.sharing.tips import (
    FIRST,
    JUSTICE,
    OFFICE,
    REPORTER,
    REPORTER_PHONE,
    SECOND,
    SHARER,
    STRANGER,
    Tipping,
    opened,
)

EXPORT = "/api/sharing/persons/export"
NUMBER = "110105194912310038"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return opened(make_office)


@pytest.fixture
def tip(office: Office) -> Tipping:
    tip = Tipping(office)
    tip.do("share", respondent={**PERSON, "number": NUMBER})
    return tip


def held(tip: Tipping, by: str, **asked: Any) -> list[dict[str, Any]]:
    answer = tip.people.post(EXPORT, {"application": "申请1号", **asked}, by)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def test_a_reporter_who_asks_is_told_what_the_tip_holds_on_him_once_it_is_made_sure_that_it_is_he(tip: Tipping) -> None:
    (unsure,) = held(tip, SHARER, name=REPORTER)
    assert (unsure["case"], unsure["sure"], unsure["held"]) == (tip.id, False, [])
    (told,) = held(tip, SHARER, name=REPORTER, cases=[tip.id])
    (reporter,) = told["held"]
    assert (reporter["where"], reporter["name"], reporter["phone"]) == ("said/reporter", REPORTER, REPORTER_PHONE)


def test_only_who_may_look_a_reporter_up_tells_him_and_nobody_learns_so_that_he_reported(tip: Tipping) -> None:
    def tells() -> list[str]:
        return [by for by in (SHARER, FIRST, SECOND, JUSTICE, OFFICE, STRANGER) if held(tip, by, name=REPORTER)]

    assert tells() == [SHARER]
    tip.do("claim")
    assert tells() == [SHARER, FIRST]
    tip.do("pass-on")
    assert tells() == [SHARER]


def test_a_respondent_of_a_tip_is_told_and_nothing_of_its_reporter(tip: Tipping) -> None:
    (told,) = held(tip, SHARER, number=NUMBER)
    assert (told["case"], told["sure"], told["class"]) == (tip.id, True, "sharing.tips")
    assert told["held"][0]["name"] == PERSON["name"] and REPORTER not in str(told)
    assert [len(held(tip, by, number=NUMBER)) for by in (FIRST, JUSTICE, STRANGER)] == [0, 1, 0]


def test_a_reporter_is_found_by_who_erases_what_is_held_on_a_person(tip: Tipping, office: Office) -> None:
    with office.db.read() as tx:
        found = office.of_person(tx, Asked(REPORTER, "", "申请1号", (tip.id,)), THE_SUITE)
    assert [(each.case, each.sure) for each in found] == [(tip.id, True)]
