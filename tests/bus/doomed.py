"""A process that ends itself by kill -9 at a chosen moment. Run as `python -m tests.bus.doomed MOMENT JSON`."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy.engine import Connection

from shared.bus.amqp import Consumer as AmqpConsumer
from shared.bus.amqp import Publisher
from shared.bus.feeds import LocalFeed
from shared.bus.relay import Relay
from shared.bus.topology import Names
from shared.clock import HandClock
from shared.contracts.envelope import Event
from shared.db import Database
from shared.journal.log import Journal
from tests.bus.newsroom import Consumer, Source

ROOT = Path(__file__).resolve().parents[2]


def run(moment: str, source: Source, consumer: Consumer, url: str, prefix: str) -> None:
    """Lets a process live until its moment; fails where it ends in another way."""
    given = {"source": [source.db.url, source.db.schema], "consumer": [consumer.db.url, consumer.db.schema],
             "url": url, "prefix": prefix}
    done = subprocess.run([sys.executable, "-m", "tests.bus.doomed", moment, json.dumps(given)], cwd=ROOT, timeout=60,
                          capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == -signal.SIGKILL, (moment, done.returncode, done.stderr[-2000:])


def end() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


class Confirmed(Publisher):
    """Ends when the broker has confirmed everything, before the cursor is moved."""

    def settle(self, outstanding: int) -> None:
        super().settle(0)
        end()


def deadly(tx: Connection, event: Event) -> None:
    """A handler that takes the process with it."""
    if event.name == "refused":
        end()


def main(moment: str, given: dict[str, Any]) -> None:
    clock = HandClock(datetime(2025, 9, 29, 1, 0, tzinfo=UTC))
    db, names = Database(*given["source"]), Names(given["prefix"])
    source = Source(db, Journal("transfer", "rongcheng", clock), clock)
    consumer = Consumer(Database(*given["consumer"]), clock)
    if moment == "committed":
        source.tell("announced", "letter_issued")
    elif moment == "published":
        url = given["url"]
        Relay(db, source.journal, lambda after: Confirmed(url, names, "transfer", ("oversight",), after)).step()
    else:
        follower = consumer.follower(LocalFeed(source))
        if moment == "handled":
            follower.committed = end
        else:
            follower.handlers = {"refused": deadly, "*": consumer.note}
        AmqpConsumer(given["url"], names, follower).run(lambda: False, lambda seconds: None)
    end()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
