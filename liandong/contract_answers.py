"""What the services answer over HTTP: read off their OpenAPI documents, one table of fields for each good answer."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from liandong.contract_acts import whole
from liandong.contract_shapes import Shape, shapes
from shared.http.components import resolved

METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"
HEADER = "header "                              # before the name of one, among the fields


@dataclass(frozen=True, slots=True)
class Answer:
    """One that is no problem: what is asked, the status, and as what it comes."""

    name: str                                   # GET /api/transfer/cases 200 application/json
    fields: Mapping[str, Shape]                 # of a file or of lines: its headers alone


def answers(openapi: Mapping[str, str]) -> tuple[Answer, ...]:
    """Every answer of 2xx. `openapi`: service -> its document."""
    return tuple(answer for text in openapi.values() for answer in _of(json.loads(text)))


def _of(document: Mapping[str, Any]) -> Iterator[Answer]:
    for address, operations in document["paths"].items():
        for method in METHODS:
            for status, told in operations.get(method, {}).get("responses", {}).items():
                if status.startswith("2"):
                    yield from _told(f"{method.upper()} {address} {status}", resolved(told, document), document)


def _told(asked: str, told: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Answer]:
    said = {name: resolved(header, document)["schema"] for name, header in told.get("headers", {}).items()}
    headers = {f"{HEADER}{name}": shape for name, shape in shapes({"properties": said}).items()}
    kinds = told.get("content") or {"": {}}
    for kind, content in kinds.items():
        name = f"{asked} {kind}".rstrip()
        if kind != JSON:
            yield Answer(name, headers)
            continue
        schema = whole(content["schema"], document)
        for number, one in enumerate(_ways(schema), 1):     # what stands first stays so: a new way comes after it
            yield Answer(name if number == 1 else f"{name} ({number})", {**headers, **shapes(one)})


def _ways(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schemas among which an answer is, by what was asked for: one mostly."""
    shared = {"$defs": schema.get("$defs", {})}
    ways = schema.get("oneOf") or schema.get("anyOf")
    yield from ({**shared, **way} for way in ways) if ways else (schema,)
