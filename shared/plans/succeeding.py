"""承继: an agency of a plan is dissolved, and another goes on in its place. Pure.

The plan goes on in a version of its own, as after any change of who is in it: the old one keeps the old name. What is
still to be done, answered or decided names the heir; what was done stays its author's.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from shared.acts.model import Context, Outcome, Party
from shared.acts.succession import Handing
from shared.plans.facts import done
from shared.plans.parts import Content, Participant
from shared.plans.plan import LEAD, PARTICIPANT, RELATED, Amendment, Consultation, Dispatched, Finding, Plan, Version

P = TypeVar("P", bound=Plan)
SUCCESSION = "succession"             # by which act a version came
ORDER = (LEAD, PARTICIPANT, RELATED)  # who has one of these parts has none of the later ones


def hand_over(plan: P, handing: Handing, context: Context) -> Outcome[P]:
    """Version, open amendment, what was asked or ordered and has no answer yet, findings yet to be handed on."""
    former, heir = handing.former, handing.heir
    if not heir:
        return done(plan, context, handing.facts)
    day = context.happened_on
    versions = _versions(plan, former, heir, day)
    after = replace(
        plan, parties=_named(_one_part_each(plan.parties, heir, day), versions[-1].content, heir),
        versions=versions,
        amendments=tuple(_amendment(each, former, heir, plan) for each in plan.amendments),
        consultations=tuple(_consultation(each, former, heir) for each in plan.consultations),
        dispatches=tuple(_dispatch(each, former, heir) for each in plan.dispatches),
        findings=tuple(_finding(each, former, heir) for each in plan.findings))
    return done(after, context, {**handing.facts, "findings": [each.number for each in after.findings
                                                               if each.agency == heir and each.open]})


def with_heir(content: Content, former: str, heir: str) -> Content:
    """The plan as written, with the heir in the former's place. Where it is in the plan itself, it has both duties."""
    rows = {each.agency: each.duties for each in content.participants}
    lead, own = heir if content.lead == former else content.lead, rows.get(heir, "")
    lead_duties = content.lead_duties
    if lead == heir:
        lead_duties = _both(lead_duties, own, rows.get(former, ""))
    said = {heir: _both(own, rows.get(former, ""))}
    names = dict.fromkeys(heir if each.agency == former else each.agency for each in content.participants)
    return replace(
        content, lead=lead, lead_duties=lead_duties,
        participants=tuple(Participant(name, said.get(name, rows.get(name, ""))) for name in names if name != lead),
        tasks=tuple(replace(each, agency=heir) if each.agency == former else each for each in content.tasks))


def _both(*duties: str) -> str:
    return "；".join(dict.fromkeys(each for each in duties if each))


def _one_part_each(parties: tuple[Party, ...], heir: str, day: date) -> tuple[Party, ...]:
    """The heir has the strongest of its parts: what it takes over besides is none of its own."""
    has = {each.part for each in parties if each.agency == heir and each.until is None}
    strongest = next((part for part in ORDER if part in has), "")
    weaker = frozenset(ORDER[ORDER.index(strongest) + 1:]) if strongest else frozenset[str]()

    def lapses(each: Party) -> bool:
        return each.agency == heir and each.until is None and each.part in weaker

    return tuple(replace(each, until=day - timedelta(days=1)) if lapses(each) else each for each in parties
                 if not (lapses(each) and each.after))


def _named(parties: tuple[Party, ...], content: Content, heir: str) -> tuple[Party, ...]:
    """Without a part that was changed away while nobody had it: the plan names the heir for it no more."""
    own = {LEAD: content.lead == heir, PARTICIPANT: heir in content.agencies}
    return tuple(each for each in parties
                 if own.get(each.part, True) or not (each.agency == heir and each.after and each.until is None))


def _versions(plan: Plan, former: str, heir: str, day: date) -> tuple[Version, ...]:
    """A plan in force goes on in a version of its own; one that is still drafted or decided on is written so."""
    present = plan.version
    content = with_heir(present.content, former, heir)
    if content == present.content:
        return plan.versions
    if present.effective_on is None:
        return (*plan.versions[:-1], replace(present, content=content))
    from_on = max(day, present.effective_on)
    version = Version(present.number + 1, content, from_on, reason="承继", act=SUCCESSION)
    return (*plan.versions[:-1], replace(present, effective_until=from_on), version)


def _amendment(each: Amendment, former: str, heir: str, plan: Plan) -> Amendment:
    """An open one would make the version after the next."""
    content = with_heir(plan.content, former, heir)
    if each.outcome or (content == plan.content and with_heir(each.said.content, former, heir) == each.said.content):
        return each
    more = 1 if plan.approved and content != plan.content else 0
    said = replace(each.said, content=with_heir(each.said.content, former, heir))
    return replace(each, said=said, number=each.number + more)


def _consultation(each: Consultation, former: str, heir: str) -> Consultation:
    if each.answered_by(former) or former not in each.said.agencies:
        return each
    return replace(each, said=replace(each.said, agencies=_in_its_place(each.said.agencies, former, heir)))


def _in_its_place(agencies: Iterable[str], former: str, heir: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heir if each == former else each for each in agencies))


def _dispatch(each: Dispatched, former: str, heir: str) -> Dispatched:
    """The officers named by the order are its people still."""
    order = each.ordered(former)
    if order is None or each.answered_by(former):
        return each
    others = tuple(one for one in each.said.agencies if one.agency != former)
    own = each.ordered(heir)
    if own is not None:
        joined = replace(own, officers=(*own.officers, *order.officers), says=_both(own.says, order.says))
        agencies = tuple(joined if one.agency == heir else one for one in others)
    else:
        agencies = tuple(replace(one, agency=heir) if one.agency == former else one for one in each.said.agencies)
    return replace(each, said=replace(each.said, agencies=agencies))


def _finding(each: Finding, former: str, heir: str) -> Finding:
    return replace(each, agency=heir) if each.agency == former and each.open else each
