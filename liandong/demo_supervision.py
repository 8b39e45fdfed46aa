"""The demo's story of supervision (29): what the machine drafts of a missed deadline a person issues, step by step."""

from datetime import date
from typing import Any

from liandong.demo_stage import ENFORCEMENT, HOUSING, JUSTICE, Stage
from liandong.player import Answer, Told
from shared.acts.model import Rank

API = "/api/oversight/supervision"


def ladder(stage: Stage) -> None:
    """A letter that is never issued: a drafted reminder, 催办, an issued order, an explanation that is accepted, 销号."""
    case = stage.case(HOUSING, ENFORCEMENT, "占用消防通道施工案", date(2026, 7, 1))
    stage.on(date(2026, 7, 1), case, "announce")
    stage.to(date(2026, 7, 7), 9)
    stage.lights(case)
    draft = _draft(stage, case)
    evidence = draft["evidence"][0]
    stage.say("ok", f"逾期记录：{evidence['service']} 第{evidence['position']}条，摘要 {evidence['digest'][:15]}…")
    id = _issued(stage, draft, number="荣司督提〔2026〕1号").data["id"]
    stage.to(date(2026, 7, 13), 9)
    _issued(stage, _draft(stage, case))
    early = stage.player.post(f"{API}/{id}/step-up", {"kind": "order", "says": "限期办理"}, JUSTICE, 2, _seen(stage, id))
    stage.must(early.codes == ["NOT_EXPIRED"], f"{early.status} {early.data}")
    stage.why_not("再发督查文书", early)
    stage.to(date(2026, 7, 17), 9)
    _issued(stage, _draft(stage, case), number="荣司督〔2026〕1号")
    stage.to(date(2026, 7, 20), 9)
    _act(stage, id, HOUSING, "explain", ground="appraisal", reason="房屋安全鉴定报告7月17日才出具")
    stage.on(date(2026, 7, 20), case, "add-material", "issue-letter")
    stage.to(date(2026, 7, 21), 9)
    _act(stage, id, JUSTICE, "accept-explanation")
    shown, = (each for each in stage.player.get("/api/oversight/deadlines", JUSTICE, case=case.id).data["items"]
              if each["deadline"] == evidence["deadline"])
    stage.must(shown["excused"], f"not excused: {shown}")
    stage.say("ok", f"期限总览：{shown['says']}，{shown['light_title']}")
    _act(stage, id, JUSTICE, "close", result="移送函已经发出，延误原因属实")
    stage.must(all(each["facts"]["case"] != case.id for each in _drafts(stage)), "nothing is drafted any more")


def _drafts(stage: Stage) -> list[dict[str, Any]]:
    return list(stage.player.get(f"{API}/proposals", JUSTICE, limit="200").data["items"])


def _draft(stage: Stage, case: Told) -> dict[str, Any]:
    """What the machine drafts for justice about the case; it is issued by nobody yet."""
    draft = next(each for each in _drafts(stage) if each["facts"]["case"] == case.id)
    stage.say("ok", f"平台拟稿（{draft['kind_title']}）：{draft['body']['says']}")
    return draft


def _issued(stage: Stage, draft: dict[str, Any], **more: str) -> Answer:
    """Justice issues the draft as it is; its leader signs where the kind asks for it."""
    rank = Rank.LEADER if draft["by_leader"] else Rank.OFFICER
    answer = stage.player.post(draft["path"], {**draft["body"], **more}, JUSTICE, int(rank), draft["revision"] or None)
    stage.must(answer.status < 300, f"{draft['act']}: {answer.status} {answer.data}")
    number = f"{draft['kind_title']} {more.get('number', '')}".strip()
    stage.say("act", f"司法局发出{number} → {answer.data['state_title']}，{answer.data['facts']['answer_by']}前答复")
    return answer


def _seen(stage: Stage, id: str) -> int:
    return int(stage.player.get(f"{API}/{id}", JUSTICE).data["revision"])


def _act(stage: Stage, id: str, agency: str, act: str, **said: str) -> None:
    stage.clock.advance(minutes=20)
    answer = stage.player.post(f"{API}/{id}/{act}", said, agency, 1, _seen(stage, id))
    stage.must(answer.status == 200, f"{act}: {answer.status} {answer.data}")
    title = stage.player.suite.offices["oversight"].acts["supervision"].chapter.act(act).title
    stage.say("act", f"{title}（{stage.player.seat(agency).name}） → {answer.data['state_title']}")
