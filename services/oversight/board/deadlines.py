"""The board of all deadlines: what is kept of each event, and what each viewer may see of it at a given instant.

A projection: every deadline event tells its deadline whole, so the row is what the last one said, and rebuilding from
the feeds gives the same board. The light is computed from the row and the time, never stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.board import excuses
from services.oversight.store import BOARD, PARTIES, PRIVATE
from shared.acts import filtering
from shared.acts.codes import AGENCIES, IDS, SERVICES, of_law
from shared.acts.keeping import Filter
from shared.acts.model import Viewer
from shared.acts.reading import Page
from shared.acts.store import sees_all
from shared.contracts.envelope import Event
from shared.contracts.register import Register
from shared.db.database import UtcInstant, instant_of, microseconds
from shared.db.pipelining import Trip
from shared.deadlines.model import CANCELLED, KINDS, MET, OPEN, PAUSED
from shared.deadlines.rules import GREEN, MET_LATE, MET_UNCONFIRMED, OVERDUE_UNCONFIRMED, RED, YELLOW
from shared.http.deadlines import address_of
from shared.kernel.clock import aware
from shared.kernel.errors import Refused
from shared.kernel.page_limits import BAD_AFTER
from shared.law.store import Snapshot
from shared.plans.states import PRIVATE as PRIVATE_STATES
from shared.rulebook.model import PLAN_WORDS, Rulebook

TITLES = {
    GREEN: "绿灯", YELLOW: "黄灯", RED: "红灯", OVERDUE_UNCONFIRMED: "逾期待确认", PAUSED: "中止计时", MET: "按期完成",
    MET_LATE: "逾期完成", MET_UNCONFIRMED: "完成待确认", CANCELLED: "已撤销",
}
OVER_THEN_CANCELLED = "逾期后撤销"          # what ended or began anew after it was over: the delay stays seen
CLOCKS = "clocks"                       # as a list of codes: those of every rulebook
STATUTORY, INTERNAL, PLAN = "statutory", "internal", "plan"
SOURCES = {STATUTORY: "法定期限", INTERNAL: "内部时限", PLAN: PLAN_WORDS}
_COLUMNS: Mapping[str, sa.ColumnElement[str]] = {
    "agency": BOARD.c.bound, "bound": BOARD.c.bound, "clock": BOARD.c.clock, "service": BOARD.c.service,
    "case": BOARD.c.case}
FILTERS: Mapping[str, Filter] = {       # of the board, its figures and its evidence
    "agency": Filter("责任机关", AGENCIES), "bound": Filter("责任机关（同 agency）", AGENCIES),
    "clock": Filter("时限编号", CLOCKS), "service": Filter("服务", SERVICES), "case": Filter("案件编号", IDS),
    "light": Filter("灯色", TITLES), "source": Filter("依据", SOURCES)}
# What a page reads: instants as they are kept. The others are for the lights and figures, no columns of the list.
_UNREAD = ("warned", "unit", "amount", "paused_on")
_READ = tuple(sa.type_coerce(column, sa.BigInteger) if isinstance(column.type, UtcInstant) else column
              for column in BOARD.c if column.name not in _UNREAD)
_TOLD = (*(column.name for column in BOARD.c if column.name not in _UNREAD), excuses.EXCUSED)
_NOW = sa.bindparam("now", type_=sa.BigInteger)
_PLACE = (BOARD.c.due_at, BOARD.c.service, BOARD.c.deadline)          # in the list
# The facts in which a chapter's events tell who has a part in the case now: an agency, or several.
PART_FACTS = ("sender", "receiver", "lead", "participants", "asker", "holder", "sharer", "claimer", "candidates")

DISPUTED = "disputed"                   # the state of a transfer


def parties_of(event: Event) -> frozenset[str]:
    """Who has a part in its case now, as the event tells; nobody: it does not tell."""
    agencies, data = set[str](), event.data
    for fact in PART_FACTS:
        if fact in data and (said := data[fact]):
            agencies.update((said,) if isinstance(said, str) else said)
    return frozenset(agencies)


def is_private(event: Event) -> bool:
    """Whether no overseer knows of the plan in the state that its event tells."""
    return event.data["state"] in PRIVATE_STATES


DEADLINE_EVENTS = tuple(f"deadline_{kind}" for kind in KINDS)


def lights(now: datetime | sa.ColumnElement[int]) -> dict[str, sa.ColumnElement[bool]]:
    """When a row shows which light at `now`, an instant or its microseconds: the same as shared/deadlines' `light`,
    which a test holds it to."""
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
    return _source(_plan_clocks(rulebooks))


def _source(plans: Iterable[str]) -> sa.Case[str]:
    row = BOARD.c
    of_plan = sa.or_(sa.false(), *(row.clock == clock for clock in sorted(plans)))
    return sa.case((of_plan, PLAN), (row.statutory, STATUTORY), else_=INTERNAL)


def _plan_clocks(rulebooks: Iterable[Rulebook]) -> frozenset[str]:
    return frozenset(name for rulebook in rulebooks for name, clock in rulebook.clocks.items() if clock.source.plan)


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
    check(filters, FILTERS, law)
    plain = tuple(name for name in filters if name in _COLUMNS)
    plans = _plan_clocks(law.rulebooks.values())
    chosen = _listed(sees_all(viewer, law.register), plain, filters.get("light", ""), filters.get("source", ""), plans,
                     bool(after))
    values = {f"by_{name}": filters[name] for name in plain} | (place(after) if after else {})
    instant = microseconds(now)
    rows = Trip(tx, binary=True).ask(chosen, viewer=viewer.agency, most=limit + 1, now=instant, **values)()
    told = _Told(instant, law.register, plans)
    items = tuple(told.item(row) for row in rows[:limit])
    return Page(items, _mark(items[-1]) if len(rows) > limit else "")


@lru_cache(maxsize=256)
def _listed(everything: bool, names: tuple[str, ...], light: str, source: str, plans: frozenset[str],
            after: bool) -> sa.Select[Any]:
    """A page of the board, built once for each way to ask: by these columns, a light, a source (`plans`: the clocks
    that run to a plan's own date), from the beginning or after a place."""
    viewer, wanted = sa.bindparam("viewer", type_=sa.String), [
        _COLUMNS[name] == sa.bindparam(f"by_{name}") for name in names]
    if light:
        wanted.append(lights(_NOW)[light])
    if source:
        wanted.append(_source(plans) == source)
    if after:
        wanted.append(sa.tuple_(*_PLACE) > sa.tuple_(
            sa.bindparam("after_due", type_=sa.BigInteger), sa.bindparam("after_service", type_=sa.String),
            sa.bindparam("after_deadline", type_=sa.String)))
    most = sa.bindparam("most", type_=sa.Integer)
    chosen = sa.select(*_READ, excuses.excused())
    if everything:
        return chosen.where(_visible(viewer, everything), *wanted).order_by(*_PLACE).limit(most)
    found = sa.union(*(sa.select(sa.select(*_PLACE).where(way, *wanted).order_by(*_PLACE).limit(most).subquery())
                       for way in _ways(viewer))).subquery()
    here = sa.and_(*(column == found.c[column.name] for column in _PLACE))
    return chosen.join_from(found, BOARD, here).order_by(*_PLACE).limit(most)


def asked(viewer: Viewer, law: Snapshot, now: datetime, filters: Mapping[str, str]) -> list[sa.ColumnElement[bool]]:
    """The one way to select deadlines: those that the viewer may see, and of them those that are asked for. Raises
    Refused (400) as `page`."""
    check(filters, FILTERS, law)
    seen = seen_by(viewer, law.register)
    return [seen, *(_filter(name, value, now, law) for name, value in filters.items())]


def seen_by(viewer: Viewer, register: Register) -> sa.ColumnElement[bool]:
    """Whether the viewer may see a row of the board."""
    return _visible(sa.literal(viewer.agency), sees_all(viewer, register))


def _visible(agency: sa.ColumnElement[str], everything: bool) -> sa.ColumnElement[bool]:
    """Justice and the government office (`everything`) see all but those of plans that are drafted still, and of these
    what any agency sees of its own."""
    its = sa.or_(*_ways(agency))
    return sa.or_(its, told_to_overseers()) if everything else its


def _ways(agency: sa.ColumnElement[str]) -> tuple[sa.ColumnElement[bool], ...]:
    """How an agency sees a row: it is bound by it, or has a part in the case now. A page asks each by itself: no index
    leads to what is one or the other, and who has few deadlines waited for a look at all of them."""
    own = sa.select(PARTIES.c.case).where(PARTIES.c.agency == agency)
    return sa.and_(agency != "", BOARD.c.bound == agency), sa.and_(agency != "", BOARD.c.case.in_(own))


def check(filters: Mapping[str, str], known: Mapping[str, Filter], law: Snapshot) -> None:
    """Raises Refused (400) for a filter that is not known, and for a value of one that there is not, with those that
    there are. Deadlines of every rulebook are on the board, so each of them is asked."""
    filtering.only(filters, known)
    rulebooks = tuple(law.rulebooks.values())
    for name, value in filters.items():
        codes = known[name].codes
        if codes == CLOCKS:
            codes = {id: clock.says for rulebook in rulebooks for id, clock in rulebook.clocks.items()}
        of_law(name, value, codes, law.register, rulebooks[-1] if rulebooks else Rulebook(), known[name].title)


def _filter(name: str, value: str, now: datetime, law: Snapshot) -> sa.ColumnElement[bool]:
    if name == "light":
        return lights(now)[value]
    return source_of(law.rulebooks.values()) == value if name == "source" else _COLUMNS[name] == value


def mark(row: Any) -> str:
    """The place of a row in the list."""
    return _mark(row._mapping)


def _mark(row: Mapping[str, Any]) -> str:
    return f"{row['due_at'].isoformat()}|{row['service']}|{row['deadline']}"


def place(mark: str) -> dict[str, Any]:
    """The place that a page's `next` names, as parameters of `_listed`. Raises Refused (400)."""
    try:
        due_at, service, deadline = mark.split("|")
        due = microseconds(aware(datetime.fromisoformat(due_at)))
        return {"after_due": due, "after_service": service, "after_deadline": deadline}
    except ValueError:
        raise Refused(BAD_AFTER) from None


def beyond(rows: sa.FromClause, mark: str) -> sa.ColumnElement[bool]:
    """Whether one of the rows, of the board or made of it, stands after the place that a page's `next` names. Raises
    Refused (400)."""
    row, at = rows.c, place(mark)
    return sa.tuple_(row.due_at, row.service, row.deadline) > sa.tuple_(
        sa.literal(at["after_due"], sa.BigInteger), at["after_service"], at["after_deadline"])


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a row besides what it holds."""

    now: int                                    # microseconds, as those of the row
    register: Register
    plans: frozenset[str]                       # clocks that run to a plan's own date

    def item(self, row: Sequence[Any]) -> dict[str, Any]:
        told = dict(zip(_TOLD, row, strict=True))
        light, bound = self._light(told), self.register.get(told["bound"])
        source = PLAN if told["clock"] in self.plans else STATUTORY if told["statutory"] else INTERNAL
        over_then_cancelled = told.pop("breached") and light == CANCELLED
        title = OVER_THEN_CANCELLED if over_then_cancelled else TITLES[light]
        if told[excuses.EXCUSED] and (over_then_cancelled or light in (RED, MET_LATE)):
            title = excuses.TITLE
        told |= {"due_at": instant_of(told["due_at"]), "yellow_at": instant_of(told["yellow_at"]), "light": light,
                 "source": source, "bound_name": bound.name if bound else "", "light_title": title,
                 "source_title": SOURCES[source], "explained_at": address_of(told["service"], told["deadline"])}
        return told

    def _light(self, row: Mapping[str, Any]) -> str:
        """The light of a row that was read: the same as `lights`, which a test holds it to."""
        if (state := row["state"]) == MET:
            late = row["late"]
            return MET_UNCONFIRMED if late is None else MET_LATE if late else MET
        if state != OPEN:
            return CANCELLED if state == CANCELLED else PAUSED
        if row["due_at"] > self.now:
            return YELLOW if row["yellow_at"] <= self.now else GREEN
        return OVERDUE_UNCONFIRMED if row["provisional"] else RED
