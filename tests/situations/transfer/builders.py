"""第四章 案件移送: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from services.transfer.case import Transfer
from shared.acts.succession import ASSIGN
from tests.situations import succeeding
from tests.situations.city import PLAIN, REGISTER

Sent = dict[str, Any]
OFFICER = {"name": "张明", "licence": "37108201001", "phone": "0631-7560001"}
SECOND = {"name": "李娜", "licence": "37108201002", "phone": "0631-7560002"}
OUTWARD: Sent = {"officer": OFFICER, "leader": "李强"}


def _number(agency: str, word: str, day: date, count: int) -> str:
    return f"{REGISTER.agencies[agency].short}{word}〔{day.year}〕第{count}号"


def announce(case: Transfer | None, day: date) -> Sent:
    respondent = {"kind": "organisation", "name": "示例建设有限公司", "number": "91110000600037341L", "address": "成山大道1号"}
    taken_up = (case.opened_on if case else day).isoformat()
    return {
        "matter": {"cause": PLAIN, "accepted_on": taken_up, "respondent": respondent, "facts": "占道堆放物料",
                   "provisions": ["城市市容和环境卫生管理条例第十四条"], "ground": "not_competent", "basis": "行政处罚法第二十二条"},
        "notice": {"receiver": "zhzf", "way": "in_person", "told_to": "综合执法局法制科王芳"},
        "officer": OFFICER,
    }


def phone(case: Transfer | None, day: date) -> Sent:
    about = {} if case else {"cause": PLAIN, "facts": "正在占道堆放物料",
                             "respondent": {"kind": "organisation", "name": "示例建设有限公司"}}
    return {"called": case.receiver if case else "zhzf", "called_person": "综合执法局值班室王芳", "ordered": "责令停止堆放",
            "evidence": "已录像、拍照", "refusal": "当事人拒不清理", "officer": OFFICER, **about}


def respond(_: Transfer, day: date) -> Sent:
    return {"came": "came", "says": "已到场制止并登记"}


def end(_: Transfer, day: date) -> Sent:
    return {"reason": "当事人已自行改正", "instead": "由本机关责令改正并复查", **OUTWARD}


def cannot_supplement(_: Transfer, day: date) -> Sent:
    return {"reasons": "现场已经恢复，无法再取证", **OUTWARD}


def consent_withdrawal(_: Transfer, day: date) -> Sent:
    return {"officer": OFFICER, "says": "同意撤回"}


def dispute(case: Transfer, day: date) -> Sent:
    refused = {"refused_by": "综合执法局收发室王芳", "refused_on": day.isoformat(), "refused_why": "认为不属其职责"}
    return {"own_view": "依三定规定应由对方管辖", "attempts": [{"on": day.isoformat(), "says": "电话协商，未达成一致"}],
            **(refused if case.state == "issued" else {}), **OUTWARD}


def state_view(_: Transfer, day: date) -> Sent:
    return {"view": "本机关无该项处罚权", "officer": OFFICER}


def unaccept(_: Transfer, day: date) -> Sent:
    return {"new_facts": "受理后查明违法地点在港区，由他机关管辖", "own_view": "应由有管辖权的机关办理", **OUTWARD}


def rule(case: Transfer, day: date) -> Sent:
    ruler = next(party.agency for party in reversed(case.parties) if party.part == "ruler") if case.contests else "sfj"
    return {
        "number": _number(ruler, "明字", day, len(case.contests)),
        "outcome": "receiver",
        "reasons": "依权责清单",
        **OUTWARD,
    }


def refer_criminal(case: Transfer, day: date) -> Sent:
    return {"police": "gongan", "offence": "非法经营罪", "reasons": "涉案金额达到追诉标准", "team": [OFFICER, SECOND],
            "leader": "李强", "materials": [material.number for material in case.materials]}


def deliver_criminal(_: Transfer, day: date) -> Sent:
    return {"signed_by": "公安局法制大队孙洋"}


def return_criminal(_: Transfer, day: date) -> Sent:
    return {"number": f"荣公不立〔{day.year}〕6号", "reasons": "犯罪事实显著轻微"}


def close_criminal(_: Transfer, day: date) -> Sent:
    return {"number": f"荣公立〔{day.year}〕9号"}


def hand_over_criminal(_: Transfer, day: date) -> Sent:
    return {"says": "涉案物品清单所列全部物品及案卷", "taken_by": "公安局孙洋"}


def ask_progress(_: Transfer, day: date) -> Sent:
    return {"says": "请告知办理进展"}


def progress(_: Transfer, day: date) -> Sent:
    return {"says": "已完成询问，正在审核"}


def reopen(_: Transfer, day: date) -> Sent:
    return {"ground": "review", "document": f"荣政复决〔{day.year}〕3号", "reasons": "复议决定责令重新处理", **OUTWARD}


def correct(case: Transfer, day: date) -> Sent:
    """What is corrected, old and new are the step's to say."""
    author = case.corrections[-1].by if case.corrections else case.sender
    return {
        "entry": "e",
        "field": "",
        "old": "",
        "new": "",
        "reason": "笔误",
        "number": _number(author, "更字", day, len(case.corrections) + 1),
        **OUTWARD,
    }


def record_measure(_: Transfer, day: date) -> Sent:
    return {"kind": "order_stop", "taken_on": day.isoformat(), "says": "现场责令停止施工", "officers": [OFFICER, SECOND]}


def add_material(case: Transfer, day: date) -> Sent:
    """The record of the scene; once the case is closed, the closing report."""
    name, kind = ("结案报告", "closing_report") if case.closed_on else ("现场检查记录", "site_record")
    return {"name": name, "kind": kind, "copies": 1, "pages": 3, "original": True,
            "carrier": "electronic", "digest": "sha256:" + "a" * 64}


def issue_letter(case: Transfer, day: date) -> Sent:
    return {"number": _number(case.sender, "移字", day, case.leg.number), "addressee": case.receiver,
            "case_name": "示例建设有限公司占道堆放物料案", "reason": "不属于本机关管辖", "basis": "行政处罚法第二十二条",
            "materials": [material.number for material in case.materials],
            "basic_facts": "经查，该公司占道堆放物料约二十平方米。", **OUTWARD}


def reissue_letter(case: Transfer, day: date) -> Sent:
    number = _number(case.sender, "移字", day, len(case.legs) + len(case.leg.voided) + 1)
    return {**issue_letter(case, day), "number": number, "void_reason": "移送函所列事实有误"}


def deliver(_: Transfer, day: date) -> Sent:
    return {"way": "ems", "delivered_by": "张明", "ems_number": "EX123456789CN"}


def sign_receipt(case: Transfer, day: date) -> Sent:
    leg = case.leg
    return {"letter_number": leg.letter.number if leg.letter else "", "sender": case.sender, "delivered_by": "张明",
            "delivered_on": (leg.delivered_on or day).isoformat(), "sealed": True}


def request_supplement(case: Transfer, day: date) -> Sent:
    items = [{"says": "现场照片原件", "due_on": (day + timedelta(days=10)).isoformat()}]
    return {"number": _number(case.receiver, "补字", day, len(case.leg.requests) + 1), "items": items, **OUTWARD}


def supplement(case: Transfer, day: date) -> Sent:
    asked = case.leg.requests[-1].items if case.leg.requests else ()
    return {"answers": [{"item": number, "says": "已补充"} for number in range(1, len(asked) + 1)], **OUTWARD}


def accept(case: Transfer, day: date) -> Sent:
    return {"number": _number(case.receiver, "受字", day, 1), "feedback": "经审查，决定受理。", **OUTWARD}


def refuse(case: Transfer, day: date) -> Sent:
    return {"number": _number(case.receiver, "退字", day, 1), "ground": "not_competent", "reasons": "不属于本机关职责",
            "legal_ground": "行政处罚法第二十二条", "returned": sorted(case.leg.handed), **OUTWARD}


def sign_return(_: Transfer, day: date) -> Sent:
    return {"signed_by": "张明"}


def reroute(_: Transfer, day: date) -> Sent:
    return {"notice": {"receiver": "scjg", "way": "phone", "told_to": "市场监管局值班室"}, "reason": "属于无照经营",
            "officer": OFFICER}


def withdraw(_: Transfer, day: date) -> Sent:
    return {"reason": "当事人已自行改正", **OUTWARD}


def file_case(_: Transfer, day: date) -> Sent:
    return {"number": f"综执立〔{day.year}〕8"}


def decline_case(_: Transfer, day: date) -> Sent:
    return {"reasons": "违法行为轻微并及时改正", **OUTWARD}


def record_decision(case: Transfer, day: date) -> Sent:
    return {"number": f"综执罚〔{day.year}〕{21 + len(case.handled)}"}


def serve_decision(_: Transfer, day: date) -> Sent:
    return {"way": "direct", "served_to": "赵刚"}


def close(case: Transfer, day: date) -> Sent:
    decided = {"decision_number": case.decision.number, "decision_on": case.decided_on} if case.decision else {
        "decision_number": f"综执终〔{day.year}〕{5 + len(case.handled)}", "decision_on": day}
    done = {"done": True, "on": str(decided["decision_on"])}
    return {"outcome": "executed" if case.decision else "terminated", "decision_number": decided["decision_number"],
            "decision_on": str(decided["decision_on"]),
            "rights": {
                "told": done, "heard": done, "hearing": {"done": False, "reason": "未达到听证标准"}, "remedies": done}}


def report_closure(case: Transfer, day: date) -> Sent:
    return {"number": _number(case.receiver, "结字", day, len(case.reports) + 1), "summary": "罚款一千元，已缴纳。",
            "materials": [material.number for material in case.materials], **OUTWARD}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {
    ASSIGN: succeeding.assign,
    "correct": correct,
    "reissue-letter": reissue_letter,
    "refer-criminal": refer_criminal,
    "deliver-criminal": deliver_criminal,
    "return-criminal": return_criminal,
    "close-criminal": close_criminal,
    "hand-over-criminal": hand_over_criminal,
    "dispute": dispute,
    "state-view": state_view,
    "unaccept": unaccept,
    "rule": rule,
    "cannot-supplement": cannot_supplement,
    "consent-withdrawal": consent_withdrawal,
    "ask-progress": ask_progress,
    "progress": progress,
    "reopen": reopen,
    "announce": announce,
    "phone": phone,
    "respond": respond,
    "keep": end,
    "end": end,
    "record-measure": record_measure,
    "add-material": add_material,
    "issue-letter": issue_letter,
    "deliver": deliver,
    "sign-receipt": sign_receipt,
    "request-supplement": request_supplement,
    "supplement": supplement,
    "accept": accept,
    "refuse": refuse,
    "sign-return": sign_return,
    "reroute": reroute,
    "withdraw": withdraw,
    "file-case": file_case,
    "decline-case": decline_case,
    "record-decision": record_decision,
    "serve-decision": serve_decision,
    "close": close,
    "report-closure": report_closure,
}

_RECEIVED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt")
_FILED = (*_RECEIVED, "accept", "file-case")
_CLOSED = (*_FILED, "record-decision", "serve-decision", "close")
_REPORTED = (*_CLOSED, "add-material", "report-closure")
_REFUSED = (*_RECEIVED, "refuse")
PATHS: Mapping[str, tuple[str, ...]] = {      # `given: {after: …}`: the acts up to and with this one
    **{act: _CLOSED[:number] for number, act in enumerate(_CLOSED, 1)},
    "report-closure": _REPORTED,
    "request-supplement": (*_RECEIVED, "request-supplement"),
    "supplement": (*_RECEIVED, "request-supplement", "supplement"),
    "refuse": _REFUSED, "reroute": (*_REFUSED, "reroute"), "sign-return": (*_REFUSED, "sign-return"),
    "refer-criminal": (*_RECEIVED, "refer-criminal"),
    "deliver-criminal": (*_RECEIVED, "refer-criminal", "deliver-criminal"),
    "return-criminal": (*_RECEIVED, "refer-criminal", "deliver-criminal", "return-criminal"),
    "close-criminal": (*_RECEIVED, "refer-criminal", "deliver-criminal", "close-criminal"),
    "hand-over-criminal": (*_RECEIVED, "refer-criminal", "deliver-criminal", "close-criminal", "hand-over-criminal"),
    "dispute": (*_RECEIVED, "dispute"), "state-view": (*_RECEIVED, "dispute", "state-view"),
    "rule": (*_RECEIVED, "dispute", "state-view", "rule"), "unaccept": (*_RECEIVED, "accept", "unaccept"),
    "cannot-supplement": (*_RECEIVED, "request-supplement", "cannot-supplement"),
    "consent-withdrawal": (*_RECEIVED, "request-supplement", "consent-withdrawal"),
    "presume-reception": (*_RECEIVED[:4], "presume-reception"),
    "reopen": (*_REPORTED, "reopen"),
    "withdraw": ("announce", "withdraw"), "phone": ("phone",), "respond": ("phone", "respond"), "end": ("phone", "end"),
    "keep": (*_REFUSED, "keep"),
    "decline-case": (*_RECEIVED, "accept", "decline-case"),
}
