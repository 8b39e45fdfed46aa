"""Review by justice, and what the government decides (9, 17). Pure.

A decision of the government is recorded, not made: it stands on a paper, whose day is the act's true date.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome, coded
from shared.acts.signing import signed
from shared.kernel.errors import Rows, demand
from shared.numbers.shape import numbered
from shared.plans import refusals as no
from shared.plans.commands import Approve, Present, Reject, Review, SendBack
from shared.plans.facts import done
from shared.plans.parts import Paper
from shared.plans.plan import Decided, Plan, Presented, Reviewed
from shared.plans.states import RETURNED, REVIEWED

P = TypeVar("P", bound=Plan)
SCAN = "approval"                                             # the kind of material that a scanned paper is
INSTRUCTION, MINUTES = "instruction", "minutes"               # 批示 of the head of the government; of a meeting
MEETING_OR_HEAD = (INSTRUCTION, MINUTES)


def always(_: Plan) -> bool:
    return True


def never(_: Plan) -> bool:
    return False


def review(plan: P, command: Review, context: Context, *, opinion: Callable[[Any], bool]) -> Outcome[P]:
    """审查, 审核: passed, or returned with reasons. `opinion`: whether this plan passes with a written opinion only."""
    demand(
        (command.opinion or not command.passed or not opinion(plan), no.NO_OPINION),
        (command.opinion or command.passed, no.NO_RETURN_REASONS),
        (numbered(command.number), no.BAD_OWN_NUMBER),
        *signed(command.officer, command.leader),
    )
    after = replace(plan, reviews=(*plan.reviews, Reviewed(command, context.happened_on)))
    state = REVIEWED if command.passed else RETURNED
    return done(after, context, {"number": command.number}, state=state, event=state)


def present(plan: P, command: Present, context: Context) -> Outcome[P]:
    """呈请, 提报."""
    demand(
        (command.to, no.NOBODY_PRESENTED_TO),
        (numbered(command.number), no.BAD_OWN_NUMBER),
        *signed(command.officer, command.leader),
    )
    presented = Presented(command, context.viewer.agency, context.happened_on)
    return done(replace(plan, presentations=(*plan.presentations, presented)), context, {"number": command.number})


def papered(plan: Plan, paper: Paper, context: Context, *, by_meeting_or_head: bool = False) -> Rows:
    """The paper whole, one on which nothing else was decided, its scan one that who acts has uploaded.
    `by_meeting_or_head`: 17 asks for a meeting or the head of the government: for their papers."""
    scan = next((each for each in plan.materials if each.number == paper.scan), None)
    own = scan is not None and scan.added_by == context.viewer.agency
    earlier = tuple(papers(plan))
    known = coded(context, "government_papers", paper.kind)
    return (
        listed(context, "government_papers", paper.kind, no.UNKNOWN_PAPER),
        (not known or not by_meeting_or_head or paper.kind in MEETING_OR_HEAD, no.OTHER_PAPER),
        (paper.number, no.NO_PAPER_NUMBER),
        (paper.number == "" or all(plainly(paper.number) != plainly(each) for each in used_numbers(plan)),
         no.PAPER_USED.filled(number=paper.number)),
        (paper.decided_by, no.NOBODY_DECIDED),
        (scan is not None and own and scan.said.kind == SCAN and scan.said.digest
         and all(each.scan != scan.number for each in earlier), no.NO_PAPER_SCAN),
    )


def papers(plan: Plan) -> Iterator[Paper]:
    """Every paper on which the government decided, on the plan and on its amendments."""
    for each in plan.decided:
        yield from (said.paper for said in (each.approval, each.sent_back, each.rejection) if said)
    yield from (each.decided.paper for each in plan.amendments if each.decided)


def used_numbers(plan: Plan) -> list[str]:
    """The numbers of the papers on which something of the plan was decided: that there be one, the plan, a change."""
    return [*([plan.decided_by_paper] if plan.decided_by_paper else []), *(each.number for each in papers(plan))]


def once_each(plan: Plan) -> bool:
    """Whether each of these papers decided one thing."""
    used = [plainly(each) for each in used_numbers(plan)]
    return len(used) == len(set(used))


def plainly(number: str) -> str:
    """A number as it is compared: without the spaces that one writes and another does not."""
    return "".join(number.split())


def approve(plan: P, command: Approve, context: Context, *,
            by_meeting_or_head: Callable[[Any], bool] = never) -> Outcome[P]:
    """批准, with conditions 原则同意: the plan is in force from the day of the paper."""
    demand(
        *papered(plan, command.paper, context, by_meeting_or_head=by_meeting_or_head(plan)),
        *((condition, no.CONDITION_EMPTY.at(f"conditions.{at}")) for at, condition in enumerate(command.conditions)),
    )
    day, limit = context.happened_on, plan.content.time_limit
    version = replace(plan.version, effective_on=day)
    after = replace(plan, versions=(version,), decided=(*plan.decided, Decided(day, approval=command)))
    facts = {**told(command.paper), "effective_on": day, "time_limit": limit, "conditions": len(command.conditions)}
    return done(after, context, facts, *([no.LIMIT_HAS_PASSED] if limit and limit < day else ()))


def send_back(plan: P, command: SendBack, context: Context, *,
              by_meeting_or_head: Callable[[Any], bool] = never) -> Outcome[P]:
    """退回修改, as the government decided."""
    demand(*papered(plan, command.paper, context, by_meeting_or_head=by_meeting_or_head(plan)),
           (command.reasons, no.NO_DECISION_REASONS))
    decided = Decided(context.happened_on, sent_back=command)
    return done(replace(plan, decided=(*plan.decided, decided)), context, told(command.paper))


def reject(plan: P, command: Reject, context: Context, *,
           by_meeting_or_head: Callable[[Any], bool] = never) -> Outcome[P]:
    """不予批准."""
    demand(*papered(plan, command.paper, context, by_meeting_or_head=by_meeting_or_head(plan)),
           (command.reasons, no.NO_DECISION_REASONS))
    decided = Decided(context.happened_on, rejection=command)
    return done(replace(plan, decided=(*plan.decided, decided)), context, told(command.paper))


def told(paper: Paper) -> dict[str, Any]:
    """What an event tells of a paper: never who signed it."""
    return {"paper": paper.kind, "number": paper.number}
