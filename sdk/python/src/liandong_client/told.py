"""What typed bodies of events have in common: made from an event, deaf to what they do not know."""

import importlib
import keyword
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self

from liandong_client.bodies import SERVICES
from liandong_client.events import Event


@dataclass(frozen=True, slots=True)
class Told:
    """A body: fields of an event by their names. A field that the event may leave out is None then."""

    KEY: ClassVar[str] = ""         # the event it is of: transfer.announced

    @classmethod
    def of(cls, event: Event) -> Self:
        """The body of an event. Raises ValueError for another event, and for one that lacks what it must tell."""
        if event.key != cls.KEY:
            raise ValueError(f"{event.key} is no {cls.KEY}")
        values = {}
        for field in fields(cls):
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
    module = importlib.import_module(f"liandong_client.bodies.{event.source}")     # large: loaded when asked for
    body: type[Told] | None = module.BODIES.get(event.name)
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
