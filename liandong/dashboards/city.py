"""城市总览: the whole city's deadlines at one look, for 司法局 and 市政府办公室."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards import agency
from liandong.dashboards.frame import DEADLINES, Section, board, dashboard, window
from liandong.dashboards.parts import Ask, Column, Panel, bars, by_light, lines, link, matrix, number, rows, words
from liandong.dashboards.queries import (
    BY_WINDOW,
    COMPLIANCE_OF,
    FEW,
    FEW_SAYS,
    IN_TIME_OF,
    OF_THE_LAW,
    READ,
    SHOWN,
    lit,
    named,
    opened,
    settled,
    share_line,
    share_shown,
    titled,
)
from liandong.sla_rules import once
from services.oversight.board.figures import BREACHED, LATE, UNCONFIRMED
from services.oversight.sla.collector import AS_OF, FOLDS
from shared.deadlines.rules import OVERDUE_UNCONFIRMED, RED

UID = "liandong-city"
_OF = "按期率 = 按期完成 ÷（按期完成 + 逾期完成 + 逾期未完成），总数相除，不是比率的平均；口径见 docs/metrics.md。"
_ITS_AGENCY = "${__data.fields.agency}"      # of the row that is clicked on


def made() -> Dashboard:
    return dashboard(UID, "联动 · 城市总览", "全市期限履行情况：按期率、灯色、逾期最多的机关和事项。", (window(), board()), (
        Section("现在", _now()), Section("按期率", _compliance()), Section("逾期件数", _worst())))


def _now() -> list[Panel]:
    return [
        words("未逾期率（现在）", f"办理中的期限里绿灯和黄灯所占的比例；中止计时和逾期待确认的不计。{FEW_SAYS}",
              Ask(share_shown(IN_TIME_OF, "city"), READ), none="没有办理中的", width=6),
        number("红灯", "已逾期、尚未办结的期限件数。属督查事项，不是平台故障。", Ask(lit(RED)), width=6, steps=((None, "green"), (1, "red")),
               links=[link("期限总览：红灯", f"{DEADLINES}?light={RED}")]),
        number("逾期待确认", "按尚未公布的日历已经过期：装入当年日历之前不能认定是否逾期，不计入任何统计。",
               Ask(lit(UNCONFIRMED)), width=6, steps=((None, "green"), (1, "purple")),
               links=[link("期限总览：逾期待确认", f"{DEADLINES}?light={OVERDUE_UNCONFIRMED}")]),
        number("归并的明细", "因序列过多而归入 other 的期限种类或者机关数；大于 0 的，合计不变，明细不全。",
               Ask(f"sum (max by (what) ({FOLDS}))"), width=6, steps=((None, "green"), (1, "yellow"))),
        by_light(lines("办理中的期限", "按灯色，件数。", Ask(opened("light"), "{{light}}"), stack=True, width=16)),
        rows("统计截至", "看板处理到的各服务最后一条记录的时刻。每分钟一次探测，至多一分钟之前；关闭探测的，夜间没有新事件即停在当晚。服务正常而它不动的，数字已陈旧。",
             [Ask(f"1000 * {once(AS_OF)}"), Ask(f"time() - {once(AS_OF)}")],
             [Column("source", "服务"), Column("Value #A", "截至", "dateTimeAsIso"), Column("Value #B", "距今", "s")],
             width=8, height=8, largest="距今"),
    ]


def _compliance() -> list[Panel]:
    to_agency = f"/d/{agency.UID}?var-agency={_ITS_AGENCY}&${{__url_time_range}}"
    judged, met = (f'agency:{name}{{window="$window"}}' for name in (COMPLIANCE_OF.whole, COMPLIANCE_OF.part))
    return [
        words("按期率，各时段", f"到期日在最近 7、30、90 日内的。{_OF}{FEW_SAYS}",
              Ask(share_shown(COMPLIANCE_OF, "city"), BY_WINDOW), width=6).height(8),
        words("法定期限按期率，各时段", f"同左，只计有条文依据的；内部时限和方案自定日期不计。{FEW_SAYS}",
              Ask(share_shown(COMPLIANCE_OF, "statutory", **OF_THE_LAW), BY_WINDOW), width=6).height(8),
        lines("按期率走势", f"{_OF}不足 {FEW} 件的时刻不画。补录、更正后按真实日期重新计算，已画的不改。",
              Ask(share_line(COMPLIANCE_OF, "city"), "{{window}}"), unit="percentunit", most=1, width=12),
        matrix("期限种类 × 机关：按期率", f"所选时段内。{_OF}{FEW_SAYS}颜色只是提示：95 % 以上绿，80 % 以上黄，其余红；件数少的不着色。",
               Ask(named(share_shown(COMPLIANCE_OF, "agency_clock", window="$window"))), "clock", "name"),
        rows("各机关", f"所选时段内，逾期最多的在前。{FEW_SAYS}点代码看单部门，点件数看期限总览。",
             [Ask(named(share_shown(COMPLIANCE_OF, "agency", window="$window"))),
              Ask(judged), Ask(f"{judged} - {met}")],
             [Column("name", "机关"), Column("agency", "代码", leads=to_agency, says="单部门"),
              Column(SHOWN, "按期率"), Column("Value #B", "应办结"),
              Column("Value #C", "逾期", leads=f"{DEADLINES}?agency={_ITS_AGENCY}", says="期限总览")],
             largest="逾期", height=12),
    ]


def _worst() -> list[Panel]:
    late = f"{LATE}|{BREACHED}"
    return [
        bars("逾期最多的机关", "所选时段内逾期完成和逾期未完成的件数，不按比率：件数少的机关不因一件而排在前面。",
             Ask(named(f"topk (10, {settled('agency', late)})"), "{{name}}"),
             links=[link("期限总览", f"{DEADLINES}?agency=${{__field.labels.agency}}")]),
        bars("逾期最多的期限种类", "同上，按期限种类。", Ask(titled(f"topk (10, {settled('clock', late)})"), "{{title}}（{{clock}}）"),
             links=[link("期限总览", f"{DEADLINES}?clock=${{__field.labels.clock}}")]),
        bars("现在红灯最多的机关", "已逾期、尚未办结的件数。", Ask(named(f"topk (10, {opened('agency', light=RED)})"), "{{name}}"),
             links=[link("期限总览：红灯", f"{DEADLINES}?light={RED}&agency=${{__field.labels.agency}}")]),
    ]
