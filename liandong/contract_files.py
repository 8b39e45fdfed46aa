"""The contract as files: schemas, samples, catalogue, AsyncAPI, field map. `liandong docs` writes them, tests check
them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from liandong.contract import Published, data_schema, envelope_schema, published
from liandong.contract_acts import commands
from liandong.contract_answers import answers
from liandong.contract_asyncapi import asyncapi
from liandong.contract_fieldmap import field_map
from liandong.contract_pages import EN, ZH, catalogue
from liandong.contract_release import FOLDER, frozen
from liandong.contract_samples import DEMO, made_of, of_bodies, sample
from liandong.errors import SuiteError
from shared.rulebook.model import Rulebook

GENERATED = "docs/generated"
SCHEMAS, SAMPLES = f"{GENERATED}/schemas", f"{GENERATED}/samples"
WHOLE_FOLDERS = (SCHEMAS, SAMPLES)              # in which nothing else lies: what has no event any more goes


def files(root: Path, openapi: Mapping[str, str], rulebook: Rulebook, made: str) -> Iterator[tuple[str, str | bytes]]:
    """(path below root, content) of each. `made`: what a page begins with; `openapi`: service -> its document."""
    events, acts = published(), commands(openapi)
    yield f"{GENERATED}/events.zh.md", made + catalogue(events, ZH)
    yield f"{GENERATED}/events.en.md", made + catalogue(events, EN)
    yield f"{SCHEMAS}/envelope.json", _json(envelope_schema())
    for event in events:
        yield f"{SCHEMAS}/{_of(event)}", _json(data_schema(event))
    for command in acts:
        yield f"{SCHEMAS}/acts/{command.name}.json", _json(command.document)
    data = {}
    for event in events:
        told = sample(event, _kept(root, event))
        data[event.service, event.name] = told["good"]["data"]
        yield f"{SAMPLES}/{_of(event)}", _json(told)
    yield f"{GENERATED}/asyncapi.json", _json(asyncapi(events))
    yield "docs/field-map.xlsx", field_map(events, data, acts, rulebook)


def play_samples(root: Path, bodies: Iterator[str]) -> list[str]:
    """Writes the good samples that the demo made anew. The names of those that changed."""
    return [name for name, text in played(bodies) if _differs(root / name, text)]


def played(bodies: Iterator[str]) -> Iterator[tuple[str, str]]:
    """(path below root, text) of the sample of every event among these bodies."""
    found = of_bodies(bodies)
    for event in published():
        if good := found.get((event.service, event.name)):
            yield f"{SAMPLES}/{_of(event)}", _json(made_of(event, DEMO, good))


def release(root: Path, version: str, openapi: Mapping[str, str]) -> Path:
    """Freezes what events, acts and answers tell and ask as this version has it. Raises SuiteError: a release stays."""
    file = root / FOLDER / f"{version}.json"
    if file.exists():
        raise SuiteError(f"{FOLDER}/{version}.json is there: what was released stays as it is")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(frozen(version, published(), commands(openapi), answers(openapi)), "utf-8")
    return file


def _differs(path: Path, text: str) -> bool:
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def _of(event: Published) -> str:
    return f"{event.service}/{event.name}.json"


def _kept(root: Path, event: Published) -> Any:
    path = root / SAMPLES / _of(event)
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
