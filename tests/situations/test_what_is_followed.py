"""An act is never entered as of a day before what it follows: read off the acts' rows and the ways that cases go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from services.desk.domain import CHAPTER as DESK
from services.oversight.filings.domain import CHAPTER as FILINGS
from shared.acts import circumstances
from shared.acts.doing import refused_before
from shared.acts.model import Act
from shared.acts.request import BackEntry, Request
from shared.acts.store import Row
from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.city import rulebook
from tests.situations.runner import Run, _command, _context, _viewer, do

BEGIN = date(2025, 6, 9)
SCAN = "sha256:" + "b" * 64
REQUEST = Request(back_entry=BackEntry("断网", SCAN))
CHAPTERS = (*(book.chapter for book in BOOKS.values()), DESK, FILINGS)


def added(book: Book) -> Iterator[Act]:
    """What agencies only add to a case of the chapter."""
    return (act for act in book.chapter.acts if act.adds_only and act.states and not book.by_the_suite(act))


def opened_in(acts: tuple[Act, ...]) -> frozenset[str]:
    """The states in which a case of the chapter begins; of an act that keeps the state, those it may be done in."""
    return frozenset(state for act in acts if act.opens for state in (act.to or act.states))


@pytest.mark.parametrize(("service", "act"), [
    (chapter.service, act) for chapter in CHAPTERS for act in chapter.acts
    if act.adds_only and act.states and not act.states & opened_in(chapter.acts) and not act.by <= {"suite"}],
    ids=lambda value: value if isinstance(value, str) else value.name)
def test_an_act_that_only_adds_and_never_to_a_new_case_says_what_it_follows(service: str, act: Act) -> None:
    assert act.follows is not None


@dataclass
class Possible:
    """A case in which an act may be done, and the first day on which it could have been."""

    run: Run
    first: date
    today: date


def refused(run: Run, act: Act, day: date, today: date) -> list[str]:
    """The codes for when it is entered, as of a day."""
    context = _context(run, _viewer(run, act, {"act": act.name}), day, today)
    row = Row("case", run.case.state, 1, "", run.done[0].on, run.done[-1].on, {}, "{}", "")
    command = _command(run, act, {"act": act.name}, today)
    follows = act.follows(run.case, command, context) if act.follows else None
    wrong = circumstances.wrong(run.book.chapter, act, row, REQUEST, context, SCAN.__eq__, lambda: None, follows)
    return [each.code for each in wrong]


def possible(book: Book, act: Act) -> Possible:
    """The shortest of the book's ways after which it may be done, each step on a day of its own."""
    for path in sorted(book.paths.values(), key=len):
        if found := _along(book, act, path):
            return found
    raise AssertionError(f"no way leads to {act.name}")


def _along(book: Book, act: Act, path: Any) -> Possible | None:
    run, first = Run(book, rulebook()), None
    for number, each in enumerate(path):
        step = {"act": each} if isinstance(each, str) else each
        day = BEGIN + timedelta(days=number)
        assert do(run, {**step, "on": day}) == []
        context = _context(run, _viewer(run, act, {"act": act.name}), day, day)
        may = refused_before(act, run.case, context, book.chapter.states) is None
        first = (first or day) if may else None
    return Possible(run, first, BEGIN + timedelta(days=len(path) + 1)) if first else None


@pytest.mark.parametrize(("service", "act"), [(name, act) for name, book in BOOKS.items() for act in added(book)],
                         ids=lambda value: value if isinstance(value, str) else value.name)
def test_what_only_adds_is_entered_as_of_the_first_day_it_could_be_done_and_of_none_before(
        service: str, act: Act) -> None:
    case = possible(BOOKS[service], act)
    assert refused(case.run, act, case.first, case.today) == []
    assert refused(case.run, act, case.first - timedelta(days=1), case.today) == ["BEFORE_LAST"]
