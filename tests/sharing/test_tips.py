"""Tips of article 28 over HTTP, on both back ends: who sees, who may look at the reporter, who is first."""

import io
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.sharing.tip_commands import NoteTransfer
from shared.access.log import access_log
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.clock import HandClock, day_of
from shared.contracts.envelope import event_of
from tests.offices import MakeOffice
from tests.served import codes
from tests.sharing.tips import (
    DISCIPLINE,
    FIRST,
    JUSTICE,
    OFFICE,
    REPORTER,
    REPORTER_PHONE,
    SECOND,
    SHARER,
    STRANGER,
    THIRD,
    TIPS,
    Tipping,
    opened,
)

EVERYONE = (SHARER, FIRST, SECOND, THIRD, STRANGER, JUSTICE, OFFICE, DISCIPLINE)
PERSON = {"kind": "person", "name": "赵刚", "phone": "13900000009"}
FACTS = "夜间在河滩采砂"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return opened(make_office)


@pytest.fixture
def tip(office: Office) -> Tipping:
    tip = Tipping(office)
    tip.do("share")
    return tip


def looks(office: Office, what: str = "GET /api/sharing/tips/<case_id>/reporter") -> list[tuple[str, str]]:
    """(agency, outcome) of each look, oldest first."""
    with office.db.read() as tx:
        rows = tx.execute(sa.select(access_log.c.agency, access_log.c.outcome).where(
            access_log.c.what.in_([what, "reporter"])).order_by(access_log.c.at, access_log.c.id))
        return [(row.agency, row.outcome) for row in rows]


# What is no tip

def test_what_has_one_competent_agency_is_refused_with_that_agency_and_the_way_to_a_transfer(office: Office) -> None:
    tip = Tipping(office)
    answer = tip.ask("share", {**tip.sent("share"), "cause": "construction_waste"})
    assert answer.status_code == 422
    (refusal,) = answer.get_json()["refusals"]
    assert (refusal["code"], refusal["article"], refusal["where"]) == ("MUST_BE_TRANSFER", "22, 28", "cause")
    assert refusal["values"] == {"agency": FIRST, "name": "综合执法局", "route": "POST /api/transfer/cases"}
    assert "综合执法局" in refusal["detail"] and "/api/transfer/cases" in refusal["detail"]


def test_a_tip_is_proposed_to_those_with_a_power_and_a_definite_one_to_a_transfer(office: Office) -> None:
    people = Tipping(office).people

    def proposed(cause: str, by: str = SHARER) -> dict[str, Any]:
        told: dict[str, Any] = people.get(f"{TIPS}/proposals?cause={cause}", by).get_json()
        return told

    several = proposed("sand_mining")
    assert [each["code"] for each in several["candidates"]] == [SECOND, THIRD, FIRST] and several["definite"] is None
    one = proposed("construction_waste")
    assert (one["definite"]["code"], one["route"], one["candidates"]) == (FIRST, "POST /api/transfer/cases", [])
    own = proposed("construction_waste", FIRST)
    assert (own["definite"]["code"], own["route"]) == (FIRST, "")
    assert {each["code"] for each in proposed("other")["candidates"]} == {FIRST, SECOND, THIRD, STRANGER}


# Two at once

def test_of_two_that_claim_at_once_one_has_it_and_the_other_is_told_by_whom(tip: Tipping, office: Office) -> None:
    gate = threading.Barrier(2)

    def claims(agency: str) -> tuple[str, int, list[str], Any]:
        own = Tipping(office)
        own.id, own.revision = tip.id, tip.revision
        gate.wait()
        answer = own.ask("claim", by=agency)
        told = answer.get_json()
        return agency, answer.status_code, [] if answer.status_code == 200 else codes(answer), told

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(claims, (FIRST, SECOND)))
    (winner,) = [agency for agency, status, *_ in answers if status == 200]
    (lost,) = [each for each in answers if each[0] != winner]
    assert lost[1:3] == (409, ["CLAIMED_BEFORE"])
    assert lost[3]["refusals"][0]["values"]["agency"] == winner
    assert tip.read()["case"]["claims"][0]["agency"] == winner
    with office.db.read() as tx:
        events = [each.type for each in office.journal.of_stream(tx, tip.id)]
    assert events.count("tip_claimed") == 1


def test_who_comes_second_is_told_by_whom_whatever_it_saw(tip: Tipping) -> None:
    tip.do("claim")
    for revision in (1, 2, 7):
        answer = tip.ask("claim", by=SECOND, revision=revision)
        assert (answer.status_code, codes(answer)) == (409, ["CLAIMED_BEFORE"])
        assert "综合执法局" in answer.get_json()["refusals"][0]["detail"]


def test_the_same_claim_sent_twice_is_one(tip: Tipping) -> None:
    first = tip.ask("claim", key="once")
    again = tip.ask("claim", key="once")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json()["entry"] == again.get_json()["entry"]


def test_refusals_come_in_their_order(tip: Tipping) -> None:
    none = {"officer": {"name": "", "licence": "", "phone": ""}}
    for by, rank, act, revision, status in (
            (STRANGER, 2, "claim", 1, 404), (SHARER, 2, "claim", 1, 403), (SHARER, 1, "withdraw", 1, 403),
            (FIRST, 2, "claim", 9, 412), (FIRST, 2, "pass-on", 1, 403), (JUSTICE, 2, "assign", 1, 409),
            (FIRST, 2, "claim", 1, 422)):
        body = none if act == "claim" else None
        assert tip.ask(act, body, by, rank, revision=revision).status_code == status, (by, act)
    assert tip.people.post(f"{TIPS}/{tip.id}/claim", none, FIRST, 2).status_code == 428


# The reporter

def test_the_reporter_is_looked_up_by_sharer_and_claimer_alone_and_each_look_is_logged(
        tip: Tipping, office: Office, clock: HandClock) -> None:
    def may() -> list[str]:
        return [by for by in EVERYONE if tip.get("/reporter", by).status_code == 200]

    assert may() == [SHARER]
    tip.do("claim")
    assert may() == [SHARER, FIRST]
    tip.do("pass-on")
    assert may() == [SHARER]
    tip.do("claim", by=SECOND)
    assert may() == [SHARER, SECOND]
    answer = tip.get("/reporter", SECOND)
    assert answer.get_json() == {"name": REPORTER, "phone": REPORTER_PHONE, "address": "滨海路9号", "anonymous": False,
                                 "confidential": True}
    assert answer.headers["Cache-Control"] == "no-store"
    seen = looks(office)
    assert seen.count((SHARER, "ok")) == 4 and seen.count((FIRST, "ok")) == 1 and seen.count((SECOND, "ok")) == 2
    refused = {outcome for agency, outcome in seen if agency in (STRANGER, DISCIPLINE)}
    assert refused == {"NOT_VISIBLE"} and (JUSTICE, "WRONG_PARTY") in seen and (FIRST, "WRONG_PARTY") in seen


@pytest.mark.parametrize("after", [(), ("claim",), ("claim", "pass-on"), ("claim", "return-result"), ("withdraw",)])
def test_no_view_list_history_event_or_search_shows_the_reporter_to_anyone(
        tip: Tipping, office: Office, after: tuple[str, ...]) -> None:
    for act in after:
        tip.do(act)
    for by in EVERYONE:
        texts = [tip.get(path, by).get_data(as_text=True) for path in ("", "/events", "/deadlines", "/materials")]
        texts.append(tip.people.get(TIPS, by).get_data(as_text=True))
        for search in ({"text": FACTS}, {"text": REPORTER}):
            texts.append(tip.people.post(f"{TIPS}/search", search, by).get_data(as_text=True))
        for text in texts:
            assert REPORTER not in text and REPORTER_PHONE not in text and "滨海路9号" not in text
    assert tip.people.post(f"{TIPS}/search", {"text": REPORTER}, SHARER).get_json()["items"] == []
    with office.db.read() as tx:
        for entry in office.journal.feed(tx, 0, 1000):
            assert REPORTER not in entry.body and REPORTER_PHONE not in entry.body and FACTS not in entry.body


def test_the_reporter_is_kept_sealed_and_so_is_a_correction_of_it(tip: Tipping, office: Office) -> None:
    entry = tip.read("/events")["items"][0]["entry"]
    tip.ask("correct", {"entry": entry, "field": "reporter.name", "old": REPORTER, "new": "孙玉海", "reason": "笔误"}, SHARER)
    assert tip.get("/reporter").get_json()["name"] == "孙玉海"
    for by in EVERYONE:
        assert "孙玉" not in tip.get("", by).get_data(as_text=True) + tip.get("/events", by).get_data(as_text=True)
    with office.db.read() as tx:
        for table in (name for name in sa.inspect(tx).get_table_names() if not name.startswith("record")):
            for row in tx.execute(sa.text(f'select * from "{table}"')):
                text = " ".join(map(str, row))
                assert REPORTER not in text and "孙玉海" not in text and REPORTER_PHONE not in text, table


def test_what_the_reporter_wrote_is_opened_by_sharer_and_claimer_alone(tip: Tipping) -> None:
    assert tip.upload(SHARER, "来信", "complaint").status_code == 200
    assert tip.upload(SHARER).status_code == 200

    def opens(number: int) -> list[str]:
        answers = {by: tip.get(f"/materials/{number}", by) for by in EVERYONE}
        for answer in answers.values():
            answer.close()
        return [by for by, answer in answers.items() if answer.status_code == 200]

    assert (opens(1), opens(2)) == ([SHARER], [SHARER, FIRST, SECOND, THIRD, JUSTICE, OFFICE])
    tip.do("claim")
    assert (opens(1), opens(2)) == ([SHARER, FIRST], [SHARER, FIRST, JUSTICE, OFFICE])
    tip.do("pass-on")
    assert (opens(1), opens(2)) == ([SHARER], [SHARER, FIRST, SECOND, THIRD, JUSTICE, OFFICE])


# Who sees, cell by cell: what each reads of it, by how far it is

WHOLE, MASKED, BARE, NOTHING = "whole", "masked", "bare", "nothing"
CELLS = {
    (): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim",): {SHARER: WHOLE, FIRST: WHOLE, SECOND: BARE, THIRD: BARE, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim", "pass-on"): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim", "return-result"): {SHARER: WHOLE, FIRST: WHOLE, SECOND: BARE, THIRD: BARE, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("withdraw",): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
}


@pytest.mark.parametrize("by", EVERYONE)
@pytest.mark.parametrize("after", CELLS, ids=lambda acts: "-".join(acts) or "shared")
def test_each_agency_sees_of_a_tip_what_is_its_own_to_see(office: Office, after: tuple[str, ...], by: str) -> None:
    tip = Tipping(office)
    tip.do("share", respondent=PERSON)
    for act in after:
        tip.do(act)
    cell = CELLS[after].get(by, NOTHING)
    answer = tip.get("", by)
    listed = [item["id"] for item in tip.people.get(TIPS, by).get_json()["items"]]
    if cell == NOTHING:
        assert (answer.status_code, codes(answer), listed) == (404, ["NOT_VISIBLE"], [])
        return
    text = answer.get_data(as_text=True)
    assert listed == [tip.id]
    assert (FACTS in text) == (cell != BARE)
    assert ("赵刚" in text) == (cell == WHOLE)
    found = tip.people.post(f"{TIPS}/search", {"text": FACTS}, by).get_json()["items"]
    assert bool(found) == (cell != BARE and not (by == FIRST and after == ("claim", "pass-on")))


def test_who_did_not_get_it_reads_that_it_is_claimed_and_by_whom_and_nothing_of_what_comes_after(
        tip: Tipping, clock: HandClock) -> None:
    tip.do("claim")
    clock.advance(days=1)
    before = tip.read(by=SECOND)
    events = tip.read("/events", SECOND)["items"]
    assert acts(events) == ["tip_shared", "tip_claimed"] and before["state"] == "claimed"
    assert [claim["agency"] for claim in before["case"]["claims"]] == [FIRST]
    assert before["case"]["claims"][0]["claimed"] is None, "not what was said with it"
    note(tip)
    clock.advance(days=1)
    tip.do("return-result")
    clock.advance(days=1)
    assert tip.read("/events", SECOND)["items"] == events
    assert tip.read(by=SECOND) == before
    assert tip.read("/deadlines", SECOND)["items"] == []


def acts(events: list[dict[str, Any]]) -> list[str]:
    """The events of acts among those read."""
    return [each["event"] for each in events if not each["event"].startswith("deadline_")]


def test_who_passed_it_on_hears_nothing_after(tip: Tipping, clock: HandClock) -> None:
    tip.do("claim")
    tip.do("pass-on")
    clock.advance(days=1)
    before = tip.read(by=FIRST)
    tip.do("claim", by=SECOND)
    clock.advance(days=1)
    tip.do("return-result", by=SECOND)
    clock.advance(days=1)
    assert tip.read(by=FIRST) == before
    assert acts(tip.read("/events", FIRST)["items"]) == ["tip_shared", "tip_claimed", "tip_passed_on"]
    assert [each["bound"] for each in tip.read("/deadlines", FIRST)["items"]] == [FIRST]


def test_who_is_told_of_an_event_may_also_open_the_tip(tip: Tipping, office: Office) -> None:
    for act in ("claim", "pass-on"):
        tip.do(act)
    tip.do("claim", by=SECOND)
    note(tip, by=SECOND)
    tip.do("return-result", by=SECOND)
    with office.db.read() as tx:
        rows = tx.execute(sa.text("select distinct a.agency from journal_audience a join journal j "
                                  "on j.position = a.position where j.stream = :tip"), {"tip": tip.id}).scalars()
        told = set(rows)
    assert told == {by for by in EVERYONE if tip.get("", by).status_code == 200}
    feeds = {by: [event_of(each.body).name for each in feed(office, by, tip.id)] for by in EVERYONE}
    assert feeds[STRANGER] == feeds[DISCIPLINE] == []
    assert "tip_result_returned" not in feeds[FIRST] + feeds[THIRD]


def feed(office: Office, agency: str, tip: str) -> list[Any]:
    with office.db.read() as tx:
        return [each for each in office.journal.feed(tx, 0, 1000, agency) if event_of(each.body).subject == tip]


# Clocks, results, transfers

def test_what_nobody_claims_is_on_justices_board_and_assigned(tip: Tipping, office: Office, clock: HandClock) -> None:
    clock.advance(days=2)
    office.ticker.step()
    (deadline,) = tip.read("/deadlines", JUSTICE)["items"]
    assert (deadline["clock"], deadline["bound"], deadline["light"]) == ("sharing.tip_claim", JUSTICE, "green")
    clock.advance(days=14)
    office.ticker.step()
    assert tip.read("/deadlines", JUSTICE)["items"][0]["light"] == "red"
    (breach,) = [each for each in feed(office, JUSTICE, tip.id) if event_of(each.body).name == "deadline_breached"]
    assert event_of(breach.body).data["bound"] == JUSTICE
    told = tip.do("assign")
    assert told["facts"]["claimer"] == FIRST and told["state"] == "claimed"
    tip.do("pass-on", legal_ground="城乡规划法第六十四条")
    tip.do("assign")
    assert codes(tip.ask("pass-on", {**tip.sent("pass-on"), "legal_ground": "同上"})) == ["OBJECTED_BEFORE"]


def note(tip: Tipping, by: str = FIRST, case: str = "t-1", state: str = "announced") -> None:
    day = day_of(tip.office.clock.now())
    tip.office.acts["tips"].do("note-transfer", NoteTransfer(case, by, state, day), THE_SUITE,
                               Request(tip.id, causation=uuid.uuid4().hex))


def test_what_became_of_a_transfer_is_shown_after_the_result_too(tip: Tipping) -> None:
    tip.do("claim")
    note(tip)
    revision = tip.read()["revision"]
    assert revision == tip.revision, "what the suite notes is no new revision"
    tip.do("return-result", outcome="transferred", transfer="t-1")
    note(tip, state="closed")
    for by in (SHARER, FIRST, JUSTICE, OFFICE):
        (handed,) = tip.read(by=by)["case"]["transfers"]
        assert (handed["said"]["case"], handed["said"]["state"]) == ("t-1", "closed")


def test_a_tip_is_entered_late_with_a_scan_and_its_clock_counts_from_its_true_day(
        office: Office, clock: HandClock) -> None:
    tip = Tipping(office)
    day = day_of(clock.now()) - timedelta(days=3)
    late: dict[str, Any] = {"happened_on": day.isoformat(), "received_on": day.isoformat()}
    assert codes(tip.ask("share", {**tip.sent("share"), **late})) == ["NEEDS_BACK_ENTRY"]
    form = {"file": (io.BytesIO(b"%PDF-1.7\n"), "s.pdf", "application/pdf")}
    uploaded = tip.people.client.post(f"{TIPS}/scans", data=form,
                                      headers={"Authorization": f"Bearer {tip.people.token(SHARER, 1)}"})
    tip.do("share", **late, back_entry={"reason": "平台故障", "scan": uploaded.get_json()["digest"]})
    assert tip.read()["opened_on"] == day.isoformat()
    assert tip.read("/deadlines")["items"][0]["started_on"] == day.isoformat()


def test_tips_are_listed_by_kind_cause_sharer_and_claimer(tip: Tipping, office: Office) -> None:
    other = Tipping(office)
    other.do("share", by=FIRST, kind="lead", cause="other")
    tip.do("claim")

    def found(**filters: str) -> set[str]:
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        return {item["id"] for item in tip.people.get(f"{TIPS}?{query}", JUSTICE).get_json()["items"]}

    assert found(claimer=FIRST) == {tip.id} and found(sharer=FIRST) == {other.id}
    assert found(kind="lead") == found(cause="other") == {other.id} and found(kind="report") == {tip.id}
    assert found(state="claimed", part="claimer") == set()
