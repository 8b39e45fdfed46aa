"""Personal values in documents: each seal opens in its own place only, and is used again only there."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from shared.acts.convert import MARK, Documents
from shared.contracts.personal import Personal
from shared.keys import FileKeys
from shared.vault import Vault, VaultError


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


def test_a_document_comes_back_as_it_was(documents: Documents) -> None:
    assert documents.load(Paper, documents.dump(PAPER, "case-1"), "case-1") == PAPER


def test_two_seals_of_one_case_cannot_change_places(documents: Documents) -> None:
    document = documents.dump(PAPER, "case-1")
    who = document["respondent"]
    who["name"], who["number"] = who["number"], who["name"]
    with pytest.raises(VaultError):
        documents.load(Paper, document, "case-1")


def test_two_seals_of_one_list_cannot_change_places(documents: Documents) -> None:
    document = documents.dump(replace(PAPER, witnesses=(PAPER.respondent, *PAPER.witnesses)), "case-1")
    document["witnesses"].reverse()
    with pytest.raises(VaultError):
        documents.load(Paper, document, "case-1")


def test_a_seal_of_another_case_does_not_open(documents: Documents) -> None:
    with pytest.raises(VaultError):
        documents.load(Paper, documents.dump(PAPER, "case-1"), "case-2")


def test_an_unchanged_value_keeps_its_seal_and_one_that_stands_elsewhere_gets_its_own(documents: Documents) -> None:
    before = documents.dump(PAPER, "case-1")
    moved = replace(PAPER, witnesses=(PAPER.respondent,))
    after = documents.dump(moved, "case-1", documents.seals(before, "case-1"))
    assert after["respondent"] == before["respondent"]
    assert after["witnesses"][0]["name"][MARK] != before["respondent"]["name"][MARK]
    assert documents.load(Paper, after, "case-1") == moved
