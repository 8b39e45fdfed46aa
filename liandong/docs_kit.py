"""The client kit's typed bodies: a class an event, a module a service. What events have in common stands once, in the
class that they are made of, so that a module can be read."""

import keyword
import textwrap
from collections.abc import Iterable, Iterator

from liandong.contract import JSON_TYPES, Published, common, published
from liandong.places import SERVICES
from shared.contracts.frame import ACT_FRAME
from shared.contracts.telling import DAY, INSTANT, Fact

KIT = "sdk/python"
BODIES = f"{KIT}/src/liandong_client/bodies"
PYTHON = {"integer": "int", "boolean": "bool", "object": "Mapping[str, Any]", "string": "str"}
TIMES = {DAY: "date", INSTANT: "datetime"}
MADE = "Made by `make docs`: do not edit."
WIDTH = 112


def bodies() -> Iterator[tuple[str, str]]:
    """(path below root, content) of each module."""
    names = ", ".join(f'"{service}"' for service in sorted(SERVICES))
    yield f"{BODIES}/__init__.py", f'"""Typed bodies of events. {MADE}"""\n\nSERVICES = ({names})\n'
    of_all = [event for event in published() if event.shared and event.service == SERVICES[0]]
    frame = _class("Act(Told)", "What the event of every act tells.", ACT_FRAME)
    yield f"{BODIES}/every.py", _module("Events of every service, and what every act's event tells.", ["Told"], [
        frame, *(_class(f'{_called(event.name)}(Told, key="{event.name}")', _about(event), event.facts)
                 for event in of_all)])
    for service in SERVICES:
        yield f"{BODIES}/{service}.py", _module(f"What the events of {service} tell.", ["Act", "Told"], [
            *(_class(f"{_common(chapter)}(Act)", f"What most events of {chapter} tell.", facts)
              for (whose, chapter), facts in common().items() if whose == service),
            *(_class(f'{_called(event.name)}({_base(event)}, key="{service}.{event.name}")', _about(event), event.own)
              for event in published() if event.service == service and not event.shared)])


def _module(about: str, bases: list[str], classes: Iterable[str]) -> str:
    body = "\n\n".join(classes)
    times = [name for name in TIMES.values() if f": {name}" in body]
    imports = [*(["from collections.abc import Mapping"] if "Mapping[" in body else []),
               *([f"from datetime import {', '.join(times)}"] if times else []),
               *(["from typing import Any"] if "Any" in body else [])]
    own = [line for name, line in (("Act", "from liandong_client.bodies.every import Act"),
                                   ("Told", "from liandong_client.told import Told"))
           if name in bases and f"({name}" in body]
    return "\n".join((f'"""{about} {MADE}"""', "", *imports, *([""] if imports else []), *own, "", "", body))


def _class(head: str, about: str, facts: Iterable[Fact]) -> str:
    said = textwrap.wrap(f'"""{about}"""', WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join((f"class {head}:", *said, *(f"    {_field(fact.name)}: {_type(fact)}" for fact in facts), ""))


def _about(event: Published) -> str:
    return f"{event.telling.zh}. {event.telling.en}: sent when {event.telling.sent}."


def _base(event: Published) -> str:
    return _common(event.chapter) if event.common else "Act" if event.acts else "Told"


def _common(chapter: str) -> str:
    return f"{_called(chapter.replace('-', '_'))}Act"


def _field(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _type(fact: Fact) -> str:
    one = PYTHON[JSON_TYPES.get(fact.type, "string")]
    if fact.keyed:
        one = PYTHON["object"]
    elif fact.many:
        one = f"tuple[{one}, ...]"
    elif not fact.empty:                        # an empty text is no day
        one = TIMES.get(fact.type, one)
    if not fact.required:
        return f"{one} | None = None"
    return f"{one} | None" if fact.nullable else one


def _called(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
