"""The SLA's formula, said once: recording rules for Prometheus, from which dashboards and alerts take what they show.

`liandong docs` writes them to deploy/prometheus/sla.rules.yml and explains them in docs/metrics.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.oversight.sla.collector import AS_OF, FAMILIES, OPEN, SETTLED, USED
from services.oversight.sla.figures import JUDGED
from shared.deadlines.rules import GREEN, RED, YELLOW

FILE = "deploy/prometheus/sla.rules.yml"
LEVELS = {"agency": ("agency",), "clock": ("clock",), "agency_clock": ("agency", "clock"), "city": (),
          "statutory": ("statutory",), "agency_statutory": ("agency", "statutory")}
COMPLIANCE, IN_TIME = "liandong_sla_compliance:ratio", "liandong_sla_in_time:ratio"
_HEAD = """# Made by `make docs` from the code. Do not edit.
# What two exporters tell is told once (max by), then summed; a ratio is a sum over a sum, never a mean of ratios.
# Without a denominator there is no ratio. docs/metrics.md explains each.
groups:
  - name: liandong_sla
    rules:
"""


@dataclass(frozen=True, slots=True)
class Share:
    """Deadlines of some values of a label over those of more of them, at each level."""

    ratio: str
    part: str                       # name of the sum above the line
    whole: str                      # and of the one below
    of: str                         # the metric
    label: str
    values: tuple[str, ...]         # of the label, above the line
    among: tuple[str, ...]          # below it
    apart: tuple[str, ...] = ()     # labels that every level keeps


SHARES = (
    Share(COMPLIANCE, "liandong_deadlines_met:sum", "liandong_deadlines_judged:sum", SETTLED, "outcome", JUDGED[:1],
          JUDGED, ("window",)),
    Share(IN_TIME, "liandong_deadlines_in_time:sum", "liandong_deadlines_running:sum", OPEN, "light", (GREEN, YELLOW),
          (GREEN, YELLOW, RED)),
)


def once(metric: str) -> str:
    """The name under which a metric is recorded as one exporter tells it, however many there are."""
    return f"{metric}:max"


def rules() -> Iterator[tuple[str, str]]:
    """(record, expression) of every rule, in the order in which they are evaluated: a later one sees the earlier."""
    for metric in (OPEN, SETTLED, USED, AS_OF):
        yield once(metric), f"max by ({', '.join(FAMILIES[metric][1])}) ({metric})"
    for share in SHARES:
        for level, labels in LEVELS.items():
            yield from _at(share, level, (*labels, *share.apart))


def _at(share: Share, level: str, labels: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What there is none of is not told, so a part that is missing where there is a whole is 0."""
    part, whole = f"{level}:{share.part}", f"{level}:{share.whole}"
    by = f"sum by ({', '.join(labels)})" if labels else "sum"

    def summed(values: tuple[str, ...]) -> str:
        return f'{by} ({once(share.of)}{{{share.label}=~"{"|".join(values)}"}})'

    yield whole, summed(share.among)
    yield part, f"{summed(share.values)} or 0 * {whole}"
    yield f"{level}:{share.ratio}", f"{part} / ({whole} > 0)"


def text() -> str:
    """The file of rules."""
    return _HEAD + "".join(f"      - record: {record}\n        expr: {expression}\n" for record, expression in rules())


def explained() -> str:
    """The chapter of docs/metrics.md on the figures and the rules."""
    return _EXPLAINED.format(file=FILE, compliance=COMPLIANCE, in_time=IN_TIME, judged=" + ".join(JUDGED))


_EXPLAINED = """
## SLA 期限履行

One exporter tells the gauges of deadlines: `liandong exporter sla`, in a city a process of its own, else the
one process there is. It reads oversight's board at each scrape. A second one tells the same figures again, so
every query takes `max by` first: the rules of [sla.rules.yml](../{file}) do, and dashboards and alerts stand on
them.

**Compliance 按期率** `<level>:{compliance}`, in each window: met / ({judged}). A deadline is in a window by the
instant at which it was due. `breached` 逾期未完成 is one that is open and red, and one that ended after it was over;
`excused` (延误说明已采纳), `withdrawn` (逾期记录已撤回，随后撤销) and `cancelled` 已撤销 are outside both. It goes by true dates:
what was entered late (补录) but met in time is `met`, and a breach that a correction undid is one no more, so
figures fall again. What stands still, and what no calendar confirms yet, is no outcome.

**In time now 未逾期率** `<level>:{in_time}`: of the deadlines that run at this moment, green and yellow over green,
yellow and red; paused and unconfirmed ones are outside both, an excused one is red as on the board.

**Which deadlines.** All that both offices see on the board, whatever they rest on: 法定期限, 内部时限 and 方案自定日期 together.
Those of the law alone are told by the levels `statutory` and `agency_statutory` with `statutory="true"`, and alone make
the alert. Matters of accountability and plans that are drafted still are in no figure: only their parties know of them.

Levels: `agency`, `clock`, `agency_clock`, `city`, `statutory`, `agency_statutory`. A level is the sum of its deadlines
over the sum of its deadlines, never a mean of ratios; both sums are recorded too (`<level>:liandong_deadlines_met:sum`,
`…_judged:sum`, `…_in_time:sum`, `…_running:sum`), so of few cases the figures can be shown, "3/4", instead of a
percentage. Where nothing was due there is no ratio.

**Days used 时限使用率** `liandong_deadline_used_ratio`: working days of the city's calendar from the day after the
start to the day on which it was met (one that is missed: today), over those allowed; 1 is the last day, above 1
is late. Quantiles are values that occur (nearest rank). Only of clocks in working days and of what counts for
compliance; the time for which a clock stood still is not used: of one that was met while it stood still what it
had used when it stopped. What was met so and told before events said since when, has none if that was after its
last day, and counts as if it ran if before. Rows from before an upgrade have none until `liandong rebuild
oversight`.

`liandong_sla_as_of_timestamp_seconds` is when the last entry that the board handled of a source was recorded
there: with the probe a minute ago at most, without it a source that says nothing for a night is as of the
evening.

A label's values come from the register, the rulebook and the code; anything else is `other`. Only what there is
some of is told, in 15,000 series at most: beyond that whole clocks are told as `other`, first of the used
ratios, then of all figures, then whole agencies; those with internal clocks only first, then those with the
fewest deadlines. So the figures of a city and of an agency stay whole, and a clock that is named is whole.
`liandong_sla_folded` says how many of each were, and above 0 is worth a look.

`liandong_agency_info` and `liandong_clock_info` tell the names of the agencies and clocks that the figures name, for
whoever joins them with the figures; of a city at its most series as far as there is room, agencies first.

按期率 = 按期完成 ÷（按期完成 + 逾期完成 + 逾期未完成），未完成且红灯的计入逾期未完成；延误说明已采纳的、逾期记录已撤回的、已撤销的不计入分子和
分母；没有应当办结的期限时不计算。全市和各机关的数均为总数相除，不是比率的平均。
法定期限、内部时限和方案自定日期一并计入；只看法定期限的，用 `statutory`、`agency_statutory` 两级中 `statutory="true"` 的，逾期告警也只看法定期限。问责线索和拟订中的方案不计入。
补录、更正后按真实日期重新计算，数值会相应减少。
"""
