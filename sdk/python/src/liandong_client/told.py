"""What typed bodies of events have in common: made from an event, deaf to what they do not know."""

import importlib
import keyword
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self, dataclass_transform

from liandong_client.bodies import SERVICES
from liandong_client.events import Event

_bodies: dict[str, type["Told"]] = {}       # by key


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Told:
    """A body: fields of an event by their names. A field that the event may leave out is None then. Every subclass is a
    frozen dataclass."""

    KEY: ClassVar[str] = ""         # the event it is of: transfer.announced; of every service's: deadline_met

    def __init_subclass__(cls, key: str = "") -> None:
        dataclass(frozen=True, kw_only=True)(cls)
        if key:
            cls.KEY = key
            _bodies[key] = cls

    @classmethod
    def of(cls, event: Event) -> Self:
        """The body of an event. Raises ValueError for another event, and for one that lacks what it must tell."""
        if cls.KEY not in (event.key, event.name):
            raise ValueError(f"{event.key} is no {cls.KEY}")
        values = {}
        for field in fields(cls):       # type: ignore[arg-type]
            name = field.name.rstrip("_") if keyword.iskeyword(field.name.rstrip("_")) else field.name
            if name in event.data:
                values[field.name] = _read(event.data[name], field.type)
        try:
            return cls(**values)
        except TypeError as lacking:
            raise ValueError(f"{event.key} {event.id}: {lacking}") from lacking


def told_by(event: Event) -> Told | None:
    """The typed body of an event; None for one that this version of the kit does not know yet: `event.data` has it."""
    if event.source not in SERVICES:
        return None
    for module in (event.source, "every"):
        importlib.import_module(f"liandong_client.bodies.{module}")     # large: loaded when asked for
    body = _bodies.get(event.key) or _bodies.get(event.name)
    return None if body is None else body.of(event)


def _read(value: Any, wanted: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and value and not isinstance(wanted, str):
        kinds = {wanted, *getattr(wanted, "__args__", ())}
        if datetime in kinds:
            return datetime.fromisoformat(value)
        if date in kinds:
            return date.fromisoformat(value)
    return dict(value) if isinstance(value, Mapping) else value
