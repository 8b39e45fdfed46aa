"""The demo's story of a collaborative action (第二章), from the draft to the filing of its report."""

from datetime import date
from typing import Any

from liandong.demo_stage import ENFORCEMENT, HOUSING, JUSTICE, TOWN, Stage
from liandong.player_plans import ToldPlan
from liandong.story import PlanStory

POLICE, LAND = "gongan", "ziran"
TITLE = "崖头街道某小区违法建设集中拆除"
PEOPLE = 62


def action(stage: Stage) -> None:
    """5, 7(一), 9(一), 10 to 13."""
    plan = _drafted(stage)
    _approved(stage, plan)
    _carried_out(stage, plan)
    _declined(stage, plan)
    _found_besides(stage, plan)
    _ended(stage, plan)


def _drafted(stage: Stage) -> ToldPlan:
    """7: a ground is tested, not ticked; what a plan lacks is told at once."""
    plan = ToldPlan(PlanStory("collab", stage.player.seat(ENFORCEMENT), {"title": TITLE, "lead": ENFORCEMENT,
                              "participants": [], "tasks": []}, [_concerned(32)], ["illegal_building"]))
    stage.on(date(2026, 1, 5), plan, "draft")
    stage.refused(plan, "submit", "TOO_FEW_PEOPLE", expect=422)
    plan.story.content, plan.story.grounds = _content(), [_concerned(PEOPLE)]
    stage.on(date(2026, 1, 5), plan, "draft")
    one = [stage.player.seat(ENFORCEMENT).card]
    stage.refused(plan, "record-interim-measure", "TOO_FEW_OFFICERS", expect=422, officers=one)
    stage.on(date(2026, 1, 6), plan, "record-interim-measure", "consult")
    for agency, says in ((POLICE, "同意，派出所派员四名"), (LAND, "同意"), (TOWN, "同意，社区配合入户")):
        said = {"answer-consultation": {"by": agency, "says": says}}
        stage.on(date(2026, 1, 7), plan, "answer-consultation", with_=said)
    return plan


def _approved(stage: Stage, plan: ToldPlan) -> None:
    """9(一): the lead submits, justice reviews and presents, the government decides on paper; 5 meanwhile."""
    stage.on(date(2026, 1, 8), plan, "submit")
    stage.on(date(2026, 1, 12), plan, "review", "present")
    stage.on(date(2026, 1, 13), plan, "record-interim-measure", with_={"record-interim-measure": {"by": TOWN}})
    stage.refused(plan, "start", "WRONG_STATE", expect=409)
    stage.on(date(2026, 1, 14), plan, "approve")
    stage.lights(plan)


def _carried_out(stage: Stage, plan: ToldPlan) -> None:
    """8, 11: the lead starts and dispatches; who comes is named."""
    stage.on(date(2026, 1, 15), plan, "start", "dispatch")
    for agency in (POLICE, TOWN, LAND):
        stage.on(date(2026, 1, 16), plan, "confirm-dispatch", with_={"confirm-dispatch": {"by": agency}})
    for line in stage.player.get(f"{plan.path}/responsibility", JUSTICE).data["items"]:
        who = stage.player.seat(line["agency"]).name
        stage.say("ok", f"责任（第{line['article']}条）：{who}{line['says']}")


def _declined(stage: Stage, plan: ToldPlan) -> None:
    """12: only on a statutory ground, in writing; the lead reassigns what was open."""
    stage.to(date(2026, 1, 19), 9)
    empty = {"by": LAND, "law": "", "law_article": "", "law_text": ""}
    stage.refused(plan, "decline", "NO_DECLINE_LAW", expect=422, **empty)
    stage.on(date(2026, 1, 19), plan, "decline", with_={"decline": {"by": LAND}})
    gone = stage.player.get(plan.path, LAND).data
    stage.say("ok", f"{stage.player.seat(LAND).name}此后只看到退出时的方案（{gone['state_title']}），方案以后如何不再知道")
    stage.on(date(2026, 1, 20), plan, "question-decline")
    asked = stage.player.get(plan.path, LAND).data["case"]["declined"][0]["questions"]
    stage.must(len(asked) == 1, f"the question is told to who declined: {asked}")
    stage.on(date(2026, 1, 20), plan, "answer-question", with_={"answer-question": {"by": LAND}})
    stage.say("ok", f"{stage.player.seat(LAND).name}收到询问并已答复；司法局只询问，不作判断")
    stage.on(date(2026, 1, 21), plan, "reassign")
    _register(stage, plan, "decline", "荣司备〔2026〕1号")


def _found_besides(stage: Stage, plan: ToldPlan) -> None:
    """10: what is found and another's is handed on; both sides show it."""
    found = {"by": POLICE, "cause": "gas_safety", "agency": HOUSING, "facts": "拆除现场发现地下室违规存放液化气钢瓶九只"}
    stage.on(date(2026, 1, 22), plan, "record-finding", with_={"record-finding": found})
    stage.lights(plan)
    case = stage.case(POLICE, HOUSING, "违规存放液化气案", date(2026, 1, 22))
    origin = {"kind": "finding", "ref": f"collab/{plan.id}/1"}
    stage.on(date(2026, 1, 23), case, "announce", with_={"announce": {"origin": origin}})
    seen = stage.player.get(plan.path, POLICE).data["case"]["findings"][0]["handed_on"]
    stage.must(seen["case"] == case.id, f"the finding is handed on: {seen}")
    stage.say("ok", f"方案的第1条线索已移送（{seen['announced_on']} 通报），案件的来源即该线索")
    stage.on(date(2026, 1, 23), case, "add-material", "issue-letter")


def _ended(stage: Stage, plan: ToldPlan) -> None:
    """4, 11, 13: own decisions with the respondent's rights, the end, the report with its enclosures, filed."""
    for agency in (TOWN, POLICE, ENFORCEMENT):
        stage.on(date(2026, 1, 27), plan, "report-task", with_={"report-task": {"by": agency}})
    stage.on(date(2026, 1, 28), plan, "record-decision")
    stage.on(date(2026, 1, 29), plan, "end")
    stage.refused(plan, "report", "NO_DOCUMENTS", "NO_CLOSING_REPORT", expect=422, documents=[], closing_report=[])
    stage.on(date(2026, 2, 2), plan, "report")
    _register(stage, plan, "collab", "荣司备〔2026〕2号")
    stage.lights(plan, whole=True)


def _register(stage: Stage, plan: ToldPlan, kind: str, number: str) -> None:
    """12, 13: justice registers what was filed."""
    filings = stage.player.get("/api/oversight/filings", JUSTICE, case=plan.id).data["items"]
    filing = next(each for each in filings if each["kind"] == kind)
    path = f"/api/oversight/filings/{filing['id']}/register"
    answer = stage.player.post(path, {"number": number}, JUSTICE, 1, filing["revision"])
    stage.must(answer.status == 200, f"register: {answer.status} {answer.data}")
    stage.say("ok", f"司法局备案登记：{number}")


def _concerned(people: int) -> dict[str, Any]:
    return {"code": "7-1-2", "people": people, "interests": "两栋楼住户的采光和消防通道，按物业登记逐户统计"}


def _content() -> dict[str, Any]:
    def task(number: int, agency: str, title: str, due: date) -> dict[str, Any]:
        return {"number": number, "agency": agency, "title": title, "says": title, "from_on": "2026-01-15",
                "due_on": due.isoformat()}

    return {
        "title": TITLE, "lead": ENFORCEMENT,
        "situation": "两栋楼顶层和一层共九处违法搭建，占用消防通道。",
        "necessity": f"直接涉及{PEOPLE}人，须公安机关维持秩序、自然资源部门核定范围、街道做居民工作。",
        "respondents": [{"kind": "organisation", "name": "荣成某某物业服务有限公司"}],
        "lead_duties": "依法立案，组织拆除，对执法活动负总责",
        "participants": [{"agency": POLICE, "duties": "维持现场秩序"}, {"agency": LAND, "duties": "核定违法建设范围"},
                         {"agency": TOWN, "duties": "走访居民，送达告知"}],
        "tasks": [task(1, ENFORCEMENT, "组织拆除九处搭建", date(2026, 1, 28)),
                  task(2, POLICE, "拆除现场秩序", date(2026, 1, 28)),
                  task(3, LAND, "核定范围并出具意见", date(2026, 1, 23)),
                  task(4, TOWN, "逐户送达并走访", date(2026, 1, 27))],
        "time_limit": "2026-02-06",
    }
