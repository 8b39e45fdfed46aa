"""第二十八条 案源共享: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.sharing.tips.domain.case import Tip
from shared.acts.succession import ASSIGN
from tests.situations import succeeding
from tests.situations.city import SEVERAL

Sent = dict[str, Any]
OFFICER = {"name": "张明", "licence": "37108201001", "phone": "0631-7560001"}
OUTWARD: Sent = {"officer": OFFICER, "leader": "李强"}
REPORTER = {"name": "孙玉梅", "phone": "13800000001", "address": "滨海路9号", "confidential": True}


def share(_: Tip | None, day: date) -> Sent:
    """A report of sand taken from a river: two agencies punish it, a third supervises it."""
    respondent = {"kind": "organisation", "name": "示例建设有限公司", "number": "91110000600037341L", "address": "成山大道1号"}
    return {"kind": "report", "cause": SEVERAL, "place": "母猪河下游", "facts": "夜间在河滩采砂",
            "received_on": day.isoformat(), "channel": "hotline", "respondent": respondent, "reporter": REPORTER,
            "officer": OFFICER}


def add_material(_: Tip, day: date) -> Sent:
    return {"name": "现场照片", "kind": "site_photo", "copies": 1, "pages": 2, "original": True, "carrier": "electronic",
            "digest": "sha256:" + "a" * 64}


def claim(_: Tip, day: date) -> Sent:
    return {"officer": OFFICER, "says": "属于本机关职责"}


def pass_on(tip: Tip, day: date) -> Sent:
    """Of an assigned tip the objection, with its law."""
    ground = {"legal_ground": "城乡规划法第六十四条"} if tip.claim and tip.claim.assigned else {}
    return {"reason": "经核查不属于本机关职责", "officer": OFFICER, **ground}


def assign(_: Tip, day: date) -> Sent:
    return {"agency": "zhzf", "reason": "违法地点在其管辖范围", **OUTWARD}


def return_result(_: Tip, day: date) -> Sent:
    return {"outcome": "own_case", "says": "经核查属实，已立案", "number": f"荣综执立〔{day.year}〕18号", **OUTWARD}


def withdraw(_: Tip, day: date) -> Sent:
    return {"reason": "查明属于本机关职责", **OUTWARD}


def correct(_: Tip, day: date) -> Sent:
    """What is corrected, old and new are the step's to say."""
    return {"entry": "e", "field": "", "old": "", "new": "", "reason": "笔误", **OUTWARD}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {
    "share": share, "add-material": add_material, "claim": claim, "pass-on": pass_on, "assign": assign,
    "return-result": return_result, "withdraw": withdraw, "correct": correct,
    ASSIGN: succeeding.assign,
}
_CLAIMED = ("share", "claim")
PATHS: Mapping[str, tuple[str | Mapping[str, Any], ...]] = { # `after: …`: up to and with this one
    "share": ("share",), "add-material": ("share", "add-material"), "claim": _CLAIMED,
    "pass-on": (*_CLAIMED, "pass-on"), "note-transfer": (*_CLAIMED, "note-transfer"),
    "return-result": (*_CLAIMED, "return-result"), "withdraw": ("share", "withdraw"),
}
