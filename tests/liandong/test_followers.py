"""A follower that stopped at an unknown epoch: status says so and why, a person settles it, and it is on record."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from liandong.errors import SuiteError
from liandong.followers import open_epoch, settle
from liandong.offices import answering, office_of
from liandong.ops import status_of
from liandong.seed import seed_city
from services.desk.usecases import PATH as ACCOUNTS
from shared.bus import cursors, parking
from shared.bus.cursors import Cursor
from shared.bus.tables import parked
from shared.kernel.clock import SystemClock
from shared.kernel.settings import Settings
from tests.suites import settings_on


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A city founded on either back end, once for all tests here."""
    on = None if request.param == "sqlite" else request.getfixturevalue("schemas")
    with settings_on(tmp_path_factory.mktemp("city"), on) as settings:
        seed_city(settings, False, lambda line: None)
        yield settings


@pytest.fixture
def city(founded: Settings) -> Settings:
    """The city, its oversight stopped at what sharing lost in a restore; nothing is parked."""
    with office_of("oversight", founded) as oversight, oversight.db.write() as tx:
        tx.execute(sa.delete(parked))
        cursors.settle(tx, "oversight", "sharing", "gone", 3, "an entry that was lost")
    return founded


def appointment(settings: Settings) -> str:
    with office_of("desk", settings) as desk, desk.db.read() as tx:
        acts = desk.acts[ACCOUNTS]
        row = acts.store.many(tx, tx.scalars(sa.select(acts.keeping.tables.case.c.id)).all())[0]
        return str(acts.store.case_of(row).appointments[0].id)


def told(settings: Settings) -> list[str]:
    lines: list[str] = []
    status_of(settings, lines.append)
    return [line for line in lines if line.startswith("oversight follows sharing")]


def cursor(settings: Settings) -> Cursor:
    with office_of("oversight", settings) as oversight, oversight.db.read() as tx:
        return cursors.read(tx, "oversight", "sharing")


def test_a_stopped_follower_is_shown_and_goes_on_where_a_person_says(city: Settings) -> None:
    (line,) = told(city)
    assert "stopped: epoch" in line and "does not hold what was handled at 3 of epoch gone" in line
    by = appointment(city)
    settle("oversight", "sharing", 2, by, "恢复到昨夜备份，已与司法局核对", city, lambda line: None)
    with office_of("sharing", city) as sharing, sharing.db.read() as tx:
        head, (entry,) = sharing.journal.head(tx), sharing.journal.feed(tx, 1, 1)
    assert cursor(city) == Cursor("oversight", "sharing", head.epoch, 2, entry.id)
    assert told(city) == [f"oversight follows sharing: 2 ({head.position - 2} behind)"]

    with office_of("oversight", city) as oversight, oversight.db.read() as tx:
        kept = oversight.journal.of_stream(tx, "")[-1]
        detail = oversight.journal.detail(tx, kept.position)
    assert (kept.type, kept.actor) == ("follower_settled", by)
    assert kept.data["from"] == {"epoch": "gone", "position": 3}
    assert kept.data["to"] == {"epoch": head.epoch, "position": 2}
    assert "恢复" not in str(kept.data) and detail is not None and detail["reason"].startswith("恢复到昨夜备份")
    with pytest.raises(SuiteError, match="not stopped"):
        settle("oversight", "sharing", 1, by, "once more", city, lambda line: None)


def test_what_cannot_be_settled_is_told_and_changes_nothing(city: Settings) -> None:
    by, before = appointment(city), cursor(city)
    now = SystemClock().now()
    for consumer, source, at, who, reason, says in (
            ("oversight", "sharing", 10_000, by, "x", "ends at"),
            ("oversight", "sharing", 2, "nobody", "x", "nobody holds"),
            ("oversight", "sharing", 2, by, " ", "a reason"), ("desk", "oversight", 0, by, "x", "does not follow"),
            ("sharing", "elsewhere", 0, by, "x", "no service is called elsewhere")):
        with pytest.raises(SuiteError, match=says):
            settle(consumer, source, at, who, reason, city, lambda line: None)
    with office_of("oversight", city) as oversight, oversight.db.write() as tx:
        parking.park(tx, parking.Parked("oversight", "sharing", 3, "gone", "s", "e", "c", 1, now, now, "{}"))
    with pytest.raises(SuiteError, match="1 parked of sharing after 2"):
        settle("oversight", "sharing", 2, by, "x", city, lambda line: None)
    assert cursor(city) == before


def test_an_epoch_opened_by_hand_names_who_and_keeps_why_to_itself(city: Settings) -> None:
    by = appointment(city)
    lines: list[str] = []
    open_epoch("transfer", "整盘快照恢复", by, city, lines.append)
    with office_of("transfer", city) as transfer, transfer.db.read() as tx:
        head = transfer.journal.head(tx)
        entry = transfer.journal.of_stream(tx, "")[-1]
        detail = transfer.journal.detail(tx, entry.position)
    assert lines == [f"transfer: epoch {head.epoch} begins at {head.position}"]
    assert (entry.type, entry.actor, entry.agency) == ("epoch_opened", by, answering(by, city).agency)
    assert detail == {"why": "整盘快照恢复"} and entry.data["why"] == "by hand"
    with pytest.raises(SuiteError, match="a reason"):
        open_epoch("transfer", "", by, city, lines.append)
