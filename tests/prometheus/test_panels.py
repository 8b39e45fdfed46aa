"""Every panel's query is put to a real Prometheus that asked a real suite: none is in error, and none finds nothing but
where that is health."""

import math
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import debian, servers
from tests.liandong.running import until
from tests.prometheus.conftest import program
from tests.prometheus.observed import SOON, Observed, observed
from tests.prometheus.panels import FILES, Query, marks, queries, variables
from tests.prometheus.test_alerts import OTHERS

QUERIES = [each for path in FILES for each in queries(path)]
MARKS = [each for path in FILES for each in marks(path)]
BUILT_IN = {"__rate_interval": "1m", "__interval": "1m", "__range": "1h"}
POINTS = 100                # of a chart, from when the Prometheus began: how long the tests take changes nothing
_NO_QUEUE = "no agency of the sample city takes its news from a queue"
_NO_WEBHOOK = "no agency of the sample city has a webhook"
_NOT_DUE = "no deadline comes due while the test looks"
QUIET = {                   # what finds nothing where all is well, or nobody does such a thing
    **dict.fromkeys(("liandong-agency 回调 A", "liandong-agency 回调 B", "liandong-news 回调调用 A"), _NO_WEBHOOK),
    **dict.fromkeys(("liandong-agency 队列 A", "liandong-agency 队列 B"), _NO_QUEUE),
    **dict.fromkeys((f"liandong-news 队列 {ref}" for ref in "ABC"), _NO_QUEUE),
    "liandong-service 期限触发迟延 A": _NOT_DUE,
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, postgresql_url: str, sample_home: Path) -> Iterator[Observed]:
    if not debian.possible():
        pytest.fail("a RabbitMQ that tells its metrics is started from Debian's package: Debian is needed, as root",
                    pytrace=False)
    with observed(tmp_path_factory.mktemp("observed"), program, servers.plain(postgresql_url),
                  sample_home) as told:
        yield told


@pytest.fixture(scope="module")
def chosen(city: Observed) -> dict[str, dict[str, list[str]]]:
    """What each variable of each dashboard may be, as Prometheus or the dashboard itself has it."""
    return {path.stem: {name: values_of(city, each) for name, each in variables(path).items()} for path in FILES}


def values_of(city: Observed, variable: dict[str, Any]) -> list[str]:
    """What a variable may be."""
    if variable["type"] == "datasource":
        return [variable["query"]]
    if variable["type"] != "query":
        return [each["value"] for each in variable.get("options") or [variable["current"]]]
    if asked := re.fullmatch(r"query_result\((.*)\)", variable["query"]["query"]):
        return _by_pattern(city.ask(asked[1]), variable["regex"])
    asked = re.fullmatch(r"label_values\(([^,]+), (\w+)\)", variable["query"]["query"])
    assert asked
    return city.values(asked[2], asked[1])


def _by_pattern(series: list[dict[str, Any]], pattern: str) -> list[str]:
    """What Grafana takes of series by a pattern: each written as Prometheus writes it, its time and value behind."""
    written = (",".join(f'{key}="{value}"' for key, value in sorted(each["metric"].items())) for each in series)
    found = [re.search(pattern.strip("/").replace("(?<", "(?P<"), f"{{{each}}} 1 1796064005000") for each in written]
    assert found and all(each and each["text"] for each in found)
    return [each["value"] for each in found if each]


def filled(expr: str, values: Mapping[str, str]) -> str:
    """As Grafana fills it: `$name` and `${name}` of a variable that there is; what looks like one else stays."""
    every = {**values, **BUILT_IN}
    return re.sub(r"\$(\w+)|\$\{(\w+)[^}]*\}", lambda found: every.get(found[1] or found[2], found[0]), expr)


def found(city: Observed, query: Query, values: Mapping[str, str]) -> bool:
    """Whether it finds a number."""
    expr = filled(query.expr, values)
    if query.instant:
        return any(not math.isnan(float(each["value"][1])) for each in city.ask(expr))
    return any(not math.isnan(float(value)) for each in chart(city, expr) for _, value in each["values"])


def chart(city: Observed, expr: str) -> list[dict[str, Any]]:
    """The series of a query since the Prometheus began."""
    now = time.time()
    asked = {"start": str(city.since), "end": str(now), "step": str(max(1.0, (now - city.since) / POINTS))}
    found: list[dict[str, Any]] = city.get("query_range", query=expr, **asked)["result"]
    return found


def combinations(query: Query, chosen: dict[str, dict[str, list[str]]]) -> Iterator[dict[str, str]]:
    """Each value of the variables that the query names, one at a time; of the others the first."""
    named = [name for name in chosen[query.dashboard] if re.search(rf"\${name}\b|\$\{{{name}\b", query.expr)]
    first = {name: values[0] for name, values in chosen[query.dashboard].items()}
    yield first
    for name in named:
        for value in chosen[query.dashboard][name][1:]:
            yield {**first, name: value}


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_panel_finds_what_it_shows(city: Observed, chosen: dict[str, dict[str, list[str]]], query: Query) -> None:
    def told() -> list[bool]:
        return [found(city, query, values) for values in combinations(query, chosen)]

    if str(query) in QUIET:
        assert not any(told())
    else:       # a busy machine may not answer in time, and has nothing then until it is asked again
        until(lambda: any(told()), str(query), SOON)


def test_what_may_be_quiet_is_a_panel() -> None:
    assert set(QUIET) <= {str(each) for each in QUERIES} and all(QUIET.values())


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_what_is_marked_on_charts_can_be_asked(city: Observed, mark: Query) -> None:
    chart(city, filled(mark.expr, {}))


def test_a_variable_has_values(chosen: dict[str, dict[str, list[str]]]) -> None:
    assert not [(dashboard, name) for dashboard, names in chosen.items() for name, values in names.items()
                if not values]


@pytest.mark.parametrize("metric", sorted(OTHERS))
def test_what_alerts_ask_of_others_than_the_suite_somebody_tells(city: Observed, metric: str) -> None:
    assert city.ask(metric)
