"""A small city whose agencies deliver and look at archive records over HTTP."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from services.sharing.archive.domain import TITLES
from tests.offices import Answer, People

PATH, SEARCH = "/api/sharing/records", "/api/sharing/records/search"
NDJSON, XLSX = "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHY = {"purpose": "case", "reason": "办理某公司案件", "case": "荣住建立〔2025〕第3号"}
CODE = "91371082MA3854561D"
Body = dict[str, Any]


def record(id_: str = "1", **more: Any) -> Body:
    return {"id": id_, "category": "dynamics", "title": "某公司占道经营案", "occurred_on": "2025-06-02", "text": "责令改正。",
            "access": "open", **more}


def lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in records).encode()


def sheet(rows: Sequence[Sequence[Any]], header: Sequence[Any] = tuple(TITLES.values())) -> bytes:
    """An XLSX of rows below a header."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (header, *rows):
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def deliver(people: People, *records: Body, agency: str = "zonghe", key: str = "") -> Answer:
    answer = people.send(PATH, lines(records), NDJSON, agency, key=key)
    assert answer.status in (200, 201), answer.data
    return answer


def search(people: People, agency: str, **asked: Any) -> Answer:
    return people.post(SEARCH, {**WHY, **asked}, agency, 1)


def found(people: People, agency: str, **asked: Any) -> list[Body]:
    answer = search(people, agency, **asked)
    assert answer.status == 200, answer.data
    items: list[Body] = answer.data["items"]
    return items


def titles(people: People, agency: str, **asked: Any) -> list[str]:
    return [item.get("title", "(pointer)") for item in found(people, agency, **asked)]
