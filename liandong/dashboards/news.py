"""消息与台账: whether news goes out and is handled, whether the journals are sealed and verified."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards.frame import Section, dashboard
from liandong.dashboards.parts import Ask, Column, Panel, lines, number, rows
from liandong.dashboards.queries import RATE, none_is_zero

UID = "liandong-news"
_PAIR = "max by (consumer, source)"


def made() -> Dashboard:
    return dashboard(UID, "联动 · 消息与台账", "消息是否发出、是否处理，台账是否签名、核验。", (), (
        Section("现在", _now()), Section("发出", _out()), Section("处理", _handled()), Section("探测", _probes()),
        Section("各机关", _agencies()), Section("台账", _journals())), since="now-6h")


def _now() -> list[Panel]:
    calm = ((None, "green"), (1.0, "red"))
    late = ((None, "green"), (10.0, "yellow"), (60.0, "red"))
    held, failed = (f"max by (service) (liandong_verify_{how}_timestamp_seconds)" for how in ("success", "failure"))
    return [
        number("最早未处理", "全部服务中最早一条未处理消息已有多久。", Ask("max (liandong_unhandled_seconds)"), unit="s", steps=late),
        number("最早未发布", "全部服务中最早一条未被消息代理确认的已有多久。没有消息代理的部署没有此数。",
               Ask("max (liandong_unpublished_seconds)"), unit="s", steps=late, none="没有消息代理"),
        number("停止的读取者", "因来源换代而停止，等待人工决定（liandong follower settle）。",
               Ask(f"sum ({_PAIR} (liandong_follower_stopped))"), steps=calm),
        number("等待人工的事件", "等待重试或者人工决定（liandong parked list）。", Ask(f"sum ({_PAIR} (liandong_parked))"), steps=calm),
        number("未触发的期限", "时刻已到而尚未触发。", Ask("sum (max by (service) (liandong_deadlines_overdue))"), steps=calm),
        number("核验不符", "上次核验（liandong verify）发现不符的服务数。",
               Ask(none_is_zero(f"count ({failed} unless {held} > {failed})", "liandong_journal_head")), steps=calm),
    ]


def _out() -> list[Panel]:
    return [
        lines("各服务最早未发布", "每个服务最早一条未发布的已有多久；停住的中继在此可见。",
              Ask("max by (service) (liandong_unpublished_seconds)", "{{service}}"), unit="s", width=8),
        lines("发布", "每秒发布的消息，按结果；confirmed 以外的会重发。",
              Ask(f"sum by (result) (rate(liandong_published_total[{RATE}]))", "{{result}}"), width=8),
        lines("中继", "每个服务应当恰有一个中继在工作。", Ask("sum by (service) (liandong_relay_active)", "{{service}}"), width=8),
    ]


def _handled() -> list[Panel]:
    return [
        lines("各服务最早未处理", "每个服务最早一条未处理的已有多久，取其各来源中最大的。",
              Ask("max by (consumer) (liandong_unhandled_seconds)", "{{consumer}}"), unit="s"),
        lines("处理", "每秒收到的消息，按结果。",
              Ask(f"sum by (result) (rate(liandong_followed_total[{RATE}]))", "{{result}}")),
        rows("消费者和来源", "落后的条数、最早未处理、等待人工的、补缺口的次数；落后多的在前。",
             [Ask(f"{_PAIR} (liandong_follower_lag)"), Ask(f"{_PAIR} (liandong_unhandled_seconds)"),
              Ask(f"{_PAIR} (liandong_parked)"), Ask("sum by (consumer, source) (liandong_follower_gaps_total)")],
             [Column("consumer", "消费者"), Column("source", "来源"), Column("Value #A", "落后条数"),
              Column("Value #B", "最早未处理", "s"), Column("Value #C", "等待人工"), Column("Value #D", "补缺口")],
             largest="落后条数"),
    ]


def _probes() -> list[Panel]:
    legs = "max by (service, leg, consumer)"
    came = f"{legs} (liandong_probe_success_timestamp_seconds > 0)"
    return [
        lines("探测用时", "每分钟一次的探测从写入台账到每一段终点的时间，取各服务中最长的：written 写入、published 消息代理确认、handled 服务处理、"
              "canary 从事件流读到。", Ask("max by (leg) (liandong_probe_seconds)", "{{leg}}"), unit="s", width=8),
        rows("探测各段", "上次走完的时刻和用时；进程启动以来没有走完过的没有行。超过两分钟没有走完即告警（ProbeMissing）。",
             [Ask(f"1000 * {came}"), Ask(f"time() - {came}"), Ask(f"{legs} (liandong_probe_seconds)")],
             [Column("service", "服务"), Column("leg", "段"), Column("consumer", "消费者"),
              Column("Value #A", "上次走完", "dateTimeAsIso"), Column("Value #B", "距今", "s"),
              Column("Value #C", "用时", "s")], width=16, height=8, largest="距今", none="探测没有开启"),
    ]


def _agencies() -> list[Panel]:
    return [
        rows("事件流", "各机关的业务系统上次读取的时刻，以及当时最早未读的一条已有多久。",
             [Ask("1000 * max by (agency) (liandong_agency_feed_seen_timestamp_seconds)"),
              Ask("max by (agency) (liandong_agency_feed_lag_seconds)")],
             [Column("agency", "机关"), Column("Value #A", "上次读取", "dateTimeAsIso"), Column("Value #B", "最早未读", "s")],
             width=8, height=8, largest="最早未读", none="没有机关读取"),
        rows("队列", "等待的消息、容量、是否已满（已满的丢弃最早的）。没有消息代理的部署没有队列。",
             [Ask("max by (agency) (liandong_agency_queue_messages)"),
              Ask("max by (agency) (liandong_agency_queue_limit_messages)"),
              Ask("max by (agency) (liandong_agency_queue_full)")],
             [Column("agency", "机关"), Column("Value #A", "等待"), Column("Value #B", "容量"), Column("Value #C", "已满")],
             width=8, height=8, largest="等待", none="没有队列"),
        rows("回调", "回调地址数，按状态。", [Ask("max by (state) (liandong_webhooks)")],
             [Column("state", "状态"), Column("Value", "个数")], width=4, height=8),
        lines("回调调用", "每秒，按结果。",
              Ask(f"sum by (result) (rate(liandong_webhook_calls_total[{RATE}]))", "{{result}}"), width=4),
    ]


def _journals() -> list[Panel]:
    service = "max by (service)"
    return [
        lines("台账末位置", "变小的，数据库被恢复到从前，台账换代。", Ask(f"{service} (liandong_journal_head)", "{{service}}"), width=8),
        lines("未签名", "末位置和最后一个签名检查点相差的条数；数分钟以上不归零的，没有签名。",
              Ask(f"{service} (liandong_journal_head) - {service} (liandong_journal_sealed)", "{{service}}"), width=8),
        rows("核验", "上次全部相符距今；没有行的从未核验（liandong verify）。",
             [Ask(f"1000 * {service} (liandong_verify_success_timestamp_seconds)"),
              Ask(f"time() - {service} (liandong_verify_success_timestamp_seconds)")],
             [Column("service", "服务"), Column("Value #A", "上次相符", "dateTimeAsIso"), Column("Value #B", "距今", "s")],
             width=8, height=8, largest="距今", none="从未核验"),
    ]
