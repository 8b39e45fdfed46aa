"""Every act of every chapter is shown done, by whom and from where it may be, and refused for all that it may be.

What an act may be refused for is read off the code of its row and decision; nobody lists it.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from shared.acts.model import RANK_TOO_LOW, Act, Rank
from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.played import held
from tests.situations.reading import Situation, proved, situations
from tests.situations.refusing import may_refuse
from tests.situations.runner import RANKS, Done

ACTS = [pytest.param(book, act, id=f"{book.name}-{act.name}") for book in BOOKS.values() for act in book.chapter.acts]
BY_HAND = [each for each in ACTS if not each.values[0].by_the_suite(each.values[1])]
each_act = pytest.mark.parametrize(("book", "act"), ACTS)


@each_act
def test_it_is_done_from_every_state_that_its_row_names(book: Book, act: Act) -> None:
    assert act.states - {done.state for done in times(book, act)} == set()
    assert not act.opens or any(done.state is None for done in times(book, act))


@each_act
def test_it_is_done_by_every_part_that_its_row_names(book: Book, act: Act) -> None:
    by = {part for part in act.by if (act.name, part) not in book.impossible}
    assert by - {part for done in times(book, act) for part in done.by} == set()


@each_act
def test_it_leads_to_every_state_and_raises_every_event_that_its_row_names(book: Book, act: Act) -> None:
    done = list(times(book, act))
    assert set(act.to) - {each.to for each in done} == set()
    assert {f"{book.service}.{event}" for event in act.events} - {each.event for each in done} == set()


@pytest.mark.parametrize(("book", "act"), [each for each in BY_HAND if each.values[1].machine])
def test_it_is_done_by_a_machine_where_its_row_allows_one(book: Book, act: Act) -> None:
    assert any(done.machine for done in times(book, act))


@each_act
def test_all_that_it_may_be_refused_and_warned_for_is_proved(book: Book, act: Act) -> None:
    shown = {code for situation, step in attempts(book, act)
             for code in (*step.get("refused", ()), *step.get("warned", ())) if code in proved(situation)}
    may = {code for code in may_refuse(book, act) if (act.name, code) not in book.impossible}
    assert may - shown == set()


@each_act
def test_what_is_said_to_be_impossible_for_it_stands_in_its_row_or_code_and_is_never_seen(book: Book, act: Act) -> None:
    said = {what for name, what in book.impossible if name == act.name}
    assert said <= may_refuse(book, act) | act.by
    shown = {code for _, step in attempts(book, act) for code in step.get("refused", ())}
    assert said & (shown | {part for done in times(book, act) for part in done.by}) == set()


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_every_refusal_and_warning_of_the_chapter_is_named_by_the_code_of_an_act(book: Book) -> None:
    named = {code for act in book.chapter.acts for code in may_refuse(book, act)}
    assert {refusal.code for refusal in (*book.refusals, *book.warnings)} - named == set()


@pytest.mark.parametrize(("book", "act"), [each for each in BY_HAND if each.values[1].rank > Rank.OFFICER])
def test_the_rank_just_below_its_own_is_too_low(book: Book, act: Act) -> None:
    below = {RANKS[step["rank"]] for _, step in attempts(book, act)
             if RANK_TOO_LOW.code in step.get("refused", ()) and "rank" in step}
    assert Rank(act.rank - 1) in below


def times(book: Book, act: Act) -> Iterator[Done]:
    """Every time a situation does the act."""
    return (done for run in held(book.name).values() for done in run.done if done.act == act.name)


def attempts(book: Book, act: Act) -> Iterator[tuple[Situation, dict[str, Any]]]:
    """Every step of a situation that is this act, done or refused."""
    return ((situation, step) for situation in situations(book.name).values() for step in situation["steps"]
            if step.get("act") == act.name)
