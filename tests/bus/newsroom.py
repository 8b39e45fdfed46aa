"""A source that tells news and a consumer that writes down what it heard, for every test of the carriers."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from shared.bus.feeds import Feed, FeedUnreachable, HttpFeed, LocalFeed
from shared.bus.follower import Follower, Handlers
from shared.contracts.envelope import Event
from shared.contracts.feed import FeedPage, read_mark
from shared.db.database import Database
from shared.journal.epochs import open_epoch
from shared.journal.log import Journal
from shared.journal.model import NewEntry
from shared.kernel.clock import HandClock
from shared.kernel.ids import new_id

DEADLINE = 20.0         # seconds that a test waits for what must come
TOKEN = "feed-all"

NOTES = sa.MetaData()
heard = sa.Table("heard", NOTES, sa.Column("id", sa.Text, primary_key=True), sa.Column("nth", sa.Integer),
                 sa.Column("stream", sa.Text), sa.Column("name", sa.Text), sa.Column("position", sa.Integer))


def until(condition: Callable[[], Any], what: str = "") -> Any:
    """Waits for a condition that another thread or process brings about; fails at the deadline."""
    moment, end = threading.Event(), time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < end, f"it did not come about: {what or condition}"
        moment.wait(0.01)
    return found


@dataclass
class Source:
    """A service that has a journal: what LocalFeed needs of an office."""

    db: Database
    journal: Journal
    clock: HandClock
    told: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls, db: Database, clock: HandClock, name: str = "transfer") -> "Source":
        journal = Journal(name, "rongcheng", clock)
        open_epoch(db, journal)
        return cls(db, journal, clock)

    def tell(self, *names: str, stream: str = "case-1", audience: Sequence[str] = ()) -> list[str]:
        """One entry a name, each in a commit of its own; returns their ids."""
        ids = []
        for name in names:
            entry = NewEntry(id=new_id(self.clock.now()), type=name, stream=stream, occurred_on=date(2025, 9, 29),
                             data={"nth": len(self.told)}, audience=frozenset(audience))
            with self.db.write() as tx:
                self.journal.append(tx, [entry])
            self.told.append(entry.id)
            ids.append(entry.id)
        return ids

    def head(self) -> int:
        with self.db.read() as tx:
            return self.journal.head(tx).position


class Consumer:
    """A service that follows: it notes each event once; a second note of the same one is an error."""

    def __init__(self, db: Database, clock: HandClock, name: str = "oversight") -> None:
        self.db, self.clock, self.name = db, clock, name
        self.failing: set[str] = set()      # names of events whose handler fails
        with db.write() as tx:
            NOTES.create_all(tx)

    def note(self, tx: Connection, event: Event) -> None:
        if event.name.startswith("epoch_"):
            return
        tx.execute(heard.insert().values(id=event.id, nth=event.data["nth"], stream=event.subject, name=event.name,
                                         position=event.position))
        if event.name in self.failing:
            raise RuntimeError(f"no idea what to do with {event.name}")

    def follower(self, feed: Feed, handlers: Handlers | None = None, source: str = "transfer") -> Follower:
        return Follower(self.db, self.name, source, handlers or {"*": self.note}, self.clock, feed)

    def heard(self, stream: str | None = None) -> list[str]:
        """The ids noted, in the order of the source."""
        with self.db.read() as tx:
            query = sa.select(heard.c.id).order_by(heard.c.position)
            return list(tx.scalars(query if stream is None else query.where(heard.c.stream == stream)))


class BrokenFeed:
    """A feed that can be cut off, and counts its pages."""

    def __init__(self, feed: Feed) -> None:
        self.feed, self.cut, self.pages = feed, False, 0

    def page(self, after: int, limit: int) -> FeedPage:
        if self.cut:
            raise FeedUnreachable("cut off")
        self.pages += 1
        return self.feed.page(after, limit)


@contextmanager
def served(source: Source, name: str = "transfer") -> Iterator[HttpFeed]:
    """The source's feed over HTTP, behind a token."""
    local = LocalFeed(source)

    @Request.application
    def feed(request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or request.path != f"/api/{name}/feed":
            return Response(status=403)
        _, after = read_mark(request.args["after"])
        page = local.page(after, int(request.args["limit"]))
        return Response(json.dumps(page.to_json(after)), content_type="application/json")

    server = make_server("127.0.0.1", 0, feed, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    reader = HttpFeed(f"http://127.0.0.1:{server.server_port}", name, lambda: TOKEN)
    try:
        yield reader
    finally:
        reader.close()
        server.shutdown()
        server.server_close()
        thread.join(DEADLINE)


@contextmanager
def at_work(loop: Callable[[Callable[[], bool], Callable[[float], object]], None]) -> Iterator[None]:
    """Runs `loop(stopping, pause)` in a thread for the length of the block; its failure is the test's."""
    stop, failed = threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            loop(stop.is_set, lambda seconds: stop.wait(min(seconds, 0.2)))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(DEADLINE)
        assert not thread.is_alive(), "it did not stop"
        assert not failed, failed
