"""The board of all deadlines: what is kept of each event, and what each viewer may see of it at a given instant.

A projection: every deadline event tells its deadline whole, so the row is what the last one said, and rebuilding from
the feeds gives the same board. The light is computed from the row and the time, never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import store
from services.oversight.store import BOARD, PARTIES
from shared.acts.model import Viewer
from shared.acts.store import sees_all
from shared.contracts.envelope import Event
from shared.contracts.register import Register
from shared.deadlines.model import CANCELLED, KINDS, MET, OPEN, PAUSED
from shared.deadlines.rules import GREEN, MET_LATE, MET_UNCONFIRMED, OVERDUE_UNCONFIRMED, RED, YELLOW
from shared.errors import Refusal, Refused

TITLES = {
    GREEN: "绿灯", YELLOW: "黄灯", RED: "红灯", OVERDUE_UNCONFIRMED: "逾期待确认", PAUSED: "中止计时", MET: "按期完成",
    MET_LATE: "逾期完成", MET_UNCONFIRMED: "完成待确认", CANCELLED: "已撤销",
}
FILTERS = ("agency", "clock", "service", "case", "light")
PART_FACTS = ("sender", "receiver")       # the facts in which a chapter's events tell who has a part in the case now

UNKNOWN_FILTER = Refusal("UNKNOWN_FILTER", "不支持按「{name}」筛选。", "There is no filter {name}.", "internal", 400)
UNKNOWN_LIGHT = Refusal("UNKNOWN_LIGHT", "没有「{light}」这一灯色。", "There is no light {light}.", "internal", 400, "light")
BAD_PLACE = Refusal("BAD_AFTER", "after 应当是上一页给出的 next。", "after must be the next of an earlier page.", "internal", 400,
                    "after")


def deadline_told(tx: Connection, event: Event) -> None:
    """Any deadline event of any service: the row becomes what it tells."""
    store.keep_deadline(tx, event.source, event.data)


def parts_told(tx: Connection, event: Event) -> None:
    """An event of a case that says who has a part in it now: a former receiver loses sight of what comes after it."""
    agencies = frozenset(event.data[fact] for fact in PART_FACTS if event.data.get(fact))
    if event.subject and agencies:
        store.keep_parties(tx, event.subject, agencies)


DEADLINE_EVENTS = tuple(f"deadline_{kind}" for kind in KINDS)


def lights(now: datetime) -> dict[str, sa.ColumnElement[bool]]:
    """When a row shows which light at `now`: the same as shared/deadlines' `light`, which a test holds it to."""
    row = BOARD.c
    runs, met, over = row.state == OPEN, row.state == MET, row.due_at <= now
    return {
        GREEN: sa.and_(runs, row.due_at > now, row.yellow_at > now),
        YELLOW: sa.and_(runs, row.due_at > now, row.yellow_at <= now),
        RED: sa.and_(runs, over, sa.not_(row.provisional)), OVERDUE_UNCONFIRMED: sa.and_(runs, over, row.provisional),
        PAUSED: row.state == PAUSED, MET: sa.and_(met, sa.not_(row.late)), MET_LATE: sa.and_(met, row.late),
        MET_UNCONFIRMED: sa.and_(met, row.late.is_(None)), CANCELLED: row.state == CANCELLED,
    }


def light_at(now: datetime) -> sa.Case[str]:
    """The light of a row at `now`, as SQL."""
    return sa.case(*((shown, light) for light, shown in lights(now).items()))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the board, the earliest due first. `next`: where the following one begins; empty at the end."""

    items: tuple[dict[str, Any], ...]
    next: str


def page(tx: Connection, viewer: Viewer, register: Register, now: datetime, filters: Mapping[str, str], limit: int,
         after: str = "") -> Page:
    """The deadlines the viewer may see. Raises Refused (400) for a filter or light that there is not."""
    row = BOARD.c
    query = _visible(viewer, register).add_columns(light_at(now).label("light"))
    for name, value in filters.items():
        query = query.where(_filter(name, value, now))
    if after:
        query = query.where(sa.tuple_(row.due_at, row.service, row.deadline) > _place(after))
    found = tx.execute(query.order_by(row.due_at, row.service, row.deadline).limit(limit + 1)).all()
    shown = found[:limit]
    more = _mark(shown[-1]) if len(found) > limit else ""
    return Page(tuple(_item(each, register) for each in shown), more)


def _visible(viewer: Viewer, register: Register) -> sa.Select[Any]:
    """The one way to select deadlines: justice and the government office all; an agency those that bind it, and those
    of the cases it has a part in now."""
    query = sa.select(BOARD)
    if sees_all(viewer, register):
        return query
    own = sa.select(PARTIES.c.case).where(PARTIES.c.agency == viewer.agency)
    return query.where(sa.or_(BOARD.c.bound == viewer.agency, BOARD.c.case.in_(own)), sa.literal(bool(viewer.agency)))


def _filter(name: str, value: str, now: datetime) -> sa.ColumnElement[bool]:
    if name not in FILTERS:
        raise Refused(UNKNOWN_FILTER.filled(name=name))
    if name == "light":
        if value not in TITLES:
            raise Refused(UNKNOWN_LIGHT.filled(light=value))
        return lights(now)[value]
    return BOARD.c["bound" if name == "agency" else name] == value


def _mark(row: Any) -> str:
    return f"{row.due_at.isoformat()}|{row.service}|{row.deadline}"


def _place(mark: str) -> Any:
    try:
        due_at, service, deadline = mark.split("|")
        return sa.tuple_(sa.literal(datetime.fromisoformat(due_at), BOARD.c.due_at.type), service, deadline)
    except ValueError:
        raise Refused(BAD_PLACE) from None


def _item(row: Any, register: Register) -> dict[str, Any]:
    bound = register.get(row.bound)
    told = {name: value for name, value in row._mapping.items() if name not in ("warned", "breached")}
    return {**told, "bound_name": bound.name if bound else "", "light_title": TITLES[row.light]}
