"""The contract as files. What people read (catalogue, AsyncAPI, field map) stays in the tree; schemas and samples, some
nine hundred files, are made again by `liandong docs` below build/."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from liandong.contract import data_schema, envelope_schema, published
from liandong.contract_acts import commands
from liandong.contract_answers import answers
from liandong.contract_asyncapi import asyncapi
from liandong.contract_fieldmap import field_map
from liandong.contract_pages import EN, ZH, catalogue
from liandong.contract_release import FOLDER, folded, promised
from liandong.contract_samples import of_bodies, sample
from liandong.errors import SuiteError
from liandong.made import json_text
from shared.contracts.envelope import canonical
from shared.rulebook.model import Rulebook

GENERATED, BULK = "docs/generated", "build/contract"
SCHEMAS, SAMPLES = f"{BULK}/schemas", f"{BULK}/samples"
PLAYED = "liandong/samples.ndjson"                  # what the demo published: an event a line
Samples = dict[tuple[str, str], dict[str, Any]]     # by service and event


def files(root: Path, openapi: Mapping[str, str], rulebook: Rulebook, made: str) -> Iterator[tuple[str, str | bytes]]:
    """(path below root, content) of what people read. `made`: what a page begins with; `openapi`: service -> its
    document."""
    events, acts = published(), commands(openapi)
    yield f"{GENERATED}/events.zh.md", made + catalogue(events, ZH)
    yield f"{GENERATED}/events.en.md", made + catalogue(events, EN)
    yield f"{GENERATED}/asyncapi.json", json_text(asyncapi(events))
    data = {key: told["good"]["data"] for key, told in samples(root).items()}
    yield "docs/field-map.xlsx", field_map(events, data, acts, rulebook)


def bulk(root: Path, openapi: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(path below root, content) of what programs read: a schema and a sample of every event, a schema of every act."""
    yield f"{SCHEMAS}/envelope.json", json_text(envelope_schema())
    for event in published():
        yield f"{SCHEMAS}/{event.service}/{event.name}.json", json_text(data_schema(event))
    for command in commands(openapi):
        yield f"{SCHEMAS}/acts/{command.name}.json", json_text(command.document)
    for (service, name), told in samples(root).items():
        yield f"{SAMPLES}/{service}/{name}.json", json_text(told)


def samples(root: Path) -> Samples:
    """The sample of every event: made of what the demo played where it plays it."""
    good = {_key(event["type"]): event for event in map(json.loads, (root / PLAYED).read_text("utf-8").splitlines())}
    return {(event.service, event.name): sample(event, good.get((event.service, event.name)))
            for event in published()}


def played(bodies: Iterable[str]) -> str:
    """What `PLAYED` holds: the events that are published among these bodies, one of each kind, a line each."""
    found = of_bodies(bodies)
    return "".join(canonical(good) + "\n" for event in published() if (good := found.get((event.service, event.name))))


def release(root: Path, version: str, openapi: Mapping[str, str]) -> Path:
    """Freezes what events, acts and answers tell and ask as this version has it. Raises SuiteError: a release stays."""
    file = root / FOLDER / f"{version}.json"
    if file.exists():
        raise SuiteError(f"{FOLDER}/{version}.json is there: what was released stays as it is")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json_text(folded(promised(version, published(), commands(openapi), answers(openapi)))), "utf-8")
    return file


def _key(type_: str) -> tuple[str, str]:
    _, service, name, _ = type_.split(".")
    return service, name
