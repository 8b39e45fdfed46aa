"""Checks a service's journal from its first entry to its last, and names the first that is wrong.

Found without anything from outside: a changed, missing, inserted or moved entry, detail, audience, checkpoint, head or
erasure; a case whose row is not the one its last entry left. Found only `against` checkpoints kept elsewhere: a tail
that was cut off together with its checkpoints, and a chain signed anew by someone who holds the key. What is younger
than the last checkpoint is bound by nothing yet: `unsealed` says how many entries that is (at most a minute's worth).
Reads one snapshot in pages; memory grows only with the file given, the erasures, and on a mismatch the cases.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import Database
from shared.journal import checkpoints, findings
from shared.journal.checkpoints import Checkpoint, Verifier, source_of
from shared.journal.findings import Finding, Report
from shared.journal.log import Journal
from shared.journal.tables import checkpoint, journal, journal_audience, journal_detail, journal_erasure, journal_head
from shared.journal.walk import Walk

Cases = Callable[[Connection], Iterable[tuple[str, str]]]    # (case id, its state hash computed anew from its row)
Check = Callable[[Connection], Iterable[Finding]]            # of what a service keeps beside its cases
_BATCH = 500


def verify(db: Database, journal: Journal, verifier: Verifier, *, against: Path | None = None,
           cases: Cases | None = None, besides: Check | None = None) -> Report:
    """The whole check, what the service keeps `besides` its cases last. Raises ValueError for a line of `against` that
    can't be read."""
    source = source_of(journal.city, journal.service)
    kept = sorted(checkpoints.exported(against, source), key=lambda one: one.to_position) if against else []
    with db.read() as tx:
        walk = Walk(tx, source, verifier, kept)
        finding = next(_all(tx, walk, kept, verifier, cases, besides), None)
        return Report(source, walk.position, walk.checkpoints, walk.position - walk.sealed_to, finding)


def _all(tx: Connection, walk: Walk, kept: list[Checkpoint], verifier: Verifier,
         cases: Cases | None, besides: Check | None) -> Iterator[Finding]:
    for one in kept:
        if not one.signed_by(verifier):
            yield findings.against_unsigned(one.to_position)
    yield from _below(tx)
    yield from walk.findings()
    yield from _beyond(tx, walk)
    yield from _erasures(tx, walk)
    yield from _head(tx, walk)
    if kept and kept[-1].to_position > walk.position:
        yield findings.tail_cut(kept[-1].to_position, walk.position)
    if cases is not None:
        yield from _cases(tx, cases)
    if besides is not None:
        yield from besides(tx)


def _below(tx: Connection) -> Iterator[Finding]:
    lowest = tx.execute(sa.select(sa.func.min(journal.c.position))).scalar()
    if lowest is not None and lowest < 1:
        yield findings.misplaced(lowest)


def _beyond(tx: Connection, walk: Walk) -> Iterator[Finding]:
    """Rows that stand before the first or after the last entry, where the walk never comes."""
    for column, words in ((journal_audience.c.position, findings.audience_stray),
                          (journal_detail.c.position, findings.detail_stray),
                          (checkpoint.c.to_position, findings.checkpoint_stray)):
        low, high = tx.execute(sa.select(sa.func.min(column), sa.func.max(column))).one()
        if low is not None and (low < 1 or high > walk.position):
            yield words(low if low < 1 else high)


def _erasures(tx: Connection, walk: Walk) -> Iterator[Finding]:
    """Every detail that is gone was erased by an entry, and marks and entries say the same."""
    if gone := walk.without_detail - walk.erased.keys():
        yield findings.detail_gone(min(gone))
    marks = {mark.position: mark.entry for mark in tx.execute(sa.select(journal_erasure))}
    wrong = {position for position, _ in marks.items() ^ walk.erased.items()}
    wrong |= walk.erased.keys() - walk.without_detail
    if wrong:
        yield findings.erasure_stray(min(wrong))


def _head(tx: Connection, walk: Walk) -> Iterator[Finding]:
    heads = tx.execute(sa.select(journal_head)).all()
    position = heads[0].position if heads else 0
    if len(heads) != 1 or position != walk.position:
        yield findings.head_wrong(position, walk.position)
    elif (heads[0].epoch, heads[0].binding) != walk.epoch:
        yield findings.epoch_wrong(walk.epoch_at)


def _cases(tx: Connection, cases: Cases) -> Iterator[Finding]:
    rows, seen = iter(cases(tx)), 0
    while batch := dict(islice(rows, _BATCH)):
        last = _last_hashes(tx, list(batch))
        for case, state_hash in batch.items():
            if case not in last:
                yield findings.case_unjournalled(case)
            elif last[case][1] != state_hash:
                yield findings.case_changed(case, last[case][0])
        seen += len(batch)
    told = tx.execute(sa.select(sa.func.count(sa.distinct(journal.c.stream))).where(_OF_CASES)).scalar_one()
    if told != seen:
        there = {case for case, _ in cases(tx)}
        streams = tx.execute(sa.select(journal.c.stream, sa.func.max(journal.c.position)).where(_OF_CASES)
                             .group_by(journal.c.stream).order_by(sa.func.max(journal.c.position)))
        yield from (findings.case_gone(case, at) for case, at in streams if case not in there)


_OF_CASES = sa.and_(journal.c.stream != "", journal.c.state_hash != "")


def _last_hashes(tx: Connection, streams: list[str]) -> dict[str, tuple[int, str]]:
    """For each stream the position and the state hash of its last entry that has one."""
    last = sa.select(sa.func.max(journal.c.position)).where(_OF_CASES, journal.c.stream.in_(streams)) \
        .group_by(journal.c.stream)
    rows = tx.execute(sa.select(journal.c.stream, journal.c.position, journal.c.state_hash)
                      .where(journal.c.position.in_(last)))
    return {stream: (position, state_hash) for stream, position, state_hash in rows}
