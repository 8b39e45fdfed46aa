"""The tables of the ledgers: every version of every row, and the names of agencies as they were told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import writing
from services.oversight.store import TABLES
from shared.bus.scratch import WHILE_FILLED
from shared.db.database import UtcInstant, among, microseconds
from shared.kernel.clock import day_of

LEDGER = sa.Table(
    "ledger", TABLES,                                                       # a row of a ledger, from a position on
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("key", sa.String(60), primary_key=True),                      # the case, or an item of it: <case>/2
    sa.Column("position", sa.BigInteger, primary_key=True),                 # of the entry that made it so
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("case", sa.String(36), nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),                        # true date of the event it began with
    sa.Column("recorded_at", UtcInstant, nullable=False),
    sa.Column("until", UtcInstant),                                         # when the next version was recorded
    sa.Column("private", sa.Boolean, nullable=False),                       # drafted still: its parties alone know
    sa.Column("row", sa.Text, nullable=False),                              # JSON by column
    sa.Column("parties", sa.Text, nullable=False, server_default=""),       # who had a part in it then: ,a,b,
    sa.Index("ledger_by_day", "kind", "opened_on", "key", "position"),
    sa.Index("ledger_by_case", "case", "until", info=WHILE_FILLED),
)
AGENCY_NAME = sa.Table(
    "agency_name", TABLES,
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True),                 # of sharing's journal
    sa.Column("recorded_at", UtcInstant, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
)
PROJECTED = (LEDGER, AGENCY_NAME)
_ENCODER = msgspec.json.Encoder(order="sorted")
AT_ONCE = 250


@dataclass(slots=True)
class Version:
    """A row of a ledger as it is since an entry; `until`: when the next version was recorded."""

    kind: str
    key: str
    position: int
    service: str
    case: str
    opened_on: date
    recorded_at: datetime
    until: datetime | None
    private: bool
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a ledger: opened in a period, as they were at an instant, of one agency or of all. `after`: the
    day and key of the row before."""

    kind: str
    since: date
    until: date
    as_of: datetime
    agency: str = ""                    # only rows it has a part in
    everyone: bool = False              # and those of all others that are no drafts
    after: tuple[date, str] | None = None
    of: str = ""                        # of these only the rows in which this agency has a part, or
    about: str = ""                     # which are about it: the column that names it


_END = LEDGER.update().where(
    LEDGER.c.kind == sa.bindparam("of_kind"), LEDGER.c.key == sa.bindparam("of_key"),
    LEDGER.c.position == sa.bindparam("at")).values(until=sa.bindparam("ended"))


def current(tx: Connection, cases: Collection[str]) -> list[Version]:
    """The present rows of the cases."""
    return [_version(row) for some in writing.some(tx, cases) for row in tx.execute(
        sa.select(LEDGER).where(among(tx, LEDGER.c.case, some), LEDGER.c.until.is_(None)))]


def first_day(tx: Connection, kinds: Collection[str], as_of: datetime) -> date | None:
    """The first day on which a row of these ledgers began, as it was known at an instant; None: there was none. Nothing
    begins after it was recorded, so the index by day ends the look."""
    row = LEDGER.c
    known = sa.select(row.opened_on).where(row.opened_on <= day_of(as_of), row.recorded_at < as_of)
    days = [tx.execute(known.where(row.kind == kind).order_by(row.opened_on).limit(1)).scalar() for kind in kinds]
    return min((day for day in days if day is not None), default=None)


def then(tx: Connection, cases: Collection[str], as_of: datetime, known_to: str = "") -> list[Version]:
    """The rows of the cases as they were at an instant; `known_to`: as they were when that agency last had a part in
    them, before it."""
    row = LEDGER.c
    stood = _has_part(known_to) if known_to else sa.or_(row.until.is_(None), row.until >= as_of)
    last = {(found.kind, found.key): found for some in writing.some(tx, cases) for found in tx.execute(
        sa.select(LEDGER).where(among(tx, row.case, some), row.recorded_at < as_of, stood).order_by(row.position))}
    return list(map(_version, last.values()))


def put(tx: Connection, ended: Sequence[tuple[Version, datetime]],
        made: Sequence[tuple[Version, frozenset[str]]]) -> None:
    """New versions with who has a part in each; those that ended, each with since when."""
    if ended:
        tx.execute(_END, [{"of_kind": version.kind, "of_key": version.key, "at": version.position, "ended": since}
                          for version, since in ended])
    writing.put_new(tx, LEDGER, [_row(version, parties) for version, parties in made])


def _row(version: Version, parties: frozenset[str]) -> writing.Row:
    """As the database takes it, in the order of the columns."""
    until = None if version.until is None else microseconds(version.until)
    return (version.kind, version.key, version.position, version.service, version.case, version.opened_on.isoformat(),
            microseconds(version.recorded_at), until, version.private, _ENCODER.encode(version.row).decode(),
            f",{','.join(sorted(parties))}," if parties else ",")


def rows(tx: Connection, asked: Asked, limit: int | None = None) -> Iterator[Version]:
    """The rows asked for by day and key, a few at a time however many there are: PostgreSQL ends a transaction in which
    nobody asks for anything, as while many rows are written to a sheet."""
    row = LEDGER.c
    query = sa.select(LEDGER).where(
        row.kind == asked.kind, row.opened_on.between(asked.since, min(asked.until, day_of(asked.as_of))),
        row.recorded_at < asked.as_of,
        sa.or_(row.until.is_(None), row.until >= asked.as_of)).order_by(row.opened_on, row.key)
    own = _has_part(asked.agency)
    query = query.where(sa.or_(sa.not_(row.private), own) if asked.everyone else own)
    if asked.of:
        query = query.where(sa.or_(_has_part(asked.of), *(
            [row.row.contains(_told(asked.about, asked.of), autoescape=True)] if asked.about else [])))
    if asked.after is not None:
        query = query.where(sa.tuple_(row.opened_on, row.key) > sa.tuple_(*map(sa.literal, asked.after)))
    for found in tx.execute(query.limit(limit), execution_options={"yield_per": AT_ONCE}):
        yield _version(found)


def _has_part(agency: str) -> sa.ColumnElement[bool]:
    """Whether the agency has a part in the row's case, in this version of it: by its very code, as LIKE may not tell
    small letters from capital ones."""
    mark = f",{agency},"
    return sa.func.replace(LEDGER.c.parties, mark, "") != LEDGER.c.parties


def _told(column: str, value: str) -> str:
    """How a row tells the value of a column, as `_ENCODER` writes it."""
    return _ENCODER.encode({column: value}).decode()[1:-1]


def _version(row: Any) -> Version:
    return Version(row.kind, row.key, row.position, row.service, row.case, row.opened_on, row.recorded_at, row.until,
                   row.private, msgspec.json.decode(row.row))


def put_names(tx: Connection, told: Sequence[tuple[str, int, datetime, str]]) -> None:
    """What agencies are called: code, position of the entry that says so, when it was recorded, name."""
    if told:
        tx.execute(AGENCY_NAME.insert(), [dict(zip(("agency", "position", "recorded_at", "name"), each, strict=True))
                                          for each in told])


def names(tx: Connection, as_of: datetime) -> dict[str, str]:
    """What each agency was called at an instant."""
    name = AGENCY_NAME.c
    found = tx.execute(sa.select(name.agency, name.name).where(name.recorded_at < as_of).order_by(name.position))
    return dict(tuple(row) for row in found)
