"""第二十七条 执法档案: what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Mapping
from datetime import date

from services.sharing.archive.domain import Delivery
from tests.situations.book import Builder, Sent

RECORD: Sent = {
    "id": "2025-17", "category": "dynamics", "title": "某餐饮公司占道经营案", "occurred_on": "2025-06-02", "kind": "decision",
    "text": "在人行道摆设桌椅，责令改正后复查已清理。", "cause": "road_occupation", "number": "荣综执罚〔2025〕第17号",
    "respondent_kind": "organisation", "respondent": "某餐饮公司", "respondent_number": "91371082MA3854561D",
    "access": "open"}


def add_records(_: Delivery | None, __: date) -> Sent:
    return {"records": [dict(RECORD)]}


BUILDERS: Mapping[str, Builder] = {"add-records": add_records}
PATHS = {"add-records": ("add-records",)}
