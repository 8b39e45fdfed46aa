"""The tables of conferences (30)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.conferences.domain.case import FOLLOWED, Conference, Unfinished
from services.oversight.store import BOARD, FILINGS, PARTIES, PRIVATE, TABLES
from shared.acts.bare import value_of
from shared.acts.convert import Documents
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.crypto.vault import Vault
from shared.db.database import among

CONFERENCES = case_tables(
    "conference", TABLES,
    sa.Column("session", sa.Integer, nullable=False, unique=True),
    sa.Column("meets_on", sa.Date),
    sa.Column("held_on", sa.Date),
    sa.Column("minutes", sa.String(200), unique=True),              # 纪要文号; none before they are there
    sa.Column("owes", sa.Text, nullable=False),             # whose resolutions are open, in blanks
)


def columns(case: Conference, _: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    owing = sorted({each.owner for each in case.resolutions if each.open})
    return {"session": case.due.session, "meets_on": case.called.meets_on if case.called else None,
            "held_on": case.held_on, "minutes": case.minutes or None, "owes": f" {' '.join(owing)} "}


def owes(_: Means, agency: str) -> sa.ColumnElement[bool]:
    """Conferences of which the agency has a resolution open."""
    return CONFERENCES.case.c.owes.contains(f" {agency} ", autoescape=True)


_ROW = CONFERENCES.case.c


def those(tx: Connection, ids: Collection[str]) -> Sequence[Any]:
    """Of these ids the conferences: each with its session and 纪要文号."""
    return tx.execute(sa.select(_ROW.id, _ROW.session, _ROW.minutes).where(among(tx, _ROW.id, ids))).all()


def latest_session(tx: Connection) -> int:
    """The latest conference; 0: there is none."""
    return tx.execute(sa.select(sa.func.max(_ROW.session))).scalar() or 0


def minutes_used(tx: Connection, number: str) -> bool:
    """Whether minutes of that number are kept."""
    return tx.execute(sa.select(_ROW.id).where(_ROW.minutes == number)).first() is not None


def known(tx: Connection, refs: Collection[str]) -> frozenset[str]:
    """Those of the refs, service/case or oversight/conference/number, whose case the board, a filing or a conference
    tells of; of one that has only parties there it is not known which service's it is. What its parties alone know
    of is not known here."""
    cases = {ref.split("/")[1] for ref in refs}
    board, filing, party = BOARD.c, FILINGS.case.c, PARTIES.c
    told = sa.union(
        sa.select(board.service, board.case).where(among(tx, board.case, cases)),
        sa.select(filing.service, filing.case).where(among(tx, filing.case, cases)),
        sa.select(sa.literal("oversight"), _ROW.id).where(among(tx, _ROW.id, cases)))
    services = {case: service for service, case in tx.execute(told)}
    parties = set(tx.execute(sa.select(party.case).where(among(tx, party.case, cases))).scalars())
    private = set(tx.execute(sa.select(PRIVATE.c.case).where(among(tx, PRIVATE.c.case, cases))).scalars())

    def is_known(service: str, case: str) -> bool:
        return case not in private and (services[case] == service if case in services else case in parties)

    return frozenset(ref for ref in refs if is_known(*ref.split("/")[:2]))


def unfinished(tx: Connection, documents: Documents, but: str) -> tuple[Unfinished, ...]:
    """What conferences resolved and is open still, the earliest first; `but`: of all others than this one."""
    return tuple(_unfinished(tx, documents, but))


def _unfinished(tx: Connection, documents: Documents, but: str) -> Iterator[Unfinished]:
    query = sa.select(_ROW.id, _ROW.doc).where(_ROW.state == FOLLOWED, _ROW.id != but).order_by(_ROW.session)
    for id, doc in tx.execute(query):
        yield from documents.load_shut(Conference, value_of(doc)).open_resolutions(id)
