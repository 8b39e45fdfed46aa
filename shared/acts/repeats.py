"""The same request twice does one thing: idempotency keys, kept as the city sets, and external references, for ever."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from shared.acts.model import Viewer
from shared.acts.request import KEY_REUSED, REF_TAKEN, STILL_RUNNING, Done, Request
from shared.contracts.envelope import canonical
from shared.crypto.vault import Vault
from shared.db.database import SHARED, UtcInstant
from shared.db.pipelining import Trip
from shared.kernel.clock import Clock
from shared.kernel.errors import Refused
from shared.rulebook.model import Rulebook

KEPT = "idempotency_days"     # the setting of the rulebook
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
    sa.Column("path", sa.String(40)),                          # the collection of the case; of old ones it is not known
)


Asked = Callable[[], Sequence[Any]]       # the rows of an answer

_HOLD = sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("what", type_=sa.Text),
                                                                        sa.literal_column("0"))))
_OF_KEY = sa.select(IDEMPOTENCY.c.body_key, IDEMPOTENCY.c.answer).where(
    IDEMPOTENCY.c.appointment == sa.bindparam("appointment"), IDEMPOTENCY.c.key == sa.bindparam("key"))
_OF_REF = sa.select(EXTERNAL_REF.c.body_key, EXTERNAL_REF.c.answer, EXTERNAL_REF.c.case, EXTERNAL_REF.c.path).where(
    EXTERNAL_REF.c.agency == sa.bindparam("agency"), EXTERNAL_REF.c.system == sa.bindparam("system"),
    EXTERNAL_REF.c.ref == sa.bindparam("ref"))


def asked(trip: Trip, postgresql: bool, viewer: Viewer, request: Request) -> tuple[Asked, Asked]:
    """Asks for what was kept under the request's key, and under its reference. The trip waits for a request of the same
    that is still running; SQLite's file lock has done that."""
    def hold(what: str) -> None:
        if postgresql:
            trip.ask(_HOLD, what=what)

    by_key: Asked = tuple
    by_ref: Asked = tuple
    if request.key:
        hold(f"key:{viewer.appointment}:{request.key}")
        by_key = trip.ask(_OF_KEY, appointment=viewer.appointment, key=request.key)
    if ref := request.external_ref:
        hold(f"ref:{viewer.agency}:{ref.system}:{ref.id}")
        by_ref = trip.ask(_OF_REF, agency=viewer.agency, system=ref.system, ref=ref.id)
    return by_key, by_ref


def not_kept() -> tuple[sa.ColumnElement[bool], ...]:
    """Holds where nothing was kept of the request that `names` names: what else is asked is then not asked for nothing,
    and no case is locked for an answer that was given already."""
    return ~_OF_KEY.exists(), ~_OF_REF.exists()


def names(viewer: Viewer, request: Request) -> dict[str, str]:
    """What the statements here call a request by."""
    ref = request.external_ref
    return {"appointment": viewer.appointment, "key": request.key, "agency": viewer.agency,
            "system": ref.system if ref else "", "ref": ref.id if ref else ""}


def earlier(kept: tuple[Asked, Asked], vault: Vault, request: Request) -> Done | None:
    """The first answer to this very request, if it was given. Raises Refused where the key or the reference belongs to
    another content."""
    by_key, by_ref = kept
    for found in by_key():
        if not _same(vault, found.body_key, request):
            raise Refused(KEY_REUSED)
        return _again(found)
    for found in by_ref():
        if not _same(vault, found.body_key, request):
            ref = request.external_ref.id if request.external_ref else ""
            raise Refused(REF_TAKEN.filled(id=ref, case=found.case, path=found.path or ""))
        return _again(found)
    return None


def keep(tx: Connection, vault: Vault, clock: Clock, path: str, viewer: Viewer, request: Request, done: Done) -> None:
    """Keeps the answer under the request's key and reference, in the act's own transaction. `path`: the collection in
    which its case stands."""
    key = vault.blind(request.body_digest, REQUEST)
    answer = canonical(
        {"case_id": done.case_id, "revision": done.revision, "answer": done.answer, "created": done.created}
    )
    if request.key:
        tx.execute(IDEMPOTENCY.insert(), {"appointment": viewer.appointment, "key": request.key, "answer": answer,
                                          "body_key": key, "kept_at": clock.now()})
    if ref := request.external_ref:
        tx.execute(EXTERNAL_REF.insert(), {"agency": viewer.agency, "system": ref.system, "ref": ref.id,
                                           "case": done.case_id, "body_key": key, "answer": answer, "path": path})


def sweep(tx: Connection, clock: Clock, rulebook: Rulebook) -> int:
    """Forgets keys older than the days that the rulebook keeps them; how many. None before there is a rulebook."""
    if not rulebook.settings:
        return 0
    kept = timedelta(days=int(rulebook.setting(KEPT)))
    return tx.execute(IDEMPOTENCY.delete().where(IDEMPOTENCY.c.kept_at < clock.now() - kept)).rowcount


def forget(tx: Connection, case_id: str) -> None:
    """Drops the answers given of a case: its keys are new again, its references are taken for ever, with no answer."""
    told = f'"case_id":"{case_id}"'
    tx.execute(IDEMPOTENCY.delete().where(IDEMPOTENCY.c.answer.contains(told, autoescape=True)))
    tx.execute(EXTERNAL_REF.update().where(EXTERNAL_REF.c.case == case_id).values(body_key="", answer=""))


def references(tx: Connection, case_id: str, own: str, forebears: frozenset[str]) -> list[dict[str, str]]:
    """The references that an agency gave to a case, and those of whom it took over in it: told to nobody else."""
    column = EXTERNAL_REF.c
    chosen = sa.select(column.agency, column.system, column.ref).where(
        column.case == case_id, column.agency.in_({own, *forebears}))
    rows = tx.execute(chosen.order_by(column.agency, column.system, column.ref))
    return [{"system": found.system, "id": found.ref, **({"agency": found.agency} if found.agency != own else {})}
            for found in rows]


def _same(vault: Vault, kept: str, request: Request) -> bool:
    return kept in vault.blinds(request.body_digest, REQUEST)


def _again(found: Any) -> Done:
    kept = json.loads(found.answer)
    return Done(kept["case_id"], kept["revision"], kept["answer"], kept["created"], replayed=True)


@contextmanager
def lock_time_outs() -> Iterator[None]:
    """A row or key that another request holds too long is a clear answer, not an error."""
    try:
        yield
    except OperationalError as failed:
        if getattr(failed.orig, "sqlstate", "") == "55P03":          # lock_not_available
            raise Refused(STILL_RUNNING) from failed
        raise
