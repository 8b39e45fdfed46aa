"""The situations hold, and each proves what it says: it fails when that guard or clock is taken out."""

import pytest

from shared.acts.corrections import REFUSALS as CORRECTING
from shared.acts.model import NOT_BY_MACHINE, RANK_TOO_LOW, WRONG_PARTY, WRONG_STATE
from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.city import rulebook
from tests.situations.played import played
from tests.situations.reading import HERE, proved, situations
from tests.situations.runner import play

KEYS = {"title", "article", "proves", "given", "steps", "then"}
KERNEL = (WRONG_PARTY, RANK_TOO_LOW, NOT_BY_MACHINE, WRONG_STATE)
ALL = [(chapter, name) for chapter in BOOKS for name in situations(chapter)]
PROOFS = [(chapter, name, proof) for chapter, name in ALL for proof in proved(situations(chapter)[name])]
each_chapter = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


def refusals(book: Book) -> set[str]:
    """The codes that the chapter's acts refuse and warn with."""
    correcting = CORRECTING if book.correctable else ()
    return {refusal.code for refusal in (*book.refusals, *KERNEL, *correcting)}


@pytest.mark.parametrize(("chapter", "name"), ALL)
def test_it_holds(chapter: str, name: str) -> None:
    played(chapter, name)


@pytest.mark.parametrize(("chapter", "name", "proof"), PROOFS)
def test_it_fails_when_what_it_proves_is_taken_out(chapter: str, name: str, proof: str) -> None:
    removed = {"without_clock": proof} if "." in proof else {"without_guard": proof}
    with pytest.raises(AssertionError):
        play(BOOKS[chapter], situations(chapter)[name], **removed)


def test_every_file_of_situations_lies_with_its_chapter_and_every_chapter_has_some() -> None:
    assert {file.parent.relative_to(HERE).as_posix() for file in HERE.rglob("*.yaml")} == set(BOOKS)


def test_every_situation_has_a_title_of_its_own_an_article_and_no_unknown_key() -> None:
    told = [situations(chapter)[name] for chapter, name in ALL]
    titles = [situation["title"] for situation in told]
    assert len(titles) == len(set(titles))
    for situation in told:
        assert {"title", "article", "steps"} <= set(situation) <= KEYS, situation["title"]


@each_chapter
def test_every_refusal_and_warning_of_the_chapter_is_proved(book: Book) -> None:
    named = {name for situation in situations(book.name).values() for name in proved(situation)}
    assert refusals(book) - named == set()


@each_chapter
def test_what_is_proved_exists(book: Book) -> None:
    named = {name for situation in situations(book.name).values() for name in proved(situation)}
    assert named <= refusals(book) | set(rulebook().clocks)


@each_chapter
def test_every_state_is_reached(book: Book) -> None:
    reached = {row["state"] for situation in situations(book.name).values() for row in situation.get("then", ())
               if "state" in row}
    assert reached == set(book.chapter.states.values())
