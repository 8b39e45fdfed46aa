"""Every clock that a chapter's acts start is seen in each circumstance that moves a deadline."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared.clock import day_of
from shared.deadlines.counting import HOURS
from shared.rulebook.model import Clock
from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.city import calendar, rulebook
from tests.situations.played import played
from tests.situations.reading import proved, situations
from tests.situations.runner import Run


def started_by(book: Book) -> list[Clock]:
    """The clocks that acts of this chapter start."""
    events = {f"{book.name}.{event}" for event in book.chapter.events}
    return [clock for clock in rulebook().clocks.values() if events & set(clock.starts)]


CLOCKS = [pytest.param(book, clock, id=clock.id) for book in BOOKS.values() for clock in started_by(book)]
IN_DAYS = [each for each in CLOCKS if each.values[1].amount.unit != HOURS]


@pytest.mark.parametrize(("book", "clock"), CLOCKS)
def test_a_clock_is_seen_the_day_before_on_the_day_and_after_it(book: Book, clock: Clock) -> None:
    seen = {(day - due).days for due, day in looks(book, clock.id) if due is not None}
    assert 0 in seen and min(seen) < 0 < max(seen), seen


@pytest.mark.parametrize(("book", "clock"), IN_DAYS)
def test_a_clock_is_counted_over_make_up_days_spring_festival_and_into_an_unknown_year(
        book: Book, clock: Clock) -> None:
    why = {day.why for run in runs_of(book, clock.id) for day in days_of(run, clock.id)}
    assert any("调休上班" in each for each in why)
    assert any("春节" in each for each in why)
    assert any("暂定" in each for each in why)


def runs_of(book: Book, clock: str) -> list[Run]:
    told = situations(book.name)
    runs = [played(book.name, name) for name, situation in told.items() if clock in proved(situation)]
    return [run for run in runs if any(each.clock == clock for each in run.deadlines.values())]


def looks(book: Book, clock: str) -> Iterator[tuple[Any, Any]]:
    for run in runs_of(book, clock):
        for id, day in run.looks:
            deadline = run.deadlines[id]
            if deadline.clock == clock:
                yield day_of(deadline.due_at) if deadline.unit == HOURS else deadline.due_on, day


def days_of(run: Run, clock: str) -> tuple[Any, ...]:
    """The days a deadline ran over, with the reason why each counts or does not."""
    deadline = run.of(clock)
    assert deadline.due_on is not None
    length = (deadline.due_on - deadline.started_on).days
    return tuple(calendar().day(type(deadline.started_on).fromordinal(deadline.started_on.toordinal() + number))
                 for number in range(1, length + 1))
