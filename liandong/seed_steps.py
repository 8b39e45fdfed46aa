"""What the sample's files tell of cases and of plans alike: steps on their days, each with its acts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """What happens on a day."""

    day: date
    take: Callable[[], None]


def acts_of(acts: Iterable[str | Mapping[str, Any]]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Each act of a step with what the row says of it: `accept`, or `{rule: {by: sifa, outcome: sender}}`."""
    for act in acts:
        if isinstance(act, str):
            yield act, {}
        else:
            yield from act.items()


def play(steps: Iterable[Step]) -> None:
    """All of them by day; the steps of a day in the order in which they were told."""
    for step in sorted(steps, key=lambda step: step.day):
        step.take()
