"""一企一档: pointers to the plans of other services that name a respondent, as their events tell, and all their SQL.

Who is in a plan comes and goes. Who has left one is pointed to it only by what it named until then, so positions of the
service's journal are kept: since when a respondent is named, since and until when an agency was in it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.dossiers.store import BEGIN, At
from services.sharing.store import TABLES
from shared.db.database import among

PLAN = sa.Table(
    "plan_heard", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("overseen", sa.Boolean, nullable=False),              # justice and the government office know of it
)
NAMED = sa.Table(
    "plan_respondent", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("respondent_key", sa.String(200), primary_key=True),
    sa.Column("since", sa.BigInteger, nullable=False),              # position of the event that told it
    sa.Index("plan_respondent_by_key", "respondent_key"),
)
MEMBER = sa.Table(
    "plan_member", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger),                              # the last position that it heard; none: it is in it
    sa.Column("related", sa.Boolean, nullable=False),               # 增列: it is in no list of participants
)


def heard(tx: Connection, service: str, case: str, on: date, *, overseen: bool) -> None:
    """The plan is there, from its first event on; once known to who oversees it, it stays so."""
    this = (PLAN.c.service == service) & (PLAN.c.case == case)
    known = tx.execute(sa.select(PLAN.c.overseen).where(this)).scalar()
    if known is None:
        tx.execute(PLAN.insert(), {"service": service, "case": case, "opened_on": on, "overseen": overseen})
    elif overseen and not known:
        tx.execute(PLAN.update().where(this).values(overseen=True))


def known(tx: Connection, service: str) -> list[str]:
    """Every plan that was heard of."""
    return list(tx.execute(sa.select(PLAN.c.case).where(PLAN.c.service == service).order_by(PLAN.c.case)).scalars())


def named(tx: Connection, service: str, case: str, came: Collection[str], gone: Collection[str], at: int) -> int:
    """Whom the plan names from the position on, and whom no more. How many came that were not there."""
    this = (NAMED.c.service == service) & (NAMED.c.case == case)
    if gone:
        tx.execute(NAMED.delete().where(this, among(tx, NAMED.c.respondent_key, gone)))
    if came:
        there = set(tx.execute(sa.select(NAMED.c.respondent_key).where(this)).scalars())
        if new := sorted(set(came) - there):
            tx.execute(NAMED.insert(), [
                {"service": service, "case": case, "respondent_key": key, "since": at} for key in new])
            return len(new)
    return 0


def members(tx: Connection, service: str, case: str) -> dict[str, Mapping[str, Any]]:
    """Who is or was in the plan, by agency: until, related."""
    rows = tx.execute(sa.select(MEMBER).where(MEMBER.c.service == service, MEMBER.c.case == case)).mappings()
    return {row["agency"]: dict(row) for row in rows}


def enter(tx: Connection, service: str, case: str, agency: str, at: int, *, there: bool, related: bool) -> None:
    """The agency is in the plan, `there`: for it was before; it knows the whole of it then."""
    if there:
        more = {"related": True} if related else {}
        tx.execute(MEMBER.update().where(_its(service, case, agency)).values(until=None, **more))
    else:
        tx.execute(MEMBER.insert(), {"service": service, "case": case, "agency": agency, "since": at, "until": None,
                                     "related": related})


def leave(tx: Connection, service: str, case: str, agency: str, at: int) -> None:
    """The event of this position tells the plan without the agency."""
    tx.execute(MEMBER.update().where(_its(service, case, agency), MEMBER.c.until.is_(None)).values(until=at - 1))


def _its(service: str, case: str, agency: str) -> sa.ColumnElement[bool]:
    return (MEMBER.c.service == service) & (MEMBER.c.case == case) & (MEMBER.c.agency == agency)


def forget(tx: Connection, service: str, case: str) -> None:
    """The plan names nobody any more: what it held of persons was erased."""
    tx.execute(NAMED.delete().where(NAMED.c.service == service, NAMED.c.case == case))


def naming(tx: Connection, keys: Collection[str], agency: str, most: int, after: At = BEGIN, *,
           oversees: bool) -> list[dict[str, Any]]:
    """The plans that name any of these respondents after a place, newest first: those that the agency is in, and of
    those that it has left what they named until then; who oversees plans sees all that were submitted."""
    plan, name, member = PLAN.c, NAMED.c, MEMBER.c
    of_plan = (name.service == plan.service) & (name.case == plan.case) & among(tx, name.respondent_key, keys)
    own = sa.exists().where(member.service == name.service, member.case == name.case, member.agency == agency,
                            member.until.is_(None) | (member.until >= name.since))
    known = sa.or_(plan.overseen, own) if oversees else own
    seen = sa.exists(sa.select(1).select_from(NAMED).where(of_plan, known).correlate(PLAN))
    rows = tx.execute(sa.select(plan.service, plan.case, plan.opened_on)
                      .where(seen, after.later(plan.opened_on, plan.case))
                      .order_by(plan.opened_on.desc(), plan.case.desc()).limit(most)).mappings()
    return [{**row, "plan": True} for row in rows]


def agencies_of(tx: Connection, cases: Iterable[Mapping[str, Any]], agency: str) -> dict[tuple[str, str], list[str]]:
    """Who is or was in each of these plans; for who has left one, those that were in it until then."""
    told: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        rows = members(tx, case["service"], case["case"])
        until = rows[agency]["until"] if agency in rows else None
        told[case["service"], case["case"]] = sorted(
            name for name, row in rows.items() if until is None or row["since"] <= until)
    return told
