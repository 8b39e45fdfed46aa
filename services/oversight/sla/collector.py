"""SLA figures for Prometheus, read from the board at each scrape. Gauges only: a 补录 can undo a breach.

One exporter process tells them (`liandong exporter sla`, or the embedded one); a second tells the same figures again.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.oversight.board import as_of
from services.oversight.sla import figures
from services.oversight.sla.series_limit import QUANTILES, STEPS, quantile, series, within
from shared.acts.office import Office
from shared.kernel.clock import day_of
from shared.telemetry.metrics import REGISTRY

SERIES = 15_000                     # of a city, at most
OPEN, SETTLED, USED = "liandong_deadlines_open", "liandong_deadlines_settled", "liandong_deadline_used_ratio"
AGENCIES, CLOCKS = "liandong_agency_info", "liandong_clock_info"
AS_OF, FOLDS = "liandong_sla_as_of_timestamp_seconds", "liandong_sla_folded"
FAMILIES = {
    OPEN: ("Deadlines that run now, by light: green, yellow, red, unconfirmed, paused.",
           ("agency", "clock", "statutory", "light")),
    SETTLED: ("Deadlines that were due in the window, by outcome: met, met_late, breached (an open red one too), "
              "excused, withdrawn, cancelled.", ("agency", "clock", "statutory", "window", "outcome")),
    USED: ("Working days used over those allowed, of deadlines in working days due in the window that count for "
           "compliance; above 1 is late.", ("agency", "clock", "window", "quantile")),
    AGENCIES: ("1, with the name of an agency that the figures name.", ("agency", "name")),
    CLOCKS: ("1, with what a clock that the figures name demands, in the rulebook's words.", ("clock", "title")),
    AS_OF: ("When the last entry of a source that the figures know of was recorded.", ("source",)),
    FOLDS: (f"How many clocks of the used ratio, clocks of all, agencies are told as other, lest a city have more than "
            f"{SERIES:,} series.", ("what",)),
}


class DeadlineCollector(Collector):
    """Two grouped reads a scrape; only what there is some of is told."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Named without reading: nothing is scraped when the collector is registered."""
        yield from _families().values()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        office = self._office
        with office.db.read() as tx:
            law, now = office.law.snapshot(tx), office.clock.now()
            found = figures.figures(tx, law, now)
            heard = as_of.instants(tx, office)
        room = SERIES - len(heard) - len(STEPS)
        told, folded = within(found, room)
        families = _families()
        agencies, clocks = figures.names(told, law, day_of(now))
        named = [*((AGENCIES, each) for each in sorted(agencies.items())),
                 *((CLOCKS, each) for each in sorted(clocks.items()))]
        for family, each in named[:max(0, room - series(told))]:        # no figure goes for a name
            families[family].add_metric(each, 1)
        for name, counted in ((OPEN, told.running), (SETTLED, told.settled)):
            for labels, number in sorted(counted.items()):
                families[name].add_metric(labels, number)
        for labels, ratios in sorted(told.used.items()):
            for shown, percent in QUANTILES.items():
                families[USED].add_metric((*labels, shown), quantile(ratios, percent))
        for source, instant in heard.items():
            families[AS_OF].add_metric((source,), instant.timestamp())
        for what, number in folded.items():
            families[FOLDS].add_metric((what,), number)
        yield from families.values()


def _families() -> dict[str, GaugeMetricFamily]:
    return {name: GaugeMetricFamily(name, says, labels=labels) for name, (says, labels) in FAMILIES.items()}


def families() -> tuple[tuple[GaugeMetricFamily, tuple[str, ...]], ...]:
    """What the collector tells, without samples, each with its labels: for the list of metrics."""
    return tuple((family, FAMILIES[name][1]) for name, family in _families().items())


def export(office: Office, registry: CollectorRegistry = REGISTRY) -> DeadlineCollector:
    """Registers the collector. Raises ValueError where the process has one already."""
    collector = DeadlineCollector(office)
    registry.register(collector)
    return collector
