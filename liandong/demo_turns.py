"""The demo's stories of the turns a case may take: a call from the scene, a dispute, a paper entered late, a date
told wrong."""

from datetime import date
from typing import Any

from liandong.demo_stage import ECOLOGY, ENFORCEMENT, HOUSING, JUSTICE, MARKET, TOWN, Stage
from liandong.player import Told

JUDGED = {"deadline_breached": "逾期记录", "deadline_corrected": "期限更正"}  # entries of the history, for people
SCAN = "%PDF-1.4\n% 移送函扫描件（示例）\n".encode()


def phone(stage: Stage) -> None:
    """22 ¶3: who must act is called from the scene and comes; the notice follows the next working day."""
    case = stage.case(TOWN, ENFORCEMENT, "强行搭建案", date(2025, 11, 24))
    stage.on(date(2025, 11, 24), case, "phone", "respond")
    response = _case(stage, case)["calls"][0]["response"]
    stage.say("ok", f"{case.story.receiver.name}：{response['says']}")
    stage.lights(case)
    stage.on(date(2025, 11, 25), case, "announce", "add-material", "issue-letter", "deliver")
    stage.on(date(2025, 11, 26), case, "sign-receipt", "accept")
    stage.lights(case, whole=True)


def dispute(stage: Stage) -> None:
    """24: the review stands still while justice hears both sides; the agency it names must take the case."""
    case = stage.case(HOUSING, MARKET, "无照经营装修材料案", date(2025, 12, 1))
    receiver, ruler = case.story.receiver.agency, {"by": JUSTICE}
    stage.on(date(2025, 12, 1), case, "announce", "add-material", "issue-letter", "deliver")
    stage.on(date(2025, 12, 2), case, "sign-receipt")
    stage.on(date(2025, 12, 3), case, "dispute", with_={"dispute": {"by": receiver}})
    stage.must("paused" in stage.lights(case), "the review stands still")
    stage.on(date(2025, 12, 5), case, "state-view", with_={"state-view": {"by": HOUSING}})
    contest = _case(stage, case)["contests"][0]
    stage.say("ok", f"{case.story.receiver.name}（提请）：{contest['asked']['own_view']}")
    stage.say("ok", f"{case.story.sender.name}（陈述）：{contest['views'][0]['said']['view']}")
    stage.on(date(2025, 12, 10), case, "rule", with_={"rule": ruler})
    stage.must("paused" not in stage.lights(case), "the review runs anew")
    stage.refused(case, "refuse", "BOUND_BY_RULING", expect=409)
    stage.on(date(2025, 12, 12), case, "accept")


def back_entry(stage: Stage) -> None:
    """22: the letter went out on paper in time and is entered after its day, with its scan."""
    case = stage.case(ENFORCEMENT, ECOLOGY, "露天喷漆案", date(2025, 12, 15))
    stage.on(date(2025, 12, 15), case, "announce", "add-material")
    stage.to(date(2025, 12, 19), 9)
    stage.must("red" in stage.lights(case), "the letter is late")
    late = {"happened_on": "2025-12-18"}
    stage.refused(case, "issue-letter", "NEEDS_BACK_ENTRY", expect=422, **late)
    scan = stage.player.scan(ENFORCEMENT, "letter.pdf", SCAN)
    stage.say("act", f"上传扫描件  {scan[:19]}…")
    entry = {**late, "back_entry": {"reason": "平台故障，当日以纸质函件发出", "scan": scan}}
    stage.on(date(2025, 12, 19), case, "issue-letter", with_={"issue-letter": entry})
    stage.must("red" not in stage.lights(case, whole=True), "the letter was in time")
    for event in stage.events(case):
        if title := JUDGED.get(event["event"]):
            stage.tell.say("ok", f"   {event['occurred_on']}  {title}：{event['data']['why']}")
    listed = stage.player.get("/api/transfer/corrections", JUSTICE).data["items"]
    stage.must([item["case"] for item in listed] == [case.id], f"listed {listed}")
    stage.say("ok", f"司法局的更正和补录情况表：{listed[0]['by']['back_entry']['reason']}")


def correction(stage: Stage) -> None:
    """A date told wrong is put right by who told it; both stay readable, and the clocks are judged again."""
    case = stage.case(HOUSING, ENFORCEMENT, "擅自改变外立面案", date(2025, 12, 22))
    stage.on(date(2025, 12, 22), case, "announce", "add-material", "issue-letter")
    stage.on(date(2025, 12, 23), case, "deliver")
    entry = stage.on(date(2025, 12, 24), case, "sign-receipt").data["entry"]
    stage.lights(case)
    wrong = {
        "by": ENFORCEMENT,
        "rank": 2,
        "entry": entry,
        "field": "happened_on",
        "old": "2025-12-24",
        "new": "2025-12-23",
        "reason": "回执实际于前一日签收，录入时误填",
    }
    stage.on(date(2025, 12, 25), case, "correct", with_={"correct": wrong})
    stage.lights(case)
    said = _case(stage, case)["corrections"][0]
    stage.say("ok", f"更正前后均可查：{said['old']} → {said['new']}，{said['reason']}")


def _case(stage: Stage, case: Told) -> dict[str, Any]:
    """The case as justice reads it."""
    seen: dict[str, Any] = stage.player.get(f"/api/transfer/cases/{case.id}", JUSTICE).data["case"]
    return seen
