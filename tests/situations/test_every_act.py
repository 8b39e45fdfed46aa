"""Every act of every chapter is shown done, and refused to whom and when it must be."""

import pytest

from tests.situations.book import Book
from tests.situations.chapters import BOOKS
from tests.situations.reading import situations

each_chapter = pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)


@each_chapter
def test_every_act_is_done_in_a_situation_and_refused_to_others_and_elsewhere(book: Book) -> None:
    acts, states = book.chapter.acts, frozenset(book.chapter.states)
    steps = [step for situation in situations(book.name).values() for step in situation["steps"] if "act" in step]
    done = {step["act"] for step in steps if not step.get("refused")}
    assert {act.name for act in acts} - done == set()
    for code, refusing in (("WRONG_PARTY", {act.name for act in acts if not act.opens}),
                           ("WRONG_STATE", {act.name for act in acts if not act.opens and act.states != states}),
                           ("RANK_TOO_LOW", {act.name for act in acts if act.rank > 1})):
        refused = {step["act"] for step in steps if code in step.get("refused", ())}
        assert refusing - refused == set(), code
