"""The demo's stories of chapter 5: records that are found, queries, tips, an agency that is dissolved under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liandong.demo_stage import ENFORCEMENT, JUSTICE, MARKET, TOWN, Stage
from liandong.player import Answer
from services.sharing.schemas import SCHEMAS
from shared.acts.erasing import Why, erase
from shared.acts.model import Rank, Viewer

API = "/api/sharing"
LAND, WATER, POLICE = "ziran", "shuili", "gongan"
FIRM, CODE = "荣成市𬭎润海洋食品有限公司", "91371082MA0007154N"
REPORTER: Mapping[str, Any] = {"name": "孙玉梅", "phone": "13800000001", "confidential": True}


@dataclass(slots=True)
class Thing:
    """A query, a tip or an agency's registration under way."""

    kind: str                          # its chapter: queries | tips | agencies | records
    id: str = ""
    revision: int = 0

    @property
    def path(self) -> str:
        """Where it is read."""
        return f"{API}/{self.kind}/{self.id}"


def archive(stage: Stage) -> None:
    """27: delivered whole or not at all; found by two characters; looked at for a purpose, which the holder learns."""
    records = [_record(1, "经营超过保质期的即食海蜇", "open"), _record(2, "水产干制品二氧化硫残留量超标", "on_request")]
    delivery = Thing("records")
    stage.to(date(2026, 5, 11), 9)
    wrong = [*records[:1], {**records[1], "respondent_number": CODE[:-1] + "0"}]
    _refused(stage, delivery, MARKET, "add-records", "NOT_A_CREDIT_CODE", records=wrong)
    _do(stage, date(2026, 5, 11), delivery, MARKET, "add-records", records=records)
    search = f"{API}/records/search"
    purpose = {"purpose": "case", "case": "荣综执立〔2026〕12号", "reason": "查处该公司占道晾晒一案"}
    _why_not(stage, "检索档案", stage.player.post(search, {"text": "海蜇"}, ENFORCEMENT, 1), "NO_PURPOSE")
    for words in ("海蜇", "𬭎润"):
        found = stage.player.post(search, {"text": words, **purpose}, ENFORCEMENT, 1).data["items"]
        stage.must([each["id"] for each in found] != [], f"{words} finds nothing")
        stage.say("ok", f"检索“{words}”：{'；'.join(each['title'] for each in found)}")
    held = stage.player.post(search, {"respondent": FIRM, **purpose}, ENFORCEMENT, 1).data["items"]
    stage.must([each["access"] for each in held] == ["on_request", "open"], f"by whom it is about: {held}")
    stage.say("ok", f"按当事人检索：{len(held)}件，其中1件凭查询提供，只显示持有机关{_name(stage, held[0]['holder'])}")
    opened = stage.player.post(f"{API}/records/{found[0]['id']}/open", purpose, ENFORCEMENT, 1).data
    stage.say("act", f"{_name(stage, ENFORCEMENT)}查阅：{opened['title']}")
    told = stage.player.get(f"{API}/records/accesses", MARKET).data["items"]
    stage.must(told[0]["reason"] == purpose["reason"], f"the holder sees why: {told}")
    stage.say("ok", f"{_name(stage, MARKET)}看到谁查阅：{_name(stage, told[0]['agency'])}，事由：{told[0]['reason']}")


def queries(stage: Stage) -> None:
    """27: secrecy alone is no ground; three working days; what is late is on the board and complained of."""
    first, second = Thing("queries"), Thing("queries")
    _do(stage, date(2026, 5, 12), first, LAND, "ask", **_asked(ENFORCEMENT, "该公司近三年违法建设的处罚档案"))
    _do(stage, date(2026, 5, 12), second, MARKET, "ask", **_asked(ENFORCEMENT, "该公司近三年占道经营的处罚档案"))
    secret = {"law": "", "law_article": "", "reason": "涉及秘密，不便提供"}
    _refused(stage, first, ENFORCEMENT, "refuse", "REFUSED_AS_SECRET", withheld=secret)
    _do(stage, date(2026, 5, 14), first, ENFORCEMENT, "answer", kind="full", says="行政处罚一件，已经执行完毕")
    stage.to(date(2026, 5, 18), 9)
    stage.must("red" in stage.lights(second), "the second answer is late")
    _do(stage, date(2026, 5, 18), second, MARKET, "complain", reason="期限届满仍未答复")
    _do(stage, date(2026, 5, 19), second, JUSTICE, "direct-answer", what="近三年的处罚档案", reason="无法定事由不予提供")
    _do(stage, date(2026, 5, 20), second, ENFORCEMENT, "answer", kind="none", says="查找了2023年以来的档案，没有占道经营的处罚")
    stage.lights(first, whole=True)
    stage.must("met_late" in stage.lights(second, whole=True), "that it was late stays")


def tip(stage: Stage) -> None:
    """28: of no definite competence; claimed by one; a transfer by its origin, which both sides show."""
    found, case = Thing("tips"), stage.case(LAND, ENFORCEMENT, "河滩违法建设案", date(2026, 5, 21))
    stage.to(date(2026, 5, 21), 9)
    _refused(stage, found, POLICE, "share", "MUST_BE_TRANSFER", **_shared("construction_waste"))
    _do(stage, date(2026, 5, 21), found, POLICE, "share", **_shared("illegal_building"))
    _do(stage, date(2026, 5, 21), found, LAND, "claim", says="规划许可由本机关核发")
    _refused(stage, found, ENFORCEMENT, "claim", "CLAIMED_BEFORE")
    for agency in (ENFORCEMENT, LAND, JUSTICE):
        stage.must(REPORTER["name"] not in str(stage.player.get(found.path, agency).data), f"{agency} sees no reporter")
    looked = stage.player.get(f"{found.path}/reporter", LAND).data
    stage.must(looked["name"] == REPORTER["name"], f"the claimer looks the reporter up: {looked}")
    stage.say("ok", "案源中谁也看不到举报人；认领机关另行查看，每次记入查阅日志")
    origin = {"announce": {"origin": {"kind": "tip", "ref": found.id}}}
    stage.on(date(2026, 5, 22), case, "announce", "add-material", "issue-letter", "deliver", with_=origin)
    handed = stage.player.get(found.path, POLICE).data["case"]["transfers"][-1]["said"]["case"]
    shown = stage.player.get(case.path, LAND).data["origin"]
    stage.must((handed, shown["ref"]) == (case.id, found.id), f"{handed} {shown}")
    stage.say("ok", "案源显示所移送的案件，案件显示其来源的案源")
    stage.on(date(2026, 5, 25), case, "sign-receipt", "accept")
    _do(stage, date(2026, 5, 26), found, LAND, "return-result", outcome="transferred", transfer=case.id,
        says="经核实无规划许可，已移送综合行政执法局并受理")
    _forgotten(stage, found)


def _forgotten(stage: Stage, tip_: Thing) -> None:
    """个人信息保护法 47: what is erased goes; every digest and the chain hold, as the last lines of the demo show."""
    leader = stage.player.account(JUSTICE, 2)
    stage.must(leader is not None, "justice has a leader")
    assert leader is not None
    viewer = Viewer(JUSTICE, Rank(leader.rank), leader.person, leader.appointment, leader.name)
    stage.to(date(2026, 5, 27), 9)
    erase(stage.player.suite.sharing.acts["tips"], tip_.id, Why("consent_withdrawn", "举报人撤回同意", "荣司信〔2026〕3号"), viewer)
    gone = stage.player.get(f"{tip_.path}/reporter", LAND).data
    stage.must(REPORTER["name"] not in str(gone), f"erased: {gone}")
    stage.say("ok", "举报人撤回同意，案源中的个人信息已删除；摘要和链条不变，见末尾的校验")


def dissolution(stage: Stage) -> None:
    """27(一): on the day after the last what an agency had goes to its successor, days counted stay counted."""
    case, query = stage.case(ENFORCEMENT, WATER, "河道内堆放建筑材料案", date(2026, 6, 1)), Thing("queries")
    stage.on(date(2026, 6, 1), case, "announce", "add-material", "issue-letter", "deliver")
    stage.on(date(2026, 6, 2), case, "sign-receipt", "accept", "file-case")
    _do(stage, date(2026, 6, 9), query, TOWN, "ask", **_asked(WATER, "该河段的涉河许可档案"))
    found = stage.player.get(f"{API}/agencies", JUSTICE, code=WATER).data["items"][0]
    agency = Thing("agencies", found["id"], found["revision"])
    _do(stage, date(2026, 6, 9), agency, JUSTICE, "dissolve", document="荣政发〔2026〕9号（示例）", last_day="2026-06-10",
        successor=LAND)
    stage.lights(query)
    stage.to(date(2026, 6, 11), 9)
    stage.lights(query)
    owed = stage.player.get(f"{query.path}/deadlines", JUSTICE).data["items"][-1]
    stage.must((owed["bound"], owed["due_on"]) == (LAND, "2026-06-12"), f"by the same day: {owed}")
    seen = stage.player.get(case.path, LAND).data
    for party in seen["case"]["parties"][1:]:
        stage.say("ok", f"接收机关{_name(stage, party['agency'])}：{party['since']} 起"
                        + (f"至 {party['until']}" if party["until"] else f"，承继自{_name(stage, party['after'])}"))
    refused = stage.player.post(f"{case.path}/record-decision", {"number": "荣水罚〔2026〕1号"}, WATER, 2, seen["revision"])
    _why_not(stage, "作出处理决定", refused, "AGENCY_DISSOLVED")
    stage.must(stage.player.get(case.path, WATER).status == 200, "the former agency reads")
    stage.say("ok", f"{_name(stage, WATER)}只能查阅")
    case.revision, case.story.receiver = seen["revision"], stage.player.seat(LAND)
    stage.on(date(2026, 6, 12), case, "record-decision", "serve-decision")
    query.revision = stage.player.get(query.path, LAND).data["revision"]
    _do(stage, date(2026, 6, 12), query, LAND, "answer", kind="full", says="许可一件，已经到期")
    stage.on(date(2026, 6, 15), case, "close")
    closing = {"by": LAND, "name": "结案报告", "kind": "closing_report"}
    stage.on(date(2026, 6, 16), case, "add-material", "report-closure", with_={"add-material": closing})


def _do(stage: Stage, day: date, thing: Thing, agency: str, act: str, **said: Any) -> Answer:
    """The act of a day by who acts for the agency, told."""
    stage.to(day, 9)
    stage.clock.advance(minutes=20)
    answer = _post(stage, thing, agency, act, said)
    stage.must(answer.status < 300, f"{act}: {answer.status} {answer.data}")
    thing.id, thing.revision = answer.data["id"], answer.data["revision"]
    stage.say("act", f"{_title(stage, thing, act)}（{_name(stage, agency)}）  → {answer.data['state_title']}")
    return answer


def _refused(stage: Stage, thing: Thing, agency: str, act: str, code: str, **said: Any) -> None:
    _why_not(stage, _title(stage, thing, act), _post(stage, thing, agency, act, said), code)


def _why_not(stage: Stage, title: str, answer: Answer, code: str) -> None:
    stage.must(code in answer.codes, f"{title} refused with {answer.status} {answer.data}")
    stage.why_not(title, answer)


def _post(stage: Stage, thing: Thing, agency: str, act: str, said: Mapping[str, Any]) -> Answer:
    """Its officer and signature stand in it where it asks for them."""
    row, seat = stage.player.suite.sharing.acts[thing.kind].chapter.act(act), stage.player.seat(agency)
    fields = SCHEMAS[thing.kind][act]().fields
    signed = {name: value for name, value in (("officer", seat.card), ("leader", seat.leader)) if name in fields}
    first = row.opens and act in ("ask", "share", "add-records")
    path = f"{API}/{thing.kind}" if first else f"{thing.path}/{act}"
    return stage.player.post(path, {**signed, **said}, agency, int(row.rank), None if first else thing.revision)


def _title(stage: Stage, thing: Thing, act: str) -> str:
    return stage.player.suite.sharing.acts[thing.kind].chapter.act(act).title


def _name(stage: Stage, agency: str) -> str:
    known = stage.player.suite.sharing.law.now().register.get(agency)
    return known.name if known else agency


def _record(nth: int, found: str, access: str) -> dict[str, Any]:
    return {"id": f"2026-{nth}", "category": "dynamics", "kind": "decision", "title": f"{FIRM}{found}案",
            "cause": "food_safety", "occurred_on": f"2026-04-{20 + nth}", "number": f"荣市监罚〔2026〕{60 + nth}号",
            "text": f"现场检查发现{FIRM}{found}。", "respondent_kind": "organisation", "respondent": FIRM,
            "respondent_number": CODE, "access": access}


def _asked(holder: str, says: str) -> dict[str, Any]:
    return {"holder": holder, "question": {"says": says, "category": "dynamics"}, "purpose": "supervision",
            "purpose_says": "核实有无未了结的处罚"}


def _shared(cause: str) -> dict[str, Any]:
    return {"kind": "report", "cause": cause, "place": "沽河大桥下游", "facts": "河滩上正在砌筑砖房", "received_on": "2026-05-21",
            "channel": "phone", "reporter": REPORTER}
