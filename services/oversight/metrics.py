"""SLA figures for Prometheus, read from the board at each scrape. Gauges only: a 补录 can undo a breach.

One exporter process registers the collector; replicas would each tell the same figures again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.engine import Connection

from services.oversight.board import light_at, lights, told_to_overseers
from services.oversight.excuses import EXCUSED, excused
from services.oversight.store import BOARD
from shared.acts.office import Office
from shared.deadlines.model import LIVE, MET
from shared.deadlines.rules import MET_LATE, RED
from shared.law.store import Snapshot
from shared.metrics import REGISTRY

WINDOWS = {"7d": 7, "30d": 30, "90d": 90}     # days back from now, by the instant at which it was due
OTHER = "other"                               # what is neither in the register nor in a rulebook

OPEN_LABELS = ("agency", "clock", "statutory", "light")
SETTLED_LABELS = ("agency", "clock", "statutory", "window", "outcome")
OPEN_HELP = "Deadlines that run now, by light."
SETTLED_HELP = "Deadlines met, by whether in time, of those that were due in the window."


class DeadlineCollector(Collector):
    """Two grouped queries a scrape; as many series as the register has agencies and the rulebook clocks, at most."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Named without reading: nothing is scraped when the collector is registered."""
        yield from _families()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        running, settled = _families()
        with self._office.db.read() as tx:
            known = _Known(self._office.law.snapshot(tx))
            self._running(tx, known, running)
            self._settled(tx, known, settled)
        yield running
        yield settled

    def _running(self, tx: Connection, known: "_Known", family: GaugeMetricFamily) -> None:
        row, light = BOARD.c, _outcome(self._office.clock.now(), RED).label("light")
        query = sa.select(row.bound, row.clock, row.statutory, light, sa.func.count().label("number"))
        of_all = query.where(row.state.in_(LIVE), told_to_overseers())
        found = tx.execute(of_all.group_by(row.bound, row.clock, row.statutory, light))
        _add(family, [((*known.labels(each), each.light), each.number) for each in found])

    def _settled(self, tx: Connection, known: "_Known", family: GaugeMetricFamily) -> None:
        now, row = self._office.clock.now(), BOARD.c
        outcome = _outcome(now, MET_LATE).label("outcome")
        counts = [sa.func.sum(sa.case((row.due_at > now - timedelta(days=days), 1), else_=0)).label(window)
                  for window, days in WINDOWS.items()]
        query = sa.select(row.bound, row.clock, row.statutory, outcome, *counts).where(
            row.state == MET, row.due_at > now - timedelta(days=max(WINDOWS.values())), row.due_at <= now,
            told_to_overseers())
        found = tx.execute(query.group_by(row.bound, row.clock, row.statutory, outcome)).all()
        _add(family, [((*known.labels(each), window, each.outcome), getattr(each, window))
                      for each in found for window in WINDOWS])


class _Known:
    """The values that labels may have."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._agencies = snapshot.register.agencies
        self._clocks = {clock for rulebook in snapshot.rulebooks.values() for clock in rulebook.clocks}

    def labels(self, row: sa.Row[tuple[str, ...]]) -> tuple[str, str, str]:
        """agency, clock, statutory of a row."""
        return (row.bound if row.bound in self._agencies else OTHER, row.clock if row.clock in self._clocks else OTHER,
                "true" if row.statutory else "false")


def _outcome(now: datetime, late: str) -> sa.Case[str]:
    """The light of a row; `excused` where it is late and the delay is excused."""
    return sa.case((sa.and_(lights(now)[late], excused()), EXCUSED), else_=light_at(now))


def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily]:
    return (GaugeMetricFamily("liandong_deadlines_open", OPEN_HELP, labels=OPEN_LABELS),
            GaugeMetricFamily("liandong_deadlines_settled", SETTLED_HELP,
                              labels=SETTLED_LABELS))


def families() -> tuple[tuple[GaugeMetricFamily, tuple[str, ...]], ...]:
    """What the collector tells, without samples, each with its labels: for the list of metrics."""
    running, settled = _families()
    return (running, OPEN_LABELS), (settled, SETTLED_LABELS)


def _add(family: GaugeMetricFamily, found: list[tuple[tuple[str, ...], int]]) -> None:
    """One sample a label set: several that are not known add up under `other`."""
    sums: dict[tuple[str, ...], int] = {}
    for labels, number in found:
        sums[labels] = sums.get(labels, 0) + int(number or 0)
    for labels, total in sorted(sums.items()):
        family.add_metric(labels, total)


def export(office: Office, registry: CollectorRegistry = REGISTRY) -> DeadlineCollector:
    """Registers the collector. Raises ValueError where the process has one already."""
    collector = DeadlineCollector(office)
    registry.register(collector)
    return collector
