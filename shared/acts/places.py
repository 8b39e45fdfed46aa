"""Where a case keeps what an act said, so that a correction finds it there and nowhere else. Pure.

A place that holds something else by now, or holds it no more, is none: the act was replaced or confirmed since.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from shared.acts.corrections import Field, Original


class Dataclass(Protocol):
    """Any of them: what `replace` takes."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


T = TypeVar("T", bound=Dataclass)
Place = Callable[[T, Original, Any, date], T | None]          # as a row's `put`, of one kind of case


def fields_of(*paths: str, **codes: str) -> tuple[Field, ...]:
    """The fields that may be corrected: paths in the command, and coded ones with their lists (`__` for a dot)."""
    return (*(Field(path) for path in paths), *(Field(path.replace("__", "."), of) for path, of in codes.items()))


def in_case(part: str, day: str = "") -> Place[T]:
    """A part of the case itself: the command, or the last like it of several, beside its true date."""
    def put(case: T, original: Original, command: Any, on: date) -> T | None:
        return replaced(case, part, day, original, command, on)
    return put


def last_of(many: str, part: str = "", day: str = "") -> Place[T]:
    """One of several in the case: it is the command, or the last of them holds it."""
    def put(case: T, original: Original, command: Any, on: date) -> T | None:
        if not part:
            return replaced(case, many, "", original, command, on)
        held = getattr(case, many)
        last = replaced(held[-1], part, day, original, command, on) if held else None
        changed: dict[str, Any] = {many: (*held[:-1], last)}
        return replace(case, **changed) if last else None
    return put


def one_of(many: str, part: str = "said", day: str = "on") -> Place[T]:
    """Whichever of several in the case holds the command of that day, the latest where several do."""
    def put(case: T, original: Original, command: Any, on: date) -> T | None:
        held = getattr(case, many)
        at = max((number for number, each in enumerate(held) if holds(each, part, day, original)), default=None)
        if at is None:
            return None
        right = replaced(held[at], part, day, original, command, on)
        changed: dict[str, Any] = {many: (*held[:at], right, *held[at + 1:])}
        return replace(case, **changed)
    return put


def inside(part: str, inner: Place[Any]) -> Place[T]:
    """A place inside a part of the case."""
    def put(case: T, original: Original, command: Any, on: date) -> T | None:
        held = getattr(case, part)
        right = inner(held, original, command, on) if held is not None else None
        changed: dict[str, Any] = {part: right}
        return replace(case, **changed) if right is not None else None
    return put


def within(many: str, inner: Place[Any], told: str) -> Place[T]:
    """A place inside the one of several in the case that has the number which the fact `told` of the act's event is."""
    def put(case: T, original: Original, command: Any, on: date) -> T | None:
        wanted, held = int(original.facts[told]), getattr(case, many)
        right = next((inner(each, original, command, on) for each in held if each.number == wanted), None)
        if right is None:
            return None
        changed: dict[str, Any] = {many: tuple(right if each.number == wanted else each for each in held)}
        return replace(case, **changed)
    return put


in_material: Place[Any] = within("materials", in_case("said", "added_on"), "material")     # its words in the catalogue


def holds(each: Any, part: str, day: str, original: Original) -> bool:
    """Whether it is what the act said, on its day and by its agency where it keeps who that was."""
    by = getattr(each, "agency", getattr(each, "by", original.agency))
    return bool(getattr(each, part) == original.command and getattr(each, day) == original.on and by == original.agency)


def replaced(holder: T, part: str, day: str, original: Original, command: Any, on: date) -> T | None:
    """The holder with what is right in the place of what the act said; None where that is not there any more."""
    standing = getattr(holder, part)
    if isinstance(standing, tuple):
        at = max((number for number, each in enumerate(standing) if each == original.command), default=None)
        if at is None:
            return None
        standing = (*standing[:at], command, *standing[at + 1:])
    elif standing != original.command:
        return None
    else:
        standing = command
    changed: dict[str, Any] = {part: standing}
    if day and getattr(holder, day) == original.on:
        changed[day] = on
    return replace(holder, **changed)
