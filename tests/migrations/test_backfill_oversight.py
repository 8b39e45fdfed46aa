"""What oversight's later migrations fill from what is there, on both back ends."""

import json

import sqlalchemy as sa

from services.oversight.accountability.store import LEADS
from services.oversight.board.writing import board_row, keep_deadlines
from services.oversight.store_numbers import NUMBERS
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


def _case(id: str, **doc: object) -> dict[str, object]:
    return {"id": id, "state": "reported", "revision": 1, "rulebook": "r", "opened_on": "2025-09-29",
            "last_on": "2025-09-29", "origin": "{}", "state_hash": "h", "doc": json.dumps(doc)}


def _step(number: str, issuer: str = "sifa") -> dict[str, str]:
    return {"kind": "reminder", "issuer": issuer, "number": number}


def test_documents_from_before_0015_have_their_numbers_afterwards_those_used_twice_too(make_empty_database) -> None:
    old = make_empty_database("founded_at_0014")
    founded(old, "oversight", schema_oversight="0014")
    former = {"part": "reporter", "agency": "zhujian", "since": "2025-09-01", "until": "2025-09-15"}
    heir = {"part": "reporter", "agency": "zonghe", "since": "2025-09-16", "until": None}
    ladders = [_case("a", steps=[_step("1号"), _step(""), _step("2号")]),
               _case("b", steps=[_step("1号"), _step("1号", "zhengfuban")])]
    matters = [_case("c", parties=[former, heir], number="1号", reported_on="2025-09-10"),
               _case("d", parties=[heir], number="", reported_on=None)]
    more = {"supervision": {"target": "zhujian", "issuer": "sifa", "kind": "reminder", "steps": 1,
                            "answer_by": "2025-09-30"},
            "accountability": {"meant": "shichang", "plan": ""}}
    with old.write() as tx:
        for table, cases in (("supervision", ladders), ("accountability", matters)):
            names = [*cases[0], *more[table]]
            places = ", ".join(f":{name}" for name in names)
            tx.execute(sa.text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"),
                       [case | more[table] for case in cases])
    migrate(old, "oversight")
    check(old, "oversight")
    assert sorted(rows(old, sa.select(NUMBERS))) == [
        ("accountability", "zhujian", "1号", "c"), ("supervision", "sifa", "1号", "a"),
        ("supervision", "sifa", "2号", "a"), ("supervision", "zhengfuban", "1号", "b")]
