"""Erasing personal data from the journal: the detail goes, its salted hash and every digest stay, an entry tells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.journal.log import Journal
from shared.journal.model import ERASED, Appended, NewEntry
from shared.journal.tables import journal as entries
from shared.journal.tables import journal_detail, journal_erasure
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id


def erase(tx: Connection, journal: Journal, positions: Sequence[int], *, reason: str, actor: str, agency: str = "",
          stream: str = "", document: str = "", detail: Mapping[str, Any] | None = None) -> Appended:
    """Deletes the details at `positions`, as the last act of the transaction; on PostgreSQL the eraser's role may.

    `actor` is the appointment that answers for it; `reason` and `document` name nobody: they are published. What else
    is said of it goes into `detail`. Raises ValueError where a position has no detail (any more).
    """
    wanted = sorted(set(positions))
    held = set(tx.execute(sa.select(journal_detail.c.position).where(journal_detail.c.position.in_(wanted))).scalars())
    if held != set(wanted):
        raise ValueError(f"no detail at {sorted(set(wanted) - held)}")
    now = journal.clock.now()
    entry = NewEntry(id=new_id(now), type=ERASED, stream=stream, occurred_on=day_of(now), actor=actor, agency=agency,
                     data={}, detail=detail or {})
    if wanted:
        tx.execute(journal_erasure.insert(), [{"position": position, "entry": entry.id} for position in wanted])
        tx.execute(journal_detail.delete().where(journal_detail.c.position.in_(wanted)))
    told = {"positions": wanted, "reason": reason, **({"document": document} if document else {})}
    return journal.append(tx, [replace(entry, data=told)])


def details_of(tx: Connection, stream: str) -> list[int]:
    """The positions of a case's entries whose details are still there."""
    return list(tx.execute(sa.select(journal_detail.c.position).join(
        entries, entries.c.position == journal_detail.c.position).where(entries.c.stream == stream)
        .order_by(journal_detail.c.position)).scalars())
