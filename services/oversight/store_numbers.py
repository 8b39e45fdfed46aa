"""Which 文号 an agency has given to documents of supervision (29) and to reports of accountability (31): each once."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.store import TABLES
from shared.db.database import one_at_a_time

NUMBERS = sa.Table(
    "document_number", TABLES,
    sa.Column("chapter", sa.String(40), primary_key=True),                  # supervision, accountability
    sa.Column("issuer", sa.String(40), primary_key=True),                   # who issued it then
    sa.Column("number", sa.String(200), primary_key=True),
    sa.Column("case", sa.String(36), nullable=False),
)


def is_used(tx: Connection, chapter: str, issuer: str, number: str) -> bool:
    """Whether the agency has issued a document of the chapter under the number. Until the transaction ends nobody else
    is told; of a document without a number, which may be, nothing is asked."""
    if not number:
        return False
    one_at_a_time(tx, f"oversight.number.{chapter}")
    row = NUMBERS.c
    query = sa.select(row.case).where(row.chapter == chapter, row.issuer == issuer, row.number == number)
    return tx.execute(query).first() is not None


def keep(tx: Connection, chapter: str, issuer: str, number: str, case: str) -> None:
    """Keeps the number as used by the agency; nothing, where the document has none."""
    if number:
        tx.execute(NUMBERS.insert(), {"chapter": chapter, "issuer": issuer, "number": number, "case": case})
