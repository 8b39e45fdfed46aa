"""Over HTTP, in both chapters and on both back ends: what a party reads of a plan after it has left it, cell by cell.

What it can list, filter by, search for and read is asked when it leaves and again after every later act: no cell may
have changed, but for what is addressed to it.
"""

import json
from typing import Any

import pytest

from shared.plans.states import STATES
from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LEAD, OFFICE, OTHER

LATER_WORDS = "后来改定之方案"
FILTERS = (*(f"state={state}" for state in STATES), *(f"lead={agency}" for agency in (LEAD, HELPER, OTHER)),
           *(f"route={route}" for route in ("submit", "apply", "assigned", "direct")),
           *(f"light={light}" for light in ("green", "yellow", "red", "met", "paused")),
           *(f"part={part}" for part in ("lead", "participant", "related", "evaluated")))
# a state, a part and routes that only the other chapter has, which a list refuses
OTHERS = {"collab": {"state=assigned", "part=evaluated", "route=assigned", "route=direct"}, "joint": {"route=submit"}}
TEXTS = ("滨海路", LATER_WORDS, "示例商贸")
NOW = frozenset({"version", "lead", "participants"})         # facts that tell the plan as it is
ROW = ("state", "state_title", "revision", "opened_on", "last_on", "title", "lead", "route", "version", "time_limit",
       "deadlines")


def found(acting: Acting, query: str, by: str) -> bool:
    answer = acting.people.get(f"{acting.base}?{query}", by)
    if query in OTHERS[acting.service]:
        assert (answer.status_code, answer.get_json()["code"]) == (400, "BAD_FILTER"), answer.text
        return False
    return acting.id in [each["id"] for each in answer.get_json()["items"]]


def searched(acting: Acting, text: str, by: str) -> bool:
    listed = acting.people.post(f"{acting.base}/search", {"text": text}, by).get_json()["items"]
    return acting.id in [each["id"] for each in listed]


def row(acting: Acting, by: str) -> dict[str, Any]:
    listed = acting.people.get(acting.base, by).get_json()["items"]
    mine = next(each for each in listed if each["id"] == acting.id)
    return {name: mine[name] for name in ROW}


def cells(acting: Acting, by: str) -> dict[str, Any]:
    """Everything that an agency can ask of the plan, by how it is asked."""
    asked = {query: found(acting, query, by) for query in FILTERS}
    return {**asked, **{text: searched(acting, text, by) for text in TEXTS},
            "row": row(acting, by), "history": acting.read("/events?limit=200", by)["items"],
            "versions": acting.read("/versions", by)["items"], "tasks": acting.read("/tasks", by)["items"],
            "deadlines": acting.read("/deadlines", by)["items"], "view": acting.read("", by)}


def amended(acting: Acting, **instead: Any) -> None:
    """The plan is changed, days after it was asked for."""
    wanted = {**acting.read(by=OTHER)["case"]["versions"][-1]["content"], **instead}
    lead = acting.read(by=OTHER)["case"]["versions"][-1]["content"]["lead"]
    moves = {"handover": [{"title": "案卷", "kind": "case_file", "copies": 3}]} if wanted["lead"] != lead else {}
    acting.do("amend", {"content": wanted, "reason": "调整", "minor": False, **moves, **bodies.SIGNED}, lead)
    acting.do("review-amendment")
    acting.do("present-amendment")
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())}, days=1)


def tasks(acting: Acting, was: str, now: str) -> list[dict[str, Any]]:
    told = acting.read()["case"]["versions"][-1]["content"]["tasks"]
    return [{**each, "agency": now if each["agency"] == was else each["agency"]} for each in told]


def helper_leaves(acting: Acting) -> str:
    """By declining, in chapter 3 by an amendment that leaves it out."""
    if acting.service == "collab":
        notice = acting.material("不能协同通知", HELPER)
        acting.do("decline", {**bodies.DECLINE, "notice": notice}, days=1)
        acting.do("reassign", {"participant": HELPER, "tasks": [{"task": 2, "agency": OTHER}], "reason": "由市监承担",
                               **bodies.SIGNED})
    else:
        amended(acting, participants=[{"agency": OTHER, "duties": "现场配合"}], tasks=tasks(acting, HELPER, OTHER))
    return HELPER


def lead_leaves(acting: Acting) -> str:
    """By an amendment: OTHER leads in its place."""
    amended(acting, lead=OTHER, participants=[{"agency": HELPER, "duties": "现场配合"}], tasks=tasks(acting, LEAD, OTHER))
    return LEAD


LEAVES = {"participant": helper_leaves, "lead": lead_leaves}


@pytest.mark.parametrize("who", LEAVES)
def test_no_cell_that_a_former_party_can_ask_for_changes_with_what_comes_after(acting: Acting, who: str) -> None:
    former = LEAVES[who](acting.running())
    left = cells(acting, former)
    now = LEAD if former == HELPER else OTHER
    own = {name for name, shown in left.items() if shown is True}
    assert own == {f"part={who}"}, "it finds the plan by its own part, and by nothing that the plan is now"

    def nothing_changed(after: str) -> None:
        assert cells(acting, former) == left, after

    acting.clock.advance(days=1)
    nothing_changed("a day")
    amended(acting, title=LATER_WORDS)
    nothing_changed("an amendment")
    by = now if acting.service == "collab" else JUSTICE
    acting.do("suspend", by=by, days=1)
    assert found(acting, "state=suspended", now) and searched(acting, LATER_WORDS, now), "who is in it finds it"
    nothing_changed("a suspension")
    acting.do("resume", by=by, days=1)
    if acting.service == "joint":
        acting.do("propose-end", by=now)
    acting.do("end", by=by, days=1)
    assert found(acting, "state=ended", OFFICE)
    nothing_changed("the end")
    if acting.service == "collab":
        papers = [acting.material(name, now) for name in ("责令改正通知书", "结案报告")]
        acting.do("report", {"says": "占道经营已清理", "documents": papers[:1], "closing_report": papers[1:],
                             **bodies.SIGNED}, now)
        nothing_changed("the report")


def test_a_former_participant_that_is_evaluated_learns_that_and_nothing_else(acting: Acting) -> None:
    if acting.service == "collab":
        assert "evaluated" not in {part for act in acting.office.acts["plans"].chapter.acts for part in act.by}
        return
    helper_leaves(acting.running())
    left = cells(acting, HELPER)
    amended(acting, title=LATER_WORDS)
    acting.do("propose-end")
    acting.do("end", days=1)
    told = [{"agency": agency, "says": f"{agency}按时到场"} for agency in (HELPER, OTHER)]
    acting.do("report", {**acting.report(), "evaluations": told}, days=1)
    seen = cells(acting, HELPER)
    changed = {name for name in left if left[name] != seen[name]}
    assert changed == {"part=evaluated", "row", "history", "view"}
    reported_on = acting.today.isoformat()
    assert {name for name in ROW if left["row"][name] != seen["row"][name]} == {"state", "state_title", "last_on"}
    assert (seen["row"]["state"], seen["row"]["last_on"]) == ("reported", reported_on)
    assert seen["history"][:-1] == left["history"] and seen["history"][-1]["event"] == "reported"
    assert not NOW & seen["history"][-1]["data"].keys()
    assert LATER_WORDS not in json.dumps([*seen.values()], ensure_ascii=False)
    answer = acting.do("remark", by=HELPER)
    assert not NOW & answer["facts"].keys()
    assert not any(NOW & each["data"].keys() for each in acting.read("/events?limit=200", HELPER)["items"]
                   if each["event"] in ("reported", "report_remarked"))
    assert answer["revision"] == left["row"]["revision"]
    assert row(acting, HELPER)["revision"] == left["row"]["revision"] < acting.read()["revision"]


def test_a_question_to_who_declined_does_not_tell_how_the_plan_stands_by_then(acting: Acting) -> None:
    if acting.service == "joint":
        assert "decline" not in {act.name for act in acting.office.acts["plans"].chapter.acts}
        return
    helper_leaves(acting.running())
    left = cells(acting, HELPER)
    acting.do("suspend", days=1)
    acting.do("question-decline", {"participant": HELPER, "question": "该条并未限制协助", **bodies.BY}, days=1)
    acting.do("answer-question", {"says": "该条限于本辖区", **bodies.BY}, HELPER, days=1)
    seen = cells(acting, HELPER)
    assert {name for name in left if left[name] != seen[name]} == {"history", "view"}
    told = [each["data"] for each in seen["history"][len(left["history"]):]]
    assert [each["act"] for each in told] == ["question-decline", "answer-question"]
    assert not any({"state", *NOW} & each.keys() for each in told)
    assert (seen["view"]["state"], seen["view"]["revision"]) == (left["view"]["state"], left["view"]["revision"])
    feed = acting.people.get("/api/collab/feed?limit=1000", HELPER).get_json()["items"]
    bodies_told = [json.loads(each["body"]) for each in feed]
    asked = [each for each in bodies_told if "question" in each["type"]]
    assert len(asked) == 2 and not any("caserevision" in each or "state" in each["data"] for each in asked)
    assert all("caserevision" in each for each in bodies_told if each.get("subject") and each not in asked)


def test_who_corrects_what_it_said_before_it_left_is_not_told_what_the_plan_is_by_then(acting: Acting) -> None:
    report = {"tasks": [{"task": 2, "done": False, "says": "已到场"}], "materials": [], **bodies.BY}
    entry = acting.running().do("report-task", report, HELPER)["entry"]
    helper_leaves(acting)
    amended(acting, title=LATER_WORDS)
    told = {"entry": entry, "field": "officer.name", "old": bodies.BY["officer"]["name"], "new": "王某", "reason": "写错"}
    assert acting.do("add-material", bodies.material("照片"), OTHER)["facts"].keys() >= NOW, "who is in it is told"
    stale = acting.ask("correct", {**told, **bodies.SIGNED}, HELPER)
    acting.revision = seen = acting.read(by=HELPER)["revision"]
    assert stale.status_code == 412 and stale.get_json()["refusals"][0]["values"] == {"revision": seen}, "not today's"
    assert not NOW & acting.do("correct", {**told, **bodies.SIGNED}, HELPER)["facts"].keys()


def test_whose_act_it_is_names_to_each_who_has_the_part_now_and_to_a_former_party_whom_it_knew(acting: Acting) -> None:
    helper_leaves(acting.running())
    amended(acting, lead=OTHER, participants=[{"agency": LEAD, "duties": "现场配合"}], tasks=tasks(acting, OTHER, LEAD))
    title = {"collab": "牵头部门", "joint": "主要牵头部门"}[acting.service]
    names = {agency: acting.office.law.now().register.name_of(agency) for agency in (LEAD, OTHER)}
    for by, lead in ((LEAD, OTHER), (JUSTICE, OTHER), (HELPER, LEAD)):
        said = f"该行为应当由{title}（{names[lead]}）作出，不由本机关作出。"
        refusal, = acting.ask("withdraw", by=by).get_json()["refusals"]
        assert (refusal["code"], refusal["detail"]) == ("WRONG_PARTY", said), by
        told = next(each for each in acting.read(by=by)["actions"] if each["act"] == "withdraw")
        assert told["refusal"]["zh"] == said
    refusal, = acting.ask("withdraw", by=HELPER).get_json()["refusals"]
    assert names[OTHER] not in json.dumps(refusal, ensure_ascii=False), "who leads by then came after its time"


def test_who_left_settles_what_it_found_and_is_not_told_how_the_plan_stands_by_then(acting: Acting) -> None:
    acting.running().do("record-finding", {**bodies.PLAIN["record-finding"], "remit": "unclear", "agency": ""})
    helper_leaves(acting)
    amended(acting, title=LATER_WORDS)
    acting.revision = row(acting, HELPER)["revision"]
    answer = acting.do("settle-finding", by=HELPER)
    assert not NOW & answer["facts"].keys() and answer["revision"] < acting.read()["revision"]
    told = next(each for each in acting.read("/events?limit=200")["items"] if each["event"] == "finding_settled")
    assert not NOW & told["data"].keys() and told["data"]["outcome"] == "nothing"
    lights = {each["clock"]: each["light"] for each in acting.read("/deadlines", HELPER)["items"]}
    assert lights[f"{acting.service}.unclear"] == "met"
    assert codes_of(acting, "settle-finding") == ["WRONG_PARTY"]


def codes_of(acting: Acting, act: str) -> list[str]:
    return [each["code"] for each in acting.ask(act, by=HELPER).get_json()["refusals"]]
