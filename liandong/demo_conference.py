"""The demo's stories of articles 30 and 31: a conference prepared, held and followed up; a matter of accountability."""

from datetime import timedelta
from typing import Any

from liandong.demo_stage import ENFORCEMENT, HOUSING, JUSTICE, Stage
from liandong.player import Answer
from shared.kernel.clock import day_of

CONFERENCES, ACCOUNTABILITY = "/api/oversight/conferences", "/api/oversight/accountability"
OFFICE, DISCIPLINE = "zhengfuban", "jijian"
HEADS = {"legal_head": {"name": "周法", "post": "法规科科长"}, "enforcement_head": {"name": "郑执", "post": "执法大队大队长"}}


def conference(stage: Stage) -> None:
    """30: it fell due by itself; what lies open proposes its agenda; what it resolves is a duty with a day."""
    due = stage.player.get(CONFERENCES, JUSTICE, state="due").data["items"][0]
    path, today = f"{CONFERENCES}/{due['id']}", day_of(stage.clock.now())
    meets = today + timedelta(days=5)
    called = _do(stage, path, "call", JUSTICE, 2, meets_on=meets.isoformat(), place="司法局三楼会议室")
    members = called.data["facts"]["members"]
    proposed = stage.player.get(f"{path}/agenda-proposals", JUSTICE).data["kinds"]
    for kind in proposed:
        if kind["count"]:
            stage.say("ok", f"建议议题：{kind['title']} {kind['count']}项，如“{kind['items'][0]['item']['title'][:40]}”")
    items = [each["item"] for kind in proposed for each in kind["items"][:2]]
    _do(stage, path, "set-agenda", JUSTICE, 1, items=items or [{"kind": "other", "title": "通报联动执法情况"}])
    for agency in (HOUSING, ENFORCEMENT):
        _do(stage, path, "attend", agency, 1, **HEADS)
    for agency in sorted({*members} - {HOUSING, ENFORCEMENT}):
        _act(stage, path, "record-absence", JUSTICE, 1, agency=agency, reason="书面请假")
    stage.say("act", f"登记缺席：{len(members) - 2} 家")
    stage.to(meets, 9)
    _do(stage, path, "hold", JUSTICE, 1, chair="司法局局长")
    resolved = {"says": "逾期案件一周内清零", "owner": ENFORCEMENT, "due_on": (meets + timedelta(days=7)).isoformat()}
    _do(stage, path, "record-minutes", JUSTICE, 2, number="荣司联纪〔2026〕示例1号", resolutions=[resolved])
    stage.to(meets + timedelta(days=3), 9)
    _do(stage, path, "complete-resolution", ENFORCEMENT, 1, resolution=1, says="已全部清零")
    told = stage.player.get("/api/oversight/task-reports", OFFICE, case=due["id"]).data["items"]
    stage.must([each["reporter"] for each in told] == [ENFORCEMENT], f"the report is with both offices: {told}")
    stage.say("ok", "责任机关的办结报告同时送到市政府办公室和司法局")
    after = stage.player.get(CONFERENCES, JUSTICE, state="due").data["items"][0]
    stage.must(after["session"] == due["session"] + 1, "the next period has begun")
    stage.say("ok", f"第{after['session']}次会议的周期已经开始")


def accountability(stage: Stage) -> None:
    """31: data hint, a person enters, a leader reports to discipline and justice; the agency meant sees none."""
    hinted = stage.player.get(f"{ACCOUNTABILITY}/hints", JUSTICE).data["items"]
    own = [each for each in hinted if each["reporter"] == JUSTICE]
    stage.say("ok", f"问责提示 {len(hinted)} 项，应由司法局报告的 {len(own)} 项")
    body: dict[str, Any] = own[0]["body"] if own else {"situations": ["31-6"], "agency": HOUSING, "facts": "巡查中发现的情况"}
    meant = own[0]["agency"] if own else HOUSING
    entered = stage.player.post(ACCOUNTABILITY, body, JUSTICE, 1)
    stage.must(entered.status == 201, str(entered.data))
    path = f"{ACCOUNTABILITY}/{entered.data['id']}"
    _do(stage, path, "report", JUSTICE, 2, number="荣司问〔2026〕示例1号")
    stage.must(stage.player.get(path, meant).status == 404, "the agency meant sees nothing of it")
    stage.must(stage.player.get(path, OFFICE).status == 404, "nor does the government office")
    _do(stage, path, "sign-receipt", DISCIPLINE, 1, number="荣纪收〔2026〕示例7号")
    stage.say("ok", "纪检监察机关已签收；涉及机关查不到，每次查阅记入日志")


def _act(stage: Stage, path: str, act: str, by: str, rank: int, /, **content: Any) -> Answer:
    """The act on what stands at the path, as it stands now. Raises Unexpected where it is refused."""
    stage.clock.advance(minutes=5)
    revision = stage.player.get(path, by).data["revision"]
    answer = stage.player.post(path + f"/{act}", content, by, rank, revision)
    stage.must(answer.status == 200, f"{act}: {answer.data}")
    return answer


def _do(stage: Stage, path: str, act: str, by: str, rank: int, /, **content: Any) -> Answer:
    """The same, and told."""
    answer = _act(stage, path, act, by, rank, **content)
    chapter = stage.player.suite.offices["oversight"].acts[path.split("/")[3]].chapter
    name = stage.player.suite.sharing.law.now().register.name_of(by)
    stage.say("act", f"{chapter.act(act).title}（{name}） → {answer.data['state_title']}")
    return answer
