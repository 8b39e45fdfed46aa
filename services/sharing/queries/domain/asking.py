"""第二十七条 查询, 第二十二条第三款 协助: how one begins, and how it ends unanswered. Pure.

The asker asks; what was asked on paper or by phone its holder enters, and admits once it is authenticated, or not.
Either side adds materials; who asked withdraws it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from services.sharing.queries import refusals as no
from services.sharing.queries.commands import Admit, Ask, NotAdmit, Question, Withdraw
from services.sharing.queries.domain.case import ASKER, HOLDER, Query, done
from shared.acts.codes import listed
from shared.acts.materials import AddMaterial, next_material
from shared.acts.model import Context, Outcome, Party
from shared.acts.signing import signed
from shared.acts.standing import absent, basis_of, enforces, enforces_then
from shared.kernel.errors import Refusal, Rows, demand

QUERY_ASKED, URGENT_ASKED, ASSISTANCE_ASKED = "query_asked", "urgent_query_asked", "assistance_asked"
OFFLINE_ASKED, URGENT_OFFLINE_ASKED = "offline_query_asked", "urgent_offline_query_asked"
URGENT_GROUND = "sharing.urgent"
FOR_A_CASE = frozenset({"case_handling", "joint_action"})       # purposes of which there is a case
PLATFORM, WRITTEN = "platform", "written"
CASE_REF = re.compile(r"(transfer|collab|joint)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def between_agencies(_: Query | None, context: Context) -> Iterable[Refusal]:
    """A guard: 行政执法机关 ask one another."""
    if not enforces_then(context, context.viewer.agency):
        yield no.NOT_BETWEEN_AGENCIES


def ask(_: None, command: Ask, context: Context) -> Outcome[Query]:
    demand(*_query(command, context), *_held(command, context))
    return _opened(command, context.viewer.agency, command.holder, context, QUERY_ASKED)


def ask_urgent(_: None, command: Ask, context: Context) -> Outcome[Query]:
    demands = context.rulebook.grounds[URGENT_GROUND].demands
    reasoned = command.urgent_reason or "reason" not in demands
    demand(*_query(command, context), *_held(command, context), (reasoned, no.NO_URGENT_REASON))
    return _opened(command, context.viewer.agency, command.holder, context, URGENT_ASKED)


def ask_offline(_: None, command: Ask, context: Context) -> Outcome[Query]:
    """The holder enters what another asked on paper or by phone, on the day it got it."""
    demand(
        *_query(command, context),
        (bool(command.asker) != bool(command.outside), no.UNKNOWN_ASKER),
        (not command.asker or enforces(context, command.asker), absent(context, command.asker, no.UNKNOWN_ASKER)),
        (command.asker != context.viewer.agency, no.SAME_AGENCY.at("asker")),
        listed(context, "query_ways", command.way, no.UNKNOWN_WAY),
        (command.way != WRITTEN or command.paper, no.NO_PAPER),
        (command.contact, no.NO_CONTACT),
    )
    event = URGENT_OFFLINE_ASKED if command.urgent_reason else OFFLINE_ASKED
    return _opened(command, command.asker, context.viewer.agency, context, event)


def ask_assistance(_: None, command: Ask, context: Context) -> Outcome[Query]:
    """22 ¶3: of 相关职能部门, which need be no enforcement agency; for a case in hand."""
    there = context.register.exists(command.holder, context.happened_on)
    demand(
        *_question(command, context),
        listed(context, "assistance_kinds", command.assistance, no.UNKNOWN_ASSISTANCE),
        (command.case or command.outside_case, no.NO_CASE_IN_HAND),
        (there, absent(context, command.holder, no.UNKNOWN_HOLDER)),
        (command.holder != context.viewer.agency, no.SAME_AGENCY),
    )
    return _opened(command, context.viewer.agency, command.holder, context, ASSISTANCE_ASKED)


def in_period(asked: Question, day: date) -> bool:
    """Whether the time asked of ends after it begins, and no part of it lies after the day of asking."""
    last = asked.until or day
    return (asked.since or last) <= last <= day


def _question(command: Ask, context: Context) -> Rows:
    """What every question says, of records or of assistance."""
    asked, person = command.question, command.question.respondent
    return (
        (asked.says, no.NO_QUESTION),
        *((listed(context, "respondent_kinds", person.kind, no.RESPONDENT_UNNAMED, also=person.name),)
          if person.kind or person.name or person.number else ()),
        (in_period(asked, context.happened_on), no.BAD_PERIOD),
        (not command.case or CASE_REF.fullmatch(command.case), no.BAD_CASE),
        (command.officer, no.NO_OFFICER),
    )


def _query(command: Ask, context: Context) -> Rows:
    """And what one of records says besides: of which category, and what for."""
    return (
        *_question(command, context),
        listed(context, "record_categories", command.question.category, no.UNKNOWN_CATEGORY),
        listed(context, "query_purposes", command.purpose, no.UNKNOWN_PURPOSE),
        (command.purpose_says, no.NO_PURPOSE),
        (command.purpose not in FOR_A_CASE or command.case or command.outside_case, no.NO_CASE),
    )


def _held(command: Ask, context: Context) -> Rows:
    return (
        (enforces(context, command.holder), absent(context, command.holder, no.UNKNOWN_HOLDER)),
        (command.holder != context.viewer.agency, no.SAME_AGENCY),
    )


def _opened(command: Ask, asker: str, holder: str, context: Context, event: str) -> Outcome[Query]:
    day = context.happened_on
    parties = (Party(ASKER, asker, day, outside=command.outside), Party(HOLDER, holder, day))
    case = Query("", parties, replace(command, asker=asker, holder=holder), day)
    return done(case, context, {**facts_of(case), **basis_of(context)}, event=event)


def facts_of(case: Query) -> dict[str, Any]:
    """What the event of an opening tells: codes and ids, no word of what is asked."""
    said = case.asking
    return {"category": said.question.category, "purpose": said.purpose, "assistance": said.assistance,
            "way": said.way or PLATFORM, "group": said.group, "case": said.case, "passed_from": case.passed_from}


def admit(case: Query, command: Admit, context: Context) -> Outcome[Query]:
    demand((command.proof, no.NO_PROOF), (command.officer, no.NO_OFFICER))
    return done(replace(case, admission=command, admitted_on=context.happened_on), context, {})


def not_admit(case: Query, command: NotAdmit, context: Context) -> Outcome[Query]:
    demand((command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    rejected = replace(case, rejection=command, rejected_on=context.happened_on).overtaken(context.happened_on)
    return done(rejected, context, {})


def add_material(case: Query, command: AddMaterial, context: Context) -> Outcome[Query]:
    material = next_material(case.materials, command, context, no.MATERIAL_UNNAMED)
    with_it = replace(case, materials=(*case.materials, material))
    return Outcome(with_it, {"material": material.number, "kind": command.kind})


def withdraws(case: Query, context: Context) -> bool:
    """The asker itself; for one outside the register the holder, which entered its query."""
    own = context.viewer.agency
    return own == case.asker or (not case.asker and own == case.holder)


def withdraw(case: Query, command: Withdraw, context: Context) -> Outcome[Query]:
    demand((command.reason, no.NO_REASON))
    day = context.happened_on
    return done(replace(case, withdrawal=command, withdrawn_on=day).overtaken(day), context, {})
