"""A sweep whose process ends, by kill -9, in the middle of handing over. Run by test_killed as a process."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from services.transfer.office import SPEC
from shared.acts.office import Office
from shared.acts.perform import Acts
from shared.db.database import Database
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings


def main(url: str, schema: str, home: str, now: str, after: int) -> None:
    """Hands over `after` cases, is gone within the transaction of the next."""
    folder, done = Path(home), [0]
    plain = Acts._save

    def save(self: Acts, *args: Any) -> Any:
        saved = plain(self, *args)
        done[0] += 1
        if done[0] > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return saved

    Acts._save = save                   # type: ignore[method-assign]
    settings = Settings(home=folder, keys=folder / "keys", jwks=folder / "jwks")
    office = Office(SPEC, settings, HandClock(datetime.fromisoformat(now)), Database(url, schema))
    office.tick()


if __name__ == "__main__":
    main(*sys.argv[1:5], int(sys.argv[5]))
    sys.exit("there was nothing to hand over")
