"""Chapter 2 over HTTP, on both back ends: declining, responsibility, the report and its filing that came back."""

from datetime import timedelta
from typing import Any

import pytest

from services.collab.office import FOLLOWS
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.plans import bodies
from tests.plans.acting import Acting, opened
from tests.plans.bodies import HELPER, JUSTICE, LEAD, OFFICE, OTHER, STRANGER
from tests.plans.hearing import heard
from tests.served import codes

__all__ = ["make_office"]


@pytest.fixture
def acting(make_office: MakeOffice, clock: HandClock) -> Acting:
    return Acting("collab", opened("collab", make_office, clock), clock)


def decline(acting: Acting) -> None:
    """HELPER declines on a statutory ground, with its written notice."""
    notice = acting.material("不能协同通知", HELPER)
    acting.do("decline", {**bodies.DECLINE, "notice": notice})


def test_who_declined_sees_the_plan_as_it_left_it_and_hears_nothing_after(acting: Acting) -> None:
    acting.running()
    decline(acting)
    left = acting.read(by=HELPER)
    acting.clock.advance(days=1)
    acting.do("reassign", {"participant": HELPER, "tasks": [{"task": 2, "agency": OTHER}], "reason": "由市监承担",
                           **bodies.SIGNED})
    acting.do("suspend")
    seen = acting.read(by=HELPER)
    assert (seen["state"], seen["revision"]) == ("running", left["revision"])
    assert [each["number"] for each in acting.read("/versions", HELPER)["items"]] == [1]
    assert [each["number"] for each in acting.read("/versions")["items"]] == [1, 2]
    history = [each["event"] for each in acting.read("/events?limit=200", HELPER)["items"]]
    assert "participation_declined" in history and not {"participant_reassigned", "suspended"} & set(history)
    assert codes(acting.get("/versions/compare?from=1&to=2", HELPER)) == ["NO_SUCH_VERSION"]
    assert codes(acting.ask("report-task", {"tasks": [], **bodies.BY}, HELPER)) == ["WRONG_PARTY"]


def test_who_declined_hears_the_question_and_answers_it_and_learns_nothing_else_of_the_plan(acting: Acting) -> None:
    acting.running()
    decline(acting)
    left = acting.read(by=HELPER)
    acting.do("suspend", days=1)
    going_on = acting.revision
    acting.do("question-decline", {"participant": HELPER, "question": "该条并未限制协助", **bodies.BY})
    for agency, code in ((OTHER, "NOT_QUESTIONED"), (LEAD, "WRONG_PARTY")):
        assert codes(acting.ask("answer-question", {"says": "另有专人", **bodies.BY}, agency)) == [code]
    asked = acting.read(by=HELPER)["case"]["declined"][0]["questions"]
    assert [each["said"]["question"] for each in asked] == ["该条并未限制协助"]
    told = acting.ask("answer-question", {"says": "该条限于本辖区", **bodies.BY}, HELPER).get_json()
    assert (told["state"], told["revision"]) == ("running", left["revision"]), "not that of the question's day"
    seen = acting.read(by=HELPER)
    assert (seen["state"], seen["revision"]) == ("running", left["revision"])
    assert seen["case"] | {"declined": []} == left["case"] | {"declined": []}
    asked_of = [each for each in acting.read("/events?limit=200", HELPER)["items"]
                if each["event"] in ("participation_questioned", "question_answered")]
    assert len(asked_of) == 2 and not any({"participants", "version", "state"} & set(each["data"]) for each in asked_of)
    for agency in (HELPER, LEAD, JUSTICE, OFFICE):
        answers = acting.read(by=agency)["case"]["declined"][0]["answers"]
        assert [each["said"]["says"] for each in answers] == ["该条限于本辖区"]
    assert acting.read()["revision"] == going_on
    heard = {agency: {each["event"] for each in acting.read("/events?limit=200", agency)["items"]}
             for agency in (HELPER, OTHER, LEAD, JUSTICE, OFFICE)}
    assert all("participation_questioned" in events for events in heard.values())
    assert {agency for agency in heard if "question_answered" in heard[agency]} == {HELPER, LEAD, JUSTICE, OFFICE}
    assert "suspended" not in heard[HELPER]
    assert codes(acting.ask("answer-question", {"says": "再答", **bodies.BY}, HELPER)) == ["WRONG_PARTY"]


def test_the_tasks_of_who_declined_are_its_own_no_more_and_go_to_another(acting: Acting) -> None:
    acting.running()
    decline(acting)
    acting.clock.advance(days=1)
    tasks = "/api/collab/tasks?done={}"
    for done in ("false", "true"):
        assert acting.people.get(tasks.format(done), HELPER).get_json()["items"] == []
    lights = {each["number"]: each["light"] for each in acting.read("/tasks")["items"]}
    assert lights == {1: "green", 2: "", 3: "green"}
    acting.do("reassign", {"participant": HELPER, "tasks": [{"task": 2, "agency": LEAD}], "reason": "自行承担",
                           **bodies.SIGNED})
    assert [each["number"] for each in acting.people.get(tasks.format("false"), LEAD).get_json()["items"]] == [1, 2]


def test_responsibility_is_shown_to_who_sees_the_plan(acting: Acting) -> None:
    acting.running()
    for agency in (LEAD, HELPER, JUSTICE, OFFICE):
        told = acting.read("/responsibility", agency)["items"]
        assert {(each["agency"], each["kind"]) for each in told} == {
            (LEAD, "whole"), (LEAD, "independent"), (HELPER, "assists"), (OTHER, "assists")}
        assert all(each["title"] and each["says"] and each["article"] == "10" for each in told)
    assert acting.get("/responsibility", STRANGER).status_code == 404
    assert acting.people.get("/api/collab/plans/x/responsibility", LEAD).status_code == 404


def test_under_ground_three_the_lead_does_not_answer_for_the_whole(acting: Acting) -> None:
    ground = {"code": "7-3-a", "law": "土地管理法", "law_article": "第十条", "facts_established": "占地三亩",
              "established_on": acting.today.isoformat()}
    acting.do("draft", bodies.draft("collab", acting.today, grounds=[ground], lead_because="main_duty"))
    told = acting.read("/responsibility")["items"]
    assert {(each["agency"], each["kind"]) for each in told} >= {("", "government"), (LEAD, "organises")}
    assert acting.do("submit")["facts"]["route"] == "apply"
    assert codes(acting.ask("review", {"passed": True, "opinion": "", **bodies.SIGNED})) == ["NO_OPINION"]


def test_a_closing_report_may_follow_and_a_returned_filing_makes_the_report_due_again(acting: Acting) -> None:
    whole = acting.ended().report()
    told = acting.do("report", {**whole, "closing_report": [], "open_case": "荣综执立〔2025〕7号，听证中"})
    assert (told["state"], told["event"]) == ("ended", "collab.report_delivered")
    told = acting.do("add-closing-report", {"closing_report": whole["closing_report"], **bodies.SIGNED}, days=1)
    assert (told["state"], told["event"]) == ("reported", "collab.closing_report_added")
    returned: dict[str, Any] = {"chapter": "collab", "case": acting.id, "report": 1, "occurred_on": acting.today}
    heard(acting.office, FOLLOWS["oversight"], "oversight", "filing_returned", "filing-1", returned)
    acting.revision = acting.read()["revision"]
    assert acting.read()["state"] == "ended"
    assert acting.do("report", {**whole, "says": "补正后的报告"}, days=1)["state"] == "reported"
    numbers = acting.people.get(f"/api/collab/numbers?year={acting.today.year}&word=荣住建协情字", LEAD).get_json()
    assert [each["serial"] for each in numbers["items"]] == [1, 2]


def test_what_the_lead_writes_after_it_has_dropped_an_agency_is_not_shown_to_that_agency(acting: Acting) -> None:
    acting.drafted().do("consult", {"agencies": [HELPER, OTHER], **bodies.BY,
                                    "due_on": (acting.today + timedelta(days=3)).isoformat()})
    body = bodies.draft("collab", acting.today)
    body["content"] = bodies.content(acting.today, participants=(OTHER,))
    acting.do("draft", {**body, "lead_because": ""}, days=1)
    assert acting.read(by=HELPER)["case"]["versions"][0]["content"]["participants"][0]["agency"] == HELPER
    acting.do("draft", {**body, "content": {**body["content"], "title": "只给市监看的标题"}}, days=1)
    assert "只给市监看的标题" not in acting.get(by=HELPER).get_data(as_text=True)
    assert "只给市监看的标题" in acting.get(by=OTHER).get_data(as_text=True)


def test_who_comes_and_goes_on_one_day_is_told_as_a_party_of_that_day(acting: Acting) -> None:
    acting.drafted().do("submit")
    decline(acting)
    helper, = (each for each in acting.read()["case"]["parties"] if each["agency"] == HELPER)
    assert (helper["since"], helper["until"]) == (acting.today.isoformat(), acting.today.isoformat())


def test_whose_act_it_is_is_answered_before_the_state_that_does_not_allow_it(acting: Acting) -> None:
    acting.drafted().do("submit")
    for act in ("present", "present-amendment"):
        answer = acting.ask(act, by=LEAD)
        assert (answer.status_code, codes(answer)) == (403, ["PRESENTED_BY_JUSTICE"])
        answer = acting.ask(act, by=JUSTICE)
        assert (answer.status_code, codes(answer)) == (409, ["WRONG_STATE"])
