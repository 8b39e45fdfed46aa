"""`liandong verify`: what one with the database's password, or even with the keys, does behind the journal's back."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from liandong.offices import office_of
from shared.journal import checkpoints
from shared.journal.hashing import digest_of
from shared.journal.tables import checkpoint, journal, journal_audience, journal_detail, journal_head
from shared.kernel.clock import HandClock, SystemClock
from shared.kernel.settings import Settings, settings_from
from tests.journal.entries import tampering
from tests.liandong.played import announced, played
from tests.liandong.running import run

OPENED, KEPT = 12, 4      # cases that people opened, and those that a forger lets stand


@dataclass(frozen=True)
class Sealed:
    """A home whose last entries are under a checkpoint, and the file of checkpoints that is kept elsewhere."""

    home: Path
    kept: Path

    @property
    def settings(self) -> Settings:
        return settings_from({"LIANDONG_HOME": str(self.home), "LIANDONG_CITY_FOLDER": str(self.home / "city")})

    def verify(self, *words: str) -> tuple[int, str]:
        """Its exit code, and what it says of transfer."""
        ran = run("verify", *words, home=self.home)
        assert ran.errors == ""
        return ran.code, next(line for line in ran.out.splitlines() if line.startswith("transfer: "))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Sealed, exported and found sound; not to be changed."""
    folder = tmp_path_factory.mktemp("sealed")
    found = Sealed(folder / "home", folder / "kept.jsonl")
    with played(found.home, HandClock(SystemClock().now())) as player:
        for _ in range(OPENED):
            announced(player)
        player.suite.offices["transfer"].sealer.seal()
    exported = run("checkpoints", "export", str(found.kept), home=found.home)
    assert exported.code == 0, exported.errors
    assert found.verify("--against", str(found.kept))[0] == 0
    return found


@pytest.fixture
def sealed(prepared: Sealed, tmp_path: Path) -> Sealed:
    """One to do with as a test wants."""
    shutil.copytree(prepared.home.parent, tmp_path, dirs_exist_ok=True)
    return Sealed(tmp_path / "home", tmp_path / "kept.jsonl")


def cut(sealed: Sealed) -> int:
    """Takes the last cases away with every entry and checkpoint of them and sets the head back: nothing inside tells of
    it. Returns the last position that is left."""
    with office_of("transfer", sealed.settings) as office, tampering(office.db) as tx:
        announced = sa.select(journal.c.position).where(journal.c.type == "announced")
        last = tx.scalars(announced.order_by(journal.c.position)).all()[KEPT] - 1
        gone = sa.select(journal.c.stream).where(journal.c.position > last, journal.c.type == "announced")
        case = office.acts["cases"].keeping.tables.case
        tx.execute(case.delete().where(case.c.id.in_(gone)))
        for table in (journal, journal_detail, journal_audience):
            tx.execute(table.delete().where(table.c.position > last))
        tx.execute(checkpoint.delete().where(checkpoint.c.to_position > last))
        tx.execute(journal_head.update().values(position=last))
    return int(last)


def test_a_changed_entry_is_named(sealed: Sealed) -> None:
    with office_of("transfer", sealed.settings) as office, tampering(office.db) as tx:
        tx.execute(journal.update().where(journal.c.position == 21).values(actor="somebody else"))
    code, said = sealed.verify()
    assert code == 1 and "entry 21, or who was told, does not fit its digest" in said


def test_a_changed_case_is_named(sealed: Sealed) -> None:
    with office_of("transfer", sealed.settings) as office, office.db.write() as tx:
        case = office.acts["cases"].keeping.tables.case
        changed = tx.scalars(sa.select(case.c.id).where(case.c.state == "announced")).first()
        tx.execute(case.update().where(case.c.id == changed).values(state="reported"))
    code, said = sealed.verify()
    assert code == 1 and str(changed) in said


def test_a_tail_that_was_cut_off_shows_against_checkpoints_kept_elsewhere(sealed: Sealed) -> None:
    last = cut(sealed)
    assert sealed.verify()[0] == 0
    code, said = sealed.verify("--against", str(sealed.kept))
    assert code == 1 and f"the journal only {last}: its tail was cut off" in said


def test_a_chain_signed_anew_shows_against_checkpoints_kept_elsewhere(sealed: Sealed) -> None:
    """The forger holds the keys: changes the last entry that is left and lets the sealer sign it all again."""
    last = cut(sealed)
    with office_of("transfer", sealed.settings) as office:
        with tampering(office.db) as tx:
            here = journal.c.position == last
            tx.execute(journal.update().where(here).values(actor="somebody else"))
            row = tx.execute(sa.select(journal).where(here)).one()
            told = tx.scalars(sa.select(journal_audience.c.agency).where(journal_audience.c.position == last))
            tx.execute(journal.update().where(here).values(digest=digest_of(row._mapping, told)))
        while True:         # grows until it is as long as it was
            office.sealer.seal()
            with office.db.read() as tx:
                if office.journal.head(tx).position > sealed_to(sealed):
                    break
    assert sealed.verify()[0] == 0
    code, said = sealed.verify("--against", str(sealed.kept))
    assert code == 1 and "signed" in said


def sealed_to(sealed: Sealed) -> int:
    """The last position of transfer under a checkpoint that is kept elsewhere."""
    source = checkpoints.source_of("rongcheng", "transfer")
    return max(one.to_position for one in checkpoints.exported(sealed.kept, source))


def test_a_file_of_something_else_is_told_in_one_line(sealed: Sealed) -> None:
    sealed.kept.write_text("not a checkpoint\n")
    ran = run("verify", "--against", str(sealed.kept), home=sealed.home)
    assert ran.code == 1 and "kept.jsonl:1" in ran.one_line
