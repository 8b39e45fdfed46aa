"""Every clock that a chapter's acts start is seen in each circumstance that moves a deadline.

A circumstance is recognised by what became of the clock as it was played, never by a title. Which ones can come to a
clock is read off the rulebook, the acts and what of them may be corrected.
"""

from collections.abc import Callable, Iterator

import pytest

from shared.deadlines.counting import HOURS, WORKING_DAYS
from shared.deadlines.model import CANCELS, METS, PAUSES, RESUMED, STARTED
from shared.rulebook.model import Clock
from tests.situations import turns
from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.circumstances import CIRCUMSTANCES, acts_of, applies, started_by
from tests.situations.city import calendar
from tests.situations.played import held
from tests.situations.reading import proved, situations
from tests.situations.runner import Run
from tests.situations.turns import Turn

CLOCKS = [pytest.param(book, clock, id=clock.id) for book in BOOKS.values() for clock in started_by(book)]
IN_DAYS = [each for each in CLOCKS if each.values[1].amount.unit != HOURS]
each_clock = pytest.mark.parametrize(("book", "clock"), CLOCKS)
ROLES = {"starts": STARTED, "meets": METS, "pauses": PAUSES, "resumes": RESUMED}


# The calendar

@each_clock
def test_it_is_seen_the_day_before_on_the_day_and_after_it(book: Book, clock: Clock) -> None:
    around(book, clock, lambda run: True)


@pytest.mark.parametrize(("book", "clock"), IN_DAYS)
@pytest.mark.parametrize("days", ["调休上班", "春节", "暂定"], ids=["make-up days", "Spring Festival", "an unknown year"])
def test_it_is_seen_before_on_and_after_its_last_day_where_it_runs_over(book: Book, clock: Clock, days: str) -> None:
    around(book, clock, lambda run: any(days in why for why in days_of(run, clock.id)))


@pytest.mark.parametrize(
    ("book", "clock"), [each for each in IN_DAYS if each.values[1].amount.unit == WORKING_DAYS]
)
def test_working_days_of_an_unknown_year_are_provisional_and_breach_nothing(book: Book, clock: Clock) -> None:
    runs = [run for run in runs_of(book, clock.id) if any("暂定" in why for why in days_of(run, clock.id))]
    assert all(run.of(clock.id).provisional and not run.of(clock.id).breached for run in runs)
    assert runs


def around(book: Book, clock: Clock, asked: Callable[[Run], bool]) -> None:
    """Fails unless among these runs the clock is looked at before, on and after its last day."""
    looks = [look for run in runs_of(book, clock.id) if asked(run) for look in run.looks if look.clock == clock.id]
    seen = {(look.day - look.last).days for look in looks}
    if clock.amount.unit == HOURS:
        seen |= {look.place for look in looks}
    assert 0 in seen and min(seen) < 0 < max(seen), seen


def runs_of(book: Book, clock: str) -> list[Run]:
    """The situations that prove the clock, as played."""
    told = situations(book.name)
    runs = [run for name, run in held(book.name).items() if clock in proved(told[name])]
    return [run for run in runs if any(each.clock == clock for each in run.deadlines.values())]


def days_of(run: Run, clock: str) -> Iterator[str]:
    """Why each day that a deadline ran over counts or does not."""
    deadline = run.of(clock)
    assert deadline.due_on is not None
    first, last = deadline.started_on.toordinal(), deadline.due_on.toordinal()
    return (calendar().day(deadline.started_on.fromordinal(day)).why for day in range(first + 1, last + 1))


# What is entered late, corrected, paused

@pytest.mark.parametrize(("book", "clock", "circumstance"), [
    pytest.param(*each.values, circumstance, id=f"{each.id}-{circumstance}")
    for each in CLOCKS for circumstance in CIRCUMSTANCES if applies(*each.values, circumstance)
])
def test_it_is_seen_when(book: Book, clock: Clock, circumstance: str) -> None:
    assert seen(book, clock, circumstance)


@each_clock
def test_what_is_said_to_be_impossible_for_it_is_of_the_rulebook_and_never_seen(book: Book, clock: Clock) -> None:
    said = {what for name, what in book.impossible if name == clock.id}
    assert said <= set(CIRCUMSTANCES) | {event for role in ROLES for event in getattr(clock, role)}
    assert [what for what in said & set(CIRCUMSTANCES) if seen(book, clock, what)] == []
    assert said & {turn.done.event for turn in all_turns(book, clock) if turn.change.kind in ROLES.values()} == set()


def seen(book: Book, clock: Clock, circumstance: str) -> bool:
    recognised = CIRCUMSTANCES[circumstance][0]
    return any(recognised(turn) for run in runs_of(book, clock.id) for turn in turns.turns(run, clock.id))


# The rulebook

@each_clock
@pytest.mark.parametrize("role", ROLES)
def test_every_event_of_the_chapter_that_the_rulebook_names_for_it_is_seen_at_work(
        book: Book, clock: Clock, role: str) -> None:
    named = {event for event in getattr(clock, role) if acts_of(book, (event,))}
    at_work = {turn.done.event for turn in all_turns(book, clock) if turn.change.kind == ROLES[role]}
    assert {event for event in named if (clock.id, event) not in book.impossible} - at_work == set()


@pytest.mark.parametrize(("book", "clock"), [each for each in CLOCKS if each.values[1].cancels])
def test_an_event_that_cancels_it_is_seen_at_work(book: Book, clock: Clock) -> None:
    assert any(turn.change.kind == CANCELS and turn.done.event in clock.cancels for turn in all_turns(book, clock))


def all_turns(book: Book, clock: Clock) -> Iterator[Turn]:
    """Its turns in every situation that looks at it or proves it."""
    for name, run in held(book.name).items():
        situation = situations(book.name)[name]
        rows = (*situation["steps"], *situation.get("then", ()))
        if clock.id in proved(situation) or any(row.get("clock") == clock.id for row in rows):
            yield from turns.turns(run, clock.id)
