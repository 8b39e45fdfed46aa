"""Tasks with their dates and lights, of a plan and of an agency over all its plans; over HTTP, on both back ends."""

from datetime import timedelta
from typing import Any

from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LEAD, OTHER, STRANGER
from tests.served import codes


def own(acting: Acting, by: str, **query: Any) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    told: dict[str, Any] = acting.people.get(f"/api/{acting.service}/tasks?{asked}", by, 1).get_json()
    return told


def done(task: int) -> bodies.Body:
    return {"tasks": [{"task": task, "done": True, "says": "已清理"}], **bodies.BY}


def test_nobody_has_a_task_before_the_plan_is_approved_and_it_has_no_light_before_the_start(acting: Acting) -> None:
    acting.drafted().do("submit")
    assert own(acting, HELPER)["items"] == []
    for act in ("review", "present"):
        acting.do(act)
    acting.do("approve", {"paper": bodies.paper(acting.scan())})
    task, = own(acting, HELPER)["items"]
    assert (task["plan"], task["number"], task["light"], task["state"]) == (acting.id, 2, "", "approved")
    acting.do("start")
    assert [each["light"] for each in own(acting, HELPER)["items"]] == ["green"]


def test_the_tasks_of_a_plan_show_their_lights_reports_and_whose_they_are(acting: Acting) -> None:
    acting.running().do("report-task", done(2))
    acting.clock.advance(days=20)
    acting.office.ticker.step()
    told = {each["number"]: each for each in acting.read("/tasks", HELPER)["items"]}
    assert {number: (each["own"], each["light"], each["reports"]) for number, each in told.items()} == {
        1: (False, "red", []), 2: (True, "met", [1]), 3: (False, "red", [])}
    assert told[2]["done_on"] and not told[1]["done_on"]
    assert {each["own"] for each in acting.read("/tasks", JUSTICE)["items"]} == {False}
    assert acting.get("/tasks", STRANGER).status_code == 404


def test_a_task_done_late_says_so(acting: Acting) -> None:
    acting.running().do("report-task", done(2), days=18)
    assert own(acting, HELPER)["items"] == []
    assert [each["light"] for each in own(acting, HELPER, done="true")["items"]] == ["met_late"]
    assert acting.read("/tasks")["items"][1]["light"] == "met_late"


def test_an_agency_reads_its_own_tasks_over_all_its_plans_page_by_page_and_no_others(acting: Acting) -> None:
    second = Acting(acting.service, acting.office, acting.clock)
    for each in (acting, second):
        each.running()
    first_page = own(acting, HELPER, limit=1)
    rest = own(acting, HELPER, limit=1, after=first_page["next"])
    plans = [each["plan"] for page in (first_page, rest) for each in page["items"]]
    assert plans == sorted([acting.id, second.id]) and rest["next"] == ""
    assert own(acting, STRANGER)["items"] == own(acting, JUSTICE)["items"] == []
    assert {each["number"] for each in own(acting, OTHER)["items"]} == {3}


def test_what_was_due_by_the_end_is_still_to_be_done_after_the_report_and_what_was_not_is_nobodys(
        acting: Acting) -> None:
    acting.running()
    acting.clock.advance(days=18)
    if acting.service == "joint":
        acting.do("propose-end")
    acting.do("end")
    assert [each["light"] for each in own(acting, OTHER)["items"]] == ["red"]
    acting.do("report", acting.report())
    task, = own(acting, OTHER)["items"]
    assert (task["number"], task["state"], task["light"]) == (3, "reported", "red")
    acting.do("report-task", done(3), OTHER)
    assert own(acting, OTHER)["items"] == []
    assert [each["light"] for each in own(acting, OTHER, done="true")["items"]] == ["met_late"]


def test_a_task_given_to_another_by_an_amendment_moves_with_its_light(acting: Acting) -> None:
    acting.running()
    content = acting.read()["case"]["versions"][0]["content"]
    tasks = [{**each, "agency": OTHER} if each["number"] == 2 else each for each in content["tasks"]]
    body = {"content": {**content, "tasks": tasks}, "reason": "人手不足", **bodies.SIGNED}
    acting.do("amend", body)
    acting.do("review-amendment")
    acting.do("present-amendment")
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())})
    assert own(acting, HELPER)["items"] == []
    assert {(each["number"], each["light"]) for each in own(acting, OTHER)["items"]} == {(2, "green"), (3, "green")}


def test_a_place_in_the_list_that_there_is_not_and_an_unknown_filter_are_refused(acting: Acting) -> None:
    acting.drafted()
    for query, code in (("after=!", "BAD_AFTER"), ("after=eHg", "BAD_AFTER"), ("done=maybe", "BAD_DONE"),
                        ("agency=scjg", "UNKNOWN_FILTER"), ("limit=0", "BAD_LIMIT")):
        answer = acting.people.get(f"/api/{acting.service}/tasks?{query}", LEAD)
        assert (answer.status_code, codes(answer)) == (400, [code]), query


def test_tasks_fall_due_in_the_order_of_their_days(acting: Acting) -> None:
    body = bodies.draft(acting.service, acting.today)
    later, sooner = (bodies.task(number, HELPER, acting.today, days) for number, days in ((4, 20), (5, 1)))
    body["content"]["tasks"] += [later, sooner]
    acting.do("draft", body)
    for act in ("submit", "review", "present"):
        acting.do(act)
    acting.do("approve", {"paper": bodies.paper(acting.scan())})
    listed = own(acting, HELPER)["items"]
    assert [each["number"] for each in listed] == [5, 2, 4]
    assert listed[0]["due_on"] == (acting.today + timedelta(days=1)).isoformat()


def test_tasks_that_were_not_due_by_the_end_fall_away(acting: Acting) -> None:
    acting.ended()
    assert own(acting, OTHER)["items"] == []
    assert [each["light"] for each in own(acting, OTHER, done="true")["items"]] == [""]
