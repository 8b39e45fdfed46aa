"""What `liandong verify` recomputes of archive records: each version's digest and each delivery's over its versions.

A version is as it came in where its digest is that of its columns, its respondent opens, stands hidden wherever title
and text name it, and is found by its own keys, its content key is that of what it says, and it was recorded at the
instant of which its delivery's id was made; or where the journal says that its person was erased, and of which content
keys. A delivery is whole where the digests of its versions, in order, give the one in its case, which its last entry
holds.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive import repository
from services.sharing.archive.domain import PERSON
from services.sharing.archive.store import DELIVERIES, RECORD
from shared.acts import whom
from shared.acts.keeping import Means
from shared.crypto.digests import tagged
from shared.crypto.keys import VaultError
from shared.journal.findings import Finding
from shared.journal.model import ERASED
from shared.kernel.ids import made_at

AT_ONCE = 200                     # versions in memory at a time; of a delivery beside them the digests
_CASE = DELIVERIES.case


def findings(tx: Connection, means: Means) -> Iterator[Finding]:
    """What is wrong with the archive's records and deliveries, in the order in which they came in."""
    for delivery, brought in groupby(_paged(tx, sa.select(RECORD), RECORD.c.nr), key=lambda row: row["delivery"]):
        digests = []
        for row in brought:
            if not _sound(tx, means, row):
                yield _changed(row)
            digests.append(row["digest"])
        if _told(tx, delivery) != tagged("\n".join(digests)):
            yield _incomplete(delivery)
    yield from _emptied(tx)
    yield from _wrongly_current(tx)


def _paged(tx: Connection, query: sa.Select[Any], by: sa.ColumnElement[Any]) -> Iterator[dict[str, Any]]:
    """All rows in the order of a column that is unlike in each."""
    page = query.order_by(by).limit(AT_ONCE)
    rows = tx.execute(page).mappings().all()
    while rows:
        yield from map(dict[str, Any], rows)
        rows = tx.execute(page.where(by > rows[-1][by])).mappings().all()


def _sound(tx: Connection, means: Means, row: dict[str, Any]) -> bool:
    """Whether a version is as its delivery brought it, or as an erasure of its person left it."""
    try:
        if repository.digest_of(row) != row["digest"] or made_at(row["delivery"]) != row["recorded_at"]:
            return False
        sealed = json.loads(row["respondent"] or "{}")
        if sealed and not any(each["personal"].get("cipher") for each in sealed.values()):
            return _erased(tx, means, row)
        who = repository.opened(means.vault, row)
    except (VaultError, ValueError, KeyError, TypeError, AttributeError):        # what can't even be read was changed
        return False
    name, code = who.get("name", ""), who.get("number", "")
    hidden = repository.hidden((row["title"], row["text"]), (name, code)) if row["respondent_kind"] == PERSON else ""
    keys = ((row["respondent_key"], code or name), (row["respondent_name_key"], name))
    return row["hidden"] == hidden and repository.same_content(means.vault, row, who) and all(
        found in whom.respondent_keys(text, means.vault) if text else not found for found, text in keys)


def _erased(tx: Connection, means: Means, row: Mapping[str, Any]) -> bool:
    """Its content key can't be computed any more: the erasure's entry holds it, since those are kept there."""
    if row["hidden"] or row["respondent_key"] or row["respondent_name_key"]:
        return False
    entries = [entry for entry in means.journal.of_stream(tx, row["id"]) if entry.type == ERASED]
    kept = [(means.journal.detail(tx, entry.position) or {}).get(repository.CONTENT_KEYS) for entry in entries]
    return bool(kept) and all(keys is None or keys.get(str(row["version"])) == row["content_key"] for keys in kept)


def _told(tx: Connection, delivery: str) -> str:
    """The digest in a delivery's case; empty where there is no such delivery."""
    doc = tx.scalar(sa.select(_CASE.c.doc).where(_CASE.c.id == delivery))
    return str(json.loads(doc)["digest"]) if doc else ""


def _emptied(tx: Connection) -> Iterator[Finding]:
    """Deliveries that brought records of which none is there."""
    without = ~sa.exists().where(RECORD.c.delivery == _CASE.c.id)
    for row in _paged(tx, sa.select(_CASE.c.id, _CASE.c.doc).where(without), _CASE.c.id):
        if json.loads(row["doc"])["digest"]:
            yield _incomplete(row["id"])


def _wrongly_current(tx: Connection) -> Iterator[Finding]:
    """Versions that are current though a later one is there, or are not though none is."""
    later = RECORD.alias()
    replaced = sa.exists().where(later.c.id == RECORD.c.id, later.c.version > RECORD.c.version)
    query = sa.select(RECORD).where(sa.or_(RECORD.c.current & replaced, ~RECORD.c.current & ~replaced))
    for row in _paged(tx, query, RECORD.c.nr):
        yield _changed(row)


def _changed(row: Mapping[str, Any]) -> Finding:
    which = row["agency"], row["external_id"], row["version"], row["id"]
    return Finding("RECORD", "档案 {} {} 第 {} 版（{}）与其报送时不符。".format(*which),
                   "record {} {}, version {} ({}), is not as it was delivered".format(*which), 0, row["id"])


def _incomplete(delivery: str) -> Finding:
    return Finding("DELIVERY", f"报送 {delivery} 的档案与其摘要不符：有缺失、增加或者改动。",
                   f"the records of delivery {delivery} do not give its digest: some are missing, added or changed", 0,
                   delivery)
