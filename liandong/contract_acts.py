"""The commands of acts as agencies' systems send them: read off the services' OpenAPI documents, one schema each."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from liandong.contract import DIALECT
from liandong.suite import spec_of
from shared.acts.model import Act
from shared.contracts.machines import code_of

OPENS = "open-"
_COMPONENT = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Command:
    """What an act is asked with."""

    service: str
    path: str                                   # its collection: cases
    act: Act
    schema: Mapping[str, Any]                   # with what it refers to, under $defs

    @property
    def name(self) -> str:
        """transfer.cases.announce"""
        return code_of(self.service, self.path, self.act.name)

    @property
    def document(self) -> dict[str, Any]:
        """JSON Schema 2020-12, strict: what the suite doesn't know it refuses."""
        about = {"$schema": DIALECT, "$id": f"urn:liandong:schema:act:{self.service}:{self.path}:{self.act.name}:v1",
                 "title": self.act.title, "x-article": self.act.article}
        return {**about, **self.schema}


def commands(openapi: Mapping[str, str]) -> tuple[Command, ...]:
    """Every act that has a route, in the order of its chapter. `openapi`: service -> its document."""
    return tuple(command for service, text in openapi.items() for command in _of(service, json.loads(text)))


def _of(service: str, document: Mapping[str, Any]) -> Iterator[Command]:
    found = {(path, act): schema for path, act, schema in _bodies(service, document)}
    for keeping in spec_of(service).keepings:
        for act in keeping.chapter.acts:
            if (schema := found.get((keeping.chapter.path, act.name))) is not None:
                yield Command(service, keeping.chapter.path, act, schema)


def _bodies(service: str, document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(collection, act, schema) of every route that is an act's."""
    for address, operations in document["paths"].items():
        collection, *rest = address.removeprefix(f"/api/{service}/").split("/")
        for method in ("put", "post"):
            operation = operations.get(method, {})
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            name = str(operation.get("operationId", ""))
            if not name or not body:
                continue
            act = rest[-1] if rest and not rest[-1].startswith("{") else name.removeprefix(f"{collection}-")
            yield collection, act.removeprefix(OPENS), whole(body["schema"], document)


def whole(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with every component of the OpenAPI `document` that it refers to, whatever way, under $defs."""
    all_ = document["components"]["schemas"]
    needed: dict[str, Any] = {}
    queue = _named(schema)
    while queue:
        name = queue.pop()
        if name not in needed:
            needed[name] = _moved(all_[name])
            queue += _named(all_[name])
    if (top := schema.get("$ref", "").removeprefix(_COMPONENT)) and top in needed and not _again(top, needed):
        told: dict[str, Any] = needed.pop(top)
    else:
        told = _moved(schema)
    return {**told, **({"$defs": dict(sorted(needed.items()))} if needed else {})}


def _named(node: Any) -> list[str]:
    return re.findall(rf'"{_COMPONENT}([^"]+)"', json.dumps(node))


def _again(name: str, needed: Mapping[str, Any]) -> bool:
    return f'"#/$defs/{name}"' in json.dumps(needed)


def _moved(node: Any) -> Any:
    return json.loads(json.dumps(node).replace(f'"{_COMPONENT}', '"#/$defs/'))
