"""SLO 与错误预算: what the suite aims at, what is left of each month's budget, how fast it burns, which alerts fire."""

from pathlib import Path

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards.frame import Section, dashboard, one_of
from liandong.dashboards.parts import Ask, Column, Panel, bars, lines, number, rows
from liandong.slo import SOURCE, Slo, read
from liandong.slo_rules import ALLOWED, BAD, COUNTED, LEFT, MONTH, over, percent

UID = "liandong-slo"
OF = '{slo="$slo"}'


def made(root: Path) -> Dashboard:
    return dashboard(UID, "联动 · SLO 与错误预算", "平台对自身的要求（docs/slo.md）：最近三十日的余量、消耗速度和正在触发的告警。",
                     (one_of("slo", "目标", COUNTED),), (
                         Section("全部目标", _all(read(root / SOURCE))), Section("$slo", _one()),
                         Section("告警", _alerts())))


def _all(aims: tuple[Slo, ...]) -> list[Panel]:
    says = "；".join(f"{aim.id} {aim.title.zh} {percent(aim)}" for aim in aims)
    return [
        bars("错误预算余量", f"1 为全部，0 为用尽，负数为超支。{says}。", Ask(LEFT, "{{slo}}"), unit="percentunit", colour="blue"),
        rows("三十日", "计入的和未达标的个数（按次数或者按分钟），见 docs/slo.md。",
             [Ask(over("error", MONTH)), Ask(ALLOWED), Ask(over("counted", MONTH)), Ask(over("bad", MONTH))],
             [Column("slo", "目标"), Column("Value #A", "未达标", "percentunit"), Column("Value #B", "允许", "percentunit"),
              Column("Value #C", "计入"), Column("Value #D", "未达标个数")], width=16, height=8),
    ]


def _one() -> list[Panel]:
    windows = ("5m", "1h", "6h", "1d", "3d")
    burns = [Ask(f"{over('error', each)}{OF} / on (slo) ({ALLOWED}{OF} > 0)", each) for each in windows]
    return [
        number("余量", "本目标最近三十日的余量。", Ask(LEFT + OF), unit="percentunit", width=6, none="不容失败，没有余量",
               steps=((None, "red"), (0.0, "yellow"), (0.5, "green"))).height(8),
        lines("消耗速度", "未达标的比例是允许的几倍，各时段；1 倍恰在月末用尽，14.4 倍一小时用去 2 %。没有计入的时段不画。", *burns, width=9),
        lines("计入和未达标", "每分钟，个数。", Ask(f"{COUNTED}{OF}", "计入"), Ask(f"{BAD}{OF}", "未达标"), width=9),
    ]


def _alerts() -> list[Panel]:
    return [
        rows("正在触发的告警", "Prometheus 的告警，pending 为等待确认；处置见 docs/runbooks 的同名文件。",
             [Ask('sum by (alertname, alertstate, severity, audience, service) (ALERTS)')],
             [Column("alertname", "告警"), Column("alertstate", "状态"), Column("severity", "级别"), Column("audience", "通知"),
              Column("service", "服务"), Column("Value", "个数")], width=12, none="没有告警"),
        lines("告警个数", "按级别。", Ask('sum by (severity) (ALERTS{alertstate="firing"})', "{{severity}}"),
              width=12),
    ]
