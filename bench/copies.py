"""Many cases out of one: copies whose ids end in numbers. Their seals are bound to the first and so stay shut."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.statements import LEAST, TAIL
from services.transfer.store import CASES
from shared.deadlines.tables import deadline


def copied(tx: Connection, model: str, count: int) -> None:
    """`count` copies of a case with its parties and its deadlines, each of which keeps its clock and its item."""
    numbers = sa.select(sa.func.generate_series(LEAST, LEAST + count - 1).column_valued("nth")).subquery()
    for table, case in ((CASES.case, "id"), (CASES.party, "case"), (deadline, "case")):
        columns = [_numbered(column, numbers.c.nth) if column.name in (case, "id") else column for column in table.c]
        copies = sa.select(*columns).select_from(table.join(numbers, sa.true())).where(table.c[case] == model)
        tx.execute(table.insert().from_select([column.name for column in table.c], copies))


def _numbered(column: sa.ColumnElement[str], number: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.func.left(column, -TAIL).op("||")(sa.cast(number, sa.Text))
