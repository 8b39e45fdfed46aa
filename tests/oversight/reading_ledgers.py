"""Ledgers as these tests read them: an office that knows the agencies, cases, the rows and sheets that it shows."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from services.oversight.office import SPEC
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.kernel.clock import HandClock, start_of
from tests.offices import MakeOffice, People
from tests.oversight.told import (
    AGENCIES,
    DAY,
    case_event,
    hear,
    know,
    registered,
)
from tests.situations.city import RONGCHENG

LEDGERS, REPORTS = "/api/oversight/ledgers", "/api/oversight/reports"
TRANSFERS = f"{LEDGERS}/transfers"
MATTER = {"sender": "zhujian", "receiver": "zonghe", "state": "announced", "cause": "illegal_building",
          "ground": "not_competent"}


@pytest.fixture
def office(make_office: MakeOffice, clock: HandClock) -> Office:
    opened = make_office(SPEC)
    know(opened, (RONGCHENG / "rulebook.yaml").read_text("utf-8"))
    hear(opened, *(registered(agency) for agency in AGENCIES))
    clock.move_to(start_of(DAY + timedelta(days=30)))
    return opened


def opened(case: str = "case-1", days: int = 0, **facts: Any) -> Event:
    return case_event("announced", {**MATTER, **facts}, case, DAY + timedelta(days=days))


def issued(case: str = "case-1", days: int = 2, **facts: Any) -> Event:
    return case_event("letter_issued", {**MATTER, "state": "issued", "number": f"第{case}号", **facts}, case,
                      DAY + timedelta(days=days))


def cases(people: People, agency: str = "sifa", /, of: str = TRANSFERS, **asked: str) -> list[str]:
    answer = people.get(of, agency, **asked)
    assert answer.status == 200, answer.data
    return [item["case"] for item in answer.data["items"]]


def sheet(people: People, path: str, agency: str = "sifa", /, **asked: str) -> bytes:
    answer = people.fetch(path, agency, format="xlsx", **asked)
    assert answer.status_code == 200
    return bytes(answer.data)


def rows(people: People, path: str, agency: str = "sifa", /, **asked: str) -> list[tuple[Any, ...]]:
    page = load_workbook(io.BytesIO(sheet(people, path, agency, **asked))).worksheets[0]
    return list(page.iter_rows(min_row=5, values_only=True))


def supervised(*about: tuple[str, str, str], days: int = 5, target: str = "zhujian") -> Event:
    """The first step of a ladder about deadlines, each by service, case and clock."""
    breaches = [{"service": service, "case": case, "clock": clock, "deadline": f"d-{case}", "position": 1}
                for service, case, clock in about]
    facts = {"target": target, "issuer": "sifa", "breaches": breaches, "kind": "reminder", "state": "issued",
             "answer_by": "2025-10-15"}
    return replace(case_event("supervision_issued", facts, "s-1", DAY + timedelta(days=days)), source="oversight")
