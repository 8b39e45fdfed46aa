"""Every situation as it was played, once: what the tests of completeness look at."""

from functools import cache

from tests.situations.chapters import BOOKS
from tests.situations.reading import situations
from tests.situations.runner import Run, play


@cache
def played(chapter: str, name: str) -> Run:
    """Raises AssertionError, with the title, for a situation that does not hold."""
    situation = situations(chapter)[name]
    try:
        return play(BOOKS[chapter], situation)
    except AssertionError as wrong:
        wrong.add_note(situation["title"])
        raise
