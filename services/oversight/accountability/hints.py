"""第三十一条: what data can show of a situation that calls for accountability. The machine hints, a person decides.

A hint is a deadline that was let pass, of a clock that the rulebook names for a situation (`shown_by`), whose breach
stands, is not excused, and was neither entered nor set aside. It is computed whenever it is asked for, so it goes with
a breach that is withdrawn; nothing is kept of it before a person takes it up.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.accountability.domain import SITUATIONS, Evidence, Hint, reporter_of
from services.oversight.accountability.store import ACCOUNTABILITY, LEADS, PLANS
from services.oversight.addresses import address_of
from services.oversight.board import deadlines, excuses
from services.oversight.evidence import placed
from services.oversight.ledgers import naming
from services.oversight.store import BOARD
from services.oversight.supervision import wording
from services.oversight.supervision.store import BREACHES, latest, on_board
from shared.acts.model import Viewer
from shared.acts.reading import Page
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.kernel.page_limits import cut
from shared.law.store import Snapshot
from shared.rulebook.model import GROUNDS, Rulebook

PATH = "/api/oversight/accountability"


def shown_by(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """The clocks whose breach shows a situation: clock -> the codes of the situations."""
    begins = SITUATIONS.removeprefix(GROUNDS)
    found: dict[str, tuple[str, ...]] = {}
    for name, ground in rulebook.grounds.items():
        for clock in ground.shown_by if name.startswith(begins) else ():
            found[clock] = (*found.get(clock, ()), name.removeprefix(begins))
    return found


def _query(rulebook: Rulebook) -> sa.Select[Any]:
    row, breach, taken = BOARD.c, BREACHES.c, ACCOUNTABILITY.case.c
    ref = row.service + "/" + row.deadline + "/" + sa.cast(breach.generation, sa.String)
    return (
        sa.select(BOARD, breach.generation.label("let_pass"), breach.epoch, breach.position, breach.event,
                  breach.digest, LEADS.c.lead)
        .join(BREACHES, on_board()).outerjoin(LEADS, LEADS.c.case == row.case)
        .where(latest(), breach.withdrawn_by == "", row.clock.in_(sorted(shown_by(rulebook))), row.bound != "",
               deadlines.told_to_overseers(), sa.not_(excuses.excused()),
               ~sa.exists().where(taken.hint == ref).correlate(BOARD, BREACHES)))


def _whose(viewer: Viewer, register: Register) -> sa.ColumnElement[bool]:
    """Justice sees every hint; a lead those of its plans; the government office those that mean justice, where no other
    leads: nobody one that means itself."""
    if viewer.suite:
        return sa.true()
    standing, lead, other = register.standing(viewer.agency), LEADS.c.lead, BOARD.c.bound != viewer.agency
    if JUSTICE in standing:
        return other
    justice = register.standing_agencies(JUSTICE) if GOVERNMENT_OFFICE in standing else frozenset[str]()
    nobody_leads = sa.or_(lead.is_(None), lead == BOARD.c.bound)
    return sa.and_(other, sa.or_(lead == viewer.agency, sa.and_(BOARD.c.bound.in_(sorted(justice)), nobody_leads)))


def page(tx: Connection, viewer: Viewer, law: Snapshot, day: date, limit: int, after: str = "") -> Page:
    """The hints that the viewer may know of, the earliest due first. Raises Refused (400) for an `after` that is no
    place in the list."""
    row, rulebook = BOARD.c, law.current(day)
    query = _query(rulebook).where(_whose(viewer, law.register))
    if after:
        query = query.where(deadlines.beyond(BOARD, after))
    found = tx.execute(query.order_by(row.due_at, row.service, row.deadline).limit(limit + 1)).all()
    shown, more = cut(found, limit, deadlines.mark)
    cases = naming.in_words(tx, law.register, rulebook, shown)
    return Page(tuple(_items(shown, law.register, rulebook, cases, day)), more)


def one(tx: Connection, viewer: Viewer, register: Register, rulebook: Rulebook, key: str) -> Hint | None:
    """The hint, where it stands and the viewer may know of it."""
    service, deadline, generation = (*key.split("/"), "", "")[:3]
    query = _query(rulebook).where(_whose(viewer, register), BOARD.c.service == service, BOARD.c.deadline == deadline,
                                   sa.cast(BREACHES.c.generation, sa.String) == generation)
    row = tx.execute(query).first()
    return _hint(row, shown_by(rulebook)) if row else None


def _hint(row: Any, shown: Mapping[str, tuple[str, ...]]) -> Hint:
    plan = f"{row.service}/{row.case}" if row.service in PLANS else ""
    evidence = Evidence(row.service, row.epoch, row.position, row.event, row.digest)
    key = f"{row.service}/{row.deadline}/{row.let_pass}"
    return Hint(key, shown[row.clock], row.bound, plan, row.lead or "", (evidence,))


def _items(rows: Any, register: Register, rulebook: Rulebook, cases: Mapping[str, str],
           day: date) -> Iterator[dict[str, Any]]:
    shown, titles = shown_by(rulebook), rulebook.list_of(SITUATIONS)
    for row in rows:
        hint = _hint(row, shown)
        fact = wording.let_pass(row, cases[row.case], rulebook, day)
        reporter = reporter_of(hint.lead, hint.agency, register)
        yield {
            "hint": hint.key, "situations": list(hint.situations),
            "situation_titles": [titles.get(each, each) for each in hint.situations],
            "agency": hint.agency, "agency_name": register.name_of(hint.agency), "plan": hint.plan,
            "reporter": reporter, "reporter_name": register.name_of(reporter),
            "facts": {"service": row.service, "case": row.case, "clock": row.clock, "item": row.item, "says": row.says,
                      "started_on": row.started_on, "due_on": row.due_on, "met_on": row.met_on,
                      "address": address_of(row.service, row.clock, row.case)},
            "evidence": [placed(each) for each in hint.evidence],
            "path": PATH, "body": {"hint": hint.key, "facts": f"{register.name_of(row.bound)}：{fact}"},
        }
