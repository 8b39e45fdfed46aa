"""Tips of article 28 over HTTP, on both back ends: what is none, who is first, what becomes of one."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.kernel.clock import HandClock, day_of
from tests.offices import MakeOffice
from tests.served import codes
from tests.sharing.tips import (
    DISCIPLINE,
    FIRST,
    JUSTICE,
    OFFICE,
    SECOND,
    SHARER,
    STRANGER,
    THIRD,
    TIPS,
    Tipping,
    feed,
    note,
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
    assert proposed("") == {"definite": None, "route": "", "candidates": [], "findings": []}, "of no cause, nobody"


@pytest.mark.parametrize(("asked", "code"), [
    ("cause=unheard_of", "BAD_FILTER"),
    ("cuase=sand_mining", "UNKNOWN_PARAMETER"),
    ("cause=sand_mining&limit=5", "UNKNOWN_PARAMETER"),
    ("cause=sand_mining&cause=other", "BAD_QUERY"),
])
def test_a_slip_in_what_is_asked_of_a_cause_is_told(office: Office, asked: str, code: str) -> None:
    answer = Tipping(office).people.get(f"{TIPS}/proposals?{asked}", SHARER)
    assert (answer.status_code, codes(answer)) == (400, [code])


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
