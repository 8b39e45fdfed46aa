"""The tables of plans, of a chapter that keeps them: cases, their tasks, the numbers of their documents; their SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.keeping import Means
from shared.acts.store import CaseTables, case_tables
from shared.crypto.vault import Vault
from shared.numbers.store import NumberTables, number_tables
from shared.plans.plan import LEAD, PARTICIPANT, Plan
from shared.plans.tasks import awaited, done_on

CHANGED = ("agency", "title", "from_on", "due_on", "done_on", "open")
_values = itemgetter(*CHANGED)


@dataclass(frozen=True, slots=True)
class PlanTables:
    """What a chapter of plans keeps."""

    cases: CaseTables
    tasks: sa.Table
    numbers: NumberTables

    def words_match(self, _: Means, text: str) -> sa.ColumnElement[bool]:
        """Plans whose title, numbers, situation or organisations hold the text, in capitals or not."""
        return self.cases.case.c.words.contains(text.casefold(), autoescape=True)

    def keep_tasks(self, tx: Connection, plan_id: str, plan: Plan) -> None:
        """Brings the tasks' rows to what the plan says now; only what changed is written."""
        task = self.tasks.c
        known = {number: tuple(values) for number, *values in tx.execute(
            sa.select(task.number, *(task[name] for name in CHANGED)).where(task.plan == plan_id)).all()}
        rows = {row["number"]: row for row in task_rows(plan_id, plan)}
        if gone := known.keys() - rows.keys():
            tx.execute(self.tasks.delete().where(task.plan == plan_id, task.number == sa.bindparam("gone")),
                       [{"gone": number} for number in sorted(gone)])
        if new := [row for number, row in rows.items() if number not in known]:
            tx.execute(self.tasks.insert(), new)
        if other := [row for number, row in rows.items()
                     if number in known and known[number] != _values(row)]:
            tx.execute(
                self.tasks.update().where(task.plan == sa.bindparam("of_plan"), task.number == sa.bindparam("nth"))
                .values({name: sa.bindparam(name) for name in CHANGED}),
                [{"of_plan": plan_id, "nth": row["number"], **{name: row[name] for name in CHANGED}} for row in other])

    def tasks_of(self, tx: Connection, agency: str, *, open_: bool, today: date, limit: int,
                 after: tuple[date, str, int] | None = None) -> list[Mapping[str, Any]]:
        """An agency's tasks over all plans it is in, those to be done or the others, the earliest due first, after a
        place in that order (due_on, plan, number); with each its plan's title, lead and state."""
        task, case, party = self.tasks.c, self.cases.case.c, self.cases.party.c
        within = sa.select(party.case).where(party.agency == agency, party.part.in_((LEAD, PARTICIPANT)),
                                             party.until.is_(None) | (party.until >= today))
        query = (sa.select(self.tasks, case.title.label("plan_title"), case.lead, case.state)
                 .join(self.cases.case, case.id == task.plan)
                 .where(task.agency == agency, task.open == open_, task.plan.in_(within)))
        if after:
            query = query.where(sa.tuple_(task.due_on, task.plan, task.number) > sa.tuple_(*map(sa.literal, after)))
        rows = tx.execute(query.order_by(task.due_on, task.plan, task.number).limit(limit))
        return [dict(row._mapping) for row in rows]


def plan_tables(name: str, metadata: sa.MetaData) -> PlanTables:
    """The tables of a chapter of plans in its service's metadata."""
    cases = case_tables(
        name, metadata,
        sa.Column("lead", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("route", sa.String(20), nullable=False),
        sa.Column("time_limit", sa.Date),                       # the last day; none in a draft that names none yet
        sa.Column("words", sa.Text, nullable=False),            # casefolded: what a search looks in; nothing personal
    )
    tasks = sa.Table(
        "plan_task", metadata,                                  # of approved plans: nobody has a task before
        sa.Column("plan", sa.String(36), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("agency", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("open", sa.Boolean, nullable=False),          # still to be done by who is in it
        sa.Index("plan_task_by_agency", "agency", "open", "due_on", "plan", "number"),
    )
    return PlanTables(cases, tasks, number_tables(metadata))


def columns(plan: Plan, _: Vault) -> dict[str, Any]:
    """What lists and searches ask for; nothing personal."""
    content = plan.content
    organisations = (each.name.value for each in content.respondents if each.kind == "organisation")
    told = (content.title, *(each.said.number for each in plan.submissions), content.situation, *organisations)
    return {"lead": content.lead, "title": content.title, "route": plan.route, "time_limit": content.time_limit,
            "words": " ".join(filter(None, told)).casefold()}


def summary(plan: Plan) -> dict[str, Any]:
    """What a list shows of a plan, as seen."""
    content = plan.content
    return {"title": content.title, "lead": content.lead, "route": plan.route, "version": plan.version.number,
            "time_limit": content.time_limit.isoformat() if content.time_limit else ""}


def task_rows(plan_id: str, plan: Plan) -> Iterable[dict[str, Any]]:
    """The tasks of the plan as it stands, once it is approved."""
    if not plan.approved:
        return
    done, open_ = done_on(plan), awaited(plan)
    for task in plan.content.tasks:
        day = done.get(task.number)
        yield {"plan": plan_id, "number": task.number, "agency": task.agency, "title": task.title,
               "from_on": task.from_on, "due_on": task.due_on, "done_on": day,
               "open": task.number in open_}
