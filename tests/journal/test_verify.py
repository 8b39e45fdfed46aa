"""Whatever is changed behind the journal's back is found, and the first bad entry is named."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from shared.crypto.keys import FileKeys, PublicKeys
from shared.crypto.vault import Vault
from shared.journal import checkpoints
from shared.journal.checkpoints import source_of
from shared.journal.erasure import erase
from shared.journal.findings import Report
from shared.journal.hashing import digest_of
from shared.journal.sealer import Sealer
from shared.journal.tables import journal, journal_audience
from shared.journal.verify import verify
from shared.kernel.clock import HandClock
from tests.journal.conftest import Making
from tests.journal.entries import change, columns, entry, tampering

SOURCE = source_of("rongcheng", "transfer")
CASES = {"case-1": "sha256:case-1", "case-2": "sha256:new"}


@pytest.fixture
def filled(making: Making, clock: HandClock) -> Making:
    """1 epoch, 2-4 acts, 5 an erasure of 3's detail, 6 a checkpoint to 5, 7-8 acts, 9 a checkpoint to 8, 10 an act."""
    with making.db.write() as tx:
        making.journal.append(tx, [entry("case-1", "A", "B"), entry("case-2", "A"), entry("case-2", detail={})])
    with making.db.write() as tx:
        erase(tx, making.journal, [3], reason="保存期限届满", actor="apt-9")
    seal(making)
    with making.db.write() as tx:
        making.journal.append(tx, [entry("case-1", "B"), entry("case-2", "B", state_hash="sha256:new")])
    clock.advance(minutes=1)
    seal(making)
    with making.db.write() as tx:
        making.journal.append(tx, [entry("", state_hash="")])
    return making


def seal(making: Making) -> None:
    Sealer(making.db, making.journal, making.vault, lambda tx: frozenset({"JUSTICE"})).seal()


def check(making: Making, **more: Any) -> Report:
    return verify(making.db, making.journal, making.vault, **more)


def keep(making: Making, outside: Path) -> None:
    with making.db.read() as tx, outside.open("w") as out:
        assert checkpoints.export(tx, SOURCE, out, page=1) == 2


def test_a_sound_journal_is_found_sound(filled: Making, outside: Path) -> None:
    keep(filled, outside)
    report = check(filled, against=outside, cases=lambda tx: CASES.items())
    assert report.finding is None
    assert (report.ok, report.entries, report.checkpoints, report.unsealed) == (True, 10, 2, 2)
    assert "10" in report.zh
    assert "10" in report.en


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_change_of_any_column_of_any_table_is_found(filled: Making, table: str, column: str) -> None:
    if (table, column) == ("journal_head", "id"):
        with pytest.raises(sa.exc.IntegrityError), tampering(filled.db) as tx:
            change(tx, table, column)
        return
    with tampering(filled.db) as tx:
        change(tx, table, column)
    report = check(filled)
    assert not report.ok
    assert report.zh
    assert report.en


@pytest.mark.parametrize("position", range(1, 11))
def test_a_changed_entry_is_named(filled: Making, position: int) -> None:
    with tampering(filled.db) as tx:
        change(tx, "journal", "actor", row=position - 1)
    report = check(filled)
    assert (report.first_bad, report.finding.code) == (position, "CHANGED")
    assert str(position) in report.en


@pytest.mark.parametrize("position", range(1, 11))
@pytest.mark.parametrize("table", ["journal", "journal_detail", "journal_audience"])
def test_a_deleted_row_is_found_where_it_was(filled: Making, table: str, position: int) -> None:
    with tampering(filled.db) as tx:
        gone = tx.exec_driver_sql(f"DELETE FROM {table} WHERE position = {position}").rowcount
    report = check(filled)
    assert report.ok is (gone == 0)
    if gone:
        assert report.first_bad == position


@pytest.mark.parametrize("table", ["journal_erasure", "checkpoint", "journal_head"])
def test_a_deleted_row_of_the_other_tables_is_found(filled: Making, table: str) -> None:
    with tampering(filled.db) as tx:
        tx.exec_driver_sql(f"DELETE FROM {table}")
    assert not check(filled).ok


def test_two_entries_exchanged_are_found(filled: Making) -> None:
    """Digests hold, as they do not cover the position; the chain does."""
    with tampering(filled.db) as tx:
        for old, new in ((7, 99), (8, 7), (99, 8)):
            for table in ("journal", "journal_detail", "journal_audience"):
                tx.exec_driver_sql(f"UPDATE {table} SET position = {new} WHERE position = {old}")
    report = check(filled)
    assert report.finding.code == "CHAIN"
    assert 6 <= report.first_bad <= 7


def test_a_changed_entry_with_its_digest_made_anew_breaks_the_chain(filled: Making) -> None:
    with tampering(filled.db) as tx:
        forge(tx, 7)
    report = check(filled)
    assert (report.finding.code, report.first_bad) == ("CHAIN", 6)


def forge(tx: sa.engine.Connection, position: int) -> None:
    tx.execute(journal.update().where(journal.c.position == position).values(actor="someone else"))
    row = tx.execute(sa.select(journal).where(journal.c.position == position)).one()
    told = tx.execute(sa.select(journal_audience.c.agency).where(journal_audience.c.position == position)).scalars()
    tx.execute(journal.update().where(journal.c.position == position).values(digest=digest_of(row._mapping, told)))


def cut(filled: Making, after: int) -> None:
    """The tail goes with its checkpoints, and the head goes back: nothing inside tells of it."""
    with tampering(filled.db) as tx:
        for table in ("journal", "journal_detail", "journal_audience", "journal_erasure"):
            tx.exec_driver_sql(f"DELETE FROM {table} WHERE position > {after}")
        tx.exec_driver_sql(f"DELETE FROM checkpoint WHERE to_position >= {after}")
        tx.exec_driver_sql(f"UPDATE journal_head SET position = {after}")


def test_a_tail_cut_off_is_found_against_checkpoints_kept_elsewhere(filled: Making, outside: Path) -> None:
    keep(filled, outside)
    cut(filled, 7)
    assert check(filled).ok
    report = check(filled, against=outside)
    assert (report.finding.code, report.first_bad) == ("TAIL_CUT", 8)


def test_a_chain_signed_anew_is_found_against_checkpoints_kept_elsewhere(filled: Making, outside: Path) -> None:
    """The forger holds the key: changes an entry, cuts what follows and lets the sealer sign again."""
    keep(filled, outside)
    cut(filled, 7)
    with filled.db.write() as tx:
        forge(tx, 7)
    with filled.db.write() as tx:
        filled.journal.append(tx, [entry("case-2", state_hash="sha256:new")])
    seal(filled)
    assert check(filled).ok
    report = check(filled, against=outside)
    assert (report.finding.code, report.first_bad) == ("RE_SIGNED", 6)


def test_the_checkpoint_events_an_agency_received_serve_as_the_file(filled: Making, outside: Path) -> None:
    with filled.db.read() as tx:
        received = filled.journal.feed(tx, 0, 100, "JUSTICE")
    outside.write_text("".join(one.body + "\n" for one in received) + "\n")
    assert check(filled, against=outside).ok
    cut(filled, 7)
    assert check(filled, against=outside).finding.code == "TAIL_CUT"


def test_a_file_that_is_forged_or_no_file_of_checkpoints_says_so(filled: Making, outside: Path) -> None:
    keep(filled, outside)
    lines = [json.loads(line) for line in outside.read_text().splitlines()]
    outside.write_text(json.dumps({**lines[0], "chain": "sha256:0"}))
    assert check(filled, against=outside).finding.code == "AGAINST_UNSIGNED"
    outside.write_text(json.dumps(lines[0]) + "\nnot json\n")
    with pytest.raises(ValueError, match=r"checkpoints\.jsonl:2"):
        check(filled, against=outside)
    outside.write_text('{"chain": 1}\n')
    with pytest.raises(ValueError, match="not a checkpoint"):
        check(filled, against=outside)


def test_checkpoints_of_another_service_in_the_file_are_no_matter(filled: Making, outside: Path) -> None:
    keep(filled, outside)
    outside.write_text(outside.read_text().replace(":transfer", ":collab"))
    assert check(filled, against=outside).ok


def test_another_key_is_no_signature(filled: Making, tmp_path: Path) -> None:
    other = Vault(FileKeys(tmp_path / "other"))
    assert verify(filled.db, filled.journal, other).finding.code == "SIGNATURE"


def test_the_public_keys_are_enough_to_verify(database: Any, clock: HandClock, tmp_path: Path) -> None:
    keys = FileKeys(tmp_path / "ring")
    making = Making(database, clock, Vault(keys))
    seal(making)
    assert verify(making.db, making.journal, PublicKeys(keys.public())).ok


@pytest.mark.parametrize(("cases", "code", "position"), [
    ({**CASES, "case-2": "sha256:old"}, "CASE", 8),
    ({"case-1": CASES["case-1"]}, "CASE_GONE", 8),
    ({**CASES, "case-3": "sha256:x"}, "CASE_STRAY", 0),
])
def test_a_case_that_is_not_as_its_last_entry_left_it_is_found(filled: Making, cases: dict[str, str], code: str,
                                                               position: int) -> None:
    report = check(filled, cases=lambda tx: cases.items())
    assert (report.finding.code, report.first_bad) == (code, position)


@pytest.mark.parametrize(("table", "row", "code"), [
    ("journal_audience", {"agency": "Z", "position": 4}, "CHANGED"),
    ("journal_audience", {"agency": "Z", "position": 40}, "AUDIENCE_STRAY"),
    ("journal_audience", {"agency": "Z", "position": -1}, "AUDIENCE_STRAY"),
    ("journal_detail", {"position": 4, "detail": "{}", "salt": ""}, "DETAIL_STRAY"),
    ("journal_detail", {"position": 40, "detail": "{}", "salt": ""}, "DETAIL_STRAY"),
    ("journal_detail", {"position": 3, "detail": "{}", "salt": ""}, "DETAIL"),
    ("journal_erasure", {"position": 2, "entry": "x"}, "ERASURE"),
])
def test_a_row_slipped_in_is_found(filled: Making, table: str, row: dict[str, Any], code: str) -> None:
    with tampering(filled.db) as tx:
        tx.execute(journal.metadata.tables[table].insert(), row)
    assert check(filled).finding.code == code


def test_a_detail_deleted_without_an_entry_is_found_even_with_its_mark(filled: Making) -> None:
    with filled.db.write() as tx:
        tx.exec_driver_sql("INSERT INTO journal_erasure (position, entry) VALUES (2, 'none')")
        tx.exec_driver_sql("DELETE FROM journal_detail WHERE position = 2")
    report = check(filled)
    assert (report.finding.code, report.first_bad) == ("DETAIL_GONE", 2)


def test_an_entry_beyond_the_head_is_found(filled: Making) -> None:
    with tampering(filled.db) as tx:
        tx.exec_driver_sql("UPDATE journal_head SET position = 9")
    report = check(filled)
    assert (report.finding.code, report.first_bad) == ("HEAD", 10)


def test_verify_walks_on_over_the_edge_of_its_pages(filled: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.journal.walk._PAGE", 1)
    monkeypatch.setattr("shared.journal.verify._BATCH", 1)
    assert check(filled, cases=lambda tx: CASES.items()).ok
    with tampering(filled.db) as tx:
        tx.exec_driver_sql("DELETE FROM journal WHERE position = 4")
    assert check(filled).first_bad == 4


def test_one_is_not_told_as_several() -> None:
    assert Report("transfer", 1, 1, 0).en == "sound: 1 entry, 1 checkpoint, 0 after the last of them"
    assert Report("transfer", 2, 0, 2).en == "sound: 2 entries, 0 checkpoints, 2 after the last of them"
