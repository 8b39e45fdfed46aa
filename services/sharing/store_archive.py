"""Finding archive records: what the index of words is asked, and how far a search goes in it.

FTS5 gives what it finds newest first as it goes. GIN does not: all that holds a word comes first, and of a word that is
everywhere that is half the table. So there each word bears the slice of numbers in which it stands, and a search asks
the newest slices first, then more and more of them, until it has enough.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import Connection

from services.sharing import store_records as store
from services.sharing.record_words import asked, digits, mark
from shared.db import among

GROUPS = (1, 6, 30)               # slices asked at once, one group after the other; then all that are left
_SHOWN = tuple(store.RECORD.c[name] for name in (            # what a list needs: a window of them is read for each page
    "nr", "id", "version", "agency", "external_id", "category", "cause", "number", "occurred_on", "access", "title",
    "text", "hidden", "organisation"))
_TSV = sa.table("record_words", sa.column("nr", sa.BigInteger), sa.column("words"))
_FTS = sa.table("record_words", sa.column("rowid", sa.BigInteger), sa.column("record_words"))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a search asks for. `own`: the agencies whose records the viewer may read whatever their access."""

    words: tuple[str, ...] = ()
    agency: str = ""
    category: str = ""
    cause: str = ""
    since: date | None = None
    until: date | None = None
    respondents: tuple[str, ...] = ()             # keys of a name or a number
    own: frozenset[str] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether it asks for what the index of words knows nothing of."""
        return bool(self.respondents or self.since or self.until)


def candidates(tx: Connection, asking: Asking, before: int, most: int) -> list[Mapping[str, Any]]:
    """The newest current versions below the number `before` that may be what is asked for: their words are still to be
    held against the true texts."""
    if not (asking.words or asking.agency or asking.category or asking.cause):
        return store.rows(tx, _query(tx, asking, store.RECORD.c.nr < before), most)
    if tx.dialect.name == "sqlite":
        hit = sa.select(_FTS.c.rowid).where(_FTS.c.record_words.op("MATCH")(_clause(asking, " AND ", " OR ", "*")),
                                            _FTS.c.rowid < before)
        if not asking.narrow:
            hit = hit.order_by(_FTS.c.rowid.desc()).limit(most)
        return store.rows(tx, _query(tx, asking, store.RECORD.c.nr.in_(hit)), most)
    query = _narrow(tx, asking) if asking.narrow else _BY_WORDS
    found: list[Mapping[str, Any]] = []
    for slices in _groups(min(before - 1, store.last_number(tx)) // store.SLICE):
        clauses = ",".join(_clause(asking, " & ", " | ", ":*", digits(number, 3)) for number in slices)
        found += store.told_rows(tx.execute(query, {"clauses": clauses, "before": before, "most": most - len(found)}))
        if len(found) == most:
            break
    return found


def _query(tx: Connection, asking: Asking, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Current versions, without what the index knows nothing of."""
    query = sa.select(*_SHOWN).where(store.RECORD.c.current, which)
    if asking.respondents:
        query = query.where(among(tx, store.RECORD.c.respondent_key, asking.respondents)
                            | among(tx, store.RECORD.c.respondent_name_key, asking.respondents))
    if asking.since:
        query = query.where(store.RECORD.c.occurred_on >= asking.since)
    if asking.until:
        query = query.where(store.RECORD.c.occurred_on <= asking.until)
    return query


def _groups(newest: int) -> Iterator[range]:
    """Groups of slices, the newest first, each larger than the one before."""
    for size in (*GROUPS, newest + 1):
        if newest >= 0:
            yield range(newest, max(newest - size, -1), -1)
            newest -= size


def _of_slices(which: sa.ColumnElement[bool] | None = None) -> sa.Select[Any]:
    """What the slices of `clauses` hold: each is asked by the index for its own newest. What the index knows nothing
    of, `which`, is asked there too, or the newest of a slice might all fail it."""
    before, most = sa.bindparam("before", type_=sa.BigInteger), sa.bindparam("most", type_=sa.Integer)
    clauses = sa.func.string_to_array(sa.bindparam("clauses", type_=sa.Text), ",")
    each = sa.func.unnest(clauses).table_valued("clause", name="each").render_derived()
    hit = sa.select(_TSV.c.nr).where(_TSV.c.words.op("@@")(sa.cast(each.c.clause, TSQUERY)), _TSV.c.nr < before)
    if which is not None:
        hit = hit.join(store.RECORD, store.RECORD.c.nr == _TSV.c.nr).where(which)
    fence = hit.offset(sa.literal_column("0")).correlate(each).lateral("hit")     # by the words, not down the numbers
    newest = sa.select(fence.c.nr).order_by(fence.c.nr.desc()).limit(most).correlate(each).lateral("newest")
    top = sa.select(newest.c.nr).select_from(each.join(newest, sa.true())).order_by(newest.c.nr.desc()).limit(most)
    found, nr = top.subquery(), store.RECORD.c.nr
    return sa.select(*_SHOWN).select_from(found.join(store.RECORD, nr == found.c.nr)).order_by(nr.desc())


_BY_WORDS = _of_slices()


def _narrow(tx: Connection, asking: Asking) -> sa.Select[Any]:
    which = _query(tx, asking, sa.true()).whereclause
    assert which is not None
    return _of_slices(which)


def _clause(asking: Asking, and_: str, or_: str, begins: str, prefix: str = "") -> str:
    """What the index is asked, in its own language."""
    wanted = [each if len(each) == 8 else each + begins for word in asking.words for each in asked(word)]
    wanted += [mark(kind, value) for kind, value in
               (("a", asking.agency), ("c", asking.category), ("u", asking.cause)) if value]
    parts = [prefix + each for each in dict.fromkeys(wanted)]
    if asking.words and asking.agency not in asking.own:        # the words of what is given on request only hide there
        readable = [mark("o"), *(mark("a", own) for own in sorted(asking.own))]
        parts.append(f"({or_.join(prefix + each for each in readable)})")
    return and_.join(parts)
