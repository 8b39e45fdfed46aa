"""一企一档: what is told of one organisation, and to whom: records, and pointers to the cases it is the respondent of."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.sharing.office import FOLLOWS
from services.transfer import store as transfer
from shared.acts import whom
from shared.acts.office import Office
from shared.acts.persons import Respondent
from shared.contracts.envelope import Event
from shared.contracts.personal import Personal
from shared.http import paging
from tests.offices import Answer, MakeOffice, People
from tests.sharing.archive import CODE, PATH, WHY, deliver, record
from tests.sharing.catalogue import of, small_city
from tests.situations.sharing.queries import builders as queries
from tests.situations.sharing.tips import builders as tips

FIRM = {"respondent_kind": "organisation", "respondent": "荣成市某餐饮有限公司"}
CASE = "01955984-0000-7000-8000-00000000000"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


def dossier(people: People, agency: str, organisation: str = FIRM["respondent"], **why: Any) -> Answer:
    return people.post("/api/sharing/dossiers", {"organisation": organisation, **(why or WHY)}, agency, 1)


def hear(office: Office, case: str, key: str, event: str = "delivered", **said: Any) -> None:
    """An event of transfer as sharing follows it."""
    handlers = FOLLOWS["transfer"](office)
    data = {"respondent_key": key, "occurred_on": "2025-07-01", "agency": "zhujian", "sender": "zhujian",
            "receiver": "zonghe", "state": "announced", **said}
    with office.db.write() as tx:
        told = Event("e", "transfer", event, CASE + case, datetime(2025, 7, 1, tzinfo=UTC), data)
        handlers.get(event, handlers["*"])(tx, told)


def key(office: Office, name: str, number: str = "") -> str:
    """As transfer itself makes it."""
    return transfer.respondent_key(Respondent("organisation", Personal(name), Personal(number)), office.vault)


def test_transfer_and_sharing_know_a_respondent_by_the_same_key(office: Office) -> None:
    assert key(office, " 荣成 某公司") == whom.respondent_key("荣成某公司", office.vault)
    assert key(office, "某公司", CODE) == whom.respondent_key(CODE.lower(), office.vault)


def test_it_holds_own_records_open_ones_and_pointers_to_the_others(people: People) -> None:
    deliver(people, record("1", **FIRM), record("2", **FIRM, access="on_request"), record("3"))
    deliver(people, record("4", **FIRM, access="on_request", title="欠薪案"), agency="zhujian")
    told = dossier(people, "zhujian").data["records"]
    assert [item.get("title", item["access"]) for item in told] == ["欠薪案", "on_request", "某公司占道经营案"]


def test_it_is_found_by_name_and_by_code_however_its_cases_and_records_were_kept(
        office: Office, people: People) -> None:
    deliver(people, record("1", **FIRM, respondent_number=CODE), record("2", **FIRM))
    hear(office, "1", key(office, FIRM["respondent"]))
    hear(office, "2", key(office, FIRM["respondent"], CODE))
    for asked in (FIRM["respondent"], CODE, CODE.lower()):
        told = dossier(people, "zonghe", asked).data
        assert len(told["records"]) == 2 and len(told["cases"]) == 2
        assert told["organisation"]["names"] == [FIRM["respondent"]]


@pytest.mark.parametrize(("agency", "cases"), [
    ("zhujian", 1), ("zonghe", 1), ("sifa", 1), ("zhengfuban", 1), ("yatou", 0)])
def test_a_case_is_pointed_to_for_who_is_or_was_in_it_and_for_the_two_that_oversee(
        office: Office, people: People, agency: str, cases: int) -> None:
    hear(office, "1", key(office, FIRM["respondent"]))
    hear(office, "1", key(office, FIRM["respondent"]), receiver="shichang")
    told = dossier(people, agency).data["cases"]
    assert told == [{"service": "transfer", "case": CASE + "1", "opened_on": "2025-07-01",
                     "agencies": ["shichang", "zhujian", "zonghe"], "address": f"/api/transfer/cases/{CASE}1"}][:cases]


def open_own(people: People, holder: str = "zonghe") -> None:
    """A query and a tip about the company, both of zhujian; the tip is for those with a power to claim."""
    about = {"kind": "organisation", "name": FIRM["respondent"], "number": CODE}
    query = queries.ask(None, date(2025, 9, 29))
    query["question"]["respondent"] = about
    assert people.post("/api/sharing/queries", {**query, "holder": holder}, "zhujian", 2).status == 201
    tip = {**tips.BUILDERS["share"](None, date(2025, 9, 29)), "respondent": about}
    shared = people.post("/api/sharing/tips", tip, "zhujian", 2)
    assert shared.status == 201, shared.data


def told(people: People, agency: str, organisation: str) -> list[str]:
    return [case["address"].split("/")[3] for case in dossier(people, agency, organisation).data["cases"]]


@pytest.mark.parametrize("asked", [FIRM["respondent"], CODE])
def test_queries_and_tips_are_pointed_to_for_whoever_sees_whom_they_are_about(people: People, asked: str) -> None:
    deliver(people, record("1", **FIRM, respondent_number=CODE))               # name and number are of one company
    open_own(people)
    assert sorted(told(people, "zhujian", asked)) == ["queries", "tips"] == sorted(told(people, "sifa", asked))
    assert "queries" in told(people, "zonghe", asked) and "queries" not in told(people, "yatou", asked)
    first = dossier(people, "zhujian", asked).data["cases"][0]
    assert people.get(first["address"], "zhujian").status == 200


def test_who_lost_a_tip_is_not_told_by_the_dossier_whom_it_is_about(people: People) -> None:
    deliver(people, record("1", **FIRM, respondent_number=CODE))
    open_own(people)
    tip = next(case for case in dossier(people, "sifa").data["cases"] if "/tips/" in case["address"])
    candidates = [agency for agency in ("zonghe", "yatou") if "tips" in told(people, agency, CODE)]
    first, *others = candidates
    claim = {**tips.BUILDERS["claim"](None, date(2025, 9, 29))}
    assert people.post(f"{tip['address']}/claim", claim, first, 2, seen=1).status == 200
    assert "tips" in told(people, first, CODE) and others
    for other in others:
        assert people.get(tip["address"], other).status == 200                 # it may see that it is claimed
        assert "tips" not in told(people, other, CODE)


def test_a_respondent_that_is_set_right_leaves_the_wrong_dossier(office: Office, people: People) -> None:
    hear(office, "1", key(office, "别的公司"))
    hear(office, "1", key(office, FIRM["respondent"]), event="corrected")
    assert dossier(people, "zonghe", "别的公司").data["cases"] == []
    assert len(dossier(people, "zonghe").data["cases"]) == 1


def test_an_event_that_concerns_nobody_is_passed_over(office: Office, people: People) -> None:
    hear(office, "1", "", event="deadline_warned")
    assert dossier(people, "zonghe").data["cases"] == []


def test_a_natural_person_has_no_dossier(people: People) -> None:
    deliver(people, record("1", respondent_kind="person", respondent="钟离建国"))
    assert dossier(people, "zhujian", "钟离建国").data["records"] == []


def test_it_asks_for_purpose_and_reason_and_the_holder_sees_it(people: People) -> None:
    deliver(people, record("1", **FIRM))
    assert dossier(people, "zhujian", purpose="case").codes == ["NO_REASON", "NO_CASE"]
    dossier(people, "zhujian")
    [told] = people.get(f"{PATH}/accesses", "zonghe").data["items"]
    assert (told["what"], told["agency"], told["reason"]) == ("dossier", "zhujian", WHY["reason"])


def test_a_dossier_is_read_in_pages_in_which_each_record_and_case_stands_once(office: Office, people: People) -> None:
    deliver(people, *(record(str(nth), **FIRM, respondent_number=CODE) for nth in range(1, 6)))
    for nth in range(1, 8):
        hear(office, str(nth), key(office, FIRM["respondent"]), occurred_on=f"2025-07-0{1 + nth % 3}")
    open_own(people)
    asked, pages = {"organisation": CODE, "limit": 2, **WHY}, []
    while True:
        pages.append(people.post("/api/sharing/dossiers", asked, "zhujian", 1).data)
        if not pages[-1]["next"]:
            break
        asked = {**asked, "after": pages[-1]["next"]}
    whole = dossier(people, "zhujian").data
    assert len(pages) == 5 and whole["next"] == "" and {str(page["organisation"]) for page in pages} == {
        str({"asked": CODE, "names": [FIRM["respondent"]]})}
    assert [each["id"] for page in pages for each in page["records"]] == [each["id"] for each in whole["records"]]
    assert [each["case"] for page in pages for each in page["cases"]] == [each["case"] for each in whole["cases"]]
    assert (len(whole["records"]), len(whole["cases"])) == (5, 9)
    days = [each["opened_on"] for each in whole["cases"]]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("after", ["x", "1 2025-13-01 c", "-1 2025-01-01 c", "1 2025-01-01"])
def test_a_page_that_no_dossier_has_told_is_refused(people: People, after: str) -> None:
    answer = people.post("/api/sharing/dossiers", {
        "organisation": CODE, "after": paging.closed(after), **WHY}, "zonghe", 1)
    assert (answer.status, answer.codes) == (400, ["BAD_AFTER"])


def test_a_code_with_a_slip_of_the_pen_is_refused_and_not_answered_with_nothing(people: People) -> None:
    answer = dossier(people, "zonghe", CODE[:-1] + "0")
    assert answer.status == 422 and "统一社会信用代码" in str(answer.data)
