"""The demo's story of a joint action (第三章): a special campaign, from the order that names the lead to its report."""

from datetime import date
from typing import Any

from liandong.demo_stage import JUSTICE, MARKET, Stage
from liandong.player_plans import ToldPlan
from liandong.story import PlanStory

SEA, POLICE, TRAFFIC, WATER = "haiyang", "gongan", "jiaotong", "shuili"
TITLE = "涉渔“三无”船舶清理专项行动"
ORDER = {"document": "鲁海渔发〔2026〕3号（示例）", "field_or_area": "全市渔港和渔船停泊点"}
LATER = "2026-04-24"


def campaign(stage: Stage) -> None:
    """15(二), 16, 17(二), 18, 19, 20."""
    plan = _drafted(stage)
    _approved(stage, plan)
    _carried_out(stage, plan)
    _amended(stage, plan)
    _ended(stage, plan)


def _drafted(stage: Stage) -> ToldPlan:
    """17(二): nobody names itself the lead; 18: ten items, and what lacks is told at once."""
    unfinished = {**_content(), "funds": [], "contingency": None}
    story = PlanStory("joint", stage.player.seat(SEA), unfinished, [], ["fishing_boat"])
    plan = ToldPlan(story)
    stage.to(date(2026, 3, 2), 9)
    ground = {"code": "15-2", **ORDER, "main_task_agency": SEA}
    stage.refused(plan, "draft", "CAMPAIGN_BY_ORDER", expect=422, grounds=[ground])
    stage.on(date(2026, 3, 2), plan, "assign", with_={"assign": ORDER})
    stage.on(date(2026, 3, 3), plan, "draft", "record-interim-measure")
    stage.refused(plan, "submit", "NO_FUNDS", "NO_CONTINGENCY", expect=422)
    story.content = _content()
    stage.on(date(2026, 3, 4), plan, "draft", "consult")
    for agency in (POLICE, MARKET, TRAFFIC):
        stage.on(date(2026, 3, 5), plan, "answer-consultation", with_={"answer-consultation": {"by": agency}})
    return plan


def _approved(stage: Stage, plan: ToldPlan) -> None:
    """17(二): to justice, and to a meeting or the head of the government."""
    stage.on(date(2026, 3, 6), plan, "submit")
    stage.on(date(2026, 3, 9), plan, "review", "present", with_={"present": {"to": "市政府常务会议"}})
    stage.to(date(2026, 3, 12), 9)
    paper = {"number": "市政府常务会议纪要〔2026〕9号", "decided_by": "市政府第12次常务会议"}
    reply = {"paper": {"kind": "reply", "scan": 0, **paper}}
    stage.refused(plan, "approve", "OTHER_PAPER", "NO_PAPER_SCAN", expect=422, **reply)
    scan = plan.story.papers["approve"]
    minutes = {"paper": {"kind": "minutes", "scan": scan, **paper}, "conditions": ["查扣前在渔港公告十日"]}
    stage.on(date(2026, 3, 12), plan, "approve", with_={"approve": minutes})


def _carried_out(stage: Stage, plan: ToldPlan) -> None:
    """16, 19: justice starts and dispatches; each agency decides for itself."""
    stage.refused(plan, "start", "WRONG_PARTY", expect=403, by=SEA)
    stage.on(date(2026, 3, 13), plan, "start", "dispatch")
    for agency in (SEA, POLICE, MARKET, TRAFFIC):
        stage.on(date(2026, 3, 16), plan, "confirm-dispatch", with_={"confirm-dispatch": {"by": agency}})
    own = {"cause": "unlicensed_business", "fine": 1_000_000}
    stage.on(date(2026, 3, 18), plan, "record-decision", with_={"record-decision": {"by": MARKET, **own}})
    stage.on(date(2026, 3, 19), plan, "report-task", with_={"report-task": {"by": MARKET}})
    tasks = stage.player.get("/api/joint/tasks", POLICE).data["items"]
    stage.say("ok", f"公安局看到自己的任务：{'；'.join(task['title'] for task in tasks)}")


def _amended(stage: Stage, plan: ToldPlan) -> None:
    """A version of its own, compared side by side, approved by the plan's own route."""
    before = plan.story.content
    others = [each for each in before["participants"] if each["agency"] != TRAFFIC]
    tasks = [{**task, "agency": WATER, "due_on": LATER} if task["agency"] == TRAFFIC else task
             for task in before["tasks"]]
    after = {**before, "tasks": tasks, "participants": [*others, {"agency": WATER, "duties": "协助拖移，提供停泊水域"}],
             "time_limit": LATER}
    why = {"content": after, "reason": "拖移改由水利部门提供水域和船只，时限相应延长"}
    stage.to(date(2026, 3, 23), 9)
    stage.refused(plan, "amend", "NOT_MINOR", expect=422, minor=True, **why)
    stage.on(date(2026, 3, 23), plan, "amend", with_={"amend": why})
    asked: dict[str, Any] = {"from": "1", "to": "2"}
    compared = stage.player.get(f"{plan.path}/versions/compare", JUSTICE, **asked).data
    for line in compared["text"].splitlines():
        stage.tell.say("ok", f"      {line}")
    stage.on(date(2026, 3, 24), plan, "review-amendment", "present-amendment")
    stage.on(date(2026, 3, 26), plan, "decide-amendment")
    stage.lights(plan)


def _ended(stage: Stage, plan: ToldPlan) -> None:
    """20: the lead proposes, justice ends; every agency that ever took part is evaluated, and sees its own."""
    for agency, day in ((POLICE, 9), (SEA, 10), (WATER, 20)):
        stage.on(date(2026, 4, day), plan, "report-task", with_={"report-task": {"by": agency}})
    stage.refused(plan, "end", "END_NOT_PROPOSED", expect=409)
    stage.on(date(2026, 4, 21), plan, "propose-end")
    stage.on(date(2026, 4, 22), plan, "end")
    left_out = [{"agency": agency, "says": "任务完成较好"} for agency in (POLICE, MARKET, WATER)]
    stage.refused(plan, "report", "NOT_EVALUATED", expect=422, evaluations=left_out)
    stage.on(date(2026, 4, 24), plan, "report")
    seen = stage.player.get(plan.path, TRAFFIC).data["case"]["report"]["evaluations"]
    stage.must([each["agency"] for each in seen] == [TRAFFIC], f"who left sees its own evaluation only: {seen}")
    stage.say("ok", f"中途退出的{stage.player.seat(TRAFFIC).name}也被评价，且只看到自己的：{seen[0]['says']}")
    stage.on(date(2026, 4, 27), plan, "remark", with_={"remark": {"by": MARKET}})
    stage.lights(plan, whole=True)


def _content() -> dict[str, Any]:
    def task(number: int, agency: str, title: str) -> dict[str, Any]:
        return {"number": number, "agency": agency, "title": title, "says": title, "from_on": "2026-03-13",
                "due_on": "2026-04-10"}

    return {
        "title": TITLE, "lead": SEA,
        "situation": "全市渔港停泊涉渔“三无”船舶四十七艘，部分改装后夜间出海。",
        "necessity": "船舶查扣、燃油销售、码头治安须多个机关同步查处。",
        "respondents": [{"kind": "organisation", "name": "荣成某某船舶修造厂"}],
        "lead_duties": "认定“三无”船舶，组织查扣",
        "participants": [{"agency": POLICE, "duties": "码头治安"}, {"agency": MARKET, "duties": "查处违法修造和燃油销售"},
                         {"agency": TRAFFIC, "duties": "协助拖移"}],
        "tasks": [task(1, SEA, "逐船认定并查扣"), task(2, POLICE, "码头治安管控"), task(3, MARKET, "检查修造和燃油经营点九家"),
                  task(4, TRAFFIC, "拖移船舶")],
        "time_limit": "2026-04-17",
        "funds": [{"purpose": "拖移和看管", "amount": 20_000_000, "source": "市财政专项经费"}],
        "safeguards": "拖船一艘，集中停泊点一处。",
        "contingency": {"events": "船主聚集阻拦", "measures": "公安机关先期处置，医疗救护到场", "decides": "分管副市长",
                        "phone": "0631-7550100"},
    }
