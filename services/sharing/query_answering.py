"""第二十七条: what the holder answers: 提供, 部分提供, 查无, 线下查阅, 依法拒绝; and assistance under 22 ¶3. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from services.sharing import query_laws as laws
from services.sharing import query_refusals as no
from services.sharing.query_case import Answered, Denied, Query, done
from services.sharing.query_commands import Answer, Refuse
from shared.acts.model import Context, Outcome, coded
from shared.acts.signing import signed
from shared.errors import Refusal, Rows, demand

FULL, PARTIAL, NONE, OFFLINE = "full", "partial", "none", "offline"
BY_ANSWER = frozenset({FULL, NONE, OFFLINE})           # the other answers are acts of their own


def of_records(case: Query, _: Context) -> Iterable[Refusal]:
    """A guard: what was asked for are records."""
    if case.asking.assistance:
        yield no.ASSISTANCE_ASKED


def of_assistance(case: Query, _: Context) -> Iterable[Refusal]:
    if not case.asking.assistance:
        yield no.RECORDS_ASKED


def answer(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    known = coded(context, "query_answers", command.kind) and command.kind in BY_ANSWER
    demand(
        (known, no.UNKNOWN_ANSWER),
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
    return _answered(case, command, context)


def give_assistance(case: Query, command: Answer, context: Context) -> Outcome[Query]:
    demand(*_given(case, command), (command.officer, no.NO_OFFICER))
    return _answered(case, command, context)


def _given(case: Query, command: Answer) -> Rows:
    return (
        (command.materials or command.records or command.says, no.NOTHING_GIVEN),
        (case.added_by_holder(command.materials), no.NOT_THE_HOLDERS),
    )


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
    day = context.happened_on
    after = replace(case, answers=(*case.answers, Answered(command, day))).overtaken(day)
    return done(after, context, {"answer": command.kind, "materials": len(command.materials),
                                 "records": len(command.records)})


def refuse(case: Query, command: Refuse, context: Context) -> Outcome[Query]:
    """On a named law and article, by a leader."""
    demand(*laws.withheld_rows(command.withheld, context), *signed(command.officer, command.leader))
    day, said = context.happened_on, command.withheld
    denied = replace(case, denials=(*case.denials, Denied(command, day))).overtaken(day)
    return done(denied, context, {"law": laws.bare(said.law), "law_article": said.law_article})
