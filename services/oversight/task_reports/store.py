"""The tables of task reports (29)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.store import TABLES
from services.oversight.task_reports.domain import TaskReport
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.crypto.vault import Vault
from shared.db.database import among

TASK_REPORTS = case_tables(
    "task_report", TABLES,
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("case", sa.String(36), nullable=False, index=True),           # the plan it is of
    sa.Column("reporter", sa.String(40), nullable=False),
    sa.Column("awaited", sa.String(400), nullable=False),                   # who still owes its registering, in blanks
)


def columns(case: TaskReport, _: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    said = case.delivered
    return {"service": said.service, "case": said.case, "reporter": said.reporter,
            "awaited": f" {' '.join(case.awaited)} "}


def awaits(_: Means, agency: str) -> sa.ColumnElement[bool]:
    """Reports that the agency still has to register."""
    return TASK_REPORTS.case.c.awaited.contains(f" {agency} ", autoescape=True)


def those(tx: Connection, ids: Collection[str]) -> Sequence[Any]:
    """Of these ids the task reports: each with who reported, and on which case of which service."""
    row = TASK_REPORTS.case.c
    return tx.execute(sa.select(row.id, row.service, row.case, row.reporter).where(among(tx, row.id, ids))).all()
