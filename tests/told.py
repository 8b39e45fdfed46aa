"""Whatever a test has published is as its service's `events.py` declares it: no field lacks, none is undeclared.

`watch` stands between every journal and its table, on both back ends; situations, which store nothing, ask
`as_declared`.
That every event is declared is another test's (tests/contracts).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from liandong.contract import PATTERNS, known
from shared.acts.model import Outcome
from shared.contracts.envelope import canonical
from shared.contracts.frame import ACT_FRAME
from shared.contracts.telling import FLAG, OBJECT, WHOLE, Fact
from shared.journal import append

FRAME = frozenset(fact.name for fact in ACT_FRAME)
_SHAPES = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}


def watch() -> None:
    """From now on every text that goes into a journal is looked at first."""
    made = append.body_of

    def body_of(**said: Any) -> str:
        body: str = made(**said)
        event = known().get((said["service"], said["event"]))
        data = json.loads(body)["data"]
        if event is not None and ("act" in data or "generation" in data):     # what tests make up has neither
            _none(event.type, wrong(event.facts, data))
        return body

    append.body_of = body_of


def as_declared(service: str, outcome: Outcome[Any]) -> Outcome[Any]:
    """The outcome of an act that is played without a journal, once its facts are as declared: the frame is not around
    them yet."""
    event = known().get((service, outcome.event))
    if event is None:
        return outcome
    facts = tuple(fact for fact in event.facts if fact.name not in FRAME or fact.name in outcome.facts)
    _none(event.type, wrong(facts, json.loads(canonical(outcome.facts))))
    return outcome


def _none(type_: str, found: Iterator[str]) -> None:
    assert not (said := list(found)), f"{type_} {'; '.join(said)}"


def wrong(facts: tuple[Fact, ...], data: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """What of the data is not as declared."""
    declared = {fact.name: fact for fact in facts}
    yield from (f"{at}{name} is not declared" for name in data.keys() - declared.keys())
    for name, fact in declared.items():
        if name not in data:
            if fact.required:
                yield f"{at}{name} lacks"
            continue
        values = list(data[name].values()) if fact.keyed else data[name] if fact.many else [data[name]]
        for value in values if isinstance(values, list) else [values]:
            yield from _wrong_value(fact, value, f"{at}{name}")
        if fact.many and not isinstance(values, list):
            yield f"{at}{name} is no list"


def _wrong_value(fact: Fact, value: Any, at: str) -> Iterator[str]:
    if value is None:
        if not fact.nullable:
            yield f"{at} is null"
    elif fact.type == OBJECT and not isinstance(value, dict):
        yield f"{at} is {value!r}, no object"
    elif fact.type == OBJECT:
        yield from wrong(fact.facts, value, f"{at}.")
    elif not _KINDS.get(fact.type, _is_text)(value):
        yield f"{at} is {value!r}, no {fact.type}"
    elif isinstance(value, str):
        shape = _SHAPES.get(fact.type)
        if not value and not fact.empty:
            yield f"{at} is empty"
        elif value and (len(value) > fact.length or (shape and not shape.fullmatch(value))):
            yield f"{at} is {value!r}"
        elif value and fact.choices and value not in fact.choices:
            yield f"{at} is {value!r}, not in its list"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    WHOLE: lambda value: isinstance(value, int) and not isinstance(value, bool),
    FLAG: lambda value: isinstance(value, bool),
}
