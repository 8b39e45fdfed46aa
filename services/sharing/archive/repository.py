"""How deliveries of archive records are kept: what is held against what is there, sealed, keyed and written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.archive import store
from services.sharing.archive.domain import CHAPTER, PERSON, AddRecords, Delivery, Found, Record, once
from services.sharing.archive.words import covered, spans
from shared.acts import whom
from shared.acts.codes import AGENCIES
from shared.acts.convert import erased_of
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context, Outcome, Viewer
from shared.acts.store import Row
from shared.contracts.apart import Apart
from shared.contracts.envelope import canonical
from shared.contracts.personal import ERASED_WORD
from shared.crypto.digests import tagged
from shared.crypto.vault import Vault
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id
from shared.rulebook.model import Rulebook

CONTENT = "record"                # the purpose of the keyed digests of contents
CONTENT_KEYS = "content_keys"     # of an erased record, in the entry that erased it: they can't be computed any more
HIDDEN = "■"                                           # stands for each sign of an erased person
_FIELDS = tuple(field.name for field in fields(Record))
OWN = ("nr", "current", "delivery", "recorded_at", "hidden", "content_key", "respondent_key", "respondent_name_key")


@dataclass(frozen=True)
class Basis:
    """What the rows of a delivery rest on: they are right as long as it is so."""

    agency: str
    there: Mapping[str, store.Known]
    last: int                     # number
    access: str                   # of a record that says none


@dataclass(frozen=True)
class Ready:
    """The rows of a delivery, sealed and keyed, and what is indexed of each; how many records are as they were."""

    basis: Basis
    unchanged: int
    rows: list[dict[str, Any]]
    words: list[str]


def ahead(means: Means, command: AddRecords, viewer: Viewer) -> AddRecords:
    """Makes the rows before the delivery takes its turn at writing: sealing ten thousand records takes seconds, in
    which on SQLite nobody else could write. What has changed by then is made anew."""
    if command.unread.value or not command.lines.value:
        return command
    now, records = means.clock.now(), once(command.lines.value)
    with means.db.read() as tx:
        basis = _basis(tx, viewer.agency, records, means.law.snapshot(tx).current(day_of(now)))
    return replace(command, ready=Apart(_made(means, basis, records, now)))


def look_up(tx: Connection, means: Means, _: Row | None, __: Any, command: AddRecords, context: Context) -> AddRecords:
    """Holds the lines against the agency's records that are there: what is new, the same, another version."""
    if command.unread.value or not command.lines.value:
        return command
    store.take_turn(tx)
    records, ready = once(command.lines.value), command.ready.value or None
    basis = _basis(tx, context.viewer.agency, records, context.rulebook)
    if ready is None or ready.basis != basis:
        ready = _made(means, basis, records, context.now)
    rows = [{**row, "recorded_at": context.now} for row in ready.rows]
    digest = tagged("\n".join(row["digest"] for row in rows)) if rows else ""
    replaced = [basis.there[row["external_id"]].nr for row in rows if row["external_id"] in basis.there]
    kept = Apart((rows, replaced, ready.words), digest)
    found = Found(len(rows) - len(replaced), ready.unchanged, len(replaced), kept)
    return replace(command, lines=replace(command.lines, digest=digest), found=found, ready=Apart())


def _basis(tx: Connection, agency: str, records: Mapping[str, Record], rulebook: Rulebook) -> Basis:
    return Basis(agency, store.known(tx, agency, records), store.last_number(tx),
                 rulebook.setting("record_access"))


def _made(means: Means, basis: Basis, records: Mapping[str, Record], now: datetime) -> Ready:
    rows, words, number = list[dict[str, Any]](), list[str](), basis.last
    for record in records.values():
        before, content = basis.there.get(record.id), _content(record)
        if before and before.content_key in means.vault.blinds(content, CONTENT):
            continue
        number += 1
        rows.append(_row(means.vault, record, content, before, number, basis, now))
        words.append(store.words_of(rows[-1], means.db.sqlite))
    return Ready(basis, len(records) - len(rows), rows, words)


def _content(record: Record) -> str:
    """All that a record says, as one text."""
    told = {name: getattr(record, name) for name in _FIELDS}
    return canonical(told | {"respondent": record.respondent.value,
                             "respondent_number": record.respondent_number.value})


def same_content(vault: Vault, row: dict[str, Any], who: Mapping[str, str]) -> bool:
    """Whether a row's content key is that of what it says. Its `access` may be the setting's where none was told."""
    return any(row["content_key"] in vault.blinds(content_of(row | {"access": access}, who), CONTENT)
               for access in (row["access"], ""))


def content_of(row: Mapping[str, Any], who: Mapping[str, str]) -> str:
    """All that a row says, as its delivery said it; `who`: as `opened` gives it."""
    told = {name: row[name] for name in _FIELDS if name in row}
    return canonical(told | {"id": row["external_id"], "respondent": who.get("name", ""),
                             "respondent_number": who.get("number", "")})


def _row(vault: Vault, record: Record, content: str, before: store.Known | None, number: int, basis: Basis,
         now: datetime) -> dict[str, Any]:
    id_ = before.id if before else new_id(now)
    name, code = record.respondent.value, record.respondent_number.value
    person = record.respondent_kind == PERSON
    row = {
        "nr": number,
        "id": id_,
        "version": before.version + 1 if before else 1,
        "current": True,
        "agency": basis.agency,
        "external_id": record.id,
        "content_key": vault.blind(content, CONTENT),
        "category": record.category,
        "kind": record.kind,
        "cause": record.cause,
        "penalty_item": record.penalty_item,
        "number": record.number,
        "occurred_on": record.occurred_on,
        "retention": record.retention,
        "access": record.access or basis.access,
        "title": record.title,
        "text": record.text,
        "hidden": hidden((record.title, record.text), (name, code)) if person else "",
        "respondent_kind": record.respondent_kind,
        "organisation": "" if person else name,
        "respondent": _sealed(vault, id_, number, name, code),
        "respondent_key": whom.respondent_key(code or name, vault),
        "respondent_name_key": whom.respondent_key(name, vault),
        "recorded_at": now,
    }
    return row | {"digest": digest_of(row)}


def hidden(texts: Sequence[str], secrets: Sequence[str]) -> str:
    """Where title and text name a person: no search may find that."""
    found = [spans(text, secrets) for text in texts]
    return canonical(found) if any(found) else ""


def _sealed(vault: Vault, id_: str, number: int, name: str, code: str) -> str:
    told = {field: {"personal": vault.seal(value, f"{id_}/{number}/{field}")}
            for field, value in (("name", name), ("number", code)) if value}
    return canonical(told) if told else ""


def opened(vault: Vault, row: Mapping[str, Any]) -> dict[str, str]:
    """A row's respondent in the clear: name and number, as far as they were told. Of one that was erased the name says
    so."""
    sealed = json.loads(row["respondent"] or "{}")
    told = {field: vault.open(each["personal"], f"{row['id']}/{row['nr']}/{field}")
            for field, each in sealed.items() if each["personal"].get("cipher")}
    return told if told or not sealed else {"name": ERASED_WORD}


def digest_of(row: Mapping[str, Any]) -> str:
    """Of a version as it is kept, what is personal by its salted hash, title and text without the person whom they
    name: it holds when that is erased."""
    told = {name: value for name, value in row.items() if name not in (*OWN, "digest")}
    title, text = impersonal(row)
    told |= {"title": title, "text": text, "occurred_on": row["occurred_on"].isoformat(), "respondent": _hashes(row)}
    return tagged(canonical(told))


def impersonal(row: Mapping[str, Any], sign: str = HIDDEN, figure: str = "") -> tuple[str, str]:
    """Title and text with this sign in place of each of the person's; see `covered`."""
    title, text = store.searched(row).hidden
    return covered(row["title"], title, sign, figure), covered(row["text"], text, sign, figure)


def _hashes(row: Mapping[str, Any]) -> Any:
    return erased_of(json.loads(row["respondent"] or "{}"))


def keep(tx: Connection, _: Means, case_id: str, outcome: Outcome[Any], command: AddRecords, context: Context) -> None:
    """Writes what the delivery brought."""
    rows, replaced, words = command.found.rows.value or ((), (), ())
    store.insert(tx, list(_of(case_id, rows)), replaced, words)


def _of(delivery: str, rows: Any) -> Iterator[dict[str, Any]]:
    return ({**row, "delivery": delivery} for row in rows)


def summary(case: Delivery) -> Mapping[str, Any]:
    """What a list shows of a delivery."""
    return {"agency": case.agency, "categories": case.categories, "new": case.new, "unchanged": case.unchanged,
            "replaced": case.replaced}


KEEPING = Keeping(CHAPTER, store.DELIVERIES, store.columns, {"add-records": look_up}, {"add-records": keep}, summary,
                  {"agency": Filter("报送机关", AGENCIES)}, named=("agency",))
