"""What a dissolved agency had in a service's cases is handed over, a case a transaction, by the suite's act `succeed`.

The end of an agency is one row of the law's tables; what is left to do are the cases in which it has a part. So the
work may end anywhere and goes on from there, any number of processes may do it, and a case that came late is found
too. The journal holds that an event causes one succession a case.

Each case is kept as the agency left it: that is what it may read from then on.

An act may still give a part to an agency that has ended, as one entered late under a day on which it stood: that
case's succession is owed at once, and done when the worker wakes for it.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.appointed import Appointed, appoint, take
from shared.acts.keeping import Keeping, Means, Saved
from shared.acts.model import THE_SUITE, Context, Outcome
from shared.acts.perform import Acts
from shared.acts.request import Request
from shared.acts.store import Row
from shared.acts.succession import SUCCEED, SUCCEEDED, Succeed, forebears
from shared.acts.trying import Trying
from shared.contracts.register import JUSTICE
from shared.db.database import SHARED, among
from shared.deadlines import store as deadlines
from shared.deadlines.entries import entries_of
from shared.deadlines.model import Change
from shared.deadlines.succeeding import succeeded
from shared.kernel.clock import day_of
from shared.law.tables import Dissolution, dissolutions

BATCH = 200              # cases looked for at once
SETTLING = 60.0          # seconds in which an act may still commit that read the register before
HOURLY = 3600.0          # seconds between two looks for what came late by other ways

case_left = sa.Table(
    "case_left", SHARED,
    sa.Column("agency", sa.String(40), primary_key=True),        # the dissolved one
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("last_on", sa.Date, nullable=False),
    sa.Column("doc", sa.Text, nullable=False),                   # sealed as the case's own
    sa.Index("case_left_by_case", "case"),
)


# What the former agency sees

def kept(keeping: Keeping) -> Keeping:
    """The keeping, with each case kept as a dissolved agency left it, and with what acts still give to one handed on.
    People's accounts are not theirs to look back on."""
    chapter = keeping.chapter
    if SUCCEED not in {act.name for act in chapter.acts}:
        return keeping
    saved = {act.name: _owed_late(chapter.path, keeping.saved.get(act.name)) for act in chapter.acts
             if act.name != SUCCEED}
    left = {} if chapter.internal else {SUCCEED: _keep_left}
    return replace(keeping, prepare={**keeping.prepare, **left}, saved={**keeping.saved, **saved})


def _owed_late(path: str, own: Saved | None) -> Saved:
    """What an act does besides, and where it leaves a part with an agency that has ended, its succession owed now."""
    def saved(tx: Connection, means: Means, case: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
        if own:
            own(tx, means, case, outcome, command, context)
        today = day_of(context.now)
        if any(each.until is None and context.register.dissolved(each.agency, today) for each in outcome.case.parties):
            appoint(tx, Appointed(case, SUCCEED, path, context.now))
    return saved


def _keep_left(tx: Connection, means: Means, row: Row | None, _: object, command: Succeed, __: Context) -> Succeed:
    assert row is not None
    left = case_left.c
    if tx.execute(sa.select(left.case).where(left.agency == command.former, left.case == row.id)).first() is None:
        tx.execute(case_left.insert(), {"agency": command.former, "case": row.id, "state": row.state,
                                        "revision": row.revision, "last_on": row.last_on, "doc": row.text})
    return command


def as_left(tx: Connection, agency: str, rows: Iterable[Row]) -> list[Row]:
    """The cases as the dissolved agency left them; one that it left before its end, as it is."""
    rows, left = list(rows), case_left.c
    found = {each.case: each for each in tx.execute(sa.select(case_left).where(
        left.agency == agency, among(tx, left.case, [row.id for row in rows])))} if rows else {}
    return [replace(row, state=was.state, revision=was.revision, last_on=was.last_on, text=was.doc)
            if (was := found.get(row.id)) else row for row in rows]


def forget(tx: Connection, case: str) -> None:
    """Drops how dissolved agencies left the case: with what is erased of it."""
    tx.execute(case_left.delete().where(case_left.c.case == case))


# What the heirs see

def taken_over(tx: Connection, chapters: Iterable[Acts], former: str, heir: str,
               cases: Iterable[str]) -> frozenset[str]:
    """Of these cases those in which the heir took over what the dissolved agency had, from it or from its heir."""
    ids = sorted(cases)
    return frozenset(row.id for acts in chapters for row in acts.store.many(tx, ids)
                     if former in forebears(acts.store.shut_case_of(row), heir))


def others(tx: Connection, chapters: Iterable[Acts], cases: Iterable[str]) -> frozenset[str]:
    """Those of the cases that are of none of these chapters."""
    ids = frozenset(cases)
    return ids - {row.id for acts in chapters for row in acts.store.many(tx, sorted(ids))}


# The work

class Successions:
    """Hands over what dissolved agencies have in this service's cases."""

    def __init__(self, means: Means, acts: Mapping[str, Acts], batch: int = BATCH,
                 seconds: Callable[[], float] = time.monotonic) -> None:
        self.means, self.batch, self._seconds = means, batch, seconds
        self.all = tuple(acts.values())
        self.acts = [each for each in acts.values() if SUCCEED in {act.name for act in each.chapter.acts}]
        self._trying = Trying(means.service, "succession")
        self._looked: dict[str, tuple[float, float]] = {}        # event -> first and last look of this process

    def step(self) -> tuple[int, float | None]:
        """How many cases were handed over, and the seconds until the next look; None: no agency was ever dissolved.

        Raises what the database raises; a case that fails is tried again later, the others go on."""
        with self.means.db.glance() as tx:
            ended = dissolutions(tx)
        done = sum([self._hand_over(each) for each in ended if self._wait(each) <= 0])
        waits = [self._wait(each) for each in ended]
        if waits and (left := self._trying.left()) is not None:
            self._looked, waits = {}, [left]
        return done, min(waits) if waits else None

    def _wait(self, ended: Dissolution) -> float:
        """Seconds until this process looks again: at its start, in the first minute, then once an hour."""
        first, last = self._looked.get(ended.event, (0.0, 0.0))
        if not last:
            return 0.0
        return last + (1.0 if last - first < SETTLING else HOURLY) - self._seconds()

    def late(self, owed: Appointed) -> int:
        """How many parts in a case were handed over that an act gave to an agency after its end. Where its end was not
        heard of yet, the case is found when it is; what fails is tried with the rest."""
        acts = next(each for each in self.acts if each.chapter.path == owed.path)
        case, party = acts.store.tables.case.c, acts.store.tables.party.c
        with self.means.db.read() as tx:
            opened_on = tx.execute(sa.select(case.opened_on).where(case.id == owed.case)).scalar_one()
            present = set(tx.execute(sa.select(party.agency).where(
                party.case == owed.case, party.until.is_(None))).scalars())
            due = [(each, self._command(tx, each)) for each in dissolutions(tx) if each.former in present]
        done = sum(self._do(acts, owed.case, opened_on, ended, command) for ended, command in due)
        with self.means.db.write() as tx:
            take(tx, owed)
        return done

    def _command(self, tx: Connection, ended: Dissolution) -> Succeed:
        former = self.means.law.snapshot(tx).register.get(ended.former)
        assert former is not None and former.until is not None, "told in the same transaction"
        return Succeed(ended.former, former.until, ended.document, former.heirs)

    def _hand_over(self, ended: Dissolution) -> int:
        with self.means.db.read() as tx:
            command = self._command(tx, ended)
        done = sum([self._do(acts, case, opened_on, ended, command) for acts in self.acts
                    for case, opened_on in self._cases(acts, ended.former)])
        done += self._rebind(ended)
        now = self._seconds()
        self._looked[ended.event] = (self._looked.get(ended.event, (now, now))[0], now)
        return done

    def _rebind(self, ended: Dissolution) -> int:
        """What bound the agency by its standing, without a part in the case, binds who has the rest of its duties, or
        justice."""
        done = 0
        while moved := self._rebind_some(ended):
            done += moved
        return done

    def _rebind_some(self, ended: Dissolution) -> int:
        means = self.means
        with means.db.write() as tx:
            left = deadlines.bound_to(tx, ended.former, self.batch)
            register, today = means.law.snapshot(tx).register, day_of(means.clock.now())
            heir = register.heir(ended.former, (), today) or min(register.standing_agencies(JUSTICE), default="")
            if not left or heir in ("", ended.former):
                return 0
            changes = [change for case in sorted({each.case for each in left})
                       for change in self._of_case(tx, case, ended.former, heir, today)]
            told: dict[str, tuple[frozenset[str], int]] = {}
            for acts in self.all:
                told |= acts.audience(tx, sorted({each.deadline.case for each in changes}))
            means.journal.append(tx, entries_of(changes, told, means.clock.now()))
        return len(changes)

    @staticmethod
    def _of_case(tx: Connection, case: str, former: str, heir: str, today: date) -> list[Change]:
        live = {each.id: each for each in deadlines.load_open(tx, case)}
        changes: list[Change] = []
        for each in [one for one in live.values() if one.bound == former]:
            for change in succeeded(each, heir, live.values(), today, SUCCEEDED):
                changes.append(change)
                live[change.deadline.id] = change.deadline
        deadlines.save(tx, changes)
        return changes

    def _cases(self, acts: Acts, former: str) -> Iterator[tuple[str, date]]:
        """The cases in which the agency still has a part, the open ones first, read in batches."""
        case, party = acts.store.tables.case.c, acts.store.tables.party.c
        final = sorted(acts.chapter.final)
        for chosen in (case.state.not_in(final), case.state.in_(final)):
            after = ""
            mine = sa.select(party.case).where(party.agency == former, party.until.is_(None))
            while True:
                query = sa.select(case.id, case.opened_on).where(case.id.in_(mine), case.id > after, chosen)
                with self.means.db.read() as tx:
                    page = [(each.id, each.opened_on) for each in tx.execute(query.order_by(case.id).limit(self.batch))]
                if not page:
                    break
                yield from page
                after = page[-1][0]

    def _do(self, acts: Acts, case: str, opened_on: date, ended: Dissolution, command: Succeed) -> int:
        """1 where this process handed the case over. Where another did, or the agency left by itself, nothing is
        left."""
        return self._trying.do((ended.event, case), partial(self._succeed, acts, case, opened_on, ended, command))

    def _succeed(self, acts: Acts, case: str, opened_on: date, ended: Dissolution, command: Succeed) -> int:
        day = max(command.last_day + timedelta(days=1), opened_on)
        with self.means.db.write() as tx:
            told = acts.chapter.act(SUCCEED).event
            again = self.means.journal.caused(tx, ended.event, told, case)     # it got a part once more
            request = Request(case, happened_on=min(day, day_of(self.means.clock.now())),
                              causation="" if again else ended.event)
            acts.do_in(tx, SUCCEED, command, THE_SUITE, request)
        return 1
