"""Values that can hold nothing personal, by their types alone, and canonical JSON by msgspec.

A plan has hundreds of them: tasks are read and written whole, in C, and nobody looks through them for what is to be
sealed."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from types import GenericAlias, UnionType
from typing import Any, TypedDict, Union, get_args, get_origin, get_type_hints

import msgspec

from shared.contracts.envelope import canonical
from shared.contracts.personal import Personal

SCALARS = frozenset({str, int, bool, type(None)})
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()


class Bare(list[Any]):
    """A list of a document in which nothing is personal, however deep."""


class Fraction(float):
    """A number with a fraction, which msgspec writes otherwise than `canonical` does: a class that it does not know."""


def text_of(document: Any) -> str:
    """`canonical`, ten times as fast, of what `Documents` makes or JSON was read into: texts, whole numbers, flags,
    None, Fraction, lists, dicts and bare dataclasses. Raises ValueError for a number that is none in JSON."""
    try:
        return _ENCODER.encode(document).decode()
    except (TypeError, UnicodeEncodeError):     # Fraction, a key that is no text, half a sign: rare
        return canonical(document)


def value_of(text: str) -> Any:
    """What such a text was made of. Raises ValueError for what is no JSON."""
    return _DECODER.decode(text)


@cache
def is_bare(kind: Any) -> bool:
    """Whether values of the type are dataclasses, or tuples of them, that hold texts, whole numbers, flags and days
    alone. What may hold anything may hold something personal."""
    if get_origin(kind) is tuple:
        return all(is_bare(inner) for inner in get_args(kind) if inner is not Ellipsis)
    return kind is not Personal and is_dataclass(kind) and all(map(_holds, get_type_hints(kind).values()))


def _holds(kind: Any) -> bool:
    if get_origin(kind) in (tuple, Union, UnionType):
        return all(_holds(inner) for inner in get_args(kind) if inner is not Ellipsis)
    return kind in SCALARS or kind is date or is_bare(kind)


def built(text: str, kind: Any) -> Any:
    """What `value_of` makes of the document of a dataclass, with what is bare in it built already: of hundreds of tasks
    no dicts are made in between. Where they are not as msgspec wants them (a number that an earlier release kept as a
    text), all is as `value_of` has it. Raises ValueError for what is no JSON."""
    try:
        return _reader(kind).decode(text)
    except msgspec.ValidationError:
        return value_of(text)


@cache
def _reader(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_shape(kind))


def _shape(kind: Any) -> Any:
    """The type by which msgspec reads a document of it: what is bare as it is, what holds that as an object of the
    same fields, everything else as it comes. It goes as deep as `places`."""
    if is_bare(kind):
        return kind
    inner = [each for each in get_args(kind) if each not in (Ellipsis, type(None))]
    if get_origin(kind) in (tuple, Union, UnionType) and len(inner) == 1:
        below = _shape(inner[0])
        around = GenericAlias(list, below) if get_origin(kind) is tuple else below | None
        return Any if below is Any else around
    if is_dataclass(kind) and kind is not Personal:
        fields = {name: _shape(hint) for name, hint in get_type_hints(kind).items()}
        if any(shape is not Any for shape in fields.values()):
            return TypedDict("Shape", fields, total=False)     # type: ignore[operator]
    return Any


Places = Mapping[str, Any] | tuple[Any] | None
ANYWHERE: Places = {}


@cache
def places(kind: Any) -> Places:
    """Where something personal may stand in a document of the type: None nowhere, ANYWHERE, by the fields of an object
    that has any, in a tuple of one for the items of a list."""
    if kind in SCALARS or kind is date or is_bare(kind):
        return None
    inner = [each for each in get_args(kind) if each not in (Ellipsis, type(None))]
    if get_origin(kind) in (Union, UnionType) and len(inner) == 1:
        return places(inner[0])
    if get_origin(kind) is tuple and len(inner) == 1:
        return (places(inner[0]),)
    if is_dataclass(kind) and kind is not Personal:
        fields = {name: places(hint) for name, hint in get_type_hints(kind).items()}
        return {name: below for name, below in fields.items() if below is not None} or None
    return ANYWHERE
