"""Every event that is published, by service: what its `events.py` declares, with what its acts' rows say."""

import importlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.acts.model import Act
from shared.contracts.envelope import type_of
from shared.contracts.frame import ACT_FRAME, EVERYWHERE, PARTIES
from shared.contracts.telling import AGENCY, CODE, DAY, FLAG, ID, INSTANT, OBJECT, REF, WHOLE, Audience, Fact, Telling

FEWEST, MOST = 3, 0.8                           # events of a chapter, and their part, that have facts in common
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE, _TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
PATTERNS = {CODE: r"[A-Za-z0-9._:/-]+", AGENCY: r"[A-Za-z0-9._-]+", ID: r"[A-Za-z0-9-]+", REF: r"[A-Za-z0-9._:/-]+",
            DAY: _DATE, INSTANT: f"{_DATE}T{_TIME}"}
FRAME = frozenset(fact.name for fact in ACT_FRAME)
FORMATS = {ID: "uuid", DAY: "date", INSTANT: "date-time"}
JSON_TYPES = {WHOLE: "integer", FLAG: "boolean", OBJECT: "object"}


@dataclass(frozen=True, slots=True)
class Published:
    """An event as it is published by one service."""

    service: str
    telling: Telling
    acts: tuple[Act, ...]                       # that raise it; none: time does, or the journal itself
    facts: tuple[Fact, ...]                     # of its body, the frame first
    chapter: str = ""                           # the path of the one chapter whose acts raise it: cases

    @property
    def name(self) -> str:
        return self.telling.name

    @property
    def type(self) -> str:
        return type_of(self.service, self.name)

    @property
    def shared(self) -> bool:
        """Whether every service publishes it."""
        return self.telling in EVERYWHERE

    @property
    def common(self) -> tuple[Fact, ...]:
        """What it tells as most events of its chapter do; none where it lacks any of that."""
        facts = common().get((self.service, self.chapter), ())
        return facts if {*map(_said, facts)} <= {*map(_said, self.facts)} else ()

    @property
    def own(self) -> tuple[Fact, ...]:
        """What it tells besides the frame of every act's event and what is common in its chapter."""
        elsewhere = {fact.name for fact in self.common} | (FRAME if self.acts else set())
        return tuple(fact for fact in self.facts if fact.name not in elsewhere)

    @property
    def schema_id(self) -> str:
        """As `dataschema` of the envelope names it."""
        return f"urn:liandong:schema:{self.service}:{self.name}:v1"

    @property
    def article(self) -> str:
        """What it rests on: of its acts, or its own."""
        own = [source.strip() for act in self.acts for source in act.article.split(",")]
        return ", ".join(dict.fromkeys(own)) or self.telling.article

    @property
    def audience(self) -> Audience:
        return self.telling.audience or PARTIES


@cache
def published() -> tuple[Published, ...]:
    """Every event of every service: its own in the order of its chapters, then deadlines and the journal's."""
    return tuple(each for service in SERVICES for each in _of_service(service))


@cache
def known() -> Mapping[tuple[str, str], Published]:
    """By service and name."""
    return {(each.service, each.name): each for each in published()}


@cache
def common() -> Mapping[tuple[str, str], tuple[Fact, ...]]:
    """By service and chapter: the facts besides the frame that most of its events tell alike."""
    told: dict[tuple[str, str], list[Published]] = defaultdict(list)
    for event in published():
        if event.chapter:
            told[event.service, event.chapter].append(event)
    return {key: facts for key, events in told.items() if len(events) >= FEWEST and (facts := _common(events))}


def _common(events: Sequence[Published]) -> tuple[Fact, ...]:
    facts = {_said(fact): fact for event in events for fact in event.facts if fact.name not in FRAME}
    often = Counter(_said(fact) for event in events for fact in event.facts)
    return tuple(fact for said, fact in facts.items() if often[said] >= MOST * len(events))


def _said(fact: Fact) -> str:
    """All that the contract says of it."""
    return json.dumps([fact.name, fact.required, schema_of(fact)])


def declared(service: str) -> tuple[Telling, ...]:
    """What the service's `events.py` declares."""
    tellings: tuple[Telling, ...] = importlib.import_module(f"services.{service}.events").EVENTS
    return tellings


def _of_service(service: str) -> Iterator[Published]:
    chapters = [keeping.chapter for keeping in spec_of(service).keepings]
    for telling in (*declared(service), *EVERYWHERE):
        raising = [(chapter, act) for chapter in chapters for act in chapter.acts if telling.name in act.events]
        states = {state: title for chapter, _ in raising for state, title in chapter.states.items()}
        titles = {act.name: act.title for _, act in raising}
        own = {fact.name for fact in telling.facts}
        frame = tuple(replace(fact, choices={"act": titles, "state": states}.get(fact.name)) for fact in ACT_FRAME
                      if fact.name not in own) if raising else ()
        facts = tuple({fact.name: fact for fact in (*frame, *telling.facts)}.values())
        paths = {chapter.path for chapter, _ in raising}
        yield Published(service, telling, tuple(act for _, act in raising), facts,
                        paths.pop() if len(paths) == 1 else "")


def data_schema(event: Published) -> dict[str, Any]:
    """JSON Schema 2020-12 of an event's body: open, for it grows within v1."""
    return {"$schema": DIALECT, "$id": event.schema_id, "title": event.telling.zh, "description":
            f"{event.telling.en}: sent when {event.telling.sent}.", **object_schema(event.facts)}


def object_schema(facts: tuple[Fact, ...]) -> dict[str, Any]:
    """The schema of an object of these fields; any other may come along."""
    return {"type": "object", "properties": {fact.name: schema_of(fact) for fact in facts},
            "required": sorted(fact.name for fact in facts if fact.required)}


def schema_of(fact: Fact) -> dict[str, Any]:
    """The schema of one field."""
    about: dict[str, Any] = {"title": fact.zh, "description": fact.en}
    about |= {"x-codes": fact.codes} if fact.codes else {}
    about |= {"x-article": fact.article} if fact.article else {}
    about |= {"x-words": dict(fact.choices)} if fact.choices else {}
    value = _value(fact)
    if fact.keyed:
        return {**about, "type": "object", "additionalProperties": value}
    return {**about, "type": "array", "items": value} if fact.many else {**about, **value}


def _value(fact: Fact) -> dict[str, Any]:
    kind = JSON_TYPES.get(fact.type, "string")
    value: dict[str, Any] = {"type": [kind, "null"] if fact.nullable else kind}
    if fact.type == OBJECT:
        return {**value, **({key: told for key, told in object_schema(fact.facts).items() if key != "type"}
                            if fact.facts else {})}
    if kind != "string":
        return value
    if fact.choices:
        return {**value, "enum": [*fact.choices, *([""] if fact.empty else []), *([None] if fact.nullable else [])]}
    if shape := PATTERNS.get(fact.type):
        value["pattern"] = f"^({shape})?$" if fact.empty else f"^{shape}$"
    if form := FORMATS.get(fact.type):
        value |= {} if fact.empty else {"format": form}
    return {**value, **({} if fact.empty or shape else {"minLength": 1}), "maxLength": fact.length}


def envelope_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of what is around every body: CloudEvents 1.0, structured JSON."""
    text = {"type": "string", "minLength": 1}
    return {
        "$schema": DIALECT, "$id": "urn:liandong:schema:envelope:v1", "title": "CloudEvents 1.0",
        "description": "What every event has around its body. Empty extensions are left out.", "type": "object",
        "required": ["specversion", "id", "type", "source", "time", "datacontenttype", "dataschema", "data"],
        "properties": {
            "specversion": {"type": "string", "enum": ["1.0"]},
            "id": {**text, "format": "uuid", "description": "UUIDv7 of the journal's entry: the same however it comes"},
            "type": {**text, "pattern": r"^liandong\.[a-z]+\.[a-z_]+\.v[0-9]+$"},
            "source": {**text, "pattern": r"^urn:liandong:[^:]+:[a-z]+$"},
            "subject": {**text, "description": "the case's id; none: of no case"},
            "time": {**text, "pattern": f"^{PATTERNS[INSTANT]}$", "format": "date-time",
                     "description": "when it was recorded"},
            "datacontenttype": {"type": "string", "enum": ["application/json"]},
            "dataschema": {**text, "description": "$id of the schema that the data adhere to"},
            "data": {"type": "object"},
            "caserevision": {"type": "integer", "minimum": 1, "description": "the case's revision after it"},
            "causationid": {**text, "description": "id of the event that caused it"},
            "corrects": {**text, "description": "id of the entry that it puts right"},
            "traceparent": {**text, "description": "W3C trace context"},
        },
    }
