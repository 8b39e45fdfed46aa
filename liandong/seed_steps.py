"""What the sample's files tell of cases and of plans alike: steps on their days, each with its acts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liandong.demo_day import at
from liandong.player import Player
from shared.kernel.clock import HandClock


@dataclass(frozen=True, slots=True)
class Step:
    """What happens on a day."""

    day: date
    take: Callable[[], None]


def begin(player: Player, clock: HandClock, day: date) -> None:
    """From nine in the morning, or from where the clock already stands on that day."""
    if at(day, 9) > clock.now():
        player.move_to(at(day, 9))
    clock.advance(minutes=5)


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
