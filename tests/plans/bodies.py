"""What the acts on a plan send over HTTP: whole bodies, which a test changes where it wants to."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from shared.kernel.clock import CITY_ZONE

Body = dict[str, Any]
LEAD, HELPER, OTHER = "zjj", "zhzf", "scjg"
JUSTICE, OFFICE, STRANGER, LATER = "sfj", "zfb", "gongan", "jtj"
CAUSE = "road_occupation"
OFFICERS = [{"name": "王芳", "licence": "SD1001", "phone": "0631-7551001"},
            {"name": "李强", "licence": "SD1002", "phone": "0631-7551002"}]
SIGNED: Body = {"officer": OFFICERS[0], "leader": "赵局"}
BY: Body = {"officer": OFFICERS[0]}
RIGHTS: Body = {name: {"done": False, "reason": "责令改正，不适用"} for name in ("told", "heard", "hearing", "remedies")}


def task(number: int, agency: str, today: date, days: int = 15) -> Body:
    return {"number": number, "title": f"任务{number}", "says": "清理占道经营", "agency": agency,
            "from_on": today.isoformat(), "due_on": (today + timedelta(days=days)).isoformat()}


def content(today: date, *, lead: str = LEAD, participants: tuple[str, ...] = (HELPER, OTHER), days: int = 30,
            **instead: Any) -> Body:
    """A plan that lacks nothing, with a task for the lead and for each participant."""
    agencies = (lead, *participants)
    return {
        "title": "滨海路占道经营整治", "lead": lead, "situation": "示例商贸有限公司等占道经营", "necessity": "一家之力不足以制止",
        "respondents": [{"kind": "organisation", "name": "示例商贸有限公司"}], "lead_duties": "牵头组织，现场指挥",
        "tasks": [task(number, agency, today) for number, agency in enumerate(agencies, 1)],
        "participants": [{"agency": agency, "duties": "现场配合"} for agency in participants],
        "time_limit": (today + timedelta(days=days)).isoformat(),
        "funds": [{"purpose": "清运", "amount": 2_000_000, "source": "部门预算"}], "safeguards": "车辆、人员到位",
        "contingency": {"events": "围观起哄", "measures": "疏散劝离", "decides": "赵局长", "phone": "0631-7551000"},
        **instead}


GROUNDS: Mapping[str, list[Body]] = {
    "collab": [{"code": "7-1-2", "people": 60, "interests": "沿街住户出行，按门牌统计"}],
    "joint": [{"code": "15-1", "competent": [{"agency": LEAD, "basis": "城市管理条例第十条"},
                                              {"agency": HELPER, "basis": "城市管理条例第三十条"}]}],
}


def draft(service: str, today: date, **instead: Any) -> Body:
    own: Body = {"causes": [CAUSE]} if service == "collab" else {"lead_because": "first_found"}
    return {"content": content(today), "grounds": GROUNDS[service], **own, **BY, **instead}


def paper(scan: int, number: str = "", kind: str = "instruction") -> Body:
    return {"kind": kind, "number": number or f"荣政办〔2025〕第{8 + scan}号", "decided_by": "钱市长", "scan": scan}


def dispatch(today: date, agencies: tuple[str, ...] = (HELPER,)) -> Body:
    at = datetime.combine(today + timedelta(days=1), time(8), CITY_ZONE)
    return {"order": "八时集合", "meeting": {"at": at.isoformat(), "place": "滨海路口", "commander": OFFICERS[0]},
            "agencies": [{"agency": agency, "officers": OFFICERS, "says": "带执法记录仪"} for agency in agencies], **BY}


def measure(today: date) -> Body:
    return {"what": "现场责令停止占道", "where": "滨海路", "taken_on": today.isoformat(), "officers": OFFICERS, "effect": "已停止"}


def decision(number: str) -> Body:
    return {"kind": "correction", "number": number, "cause": CAUSE, "fine": 0, "rights": RIGHTS,
            "respondent": {"kind": "organisation", "name": "示例商贸有限公司"}, **SIGNED}


DECLINE: Body = {"ground": "statutory", "law": "行政处罚法", "law_article": "第二十六条",
                 "law_text": "协助事项属于被请求机关职权范围内的，应当依法予以协助", **SIGNED}
KINDS = {"责令改正通知书": "correction_order", "结案报告": "closing_report", "总结报告": "summary_report"}


def material(name: str) -> Body:
    return {"name": name, "kind": KINDS.get(name, "site_record"), "copies": 1, "pages": 2, "original": True,
            "carrier": "paper"}


PLAIN: Mapping[str, Body] = {
    "submit": SIGNED, "withdraw": {"reason": "当事人已改正", **SIGNED},
    "review": {"passed": True, "opinion": "合法可行", **SIGNED},
    "present": {"to": "市政府主要领导", **SIGNED}, "answer-consultation": {"answer": "agree", "says": "无意见", **BY},
    "start": {"says": "今日启动", **BY}, "suspend": {"reason": "台风", **SIGNED}, "resume": {"reason": "台风已过", **SIGNED},
    "terminate": {"reason": "对象灭失", **SIGNED}, "end": {"says": "任务完成", **BY}, "propose-end": {"says": "任务完成", **BY},
    "record-continuation": {"how": "日常巡查", **SIGNED},
    "review-amendment": {"passed": True, "opinion": "同意", **SIGNED},
    "present-amendment": {"to": "市政府主要领导", **SIGNED},
    "record-finding": {"cause": "muck_truck", "facts": "渣土车遗撒", "remit": "other", "agency": LATER, **BY},
    "settle-finding": {"finding": 1, "reason": "经查不构成违法", **BY},
    "remark": {"says": "出动人次应为六人", **BY},
}
