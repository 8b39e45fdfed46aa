"""The last statement of a transaction: it moves the head and inserts the entries. Nothing slow comes after it.

The head's row is the queue: whoever holds it is next, and lets go by committing. So positions are gapless and in the
order of the commits, and a transaction rolled back leaves no hole. PostgreSQL does the whole batch in one statement;
SQLite, already alone under the file's lock, in a few.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import body_of, canonical
from shared.crypto.digests import salted
from shared.db.database import microseconds
from shared.db.pipelining import fetched
from shared.journal.hashing import digest_of
from shared.journal.model import NewEntry
from shared.journal.tables import journal, journal_audience, journal_detail
from shared.telemetry import tracing


class NotOpened(RuntimeError):
    """The journal has no head: `open_epoch` was never called on this database."""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry in the form of its rows."""

    row: dict[str, Any]               # of `journal`, without the position
    detail: str                       # canonical JSON; empty where there is none
    salt: str
    audience: tuple[str, ...]


def written(entry: NewEntry, *, city: str, service: str, recorded_at: datetime) -> Written:
    """The rows of an entry, part of the trace in which it is written. Raises TypeError or ValueError for data that is
    not JSON."""
    body = body_of(id=entry.id, city=city, service=service, event=entry.type, subject=entry.stream, time=recorded_at,
                   data={**entry.data, "occurred_on": entry.occurred_on}, revision=entry.revision,
                   causation=entry.causation, corrects=entry.corrects, traceparent=tracing.here_told())
    detail = entry.detail if isinstance(entry.detail, str) else canonical(entry.detail) if entry.detail else ""
    salt = secrets.token_hex(16) if detail else ""
    audience = tuple(sorted(entry.audience))
    row = {"id": entry.id, "stream": entry.stream, "type": entry.type, "occurred_on": entry.occurred_on,
           "recorded_at": recorded_at, "actor": entry.actor, "on_behalf_of": entry.on_behalf_of,
           "agency": entry.agency, "causation": entry.causation, "body": body,
           "detail_hash": salted(salt, detail) if detail else "", "state_hash": entry.state_hash}
    return Written({**row, "digest": digest_of(row, audience)}, detail, salt, audience)


def insert(tx: Connection, entries: Sequence[Written]) -> tuple[int, str]:
    """Moves the head and inserts; returns the first position and the epoch. Raises NotOpened."""
    place = _postgresql(tx, entries) if tx.dialect.name == "postgresql" else _sqlite(tx, entries)
    if place is None:
        raise NotOpened("the journal has no head yet")
    return place


_COLUMNS = {"id": "text", "stream": "text", "type": "text", "occurred_on": "date", "recorded_at": "bigint",
            "actor": "text", "on_behalf_of": "text", "agency": "text", "causation": "text", "body": "text",
            "detail_hash": "text", "state_hash": "text", "digest": "text"}
_NAMES = ", ".join(_COLUMNS)
# The batch travels as one JSON text (json, not jsonb: every text in it stays as it is): twice as fast as an array each.
# Details go apart: they may be long, and would be quoted here and unquoted there, sign by sign.
_ONE_STATEMENT = f"""
WITH b AS (SELECT * FROM json_to_recordset(%s::json) AS b(nth bigint, part bigint, salt text, told json,
                                                    {", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())})),
h AS (UPDATE journal_head SET position = position + %s WHERE id = 1 RETURNING position, epoch),
p AS (SELECT position - %s AS base FROM h),
e AS (INSERT INTO journal (position, {_NAMES})
      SELECT p.base + b.nth, {", ".join(f"b.{name}" for name in _COLUMNS)} FROM p, b),
d AS (INSERT INTO journal_detail (position, detail, salt)
      SELECT p.base + b.nth, t.detail, b.salt
      FROM p, b JOIN unnest(%b::text[]) WITH ORDINALITY AS t(detail, part) USING (part)),
a AS (INSERT INTO journal_audience (agency, position)
      SELECT t.agency, p.base + b.nth FROM p, b, json_array_elements_text(b.told) AS t(agency))
SELECT p.base + 1, h.epoch FROM p, h
"""


def _postgresql(tx: Connection, entries: Sequence[Written]) -> tuple[int, str] | None:
    details: list[str] = []
    batch = []
    for nth, entry in enumerate(entries, 1):
        if entry.detail:
            details.append(entry.detail)
        batch.append({**entry.row, "recorded_at": microseconds(entry.row["recorded_at"]),
                      "occurred_on": entry.row["occurred_on"].isoformat(), "nth": nth, "salt": entry.salt,
                      "part": len(details) if entry.detail else None, "told": entry.audience})
    sent = (json.dumps(batch, ensure_ascii=False), len(batch), len(batch), details or [""])
    found = fetched(tx, _ONE_STATEMENT, sent)
    return None if found is None else (found[0], found[1])


_MOVE = sa.text("UPDATE journal_head SET position = position + :n WHERE id = 1 RETURNING position, epoch")


def _sqlite(tx: Connection, entries: Sequence[Written]) -> tuple[int, str] | None:
    found = tx.execute(_MOVE, {"n": len(entries)}).one_or_none()
    if found is None:
        return None
    first = found[0] - len(entries) + 1
    placed = list(enumerate(entries, first))
    tx.execute(journal.insert(), [{"position": at, **entry.row} for at, entry in placed])
    details = [{"position": at, "detail": entry.detail, "salt": entry.salt} for at, entry in placed if entry.detail]
    if details:
        tx.execute(journal_detail.insert(), details)
    if told := [{"agency": agency, "position": at} for at, entry in placed for agency in entry.audience]:
        tx.execute(journal_audience.insert(), told)
    return first, found[1]
