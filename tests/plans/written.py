"""A plan as its acts write it, with nothing lacking: what the tests of plans start from."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shared.acts.materials import AddMaterial, Material
from shared.acts.model import Context, Rank, Viewer
from shared.acts.persons import Officer, Respondent
from shared.contracts.personal import Personal
from shared.kernel.errors import Refusal, Refused
from shared.plans import approving, drafting, materials
from shared.plans.commands import Approve, Consult, Present, Review, Submit
from shared.plans.parts import Content, Contingency, Fund, Paper, Participant, Task
from shared.plans.plan import Plan
from shared.plans.states import APPROVED, PRESENTED, SUBMITTED
from shared.rulebook.model import Rulebook
from tests.situations.city import REGISTER, lawbook, noon

DAY = date(2025, 6, 9)
LIMIT = date(2025, 9, 30)
LEAD, FIRST, SECOND, STRANGER = "zjj", "zhzf", "scjg", "jtj"
JUSTICE, OFFICE, DISCIPLINE = "sfj", "zfb", "jw"
OFFICER, OTHER = Officer("王芳", "SD1001", "0631-7551001"), Officer("刘洋", "SD1002", "0631-7551002")
LEADER = "赵刚"
NUMBER = "荣住建协报字〔2025〕第1号"
PAPER = Paper("minutes", "荣政纪〔2025〕12号", "市政府第48次常务会", 1)
NOTHING_LACKS: tuple[Refusal, ...] = ()
BOOK = lawbook()


def content(**other: Any) -> Content:
    """A plan whole for both chapters."""
    whole = Content(
        title="违法建设协同执法方案", lead=LEAD, situation="沿街擅自加建十二处", necessity="当事人多次拒不改正",
        respondents=(Respondent("organisation", Personal("示例建设有限公司")),),
        tasks=(Task(1, "现场勘验", "逐处勘验并制作笔录", LEAD, DAY, date(2025, 7, 31)),
               Task(2, "维持秩序", "现场秩序和交通", FIRST, DAY, LIMIT)),
        participants=(Participant(FIRST, "现场处置和强制"), Participant(SECOND, "核查经营主体")),
        lead_duties="组织指挥", time_limit=LIMIT, funds=(Fund("勘验", 500_000, "本级财政"),), safeguards="每周调度",
        contingency=Contingency("群体聚集", "暂停并疏导", "李明，副市长", "0631-7550000"))
    return replace(whole, **other)


def context(agency: str = LEAD, on: date = DAY, rulebook: Rulebook = BOOK) -> Context:
    return Context(noon(on), on, noon(on), rulebook, REGISTER, Viewer(agency, Rank.LEADER))


def plan(route: str = "submit", **other: Any) -> Plan:
    """A draft with everything in it."""
    return drafting.opened(Plan, LEAD, content(**other), route, DAY).moved("draft")


def consulted(before: Plan, *agencies: str, on: date = DAY) -> Plan:
    asked = Consult(agencies or before.content.agencies, on + timedelta(days=5), OFFICER)
    return drafting.consult(before, asked, context(on=on)).case


def submitted(before: Plan, on: date = DAY) -> Plan:
    return drafting.submit(before, Submit(NUMBER, OFFICER, LEADER), context(on=on), items="joint.plan",
                           lacks=lambda *_: NOTHING_LACKS, tells=lambda _: {}).case.moved(SUBMITTED)


def presented(before: Plan, on: date = DAY) -> Plan:
    said = Review(True, "荣司协审字〔2025〕第1号", "同意", OFFICER, LEADER)
    reviewed = approving.review(before, said, context(JUSTICE, on), opinion=approving.never).case
    to = Present("荣司协呈字〔2025〕第1号", "市政府常务会", OFFICER, LEADER)
    with_paper = materials.add_material(reviewed, scan(), context(OFFICE, on)).case
    return approving.present(with_paper, to, context(JUSTICE, on)).case.moved(PRESENTED)


def approved(before: Plan, on: date = DAY) -> Plan:
    return approving.approve(presented(before, on), Approve(PAPER), context(OFFICE, on)).case.moved(APPROVED)


def another(before: Plan) -> Paper:
    """A paper on which nothing was decided yet: the last scan that was added."""
    return replace(PAPER, number=f"荣政纪〔2025〕{20 + len(before.amendments)}号",
                   scan=max(each.number for each in before.materials))


def scan(kind: str = "approval", digest: str = "sha256:" + "0" * 64) -> AddMaterial:
    return AddMaterial("常务会纪要", kind, 1, 2, False, "electronic" if digest else "paper", digest)


def material(number: int, kind: str = "other", by: str = LEAD) -> Material:
    return Material(number, scan(kind), by, DAY)


def refused(do: Any, *said: Any, **more: Any) -> list[tuple[str, str, str]]:
    """Code, article and place of everything that stands in the way; empty where nothing does."""
    try:
        do(*said, **more)
    except Refused as found:
        return [(each.code, each.article, each.where) for each in found.refusals]
    return []


def codes(do: Any, *said: Any, **more: Any) -> list[str]:
    return [code for code, _, _ in refused(do, *said, **more)]
