"""Copies of one case, with ids that end in numbers. Nobody can open their seals, which are bound to the first case."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.statements import LEAST, TAIL
from services.transfer.store import CASES
from shared.deadlines.tables import deadline


def copy_case(tx: Connection, case: str, count: int) -> None:
    """Inserts `count` copies of a case with its parties and deadlines."""
    numbers = sa.select(sa.func.generate_series(LEAST, LEAST + count - 1).column_valued("nth")).subquery()
    for table, key in ((CASES.case, "id"), (CASES.party, "case"), (deadline, "case")):
        columns = [_numbered(column, numbers.c.nth) if column.name in (key, "id") else column for column in table.c]
        copies = sa.select(*columns).select_from(table.join(numbers, sa.true())).where(table.c[key] == case)
        tx.execute(table.insert().from_select([column.name for column in table.c], copies))


def _numbered(column: sa.ColumnElement[str], number: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.func.left(column, -TAIL).op("||")(sa.cast(number, sa.Text))
