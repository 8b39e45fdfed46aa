"""Reads a rulebook file strictly: a rulebook, or every problem with its line. Nothing of a wrong file is used."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from shared.kernel.yaml_files import Page, Problems, text_of
from shared.rulebook.choices import LATER
from shared.rulebook.clocks import clocks
from shared.rulebook.model import Rulebook
from shared.rulebook.names import Names
from shared.rulebook.sections import (
    articles,
    bases,
    chapters,
    choices,
    code_lists,
    codes,
    counting,
    events,
    grounds,
    items,
    laws,
    may_refuse,
    parties,
    retention,
)

REQUIRED = "rulebook title valid counting running_cases chapters articles parties events clocks"
OPTIONAL = "document laws grounds items may_refuse settings codes code_lists bases retention"


class RulebookErrors(Problems):
    """What is wrong with a rulebook file: `problems`, each with file, line and words."""


def load(source: Path | str, file: str = "") -> Rulebook:
    """The rulebook of a file (a path, or its text). `version` is the digest of the text. Raises RulebookErrors,
    for a file that is no UTF-8 the plain Problems."""
    text = text_of(source) if isinstance(source, Path) else source
    page = Page(file or (source.name if isinstance(source, Path) else "rulebook.yaml"))
    rulebook = _rulebook(page, text)
    if page.problems:
        raise RulebookErrors(page.problems)
    return rulebook


def _rulebook(page: Page, text: str) -> Rulebook:
    found = page.fields(page.root(text), REQUIRED, OPTIONAL)
    validity = page.fields(found.get("valid"), "from to")
    first, last = page.day(validity.get("from")), page.day(validity.get("to"))
    if first and last and last < first:
        page.wrong(found["valid"], f"有效期止日 {last} 早于起日 {first}", f"valid to {last} is before {first}")
    return Rulebook(
        id=page.text(found.get("rulebook")), title=page.text(found.get("title")),
        version=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        valid_from=first, valid_to=last, document=page.text(found.get("document")),
        counting=counting(page, found.get("counting")),
        running_cases=page.one_of(found.get("running_cases"), ("keep", "move"), "keep"),
        **_sections(page, found),
    )


def _sections(page: Page, found: Mapping[str, Node]) -> dict[str, Any]:
    """The sections in the order in which they name each other: laws and articles first, clocks late."""
    names = Names(page)
    names.laws = laws(page, found.get("laws"))
    names.chapters = chapters(page, found.get("chapters"))
    names.articles = articles(page, found.get("articles"), names)
    names.parties = parties(page, found.get("parties"), names)
    names.choices = choices(page, found.get("settings"), names)
    names.events = events(page, found.get("events"), names)
    names.grounds = grounds(page, found.get("grounds"), names)
    titles, terms = codes(page, found.get("codes"))
    running = clocks(page, found.get("clocks"), names)
    return {
        "laws": names.laws, "chapters": names.chapters, "articles": names.articles, "parties": names.parties,
        "events": names.events, "grounds": names.grounds, "choices": names.choices,
        "settings": {**LATER, **{name: choice.value for name, choice in names.choices.items()}},
        "clocks": running, "switches": frozenset(names.switches),
        "items": items(page, found.get("items"), names),
        "may_refuse": may_refuse(page, found.get("may_refuse"), names),
        "codes": titles, "code_terms": terms,
        "code_lists": code_lists(page, found.get("code_lists"), titles, names.grounds),
        "bases": bases(page, found.get("bases")), "retention": retention(page, found.get("retention"), names),
    }
