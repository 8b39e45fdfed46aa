"""Every field of personal data that any schema takes becomes a value that is sealed wherever it is stored."""

import importlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from marshmallow import Schema
from marshmallow import fields as marshmallow_fields

from liandong.lawcheck import holds_persons
from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.acts.convert import Documents, erased_of
from shared.acts.model import Party
from shared.contracts.personal import Personal
from shared.crypto.keys import FileKeys
from shared.crypto.vault import Vault
from shared.forms.fields import Many, One, PersonalField

MARKER = "钟离浥尘"


def schemas() -> Iterator[tuple[str, type[Schema]]]:
    """Every act's schema of every service."""
    for name in SERVICES:
        found: Mapping[str, Any] = importlib.import_module(f"services.{name}.schemas").SCHEMAS
        for key, value in found.items():
            rows = value.items() if isinstance(value, Mapping) else ((key, value),)
            yield from ((f"{name} {key} {act}", schema) for act, schema in rows)


def below(schema: Any, seen: frozenset[Any] = frozenset()) -> Iterator[type[Schema]]:
    """A schema and those of the objects in it."""
    kind = type(schema)
    if kind in seen:
        return
    yield kind
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, Many) else field
        if isinstance(inner, One | marshmallow_fields.Nested):
            yield from below(inner.schema, seen | {kind})


KINDS = sorted({kind for _, schema in schemas() for kind in below(schema())}, key=lambda kind: kind.__qualname__)
OF_PERSONS = [kind for kind in KINDS if any(isinstance(each, PersonalField) for each in kind().fields.values())]
KEEPINGS = [keeping for name in SERVICES for keeping in spec_of(name).keepings]
CHAPTERS = [keeping.chapter for keeping in KEEPINGS]
COMMANDS = sorted({act.command for chapter in CHAPTERS for act in chapter.acts if holds_persons(act.command)},
                  key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
CASES = [chapter for chapter in CHAPTERS if holds_persons(chapter.case)]


@pytest.mark.parametrize("kind", OF_PERSONS, ids=lambda kind: kind.__name__)
def test_a_personal_field_becomes_a_personal_value(kind: Any) -> None:
    names = [name for name, field in kind().fields.items() if isinstance(field, PersonalField)]
    hints = get_type_hints(kind.makes)
    for name in names:
        told = hints.get(name)
        assert (told is Personal) if name in hints else holds_persons(kind.makes), (kind, name, told)


def test_no_field_of_names_numbers_and_addresses_is_taken_in_the_clear() -> None:
    """What these words call in 中文 is a person's, unless the schema is of officials who act."""
    personal = ("公民身份号码", "住址", "举报人姓名")
    clear = [f"{kind.__name__}.{name}" for kind in KINDS for name, field in kind().fields.items()
             if any(word in str(field.metadata.get("title", "")) for word in personal)
             and not isinstance(field, PersonalField)]
    assert clear == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda kind: kind.__name__)
def test_a_command_that_holds_a_person_is_stored_sealed(command: type, tmp_path: Path) -> None:
    _sealed(_made(command), Documents(Vault(FileKeys(tmp_path / "keys"))))


@pytest.mark.parametrize("chapter", CASES, ids=lambda chapter: chapter.path)
def test_a_case_that_holds_a_person_is_stored_sealed(chapter: Any, tmp_path: Path) -> None:
    _sealed(_made(chapter.case), Documents(Vault(FileKeys(tmp_path / "keys"))))


@pytest.mark.parametrize("keeping", [each for each in KEEPINGS if holds_persons(each.chapter.case)],
                         ids=lambda keeping: keeping.chapter.path)
def test_what_lists_and_searches_ask_for_of_an_erased_case_tells_of_nobody(keeping: Any, tmp_path: Path) -> None:
    """Neither the value nor a digest by which it could be known again."""
    vault = Vault(FileKeys(tmp_path / "keys"))
    documents = Documents(vault)
    parts = sorted({part for act in keeping.chapter.acts for part in act.by})
    made = replace(_made(keeping.chapter.case), parties=tuple(Party(part, "x", date(2025, 6, 9)) for part in parts))
    document = json.loads(documents.dump(made, "case-1"))
    case, bare = (documents.load(keeping.chapter.case, each, "case-1") for each in (document, erased_of(document)))
    assert case == made
    before, after = (keeping.columns(each, vault) for each in (case, bare))
    keyed = {vault.blind(MARKER, purpose) for purpose in ("respondent", "person")}
    assert MARKER not in str(after) and not keyed & set(map(str, after.values()))
    assert before.keys() == after.keys()


def _sealed(value: Any, documents: Documents) -> None:
    stored = documents.dump(value, "case-1")
    assert MARKER not in stored and '"cipher"' in stored
    bare = json.dumps(erased_of(json.loads(stored)), ensure_ascii=False)
    assert '"cipher"' not in bare and '"salt"' not in bare and '"hash"' in bare


def _made(kind: Any, seen: tuple[Any, ...] = ()) -> Any:
    """A value of the type with a person wherever one may stand."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Personal:
        return Personal(MARKER)
    if origin in (UnionType, Union):
        return _made(next(each for each in inner if each is not type(None)), seen)
    if origin is tuple:
        return (_made(inner[0], seen),) if inner and inner[0] not in seen else ()
    if origin in (frozenset, set):
        return frozenset()
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{each.name: None if hints[each.name] in seen else _made(hints[each.name], (*seen, kind))
                       for each in fields_of(kind)})
    plain: Mapping[Any, Any] = {str: "x", int: 1, bool: True, date: date(2025, 6, 9),
                                datetime: datetime(2025, 6, 9, tzinfo=UTC)}
    return plain.get(kind, {} if isinstance(origin, type) and issubclass(origin, Mapping) else None)
