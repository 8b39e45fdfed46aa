"""A process that calls webhooks under Nameko. Run as `python -m tests.webhooks.worker embedded|city JSON`: unpatched
with native threads, or patched as a worker of a city is."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from liandong.memory import collect_seldom


def patch() -> None:
    """As the worker of a city does, before anything else is imported."""
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    import eventlet
    eventlet.monkey_patch()


def main(given: dict[str, Any]) -> None:
    from functools import partial

    from services.sharing.office import SPEC
    from services.sharing.webhooks.deliverer import Deliverer
    from shared.acts.office import Office
    from shared.bus.delivering import delivering
    from shared.bus.entrypoints import OfficeProvider, Running
    from shared.bus.runner import Runner
    from shared.db.database import Database
    from shared.journal.log import Journal
    from shared.kernel.clock import HandClock
    from shared.kernel.hosts import allowed_from
    from shared.kernel.settings import Settings
    from shared.wake import Wake

    class Calling:
        name = "sharing"
        office = OfficeProvider()

        @delivering
        def webhooks(self) -> Any:
            return partial(Deliverer, self.office)

    home, clock = Path(given["home"]), HandClock(datetime.fromisoformat(given["now"]))
    settings = Settings(home=home, keys=home / "keys", jwks=home / "jwks", webhook_hosts=allowed_from(given["hosts"]))
    sharing = Office(SPEC, settings, clock, Database(*given["sharing"]))
    db = Database(*given["transfer"])
    transfer = SimpleNamespace(name="transfer", db=db, journal=Journal("transfer", "rongcheng", clock),
                               wake=Wake(db, "transfer"))
    transfer.wake.hear()
    running = Running(settings, {"sharing": sharing, "transfer": transfer})
    Runner([Calling], running).run(ready=lambda: print("ready", flush=True))
    transfer.wake.close()
    sharing.close()
    db.dispose()
    print("stopped", flush=True)


if __name__ == "__main__":
    collect_seldom()
    if sys.argv[1] == "city":
        patch()
    main(json.loads(sys.argv[2]))
