"""The rows of cases: one table of cases and one of their parties for each chapter, and the one way to select cases."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts import repeats
from shared.acts.bare import built, value_of
from shared.acts.convert import Documents, state_hash
from shared.acts.model import Chapter, Party, Viewer
from shared.acts.request import Request
from shared.contracts.envelope import canonical
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.db.database import among
from shared.db.pipelining import Trip


@dataclass(frozen=True, slots=True)
class CaseTables:
    """A chapter's two tables."""

    case: sa.Table
    party: sa.Table


def case_tables(name: str, metadata: sa.MetaData, *columns: sa.Column[Any]) -> CaseTables:
    """The tables of a chapter's cases. `columns` are what its lists and searches ask for, filled from the case."""
    case = sa.Table(
        name, metadata,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("rulebook", sa.String(80), nullable=False),        # the version that binds it
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),               # true date of the latest act that moved it
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("doc", sa.Text, nullable=False),
        sa.Column("state_hash", sa.String(80), nullable=False),
        *columns,
        sa.Index(f"{name}_by_state", "state", "id"),
    )
    party = sa.Table(
        f"{name}_party", metadata,
        sa.Column("agency", sa.String(40), primary_key=True),
        sa.Column("case", sa.String(36), primary_key=True),
        sa.Column("part", sa.String(40), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("until", sa.Date),
        sa.Index(f"{name}_party_by_case", "case"),
    )
    return CaseTables(case, party)


@dataclass(frozen=True)
class Row:
    """A case as it is kept."""

    id: str
    state: str
    revision: int
    rulebook: str
    opened_on: date
    last_on: date
    origin: Mapping[str, Any]
    text: str                           # the case's document, canonical JSON
    state_hash: str

    @cached_property
    def doc(self) -> Mapping[str, Any]:
        """The document, read when it is first asked for."""
        document: dict[str, Any] = value_of(self.text)
        return document

    def built(self, kind: Any) -> Mapping[str, Any]:
        """The document for the dataclass that the chapter's cases are, what is bare in it built already."""
        document: dict[str, Any] = self.__dict__.get("_built") or built(self.text, kind)
        self.__dict__["_built"] = document
        return document


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about a case: its row, and the viewer's part."""

    case: Callable[[], Sequence[Any]]
    part: Callable[[], Sequence[Any]]


class CaseStore:
    """All SQL about a chapter's cases."""

    def __init__(self, chapter: Chapter, tables: CaseTables, documents: Documents) -> None:
        self.chapter, self.tables, self._documents = chapter, tables, documents
        case = tables.case.c
        self._columns = (case.id, case.state, case.revision, case.rulebook, case.opened_on, case.last_on, case.origin,
                         case.doc, case.state_hash)
        self._one = sa.select(*self._columns).where(case.id == sa.bindparam("id"))
        self._locked, party = self._one.where(*repeats.not_kept()).with_for_update(), tables.party.c
        self._part = (
            sa.select(party.case)
            .where(party.agency == sa.bindparam("agency"), party.case == sa.bindparam("id"))
            .limit(sa.literal_column("1"))
        )

    def asked(self, trip: Trip, viewer: Viewer, request: Request) -> Asked:
        """Asks for the case, which is then locked until the transaction ends, and for the viewer's part in it.

        A request that has its answer neither gets the case nor waits for it."""
        return Asked(trip.ask(self._locked, id=request.case_id, **repeats.names(viewer, request)),
                     trip.ask(self._part, agency=viewer.agency, id=request.case_id))

    def found(self, asked: Asked, viewer: Viewer, register: Register) -> Row | None:
        """The case that was asked for; None where there is none, or none that the viewer may know of."""
        row = next(map(_row, asked.case()), None)
        return row if row and (self.knows_all(viewer, register, row.state) or asked.part()) else None

    def seen(self, tx: Connection, case_id: str, viewer: Viewer, register: Register) -> Row | None:
        """The case, not locked; None where there is none, or none that the viewer may know of."""
        row = self.get(tx, case_id)
        return row if row and self.visible(tx, row, viewer, register) else None

    def get(self, tx: Connection, case_id: str) -> Row | None:
        return _row(tx.execute(self._one, {"id": case_id}).first())

    def locked(self, tx: Connection, case_id: str) -> Row | None:
        """The case, locked until the transaction ends, whoever asks."""
        return _row(tx.execute(self._one.with_for_update(), {"id": case_id}).first())

    def many(self, tx: Connection, ids: Iterable[str]) -> list[Row]:
        """The cases of these ids, in one query, in no order."""
        found = tx.execute(sa.select(*self._columns).where(among(tx, self.tables.case.c.id, list(ids))))
        return [row for row in map(_row, found) if row]

    def case_of(self, row: Row) -> Any:
        """The case's dataclass, personal values in the clear."""
        return self._documents.load(self.chapter.case, row.built(self.chapter.case), row.id)

    def shut_case_of(self, row: Row) -> Any:
        """The case's dataclass, personal values empty: nothing is decrypted."""
        return self._documents.load_shut(self.chapter.case, row.built(self.chapter.case))

    def knows_all(self, viewer: Viewer, register: Register, state: str) -> bool:
        """Whether the viewer may know of a case in this state without having a part in it."""
        overseer = sees_all(viewer, register) and (viewer.suite or state not in self.chapter.private)
        return self.chapter.public or overseer

    def visible(self, tx: Connection, row: Row, viewer: Viewer, register: Register) -> bool:
        """Whether the viewer may know of the case: ever a party of it, or in remit by its standing."""
        if self.knows_all(viewer, register, row.state):
            return True
        return tx.execute(self._part, {"agency": viewer.agency, "id": row.id}).first() is not None

    def select(self, viewer: Viewer, register: Register) -> sa.Select[Any]:
        """The one way to select cases: those the viewer may know of."""
        return self.among(sa.select(*self._columns), viewer, register, self._of_party(viewer))

    def among(self, query: sa.Select[Any], viewer: Viewer, register: Register,
              own: sa.ColumnElement[bool]) -> sa.Select[Any]:
        """The selection without the cases that the viewer knows only as a party, but for those of `own`."""
        if not self.chapter.public and not sees_all(viewer, register):
            return query.where(own)
        if self.chapter.public or viewer.suite or not self.chapter.private:
            return query
        return query.where(self.tables.case.c.state.not_in(sorted(self.chapter.private)) | own)

    def _of_party(self, viewer: Viewer) -> sa.ColumnElement[bool]:
        party = self.tables.party.c
        return self.tables.case.c.id.in_(sa.select(party.case).where(party.agency == viewer.agency))

    def page(self, tx: Connection, query: sa.Select[Any], limit: int, after: str = "") -> list[Row]:
        """A page of a selection, newest first, after (before in time) the case id `after`."""
        identity = self.tables.case.c.id
        if after:
            query = query.where(identity < after)
        return [row for row in map(_row, tx.execute(query.order_by(identity.desc()).limit(limit))) if row]

    def save(self, tx: Connection, row: Row, parties: Sequence[Party], columns: Mapping[str, Any],
             before: Sequence[Party] | None) -> None:
        """Writes the case and its parties as they are now; `before`: as they were saved last, None for a new case."""
        values = {"state": row.state, "revision": row.revision, "rulebook": row.rulebook, "opened_on": row.opened_on,
                  "last_on": row.last_on, "origin": canonical(row.origin), "doc": row.text,
                  "state_hash": row.state_hash, **columns}
        table, party = self.tables.case, self.tables.party
        if before is None:
            tx.execute(table.insert(), {"id": row.id, **values})
        else:
            tx.execute(table.update().where(table.c.id == sa.bindparam("case_id")), {"case_id": row.id, **values})
        rows = {(each.agency, each.part, each.since): each for each in parties if each.agency}
        old = {(each.agency, each.part, each.since): each.until for each in before or () if each.agency}
        added = [{"agency": each.agency, "case": row.id, "part": each.part, "since": each.since, "until": each.until}
                 for key, each in rows.items() if key not in old]
        if added:
            tx.execute(party.insert(), added)
        for agency, part, since in old.keys() - rows.keys():                # a date of it was corrected
            tx.execute(party.delete().where(party.c.case == row.id, party.c.agency == agency, party.c.part == part,
                                            party.c.since == since))
        for (agency, part, since), each in rows.items():
            if (agency, part, since) in old and old[agency, part, since] != each.until:
                tx.execute(party.update().where(party.c.case == row.id, party.c.agency == agency, party.c.part == part,
                                                party.c.since == since).values(until=each.until))

    def hashes(self, tx: Connection) -> Iterable[tuple[str, str]]:
        """(case id, hash of the row as it stands), for verify: computed afresh, streamed."""
        for found in tx.execute(sa.select(*self._columns).execution_options(yield_per=500)):
            if row := _row(found):
                yield row.id, state_hash(row.id, row.state, row.revision, canonical(row.doc))


def _row(found: Any) -> Row | None:
    if found is None:
        return None
    return Row(found.id, found.state, found.revision, found.rulebook, found.opened_on, found.last_on,
               json.loads(found.origin), found.doc, found.state_hash)


def sees_all(viewer: Viewer, register: Register) -> bool:
    """Justice and 市政府办公室 see every case (their reads are logged); the suite does too."""
    return viewer.suite or bool(register.standing(viewer.agency) & {JUSTICE, GOVERNMENT_OFFICE})
