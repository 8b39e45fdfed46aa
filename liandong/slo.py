"""The aims of the suite itself (SLO), read from deploy/prometheus/slo.yaml and held to the metrics there are.

`slo_rules` makes Prometheus's rules of them, `docs_slo` the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from prometheus_client import Histogram
from prometheus_client.utils import floatToGoString
from yaml.nodes import Node

from liandong.docs_metrics import metric_families
from shared.kernel.yaml_files import Page, Problems, text_of
from shared.telemetry import metrics

SOURCE = "deploy/prometheus/slo.yaml"
EVENTS, TIME = MEASURED = ("events", "time")
WINDOW = "$window"                  # stands for a window where good and total count events
LOWEST = Decimal("0.95")            # below it a standstill would not burn fast enough for a page
_SELECTOR = re.compile(r"\b(liandong_\w+)(?:\{([^}]*)\})?")
_MATCHER = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Least:
    """How many an alert's long window must have counted, and how many of them bad."""

    events: int
    bad: int


@dataclass(frozen=True, slots=True)
class Slo:
    """One aim. `good` and `total` are PromQL: over WINDOW where events are measured, else of an instant."""

    id: str
    title: Words
    objective: Decimal              # share that must be good over 30 days; 1: none may fail
    measured: str                   # EVENTS or TIME
    good: str
    total: str
    least: Least | None             # None where none may fail
    counts: Words
    source: Words

    @property
    def budget(self) -> Decimal:
        """The share that may be bad."""
        return 1 - self.objective


def read(path: Path) -> tuple[Slo, ...]:
    """The aims, in the file's order. Raises Problems with all that is wrong in it."""
    page = Page(path.name)
    fields = page.fields(page.root(text_of(path)), "slos")
    aims = tuple(_slo(page, name, key, value) for name, key, value in page.entries(fields.get("slos")))
    if page.problems:
        raise Problems(page.problems)
    return aims


def _slo(page: Page, name: str, key: Node, value: Node) -> Slo:
    found = page.fields(value, "title objective measured good total counts source", "least")
    objective, measured = _objective(page, found.get("objective")), page.one_of(found.get("measured"), MEASURED)
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        page.wrong(key, f"“{name}”应为小写英文和下划线", f"{name!r}: small letters and underscores belong here")
    if ("least" in found) == (objective == 1):
        page.wrong(key, "有余量的目标应有 least；不容失败的（objective: 1）没有",
                   "least belongs to an aim that leaves a budget, and to none with objective 1")
    return Slo(name, _words(page, found.get("title")), objective, measured, _promql(page, found.get("good"), measured),
               _promql(page, found.get("total"), measured), _least(page, found.get("least")),
               _words(page, found.get("counts")), _words(page, found.get("source")))


def _words(page: Page, node: Node | None) -> Words:
    fields = page.fields(node, "zh en")
    return Words(page.text(fields.get("zh")), page.text(fields.get("en")))


def _least(page: Page, node: Node | None) -> Least | None:
    fields = page.fields(node, "events bad")
    return Least(page.number(fields.get("events"), 1), page.number(fields.get("bad"), 1)) if node else None


def _objective(page: Page, node: Node | None) -> Decimal:
    written = page.text(node)
    try:
        objective = Decimal(written)
    except InvalidOperation:
        objective = Decimal("NaN")
    if node and not (objective.is_finite() and LOWEST <= objective <= 1):
        page.wrong(node, f"目标“{written}”应为 {LOWEST} 至 1 的数，99.9 % 写作 0.999",
                   f"objective {written!r}: a share from {LOWEST} to 1 belongs here, 99.9 % is 0.999")
        return LOWEST
    return objective


def _promql(page: Page, node: Node | None, measured: str) -> str:
    """A query whose metrics, labels and buckets there are. Its grammar is promtool's to judge."""
    query = page.text(node)
    if node is None:
        return query
    if (WINDOW in query) != (measured == EVENTS):
        page.wrong(node, f"measured: events 的查询应使用 {WINDOW}，time 的不应使用",
                   f"a query of events is over {WINDOW}, one of time is not")
    for zh, en in unknown(query):
        page.wrong(node, zh, en)
    return query


def unknown(query: str) -> Iterator[tuple[str, str]]:
    """What a query asks for that no process tells, in words."""
    labels, bounds = _labels(), _bounds()
    for name, matchers in _SELECTOR.findall(query):
        if name not in labels:
            yield f"没有名为 {name} 的指标", f"no metric is called {name}"
            continue
        for label, value in _MATCHER.findall(matchers):
            if label not in labels[name]:
                yield f"{name} 没有标签 {label}", f"{name} has no label {label}"
            elif label == "le" and value not in bounds[name]:
                yield (f"{name} 没有 {value} 的分桶，有：{'、'.join(bounds[name])}",
                       f"{name} has no bucket {value}, only {', '.join(bounds[name])}")


def _labels() -> dict[str, tuple[str, ...]]:
    """The labels of each series by its name as scraped: a histogram has three."""
    told: dict[str, tuple[str, ...]] = {}
    for family in metric_families():
        if family.type != "histogram":
            told[family.name] = family.labels
            continue
        told[f"{family.name}_bucket"] = (*family.labels, "le")
        told[f"{family.name}_count"] = told[f"{family.name}_sum"] = family.labels
    return told


def _bounds() -> dict[str, tuple[str, ...]]:
    """The buckets of each histogram as `le` has them, by the name of their series."""
    own = [value for value in vars(metrics).values() if isinstance(value, Histogram)]
    return {f"{each._name}_bucket": tuple(map(floatToGoString, each._upper_bounds))     # neither has a public name
            for each in own}
