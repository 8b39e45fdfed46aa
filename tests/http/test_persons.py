"""Over HTTP: what an agency's own cases hold of a person who asks, and what has been kept long enough."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from services.transfer.api import make
from shared.acts.convert import plain
from shared.acts.office import Office
from tests.offices import Answer, People
from tests.transfer.played import Played, make_office, office, played

__all__ = ["make_office", "office", "played"]

EXPORT, RETENTION = "/api/transfer/persons/export", "/api/transfer/retention"
Ask = Callable[..., Answer]


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


@pytest.fixture
def person(played: Played) -> dict[str, str]:
    for act in ("announce", "add-material", "issue-letter", "withdraw"):
        played.do(act)
    respondent: dict[str, str] = plain(played._case().matter.respondent)
    return respondent


def read_of(office: Office, case: str) -> int:
    with office.db.read() as tx:
        return int(tx.execute(sa.text("select count(*) from access_log where what = :what and subject = :case"),
                              {"what": f"POST {EXPORT}", "case": case}).scalar_one())


def test_an_agency_tells_what_its_own_cases_hold_and_each_case_is_logged(
        played: Played, people: People, person: dict[str, str]) -> None:
    answer = people.post(EXPORT, {"number": person["number"], "application": "申请1号"}, "zjj")
    assert answer.status == 200, answer.data
    (item,) = answer.data["items"]
    assert (item["class"], item["case"], item["sure"]) == ("transfer.cases", played.id, True)
    assert (item["under_way"], item["kept_until"][:4]) == (False, "2035")
    assert {"zjj"} <= set(item["agencies"])
    assert [(where["where"], where["number"]) for where in item["held"]] == [("matter/respondent", person["number"])]
    assert read_of(played.office, played.id) == 1


def test_an_agency_that_is_no_party_learns_nothing(people: People, person: dict[str, str]) -> None:
    for number in (person["number"], "110105194912310038"):
        answer = people.post(EXPORT, {"number": number, "application": "申请1号"}, "gongan")
        assert (answer.status, answer.data["items"]) == (200, [])


def test_by_the_name_alone_a_case_is_listed_and_told_only_when_made_sure_of(
        played: Played, people: People, person: dict[str, str]) -> None:
    asked = {"name": person["name"], "application": "申请1号"}
    (listed,) = people.post(EXPORT, asked, "zjj").data["items"]
    assert (listed["sure"], listed["held"]) == (False, [])
    (told,) = people.post(EXPORT, {**asked, "cases": [played.id]}, "zjj").data["items"]
    assert told["sure"] and told["held"][0]["name"] == person["name"]


def test_another_of_the_name_with_another_number_is_not_even_listed(people: People, person: dict[str, str]) -> None:
    other = {"name": person["name"], "number": "110105194912310038", "application": "申请1号"}
    assert people.post(EXPORT, other, "zjj").data["items"] == []


def test_a_leader_asks_for_somebody_on_an_application(people: People, person: dict[str, str]) -> None:
    asked = {"number": person["number"], "application": "申请1号"}
    answer = people.post(EXPORT, asked, "zjj", 1)
    assert (answer.status, answer.codes) == (403, ["RANK_TOO_LOW"])
    assert people.post(EXPORT, {}, "zjj").codes == ["NO_PERSON", "NO_APPLICATION"]


def test_justice_reads_how_long_each_class_is_kept_and_what_is_over(
        played: Played, people: People, person: dict[str, str]) -> None:
    told = people.get(RETENTION, "sfj")
    assert told.status == 200, told.data
    assert {row["class"]: row["months"] for row in told.data["classes"]} == {"transfer.cases": 120, "access_log": 6}
    assert told.data["due"] == []
    played.clock.advance(days=3660)
    (due,) = people.get(RETENTION, "sfj").data["due"]
    assert (due["case"], due["kept_until"], due["refusal"]) == (played.id, "2035-09-29", None)


@pytest.mark.parametrize("agency", ["zjj", "zfb", "jw"])
def test_nobody_else_reads_what_is_over(people: People, agency: str) -> None:
    answer = people.get(RETENTION, agency)
    assert (answer.status, answer.codes) == (403, ["ERASED_BY_JUSTICE"])


def test_housekeeping_counts_what_is_over_and_erases_nothing(
        played: Played, people: People, person: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    played.clock.advance(days=3660)
    played.office.housekeep()
    assert "have been kept long enough" in caplog.text
    assert 'liandong_retention_due{class="transfer.cases",service="transfer"} 1.0' in _metrics(played.office)
    assert played.seen("zjj")["case"]["matter"]["respondent"]["name"] == person["name"]


def _metrics(office: Office) -> str:
    return str(make(office).test_client().get("/metrics").get_data(as_text=True))


def test_an_act_with_a_marked_text_is_refused_with_the_article_and_logged_without_a_word_of_it(
        office: Office, people: People) -> None:
    said = {"matter": {"facts": "见附件。\n绝密★30年", "respondent": {"kind": "person", "name": "某人"}}}
    answer = people.post("/api/transfer/cases", said, "zjj")
    told = next(each for each in answer.data["refusals"] if each["code"] == "STATE_SECRET")
    assert (answer.status, told["where"]) == (422, "matter.facts")
    assert "保守国家秘密法" in str(told) and "线下" in str(told)
    with office.db.read() as tx:
        logged = tx.execute(sa.text("select * from access_log where kind = 'refused'")).all()
    assert [row.outcome for row in logged] == ["STATE_SECRET"] and "绝密" not in str(logged)
