"""What oversight's later migrations fill from what is there, on both back ends."""

import sqlalchemy as sa

from services.oversight.store_accountability import LEADS
from services.oversight.store_board import board_row, keep_deadlines
from shared.migrate import check, migrate
from tests.migrations.test_backfill import founded, rows
from tests.oversight.told import deadline, deadline_event


def test_leads_from_before_0014_say_afterwards_of_which_chapter_the_plan_is_as_far_as_the_board_tells(
        make_empty_database) -> None:
    old = make_empty_database("founded_at_0013")
    founded(old, "oversight", schema_oversight="0013")
    told = {"d1": ("collab", "plan-1"), "d2": ("joint", "plan-2"), "d3": ("joint", "plan-2"),
            "d4": ("transfer", "case-1")}
    plans = {"plan-1": "collab", "plan-2": "joint", "plan-3": None}
    with old.write() as tx:
        keep_deadlines(tx, [board_row(service, deadline_event(deadline(id, case=case)).data)
                            for id, (service, case) in told.items()], [])
        tx.execute(sa.insert(sa.table("plan_lead", sa.column("case"), sa.column("lead"))),
                   [{"case": case, "lead": "zhujian"} for case in plans])
    migrate(old, "oversight")
    check(old, "oversight")
    assert dict(rows(old, sa.select(LEADS.c.case, LEADS.c.service))) == plans
