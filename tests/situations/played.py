"""Every situation as it was played, once: what the tests of completeness look at."""

from collections.abc import Mapping
from functools import cache

from tests.situations.chapters import BOOKS
from tests.situations.reading import situations
from tests.situations.runner import Run, play


@cache
def played(chapter: str, name: str) -> Run | AssertionError:
    """The situation as played; what is wrong with it, where it does not hold."""
    situation = situations(chapter)[name]
    try:
        return play(BOOKS[chapter], situation)
    except AssertionError as wrong:
        wrong.add_note(situation["title"])
        return wrong


@cache
def held(chapter: str) -> Mapping[str, Run]:
    """All that hold, by name: one that does not is told of once, and shows nothing."""
    runs = {name: played(chapter, name) for name in situations(chapter)}
    return {name: run for name, run in runs.items() if isinstance(run, Run)}
