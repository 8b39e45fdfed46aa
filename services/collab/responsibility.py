"""第十条 责任: who answers for what in a collaborative action. Pure: computed from the plan and the register.

The statutory agency, which leads, answers for the whole and by itself for its inspections, compulsory measures and
penalties. That is not so under 7(三), where the government enforces or decides. Where supervision and penalty lie with
different agencies, each answers for its own part. The others assist, and decide by themselves what is theirs. A
participant that was out before the action began, by declining (12) or otherwise, answers for nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.collab.grounds import GOVERNMENT_DECIDES, GOVERNMENT_ENFORCES
from services.collab.plan import Collab
from shared.acts.model import Party
from shared.contracts.register import PUNISH, SUPERVISE, Register
from shared.plans.plan import LEAD, PARTICIPANT

WHOLE, INDEPENDENT, OWN_PART, GOVERNMENT = "whole", "independent", "own_part", "government"
ORGANISES, ASSISTS, OWN_REMIT = "organises", "assists", "own_remit"
CITY_WIDE = ("city", "vertical")                                # lines of agencies whose territory is the city
Concerned = Mapping[str, Mapping[str, frozenset[str]]]          # cause -> power -> who holds it

WORDS = {
    WHOLE: ("总责", "对执法活动负总责"),
    INDEPENDENT: ("独立责任", "对监督检查、强制措施、行政处罚等执法行为独立承担责任"),
    OWN_PART: ("各自责任", "监管与处罚职责不在同一机关，依据各自职责承担相应责任"),
    GOVERNMENT: ("市政府", "第七条第一款第三项情形，由市政府作为执法主体或者审查批准最终决定，法定机关不因第十条负总责"),
    ORGANISES: ("牵头组织", "牵头组织实施，对自己的执法行为负责"),
    ASSISTS: ("配合协同责任", "承担配合协同责任，完成方案确定的任务"),
    OWN_REMIT: ("独立处理", "对属于本部门负责查处的违法行为独立作出的处理决定负责"),
}


@dataclass(frozen=True, slots=True)
class Responsible:
    """That an agency answers for something, in a time. An empty `agency` is the government itself."""

    agency: str
    kind: str                           # one of WORDS
    article: str
    since: date | None = None
    until: date | None = None
    causes: tuple[str, ...] = ()        # own_part, independent: for which
    power: str = ""                     # own_part: supervise | punish
    in_plan: bool = True                # own_part: whether the agency is lead or participant
    law: str = ""                       # government: the law that the ground names
    decisions: tuple[int, ...] = ()     # own_remit: numbers of the plan's decisions
    findings: tuple[int, ...] = ()      # own_remit: numbers of the findings of its own remit


def responsibility(plan: Collab, register: Register, day: date) -> tuple[Responsible, ...]:
    """Who answers for what, as far as the acts have come; powers are those of the register on the day."""
    concerned = {cause: {power: _concerned(plan, cause, power, register, day) for power in (SUPERVISE, PUNISH)}
                 for cause in plan.causes}
    return (*_leading(plan, concerned), *_own_parts(plan, concerned), *_assisting(plan), *_own_remit(plan))


def separated(lead: str, holders: Mapping[str, frozenset[str]]) -> bool:
    """10: by the 权责清单 both the supervision and the penalty of a cause are somebody's, and not both the lead's."""
    return all(holders.values()) and not all(lead in each for each in holders.values())


def _concerned(plan: Collab, cause: str, power: str, register: Register, day: date) -> frozenset[str]:
    """Who of the plan holds the power; where nobody of it does, who holds it for the whole city.

    A town or a zone that is not in the plan has the power in its own territory, and has nothing to do with this.
    """
    own = register.holders(cause, power, day) & _in_plan(plan)
    return own or frozenset(each.code for each in register.with_power(cause, power, day) if each.line in CITY_WIDE)


def _in_plan(plan: Collab) -> frozenset[str]:
    return frozenset(each.agency for each in (*_times(plan, LEAD), *_times(plan, PARTICIPANT)))


def _leading(plan: Collab, concerned: Concerned) -> Iterator[Responsible]:
    """The lead, each one for its time; under 7(三) the government beside it."""
    if plan.under_three:
        for ground in plan.grounds:
            if ground.code in (GOVERNMENT_ENFORCES, GOVERNMENT_DECIDES):
                yield Responsible("", GOVERNMENT, "7", law=f"{ground.law} {ground.law_article}".strip())
    for each in _times(plan, LEAD):
        if plan.under_three:
            yield Responsible(each.agency, ORGANISES, "9", each.since, each.until)
            continue
        yield Responsible(each.agency, WHOLE, "10", each.since, each.until)
        whole = tuple(cause for cause, holders in concerned.items() if not separated(each.agency, holders))
        if whole or not plan.causes:
            yield Responsible(each.agency, INDEPENDENT, "10", each.since, each.until, whole)


def _own_parts(plan: Collab, concerned: Concerned) -> Iterator[Responsible]:
    """Who supervises and who punishes, where the agency that leads now does not do both."""
    in_plan, causes = _in_plan(plan), dict[tuple[str, str], list[str]]()
    for cause, holders in concerned.items():
        if separated(plan.lead, holders):
            for power, having in holders.items():
                for agency in sorted(having):
                    causes.setdefault((agency, power), []).append(cause)
    for (agency, power), own in causes.items():
        yield Responsible(agency, OWN_PART, "10", causes=tuple(own), power=power, in_plan=agency in in_plan)


def _assisting(plan: Collab) -> Iterator[Responsible]:
    for each in _times(plan, PARTICIPANT):
        yield Responsible(each.agency, ASSISTS, "10", each.since, each.until)


def _own_remit(plan: Collab) -> Iterator[Responsible]:
    """What others than the lead decided by themselves, or found to be theirs to decide."""
    for agency in dict.fromkeys(each.agency for each in _times(plan, PARTICIPANT)):
        decisions = tuple(each.number for each in plan.decisions if each.agency == agency)
        findings = tuple(each.number for each in plan.findings if each.agency == agency and each.said.remit == "own")
        if decisions or findings:
            yield Responsible(agency, OWN_REMIT, "10", decisions=decisions, findings=findings)


def _times(plan: Collab, part: str) -> tuple[Party, ...]:
    """Who had the part, and when. Who was only consulted, and no version of the plan names, is none of them; nor is a
    participant that was out before the action began."""
    named = {agency for version in plan.versions for agency in (version.content.lead, *version.content.agencies)}
    return tuple(each.shown() for each in plan.parties if each.part == part and each.agency in named
                 and not (part == PARTICIPANT and _out_before(plan, each)))


def _out_before(plan: Collab, party: Party) -> bool:
    """Whether it was out before the start. Of who went on the day of the start the state tells in which it left."""
    if party.until is None:
        return False
    if plan.started_on is None or party.until < plan.started_on - timedelta(days=1):
        return True
    went = party.until + timedelta(days=1)
    return party.until < plan.started_on and not plan.left_under_way(party, went)
