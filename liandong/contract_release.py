"""What a release promised: its events, acts and answers with their fields, kept as docs/released/<version>.json. What
comes later may add to it and take nothing away."""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Any

from liandong.contract import Published, data_schema
from liandong.contract_acts import Command
from liandong.contract_answers import Answer
from liandong.contract_shapes import Shape, shapes
from shared.contracts.envelope import canonical
from shared.http.components import Names

FOLDER, PARTS = "docs/released", ("events", "acts", "answers")
BESIDE = ("a released event changes by a new type beside the old: raise {newer} too, keep {older} as it is until "
          "nobody reads it, and say in the changelog until when")
LOWER = {"least": "at least", "shortest": "characters at least", "fewest": "entries at least"}
UPPER = {"most": "at most", "length": "characters at most", "entries": "entries at most"}
ANOTHER = "what is asked of a released act changes by an optional field or a new act beside it: keep {older} as it is"
TOLD_ON = "what a released answer tells stays in it: keep {older} and what it told, and tell what is new beside it"


def promised(version: str, events: Iterable[Published], commands: Iterable[Command],
             answers: Iterable[Answer]) -> dict[str, Any]:
    """What a release promises: each event, act and answer with its fields by their paths."""
    return {"version": version,
            "events": {event.type: _fields(shapes(data_schema(event))) for event in events},
            "acts": {command.name: _fields(shapes(command.schema)) for command in commands},
            "answers": {answer.name: _fields(answer.fields) for answer in answers}}


def folded(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same with each field once, under its name, and lists of such names where fields stood: a thousand fields are
    told fifteen thousand times. An object's field lists its own; what has the fields of one before it names that."""
    fields, names = dict[str, Any](), Names("#")

    def listed(flat: Mapping[str, Any]) -> list[str]:
        inner: dict[str, dict[str, Any]] = {}
        for path, field in flat.items():
            first, _, rest = path.partition(".")
            inner.setdefault(first, {})[rest] = field
        return [named(name, its.pop(""), its) for name, its in sorted(inner.items())]

    def named(name: str, field: Mapping[str, Any], its: Mapping[str, Any]) -> str:
        whole = {**field, "fields": listed(its)} if its else field
        given = names.of(name, whole)
        fields[given] = whole
        return given

    def of(part: Mapping[str, Any]) -> dict[str, list[str] | str]:
        first = dict[str, str]()
        return {name: fields if first.setdefault(canonical(fields), name) == name else first[canonical(fields)]
                for name, fields in ((name, listed(flat)) for name, flat in sorted(part.items()))}

    return {"version": told["version"], **{part: of(told[part]) for part in PARTS},
            "fields": dict(sorted(fields.items()))}


def unfolded(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was folded."""
    def flat(names: Iterable[str], before: str = "") -> Iterator[tuple[str, Any]]:
        for name in names:
            whole = told["fields"][name]
            path = before + name.partition("#")[0]
            yield path, {key: copy(said) for key, said in whole.items() if key != "fields"}
            yield from flat(whole.get("fields", ()), f"{path}.")

    return {"version": told["version"], **{
        part: {name: dict(flat(told[part][names] if isinstance(names, str) else names))
               for name, names in told[part].items()} for part in PARTS}}


def _fields(found: Mapping[str, Shape]) -> dict[str, Any]:
    return {path: _kept(shape) for path, shape in found.items()}


def _kept(shape: Shape) -> dict[str, Any]:
    told = {"type": shape.kind, "required": shape.required, "many": shape.many, "nullable": shape.nullable,
            "empty": shape.empty, "length": shape.length, "list": shape.codes, "codes": sorted(shape.words),
            "pattern": shape.pattern, "form": shape.form, "shortest": shape.shortest, "fewest": shape.fewest,
            "entries": shape.entries, "closed": shape.closed}
    bounds = {"least": shape.least, "most": shape.most}         # of which nought says something
    return {name: value for name, value in told.items() if value} | {
        name: bound for name, bound in bounds.items() if bound is not None}


def released(root: Path) -> dict[str, dict[str, Any]]:
    """Every release that was frozen, by version."""
    return {file.stem: unfolded(json.loads(file.read_text("utf-8"))) for file in sorted((root / FOLDER).glob("*.json"))}


def broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What the release promised and is no more, each with how it is done right; empty: nothing."""
    return [*_events(old["events"], new["events"]), *_acts(old["acts"], new["acts"]),
            *_answers(old["answers"], new["answers"])]


def _answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Answers are open and grow as events do, but under the address they have: a new field, status or kind is free."""
    for name, fields in old.items():
        how = TOLD_ON.format(older=name)
        if name not in new:
            yield f"{name} is gone; {how}"
            continue
        for path, was in fields.items():
            for wrong in _lost(was, new[name].get(path), told=True):
                yield f"{name}: {path} {wrong}; {how}"


def _events(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for type_, fields in old.items():
        stem, _, major = type_.rpartition(".v")
        how = BESIDE.format(newer=f"{stem}.v{int(major) + 1}", older=type_)
        if type_ not in new:
            yield f"{type_} is gone; {how}"
            continue
        for path, was in fields.items():
            for wrong in _lost(was, new[type_].get(path), told=True):
                yield f"{type_}: {path} {wrong}; {how}"


def _acts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name, fields in old.items():
        how = ANOTHER.format(older=name)
        if name not in new:
            yield f"{name} is gone; {how}"
            continue
        now = new[name]
        for path, was in fields.items():
            for wrong in _lost(was, now.get(path), told=False):
                yield f"{name}: {path} {wrong}; {how}"
        for path, added in now.items():
            before = path.rpartition(".")[0]
            if path not in fields and added.get("required") and (not before or before in fields):
                yield f"{name}: {path} is new and required; {how}"


def _lost(was: Mapping[str, Any], now: Mapping[str, Any] | None, *, told: bool) -> Iterator[str]:
    """What of a field is lost or narrower. `told`: of an event or an answer, which others read; else of a command,
    which they send."""
    if now is None:
        yield "is gone"
        return
    if (was["type"], was.get("many")) != (now["type"], now.get("many")):
        yield f"was {_said(was)} and is {_said(now)}"
    if gone := sorted(set(was.get("codes", ())) - set(now.get("codes", ()))):
        yield f"has no {', '.join(gone)} any more"
    if was.get("list", "") != now.get("list", ""):
        yield f"was of the list {was.get('list') or 'none'} and is of {now.get('list') or 'none'}"
    yield from _wider(was, now) if told else _narrower(was, now)


def _wider(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What a reader would meet that the release said never comes."""
    yield from (f"may {word} now" for word, mark in (("be null", "nullable"), ("be empty", "empty"))
                if now.get(mark) and not was.get(mark))
    if was.get("required") and not now.get("required"):
        yield "may lack now"
    for bounds, more in ((LOWER, -1), (UPPER, 1)):
        for name, words in bounds.items():
            if name in was and (name not in now or (now[name] - was[name]) * more > 0):
                yield f"had {was[name]} {words} and has {'more' if more > 0 else 'less'}"
    yield from (f"has not the {name} {was[name]} any more" for name in ("pattern", "form")
                if name in was and now.get(name) != was[name] and not (name == "pattern" and now.get("codes")))


def _narrower(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What somebody may send by the release and is refused."""
    if now.get("required") and not was.get("required"):
        yield "is required now"
    yield from (f"may not {word} any more" for word, mark in (("be null", "nullable"), ("be empty", "empty"))
                if was.get(mark) and not now.get(mark))
    if now.get("codes") and not was.get("codes"):
        yield f"takes only {', '.join(now['codes'])} and took any {was['type']}"
    for bounds, more in ((LOWER, -1), (UPPER, 1)):
        for name, words in bounds.items():
            if name in now and (name not in was or (was[name] - now[name]) * more > 0):
                yield f"has {now[name]} {words} and had {was.get(name, 'no limit')}"
    yield from (f"has another {name}" for name in ("pattern", "form") if name in now and now[name] != was.get(name))
    if now.get("closed") and not was.get("closed"):
        yield "takes no other field any more"


def _said(field: Mapping[str, Any]) -> str:
    return f"a list of {field['type']}" if field.get("many") else str(field["type"])
