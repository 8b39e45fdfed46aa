"""The settings: what the code reads is there, what is not there is said clearly, and nothing reads past the one way."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest

from liandong import law
from shared.kernel.errors import Refused
from shared.rulebook.choices import LATER, NEEDED, UnknownSetting, lacking
from shared.rulebook.loader import load
from shared.rulebook.model import Rulebook
from tests.rulebook.builders import ROOT, changed, rulebook

FILES = [file for room in ("shared", "services") for file in sorted((ROOT / room).rglob("*.py"))]
PAST = re.compile(r"book\.settings(\.get\(|\[)")


def read_by_code() -> Iterator[str]:
    """The name that each call of `.setting(…)` gives, as it stands there or by the constant of its module."""
    for file in FILES:
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setting":
                (said,) = node.args
                if isinstance(said, ast.Constant):
                    yield str(said.value)
                elif isinstance(said, ast.Name):
                    yield getattr(import_module(module), said.id)
                else:
                    assert ast.unparse(said) == "self.whose.setting", f"{module}: {ast.unparse(said)}"
    yield from (act.whose.setting for chapter in law.built() for act in chapter.acts if act.whose)


def test_what_the_code_reads_is_what_a_rulebook_must_say() -> None:
    assert set(read_by_code()) == NEEDED


def test_nothing_reads_a_setting_with_a_value_of_its_own() -> None:
    found = {file.name for file in FILES if PAST.search(file.read_text("utf-8")) and file.name != "lawcheck.py"}
    assert not found


def test_a_setting_that_the_rulebook_lacks_is_found_before_it_is_published() -> None:
    assert not list(lacking(rulebook().settings))
    less = {name: value for name, value in rulebook().settings.items() if name != "police_agencies"}
    short = replace(rulebook(), settings={**less, "supervision_answer_days": {"reminder": 3}})
    assert list(lacking(short.settings)) == [
        "police_agencies", *(f"supervision_answer_days: {step}" for step in ("urging", "order", "circular"))]
    assert ("police_agencies", "the code reads this setting, and it is not there") in [
        (finding.about, finding.en) for finding in law.findings(short)]


def test_a_setting_is_read_or_said_clearly_not_to_be_there() -> None:
    assert rulebook().setting("number_jump") == 1000 and rulebook().setting("phone_call_is_notice") is False
    with pytest.raises(UnknownSetting, match=f"{rulebook().id} .* has no setting number_jumps"):
        rulebook().setting("number_jumps")


@pytest.mark.parametrize("name", LATER)
def test_a_stored_rulebook_that_does_not_know_a_later_setting_reads_as_it_was_when_it_came(name: str) -> None:
    old = load(changed(f"  {name}:\n    value: 366\n", f"  {name}_of_another_name:\n    value: 30\n"))
    assert name not in old.choices and old.setting(name) == 366
    assert load(changed(f"  {name}:\n    value: 366\n", f"  {name}:\n    value: 30\n")).setting(name) == 30


def test_where_no_law_was_in_force_there_is_no_choice() -> None:
    with pytest.raises(Refused) as refused:
        Rulebook().setting("number_jump")
    assert [(each.code, each.status) for each in refused.value.refusals] == [("NO_RULEBOOK_THEN", 409)]
