"""A plan's content with every item in its shape, and contexts to act in."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shared.acts.materials import AddMaterial, Material
from shared.acts.model import THE_SUITE, Context, Rank, Viewer
from shared.acts.persons import Officer, Respondent
from shared.contracts.personal import Personal
from shared.contracts.register import Register
from shared.plans.parts import Content, Contingency, Fund, Participant, Task
from shared.rulebook.model import Rulebook
from tests.situations.city import CODES, REGISTER, lawbook, noon

DAY = date(2025, 6, 9)                  # a Monday
LEAD, FIRST, SECOND = "zhzf", "scjg", "jtj"          # 综合执法局 leads; 市场监管局 and 交通局 take part
OFFICER = Officer("张明", "37108201001", "0631-7560001")
OFFICERS = (OFFICER, Officer("王芳", "37108201002", "0631-7560002"))
LEADER = "李强"


def context(agency: str = "", day: date = DAY, *, rank: Rank = Rank.LEADER, rulebook: Rulebook | None = None,
            register: Register = REGISTER, entered: date | None = None, machine: bool = False) -> Context:
    """An act of the agency, or of the suite, on the day, and entered then."""
    viewer = Viewer(CODES.get(agency, agency), rank, machine=machine) if agency else THE_SUITE
    return Context(noon(entered or day), day, noon(day), rulebook or lawbook(), register, viewer)


def content(day: date = DAY, lead: str = LEAD, participants: tuple[str, ...] = (FIRST, SECOND),
            **other: Any) -> Content:
    """All ten items, with one task for each agency, within thirty days."""
    tasks = tuple(Task(at, f"任务{at}", "逐户检查并登记", agency, day, day + timedelta(days=20))
                  for at, agency in enumerate((lead, *participants), 1))
    whole = Content(
        title="沿街占道经营协同整治", lead=lead, situation="沿街商户长期占道经营", necessity="单一部门难以制止",
        respondents=(Respondent("organisation", Personal("示例商贸有限公司")),), tasks=tasks,
        participants=tuple(Participant(agency, "配合检查") for agency in participants), lead_duties="牵头组织",
        time_limit=day + timedelta(days=30), funds=(Fund("设备", 1_000_00, "财政专项"),), safeguards="车辆和装备保障",
        contingency=Contingency("群体冲突", "现场处置", "局长李强", "0631-7560000"))
    return replace(whole, **other)


def material(number: int, kind: str = "other", by: str = LEAD, on: date = DAY) -> Material:
    said = AddMaterial(f"材料{number}", kind, 1, 1, True, "electronic", "sha256:" + "0" * 64)
    return Material(number, said, by, on)


def number(word: str, serial: int, day: date = DAY) -> str:
    return f"荣综执{word}〔{day.year}〕第{serial}号"
