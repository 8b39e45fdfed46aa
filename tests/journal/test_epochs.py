"""A database in another life opens a new epoch; one that only restarts keeps its own."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.crypto.vault import Vault
from shared.db.database import Database, sqlite_url
from shared.journal.epochs import NoIdentity, new_epoch, note, open_epoch
from shared.journal.log import Journal
from shared.journal.sealer import Sealer
from shared.journal.verify import verify
from shared.kernel.clock import HandClock
from tests.journal.conftest import Making
from tests.journal.entries import entry


def epochs(making: Making) -> list[str]:
    with making.db.read() as tx:
        return [one.data["why"] for one in making.journal.of_stream(tx, "") if one.type == "epoch_opened"]


def test_a_restart_keeps_the_epoch_and_the_first_entry_tells_of_it(making: Making) -> None:
    with making.db.read() as tx:
        first = making.journal.head(tx)
    assert open_epoch(making.db, making.journal) == first
    assert epochs(making) == ["first start"]


def test_processes_that_start_at_once_open_one_epoch(database: Database, clock: HandClock) -> None:
    journal = Journal("transfer", "rongcheng", clock)
    with ThreadPoolExecutor(8) as pool:
        heads = set(pool.map(lambda _: open_epoch(database, journal), range(8)))
    assert len(heads) == 1
    assert heads.pop().position == 1


def test_an_epoch_opened_by_hand_is_an_entry_and_verifies(making: Making) -> None:
    with making.db.read() as tx:
        before = making.journal.head(tx)
    after = new_epoch(making.db, making.journal, "restored from last night's dump")
    assert after.epoch != before.epoch
    assert after.position == 2
    assert epochs(making)[-1] == "by hand"
    with making.db.read() as tx:
        assert making.journal.detail(tx, after.position) == {"why": "restored from last night's dump"}
    assert verify(making.db, making.journal, making.vault).ok
    assert open_epoch(making.db, making.journal) == after


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_another_cluster_or_timeline_opens_an_epoch_at_start(making: Making) -> None:
    pretend_elsewhere(making)
    before = epochs(making)
    open_epoch(making.db, making.journal)
    assert len(epochs(making)) == len(before) + 1
    assert "postgresql:1:00000009" in epochs(making)[-1]


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_another_timeline_opens_an_epoch_at_the_next_new_connection(making: Making) -> None:
    """A failover under a running process: its connections break, and the new ones reach the promoted standby."""
    pretend_elsewhere(making)
    making.db.dispose()
    with making.db.write() as tx:
        appended = making.journal.append(tx, [entry()])
    assert len(epochs(making)) == 2
    with making.db.read() as tx:
        assert making.journal.head(tx).epoch == appended.epoch


def pretend_elsewhere(making: Making) -> None:
    with making.db.write() as tx:
        tx.exec_driver_sql("UPDATE journal_head SET binding = 'postgresql:1:00000009'")


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_role_that_may_not_read_its_identity_is_told(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.journal.epochs._IDENTITY", "SELECT no_such_function()")
    with pytest.raises(NoIdentity, match="grant EXECUTE"):
        open_epoch(making.db, making.journal)


class Restarted:
    """The journal of a file, opened as a process would that starts now."""

    def __init__(self, path: Path, clock: HandClock) -> None:
        self.db = Database(sqlite_url(path))
        self.journal = Journal("transfer", "rongcheng", clock)
        self.head = open_epoch(self.db, self.journal)
        self.db.dispose()


sqlite_only = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)


@sqlite_only
def test_a_copied_file_opens_an_epoch(making: Making, clock: HandClock, tmp_path: Path) -> None:
    path = closed(making)
    copy = tmp_path / path.name
    shutil.copy2(path, copy)
    shutil.copy2(path.with_name(path.name + ".epoch"), tmp_path)
    assert Restarted(copy, clock).head.epoch != Restarted(path, clock).head.epoch


@sqlite_only
def test_an_older_copy_put_back_over_the_file_opens_an_epoch(making: Making, clock: HandClock, vault: Vault,
                                                             tmp_path: Path) -> None:
    path = closed(making)
    backup = tmp_path / "backup"
    backup.write_bytes(path.read_bytes())
    with making.db.write() as tx:
        making.journal.append(tx, [entry()])
    Sealer(making.db, making.journal, vault).step()
    closed(making)
    assert Restarted(path, clock).head.position == 3
    path.write_bytes(backup.read_bytes())
    again = Restarted(path, clock)
    assert again.head.position == 2
    assert Restarted(path, clock).head == again.head


@sqlite_only
@pytest.mark.parametrize("text", [None, "not json", '{"epoch": "another", "position": 1}'])
def test_a_note_that_is_missing_or_of_another_file_opens_an_epoch(making: Making, clock: HandClock,
                                                                  text: str | None) -> None:
    path = closed(making)
    beside = path.with_name(path.name + ".epoch")
    beside.unlink()
    if text is not None:
        beside.write_text(text)
    again = Restarted(path, clock)
    assert again.head.position == 2
    assert Restarted(path, clock).head == again.head


@sqlite_only
def test_a_file_ahead_of_its_note_is_no_other_life(making: Making, clock: HandClock) -> None:
    """Killed before the note was written: the usual case after a crash."""
    note(making.db, making.journal)
    with making.db.write() as tx:
        epoch = making.journal.append(tx, [entry()]).epoch
    assert Restarted(closed(making), clock).head.epoch == epoch


def closed(making: Making) -> Path:
    """The file, with everything in it and nothing beside it."""
    with making.db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    making.db.dispose()
    assert making.db.path is not None
    return making.db.path
