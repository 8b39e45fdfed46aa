"""The walk along the journal that `verify` takes: page by page, every entry against its digest, detail and audience,
the chain against every checkpoint kept here or elsewhere."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.crypto.digests import UnknownAlgorithm, algorithm_of, salted
from shared.journal import checkpoints, findings
from shared.journal.checkpoints import Checkpoint, Verifier, checkpoint_of
from shared.journal.findings import Finding
from shared.journal.hashing import GENESIS, chain_of, digest_of
from shared.journal.model import CHECKPOINT, EPOCH_OPENED, ERASURES
from shared.journal.tables import journal, journal_audience, journal_detail

_PAGE = 1000


class Walk:
    """Where the walk stands, and what it met that is judged at its end."""

    def __init__(self, tx: Connection, source: str, verifier: Verifier, against: Sequence[Checkpoint]) -> None:
        self._tx, self._source, self._verifier = tx, source, verifier
        self._against, self._next = against, 0
        self._own = self._kept_here()
        self._due = next(self._own, None)          # the next checkpoint kept here
        self._agreed = 0                           # up to here the chain was confirmed by a checkpoint from elsewhere
        self.position, self.chain = 0, GENESIS
        self.checkpoints, self.sealed_to = 0, 0
        self._awaited: dict[int, Checkpoint] = {}  # kept here, not yet told of by an entry
        self.without_detail: set[int] = set()
        self.erased: dict[int, str] = {}           # position -> id of the entry that tells
        self.epoch, self.epoch_at = ("", ""), 0

    def findings(self) -> Iterator[Finding]:
        """What is wrong, in the order of positions. After the first the walk may not be gone on with."""
        while page := self._page():
            yield from self._strays(page)
            for row in page:
                yield from self._entry(row)
        if self._awaited:
            yield findings.checkpoint_stray(min(self._awaited))

    def _page(self) -> Sequence[Any]:
        chosen = sa.select(journal).where(journal.c.position > self.position).order_by(journal.c.position).limit(_PAGE)
        page = self._tx.execute(chosen).all()
        if page:
            span = (self.position, page[-1].position)
            self._told: dict[int, list[str]] = {}
            for position, agency in self._tx.execute(_within(journal_audience, *span)
                                                     .with_only_columns(journal_audience.c.position,
                                                                        journal_audience.c.agency)):
                self._told.setdefault(position, []).append(agency)
            self._details = {row.position: row for row in self._tx.execute(_within(journal_detail, *span))}
        return page

    def _strays(self, page: Sequence[Any]) -> Iterator[Finding]:
        if page[0].position > self.position + 1:
            yield findings.missing(self.position + 1, page[0].position)
        there = {row.position for row in page}
        if beside := self._told.keys() - there:
            yield findings.audience_stray(min(beside))
        if beside := self._details.keys() - there:
            yield findings.detail_stray(min(beside))

    def _entry(self, row: Any) -> Iterator[Finding]:
        if row.position != self.position + 1:
            yield findings.missing(self.position + 1, row.position)
        try:
            if digest_of(row._mapping, self._told.get(row.position, ()), algorithm_of(row.digest)) != row.digest:
                yield findings.changed(row.position)
            yield from self._detail(row)
            self.position, self.chain = row.position, chain_of(self.chain, row.position, row.digest)
        except UnknownAlgorithm as unknown:
            yield findings.unknown_algorithm(row.position, str(unknown))
        yield from self._told_by(row)
        yield from self._sealed()

    def _detail(self, row: Any) -> Iterator[Finding]:
        kept = self._details.get(row.position)
        if kept is None:
            if row.detail_hash:
                self.without_detail.add(row.position)
        elif not row.detail_hash:
            yield findings.detail_stray(row.position)
        elif salted(kept.salt, kept.detail, algorithm_of(row.detail_hash)) != row.detail_hash:
            yield findings.detail_changed(row.position)

    def _told_by(self, row: Any) -> Iterator[Finding]:
        """Entries that tell of the journal itself: epochs, erasures, checkpoints."""
        if row.type not in (EPOCH_OPENED, *ERASURES, CHECKPOINT):
            return
        try:
            data = json.loads(row.body)["data"]
            if row.type == EPOCH_OPENED:
                self.epoch, self.epoch_at = (data["epoch"], data["binding"]), row.position
            elif row.type in ERASURES:
                self.erased.update((int(position), row.id) for position in data["positions"])
            else:
                told = checkpoint_of(data)
                if self._awaited.pop(told.to_position, None) != told:
                    yield findings.checkpoint_lost(row.position, told.to_position)
        except (ValueError, KeyError, TypeError):
            yield findings.unreadable(row.position)

    def _sealed(self) -> Iterator[Finding]:
        """The chain here against the checkpoints at this position: our own, and those kept elsewhere."""
        while self._due is not None and self._due.to_position <= self.position:
            own, self._due = self._due, next(self._own, None)
            yield from self._judged(own)
            self._awaited[own.to_position] = own
            self.checkpoints, self.sealed_to = self.checkpoints + 1, own.to_position
        while self._next < len(self._against) and self._against[self._next].to_position <= self.position:
            kept = self._against[self._next]
            if kept.chain != self.chain:
                yield findings.re_signed(self._agreed, kept.to_position, kept.epoch)
            self._next, self._agreed = self._next + 1, kept.to_position

    def _kept_here(self) -> Iterator[Checkpoint]:
        reached = 0
        while page := checkpoints.after(self._tx, self._source, reached, _PAGE):
            yield from page
            reached = page[-1].to_position

    def _judged(self, own: Checkpoint) -> Iterator[Finding]:
        if not own.signed_by(self._verifier):
            yield findings.signature_wrong(own.to_position)
        if own.chain != self.chain:
            yield findings.chain_broken(self.sealed_to, own.to_position)


def _within(table: sa.Table, after: int, upto: int) -> sa.Select[Any]:
    return sa.select(table).where(table.c.position > after, table.c.position <= upto)
