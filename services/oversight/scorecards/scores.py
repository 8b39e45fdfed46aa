"""第二十九条、第三十条 考核: who is late without excuse, by agency and period, and what pairs of agencies turned back.

Only lateness without excuse is ranked. To refuse, to return, to ask for a supplement is what the law has agencies do:
it is shown by pair and ranked by nobody. Of fewer cases than the rulebook says nothing is told in percent.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.board import deadlines, figures
from services.oversight.board.excuses import excused
from services.oversight.board.figures import BREACHED, EXCUSED, LATE, MET_IN_TIME, OUTCOMES
from services.oversight.ledgers.definitions import OUTSIDE
from services.oversight.scorecards import store
from services.oversight.scorecards.periods import Period
from services.oversight.scorecards.store import TURN
from services.oversight.store import BOARD
from shared.acts.model import Viewer
from shared.acts.store import sees_all
from shared.contracts.register import JUSTICE, Register
from shared.kernel.clock import day_of
from shared.law.store import Snapshot
from shared.rulebook.model import Rulebook

FILTERS = {name: deadlines.FILTERS[name] for name in ("agency", "source")}
SETTLED = (MET_IN_TIME, LATE, BREACHED)          # of which it is known whether they were late


def current(now: datetime) -> str:
    """The name of the month that it is."""
    return day_of(now).isoformat()[:7]


def scorecards(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, period: Period,
               filters: Mapping[str, str]) -> dict[str, Any]:
    """The agencies with what was due in the period, the best first and those of too few cases last, and the pairs.
    Justice and the government office read all, an agency its own row, its own pairs and how many are ranked. Of plans
    that are drafted still no figure tells. Raises Refused (400) for a filter other than agency and source, or a
    value that there is not."""
    rulebook = law.current(min(day_of(now), period.last))
    least, register = _least(rulebook), law.register
    chosen = _chosen(law, now, period, filters)
    items = _ranked([_agency(*each, register, least) for each in _figures(tx, chosen)])
    pairs = _pairs(tx, period, register, least)
    ranked = sum(item["rank"] is not None for item in items)
    if not sees_all(viewer, register):
        items = [item for item in items if viewer.agency and item["agency"] == viewer.agency]
        pairs = [pair for pair in pairs if viewer.agency and viewer.agency in (pair["sender"], pair["receiver"])]
    if agency := filters.get("agency"):
        items = [item for item in items if item["agency"] == agency]
        pairs = [pair for pair in pairs if agency in (pair["sender"], pair["receiver"])]
    return {"period": period.name, "kind": period.kind, "from": period.first.isoformat(), "to": period.last.isoformat(),
            "least_cases": least, "target_percent": _target(rulebook), "ranked": ranked, "items": items, "pairs": pairs}


def _least(rulebook: Rulebook) -> int:
    return int(rulebook.setting("scorecard_least_cases"))


def _target(rulebook: Rulebook) -> int:
    return int(rulebook.setting("sla_target_percent"))


def _chosen(law: Snapshot, now: datetime, period: Period, filters: Mapping[str, str]) -> sa.Subquery:
    """What was due in the period, each row with its source, what became of it and whether that is excused."""
    deadlines.check(filters, FILTERS, law)
    rulebooks, source = law.rulebooks.values(), filters.get("source")
    wanted = [deadlines.source_of(rulebooks) == source] if source is not None else []
    due = (figures.due_within(period.first, period.last), BOARD.c.bound != "", deadlines.told_to_overseers())
    return sa.select(BOARD.c.bound, BOARD.c.case, deadlines.source_of(rulebooks).label("source"),
                     figures.outcome_at(now).label("outcome"),
                     excused().label("excuse")).where(*due, *wanted).subquery()


def _figures(tx: Connection, rows: sa.Subquery) -> Iterable[tuple[str, dict[str, dict[str, int]], int]]:
    """Each agency with its figures by source, and in how many cases it had something to do in time."""
    summed = sa.select(rows.c.bound, rows.c.source, *figures.sums(rows.c.outcome, rows.c.excuse)).group_by(
        rows.c.bound, rows.c.source)
    each = sa.select(rows.c.bound, rows.c.case).where(rows.c.outcome.in_(SETTLED)).distinct().subquery()
    cases = {row.bound: row.number for row in tx.execute(
        sa.select(each.c.bound, sa.func.count().label("number")).group_by(each.c.bound))}
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in tx.execute(summed):
        told = row._asdict()
        found.setdefault(told.pop("bound"), {})[told.pop("source")] = told
    return [(bound, by_source, cases.get(bound, 0)) for bound, by_source in sorted(found.items())]


def _agency(bound: str, by_source: dict[str, dict[str, int]], cases: int, register: Register,
            least: int) -> dict[str, Any]:
    sums = {name: sum(each[name] for each in by_source.values()) for name in ("due", *OUTCOMES, EXCUSED)}
    settled = sum(sums[name] for name in SETTLED)
    unexcused = sums[LATE] + sums[BREACHED] - sums[EXCUSED]
    known = register.get(bound)
    return {"agency": bound, "agency_name": known.name if known else "", "cases": cases, **sums,
            "late_without_excuse": unexcused, "percent": _percent(unexcused, settled, cases, least),
            "by_source": by_source, "rank": None, "_order": (unexcused / settled if settled else 0.0)}


def _percent(part: int, whole: int, cases: int, least: int) -> float | None:
    """To a tenth; None: of too few cases nothing is told in percent."""
    return round(100 * part / whole, 1) if whole and cases >= least else None


def _ranked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those with a percentage by their share of lateness without excuse, equal ones with the same rank; then the
    others, by code."""
    told = [each for each in items if each["percent"] is not None]
    told.sort(key=lambda each: (each["_order"], each["agency"]))
    for nth, item in enumerate(told):
        before = told[nth - 1] if nth else None
        item["rank"] = before["rank"] if before and before["_order"] == item["_order"] else nth + 1
    ordered = [*told, *(each for each in items if each["percent"] is None)]
    return [{name: value for name, value in item.items() if name != "_order"} for item in ordered]


def _pairs(tx: Connection, period: Period, register: Register, least: int) -> list[dict[str, Any]]:
    """Who sent to whom in which chapter, and what came back in the period, with its share of what was sent in it."""
    row, within = TURN.c, TURN.c.happened_on.between(period.first, period.last)
    sums = [sa.func.sum(sa.case((row.turn == turn, 1), else_=0)).label(turn) for turn in store.TURNS]
    found = tx.execute(sa.select(row.service, row.sender, row.receiver, *sums).where(within).group_by(
        row.service, row.sender, row.receiver))
    justice = next(iter(sorted(register.standing_agencies(JUSTICE))), "")
    told = []
    for each in sorted(found, key=tuple):
        receiver = each.receiver or justice
        back = {turn: int(each._mapping[turn]) for turn in store.TURNS}
        sent = back[store.SENT]
        told.append({"service": each.service, "sender": each.sender,
                     "sender_name": register.name_of(each.sender) or OUTSIDE,
                     "receiver": receiver, "receiver_name": register.name_of(receiver), **back,
                     "percent": {turn: _percent(number, sent, sent, least)
                                 for turn, number in back.items() if turn != store.SENT}})
    return told
