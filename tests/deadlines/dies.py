"""A ticker whose process ends between the journal's statement and the commit. Run by test_ticker as a process."""

import os
import sys
from datetime import datetime

from shared.db.database import Database
from shared.deadlines.ticker import Ticker
from shared.journal.log import Journal
from shared.kernel.clock import HandClock
from tests.deadlines.conftest import Law


class DyingJournal(Journal):
    """Writes, then is gone: no commit, no clean-up."""

    def append(self, tx, entries):  # type: ignore[no-untyped-def, override]
        super().append(tx, entries)
        os._exit(9)


if __name__ == "__main__":
    url, schema, now = sys.argv[1:]
    clock = HandClock(datetime.fromisoformat(now))
    Ticker(Database(url, schema), clock, DyingJournal("transfer", "rongcheng", clock), Law(version="2"),
           lambda tx, cases: {}).step()
    sys.exit("the ticker had nothing to fire")
