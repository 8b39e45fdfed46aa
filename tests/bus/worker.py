"""A process with two small services under Nameko. Run as `python -m tests.bus.worker embedded|city JSON`.

`transfer` tells; `oversight` writes down what it hears. What each does stands in the given JSON.
"""

import json
import os
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from liandong.memory import collect_seldom


def patch() -> None:
    """As the worker of a city does, before anything else is imported."""
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    import eventlet
    eventlet.monkey_patch()


def office(name: str, db: Any, given: dict[str, Any]) -> Any:
    """What the entrypoints need of an office."""
    from datetime import UTC, datetime

    from shared.journal.log import Journal
    from shared.kernel.clock import HandClock
    from shared.wake import Wake
    from tests.bus.newsroom import TOKEN, Consumer, Source
    clock = HandClock(datetime(2025, 9, 29, 1, 0, tzinfo=UTC))
    made = SimpleNamespace(name=name, db=db, clock=clock, journal=Journal(name, "rongcheng", clock),
                           wake=Wake(db, name), access=SimpleNamespace(service_token=lambda: TOKEN))
    source = Source(db, made.journal, clock)

    def tells() -> float | None:
        """Tells five entries a call until there are enough of them."""
        if source.head() >= given.get("tells", 0):
            return None
        source.tell(*["announced"] * 5)
        made.wake.ring()
        return 0.01

    made.tells = tells
    made.handlers = lambda: {"transfer": {"*": Consumer(db, clock, name).note}} if name == "oversight" else {}
    return made


def main(way: str, given: dict[str, Any]) -> None:
    from shared.bus.entrypoints import OfficeProvider, Running, following, relaying, sealing, ticking
    from shared.bus.runner import Runner
    from shared.db.database import Database
    from shared.kernel.settings import Settings

    class Service:
        office = OfficeProvider()

        @following
        def news_in(self) -> Mapping[str, Any]:
            return self.office.handlers()

        @ticking
        def deadlines(self) -> float | None:
            return self.office.tells()

        @sealing
        def seals(self) -> float:
            return 60.0

        @relaying
        def news_out(self) -> Any:
            return self.office.journal

    offices = {name: office(name, Database(*place), given) for name, place in given["databases"].items()}
    settings = Settings(news=given["news"], amqp_url=given.get("url", ""), amqp_prefix=given.get("prefix", ""),
                        feed_urls=given.get("feeds", {}))
    services = [type(name.title(), (Service,), {"name": name}) for name in offices]
    runner = Runner(services, Running(settings, offices, {"transfer": ("oversight",)}))
    runner.run(lambda: print("ready", flush=True))
    print("stopped", flush=True)


if __name__ == "__main__":
    collect_seldom()
    if sys.argv[1] == "city":
        patch()
    main(sys.argv[1], json.loads(sys.argv[2]))
