"""What the journal's tests share: a journal that is open, and a few entries to put into it."""

from pathlib import Path

import pytest

from shared.crypto.keys import FileKeys
from shared.crypto.vault import Vault
from shared.db.database import Database
from shared.journal.epochs import open_epoch
from shared.journal.log import Journal
from shared.kernel.clock import Clock, HandClock


class Making:
    """A journal on a database, with what one needs to write into it and to seal it."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self.db, self.clock, self.vault = database, clock, vault
        self.journal = Journal("transfer", "rongcheng", clock)
        open_epoch(database, self.journal)


@pytest.fixture(scope="session")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(FileKeys(tmp_path_factory.mktemp("keys")))


@pytest.fixture
def making(database: Database, clock: HandClock, vault: Vault) -> Making:
    return Making(database, clock, vault)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file outside the database: what justice keeps."""
    return tmp_path / "checkpoints.jsonl"
