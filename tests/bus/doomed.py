"""Processes that end themselves by kill -9 at a chosen moment, forked from one that has imported what they need: run as
`python -m tests.bus.doomed`, it reads a line of JSON for each."""

import json
import os
import signal
import subprocess
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy.engine import Connection

from shared.bus.amqp import Consumer as AmqpConsumer
from shared.bus.feeds import LocalFeed
from shared.bus.publishing import Publisher
from shared.bus.relay import Relay
from shared.bus.topology import Names
from shared.contracts.envelope import Event
from shared.db.database import Database
from shared.journal.log import Journal
from shared.kernel.clock import HandClock
from tests.bus.newsroom import Consumer, Source

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60        # that one may live


class Deaths:
    """What forks them, in the hands of a test."""

    def __init__(self) -> None:
        self._child = subprocess.Popen([sys.executable, "-m", "tests.bus.doomed"], cwd=ROOT, text=True,
                                       env={**os.environ, "PYTHONPATH": str(ROOT)},
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, moment: str, source: Source, consumer: Consumer, url: str, prefix: str) -> None:
        """Lets a process live until its moment; fails where it ends in another way."""
        given = {"moment": moment, "source": [source.db.url, source.db.schema],
                 "consumer": [consumer.db.url, consumer.db.schema], "url": url, "prefix": prefix}
        assert self._child.stdin is not None and self._child.stdout is not None
        print(json.dumps(given), file=self._child.stdin, flush=True)
        assert int(self._child.stdout.readline()) == -signal.SIGKILL, moment

    def close(self) -> None:
        self._child.communicate()


def fork() -> None:
    """One process a line, and how it ended."""
    for line in sys.stdin:
        given = json.loads(line)
        pid = os.fork()
        if not pid:
            try:
                signal.alarm(SECONDS)
                main(given.pop("moment"), given)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


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
    fork()
