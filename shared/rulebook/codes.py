"""The code lists of a rulebook, as they are shown: each with its 中文, its codes and their days, and a version. Pure."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from shared.rulebook.model import GROUNDS, Rulebook, Term


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list as plain data. `version`: the digest of what it says, so that it moves only when the list does."""

    id: str
    title: str
    codes: tuple[dict[str, Any], ...]         # code, title; from and until where it has such days; a ground's article

    @property
    def version(self) -> str:
        text = json.dumps([self.id, self.title, self.codes], ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def lists_of(rulebook: Rulebook) -> dict[str, CodeList]:
    """Every list of the rulebook by its id: those of `codes` in their order, then the groups of grounds."""
    groups = dict.fromkeys(f"{GROUNDS}{ground.rpartition('.')[0]}." for ground in rulebook.grounds)
    return {name: _list(rulebook, name) for name in (*rulebook.codes, *groups)}


def _list(rulebook: Rulebook, name: str) -> CodeList:
    terms = rulebook.code_terms.get(name, {})
    return CodeList(name, rulebook.code_lists.get(name, name), tuple(
        {"code": code, "title": title, **_days(terms.get(code)), **_article(rulebook, name, code)}
        for code, title in rulebook.list_of(name).items()))


def _days(term: Term | None) -> dict[str, str]:
    days = {"from": term.since, "until": term.until} if term else {}
    return {name: day.isoformat() for name, day in days.items() if day}


def _article(rulebook: Rulebook, name: str, code: str) -> dict[str, str]:
    ground = rulebook.grounds.get(name.removeprefix(GROUNDS) + code) if name.startswith(GROUNDS) else None
    return {"article": ground.article} if ground else {}
