"""What msgspec reads and writes is, byte for byte and value for value, what the standard library and cattrs would."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.acts.bare import ANYWHERE, Bare, Fraction, built, is_bare, places, text_of, value_of
from shared.acts.convert import Documents, plain
from shared.acts.persons import Respondent
from shared.contracts.envelope import canonical
from shared.contracts.personal import Personal
from shared.plans import parts
from tests.permissions.test_personal_fields import KEEPINGS

SIGNS = st.characters(codec=None, categories=None)          # every sign there is, halves of signs among them
TEXTS = st.text(SIGNS, max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.floats(allow_nan=False, allow_infinity=False).map(Fraction),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(Bare)
    | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12)


@given(VALUES)
def test_the_text_of_whatever_a_document_can_hold_is_the_canonical_one(value: Any) -> None:
    assert text_of(value) == canonical(value)


@given(VALUES.filter(lambda value: "\\ud" not in json.dumps(value)))
def test_a_text_read_again_has_the_same_text(value: Any) -> None:
    text = text_of(value)
    assert text_of(json.loads(text, parse_float=Fraction)) == text == canonical(json.loads(text))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_never_written(number: str) -> None:
    with pytest.raises(ValueError):
        text_of({"a": Fraction(number)})


def _kinds(kind: Any, seen: set[Any]) -> set[Any]:
    """The dataclasses of which a value of the type may be made."""
    if is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for hint in get_type_hints(kind).values():
            _kinds(hint, seen)
    for inner in get_args(kind):
        _kinds(inner, seen)
    return seen


CHAPTERS = [keeping.chapter for keeping in KEEPINGS]
ROOTS = {kind for chapter in CHAPTERS for kind in (chapter.case, *(act.command for act in chapter.acts))}
EVERY = {kind for root in ROOTS for kind in _kinds(root, set())}
BARE = sorted(filter(is_bare, EVERY), key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


def test_most_of_what_a_plan_holds_is_bare_and_nothing_that_holds_a_person_is() -> None:
    assert {parts.Task, parts.Participant, parts.Fund, parts.Contingency} <= {*BARE}
    assert not {Personal, Respondent, parts.Content} & {*BARE}


@pytest.mark.parametrize("kind", BARE, ids=lambda kind: f"{kind.__module__.rpartition('.')[0]}.{kind.__name__}")
@settings(max_examples=20)
@given(data=st.data())
def test_a_bare_value_is_written_as_it_is_shown_and_comes_back(kind: Any, data: Any) -> None:
    value = data.draw(_values(kind))
    shown = {each.name: _by_hand(getattr(value, each.name)) for each in fields(kind)}
    assert text_of(value) == canonical(shown)
    assert _once(plain({"value": (value,)})["value"]) == [json.loads(canonical(shown))]


@cache
def _values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a bare type. Hypothesis has them too (from_type), for several times the time."""
    if is_dataclass(kind):
        return st.tuples(*map(_values, get_type_hints(kind).values())).map(lambda each: kind(*each))
    if get_origin(kind) is tuple:
        (inner, _) = get_args(kind)
        return st.lists(_values(inner), max_size=4).map(tuple)
    if options := get_args(kind):
        return st.one_of(*map(_values, options))
    return SIMPLE[kind]


SIMPLE = {str: st.text(max_size=5), int: st.integers(), bool: st.booleans(), date: st.dates(), type(None): st.none()}


def _by_hand(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _by_hand(getattr(value, each.name)) for each in fields(value)}
    return [_by_hand(each) for each in value] if isinstance(value, tuple) else value


def _once(value: Any) -> Any:
    return json.loads(json.dumps(value))


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    at: datetime
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: Personal
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    counts: tuple[Count, ...]
    people: tuple[Person, ...]
    first: Person | None
    either: Person | Count
    anything: Any


@pytest.mark.parametrize("kind, bare", [
    (Count, True), (tuple[Count, ...], True), (Person, False), (Personal, False), (Meeting, False), (Case, False),
    (tuple[Person, ...], False), (Any, False), (dict[str, str], False), (str, False)])
def test_bare_is_what_by_its_types_holds_texts_whole_numbers_flags_and_days_alone(kind: Any, bare: bool) -> None:
    assert is_bare(kind) is bare


def test_a_document_is_looked_through_where_its_types_allow_something_personal_and_there_alone() -> None:
    assert places(Case) == {"people": ({"name": ANYWHERE},), "first": {"name": ANYWHERE}, "either": ANYWHERE,
                            "anything": ANYWHERE}
    assert places(Count) is None and places(object) == ANYWHERE


@dataclass(frozen=True, slots=True)
class Kept:
    counts: tuple[Count, ...]
    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    last: Count | None = None
    first: Person | None = None


COUNT = {"number": 3, "on": "2025-06-03"}
LATER = {**COUNT, "number": "3"}            # as an earlier release kept it
NAMED = {"name": {"personal": {"hash": "h"}}, "counts": [COUNT, COUNT]}


@pytest.mark.parametrize("document", [
    {"counts": [COUNT], "people": [NAMED], "meetings": [{"at": "2025-06-03T00:00:00.000000Z", "count": COUNT}]},
    {"counts": [], "people": [NAMED, NAMED], "meetings": [], "last": COUNT, "first": NAMED},
    {"counts": [LATER, COUNT], "people": [], "meetings": [], "last": None, "first": None},
    {"counts": [{**COUNT, "gone": "a field of an earlier release"}], "people": [], "meetings": [], "gone": {}}])
def test_a_document_read_for_its_dataclass_becomes_what_it_becomes_by_hand(document: dict[str, Any]) -> None:
    text, documents = canonical(document), Documents(cast(Any, None))
    assert documents.load_shut(Kept, built(text, Kept)) == documents.load_shut(Kept, value_of(text))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.path)
def test_whatever_a_chapter_keeps_can_be_read_so(chapter: Any) -> None:
    assert built('{"state": "draft"}', chapter.case) == {"state": "draft"}
