"""Where a service keeps its deadlines. Every function takes the caller's transaction.

Locks are taken in the order of ids, so that an act, a ticker and a new calendar never wait for each other in a ring.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import canonical
from shared.db.database import UtcInstant, among
from shared.deadlines import rules
from shared.deadlines.model import (
    BREACHED,
    CANCELLED,
    LIVE,
    MET,
    OPEN,
    PAUSED,
    STARTED,
    WARNED,
    Change,
    Deadline,
    Pause,
)
from shared.deadlines.tables import UNSETTLED, deadline, firing
from shared.kernel.errors import Refusal, Refused

UNKNOWN_LIGHT = Refusal("UNKNOWN_LIGHT", "没有「{light}」这种灯色。", "There is no light {light}.", where="light")

_FIELDS = tuple(each.name for each in fields(Deadline))
_ROW = sa.select(*(deadline.c[name] for name in _FIELDS))
_UPDATE = sa.update(deadline).where(deadline.c.id == sa.bindparam("_id"))


@dataclass(frozen=True, slots=True)
class Firing:
    """A warning or breach that fired, whatever became of it later."""

    deadline: str
    generation: int
    kind: str
    occurred_on: date
    fired_at: datetime


# Reading

def load_open(tx: Connection, case: str, heeding: rules.Heeding | None = None) -> tuple[Deadline, ...]:
    """The live deadlines of a case, locked against a ticker until the transaction ends: for an act on the case.

    `heeding`: those of these clocks and items only, for an act touches few of the hundreds that a plan may have.
    """
    chosen = _ROW.where(deadline.c.case == case, deadline.c.state.in_(LIVE))
    if heeding is not None:
        whole = [clock for clock, items in heeding.items() if items is None]
        some = {clock: items for clock, items in heeding.items() if items}
        if not whole and not some:
            return ()
        chosen = chosen.where(sa.or_(deadline.c.clock.in_(whole), *(
            sa.and_(deadline.c.clock == clock, deadline.c.item.in_(sorted(items))) for clock, items in some.items())))
    return _read(tx, chosen.order_by(deadline.c.id).with_for_update())


def open_of(tx: Connection, cases: Collection[str]) -> tuple[Deadline, ...]:
    """The live deadlines of many cases in one read, the next due first: for a list."""
    if not cases:
        return ()
    chosen = _ROW.where(deadline.c.case.in_(cases), deadline.c.state.in_(LIVE))
    return _read(tx, chosen.order_by(deadline.c.due_at, deadline.c.id))


def running(tx: Connection, clock: str, bound: str, cases: Collection[str]) -> tuple[Deadline, ...]:
    """The live deadlines of one clock that bind one agency in these cases, the next due first."""
    if not cases:
        return ()
    chosen = _ROW.where(deadline.c.case.in_(cases), deadline.c.clock == clock, deadline.c.bound == bound,
                        deadline.c.state.in_(LIVE))
    return _read(tx, chosen.order_by(deadline.c.due_at, deadline.c.id))


def for_case(tx: Connection, case: str, lock: bool = False) -> tuple[Deadline, ...]:
    """Every deadline a case has had, in the order of their starts; locked, in the order of their ids."""
    chosen = _ROW.where(deadline.c.case == case)
    if lock:
        return _read(tx, chosen.order_by(deadline.c.id).with_for_update())
    return _read(tx, chosen.order_by(deadline.c.started_at, deadline.c.clock, deadline.c.id))


def get(tx: Connection, id: str) -> Deadline | None:
    """The deadline of an id."""
    return next(iter(_read(tx, _ROW.where(deadline.c.id == id))), None)


def firings(tx: Connection, deadlines: Collection[str]) -> dict[str, tuple[Firing, ...]]:
    """What has fired of these deadlines, in order."""
    found: dict[str, tuple[Firing, ...]] = dict.fromkeys(deadlines, ())
    chosen = sa.select(*(firing.c[each.name] for each in fields(Firing))).where(firing.c.deadline.in_(deadlines))
    for row in tx.execute(chosen.order_by(firing.c.generation, firing.c.occurred_on, firing.c.kind.desc())):
        found[row.deadline] = (*found[row.deadline], Firing(*row))
    return found


def cases_with_light(light: str, now: datetime) -> sa.Select[tuple[str]]:
    """Selects the cases that have a deadline of that light at `now`. Raises Refused for a light there is none of."""
    column = deadline.c
    running, lit, over = column.state == OPEN, column.yellow_at <= now, column.due_at <= now
    conditions = {
        rules.GREEN: sa.and_(running, sa.not_(lit), sa.not_(over)), rules.YELLOW: sa.and_(running, lit, sa.not_(over)),
        rules.RED: sa.and_(running, over, sa.not_(column.provisional)),
        rules.OVERDUE_UNCONFIRMED: sa.and_(running, over, column.provisional),
        PAUSED: column.state == PAUSED, CANCELLED: column.state == CANCELLED,
        MET: sa.and_(column.state == MET, column.late.is_(False)),
        rules.MET_LATE: sa.and_(column.state == MET, column.late.is_(True)),
        rules.MET_UNCONFIRMED: sa.and_(column.state == MET, column.late.is_(None)),
    }
    if light not in conditions:
        raise Refused(UNKNOWN_LIGHT.filled(light=light))
    return sa.select(column.case).where(conditions[light])


def bound_to(tx: Connection, agency: str, limit: int) -> tuple[Deadline, ...]:
    """Live deadlines that bind an agency, whatever its part in their cases."""
    chosen = _ROW.where(deadline.c.bound == agency, deadline.c.state.in_(LIVE)).order_by(deadline.c.id)
    return _read(tx, chosen.limit(limit))


# Writing

def save(tx: Connection, changes: Sequence[Change]) -> None:
    """Keeps what the changes left of each deadline. Those that were there are locked by the caller."""
    after = {change.deadline.id: change.deadline for change in changes}
    new = {change.deadline.id for change in changes if change.kind == STARTED}
    old = [each for each in after.values() if each.id not in new]
    replace_all(tx, [each for each in old if not each.live])          # before another takes its place, an heir's
    replace_all(tx, [each for each in old if each.live])              # or a new one
    if new:
        tx.execute(sa.insert(deadline), [_values(after[id]) for id in new])


def replace_all(tx: Connection, deadlines: Iterable[Deadline]) -> None:
    """Writes deadlines that are there as they now are."""
    if rows := [{"_id": each.id, **_values(each)} for each in sorted(deadlines, key=lambda each: each.id)]:
        tx.execute(_UPDATE.values({name: sa.bindparam(name) for name in (*_FIELDS, "next_look") if name != "id"}),
                   [{key: value for key, value in row.items() if key != "id"} for row in rows])


# The ticker's

def due(tx: Connection, now: datetime, limit: int) -> tuple[Deadline, ...]:
    """The deadlines to be looked at by `now`, the earliest first; those that another ticker holds are left to it."""
    chosen = _ROW.where(deadline.c.next_look <= now).order_by(deadline.c.next_look, deadline.c.id).limit(limit)
    return _read(tx, chosen.with_for_update(skip_locked=True))


def next_look(tx: Connection) -> datetime | None:
    """The next instant at which time alone changes something; None: there is none."""
    found: datetime | None = tx.execute(sa.select(sa.func.min(deadline.c.next_look))).scalar()
    return found


def overdue(tx: Connection, now: datetime, most: int) -> int:
    """How many should have been looked at by `now`; counted to `most`."""
    some = sa.select(deadline.c.id).where(deadline.c.next_look <= now).limit(most).subquery()
    return tx.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()


def fired(tx: Connection, changes: Sequence[Change], now: datetime) -> list[Change]:
    """Keeps that these fired, and gives back those that did: what someone else has fired or moved is left out.

    Each kind is one conditional statement for all of a generation: no row, not fired.
    """
    column = deadline.c
    won: set[tuple[str, str]] = set()
    after_warning = sa.case((column.provisional, sa.null()), else_=column.due_at)
    for kind, fires, instant, values in (
            (WARNED, column.warned_generation, column.yellow_at, {"next_look": after_warning}),
            (BREACHED, column.breached_generation, column.due_at, {"next_look": sa.null()})):
        generations: dict[int, list[str]] = {}
        for each in changes:
            if each.kind == kind:
                generations.setdefault(each.deadline.generation, []).append(each.deadline.id)
        for generation, ids in generations.items():
            statement = sa.update(deadline).where(
                among(tx, column.id, ids), column.generation == generation, column.state == OPEN, fires != generation,
                instant <= now).values({fires.name: generation, **values})
            won |= {(id, kind) for id in tx.execute(statement.returning(column.id)).scalars()}
    done = [change for change in changes if (change.deadline.id, change.kind) in won]
    days: dict[tuple[str, date | None], list[str]] = {}
    for each in done:
        days.setdefault((each.kind, each.on), []).append(each.deadline.id)
    for (kind, on), ids in days.items():
        told = (column.id, column.generation, sa.literal(kind), sa.literal(on, sa.Date), sa.literal(now, UtcInstant))
        tx.execute(sa.insert(firing).from_select([each.name for each in firing.c],
                                                 sa.select(*told).where(among(tx, column.id, ids))))
    return done


# Reprojection's

def unsettled(tx: Connection, after: str, limit: int, lock: bool = False) -> tuple[Deadline, ...]:
    """The deadlines after an id that another calendar or rulebook may still move, in the order of ids."""
    chosen = _ROW.where(deadline.c.id > after, UNSETTLED).order_by(deadline.c.id).limit(limit)
    return _read(tx, chosen.with_for_update() if lock else chosen)


def _read(tx: Connection, chosen: sa.Select[Any]) -> tuple[Deadline, ...]:
    return tuple(Deadline(**{**row, "pauses": _pauses(row["pauses"])}) for row in tx.execute(chosen).mappings())


def _values(each: Deadline) -> dict[str, Any]:
    values = {name: getattr(each, name) for name in _FIELDS}
    return {**values, "pauses": _text(each.pauses), "next_look": rules.next_look(each)}


def _text(pauses: Iterable[Pause]) -> str:
    return canonical([[each.since_on, each.since, each.until_on, each.until, each.causes] for each in pauses])


def _pauses(text: str) -> tuple[Pause, ...]:
    if text == "[]":
        return ()
    return tuple(Pause(date.fromisoformat(since_on), datetime.fromisoformat(since),
                       date.fromisoformat(until_on) if until_on else None,
                       datetime.fromisoformat(until) if until else None, causes)
                 for since_on, since, until_on, until, causes in json.loads(text))
