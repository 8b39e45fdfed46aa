"""The board of all deadlines: what is kept of each event, and what each viewer may see of it at a given instant.

A projection: every deadline event tells its deadline whole, so the row is what the last one said, and rebuilding from
the feeds gives the same board. The light is computed from the row and the time, never stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import store
from services.oversight.store import BOARD, PARTIES, PRIVATE
from shared.acts.model import Viewer
from shared.acts.reading import UNKNOWN_FILTER, Page
from shared.acts.store import sees_all
from shared.contracts.envelope import Event
from shared.contracts.register import Register
from shared.deadlines.model import CANCELLED, KINDS, MET, OPEN, PAUSED
from shared.deadlines.rules import GREEN, MET_LATE, MET_UNCONFIRMED, OVERDUE_UNCONFIRMED, RED, YELLOW
from shared.errors import Refusal, Refused
from shared.law.store import Snapshot
from shared.plans.states import PRIVATE as PRIVATE_STATES
from shared.rulebook.model import PLAN_WORDS, Rulebook

TITLES = {
    GREEN: "绿灯", YELLOW: "黄灯", RED: "红灯", OVERDUE_UNCONFIRMED: "逾期待确认", PAUSED: "中止计时", MET: "按期完成",
    MET_LATE: "逾期完成", MET_UNCONFIRMED: "完成待确认", CANCELLED: "已撤销",
}
OVER_THEN_CANCELLED = "逾期后撤销"          # what ended or began anew after it was over: the delay stays seen
STATUTORY, INTERNAL, PLAN = "statutory", "internal", "plan"
SOURCES = {STATUTORY: "法定期限", INTERNAL: "内部时限", PLAN: PLAN_WORDS}
FILTERS = ("agency", "clock", "service", "case", "light", "source")
# The facts in which a chapter's events tell who has a part in the case now: an agency, or several.
PART_FACTS = ("sender", "receiver", "lead", "participants", "asker", "holder", "sharer", "claimer", "candidates")

UNKNOWN_LIGHT = Refusal("UNKNOWN_LIGHT", "没有「{light}」这一灯色。", "There is no light {light}.", "internal", 400, "light")
UNKNOWN_SOURCE = Refusal("UNKNOWN_SOURCE", "没有「{source}」这一种期限依据。", "There is no source {source} of a deadline.",
                         "internal", 400, "source")
BAD_PLACE = Refusal("BAD_AFTER", "after 应当是上一页给出的 next。", "after must be the next of an earlier page.", "internal", 400,
                    "after")


def deadline_told(tx: Connection, event: Event) -> None:
    """Any deadline event of any service: the row becomes what it tells."""
    store.keep_deadline(tx, event.source, event.data)


def parts_told(tx: Connection, event: Event) -> None:
    """An event of a case that says who has a part in it now: who has left it loses sight of what comes after."""
    if event.subject and (agencies := frozenset(_agencies(event))):
        store.keep_parties(tx, event.subject, agencies)


def _agencies(event: Event) -> Iterator[str]:
    for fact in PART_FACTS:
        said = event.data.get(fact) or ()
        yield from (said,) if isinstance(said, str) else said


def plan_told(tx: Connection, event: Event) -> None:
    """An event of a plan: who is in it, and whether it is drafted still, when nobody but its parties knows of it."""
    parts_told(tx, event)
    if event.subject and "state" in event.data:
        store.keep_private(tx, event.subject, event.data["state"] in PRIVATE_STATES)


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


def source_of(rulebooks: Iterable[Rulebook]) -> sa.Case[str]:
    """What a deadline rests on, as SQL: a law, the suite's own rules, or the plan that set the date itself, as the
    rulebooks' clocks say."""
    row = BOARD.c
    plans = {name for rulebook in rulebooks for name, clock in rulebook.clocks.items() if clock.source.plan}
    return sa.case((row.clock.in_(sorted(plans)), PLAN), (row.statutory, STATUTORY), else_=INTERNAL)


def told_to_overseers() -> sa.ColumnElement[bool]:
    """Of a case that overseers know of: every one but a plan that is drafted still."""
    return BOARD.c.case.not_in(sa.select(PRIVATE.c.case))


def light_at(now: datetime) -> sa.Case[str]:
    """The light of a row at `now`, as SQL."""
    return sa.case(*((shown, light) for light, shown in lights(now).items()))


def page(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, filters: Mapping[str, str], limit: int,
         after: str = "") -> Page:
    """The deadlines the viewer may see, the earliest due first. Raises Refused (400) for a filter, light or source that
    there is not, and for an `after` that is no place in the list."""
    row, source = BOARD.c, source_of(law.rulebooks.values())
    query = _visible(viewer, law.register).add_columns(light_at(now).label("light"), source.label("source"))
    for name, value in filters.items():
        query = query.where(_filter(name, value, now, source))
    if after:
        query = query.where(sa.tuple_(row.due_at, row.service, row.deadline) > _place(after))
    found = tx.execute(query.order_by(row.due_at, row.service, row.deadline).limit(limit + 1)).all()
    shown = found[:limit]
    more = _mark(shown[-1]) if len(found) > limit else ""
    return Page(tuple(_item(each, law.register) for each in shown), more)


def _visible(viewer: Viewer, register: Register) -> sa.Select[Any]:
    """The one way to select deadlines: an agency those that bind it, and those of the cases it has a part in now;
    justice and the government office all but those of plans that are drafted still."""
    own = sa.select(PARTIES.c.case).where(PARTIES.c.agency == viewer.agency)
    its = sa.and_(sa.literal(bool(viewer.agency)), sa.or_(BOARD.c.bound == viewer.agency, BOARD.c.case.in_(own)))
    return sa.select(BOARD).where(sa.or_(its, told_to_overseers()) if sees_all(viewer, register) else its)


def _filter(name: str, value: str, now: datetime, source: sa.Case[str]) -> sa.ColumnElement[bool]:
    if name not in FILTERS:
        raise Refused(UNKNOWN_FILTER.filled(name=name))
    if name == "light":
        if value not in TITLES:
            raise Refused(UNKNOWN_LIGHT.filled(light=value))
        return lights(now)[value]
    if name == "source":
        if value not in SOURCES:
            raise Refused(UNKNOWN_SOURCE.filled(source=value))
        return source == value
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
    title = OVER_THEN_CANCELLED if row.light == CANCELLED and row.breached else TITLES[row.light]
    return {**told, "bound_name": bound.name if bound else "", "light_title": title,
            "source_title": SOURCES[row.source]}
