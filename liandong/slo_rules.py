"""The rules for Prometheus that the suite's aims make: shares of what was bad, what is left of a budget, burn alerts.

`liandong docs` writes them to deploy/prometheus/slo.rules.yml. What is counted is recorded once a minute for each aim,
as so many in this minute; every window is a sum over those, so that a share is a sum over a sum, never a mean of
shares, and a month is read from two series instead of all that the processes tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import yaml

from liandong.slo import EVENTS, WINDOW, Least, Slo

FILE = "deploy/prometheus/slo.rules.yml"
RUNBOOKS = "docs/runbooks"
BEFORE = "{{ $externalLabels.runbooks }}"   # where a city publishes the pages, by its own Prometheus; else their path
PAGE, TICKET = "page", "ticket"
MONTH = "30d"
LOOK = 5                            # minutes over which a minute's events are taken: a scrape may be a minute apart
COUNTED, GOOD, BAD = (f"slo:liandong_{what}:per_minute" for what in ("counted", "good", "bad"))
ALLOWED, LEFT = "slo:liandong_allowed:ratio", "slo:liandong_budget_left:ratio"
_HEAD = """# Made by `make docs` from slo.yaml. Do not edit.
# What is counted is recorded each minute; windows are sums over that. docs/slo.md explains each aim.
"""


@dataclass(frozen=True, slots=True)
class Burn:
    """A budget that burns: so many times as fast as it may, over the long window and still over the short one."""

    times: Decimal
    long: str
    short: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an alert says of its aim, in short, and of its value."""

    zh: str
    en: str
    value_zh: str
    value_en: str


# 2 % of a month's budget in an hour, 5 % in six; 10 % in a day, in three.
BURNS = {
    PAGE: (Burn(Decimal("14.4"), "1h", "5m"), Burn(Decimal(6), "6h", "30m")),
    TICKET: (Burn(Decimal(3), "1d", "2h"), Burn(Decimal(1), "3d", "6h")),
}
SPEEDS = {PAGE: ("很快", "fast"), TICKET: ("偏快", "slowly")}
WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d", MONTH)
Rule = dict[str, object]


def text(aims: Sequence[Slo]) -> str:
    """The file of rules."""
    group = {"name": "liandong_slo", "interval": "1m", "rules": [*recorded(aims), *alerts(aims)]}
    return _HEAD + yaml.dump({"groups": [group]}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


class _Dumper(yaml.SafeDumper):
    """Writes a query of several lines as such."""


_Dumper.add_representer(str, lambda dumper, words: dumper.represent_scalar(
    "tag:yaml.org,2002:str", words, style="|" if "\n" in words else None))


def over(what: str, window: str) -> str:
    """The name under which the sum of what is recorded each minute, or the share (`error`), stands for a window."""
    kind = "ratio" if what == "error" else "sum"
    return f"slo:liandong_{what}:{kind}{window}"


def recorded(aims: Sequence[Slo]) -> Iterator[Rule]:
    """The recording rules, in the order in which they are evaluated: a later one sees the earlier."""
    for aim in aims:
        for name, query in ((COUNTED, aim.total), (GOOD, aim.good)):
            yield _record(name, _in_a_minute(aim, query), slo=aim.id)
        yield _record(ALLOWED, f"vector({aim.budget})", slo=aim.id)
    # none of them good is told as no series, so what is missing beside what was counted is 0
    yield _record(BAD, f"clamp_min({COUNTED} - ({GOOD} or 0 * {COUNTED}), 0)")
    for window in WINDOWS:
        yield _record(over("counted", window), f"sum_over_time({COUNTED}[{window}])")
        yield _record(over("bad", window), f"sum_over_time({BAD}[{window}])")
        yield _record(over("error", window), f"{over('bad', window)} / ({over('counted', window)} > 0)")
    yield _record(LEFT, f"1 - {over('error', MONTH)} / ({ALLOWED} > 0)")


def _record(name: str, query: str, **labels: str) -> Rule:
    return {"record": name, "expr": query, **({"labels": labels} if labels else {})}


def _in_a_minute(aim: Slo, query: str) -> str:
    return f"({query.replace(WINDOW, f'{LOOK}m')}) / {LOOK}" if aim.measured == EVENTS else query


def alerts(aims: Sequence[Slo]) -> Iterator[Rule]:
    """Two for each aim, a page and a ticket; where none may fail, one that pages at once."""
    for aim in aims:
        if aim.least is None:
            yield _alert(aim, PAGE, f"{_of(BAD, aim)} > 0", Said(
                "有不符", "failed", "{{ $value }} 个不符", "{{ $value }} failed"))
            continue
        for severity, burns in BURNS.items():
            zh, en = SPEEDS[severity]
            query = "\nor\n".join(_burning(aim, aim.least, burn) for burn in burns)
            yield _alert(aim, severity, query, Said(
                f"余量消耗{zh}", f"its budget burns {en}", "{{ $value | humanizePercentage }} 未达标",
                "{{ $value | humanizePercentage }} was bad"))


def _burning(aim: Slo, least: Least, burn: Burn) -> str:
    """A share above what is allowed, of enough. A half less than the least: Prometheus reckons counts, to fractions."""
    limit = f"{(burn.times * aim.budget).normalize():f}"
    return "\nand ".join((
        f"{_of(over('error', burn.long), aim)} > {limit}", f"{_of(over('error', burn.short), aim)} > {limit}",
        f"{_of(over('counted', burn.long), aim)} > {least.events - 0.5}",
        f"{_of(over('bad', burn.long), aim)} > {least.bad - 0.5}"))


def _of(name: str, aim: Slo) -> str:
    return f'{name}{{slo="{aim.id}"}}'


def _alert(aim: Slo, severity: str, query: str, said: Said) -> Rule:
    return {
        "alert": alert_name(aim),
        "expr": query,
        "labels": {"audience": "ops", "severity": severity},
        "annotations": {
            "summary": f"{aim.title.en}: {said.en}",
            "summary_zh": f"{aim.title.zh}：{said.zh}",
            "description": f"{said.value_en}; the aim is {percent(aim)}. docs/slo.md says what counts.",
            "description_zh": f"{said.value_zh}，目标 {percent(aim)}。计入什么见 docs/slo.md。",
            "runbook_url": f"{BEFORE}{runbook(aim)}",
        },
    }


def alert_name(aim: Slo) -> str:
    """What its page and its ticket are both called: they are told apart by severity."""
    return f"{aim.id.title().replace('_', '')}{'Burns' if aim.least else 'Failed'}"


def runbook(aim: Slo) -> str:
    """The page of what to do, below the root."""
    return f"{RUNBOOKS}/{alert_name(aim)}.md"


def percent(aim: Slo) -> str:
    """The aim as people write it: 99.9 %."""
    return f"{(aim.objective * 100).normalize():f} %"
