"""第二十七条: what the holder answers: 提供, 部分提供, 查无, 线下查阅, 依法拒绝; and assistance under 22 ¶3. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from services.sharing.queries import refusals as no
from services.sharing.queries.commands import Answer, Refuse
from services.sharing.queries.domain import laws as laws
from services.sharing.queries.domain.case import Answered, Denied, Query, done
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.kernel.errors import Refusal, Rows, demand

FULL, PARTIAL, NONE, OFFLINE = "full", "partial", "none", "offline"
UNKNOWN, OTHERS, BESIDE = "unknown", "others", "beside"               # what may be wrong with a record that is given
AMISS = {UNKNOWN: no.UNKNOWN_RECORD, OTHERS: no.OTHERS_RECORD, BESIDE: no.BESIDE_THE_QUERY}
BY_ANSWER = frozenset({FULL, NONE, OFFLINE})           # the other answers are acts of their own


def of_records(case: Query, _: Context) -> Iterable[Refusal]:
    """A guard: what was asked for are records."""
    if case.asking.assistance:
        yield no.ASSISTANCE_ASKED


def of_assistance(case: Query, _: Context) -> Iterable[Refusal]:
    if not case.asking.assistance:
        yield no.RECORDS_ASKED


def answer(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    demand(
        listed(context, "query_answers", command.kind, no.UNKNOWN_ANSWER, also=command.kind in BY_ANSWER),
        *(_given(case, command) if command.kind == FULL else ()),
        *(_none(command) if command.kind == NONE else ()),
        *(_offline(command) if command.kind == OFFLINE else ()),
        (command.officer, no.NO_OFFICER),
    )
    return _answered(case, command, context)


def answer_partly(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    """What is left out rests on a law, as a refusal does; of a state secret the offline way is said."""
    demand(
        *_given(case, command),
        (command.rest, no.NO_REST),
        *laws.withheld_rows(command.withheld, context, command.offline),
        *signed(command.officer, command.leader),
    )
    to_check = laws.flagged(command.withheld, context)
    return _checked(_with(case, command, context, to_check), context, _told(command), to_check)


def give_assistance(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    demand(*_given(case, command), (command.officer, no.NO_OFFICER))
    return _answered(case, command, context)


def _given(case: Query, command: Answer) -> Rows:
    return (
        (command.materials or command.records or command.says, no.NOTHING_GIVEN),
        (case.added_by_holder(command.materials), no.NOT_THE_HOLDERS),
        *_amiss(command),
    )


def _amiss(command: Answer) -> Iterator[tuple[bool, Refusal]]:
    """A record that is given is there, is the holder's and is about what was asked: each that is not, by its place."""
    for nth, (record, wrong) in enumerate(zip(command.records, command.amiss, strict=False), 1):
        if wrong:
            yield False, AMISS[wrong].filled(nth=nth, record=record).at(f"records.{nth - 1}")


def _none(command: Answer) -> Rows:
    return (
        (command.says, no.NO_SEARCH),
        (not command.materials and not command.records, no.NONE_BUT_GIVEN),
    )


def _offline(command: Answer) -> Rows:
    """Place, time and office only: nothing of classified matter comes on the platform."""
    return (
        (command.offline.whole, no.NO_OFFLINE),
        (not (command.says or command.materials or command.records), no.OFFLINE_CONTENT),
    )


def _answered(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    return done(_with(case, command, context), context, _told(command))


def _with(case: Query, command: Answer, context: Context, to_check: bool = False) -> Query:
    day = context.happened_on
    return replace(case, answers=(*case.answers, Answered(command, day, to_check))).overtaken(day)


def _told(command: Answer) -> dict[str, Any]:
    return {"answer": command.kind, "materials": len(command.materials), "records": len(command.records)}


def refuse(case: Query, command: Refuse, context: Context) -> Outcome[Query]:
    """On a named law and article, by a leader."""
    demand(*laws.withheld_rows(command.withheld, context), *signed(command.officer, command.leader))
    day, said, to_check = context.happened_on, command.withheld, laws.flagged(command.withheld, context)
    denied = replace(case, denials=(*case.denials, Denied(command, day, to_check))).overtaken(day)
    return _checked(denied, context, {"law": laws.bare(said.law), "law_article": said.law_article}, to_check)


def _checked(case: Query, context: Context, facts: dict[str, Any], to_check: bool) -> Outcome[Query]:
    """What the event tells, and whether justice, which hears every event, is to look whether there is such a law."""
    if not to_check:
        return done(case, context, facts)
    return done(case, context, {**facts, "law_to_check": True}, no.LAW_TO_CHECK)
