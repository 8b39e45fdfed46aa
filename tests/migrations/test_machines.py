"""A database from before the agencies' own systems: whose appointments are whose is known afterwards, references are
kept, and who follows the desk hears its news once more."""

import pytest
import sqlalchemy as sa

from services.desk import store
from services.desk.domain import Appoint, EndAppointment, OpenAccount
from services.desk.office import SPEC
from shared.access.appointments import access_subject, place_of
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.repeats import EXTERNAL_REF
from shared.acts.request import Request
from shared.bus.tables import follower_cursor
from shared.contracts.personal import Personal
from shared.db.database import Database
from shared.kernel.clock import HandClock
from shared.migrate import check, migrate
from tests.migrations.test_backfill import founded, rows
from tests.transfer.played import make_office

__all__ = ["make_office"]
FRESH = ("person", "agency", "rank", "since")


@pytest.fixture
def office(make_office) -> Office:      # type: ignore[no-untyped-def]
    made: Office = make_office(SPEC)
    return made


def people(office: Office, clock: HandClock) -> list[str]:
    """Three appointments: one running, one ended, one with its last day."""
    acts = office.acts["accounts"]
    account = acts.do("open-account", OpenAccount("zjj.li", Personal("李某"), "zjj"), THE_SUITE, Request()).case_id
    held = [acts.do("appoint", command, THE_SUITE, Request(account)).answer["facts"]["appointment"]
            for command in (Appoint("leader", "zjj"), Appoint("officer", "zjj"), Appoint("chief", "scj"))]
    clock.advance(days=2)
    acts.do("end-appointment", EndAppointment(held[1], "调离"), THE_SUITE, Request(account))
    return held


def copied(office: Office, old: Database, table: sa.Table, without: tuple[str, ...] = ()) -> None:
    columns = [column for column in table.c if column.name not in without]
    kept = rows(office.db, sa.select(*columns))
    with old.write() as tx:
        tx.execute(sa.insert(sa.table(table.name, *(sa.column(each.name, each.type) for each in columns))),
                   [dict(zip((each.name for each in columns), row, strict=True)) for row in kept])


def test_whose_an_appointment_is_is_read_from_the_accounts_that_were_there(
        office: Office, clock: HandClock, make_empty_database) -> None:      # type: ignore[no-untyped-def]
    held = people(office, clock)
    old = make_empty_database("desk_founded_before")
    founded(old, "desk", schema_shared="0003", schema_desk="0001")
    copied(office, old, store.ACCOUNTS.case)
    copied(office, old, access_subject, FRESH)
    assert {"schema_shared 0004", "schema_desk 0002"} <= set(migrate(old, "desk"))
    check(old, "desk")
    with old.read() as tx, office.db.read() as now:
        for each in held:
            assert place_of(tx, each) == place_of(now, each) is not None, "as this release writes it"
    assert rows(old, sa.select(access_subject).order_by(access_subject.c.subject)) == rows(
        office.db, sa.select(access_subject).order_by(access_subject.c.subject))


def test_references_stay_and_the_desk_is_heard_from_the_beginning(
        make_empty_database) -> None:      # type: ignore[no-untyped-def]
    old = make_empty_database("transfer_founded_before")
    founded(old, "transfer", schema_shared="0003")
    with old.write() as tx:
        known = [each for each in EXTERNAL_REF.c if each.name != "path"]
        tx.execute(sa.insert(sa.table("external_ref", *(sa.column(each.name, each.type) for each in known))), {
            "agency": "zjj", "system": "banan", "ref": "1", "case": "c-1", "body_key": "k", "answer": "{}"})
        for source in ("desk", "sharing"):
            tx.execute(follower_cursor.insert(), {"consumer": "transfer", "source": source, "epoch": "e-1",
                                                  "position": 40, "last_id": "i-40"})
    migrate(old, "transfer")
    assert rows(old, sa.select(EXTERNAL_REF)) == [("zjj", "banan", "1", "c-1", "k", "{}", None)]
    cursor = follower_cursor.c
    chosen = sa.select(cursor.source, cursor.epoch, cursor.position, cursor.last_id)
    assert rows(old, chosen.order_by(cursor.source)) == [
        ("desk", "e-1", 0, ""), ("sharing", "e-1", 40, "i-40")]
