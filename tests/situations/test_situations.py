"""The situations hold, and each proves what it says: it fails when that guard or clock is taken out."""

import pytest

from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.city import BASIS, GROUND, SETTING, rulebook
from tests.situations.played import played
from tests.situations.reading import HERE, proved, situations
from tests.situations.runner import play
from tests.situations.taking_out import MACHINE, codes

KEYS = {"title", "article", "proves", "given", "steps", "then"}
ALL = [(chapter, name) for chapter in BOOKS for name in situations(chapter)]
PROOFS = [(chapter, name, proof) for chapter, name in ALL for proof in proved(situations(chapter)[name])]
each_chapter = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


@pytest.mark.parametrize(("chapter", "name"), ALL)
def test_it_holds(chapter: str, name: str) -> None:
    run = played(chapter, name)
    if isinstance(run, AssertionError):
        raise run


@pytest.mark.parametrize(("chapter", "name", "proof"), PROOFS)
def test_it_fails_when_what_it_proves_is_taken_out(chapter: str, name: str, proof: str) -> None:
    with pytest.raises(AssertionError):
        play(BOOKS[chapter], situations(chapter)[name], without=proof)


def test_every_file_of_situations_lies_with_its_chapter_and_every_chapter_has_some() -> None:
    assert {file.parent.relative_to(HERE).as_posix() for file in HERE.rglob("*.yaml")} == set(BOOKS)


def test_every_situation_has_a_title_of_its_own_an_article_and_no_unknown_key() -> None:
    told = [situations(chapter)[name] for chapter, name in ALL]
    titles = [situation["title"] for situation in told]
    assert len(titles) == len(set(titles))
    for situation in told:
        assert {"title", "article", "steps"} <= set(situation) <= KEYS, situation["title"]


def test_every_situation_proves_something() -> None:
    assert [situations(chapter)[name]["title"] for chapter, name in ALL if not proved(situations(chapter)[name])] == []


@each_chapter
def test_every_refusal_and_warning_of_the_chapter_is_proved(book: Book) -> None:
    assert codes(book) - named(book) == set()


@each_chapter
def test_what_is_proved_exists(book: Book) -> None:
    rows = {f"{act.name}/{word}" for act in book.chapter.acts for word in (*act.states, *act.by, MACHINE)}
    settings = {SETTING + name for name, value in rulebook().settings.items() if isinstance(value, bool)}
    grounds = {GROUND + name for name in rulebook().grounds}
    assert named(book) <= (codes(book) | set(rulebook().clocks) | set(book.acts) | rows | settings | grounds | {BASIS})


@each_chapter
def test_what_is_said_to_be_impossible_is_of_an_act_or_clock_of_the_chapter(book: Book) -> None:
    clocks = {clock for clock in rulebook().clocks if clock.startswith(f"{book.service}.")}
    assert {name for name, _ in book.impossible} <= set(book.acts) | clocks


def named(book: Book) -> set[str]:
    return {proof for situation in situations(book.name).values() for proof in proved(situation)}


@each_chapter
def test_every_state_is_reached(book: Book) -> None:
    reached = {row["state"] for situation in situations(book.name).values() for row in situation.get("then", ())
               if "state" in row}
    assert reached == set(book.chapter.states.values())
