"""Metrics tell when calendar and basis end, how old the keys are, and when all was last verified to hold."""

import math
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from liandong.ops import verify_offices
from shared.acts.office import Office
from shared.bus import ends
from shared.calendar.sources import provisional
from shared.journal import verified
from shared.journal.epochs import new_epoch
from shared.kernel.clock import HandClock, end_of
from shared.law import tables
from shared.rulebook.loader import load
from shared.rulebook.model import Basis
from tests.acts.conftest import RULEBOOK, YEARS
from tests.acts.test_perform import opened
from tests.figures import figure


def told(office: Office, name: str, **labels: str) -> float:
    ends.tell(office)
    return figure(f"liandong_{name}_timestamp_seconds", service="transfer", **labels)


def last_moment(year: int, month: int, day: int) -> float:
    return end_of(date(year, month, day)).timestamp()


def test_the_calendar_is_told_as_far_as_it_is_known_without_a_gap(office: Office) -> None:
    def learn(file: dict[str, object], year: int) -> None:
        with office.db.write() as tx:
            tables.put_years(tx, {year: file}, office.clock.now())

    last = max(YEARS)
    assert told(office, "calendar_until") == last_moment(last, 12, 31)
    learn({**YEARS[last].to_dict(), "year": last + 2}, last + 2)
    assert told(office, "calendar_until") == last_moment(last, 12, 31), "the year between is not known"
    learn(provisional(last + 1).to_dict(), last + 1)
    assert told(office, "calendar_until") == last_moment(last, 12, 31), "nor by its statutory holidays alone"
    learn({**YEARS[last].to_dict(), "year": last + 1}, last + 1)
    assert told(office, "calendar_until") == last_moment(last + 2, 12, 31)


def test_the_regulation_is_told_to_end_with_what_carries_it_on(office: Office) -> None:
    def carry(document: str, since: date, until: date | None) -> None:
        with office.db.write() as tx:
            tables.put_basis(tx, "rongcheng-2021", Basis(document, document, "extension", since, until))

    (basis,) = load(RULEBOOK).bases
    assert basis.until == date(2031, 2, 17)
    assert told(office, "basis_until") == last_moment(2031, 2, 17)
    carry("late", date(2031, 2, 19), date(2040, 1, 1))
    assert told(office, "basis_until") == last_moment(2031, 2, 17), "a day is carried by nothing"
    carry("follows", date(2031, 1, 1), date(2031, 2, 18))
    assert told(office, "basis_until") == last_moment(2040, 1, 1)
    carry("for good", date(2039, 1, 1), None)
    assert told(office, "basis_until") == math.inf


def test_law_is_told_as_published_when_the_last_of_its_kind_was(office: Office, clock: HandClock) -> None:
    clock.advance(days=1)
    before = clock.now()
    with office.db.write() as tx:
        tables.put_rulebook(tx, "v1", "rongcheng-2021", RULEBOOK, before)
        tables.put_years(tx, {2031: {**YEARS[max(YEARS)].to_dict(), "year": 2031}}, before)
    clock.advance(days=1)
    with office.db.write() as tx:
        tables.put_years(tx, {2032: {**YEARS[max(YEARS)].to_dict(), "year": 2032}}, clock.now())
    assert told(office, "law_published", kind="rulebook") == before.timestamp()
    assert told(office, "law_published", kind="calendar") == clock.now().timestamp()


def test_a_new_epoch_of_the_journal_changes_its_figure_and_nothing_else_does(office: Office) -> None:
    def figured() -> float:
        ends.tell(office)
        return figure("liandong_journal_epoch", service="transfer")

    first = figured()
    opened(office)
    assert figured() == first
    new_epoch(office.db, office.journal, "restored")
    assert figured() != first


def test_a_new_key_is_told_as_made_then(office: Office) -> None:
    long_ago = datetime(2024, 5, 1, tzinfo=UTC).timestamp()
    assert told(office, "key_made", kind="field") > long_ago
    keys: Path = office.settings.keys
    for file in (*keys.glob("*.key"), *keys.glob("*.pem")):
        os.utime(file, (long_ago, long_ago))
    office.access.keys.rotate()
    ends.tell(office)
    assert {kind: told(office, "key_made", kind=kind) == long_ago for kind in ("field", "index", "sign", "token")} == {
        "field": True, "index": True, "sign": True, "token": False}


def test_where_nothing_can_be_written_it_is_verified_all_the_same(
        office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def standby(tx: Connection, held: bool, now: datetime) -> None:
        raise sa.exc.InternalError("INSERT", None, RuntimeError("read-only"))

    monkeypatch.setattr(verified, "note", standby)
    lines: list[str] = []
    assert verify_offices((office,), None, lines.append)
    assert " sound: " in lines[0] and lines[1].startswith("transfer: when it was verified cannot be noted")


def test_watching_makes_no_key(office: Office) -> None:
    before = sorted(office.settings.keys.iterdir())
    ends.tell(office)
    assert sorted(office.settings.keys.iterdir()) == before


def test_verify_leaves_when_all_held_and_when_something_did_not(office: Office, clock: HandClock) -> None:
    case = opened(office)
    sound = clock.now().timestamp()
    assert verify_offices((office,), None, lambda line: None)
    clock.advance(days=1)
    assert told(office, "verify_success") == sound
    with office.db.write() as tx:
        tx.execute(sa.text("UPDATE transfer SET state = 'closed' WHERE id = :case"), {"case": case})
    assert not verify_offices((office,), None, lambda line: None)
    assert told(office, "verify_failure") == clock.now().timestamp()
    assert told(office, "verify_success") == sound, "of then"
