"""29: what an agency let pass is supervised step by step; evidence is kept, a person issues what the machine drafts,
an accepted explanation is excused on the board and in the figures; on both back ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.oversight.office import SPEC
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.crypto.digests import tagged
from shared.deadlines.model import CANCELLED, MET, Deadline
from shared.kernel.clock import HandClock
from shared.kernel.settings import CITIES
from shared.law import tables
from tests.offices import Answer, MakeOffice, People
from tests.oversight.test_sla import scrape
from tests.oversight.told import DAY, case_event, deadline, deadline_event, hear, know, plan_event
from tests.situations.city import calendar

BASE, BOARD, BREACHES = "/api/oversight/supervision", "/api/oversight/deadlines", "/api/oversight/breaches"
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    with opened.db.write() as tx:
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, opened.clock.now())
    return opened


def late(id: str = "d1", due: date = YESTERDAY, **more: Any) -> Deadline:
    return deadline(id, due, breached_generation=more.get("generation", 1), **more)


def breach(told: Deadline, position: int = 7) -> Event:
    """As it is read off the journal of its service: with where it stands there, and its text."""
    source = told.clock.partition(".")[0]
    return replace(deadline_event(told, "breached", source), epoch="e1", position=position, body=f"text of {told.id}")


def withdrawn(told: Deadline, why: str = "补录：按期完成") -> Event:
    event = deadline_event(replace(told, generation=2, breached_generation=0), "corrected", why=why)
    return replace(event, data={**event.data, "withdrawn": {"kind": "breached", "generation": 1}})


def proposals(people: People, agency: str = "sifa") -> list[dict[str, Any]]:
    answer = people.get(f"{BASE}/proposals", agency)
    assert answer.status == 200, answer.data
    return list(answer.data["items"])


def issue(people: People, agency: str = "sifa", rank: int = 1, **more: Any) -> Answer:
    body = {"kind": "reminder", "target": "zhujian", "deadlines": ["transfer/d1"], "says": "请即发函", **more}
    return people.post(BASE, body, agency, rank)


def act(people: People, id: str, name: str, body: Mapping[str, Any], agency: str, rank: int = 1) -> Answer:
    revision = people.get(f"{BASE}/{id}", "sifa").data["revision"]
    return people.post(f"{BASE}/{id}/{name}", body, agency, rank, seen=revision)


def told(office: Office, agency: str | None = None) -> list[Event]:
    with office.db.read() as tx:
        return [event_of(each.body) for each in office.journal.feed(tx, 0, 1000, agency)]


# The evidence

def test_a_breach_is_kept_with_its_place_in_the_journal_and_the_digest_of_its_text(
        office: Office, people: People) -> None:
    hear(office, breach(late()))
    found, = people.get(BREACHES, "sifa").data["items"]
    assert {name: found[name] for name in ("service", "deadline", "generation", "case", "clock", "bound", "due_on",
                                           "epoch", "position", "event", "digest", "withdrawn_by")} == {
        "service": "transfer", "deadline": "d1", "generation": 1, "case": "case-1", "clock": "transfer.letter",
        "bound": "zhujian", "due_on": YESTERDAY.isoformat(), "epoch": "e1", "position": 7,
        "event": "event-d1-breached", "digest": tagged("text of d1"), "withdrawn_by": ""}
    hear(office, breach(late(), position=9))
    assert people.get(BREACHES, "sifa").data["items"] == [found], "told again it is what it was"


def test_a_withdrawn_breach_stays_and_says_why(office: Office, people: People) -> None:
    hear(office, breach(late()), withdrawn(late()))
    found, = people.get(BREACHES, "sifa", withdrawn="true").data["items"]
    assert (found["withdrawn_by"], found["withdrawn_why"]) == ("event-d1-corrected", "补录：按期完成")
    assert people.get(BREACHES, "sifa", withdrawn="false").data["items"] == []
    assert issue(people).codes == ["BREACH_WITHDRAWN"]


@pytest.mark.parametrize("path", ("deadlines", "breaches"))
def test_who_is_bound_is_asked_for_by_either_name(office: Office, people: People, path: str) -> None:
    hear(office, breach(late()), breach(late("d2", bound="shichang")))
    for name in ("agency", "bound"):
        found = people.get(f"/api/oversight/{path}", "sifa", **{name: "shichang"}).data["items"]
        assert [each["deadline"] for each in found] == ["d2"], name
    both = people.get(f"/api/oversight/{path}", "sifa", agency="shichang", bound="zhujian")
    assert (both.status, both.data["items"]) == (200, [])


def test_evidence_is_seen_by_who_sees_the_deadline(office: Office, people: People) -> None:
    hear(office, breach(late()), breach(late("d2", bound="zonghe", case="case-2")))
    seen = {agency: [each["deadline"] for each in people.get(BREACHES, agency).data["items"]]
            for agency in ("sifa", "zhengfuban", "zhujian", "zonghe", "shichang", "jijian")}
    assert seen == {"sifa": ["d2", "d1"], "zhengfuban": ["d2", "d1"], "zhujian": ["d1"], "zonghe": ["d2"],
                    "shichang": [], "jijian": []}
    first = people.get(BREACHES, "sifa", limit="1").data
    assert [each["deadline"] for each in first["items"]] == ["d2"]
    assert [each["deadline"] for each in people.get(BREACHES, "sifa", limit="1", after=first["next"]).data["items"]
            ] == ["d1"]
    assert people.get(BREACHES, "sifa", colour="red").codes == ["UNKNOWN_FILTER"]
    assert people.get(BREACHES, "sifa", withdrawn="perhaps").codes == ["BAD_FILTER"]
    assert people.get(BREACHES, "sifa", after="somewhere").status == 400


# What the machine drafts

def test_a_draft_can_be_posted_as_it_is_and_nothing_is_issued_by_itself(office: Office, people: People) -> None:
    hear(office, breach(late()))
    draft, = proposals(people)
    assert (draft["act"], draft["kind_title"], draft["target"], draft["by_leader"]) == (
        "issue", "提醒", "zhujian", False)
    assert draft["evidence"][0]["digest"] == tagged("text of d1")
    assert people.get(BASE, "sifa").data["items"] == []
    answer = people.post(draft["path"], draft["body"], "sifa", 1)
    assert answer.status == 201, answer.data
    assert answer.data["facts"]["answer_by"] == "2025-10-10", "three working days, over the holidays of October"
    assert proposals(people) == proposals(people, "zhengfuban") == []


def test_the_next_step_is_drafted_for_its_issuer_once_the_answer_is_late(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, breach(late()))
    id = issue(people, answer_by=(DAY + timedelta(days=2)).isoformat()).data["id"]
    clock.advance(days=2)
    assert proposals(people) == []
    clock.advance(days=1)
    draft, = proposals(people)
    assert (draft["act"], draft["kind"], draft["step"], draft["supervision"]) == ("step-up", "urging", 2, id)
    assert proposals(people, "zhengfuban") == []
    answer = people.post(draft["path"], draft["body"], "sifa", 1, seen=draft["revision"])
    assert answer.status == 200, answer.data
    act(people, id, "explain", {"ground": "other", "reason": "人手不足"}, "zhujian")
    act(people, id, "reject-explanation", {"reason": "不成立"}, "sifa")
    draft, = proposals(people)
    assert (draft["kind"], draft["by_leader"], draft["needs"]) == ("order", True, ["number"])
    assert people.post(draft["path"], draft["body"], "sifa", 1, seen=draft["revision"]).codes == [
        "LEADER_ISSUES", "NO_SUPERVISION_NUMBER"]


@pytest.mark.parametrize(("events", "why"), [
    ([breach(late(bound="sifa"))], "its own"),
    ([breach(late()), case_event("disputed", {"state": "disputed"})], "disputed"),
    ([breach(late()), withdrawn(late())], "withdrawn"),
    ([breach(late()), deadline_event(late(state=MET, late=True), "met")], "done"),
    ([breach(late()), deadline_event(late(state=CANCELLED), "cancelled")], "owed no more"),
    ([breach(late(clock="oversight.supervision"))], "the ladder's own clock"),
    ([breach(late(clock="collab.plan", case="plan-1")), plan_event("drafted", "draft")], "a plan drafted still"),
    ([deadline_event(deadline("d1", DAY))], "not overdue")])
def test_nothing_is_drafted_of_what_may_not_be_supervised(
        office: Office, people: People, events: list[Event], why: str) -> None:
    hear(office, *events)
    assert proposals(people) == [], why


def test_what_a_dispute_held_up_is_drafted_after_it(office: Office, people: People) -> None:
    hear(office, breach(late()), case_event("disputed", {"state": "disputed"}))
    assert issue(people).codes == ["CASE_DISPUTED"]
    hear(office, case_event("ruled_received", {"state": "received"}))
    assert [each["kind"] for each in proposals(people)] == ["reminder"]
    assert issue(people).status == 201


def test_drafts_are_for_the_two_offices_in_pages(office: Office, people: People) -> None:
    hear(office, breach(late("d1", YESTERDAY)), breach(late("d2", DAY - timedelta(days=2))),
         breach(late("d3", YESTERDAY, bound="sifa")))
    for agency in ("zhujian", "zonghe", "jijian"):
        answer = people.get(f"{BASE}/proposals", agency)
        assert (answer.status, answer.codes) == (403, ["WRONG_PARTY"])
    first = people.get(f"{BASE}/proposals", "sifa", limit="1").data
    rest = people.get(f"{BASE}/proposals", "sifa", after=first["next"]).data
    assert [each["body"]["deadlines"] for each in (*first["items"], *rest["items"])] == [
        ["transfer/d2"], ["transfer/d1"]]
    assert {each["target"] for each in proposals(people, "zhengfuban")} == {"zhujian", "sifa"}
    assert people.get(f"{BASE}/proposals", "sifa", colour="red").codes == ["UNKNOWN_FILTER"]


# The ladder

@pytest.mark.parametrize("kind", ("gossip", "opinion"))
def test_a_kind_that_is_no_step_is_refused_with_those_that_are(office: Office, people: People, kind: str) -> None:
    hear(office, breach(late()))
    refusal, = issue(people, kind=kind).data["refusals"]
    assert refusal["detail"] == (
        f"「{kind}」不在督查的次序中，可以发出：「reminder」提醒、「urging」催办、「order」督办单、「circular」通报。")


def test_a_breach_has_one_ladder_whichever_office_began_it_and_both_see_it(office: Office, people: People) -> None:
    hear(office, breach(late()), breach(late("d2")))
    id = issue(people, "zhengfuban").data["id"]
    assert issue(people).codes == ["STEP_TAKEN"]
    assert issue(people, deadlines=["transfer/d1", "transfer/d2"]).codes == ["STEP_TAKEN"]
    for agency in ("sifa", "zhengfuban", "zhujian"):
        assert people.get(f"{BASE}/{id}", agency).data["case"]["breaches"][0]["position"] == 7
        assert [each["id"] for each in people.get(BASE, agency, deadline="transfer/d1").data["items"]] == [id]
    assert people.get(BASE, "sifa", deadline="transfer/d2").data["items"] == []
    for agency in ("zonghe", "jijian"):
        assert people.get(f"{BASE}/{id}", agency).status == 404
        assert people.post(f"{BASE}/{id}/answer", {"says": "已办"}, agency, 1, seen=1).status == 404
    assert act(people, id, "close", {"result": "已办"}, "sifa").codes == ["WRONG_PARTY"]
    assert [each.name for each in told(office, "sifa") if each.name == "supervision_issued"] == ["supervision_issued"]


@pytest.mark.parametrize(("events", "code"), [
    ([], "NOTHING_OWED"), ([deadline_event(deadline("d1", DAY))], "NOTHING_OWED"),
    ([deadline_event(deadline("d1", YESTERDAY, state=CANCELLED), "cancelled")], "NOTHING_OWED"),
    ([breach(late(bound="zonghe"))], "OTHERS_DEADLINE"),
    ([breach(late(case="plan-1")), plan_event("drafted", "draft")], "NOTHING_OWED")])
def test_what_the_board_does_not_hold_as_owed_is_not_supervised(
        office: Office, people: People, events: list[Event], code: str) -> None:
    hear(office, *events)
    assert issue(people).codes == [code]


def test_an_answer_is_a_task_report_that_both_offices_register(office: Office, people: People) -> None:
    hear(office, breach(late()))
    id = issue(people).data["id"]
    assert act(people, id, "answer", {"says": "移送函已发"}, "zhujian").status == 200
    answered, = [each for each in told(office) if each.name == "supervision_answered"]
    hear(office, answered)
    report, = people.get("/api/oversight/task-reports", "zhengfuban", service="oversight").data["items"]
    assert (report["case"], report["reporter"], report["reported"]) == (id, "zhujian", [1])
    assert people.get(report["path"], "zhengfuban").data["id"] == id
    assert [each["office"] for each in report["receipts"]] == ["sifa", "zhengfuban"]
    delivered, = [each for each in told(office, "sifa") if each.name == "task_report_delivered"]
    assert delivered.causation == answered.id


def closed(people: People) -> tuple[str, list[dict[str, Any]]]:
    """A ladder of d1 that was answered and closed: its id, and of what the issuer was warned."""
    id = issue(people).data["id"]
    assert act(people, id, "close", {"result": "已办"}, "sifa").codes == ["STILL_OWED"]
    act(people, id, "answer", {"says": "移送函已发"}, "zhujian")
    answer = act(people, id, "close", {"result": "已办"}, "sifa")
    assert answer.data["state"] == "closed"
    return id, answer.data.get("warnings", [])


def test_after_closing_nothing_is_issued_about_what_is_owed_no_more(office: Office, people: People) -> None:
    hear(office, breach(late()))
    closed(people)
    hear(office, deadline_event(late(state=MET, late=True), "met"))
    assert issue(people, "zhengfuban").codes == ["AFTER_CLOSING"]
    assert proposals(people, "zhengfuban") == []


def test_what_is_owed_still_after_closing_is_warned_of_drafted_and_supervised_anew(
        office: Office, people: People) -> None:
    hear(office, breach(late()))
    first, warnings = closed(people)
    assert [(each["code"], each["article"], "transfer/d1" in each["en"]) for each in warnings] == [
        ("CLOSED_OWED", "29", True)]
    draft, = proposals(people, "zhengfuban")
    assert (draft["act"], draft["kind"], draft["step"], draft["supervision"]) == ("issue", "reminder", 1, "")
    answer = people.post(draft["path"], draft["body"], "zhengfuban", 1)
    assert answer.status == 201, answer.data
    second = answer.data["id"]
    assert {each["id"] for each in people.get(BASE, "sifa", deadline="transfer/d1").data["items"]} == {second, first}
    assert people.get(BREACHES, "sifa").data["items"][0]["supervision"] == second
    assert issue(people).codes == ["STEP_TAKEN"], "a breach has one ladder at a time"
    act(people, second, "explain", {"ground": "other", "reason": "人手不足"}, "zhujian")
    act(people, second, "accept-explanation", {}, "zhengfuban")
    act(people, second, "close", {"result": "已说明"}, "zhengfuban")
    assert issue(people).codes == ["ALREADY_EXCUSED"], "what is excused stays so"
    assert proposals(people) == []


# What is excused

def test_an_accepted_explanation_is_excused_on_the_board_and_in_the_figures(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, breach(late()), breach(late("d2")))
    id = issue(people).data["id"]
    act(people, id, "explain", {"ground": "appraisal", "reason": "检测报告未出"}, "zhujian")
    letter = ("zhujian", "transfer.letter", "true")
    assert scrape(office, "liandong_deadlines_open") == {(*letter, "red"): 2}
    act(people, id, "accept-explanation", {}, "sifa")
    shown = {each["deadline"]: (each["light"], each["light_title"], each["excused"])
             for each in people.get(BOARD, "sifa").data["items"]}
    assert shown == {"d1": ("red", "逾期（延误说明已采纳）", True), "d2": ("red", "红灯", False)}
    assert scrape(office, "liandong_deadlines_open") == {(*letter, "red"): 2}, "a light is no judgement"
    assert scrape(office, "liandong_deadlines_settled").items() >= {
        (*letter, "7d", "breached"): 1, (*letter, "7d", "excused"): 1}.items()
    assert issue(people, "zhengfuban").codes == ["ALREADY_EXCUSED"]
    hear(office, *(deadline_event(late(each, state=MET, late=True), "met") for each in ("d1", "d2")))
    assert scrape(office, "liandong_deadlines_settled")[(*letter, "7d", "excused")] == 1
    assert scrape(office, "liandong_deadlines_settled")[(*letter, "7d", "met_late")] == 1


def test_what_is_let_pass_anew_after_it_was_excused_is_not(office: Office, people: People) -> None:
    hear(office, breach(late()))
    id = issue(people).data["id"]
    act(people, id, "explain", {"ground": "other", "reason": "台风"}, "zhujian")
    act(people, id, "accept-explanation", {}, "sifa")
    hear(office, breach(late(generation=2)))
    assert people.get(BOARD, "sifa").data["items"][0]["excused"] is False
    assert [each["act"] for each in proposals(people, "zhengfuban")] == ["issue"]
    assert issue(people, "zhengfuban").status == 201
