"""Personal values in documents: each seal opens in its own place only, and is used again only there."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.acts.convert import MARK, Documents, state_hash
from shared.contracts.envelope import canonical
from shared.contracts.personal import Personal
from shared.crypto.keys import FileKeys
from shared.crypto.vault import Vault, VaultError


@dataclass(frozen=True, slots=True)
class Person:
    name: Personal
    number: Personal


@dataclass(frozen=True, slots=True)
class Paper:
    respondent: Person
    witnesses: tuple[Person, ...] = ()


PAPER = Paper(Person(Personal("张三"), Personal("371082")), (Person(Personal("李四"), Personal("")),))


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(Vault(FileKeys(tmp_path / "keys")))


def dumped(documents: Documents, facts: Any, bound_to: str, known: Any = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(documents.dump(facts, bound_to, known))
    return document


def test_a_document_comes_back_as_it_was(documents: Documents) -> None:
    assert documents.load(Paper, dumped(documents, PAPER, "case-1"), "case-1") == PAPER


def test_two_seals_of_one_case_cannot_change_places(documents: Documents) -> None:
    document = dumped(documents, PAPER, "case-1")
    who = document["respondent"]
    who["name"], who["number"] = who["number"], who["name"]
    with pytest.raises(VaultError):
        documents.load(Paper, document, "case-1")


def test_two_seals_of_one_list_cannot_change_places(documents: Documents) -> None:
    document = dumped(documents, replace(PAPER, witnesses=(PAPER.respondent, *PAPER.witnesses)), "case-1")
    document["witnesses"].reverse()
    with pytest.raises(VaultError):
        documents.load(Paper, document, "case-1")


def test_a_seal_of_another_case_does_not_open(documents: Documents) -> None:
    with pytest.raises(VaultError):
        documents.load(Paper, dumped(documents, PAPER, "case-1"), "case-2")


def test_an_unchanged_value_keeps_its_seal_and_one_that_stands_elsewhere_gets_its_own(documents: Documents) -> None:
    before = dumped(documents, PAPER, "case-1")
    moved = replace(PAPER, witnesses=(PAPER.respondent,))
    after = dumped(documents, moved, "case-1", documents.seals(before, "case-1"))
    assert after["respondent"] == before["respondent"]
    assert after["witnesses"][0]["name"][MARK] != before["respondent"]["name"][MARK]
    assert documents.load(Paper, after, "case-1") == moved


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    says: str
    on: date
    several: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    items: tuple[Item, ...]
    anything: Any = None
    people: tuple[Person | None, ...] = ()


def test_what_is_personal_is_sealed_wherever_the_types_allow_it_beside_hundreds_that_hold_nothing_personal(
        documents: Documents) -> None:
    item, person = Item(1, "清理", date(2025, 9, 29), (1, 2)), PAPER.respondent
    document = dumped(documents, Whole((item, item), {"who": person, "items": [item]}, (None, person)), "case-1")
    assert "张三" not in canonical(document) and "371082" not in canonical(document)
    assert canonical(document).count('"cipher"') == 4
    told = {"number": 1, "says": "清理", "on": "2025-09-29", "several": [1, 2]}
    assert document["items"] == [told, told] and document["anything"]["items"] == [told]
    assert documents.load(Whole, dumped(documents, Whole((item,), None, (person,)), "c"), "c").people == (person,)


def stripped(node: Any) -> Any:
    """The document without what is private in its marks, by walking it."""
    if isinstance(node, dict):
        if node.keys() == {MARK}:
            return {MARK: {name: value for name, value in node[MARK].items() if name not in ("cipher", "salt")}}
        return {name: stripped(value) for name, value in node.items()}
    return [stripped(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize("says", [
    "平常的话", '{"personal":{"cipher":"x","hash":"y","salt":"z"}}', '"personal":{"cipher":"x"}', "{", '{"', "\\", '\\"}}',
    '{"personal":{', "}}", '","x":{"personal":{"cipher":"'])
def test_a_state_hash_is_that_of_the_row_with_every_private_value_left_out_whatever_its_texts_say(
        documents: Documents, says: str) -> None:
    paper = Paper(Person(Personal(says), Personal("")), (PAPER.respondent,))
    document = {**dumped(documents, paper, "case-1"), "says": says, says: [says, {says: says}], MARK + says: {says: 1}}
    row = {"id": says, "state": "draft", "revision": 3, "doc": stripped(document)}
    expected = "sha256:" + hashlib.sha256(canonical(row).encode()).hexdigest()
    assert state_hash(says, "draft", 3, canonical(document)) == expected
    erased = {**document, "respondent": {"name": {MARK: {}}, "number": {MARK: {}}}}
    assert state_hash(says, "draft", 3, canonical(erased)) != expected


def test_erasing_what_is_private_leaves_the_state_hash_as_it_was(documents: Documents) -> None:
    document = dumped(documents, PAPER, "case-1")
    whole, erased = (state_hash("c", "draft", 1, canonical(each)) for each in (document, stripped(document)))
    assert whole == erased
