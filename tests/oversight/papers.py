"""Services that only tell: a journal each, whose news oversight follows as it follows the suite's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from services.oversight.board.projection import PROJECTIONS
from shared.acts.office import Office
from shared.bus.feeds import Feed, LocalFeed
from shared.bus.follower import Follower
from shared.contracts.envelope import Event
from shared.contracts.feed import FeedPage
from shared.db.database import Database
from shared.journal import epochs
from shared.journal.log import Journal
from shared.journal.model import NewEntry
from shared.kernel.clock import Clock
from shared.kernel.ids import new_id

TABLES = [table for projection in PROJECTIONS for table in projection.tables]
Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Paper:
    """One service's journal."""

    db: Database
    journal: Journal

    def tell(self, *events: Event) -> None:
        """Events as they are in `told`, entered in order."""
        with self.db.write() as tx:
            self.journal.append(tx, [_entry(event, self.journal.clock) for event in events])


def _entry(event: Event, clock: Clock) -> NewEntry:
    data = {name: value for name, value in event.data.items() if name != "occurred_on"}
    return NewEntry(new_id(clock.now()), event.name, event.subject, date.fromisoformat(event.data["occurred_on"]), data,
                    revision=event.revision)


@dataclass
class Newsstand:
    """Oversight's office and the papers it follows."""

    office: Office
    papers: Mapping[str, Paper]
    feeds: dict[str, Feed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.feeds = {name: LocalFeed(paper) for name, paper in self.papers.items()}
        self.feeds[self.office.name] = LocalFeed(self.office)

    def hear(self) -> None:
        """Handles all that was told, and what it caused here."""
        handlers = self.office.handlers()
        followers = [Follower(self.office.db, self.office.name, name, handlers[name], self.office.clock, feed)
                     for name, feed in self.feeds.items()]
        while sum([follower.step() for follower in followers]):
            pass

    def rows(self) -> Rows:
        """What the projections have, as the database keeps it."""
        with self.office.db.read() as tx:
            return {table.name: sorted((tuple(row) for row in tx.execute(sa.text(f"SELECT * FROM {table.name}"))),
                                       key=repr) for table in TABLES}


def newsstand(office: Office, databases: Mapping[str, Database], clock: Clock) -> Newsstand:
    """Papers on these databases, with their epochs open."""
    papers = {name: Paper(db, Journal(name, "rongcheng", clock)) for name, db in databases.items()}
    for paper in papers.values():
        epochs.open_epoch(paper.db, paper.journal)
    return Newsstand(office, papers)


class Hooked:
    """A feed that does something before each of its pages, by their number from 1."""

    def __init__(self, feed: Feed, before: Mapping[int, Callable[[], None]]) -> None:
        self._feed, self._before, self.pages = feed, before, 0

    def page(self, after: int, limit: int) -> FeedPage:
        self.pages += 1
        if do := self._before.get(self.pages):
            do()
        return self._feed.page(after, limit)
