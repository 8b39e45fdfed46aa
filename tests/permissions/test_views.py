"""What each agency sees of the whole case: present parties all, former receivers their own leg, others nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from shared.acts.model import Rank, Viewer
from shared.acts.store import sees_all
from tests.permissions.city import (
    CASES,
    DISCIPLINE,
    FIRST,
    JUSTICE,
    NAME,
    NUMBER,
    OFFICE,
    SECOND,
    SENDER,
    STRANGER,
    THIRD,
    Case,
    City,
)

ALL, FORMER, NONE = (SENDER, THIRD, JUSTICE, OFFICE), (FIRST, SECOND), (STRANGER, DISCIPLINE)
EVERYONE = (*ALL, *FORMER, *NONE)
LEG = {FIRST: 1, SECOND: 2}
# what each of them may not read anywhere: the others it does not share a leg with, and what bears their mark
NAMES = {FIRST: ("zonghe", "综合行政执法局", "荣综执"), SECOND: ("shichang", "市场监督管理局", "荣市监"), THIRD: ("ziran", "自然资源局", "荣自然资")}
MATERIALS = {**dict.fromkeys(ALL, (1, 2, 3, 4, 5, 6)), FIRST: (1,), SECOND: (1, 2)}


def hidden_from(agency: str) -> set[str]:
    """Every word that would tell a former receiver who had the case besides it, and what became of it."""
    others = {word for code, words in NAMES.items() if code != agency for word in words}
    later = {"移字〔2025〕第3号", "立案7号", "罚决9号", "第三程照片", "补充影像", "皇甫沁", "处理情形之概述", "补齐影像之要求"}
    return others | later | ({"移字〔2025〕第2号", "第二程照片"} if agency == FIRST else {"移字〔2025〕第1号"})


def everything_read(city: City, case: Case, agency: str) -> Iterator[tuple[str, str]]:
    """Every answer about the case that an agency can get, by what it asked."""
    for path in ("", "/events", "/deadlines", "/materials"):
        yield path or "view", city.get(f"{CASES}/{case.id}{path}", agency).text
    yield "list", city.get(CASES, agency).text
    for filters in ({"part": "receiver"}, {"part": "sender"}, {"state": "reported"}, {"state": "refused"},
                    {"receiver": THIRD}, {"receiver": agency}, {"light": "met"}, {"light": "green"},
                    {"cause": "road_occupation"}, {"letter_number": case.numbers["issue-letter", SENDER]}):
        yield f"list {filters}", city.get(CASES, agency, **filters).text
        yield f"search {filters}", city.post(f"{CASES}/search", {"filters": filters}, agency).text
    for body in ({"text": "擅搭"}, {"text": "第3号"}, {"respondent": NAME}, {"respondent": NUMBER}):
        yield f"search {body}", city.post(f"{CASES}/search", body, agency).text
    for path in ("deadlines", "filings"):
        yield path, city.get(f"/api/oversight/{path}", agency).text
    yield "board of the case", city.get("/api/oversight/deadlines", agency, case=case.id).text
    yield "numbers", city.get("/api/transfer/numbers", agency).text
    for service in ("transfer", "oversight"):
        yield f"{service} feed", city.get(f"/api/{service}/feed", agency, limit="1000").text


@pytest.mark.parametrize("agency", FORMER)
def test_a_former_receiver_reads_no_word_of_another_leg(city: City, case: Case, agency: str) -> None:
    for asked, text in everything_read(city, case, agency):
        leaked = {word for word in hidden_from(agency) if word in text}
        assert not leaked, (asked, leaked)


@pytest.mark.parametrize("agency", FORMER)
def test_a_former_receiver_sees_its_own_leg_as_it_left_it(city: City, case: Case, agency: str) -> None:
    seen = city.get(f"{CASES}/{case.id}", agency).data
    assert seen["state"] == "refused" and [leg["number"] for leg in seen["case"]["legs"]] == [LEG[agency]]
    assert seen["case"]["matter"]["respondent"]["name"] == NAME
    assert {party["agency"] for party in seen["case"]["parties"]} == {SENDER, agency}
    assert seen["last_on"] <= max(str(leg["until"]) for leg in seen["case"]["legs"])
    assert not any(action["allowed"] for action in seen["actions"])
    assert {action["refusal"]["code"] for action in seen["actions"]} == {"WRONG_PARTY"}
    events = [entry["event"] for entry in city.get(f"{CASES}/{case.id}/events", agency, limit="200").data["items"]]
    assert "refused" in events and not {"accepted", "case_filed", "closed"} & set(events)
    assert events.count("rerouted") == (agency == SECOND), "its own notice, not that of the next"
    bound = {deadline["bound"] for deadline in city.get(f"{CASES}/{case.id}/deadlines", agency).data["items"]}
    assert bound == {agency}


@pytest.mark.parametrize("agency", FORMER)
def test_the_revision_a_former_receiver_reads_stands_still(city: City, case: Case, agency: str) -> None:
    """It would tell that the case goes on, and how fast."""
    told = [json.loads(item["body"]) for item in city.get("/api/transfer/feed", agency, limit="1000").data["items"]]
    last = max(event["caserevision"] for event in told if event.get("subject") == case.id)
    answer = city.get(f"{CASES}/{case.id}", agency)
    listed = next(item for item in city.get(CASES, agency).data["items"] if item["id"] == case.id)
    assert answer.data["revision"] == listed["revision"] == last and answer.headers["ETag"] == f'"{last}"'
    assert all(listed[part] and listed[f"{part}_name"].startswith("荣成市") for part in ("sender", "receiver"))


@pytest.mark.parametrize("agency", FORMER)
def test_a_former_receiver_finds_the_case_by_nothing_it_has_become(city: City, case: Case, agency: str) -> None:
    def found(**filters: str) -> bool:
        return case.id in [item["id"] for item in city.get(CASES, agency, **filters).data["items"]]
    assert found() and found(part="receiver")
    assert not any(found(**{name: value}) for name, value in (
        ("state", "reported"), ("state", "refused"), ("receiver", THIRD), ("receiver", agency), ("light", "met"),
        ("letter_number", case.numbers["issue-letter", SENDER])))
    for body in ({"text": "擅搭"}, {"respondent": NAME}):
        items = city.post(f"{CASES}/search", body, agency).data["items"]
        assert case.id not in [item["id"] for item in items]


@pytest.mark.parametrize("agency", EVERYONE)
def test_materials_are_listed_and_downloaded_by_those_who_were_handed_them(city: City, case: Case, agency: str) -> None:
    handed = list(MATERIALS.get(agency, ()))
    listed = city.get(f"{CASES}/{case.id}/materials", agency)
    assert [item["number"] for item in listed.data["items"]] == handed if handed else listed.status == 404
    for number in range(1, 8):
        answer = city.get(f"{CASES}/{case.id}/materials/{number}", agency)
        assert answer.status == (200 if number in handed else 404), number
        if number not in handed:
            assert answer.codes == ["NO_SUCH_FILE" if handed else "NOT_VISIBLE"]


@pytest.mark.parametrize("agency", ALL)
def test_present_parties_and_both_offices_see_all_of_it(city: City, case: Case, agency: str) -> None:
    seen = city.get(f"{CASES}/{case.id}", agency).data
    receivers = [leg["notice"]["receiver"] for leg in seen["case"]["legs"]]
    assert seen["state"] == "reported" and receivers == [FIRST, SECOND, THIRD]
    assert seen["case"]["matter"]["respondent"]["number"] == NUMBER
    assert len(seen["case"]["reports"]) == 2 and seen["revision"] == case.revision
    assert case.id in [item["id"] for item in city.get(CASES, agency, state="reported").data["items"]]
    bound = {deadline["bound"] for deadline in city.get(f"{CASES}/{case.id}/deadlines", agency).data["items"]}
    assert bound == {SENDER, FIRST, SECOND, THIRD}


@pytest.mark.parametrize("agency", (SENDER, JUSTICE, OFFICE))
def test_the_sender_and_both_offices_were_told_every_event(city: City, case: Case, agency: str) -> None:
    office = city.suite.offices["transfer"]
    with office.db.read() as tx:
        happened = [entry.id for entry in office.journal.of_stream(tx, case.id)]
    told = city.get(f"{CASES}/{case.id}/events", agency, limit="200").data["items"]
    assert [entry["entry"] for entry in told] == happened


def test_the_last_receiver_was_told_all_from_its_own_notice_on(city: City, case: Case) -> None:
    events = [entry["event"] for entry in city.get(f"{CASES}/{case.id}/events", THIRD, limit="200").data["items"]]
    assert events[0] == "rerouted" and "return_signed" not in events and events.count("closure_reported") == 2


@pytest.mark.parametrize("agency", NONE)
def test_who_has_no_part_reads_nothing_of_it(city: City, case: Case, agency: str) -> None:
    for asked, text in everything_read(city, case, agency):
        if asked in ("view", "/events", "/deadlines", "/materials"):
            assert '"NOT_VISIBLE"' in text
        assert case.id not in text and NAME not in text, asked


@pytest.mark.parametrize("agency", EVERYONE)
def test_the_board_shows_an_agency_its_own_deadlines_and_those_of_its_cases(
        city: City, case: Case, agency: str) -> None:
    items = city.get("/api/oversight/deadlines", agency, case=case.id).data["items"]
    bound = {item["bound"] for item in items}
    if agency in ALL:
        assert bound == {SENDER, FIRST, SECOND, THIRD}
    else:
        assert bound == ({agency} if agency in FORMER else set())


@pytest.mark.parametrize("agency", EVERYONE)
def test_filings_are_seen_by_who_filed_and_both_offices(city: City, case: Case, agency: str) -> None:
    items = city.get("/api/oversight/filings", agency).data["items"]
    assert (len([item for item in items if item["case"] == case.id]) == 2) == (agency in (THIRD, JUSTICE, OFFICE))
    assert agency in (THIRD, JUSTICE, OFFICE) or items == []


@pytest.mark.parametrize("agency", EVERYONE)
def test_an_agency_reads_its_own_ledger_of_numbers_and_no_other(city: City, case: Case, agency: str) -> None:
    over_all = agency in (JUSTICE, OFFICE)
    own = city.get("/api/transfer/numbers", agency).data["items"]
    assert {number["agency"] for number in own} <= {agency}
    for other in (SENDER, THIRD):
        if other != agency:
            answer = city.get("/api/transfer/numbers", agency, agency=other)
            assert answer.status == (200 if over_all else 404)


@pytest.mark.parametrize("service", ("sharing", "desk", "transfer", "collab", "joint", "oversight"))
@pytest.mark.parametrize("agency", EVERYONE)
def test_a_feed_has_the_entries_whose_audience_names_the_agency_each_after_the_one_before(
        city: City, case: Case, agency: str, service: str) -> None:
    items = list(feed(city, service, agency))
    office = city.suite.offices[service]
    with office.db.read() as tx:
        relayed = [(entry.position, prev) for entry in office.journal.for_relay(tx, 0, 10_000)
                   for code, prev in entry.told if code == agency]
        told = [row.position for row in tx.exec_driver_sql(
            "select position from journal_audience where agency = ? order by position", (agency,))]
    assert [item["position"] for item in items] == told
    assert [item["prev"] for item in items] == [0, *told][:len(told)]
    assert relayed == [(item["position"], item["prev"]) for item in items], "by queue and by feed alike"


def feed(city: City, service: str, agency: str) -> Iterator[dict[str, Any]]:
    """The whole feed, page by page."""
    after = ""
    while (page := city.get(f"/api/{service}/feed", agency, limit="7", after=after).data)["items"]:
        yield from page["items"]
        after = page["next"]


@pytest.mark.parametrize("agency", NONE)
def test_nobody_without_a_part_is_told_of_a_case(city: City, case: Case, agency: str) -> None:
    for service in ("transfer", "oversight"):
        assert case.id not in {json.loads(item["body"]).get("subject") for item in feed(city, service, agency)}


def test_audience_and_scope_agree_for_every_entry_of_the_case(city: City, case: Case) -> None:
    """Who is told of something may also open the case; who may see all of it is told of everything."""
    office = city.suite.offices["transfer"]
    with office.db.read() as tx:
        register = office.law.snapshot(tx).register
        told = {row.agency for row in tx.exec_driver_sql(
            "select distinct a.agency from journal_audience a join journal j using (position) where stream = ?",
            (case.id,))}
    assert told == {*ALL, *FORMER}
    assert {agency for agency in told if sees_all(Viewer(agency, Rank.OFFICER), register)} == {JUSTICE, OFFICE}
