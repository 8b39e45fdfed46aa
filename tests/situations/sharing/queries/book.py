"""第二十七条 查询 as its situations play it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.sharing.queries import corrections
from services.sharing.queries.commands import Ask, CorrectPassed, Passed, ReceivePassed
from services.sharing.queries.domain import answers, complaints, passing
from services.sharing.queries.domain import asking as query_asking
from services.sharing.queries.domain.acts import CHAPTER
from services.sharing.queries.domain.case import ASKER, DECIDER, Query
from services.sharing.queries.refusals import REFUSALS, WARNINGS
from services.sharing.queries.schemas import QUERIES as SCHEMAS
from shared.acts import heirs, succession
from shared.acts.corrections import Original
from shared.acts.model import Act
from shared.acts.succession import ASSIGN, Succeed
from shared.contracts.register import Heir
from tests.situations.book import Book, Step
from tests.situations.sharing.queries.builders import BUILDERS, PATHS, ask, ask_assistance, ask_urgent


def actor(act: Act, case: Query | None) -> str:
    """Who opens: 住建局 asks, 综合执法局 enters what was asked on paper; then the asker where it may, else the holder."""
    if case is None or not act.states:
        return "zhzf" if act.name == "ask-offline" else "zjj"
    if act.name == ASSIGN:
        return "sfj"
    if act.by == {DECIDER}:
        return next((party.agency for party in case.parties if party.part == DECIDER), "sfj")
    if act.name == "add-material" or ASKER not in act.by:
        return case.holder
    return case.asker if ASKER in act.by and case.asker else case.holder


def received(_: Query | None, day: date, looked_up: Step) -> ReceivePassed:
    """What 综合执法局 passed on to 市场监管局; `looked_up: {kind}`: urgent, assistance; `{first_passed: a day}`: on which
    综合执法局 did so, and 市场监管局 passes it on to 交通局."""
    sent = {"urgent": ("ask-urgent", ask_urgent), "assistance": ("ask-assistance", ask_assistance)}
    act, builder = sent.get(looked_up.get("kind", ""), ("ask", ask))
    asking: Ask = SCHEMAS[act]().load(builder(None, day)).command
    if first := looked_up.get("first_passed"):
        return ReceivePassed(replace(asking, asker="zjj", holder="jtj"), "zjj", "q-2", (
            Passed("zhzf", first, "档案已移交"), Passed("scjg", day, "档案由交通局保管")))
    return ReceivePassed(replace(asking, asker="zjj", holder="scjg"), "zjj", "q-1",
                         (Passed("zhzf", day, "档案已移交"),))


def right_day(case: Query | None, day: date, said: Step) -> CorrectPassed:
    """`looked_up: {right_on}`: 综合执法局 says the day on which it truly passed the query on."""
    return CorrectPassed(said["right_on"], "转出日期录错", "zhzf")


def opened(command: CorrectPassed, done: Sequence[Original]) -> CorrectPassed:
    """The act by which the query began here, as the suite looks it up."""
    first, others = done[0], [each.on for each in done[1:] if each.moves]
    return replace(command, entry=first.entry, event=first.event, was_on=first.on, was_at=first.at,
                   others_last=max(others, default=date.min))


def succeed(case: Query | None, day: date, said: Step) -> Succeed:
    """The holder, or the former the situation names, ended the day before; `heir` as it says, else nobody's."""
    heirs = (Heir(said["heir"]),) if "heir" in said else ()
    return Succeed(said.get("former", case.holder if case else ""), day - timedelta(days=1), "荣编办发〔2025〕3号", heirs)


QUERIES = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, succession.NO_SUCCESSOR, succession.NOTHING_LEFT),
    warnings=(*WARNINGS, *heirs.WARNINGS),
    modules=(query_asking, answers, complaints, passing, corrections, succession),
    actor=actor,
    correctable=corrections.ROWS,
    by_suite={"receive-passed": received, "correct-passed": right_day, "succeed": succeed},
    looked_up={"correct-passed": opened},
    impossible={
        **{(ASSIGN, code): "the form takes no empty text for it"
           for code in ("NO_SUCCESSION_DOCUMENT", "NO_SUCCESSION_REASON")},
        **{("correct", code): "the law itself is not corrected" for code in ("NO_LAW", "NOT_A_LAW")},
        ("correct", "NO_LAW_REASON"): "a correction takes no empty text",
    },
    uploads=frozenset({"add-material"}),
    views={
        "材料": lambda case: [each.number for each in case.materials],
        "当事各方": lambda case: [[party.part, party.agency or party.outside] for party in case.parties],
        "答复": lambda case: [each.said.kind for each in case.answers],
        "转出机关": lambda case: [each.by for each in case.earlier],
        "转出日期": lambda case: [each.on for each in case.earlier],
        "更正": lambda case: [[each.field, each.old.value, each.new.value] for each in case.corrections],
    },
    among=True,
)
