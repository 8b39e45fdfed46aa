"""What the chapters that are built name: the words and refusals of their modules, the acts and clocks of an article."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

from shared.acts.model import Act, Chapter
from shared.kernel.errors import Refusal
from shared.rulebook.model import Clock, Rulebook


def words_of(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Every word that stands in the chapters' modules as a constant, at the top or inside a function."""
    constants: list[Any] = []
    for value in (value for module in modules_of(chapters) for value in vars(module).values()):
        constants.append(value.__code__.co_consts if isinstance(value, FunctionType) else value)
    return frozenset(word for constant in constants for word in _words_in(constant))


def _words_in(constant: Any) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, CodeType):
        yield from _words_in(constant.co_consts)
    elif isinstance(constant, (Mapping, frozenset, tuple)):
        for each in constant:
            yield from _words_in(each)


def modules_of(chapters: Iterable[Chapter]) -> tuple[ModuleType, ...]:
    """The modules in which the chapters' decisions and guards stand, and those of the suite that these name whole."""
    functions: list[Any] = []
    for chapter in chapters:
        functions += [chapter.told, *(function for act in chapter.acts for function in (
            act.decide, *act.guards, *act.settled, *((act.whose.others,) if act.whose else ())))]
    functions = [getattr(function, "func", function) for function in functions]          # what a partial stands for
    found = {sys.modules[function.__module__] for function in functions}
    named = {
        value
        for module in found
        for value in vars(module).values()
        if isinstance(value, ModuleType) and value.__name__.startswith(("services.", "shared."))
    }
    return tuple(sorted(found | named, key=lambda module: module.__name__))


def articles_of(article: str) -> tuple[str, ...]:
    """The regulation's articles in an act's, guard's or situation's `article`: "22, annex 1" are two.

    Another law's ("行政处罚法 60") and `internal` are none of the regulation's.
    """
    return tuple(each for part in article.split(",") if (each := part.strip()).isdigit() or each.startswith("annex "))


def refusals_of(chapters: Iterable[Chapter]) -> tuple[tuple[str, Refusal], ...]:
    """The guards: every refusal in the chapters' modules, with its name there; chapters may use a name alike."""
    return tuple(
        (name, value)
        for module in modules_of(chapters)
        for name, value in vars(module).items()
        if isinstance(value, Refusal)
    )


def acts_of(chapters: Iterable[Chapter], article: str) -> tuple[tuple[Chapter, Act], ...]:
    """The acts that carry out an article."""
    return tuple((chapter, act) for chapter in chapters for act in chapter.acts if article in articles_of(act.article))


def clocks_of(rulebook: Rulebook, article: str) -> tuple[Clock, ...]:
    """The regulation's own clocks of an article."""
    return tuple(
        clock
        for clock in rulebook.clocks.values()
        if clock.source.statutory and not clock.source.law and clock.source.article == article
    )
