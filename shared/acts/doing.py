"""Doing an act, without its transaction: who, when, what. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from shared.acts.model import Act, Case, Chapter, Context, Outcome, Party
from shared.kernel.errors import Refusal, Refused


def ends(chapter: Chapter, before: Case | None, after: Case) -> bool:
    """Whether the act brought the case to a final state. What comes after, such as a report made again, ends
    nothing."""
    return after.state in chapter.final and (before is None or before.state != after.state)


def shown(chapter: Chapter, case: Case, context: Context) -> tuple[Party, ...]:
    """The parties of the case that the viewer may be told of."""
    seen = chapter.seen(case, context.viewer, context.register)
    return seen.parties if seen else ()


def decided(act: Act, case: Any, command: Any, context: Context) -> Outcome[Any]:
    """Runs `decide` and holds the act to its row: only its states, only its events. Raises Refused."""
    outcome = act.decide(case, command, context)
    stays = not act.to or (act.adds_only and case is not None)
    state = outcome.state or (outcome.case.state if stays else act.to[0])
    event = outcome.event or act.event
    if not stays and state not in act.to:
        raise AssertionError(f"{act.name} may not lead to {state}")
    if event not in act.events:
        raise AssertionError(f"{act.name} may not raise {event}")
    return replace(outcome, case=outcome.case.moved(state), state=state, event=event)


def perform(act: Act, case: Any, command: Any, context: Context, titles: Mapping[str, str]) -> Outcome[Any]:
    """The act without its transaction: who, when, what. `case` None opens one. Raises Refused; nothing is changed
    then."""
    refusal = refused_before(act, case, context, titles)
    if refusal:
        raise Refused(refusal)
    outcome = decided(act, case, command, context)
    if case is None and (refusal := act.refuses_who(outcome.case, context.viewer, context)):
        raise Refused(refusal)
    return outcome


def refused_before(act: Act, case: Any, context: Context, titles: Mapping[str, str],
                   shown: Callable[[], Iterable[Party]] = tuple) -> Refusal | None:
    """The refusal that stands before any content is looked at, if one does. `shown`: the parties that the viewer may
    be told of."""
    if case is None:
        return act.refuses_opening(context.viewer, context)
    return act.refuses_who(case, context.viewer, context, shown) or act.refuses_when(case, context, titles)
