"""What a migration fills from what is there, on both back ends: a database founded under an older revision, with cases
in it, has after the migration what this release would have written itself."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from services.oversight.ledgers.store import LEDGER
from services.transfer import store
from shared.db.database import Database
from shared.kernel.clock import day_of
from shared.migrate import UnknownSchema, check, lines_of, migrate
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played

__all__ = ["make_office", "office", "played"]

SINCE = ("follows", "decision_number", "file_number")         # the columns of a transfer that 0001 has not


def founded(db: Database, service: str, **at: str) -> None:
    """Makes the service's schema as it was at these revisions."""
    with db.write() as tx:
        if not db.sqlite:
            tx.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{db.schema}"')
        for table, folder in lines_of(service).items():
            script = ScriptDirectory(str(folder), version_locations=[str(folder)])
            revision = at.get(table, "head")
            context = MigrationContext.configure(tx, opts={
                "version_table": table, "fn": lambda was, _, to=revision, script=script: script._upgrade_revs(to, was)})
            with Operations.context(context):
                context.run_migrations()


def taken_up(played: Played) -> dict[str, str | None]:
    """Cases of every kind, each with the withdrawn one that it takes up again."""
    played.do("announce")
    plain, played.id = played.id, ""
    matter = {**BUILDERS["announce"](None, day_of(played.clock.now()))["matter"], "cause": "muck_truck"}
    played.do("announce", matter=matter)
    played.do("withdraw", days=1)
    first, played.id = played.id, ""
    played.do("announce", matter=matter, after=first, days=1)
    played.do("withdraw", days=1)
    second, played.id = played.id, ""
    played.do("announce", matter=matter, after=second, days=1)
    return {plain: None, first: None, second: first, played.id: second}


def rows(db: Database, columns: sa.Select[tuple[object, ...]]) -> list[tuple[object, ...]]:
    with db.read() as tx:
        return [tuple(row) for row in tx.execute(columns)]


def test_cases_from_before_0002_say_afterwards_which_withdrawn_case_they_take_up(
        played: Played, make_empty_database) -> None:
    follows, case = taken_up(played), store.CASES.case
    known = [column for column in case.c if column.name not in SINCE]
    kept = rows(played.office.db, sa.select(*known).order_by(case.c.id))
    old = make_empty_database("founded_at_0001")
    founded(old, "transfer", schema_transfer="0001")
    with old.write() as tx:
        assert not {"follows"} & {each["name"] for each in sa.inspect(tx).get_columns("transfer")}
        assert "finding" not in sa.inspect(tx).get_table_names()
        names = [column.name for column in known]
        tx.execute(sa.insert(sa.table("transfer", *(sa.column(each.name, each.type) for each in known))),
                   [dict(zip(names, row, strict=True)) for row in kept])
    with pytest.raises(UnknownSchema, match="run `liandong migrate`"):
        check(old, "transfer")

    assert migrate(old, "transfer") == tuple(f"schema_transfer 000{number}" for number in (2, 3, 4, 5, 6))
    check(old, "transfer")
    assert dict(rows(old, sa.select(case.c.id, case.c.follows))) == follows
    assert dict(rows(played.office.db, sa.select(case.c.id, case.c.follows))) == follows, "as this release writes it"
    assert rows(old, sa.select(*known).order_by(case.c.id)) == kept, "and nothing else is touched"
    assert rows(old, sa.select(store.FINDING)) == []
    with old.read() as tx:
        first, second, last = (id for id in follows if id != next(iter(follows)))
        assert store.taken_up(tx, first, but="") and store.taken_up(tx, second, but="")
        assert not store.taken_up(tx, second, but=last) and not store.taken_up(tx, last, but="")


def test_cases_from_before_0005_say_afterwards_by_which_decision_they_were_dealt_with_and_under_what_filed(
        played: Played, make_empty_database) -> None:
    """As it was recorded, or, where none was, as the case was closed by it; all are found by its number."""
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "accept", "file-case"):
        played.do(act)
    played.do("record-decision", number="综执罚〔2025〕7")
    decided, played.id = played.id, ""
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "accept", "file-case"):
        played.do(act)
    played.do("close", decision_number="综执终〔2025〕8")
    closed, played.id = played.id, ""
    played.do("announce")
    case, told = store.CASES.case, {decided: "综执罚〔2025〕7", closed: "综执终〔2025〕8", played.id: None}
    known = [column for column in case.c if column.name not in ("decision_number", "file_number")]
    kept = rows(played.office.db, sa.select(*known).order_by(case.c.id))
    old = make_empty_database("founded_at_0004")
    founded(old, "transfer", schema_transfer="0004")
    with old.write() as tx:
        tx.execute(sa.insert(sa.table("transfer", *(sa.column(each.name, each.type) for each in known))),
                   [dict(zip([column.name for column in known], row, strict=True)) for row in kept])
    assert migrate(old, "transfer") == ("schema_transfer 0005", "schema_transfer 0006")
    check(old, "transfer")
    for db in (old, played.office.db):
        assert dict(rows(db, sa.select(case.c.id, case.c.decision_number))) == told
        filed = dict(rows(db, sa.select(case.c.id, case.c.file_number)))
        assert (filed[decided], filed[closed], filed[played.id]) == ("综执立〔2025〕8", "综执立〔2025〕8", None)
    with old.read() as tx:
        assert store.decided_by(tx, "综执罚〔2025〕7", "zhzf", but="") == (decided,)
        assert store.decided_by(tx, "综执罚〔2025〕7", "zhzf", but=decided) == ()
        assert store.decided_by(tx, "综执罚〔2025〕7", "jtj", but="") == ()
        assert store.filed_under(tx, "综执立〔2025〕8", "zhzf", but=decided) == (closed,)


def test_many_cases_from_before_0005_are_read_and_written_some_at_a_time_and_none_is_left_out(
        played: Played, make_empty_database) -> None:
    """Of a city with more cases than are read at once, some with neither number; each index comes last."""
    played.do("announce")
    case, many = store.CASES.case, 1203
    known = [column for column in case.c if column.name not in ("decision_number", "file_number")]
    names = [column.name for column in known]
    kept, = rows(played.office.db, sa.select(*known))
    filed = {f"{number:08}-0000-7000-8000-000000000000": f"综执立〔2025〕{number}号" if number % 3 else None
             for number in range(many)}
    doc = json.loads(dict(zip(names, kept, strict=True))["doc"])
    copies = [{**dict(zip(names, kept, strict=True)), "id": id, "doc": json.dumps(doc | (
        {"filed": {"number": number}, "decision": {"number": f"罚{number}"}} if number else {}))}
        for id, number in filed.items()]
    old = make_empty_database("founded_at_0004")
    founded(old, "transfer", schema_transfer="0004")
    with old.write() as tx:
        tx.execute(sa.insert(sa.table("transfer", *(sa.column(each.name, each.type) for each in known))), copies)
    with said() as statements:
        migrate(old, "transfer")
    assert dict(rows(old, sa.select(case.c.id, case.c.file_number))) == filed
    assert dict(rows(old, sa.select(case.c.id, case.c.decision_number))) == {
        id: number and f"罚{number}" for id, number in filed.items()}
    for column in ("decision_number", "file_number"):
        own = [each for each in statements if column in each]
        assert sum(each.startswith("UPDATE transfer") for each in own) == 3, "not one a case"
        assert own[-1].startswith(f"CREATE INDEX ix_transfer_{column}"), "kept up for no row that is written"
    assert sum(each.startswith("SELECT transfer.id, transfer.doc") for each in statements) == 2 * 4


@contextmanager
def said() -> Iterator[list[str]]:
    """The statements sent meanwhile, one of several rows once, without the schema's name."""
    found: list[str] = []

    def send(_: object, __: object, statement: str, *___: object) -> None:
        found.append(re.sub(r'\s+', " ", re.sub(r'\b"?\w+"?\.(?=transfer\b)', "", statement)))

    sa.event.listen(sa.Engine, "before_cursor_execute", send)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", send)


def test_rows_of_ledgers_from_before_0012_say_afterwards_themselves_who_has_a_part(make_empty_database) -> None:
    old = make_empty_database("founded_at_0011")
    founded(old, "oversight", schema_oversight="0011")
    row = {"service": "transfer", "case": "c", "opened_on": "2025-09-29", "recorded_at": 1, "until": None,
           "private": False, "row": "{}"}
    parts = [("zhujian", "a", 7), ("jiaotong", "a", 7), ("sifa", "b", 8), ("sifa", "b", 7)]
    with old.write() as tx:
        for kind, key, position in (("transfers", "a", 7), ("transfers", "b", 7), ("transfers", "b", 8),
                                    ("plans", "a", 7)):
            tx.execute(sa.text("""
                INSERT INTO ledger (kind, key, position, service, "case", opened_on, recorded_at, until, private, "row")
                VALUES (:kind, :key, :position, :service, :case, :opened_on, :recorded_at, :until, :private, :row)"""),
                row | {"kind": kind, "key": key, "position": position})
        tx.execute(sa.text("INSERT INTO ledger_party (agency, kind, key, position) "
                           "VALUES (:agency, 'transfers', :key, :at)"),
                   [{"agency": agency, "key": key, "at": position} for agency, key, position in parts])
    migrate(old, "oversight")
    check(old, "oversight")
    told = sa.select(LEDGER.c.kind, LEDGER.c.key, LEDGER.c.position, LEDGER.c.parties).order_by(*LEDGER.primary_key)
    assert rows(old, told) == [("plans", "a", 7, ","), ("transfers", "a", 7, ",jiaotong,zhujian,"),
                               ("transfers", "b", 7, ",sifa,"), ("transfers", "b", 8, ",sifa,")]
    with old.read() as tx:
        assert "ledger_party" not in sa.inspect(tx).get_table_names()
