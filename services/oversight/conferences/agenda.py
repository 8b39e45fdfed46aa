"""第三十条: the agenda that a conference might have, of what lies open at this moment. The machine proposes, justice sets.

First what earlier conferences resolved and is open still; then what the board and the filings show: disputes,
transfers returned again and again, agencies that declined to take part, orders without an answer, tips that nobody
claimed, plans past their limit, and whatever else is over its day, one item for all that an agency has let pass by the
same clock: which clocks are of which kind is a setting of the rulebook. Each comes as an item that `set-agenda` takes,
with its facts, and where it is to be read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.addresses import address_of
from services.oversight.board.deadlines import lights, told_to_overseers
from services.oversight.conferences import store
from services.oversight.conferences.agenda_text import Words
from services.oversight.conferences.domain.case import RESOLUTION, AgendaItem, Unfinished, carried
from services.oversight.filings.domain import DECLINE
from services.oversight.store import BOARD, FILINGS
from shared.acts.convert import Documents, plain
from shared.acts.model import Viewer
from shared.acts.whose import WRONG_PARTY
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.deadlines.model import OPEN, PAUSED
from shared.deadlines.rules import RED
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.rulebook.model import Rulebook

MOST = 100                # items of a kind; how many there are is told besides
EACH = 20                 # cases that an item about several tells; the board has them all
DISPUTE, BREACH, DECLINED, BOUNCED = "dispute", "breach", "decline", "bounced"
CLOCKS = "agenda_clocks"  # a setting: kind -> the clocks that are of this kind
MANY = sa.func.count().over().label("many")
NOT_YOURS = Refusal(WRONG_PARTY.code, "建议的议题由司法局、市政府办公室查看，不由本机关查看。",
                    "What is proposed for the agenda is for justice and the government office to read.", "30", 403)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that might be set, the facts it rests on, and where the case is read."""

    item: AgendaItem
    facts: Mapping[str, Any]
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """The proposals of a kind; `count`: how many deadlines or cases there are in all, though no more than MOST items
    are shown."""

    kind: str
    proposals: tuple[Proposal, ...]
    count: int


def may_read(viewer: Viewer, register: Register) -> None:
    """Raises Refused (403) for a member: what others are late with is not its business before it is on the agenda."""
    if not register.standing(viewer.agency) & {JUSTICE, GOVERNMENT_OFFICE}:
        raise Refused(NOT_YOURS)


def clocks_of(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """The clocks that are a kind of their own, by kind."""
    return {kind: tuple(clocks) for kind, clocks in rulebook.setting(CLOCKS).items()}


def proposed(tx: Connection, documents: Documents, register: Register, rulebook: Rulebook, now: datetime,
             conference: str, since: date | None) -> tuple[Found, ...]:
    """What lies open at `now`: what was resolved before, then kind by kind as the rulebook names them, then whatever
    else is over its day. `since`: the day from which on declines are new, that of the conference before."""
    clocks, told, words = clocks_of(rulebook), told_to_overseers(), Words(tx, register, rulebook, day_of(now))
    named = sorted({clock for each in clocks.values() for clock in each})
    rows = {kind: _of_the_board(tx, sa.and_(_look(kind, each, now), told)) for kind, each in clocks.items()}
    groups = _let_pass(tx, sa.and_(lights(now)[RED], BOARD.c.clock.not_in(named), told))
    declines = _declined(tx, since)
    cases = words.cases([row for each in (*rows.values(), *groups[:MOST], declines) for row in each])
    found = {kind: _found(kind, each, (_overdue(row, words, kind, cases) for row in each))
             for kind, each in rows.items()}
    found[BREACH] = Found(BREACH, tuple(_of_one_clock(each, words, cases) for each in groups[:MOST]),
                          sum(each[0].many for each in groups))
    found[DECLINED] = _found(DECLINED, declines, (_decline(row, words, cases) for row in declines))
    first = tuple(kind for kind in (DISPUTE, BOUNCED) if kind in clocks)
    order = (*first, DECLINED, *(kind for kind in clocks if kind not in first), BREACH)
    open_ = store.unfinished(tx, documents, conference)
    return (_unfinished(open_, register), *(found[kind] for kind in order))


def _look(kind: str, clocks: tuple[str, ...], now: datetime) -> sa.ColumnElement[bool]:
    """Which rows of the board, of these clocks, are of the kind: a dispute as long as it lies open, a transfer once it
    was returned again, all else when it is over its day."""
    row = BOARD.c
    of_kind, open_ = row.clock.in_(clocks), row.state.in_((OPEN, PAUSED))
    if kind == DISPUTE:
        return sa.and_(of_kind, open_)
    if kind == BOUNCED:
        again = sa.select(row.case).where(of_kind).group_by(row.case).having(sa.func.count() > 1)
        return sa.and_(of_kind, open_, row.case.in_(again))
    return sa.and_(of_kind, lights(now)[RED])


def _unfinished(open_: tuple[Unfinished, ...], register: Register) -> Found:
    return Found(RESOLUTION, tuple(
        Proposal(carried(each, register.name_of(each.owner)),
                 {"session": each.session, "resolution": each.number, "owner": each.owner, "due_on": each.due_on},
                 f"/api/oversight/conferences/{each.conference}") for each in open_[:MOST]), len(open_))


def _found(kind: str, rows: Sequence[Any], proposals: Iterable[Proposal]) -> Found:
    """The proposals of these rows, each of which tells how many there are in all (`many`)."""
    return Found(kind, tuple(proposals), rows[0].many if rows else 0)


def _of_the_board(tx: Connection, where: sa.ColumnElement[bool]) -> Sequence[Any]:
    row = BOARD.c
    query = sa.select(BOARD, MANY).where(where).order_by(row.due_at, row.service, row.deadline)
    return tx.execute(query.limit(MOST)).all()


def _overdue(row: Any, words: Words, kind: str, cases: Mapping[str, str]) -> Proposal:
    title = words.title(_duty(row, words), row, cases)
    item = AgendaItem(kind, title, _ref(row), (row.bound,) if row.bound else (), words.line(row, cases), (_ref(row),))
    return Proposal(item, _facts(row), address_of(row.service, row.clock, row.case))


def _duty(row: Any, words: Words) -> str:
    return f"{words.register.name_of(row.bound)}：{row.says}"


def _facts(row: Any) -> dict[str, Any]:
    return {"service": row.service, "case": row.case, "deadline": row.deadline, "clock": row.clock, "bound": row.bound,
            "started_on": row.started_on, "due_on": row.due_on, "statutory": row.statutory}


def _ref(row: Any) -> str:
    return f"{row.service}/{row.case}"


def _let_pass(tx: Connection, where: sa.ColumnElement[bool]) -> Sequence[Sequence[Any]]:
    """What is over its day, together for each agency and clock, so that a hundred of the same are one matter to confer
    about; the longest due first."""
    row = BOARD.c
    alike, by_due = (row.bound, row.clock), (row.due_at, row.service, row.deadline)
    numbered = sa.select(
        BOARD, sa.func.count().over(partition_by=alike).label("many"),
        sa.func.min(row.due_at).over(partition_by=alike).label("first"),
        sa.func.row_number().over(partition_by=alike, order_by=by_due).label("nth")).where(where).subquery()
    one = numbered.c
    query = sa.select(numbered).where(one.nth <= EACH).order_by(one.first, one.bound, one.clock, one.nth)
    return [tuple(group) for _, group in groupby(tx.execute(query).all(), attrgetter("bound", "clock"))]


def _of_one_clock(rows: Sequence[Any], words: Words, called: Mapping[str, str]) -> Proposal:
    """All that an agency has let pass by one clock: how many, and of the longest due which they are. `called`: what
    their cases are."""
    first = rows[0]
    item = _overdue(first, words, BREACH, called).item if first.many == 1 else AgendaItem(
        BREACH, f"{_duty(first, words)[:180]}（{first.many}件）", "", (first.bound,) if first.bound else (),
        words.lines(rows, called, first.many), tuple(map(_ref, rows)))
    cases = [{**_facts(each), "address": address_of(each.service, each.clock, each.case)} for each in rows]
    asked = {"agency": first.bound, "clock": first.clock, "light": RED}
    return Proposal(item, {"bound": first.bound, "clock": first.clock, "count": first.many, "cases": cases},
                    f"/api/oversight/deadlines?{urlencode({name: value for name, value in asked.items() if value})}")


def _declined(tx: Connection, since: date | None) -> Sequence[Any]:
    """12: who said since the conference before that it cannot take part."""
    filing = FILINGS.case.c
    where = sa.and_(filing.kind == DECLINE, *((filing.opened_on >= since,) if since else ()))
    columns = (filing.id, filing.service, filing.case, filing.filed_by, filing.opened_on)
    query = sa.select(*columns, sa.literal("").label("clock"), MANY).where(where)
    return tx.execute(query.order_by(filing.id).limit(MOST)).all()


def _decline(row: Any, words: Words, cases: Mapping[str, str]) -> Proposal:
    title = words.title(f"{words.register.name_of(row.filed_by)}通知不能协同", row, cases)
    item = AgendaItem(DECLINED, title, _ref(row), (row.filed_by,), f"{row.opened_on}通知牵头部门并报备案", (_ref(row),))
    facts = {"service": row.service, "case": row.case, "filing": row.id, "filed_by": row.filed_by,
             "filed_on": row.opened_on}
    return Proposal(item, facts, address_of(row.service, "", row.case))


def shown(found: tuple[Found, ...], rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """As the answer tells them, by kind in their order."""
    titles = rulebook.codes.get("agenda_kinds", {})
    for each in found:
        yield {"kind": each.kind, "title": titles.get(each.kind, each.kind), "count": each.count,
               "items": [{"item": plain(one.item), "facts": plain(dict(one.facts)), "address": one.address}
                         for one in each.proposals]}
