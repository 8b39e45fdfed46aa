"""Finding archive records: what the index of words is asked, and how far a search goes in it.

FTS5 gives what it finds newest first as it goes. GIN does not: all that holds a word comes first, and of a word that is
everywhere that is half the table. So there each word bears the slice of numbers in which it stands, and a search asks
one slice after the other, the newest first, until it has enough: one statement, whose sort is incremental by slices.
Where the first slices are not enough the words are rare, and a slice is first asked for them alone: what is open to all
stands in most records, and to find it beside a word that is not there costs four times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive import store
from services.sharing.archive.words import DIGITS, asked, mark
from shared.db.database import among
from shared.db.pipelining import Trip

SLICED = "#"                      # in a clause, in place of the three digits of a slice
DENSE = 8                         # slices that are asked without a look whether the words are there at all


# What a search reads of a version: its number; the day on which it occurred, as `date.toordinal` counts; _TOLD; _SAID,
# in which words are looked for. A window of them is read for each page, most only to be ranked: so the texts come
# together and as UTF-8. To read fifteen columns and decode them took longer than all that is done with them.
Shown = tuple[int, int, bytes, bytes]
UNIT = "\x1f"                     # between the texts: a control character, which no text that is taken in has
_TOLD = ("access", "hidden", "id", "version", "agency", "external_id", "category", "cause", "respondent_kind")
_SAID = ("title", "text", "number", "organisation")
_DAY = {"postgresql": "record.occurred_on - DATE '0001-01-01' + 1",
        "sqlite": "CAST(julianday(record.occurred_on) - 1721424.5 AS INTEGER)"}
_UTF8 = {"postgresql": "textsend({})", "sqlite": "CAST({} AS BLOB)"}


def _shown(dialect: str) -> str:
    """The columns of `Shown`."""
    texts = (f" || '{UNIT}' || ".join(f"record.{name}" for name in names) for names in (_TOLD, _SAID))
    return ", ".join(("record.nr", _DAY[dialect], *map(_UTF8[dialect].format, texts)))


def by_name(row: Shown) -> dict[str, Any]:
    """What a list needs of a version, by the names of the table's columns."""
    nr, day, told, said = row
    access, hidden, id_, version, agency, external_id, category, cause, kind = told.decode().split(UNIT)
    title, text, number, organisation = said.decode().split(UNIT)
    return {"nr": nr, "id": id_, "version": int(version), "agency": agency, "external_id": external_id,
            "category": category, "cause": cause, "number": number, "occurred_on": date.fromordinal(day),
            "access": access, "title": title, "text": text, "hidden": hidden, "organisation": organisation,
            "respondent_kind": kind}


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


def candidates(trip: Trip, asking: Asking, before: int, most: int) -> Sequence[Shown]:
    """The newest current versions below the number `before` that may be what is asked for: their words are still to be
    held against the true texts. `trip`: a binary one, which they come on where they can."""
    tx = trip.tx
    if not (asking.words or asking.agency or asking.category or asking.cause):
        return _newest(tx, _query(tx, asking, store.RECORD.c.nr < before), most)
    if tx.dialect.name == "sqlite":
        clause = " AND ".join(filter(None, _clauses(asking, " AND ", " OR ", "*")))
        hit = sa.select(_FTS.c.rowid).where(_FTS.c.record_words.op("MATCH")(clause),
                                            _FTS.c.rowid < before)
        if not asking.narrow:
            hit = hit.order_by(_FTS.c.rowid.desc()).limit(most)
        return _newest(tx, _query(tx, asking, store.RECORD.c.nr.in_(hit)), most)
    words, readable = _clauses(asking, " & ", " | ", ":*", SLICED)
    values: dict[str, Any] = {"words": words, "clause": " & ".join(filter(None, (words, readable))), "before": before}
    if asking.narrow:
        values |= {"respondents": list(asking.respondents), "since": asking.since, "until": asking.until}
    statement = _by_slices(store.SLICE, most, _narrowing(asking), DENSE if readable else None)
    return trip.ask(statement, **values)()


def _newest(tx: Connection, query: sa.Select[Any], most: int) -> Sequence[Any]:
    return tx.execute(query.order_by(store.RECORD.c.nr.desc()).limit(most)).all()


def _query(tx: Connection, asking: Asking, which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Current versions, without what the index knows nothing of."""
    shown = sa.text(_shown(tx.dialect.name))
    query = sa.select(shown).select_from(store.RECORD).where(store.RECORD.c.current, which)
    if asking.respondents:
        query = query.where(among(tx, store.RECORD.c.respondent_key, asking.respondents)
                            | among(tx, store.RECORD.c.respondent_name_key, asking.respondents))
    if asking.since:
        query = query.where(store.RECORD.c.occurred_on >= asking.since)
    if asking.until:
        query = query.where(store.RECORD.c.occurred_on <= asking.until)
    return query


@lru_cache(maxsize=64)
def _by_slices(size: int, most: int, narrowing: str, dense: int | None) -> sa.TextClause:
    """PostgreSQL: the newest `most` that fit `clause`, slice by slice. What the index knows nothing of, `narrowing`, is
    asked in each slice too, or the newest of it might all fail it. Slices after `dense` are first asked for `words`.

    Sizes stand in the text, and `before` where no index is used for it: the plan is good for any value, so that it is
    made once a connection. OFFSET 0 keeps the words before the numbers; no slice is asked when the window is full."""
    digits = " || ".join(f"substr('{DIGITS}', CAST(mod(number / {worth}, 36) AS int) + 1, 1)"
                         for worth in (1296, 36, 1))
    here = f"""each.nth <= {dense} OR (SELECT count(*) FROM record_words AS rare
        WHERE rare.words @@ CAST(replace(CAST(:words AS text), '{SLICED}', each.digits) AS tsquery)) > 0"""
    return sa.text(f"""
        SELECT {_shown("postgresql")}
        FROM (SELECT newest.nr FROM (
                  SELECT nth, {digits} AS digits
                  FROM generate_series(
                      coalesce(least((SELECT max(nr) FROM record), CAST(:before AS bigint) - 1), 0) / {size}, 0, -1)
                      WITH ORDINALITY AS slice (number, nth)
                  ORDER BY nth OFFSET 0) AS each
              CROSS JOIN LATERAL (SELECT nr FROM (
                  SELECT record_words.nr FROM record_words {"JOIN record USING (nr)" if narrowing else ""}
                  WHERE ({"true" if dense is None else here})
                  AND record_words.words @@ CAST(replace(CAST(:clause AS text), '{SLICED}', each.digits) AS tsquery)
                  AND record_words.nr + 0 < CAST(:before AS bigint) {narrowing}
                  OFFSET 0) AS hit ORDER BY nr DESC LIMIT {most}) AS newest
              ORDER BY each.nth, newest.nr DESC LIMIT {most}) AS found
        JOIN record USING (nr) ORDER BY nr DESC""")


def _narrowing(asking: Asking) -> str:
    respondent = "(record.respondent_key = ANY(:respondents) OR record.respondent_name_key = ANY(:respondents))"
    asked = ((asking.respondents, respondent), (asking.since, "record.occurred_on >= :since"),
             (asking.until, "record.occurred_on <= :until"), (asking.narrow, "record.current"))
    return "".join(f" AND {condition}" for value, condition in asked if value)


def _clauses(asking: Asking, and_: str, or_: str, begins: str, prefix: str = "") -> tuple[str, str]:
    """What the index is asked, in its own language: what is wanted; and that the viewer may read it, where that is not
    so of all."""
    wanted = [each if len(each) == 8 else each + begins for word in asking.words for each in asked(word)]
    wanted += [mark(kind, value) for kind, value in
               (("a", asking.agency), ("c", asking.category), ("u", asking.cause)) if value]
    words = and_.join(prefix + each for each in dict.fromkeys(wanted))
    if not asking.words or asking.agency in asking.own:         # the words of what is given on request only hide there
        return words, ""
    readable = [mark("o"), *(mark("a", own) for own in sorted(asking.own))]
    return words, f"({or_.join(prefix + each for each in readable)})"
