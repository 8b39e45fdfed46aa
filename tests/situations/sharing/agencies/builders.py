"""第三条、第二十七条第一项 行政执法机关名录: one builder an act, what is sent when a situation says nothing else."""

from collections.abc import Mapping
from datetime import date

from services.sharing.register.agencies import Registration
from tests.situations.book import Builder, Sent


def register(_: Registration | None, day: date) -> Sent:
    return {"document": "荣政发〔2025〕9号", "code": "sthj", "name": "生态环境局", "kind": "statutory", "line": "city",
            "since": day.isoformat(), "short": "荣环", "powers": [{"cause": "construction_waste", "does": "supervise"}]}


def change(_: Registration, day: date) -> Sent:
    return {"document": "荣政发〔2025〕10号", "legal_head": "王法"}


def dissolve(case: Registration, day: date) -> Sent:
    return {"document": "荣政发〔2025〕11号", "last_day": day.isoformat(), "successor": "zhzf",
            **({"takes_standing": True} if case.agency.standing else {})}


def revoke(_: Registration, day: date) -> Sent:
    return {"document": "荣政发〔2025〕12号", "reason": "机构改革方案调整"}


def name_heir(_: Registration, day: date) -> Sent:
    return {"successor": "zhzf", "document": "荣政发〔2025〕13号", "reason": "职责划入"}


BUILDERS: Mapping[str, Builder] = {"register": register, "change": change, "dissolve": dissolve,
                                   "revoke-dissolution": revoke, "name-heir": name_heir}
ENTRUSTED = {"act": "register", "with": {"类别": "受委托组织", "委托机关": "住建局", "委托": {
    "委托书": "荣住建委〔2025〕1号", "委托期限": date(2026, 6, 30)}}}
PATHS = {"register": ("register",), "entrusted": (ENTRUSTED,), "dissolve": ("register", "dissolve")}
