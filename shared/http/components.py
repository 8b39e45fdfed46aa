"""What operations of an OpenAPI document say alike stands once, under its components: a service's document is a third
as long, and what an operation has of its own is seen."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

COMPONENTS = "#/components/"


class Names:
    """Names for values: the first value of a name takes it as it is, each other one with a number behind `mark`."""

    def __init__(self, mark: str = "-") -> None:
        self._mark = mark
        self._given: dict[tuple[str, str], str] = {}
        self._variants = Counter[str]()

    def of(self, name: str, value: Any) -> str:
        """The name of this JSON value; the same for the same value."""
        key = name, json.dumps(value, sort_keys=True)
        if key not in self._given:
            self._variants[name] += 1
            many = self._variants[name]
            self._given[key] = name if many == 1 else f"{name}{self._mark}{many}"
        return self._given[key]


def share(document: dict[str, Any]) -> None:
    """Moves parameters, headers and the answers of a named schema to the components and refers to them."""
    components, names = document["components"], defaultdict[str, Names](Names)

    def moved(kind: str, name: str, told: Any) -> dict[str, str]:
        given = names[kind].of(name, told)
        components.setdefault(kind, {})[given] = told
        return {"$ref": f"{COMPONENTS}{kind}/{given}"}

    for told in _parts(document["paths"]):
        if "parameters" in told:
            told["parameters"] = [moved("parameters", each["name"], each) for each in told["parameters"]]
        for status, answer in told.get("responses", {}).items():
            if "headers" in answer:
                answer["headers"] = {name: moved("headers", name, each) for name, each in answer["headers"].items()}
            if name := _schema(answer):
                about = {} if answer["description"] == name else {"description": answer["description"]}
                told["responses"][status] = moved("responses", name, {**answer, "description": name}) | about


def resolved(told: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it refers to, with what it says itself over it."""
    if "$ref" not in told:
        return told
    kind, name = told["$ref"].removeprefix(COMPONENTS).split("/")
    return {**document["components"][kind][name], **{key: each for key, each in told.items() if key != "$ref"}}


def _parts(paths: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each path's item, which may have parameters of its own, and each of its operations."""
    for item in paths.values():
        yield item
        yield from (each for each in item.values() if isinstance(each, dict))


def _schema(answer: Mapping[str, Any]) -> str:
    """The name of its schema, where it has one and comes in one way."""
    content = [*answer.get("content", {}).values()]
    return content[0].get("schema", {}).get("$ref", "").rpartition("/")[2] if len(content) == 1 else ""
