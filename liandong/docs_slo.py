"""`docs/slo.md`: each of the suite's aims with what counts, its budget, and what its alerts ask for."""

from collections.abc import Sequence

from liandong.slo import EVENTS, SOURCE, Slo
from liandong.slo_rules import BURNS, FILE, LEFT, MONTH, PAGE, TICKET, over, percent, runbook

MINUTES = 30 * 24 * 60              # of the month that a budget is for

_HEAD = f"""# What the suite aims at 平台的服务目标

For ops, and those who hold them to it. 读者：运维人员及其管理者。

The aims stand in [slo.yaml](../{SOURCE}), each with its queries; the rules in
[slo.rules.yml](../{FILE}) and this page are made from it (`make docs`). They are the suite's
own, on itself; what agencies owe by law is in [metrics.md](metrics.md). A month is the last 30 days, so Prometheus must
keep 30 days at least (`--storage.tsdb.retention.time=45d`); until it has them, figures are of what it has.

目标及其算法写在 [slo.yaml](../{SOURCE})，规则 [slo.rules.yml](../{FILE}) 和本页由其生成（`make docs`）。目标是对平台自身的要求；机关依法
应当遵守的期限见 [metrics.md](metrics.md)。一个月指最近三十日，Prometheus 应当至少保存三十日的数据（`--storage.tsdb.retention.time=45d`）；不足
三十日的，按已有的计算。

"""

_FIGURES = f"""## Figures 数字

All have the label `slo`, and stand for the whole suite. 标签 `slo` 为目标的名称，数字为整个平台的。

| series 序列 | what | 说明 |
|---|---|---|
| `{over('error', MONTH)}` | the share that was bad; also 5m, 30m, 1h, 2h, 6h, 1d, 3d | 未达标的比例，另有各时段 |
| `{over('counted', MONTH)}`, `{over('bad', MONTH)}` | how many were counted, and bad | 计入的和未达标的个数 |
| `{LEFT}` | what is left of the budget: 1 all, 0 none, below it overdrawn | 剩余的余量：1 为全部，0 为用尽，负数为超支 |

Events of a minute are a fifth of those of the last five, so that a scrape may be a minute apart; the shortest window
sees up to ten minutes back, and its alert falls silent as late. 一分钟的事件取最近五分钟的五分之一，最短的时段因此可回溯至十分钟。
"""


def slo_page(aims: Sequence[Slo]) -> str:
    """The page, below its head that it is made."""
    english = [_row(aim, aim.title.en, "events" if aim.measured == EVENTS else "time", aim.counts.en, aim.source.en)
               for aim in aims]
    chinese = [_row(aim, aim.title.zh, "按次数" if aim.measured == EVENTS else "按时间", aim.counts.zh, aim.source.zh)
               for aim in aims]
    return _HEAD + "\n".join((
        "## English\n",
        "| aim | | share | minutes a month | measured | what counts | least in an alert's window | why |",
        f"|{'---|' * 8}", *english,
        "\n## 中文\n", "| 目标 | | 比例 | 每月余量（分钟） | 计量 | 计入什么 | 告警时段内的下限 | 来源 |",
        f"|{'---|' * 8}", *chinese)) + f"\n\n{_alerts()}\n{_FIGURES}"


def _row(aim: Slo, title: str, measured: str, counts: str, source: str) -> str:
    least = f"{aim.least.events} / {aim.least.bad}" if aim.least else "1"
    page, minutes = runbook(aim).removeprefix("docs/"), f"{(aim.budget * MINUTES).normalize():f}"
    cells = (f"[`{aim.id}`]({page})", title, percent(aim), minutes, measured, counts, least, source)
    return f"| {' | '.join(cells)} |"


def _alerts() -> str:
    """When an alert fires, from the same values as the rules."""
    rows = "\n".join(f"| `{severity}` | {burn.times} × | {burn.long} | {burn.short} |"
                     for severity, burns in BURNS.items() for burn in burns)
    return f"""## Alerts 告警

The budget in minutes is what a standstill of everything would use up; of events it is a share of events. A `{PAGE}`
wakes somebody, a `{TICKET}` waits for the morning. Each needs both windows, and in the long one so many counted / bad
as the table says, or one failure in a quiet night would page. Where no failure is allowed the first one pages.

余量的分钟数指全部停摆可持续多久；按次数计的，余量是次数的比例。`{PAGE}` 应当立即处理，`{TICKET}` 次日处理。两个时段应当同时超出，且长时段内计入 / 未达标
的个数不少于表中的下限，以免夜间一次失败即告警。不容失败的，第一次即告警。

| severity 级别 | burns 消耗速度 | long 长时段 | short 短时段 |
|---|---|---|---|
{rows}
"""
