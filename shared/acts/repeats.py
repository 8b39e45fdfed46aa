"""The same request twice does one thing: idempotency keys, kept 30 days, and external references, kept for ever."""

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from shared.acts.model import Viewer
from shared.acts.request import KEY_REUSED, REF_TAKEN, STILL_RUNNING, Done, Request
from shared.clock import Clock
from shared.contracts.envelope import canonical
from shared.db import SHARED, UtcInstant
from shared.errors import Refused
from shared.vault import Vault

KEPT = timedelta(days=30)
REQUEST = "request"          # the purpose of the keyed digests of bodies

IDEMPOTENCY = sa.Table(
    "idempotency", SHARED,
    sa.Column("appointment", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("body_key", sa.String(160), nullable=False),     # keyed: a plain digest of a name can be guessed
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("kept_at", UtcInstant, nullable=False, index=True),
)
EXTERNAL_REF = sa.Table(
    "external_ref", SHARED,
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("system", sa.String(80), primary_key=True),
    sa.Column("ref", sa.String(200), primary_key=True),
    sa.Column("case", sa.String(36), nullable=False, index=True),
    sa.Column("body_key", sa.String(160), nullable=False),     # keyed: a plain digest of a name can be guessed
    sa.Column("answer", sa.Text, nullable=False),
)


def earlier(tx: Connection, vault: Vault, viewer: Viewer, request: Request) -> Done | None:
    """The first answer to this very request, if it was given. Waits for one still running (STILL_RUNNING at the lock
    time-out). Raises Refused where the key or the reference belongs to another content."""
    if request.key:
        _hold(tx, f"key:{viewer.appointment}:{request.key}")
        found = tx.execute(sa.select(IDEMPOTENCY).where(IDEMPOTENCY.c.appointment == viewer.appointment,
                                                        IDEMPOTENCY.c.key == request.key)).first()
        if found is not None:
            if not _same(vault, found.body_key, request):
                raise Refused(KEY_REUSED)
            return _again(found)
    if ref := request.external_ref:
        _hold(tx, f"ref:{viewer.agency}:{ref.system}:{ref.id}")
        column = EXTERNAL_REF.c
        found = tx.execute(sa.select(EXTERNAL_REF).where(
            column.agency == viewer.agency, column.system == ref.system, column.ref == ref.id)).first()
        if found is not None:
            if not _same(vault, found.body_key, request):
                raise Refused(REF_TAKEN.filled(id=ref.id, case=found.case))
            return _again(found)
    return None


def keep(tx: Connection, vault: Vault, clock: Clock, viewer: Viewer, request: Request, done: Done) -> None:
    """Keeps the answer under the request's key and reference, in the act's own transaction."""
    key = vault.blind(request.body_digest, REQUEST)
    answer = canonical({"case_id": done.case_id, "revision": done.revision, "answer": done.answer, "created": done.created})
    if request.key:
        tx.execute(IDEMPOTENCY.insert(), {"appointment": viewer.appointment, "key": request.key, "answer": answer,
                                          "body_key": key, "kept_at": clock.now()})
    if ref := request.external_ref:
        tx.execute(EXTERNAL_REF.insert(), {"agency": viewer.agency, "system": ref.system, "ref": ref.id,
                                           "case": done.case_id, "body_key": key, "answer": answer})


def sweep(tx: Connection, clock: Clock) -> int:
    """Forgets keys older than 30 days; how many."""
    return tx.execute(IDEMPOTENCY.delete().where(IDEMPOTENCY.c.kept_at < clock.now() - KEPT)).rowcount


def references(tx: Connection, case_id: str, agency: str) -> list[dict[str, str]]:
    """The references an agency gave to a case: told to their owner only."""
    column = EXTERNAL_REF.c
    return [{"system": found.system, "id": found.ref} for found in tx.execute(
        sa.select(column.system, column.ref).where(column.case == case_id, column.agency == agency))]


def _same(vault: Vault, kept: str, request: Request) -> bool:
    return kept in vault.blinds(request.body_digest, REQUEST)


def _again(found: Any) -> Done:
    kept = json.loads(found.answer)
    return Done(kept["case_id"], kept["revision"], kept["answer"], kept["created"], replayed=True)


def _hold(tx: Connection, what: str) -> None:
    """One request of a kind at a time until the transaction ends; SQLite's file lock does that anyway."""
    if tx.dialect.name == "sqlite":
        return
    try:
        tx.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})
    except OperationalError as busy:
        raise Refused(STILL_RUNNING) from busy
