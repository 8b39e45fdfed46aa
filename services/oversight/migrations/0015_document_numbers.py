"""Which numbers documents of supervision and reports of accountability have, told by the cases' documents so far. What
was issued twice under one number stays, and is one row here."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    numbers = op.create_table(
        "document_number",
        sa.Column("chapter", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("chapter", "issuer", "number"),
    )
    first: dict[tuple[str, str, str], str] = {}
    for chapter, told in (("supervision", _steps), ("accountability", _reports)):
        case = sa.table(chapter, sa.column("id"), sa.column("doc"))
        for id, doc in op.get_bind().execute(sa.select(case.c.id, case.c.doc).order_by(case.c.id)).all():
            for issuer, number in told(json.loads(doc)):
                first.setdefault((chapter, issuer, number), id)
    rows = [{"chapter": chapter, "issuer": issuer, "number": number, "case": id}
            for (chapter, issuer, number), id in first.items() if number]
    if rows:
        op.get_bind().execute(numbers.insert(), rows)


def _steps(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for step in doc["steps"]:
        yield step.get("issuer") or "", step.get("number") or ""


def _reports(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Of one that was reported: by who had the part on that day."""
    if day := doc.get("reported_on"):
        for party in doc["parties"]:
            if party["part"] == "reporter" and party["since"] <= day and day <= (party.get("until") or day):
                yield party["agency"], doc.get("number") or ""
                break
