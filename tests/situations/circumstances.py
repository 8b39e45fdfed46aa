"""Which circumstances can come to a clock: read off the rulebook, the acts, and what of them may be corrected."""

from collections.abc import Callable
from typing import Any

from shared.acts.model import Act
from shared.rulebook.model import Clock
from tests.situations import turns
from tests.situations.book import Book
from tests.situations.city import rulebook
from tests.situations.turns import Turn


def started_by(book: Book) -> list[Clock]:
    """The clocks that acts of this chapter start."""
    events = {f"{book.service}.{event}" for event in book.chapter.events}
    return [clock for clock in rulebook().clocks.values() if events & set(clock.starts)]


def acts_of(book: Book, events: tuple[str, ...]) -> list[Act]:
    """The acts of the chapter that raise one of these events."""
    return [act for act in book.chapter.acts if {f"{book.service}.{event}" for event in act.events} & set(events)]


def by_hand(book: Book, events: tuple[str, ...]) -> list[Act]:
    """Those that a person does: what the suite does is never entered late, and never corrected."""
    return [act for act in acts_of(book, events) if not book.by_the_suite(act)]


def rows_of(book: Book, acts: list[Act]) -> list[Any]:
    return [book.correctable[act.name] for act in acts if act.name in book.correctable]


def dated(book: Book, acts: list[Act]) -> bool:
    """Whether the true date of one of these acts may be corrected."""
    return any(row.dated for row in rows_of(book, acts))


def start_may_be_corrected(book: Book, clock: Clock) -> bool:
    """Whether an act that starts it may be corrected in the date it counts from, or runs to."""
    told, starters = clock.amount.until or clock.counts_from, by_hand(book, clock.starts)
    return any(told in row.facts for row in rows_of(book, starters)) if told else dated(book, starters)


May = Callable[[Book, Clock], bool]
CIRCUMSTANCES: dict[str, tuple[Callable[[Turn], bool], May]] = {        # how it is recognised, whether it may come
    "its start is entered late": (turns.started_late, lambda book, clock: bool(by_hand(book, clock.starts))),
    "it is met in time and entered late": (
        turns.met_late_entered, lambda book, clock: bool(by_hand(book, clock.meets))),
    "it is met late and entered late": (
        turns.missed_late_entered, lambda book, clock: bool(by_hand(book, clock.meets))),
    "its start is corrected": (turns.start_corrected, start_may_be_corrected),
    "the act that met it is corrected": (
        turns.met_corrected, lambda book, clock: dated(book, by_hand(book, clock.meets))),
    "it is paused and goes on": (
        turns.gone_on_after_a_pause, lambda book, clock: bool(
            acts_of(book, clock.pauses) and acts_of(book, clock.resumes))),
}


def applies(book: Book, clock: Clock, circumstance: str) -> bool:
    return CIRCUMSTANCES[circumstance][1](book, clock) and (clock.id, circumstance) not in book.impossible
