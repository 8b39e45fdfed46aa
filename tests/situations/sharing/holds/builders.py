"""保全: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Mapping
from datetime import date

from services.sharing.personal_data.holds import Hold
from tests.situations.book import Builder, Sent

CASE = "transfer/01955984-0000-7000-8000-000000000001"


def hold(_: Hold | None, day: date) -> Sent:
    return {"document": "荣司保〔2025〕1号", "issued_by": "justice", "issued_on": day.isoformat(), "reason": "行政复议期间需要",
            "case": CASE}


def confirm(_: Hold, day: date) -> Sent:
    return {"reason": "复议尚未终结"}


def lift(_: Hold, day: date) -> Sent:
    return {"reason": "复议已经终结", "document": "荣司解〔2025〕1号"}


def assign(_: Hold, day: date) -> Sent:
    return {"successor": "jw", "document": "荣政发〔2025〕9号", "reason": "职能划转"}


BUILDERS: Mapping[str, Builder] = {"hold": hold, "confirm-hold": confirm, "lift-hold": lift, "assign-successor": assign}
PATHS = {"hold": ("hold",), "lift-hold": ("hold", "lift-hold")}
