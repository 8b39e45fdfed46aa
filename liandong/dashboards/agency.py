"""单部门: what one agency owes, was late with, and how its own system hears of it."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards.frame import DEADLINES, Section, board, by_title, dashboard, window
from liandong.dashboards.parts import TITLES_OF, Ask, Column, Panel, by_light, lines, link, number, rows, words
from liandong.dashboards.queries import (
    BY_WINDOW,
    COMPLIANCE_OF,
    FEW,
    FEW_SAYS,
    IN_TIME_OF,
    OF_THE_LAW,
    RATE,
    READ,
    SHOWN,
    lit,
    opened,
    pick,
    settled,
    share_line,
    share_shown,
    titled,
)
from liandong.sla_rules import once
from services.oversight.board import excuses, figures
from services.oversight.board.deadlines import TITLES
from services.oversight.board.figures import UNCONFIRMED
from services.oversight.sla.collector import AGENCIES, OPEN, USED
from services.oversight.sla.figures import OUTCOMES
from shared.deadlines.model import CANCELLED
from shared.deadlines.rules import OVERDUE_UNCONFIRMED, RED

UID = "liandong-agency"
AGENCY = {"agency": "$agency"}
_BOARD = f"{DEADLINES}?agency=${{agency}}"
BECAME = {outcome: {**figures.OUTCOMES, excuses.EXCUSED: excuses.TITLE, excuses.WITHDRAWN: "逾期记录已撤回",
                    CANCELLED: TITLES[CANCELLED]}[outcome] for outcome in OUTCOMES}
_USED = f"{once(USED)}{pick(window='$window', **AGENCY)}"


def made() -> Dashboard:
    return dashboard(UID, "联动 · 单部门", "一个机关的期限履行情况，以及其业务系统是否收到消息。",
                     (by_title("agency", "机关", AGENCIES, "name"), window(), board()), (
                         Section("现在", _now()), Section("按期率", _compliance()), Section("业务系统", _system())))


def _now() -> list[Panel]:
    return [
        words("未逾期率（现在）", f"办理中的期限里绿灯和黄灯所占的比例。{FEW_SAYS}",
              Ask(share_shown(IN_TIME_OF, "agency", **AGENCY), READ), none="没有办理中的", width=6),
        number("红灯", "已逾期、尚未办结的期限件数。", Ask(lit(RED, **AGENCY)), width=6, steps=((None, "green"), (1, "red")),
               links=[link("期限总览：红灯", f"{_BOARD}&light={RED}")]),
        number("逾期待确认", "装入当年日历之前不能认定是否逾期。",
               Ask(lit(UNCONFIRMED, **AGENCY)), width=6, steps=((None, "green"), (1, "purple")),
               links=[link("期限总览：逾期待确认", f"{_BOARD}&light={OVERDUE_UNCONFIRMED}")]),
        number("办理中", "全部未办结的期限件数。", Ask(f"sum ({once(OPEN)}{pick(**AGENCY)})"), width=6,
               links=[link("期限总览", _BOARD)]),
        by_light(lines("办理中的期限", "按灯色，件数。", Ask(opened("light", **AGENCY), "{{light}}"), stack=True)),
        rows("办理中的期限，按种类", "点件数看期限总览。", [Ask(titled(opened("clock, light", **AGENCY)))],
             [Column("clock", "期限种类"), Column("title", "要求"), Column("light", "灯色", titles=TITLES_OF),
              Column("Value", "件数", leads=f"{_BOARD}&clock=${{__data.fields.clock}}", says="期限总览")],
             width=12, height=8, largest="件数"),
    ]


def _compliance() -> list[Panel]:
    return [
        words("按期率，各时段", f"到期日在最近 7、30、90 日内的。{FEW_SAYS}",
              Ask(share_shown(COMPLIANCE_OF, "agency", **AGENCY), BY_WINDOW), width=6).height(8),
        words("法定期限按期率，各时段", f"同左，只计有条文依据的；内部时限和方案自定日期不计。{FEW_SAYS}",
              Ask(share_shown(COMPLIANCE_OF, "agency_statutory", **AGENCY, **OF_THE_LAW), BY_WINDOW),
              width=6).height(8),
        lines("应办结和按期", "件数，按到期日落在各时段内的。件数少时看它，不看比率。",
              Ask(f"agency:liandong_deadlines_judged:sum{pick(**AGENCY)}", "{{window}} 应办结"),
              Ask(f"agency:liandong_deadlines_met:sum{pick(**AGENCY)}", "{{window}} 按期"), width=6),
        lines("按期率走势", f"不足 {FEW} 件的时刻不画。", Ask(share_line(COMPLIANCE_OF, "agency", **AGENCY), "{{window}}"),
              unit="percentunit", most=1, width=6),
        rows("按期率，按期限种类", f"所选时段内。{FEW_SAYS}",
             [Ask(titled(share_shown(COMPLIANCE_OF, "agency_clock", window="$window", **AGENCY))),
              Ask(f"agency_clock:liandong_deadlines_judged:sum{pick(window='$window', **AGENCY)}")],
             [Column("clock", "期限种类"), Column("title", "要求"), Column(SHOWN, "按期率"), Column("Value #B", "应办结")],
             largest="应办结"),
        rows("结果", "所选时段内到期的，按结果。延误说明已采纳、逾期记录已撤回、已撤销的不计入按期率。",
             [Ask(settled("clock, outcome", ".+", **AGENCY))],
             [Column("clock", "期限种类"), Column("outcome", "结果", titles=BECAME), Column("Value", "件数")],
             width=12, largest="件数"),
        rows("时限使用率", "已用工作日占期限工作日数的比例，按分位数；1 是最后一日，大于 1 是逾期。只计以工作日计、计入按期率的。",
             [Ask(f"max by (clock, quantile) ({_USED})")],
             [Column("clock", "期限种类"), Column("quantile", "分位数"), Column("Value", "使用率", "percentunit")],
             width=12, largest="使用率"),
    ]


def _system() -> list[Panel]:
    calls = f"increase(liandong_webhook_calls_total{pick(**AGENCY)}[{RATE}])"
    return [
        rows("事件流", "其业务系统上次读取各服务事件流的时刻，以及当时最早未读的一条已有多久。没有行的：从未读取。",
             [Ask(f"1000 * max by (service) (liandong_agency_feed_seen_timestamp_seconds{pick(**AGENCY)})"),
              Ask(f"max by (service) (liandong_agency_feed_lag_seconds{pick(**AGENCY)})")],
             [Column("service", "服务"), Column("Value #A", "上次读取", "dateTimeAsIso"), Column("Value #B", "最早未读", "s")],
             width=8, height=8, none="从未读取"),
        lines("队列", "其队列中等待的消息和容量；到容量时丢弃最早的，事件流中仍有全部。没有消息代理的部署没有队列。",
              Ask(f"max by (agency) (liandong_agency_queue_messages{pick(**AGENCY)})", "等待"),
              Ask(f"max by (agency) (liandong_agency_queue_limit_messages{pick(**AGENCY)})", "容量"), width=8),
        lines("回调", "调用其回调地址的次数，按结果；没有订阅的没有数字。",
              Ask(f"sum by (result) ({calls})", "{{result}}"),
              Ask(f"max by (agency) (liandong_webhook_failing_seconds{pick(**AGENCY)})", "已连续失败（秒）"), width=8),
    ]
