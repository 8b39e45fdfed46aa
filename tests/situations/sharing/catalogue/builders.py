"""第二十六条 信息资源目录: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Mapping
from datetime import date, timedelta

from services.sharing.catalogue.domain import Entry
from tests.situations.book import Builder, Sent

ENTRY: Sent = {
    "title": "占道经营行政处罚案件", "category": "dynamics", "description": "立案、处罚决定和执行情况",
    "columns": [{"name": "决定文号"}, {"name": "案由", "says": "用代码表"}, {"name": "决定日期"}], "ways": ["records", "query"],
    "rhythm": "monthly", "office": "法制科，0631-7560001", "penalty_items": ["occupy_road"]}


def publish(_: Entry | None, day: date) -> Sent:
    return {"entry": dict(ENTRY), "data_on": day.isoformat()}


def revise(entry: Entry, _: date) -> Sent:
    return {"entry": {**ENTRY, "rhythm": "weekly"}, "data_on": entry.data_on.isoformat(), "reason": "改为每周更新"}


def refresh(entry: Entry, day: date) -> Sent:
    return {"data_on": max(day, entry.data_on + timedelta(days=1)).isoformat()}


def withdraw(_: Entry, day: date) -> Sent:
    return {"reason": "数据改由大数据局统一提供"}


def assign(_: Entry, day: date) -> Sent:
    return {"successor": "zhzf", "document": "荣政办〔2025〕6号", "reason": "该事项划入综合执法局"}


BUILDERS: Mapping[str, Builder] = {"publish": publish, "revise": revise, "refresh": refresh, "withdraw": withdraw,
                                   "assign-successor": assign}
PATHS = {"publish": ("publish",), "revise": ("publish", "revise"), "withdraw": ("publish", "withdraw")}
