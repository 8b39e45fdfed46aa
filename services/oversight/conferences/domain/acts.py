"""第三十条 联席会议: justice calls it once a period, it goes through what lies open, and what it resolves is a duty. Pure.

A period begins on the first day of all, and again with each conference; the next conference lies there from then on as
due, and its light is the period's. It begins with what earlier ones resolved and is open still. A report on a
resolution is the dual report of 29: written here once, it goes to both offices as a task report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from services.oversight.conferences.domain import resolutions as resolved
from services.oversight.conferences.domain.case import (
    ATTENDANCE_OPEN,
    CALLED,
    CONCLUDED,
    DUE,
    FOLLOWED,
    HELD,
    HELD_BEFORE_CALLED_FOR,
    MEETS_EARLIER,
    MEETS_FAR,
    MEMBER,
    NO_ABSENCE_REASON,
    NO_AGENDA,
    NO_AGENDA_SET,
    NO_CHAIR,
    NO_DEPUTY_REASON,
    NO_ENFORCEMENT_HEAD,
    NO_LEGAL_HEAD,
    NO_MEMBERS,
    NO_PLACE,
    NO_TITLE,
    NOBODY_PRESENT,
    NOT_A_MEMBER,
    ONLY_UNFINISHED,
    OWNER,
    SAID_IT_ATTENDS,
    STATES,
    UNFINISHED_MISSING,
    UNKNOWN_CONCERNED,
    UNKNOWN_KIND,
    UNKNOWN_MEMBER,
    UNKNOWN_REF,
    AgendaItem,
    Attend,
    Attendee,
    CallConference,
    Conference,
    FallDue,
    HoldConference,
    Presence,
    RecordAbsence,
    RecordMinutes,
    ReportResolution,
    SetAgenda,
    carried,
    facts,
)
from shared.acts.codes import listed
from shared.acts.furthest import near
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.standing import absent, enforces_on
from shared.acts.succession import ASSIGN, SUCCEED, SUCCEEDED, Handing, leaving, rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, Rows, demand

# Filings and task reports tell other facts under the plain names of these events.
HANDED_OVER = {SUCCEED: "conference_succeeded", ASSIGN: "conference_successor_assigned"}
OF_ONE_MEMBER = frozenset({"attendance_recorded", "absence_recorded"})
OF_ONE_OWNER = frozenset({"resolution_reported", "resolution_done"})


# Before it meets

def fall_due(_: None, command: FallDue, context: Context) -> Outcome[Conference]:
    """The period for it begins: justice has it to call."""
    return Outcome(case := Conference(DUE, (), command), {**facts(case), "previous": command.previous})


def call(case: Conference, command: CallConference, context: Context) -> Outcome[Conference]:
    """30: every enforcement agency is called; called anew, the day and the place are others, and who is new is called
    besides."""
    day, register = context.happened_on, context.register
    demand(
        (command.place, NO_PLACE),
        (command.meets_on >= day, MEETS_EARLIER),
        near(command.meets_on, day, context.rulebook, MEETS_FAR),
        *((register.exists(each, day), absent(context, each, UNKNOWN_MEMBER.filled(agency=each)))
          for each in command.also),
    )
    every = [code for code, each in sorted(register.agencies.items())
             if enforces_on(each, day) and not each.standing]
    wanted = dict.fromkeys((*every, *command.also))
    demand((wanted, NO_MEMBERS))
    new = tuple(Party(MEMBER, each, day) for each in wanted if each not in case.members)
    after = replace(case, called=command, called_on=case.called_on or day, parties=(*case.parties, *new))
    return Outcome(after, {**facts(after), "meets_on": command.meets_on, "members": sorted(after.members)})


def set_agenda(case: Conference, command: SetAgenda, context: Context) -> Outcome[Conference]:
    """What earlier conferences left open stands first, whether it was sent or not; then what justice chose."""
    open_ = tuple(carried(each, context.register.name_of(each.owner)) for each in command.unfinished)
    named = {each.ref for each in open_}
    own = tuple(each for each in command.items if not each.ref or each.ref not in named)
    demand((open_ or own, NO_AGENDA), *_each_item(own, context))
    after = replace(case, agenda=(*open_, *own))
    items = [{"item": number, "kind": each.kind, "ref": each.ref} for number, each in enumerate(after.agenda, 1)]
    only = () if command.items else (ONLY_UNFINISHED.filled(number=len(open_)),)
    return Outcome(after, {**facts(after), "items": items}, warnings=(*only, *_unknown_refs(command)))


def _each_item(items: Iterable[AgendaItem], context: Context) -> Rows:
    for place, each in enumerate(items):
        yield listed(context, "agenda_kinds", each.kind, UNKNOWN_KIND.at(f"items.{place}.kind"))
        yield each.title, NO_TITLE.at(f"items.{place}.title")
        for at, agency in enumerate(each.agencies):
            yield (context.register.get(agency) is not None,
                   UNKNOWN_CONCERNED.filled(agency=agency).at(f"items.{place}.agencies.{at}"))


def _unknown_refs(command: SetAgenda) -> Iterator[Refusal]:
    """Each once, where it is sent first."""
    told = set[str]()
    for place, each in enumerate(command.items):
        for where, ref in (("ref", each.ref), *((f"refs.{at}", ref) for at, ref in enumerate(each.refs))):
            if ref in command.unknown and ref not in told:
                told.add(ref)
                yield UNKNOWN_REF.filled(ref=ref).at(f"items.{place}.{where}")


def attend(case: Conference, command: Attend, context: Context) -> Outcome[Conference]:
    """30: the heads of the legal body and of the enforcement body, or who stands in for them."""
    demand((command.legal_head, NO_LEGAL_HEAD), (command.enforcement_head, NO_ENFORCEMENT_HEAD),
           *_stands_in(command.legal_head, "legal_head"), *_stands_in(command.enforcement_head, "enforcement_head"))
    return _accounted(case, Presence(context.viewer.agency, context.happened_on, command))


def _stands_in(head: Attendee, where: str) -> Rows:
    yield head.reason or not head.deputy, NO_DEPUTY_REASON.at(f"{where}.reason")


def record_absence(case: Conference, command: RecordAbsence, context: Context) -> Outcome[Conference]:
    """Of one that has said it cannot come, or did not come though it had said it would. Entered later, of one that was
    a member that day and is dissolved since."""
    then = case.members_on(context.happened_on) if case.held_on is None else ()
    demand((command.agency in {*case.members, *then}, NOT_A_MEMBER.filled(agency=command.agency)),
           (command.reason, NO_ABSENCE_REASON))
    outcome = _accounted(case, Presence(command.agency, context.happened_on, reason=command.reason))
    name = context.register.name_of(command.agency)
    attended = command.agency in case.present
    return replace(outcome, warnings=(SAID_IT_ATTENDS.filled(agency=name),) if attended else ())


def _accounted(case: Conference, presence: Presence) -> Outcome[Conference]:
    others = tuple(each for each in case.presence if each.agency != presence.agency)
    after = replace(case, presence=(*others, presence))
    return Outcome(after, {**facts(after), "member": presence.agency})


# It meets

def prepared(case: Conference, context: Context) -> Iterator[Any]:
    """A guard: what it is to go through, and who is there, is known before it is entered as held. Who was to be there
    were its members on the day it was held: entered later, one that was dissolved meanwhile, and not its heir."""
    if not case.agenda:
        yield NO_AGENDA_SET
    met = case.held(max(context.happened_on, _meets_on(case, context)))
    if open_ := met.unaccounted:
        yield ATTENDANCE_OPEN.filled(names="、".join(context.register.name_of(each) for each in open_))
    elif not met.present:
        yield NOBODY_PRESENT


def _meets_on(case: Conference, context: Context) -> date:
    return case.called.meets_on if case.called else context.happened_on


def hold(case: Conference, command: HoldConference, context: Context) -> Outcome[Conference]:
    """The period is kept with it, and the next begins."""
    missing = "、".join(f"第{each.session}次会议第{each.number}项" for each in case.missing(command.unfinished))
    meets_on = _meets_on(case, context)
    demand((context.happened_on >= meets_on, HELD_BEFORE_CALLED_FOR.filled(meets_on=meets_on)),
           (command.chair, NO_CHAIR), (not missing, UNFINISHED_MISSING.filled(missing=missing)))
    after = replace(case.held(context.happened_on), chair=command.chair)
    return Outcome(after, {**facts(after), "present": sorted(after.present), "absent": sorted(after.absent)})


def hand_over(case: Conference, handing: Handing, _: Context) -> Outcome[Conference]:
    """What an agency that ended still owes of what was resolved is its heir's; what it said stays under its name."""
    resolutions = case.resolutions
    if handing.heir:
        resolutions = tuple(replace(each, owner=handing.heir) if each.open and each.owner == handing.former else each
                            for each in resolutions)
    after = replace(case, resolutions=resolutions)
    return Outcome(after, {**facts(after), **handing.facts})


def call_followed(case: Conference, _: Any, __: Context) -> date | None:
    """Nobody comes, or stays away, before it is called."""
    return case.called_on


def minutes_followed(case: Conference, _: Any, __: Context) -> date | None:
    """What is reported on was resolved before."""
    return case.minutes_on


# Who hears, who sees

def told(before: Conference | None, after: Conference, event: str, context: Context) -> frozenset[str]:
    """Justice and the government office; of what concerns all of them the members, of a resolution its owner, of a
    member's coming that member."""
    both = context.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)
    members, owners = frozenset(after.with_part(MEMBER)), frozenset(after.with_part(OWNER))
    if event in OF_ONE_MEMBER and before is not None:
        return both | {each.agency for each in after.presence if each not in before.presence}
    if event in OF_ONE_OWNER:
        return both | {after.reports[-1].by}
    if event.startswith("deadline_"):
        return both                             # and who is bound by it
    if event in HANDED_OVER.values():
        gone = leaving(before, after, SUCCEEDED)
        return both | gone | frozenset(each.agency for each in after.parties if each.until is None)
    return both | members | owners


def seen(case: Conference, viewer: Viewer, register: Register) -> Conference:
    """All of it; of who attends for others, and of what others reported, only the two offices read the words."""
    if viewer.suite or register.standing(viewer.agency) & {JUSTICE, GOVERNMENT_OFFICE}:
        return case
    own = viewer.agency
    presence = tuple(each if each.agency == own else replace(each, attends=each.attends and Attend(), reason="")
                     for each in case.presence)
    reports = tuple(each if each.by == own else replace(each, says="") for each in case.reports)
    return replace(case, presence=presence, reports=reports)


JUSTICE_ALONE = frozenset({JUSTICE})
ACTS = (
    Act("fall-due", "应当召集联席会议", "internal", by=frozenset({SUITE}), opens=True, to=(DUE,), event="conference_due",
        command=FallDue, decide=fall_due),
    Act("call", "召集联席会议", "30", by=JUSTICE_ALONE, rank=Rank.LEADER, states=frozenset({DUE, CALLED}), to=(CALLED,),
        event="conference_called", command=CallConference, decide=call),
    Act("set-agenda", "设置议题", "30", by=JUSTICE_ALONE, states=frozenset({CALLED}), event="agenda_set",
        command=SetAgenda, decide=set_agenda),
    Act("attend", "参会回执", "30", by=frozenset({MEMBER}), states=frozenset({CALLED}), adds_only=True,
        event="attendance_recorded", command=Attend, decide=attend, follows=call_followed),
    Act("record-absence", "登记缺席", "30", by=JUSTICE_ALONE, states=frozenset({CALLED, HELD}), adds_only=True,
        event="absence_recorded", command=RecordAbsence, decide=record_absence, follows=call_followed),
    Act("hold", "召开联席会议", "30", by=JUSTICE_ALONE, states=frozenset({CALLED}), to=(HELD,), guards=(prepared,),
        event="conference_held", command=HoldConference, decide=hold),
    Act("record-minutes", "登记纪要和议定事项", "30", by=JUSTICE_ALONE, rank=Rank.LEADER, states=frozenset({HELD}),
        to=(FOLLOWED, CONCLUDED), event="resolution_recorded", command=RecordMinutes, decide=resolved.record_minutes),
    Act("report-resolution", "报告议定事项落实情况", "29, 30", by=frozenset({OWNER}), states=frozenset({FOLLOWED}),
        adds_only=True, event="resolution_reported", command=ReportResolution, decide=resolved.report_resolution,
        follows=minutes_followed),
    Act("complete-resolution", "议定事项办结", "29, 30", by=frozenset({OWNER}), states=frozenset({FOLLOWED}),
        to=(FOLLOWED, CONCLUDED), event="resolution_done", command=ReportResolution,
        decide=resolved.complete_resolution),
    *(replace(act, event=HANDED_OVER[act.name]) for act in rows(STATES.keys() - {DUE}, hand_over)),
)
CHAPTER = Chapter(
    "oversight", "联席会议", "conferences", ACTS, STATES,
    frozenset({CONCLUDED}), Conference, told, seen)
