"""The tables of supervision (29): its ladders, which deadlines each is about, and the evidence of every breach that
was heard."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.store import BOARD, PRIVATE, TABLES
from services.oversight.supervision.domain.case import CLOSED, EXCUSED, ISSUER, TARGET, Breach, Found, Supervision
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.contracts.envelope import Event
from shared.crypto.digests import tagged
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant
from shared.deadlines.model import BREACHED, CANCELLED, LIVE, MET, METS

SUPERVISION = case_tables(
    "supervision", TABLES,
    sa.Column("target", sa.String(40), nullable=False, index=True),
    sa.Column("issuer", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),                       # of its last step
    sa.Column("steps", sa.Integer, nullable=False),                         # how many were taken
    sa.Column("answer_by", sa.Date, nullable=False),                        # of the last step
    sa.Column("kinds", sa.Text),                                            # of all steps: ,reminder,urging,
)
BREACHES = sa.Table(
    "breach", TABLES,                                    # each delay that was heard of, also once it was withdrawn
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("deadline", sa.String(36), primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("case", sa.String(36), nullable=False),
    sa.Column("clock", sa.String(80), nullable=False),
    sa.Column("bound", sa.String(40), nullable=False),                      # when it was breached
    sa.Column("due_on", sa.Date),
    sa.Column("epoch", sa.String(40), nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("event", sa.String(36), nullable=False),
    sa.Column("digest", sa.String(80), nullable=False),                     # of the event's text as it was received
    sa.Column("recorded_at", UtcInstant, nullable=False),
    sa.Column("withdrawn_by", sa.String(36), nullable=False),               # the event that did; empty: it stands
    sa.Column("withdrawn_why", sa.Text, nullable=False),
    sa.Index("breach_by_case", "case"),
)
SUPERVISED = sa.Table(
    "supervised", TABLES,                                   # a breach has one ladder at a time: this is its last one
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("deadline", sa.String(36), primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("supervision", sa.String(36), nullable=False, index=True),
    sa.Column("excused", sa.Boolean, nullable=False),
)
CLOSED_BEFORE = sa.Table(
    "supervised_before", TABLES,              # ladders that were closed before another began about the same deadline
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("deadline", sa.String(36), primary_key=True),
    sa.Column("supervision", sa.String(36), primary_key=True),
)
DISPUTED = sa.Table(
    "board_disputed", TABLES,                                               # cases that are disputed now (24)
    sa.Column("case", sa.String(36), primary_key=True),
)
_KEY = ("service", "deadline", "generation")


def columns(case: Supervision, _: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    return {"target": case.holder(TARGET), "issuer": case.holder(ISSUER), "kind": case.step.kind,
            "steps": len(case.steps), "kinds": f",{','.join(case.kinds)},", "answer_by": case.step.answer_by}


def took(kind: str) -> sa.ColumnElement[bool]:
    """Whether a ladder has taken the step of the kind."""
    return SUPERVISION.case.c.kinds.contains(f",{kind},", autoescape=True)


def kinds_of(column: str) -> tuple[str, ...]:
    """The kinds of steps that a ladder's column names."""
    return tuple(kind for kind in column.split(",") if kind)


def about(means: Means, ref: str) -> sa.ColumnElement[bool]:
    """Ladders about a deadline, named as transfer/<its id>."""
    service, _, deadline = ref.partition("/")
    return sa.or_(*(SUPERVISION.case.c.id.in_(sa.select(table.c.supervision).where(
        table.c.service == service, table.c.deadline == deadline)) for table in (SUPERVISED, CLOSED_BEFORE)))


# The evidence

def told(tx: Connection, event: Event) -> None:
    """Of a deadline's event: keeps with its place in its service's journal what it tells of a delay, a breach or that
    the deadline was met late and no breach of it stands; and notes what it withdraws.

    An entry that meets a deadline it starts, or tells a date that lies before the day of entry, leaves no time in which
    a breach could fire: what it tells is the only evidence there is.
    """
    data, row = event.data, BREACHES.c
    ours = (row.service == event.source, row.deadline == data["deadline"])
    gone = data.get("withdrawn") or {}
    if gone.get("kind") == BREACHED:
        _withdraw(tx, event, *ours, row.generation == gone["generation"])
    if event.name == f"deadline_{BREACHED}":
        _keep(tx, event, *ours, row.generation == data["generation"])
    elif data["state"] == MET and data["late"]:
        _keep(tx, event, *ours, row.withdrawn_by == "")
    elif data["state"] == MET:
        _withdraw(tx, event, *ours, row.withdrawn_by == "")


def _keep(tx: Connection, event: Event, *known: sa.ColumnElement[bool]) -> None:
    """The event is evidence, unless there is some that is `known`."""
    data, row = event.data, BREACHES.c
    if tx.execute(sa.select(row.event).where(*known).limit(1)).first() is not None:
        return
    before = tx.execute(sa.select(sa.func.max(row.generation)).where(
        row.service == event.source, row.deadline == data["deadline"])).scalar()
    tx.execute(BREACHES.insert(), {
        "service": event.source, **{name: data[name] for name in (*_KEY[1:], "case", "clock", "bound")},
        "due_on": date.fromisoformat(data["due_on"]) if data["due_on"] else None, "epoch": event.epoch,
        "position": event.position, "event": event.id, "digest": tagged(event.body),
        "recorded_at": event.time, "withdrawn_by": "", "withdrawn_why": ""})
    if before is not None and event.name not in (f"deadline_{BREACHED}", f"deadline_{METS}"):
        ladder = SUPERVISED.c           # met before and late by other dates: the same delay, so under the same ladder
        tx.execute(SUPERVISED.update().where(ladder.service == event.source, ladder.deadline == data["deadline"],
                                             ladder.generation == before), {"generation": data["generation"]})


def _withdraw(tx: Connection, event: Event, *which: sa.ColumnElement[bool]) -> None:
    tx.execute(BREACHES.update().where(*which), {"withdrawn_by": event.id, "withdrawn_why": event.data["why"]})


def latest() -> sa.ColumnElement[bool]:
    """That a breach is the last one of its deadline."""
    row, later = BREACHES.c, BREACHES.alias("later").c
    return ~sa.exists().where(later.service == row.service, later.deadline == row.deadline,
                              later.generation > row.generation)


def on_board() -> sa.ColumnElement[bool]:
    """Joins a breach to its deadline's row on the board."""
    return sa.and_(BOARD.c.service == BREACHES.c.service, BOARD.c.deadline == BREACHES.c.deadline)


def taken() -> sa.ColumnElement[bool]:
    """Joins a breach to the ladder it has."""
    return sa.and_(*(SUPERVISED.c[name] == BREACHES.c[name] for name in _KEY))


def its_ladder() -> sa.ColumnElement[bool]:
    """Joins a breach's ladder to its case, unless it is closed and excused nothing: then one may begin anew."""
    case = SUPERVISION.case.c
    return sa.and_(case.id == SUPERVISED.c.supervision, sa.or_(case.state != CLOSED, SUPERVISED.c.excused))


def held_up(clocks: Iterable[str]) -> sa.Select[tuple[str]]:
    """The ladders of which something that is owed is disputed (24): they wait. Not for what runs by these clocks, those
    of a dispute itself."""
    breach, ladder = BREACHES.c, SUPERVISED.c
    of_ladder = sa.and_(ladder.service == breach.service, ladder.deadline == breach.deadline)
    return (sa.select(ladder.supervision).select_from(DISPUTED).join(BREACHES, breach.case == DISPUTED.c.case)
            .join(SUPERVISED, of_ladder).join(BOARD, on_board())
            .where(latest(), breach.withdrawn_by == "", BOARD.c.state.in_(LIVE), breach.clock.not_in(sorted(clocks)))
            .correlate(None))


def found(tx: Connection, refs: Iterable[str]) -> Found:
    """What the board holds of these deadlines, as a person of the two offices may know of it."""
    wanted = [tuple(ref.split("/", 1)) for ref in refs]
    row, board, ladder = BREACHES.c, BOARD.c, SUPERVISION.case.c
    query = (
        sa.select(BREACHES, board.bound.label("bound_now"), board.state, board.late, board.says,
                  sa.case((SUPERVISED.c.excused, EXCUSED), else_=ladder.state).label("taken"),
                  DISPUTED.c.case.label("disputed"))
        .join(BOARD, on_board()).outerjoin(SUPERVISED, taken()).outerjoin(SUPERVISION.case,
                                                                          ladder.id == SUPERVISED.c.supervision)
        .outerjoin(DISPUTED, DISPUTED.c.case == row.case)
        .where(sa.tuple_(row.service, row.deadline).in_(wanted), latest(),
               row.case.not_in(sa.select(PRIVATE.c.case)))
        .order_by(row.service, row.deadline)
    )
    rows = [(f"{each.service}/{each.deadline}", each) for each in tx.execute(query)]
    return Found(
        tuple(breach_of(each) for _, each in rows), tuple(ref for ref, each in rows if each.withdrawn_by),
        tuple(ref for ref, each in rows if each.state not in LIVE), tuple(ref for ref, each in rows if each.disputed),
        {ref: each.taken for ref, each in rows if each.taken},
        tuple(ref for ref, each in rows if each.state == CANCELLED or (each.state == MET and each.late)))


def breach_of(row: Any) -> Breach:
    """The breach of a row that has the board's `bound_now` and `says` too."""
    return Breach(row.service, row.deadline, row.generation, row.case, row.clock, row.bound_now, row.says, row.due_on,
                  row.epoch, row.position, row.event, row.digest)


# The ladder of a breach

def take(tx: Connection, supervision: str, breaches: Iterable[Breach]) -> None:
    """The breaches have this ladder from now on; one that they had is closed."""
    breaches, row = tuple(breaches), SUPERVISED.c
    keys = sa.tuple_(*(row[name] for name in _KEY)).in_([(each.service, each.deadline, each.generation)
                                                         for each in breaches])
    columns = ("service", "deadline", "supervision")
    tx.execute(CLOSED_BEFORE.insert().from_select(columns, sa.select(*(row[name] for name in columns)).where(keys)))
    tx.execute(SUPERVISED.delete().where(keys))
    tx.execute(SUPERVISED.insert(), [
        {"service": each.service, "deadline": each.deadline, "generation": each.generation,
         "supervision": supervision, "excused": False} for each in breaches])


def excuse(tx: Connection, supervision: str) -> None:
    """What the ladder is about is excused."""
    tx.execute(SUPERVISED.update().where(SUPERVISED.c.supervision == supervision), {"excused": True})
