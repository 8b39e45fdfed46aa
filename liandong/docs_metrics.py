"""`docs/metrics.md`: each metric's type, unit, labels and owner from the code; what it tells, when to worry in words.

What a metric tells in English is its own help text; the other words stand here. A metric without them, and words
without a metric, are an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.metrics import MetricWrapperBase

from services.oversight.sla.collector import families
from shared.telemetry import metrics

API, WORKER, BOTH = "api", "worker", "api, worker"
RELAY = "worker (relay)"             # the one worker of the service that has the lease
EXPORTER = "SLA exporter"

HEAD = """# Metrics 指标

For ops who read or alert on figures. 读者：查看指标、设置告警的运维人员。

Each process tells its own at `/metrics`: an API (`liandong api`), a worker (`liandong worker`), or both in one
(`liandong up`). The owner is the process whose figure counts. What several workers of a service each read from its
database is the same figure told again: take `max by (service)` first. Units: seconds, bytes, or a plain number;
`_timestamp_seconds` is Unix time. No label holds a case, a person or a number.

每个进程在 `/metrics` 报告自己的指标：接口进程（`liandong api`）、后台进程（`liandong worker`），或者合为一体（`liandong up`）。
“报告者”是以其数字为准的进程。同一服务的多个后台进程从数据库读到的是同一个数，先取 `max by (service)`。单位为秒、字节或者个数，
`_timestamp_seconds` 为 Unix 时间。标签中没有案件、个人和号码。

"""


@dataclass(frozen=True, slots=True)
class Words:
    """What people are told of a metric besides its help text. `worry`: when, and why."""

    owner: str
    worry: str
    zh: str
    worry_zh: str


WORDS = {
    "liandong_act_seconds": Words(
        API, "More than 1 % of `ok` above its bucket of 1 s: the database or the machine is short of something.",
        "办理一个行为所用的时间（含提交），按结果。", "ok 中超过一秒的多于 1 %：数据库或者主机资源不足。"),
    "liandong_acts_total": Words(
        API, "`error` rises: the suite failed, the refusals by law are `refused` and `conflict`.",
        "行为的办理次数，按结果：ok 成功、refused 依法不予办理、conflict 情况已变、error 平台故障。",
        "error 上升：是平台的故障；refused 和 conflict 是依法的拒绝。"),
    "liandong_agency_feed_lag_seconds": Words(
        API, "It grows from one asking to the next: the agency's system reads more slowly than news comes.",
        "机关的业务系统上次读取事件流时，尚未读取的最早一条已有多久；已读完则为 0。", "逐次变大：其读取慢于新事件。"),
    "liandong_agency_feed_seen_timestamp_seconds": Words(
        API, "Longer ago than the agency's system is used to ask: it is away. Call its IT.",
        "机关的业务系统上次读取事件流的时刻。", "比其惯常的间隔久：其系统离线，应当联系其信息部门。"),
    "liandong_agency_info": Words(
        EXPORTER, "Never: others are joined with it, so that people read names.",
        "统计数字所涉机关的名称，值为 1。", "无须注意：供其他指标关联，便于阅读。"),
    "liandong_agency_published_total": Words(
        RELAY, "Anything but `confirmed` rises for an agency: its queue takes nothing; its feed still has all.",
        "发往机关队列的消息，按结果。", "某机关 confirmed 以外的结果上升：其队列不收；事件流中仍有全部。"),
    "liandong_agency_queue_full": Words(
        RELAY, "1: the agency's system is away, and its oldest messages go. Call its IT.",
        "机关的队列已满，最早的消息被丢弃时为 1。", "为 1：该机关的系统长时间未读取，应当联系其信息部门。"),
    "liandong_agency_queue_limit_messages": Words(
        RELAY, "The messages that wait come near it: soon the oldest go.",
        "机关队列的容量。", "等待的消息接近它：最早的即将被丢弃。"),
    "liandong_agency_queue_messages": Words(
        RELAY, "It only grows: the agency's system does not read.",
        "机关队列中等待的消息数。", "只增不减：该机关的系统没有读取。"),
    "liandong_basis_until_timestamp_seconds": Words(
        WORKER, "Less than 90 days ahead: justice publishes what carries the regulation on, or nothing can be opened.",
        "办法及其延续依据届满的时刻；没有终期则为 +Inf。", "不足 90 日：应当由司法局公布延续依据，否则届时不能办理新案。"),
    "liandong_build_info": Words(
        BOTH, "Two releases at once for longer than a deploy takes.",
        "进程运行的版本。", "两个版本并存的时间超过一次发布。"),
    "liandong_calendar_until_timestamp_seconds": Words(
        WORKER, "From December on less than a year ahead: load next year's notice (`liandong calendar load`).",
        "已装入的工作日历连续到何时。", "十二月起仍不足一年：应当装入下一年的放假通知（`liandong calendar load`）。"),
    "liandong_clock_info": Words(
        EXPORTER, "Never: others are joined with it, so that people read words.",
        "统计数字所涉期限的要求，用规则中的文字，值为 1。", "无须注意：供其他指标关联，便于阅读。"),
    "liandong_database_connections": Words(
        BOTH, "Near its limit for minutes: acts wait for a connection. Look for statements that take long.",
        "进程连接池中使用着的连接数。", "数分钟接近上限：行为在等连接，应当查找慢语句。"),
    "liandong_database_connections_limit": Words(
        BOTH, "Together more than PostgreSQL's `max_connections`.",
        "进程连接池的连接数上限。", "合计超过 PostgreSQL 的 `max_connections`。"),
    "liandong_deadlines_overdue": Words(
        WORKER, "Above 0 for two minutes: the ticker hangs.",
        "时刻已到而尚未触发的期限数。", "两分钟大于 0：期限触发已停住。"),
    "liandong_deadlines_overdue_seconds": Words(
        WORKER, "Above 60: lights and warnings are late now.",
        "其中最早的已过去多久；没有则为 0。", "超过 60 秒：灯色和预警正在迟到。"),
    "liandong_deadline_used_ratio": Words(
        EXPORTER, "It nears 1: work is done on its last day, and the next holiday makes it late.",
        "已用工作日占期限工作日数的比例，按分位数。", "接近 1：总在最后一日办结，稍有耽搁即逾期。"),
    "liandong_deadlines_open": Words(
        EXPORTER, "Red: a deadline is missed. That is for supervision, no incident of the suite.",
        "进行中的期限，按灯色。", "红灯：逾期，属督查事项，不是平台故障。"),
    "liandong_deadlines_settled": Words(
        EXPORTER, "An agency's share of late ones grows: for supervision.",
        "到期日在时段内的期限，按结果。", "某机关逾期的比例上升：属督查事项。"),
    "liandong_followed_total": Words(
        WORKER, "`parked` or `held` rise: news waits for a person. Many `duplicate`: a relay was cut off often.",
        "消费者收到的事件，按结果；duplicate 为重复。", "parked、held 上升：有事件等待人工处理；duplicate 多：中继多次中断。"),
    "liandong_follower_gaps_total": Words(
        WORKER, "It rises day by day: the broker loses messages. Nothing is lost, the feed fills the gap.",
        "消费者为补缺口而读取事件流的次数。", "持续上升：消息代理丢失消息；缺口由事件流补上。"),
    "liandong_follower_lag": Words(
        WORKER, "It only grows: the consumer is slower than its source, or hangs.",
        "消费者落后于来源的条数。", "只增不减：消费者慢于来源，或者停住。"),
    "liandong_follower_position": Words(
        WORKER, "It stands still while the source's head moves.",
        "消费者处理到的来源位置。", "来源在前进而它不动。"),
    "liandong_follower_stopped": Words(
        WORKER, "1: a person must decide where it goes on (`liandong follower settle`).",
        "消费者因来源换代而停止时为 1。", "为 1：应当由人决定从何处继续（`liandong follower settle`）。"),
    "liandong_http_request_seconds": Words(
        API, "Its 99th percentile passes a second by day.",
        "应答所用的时间，按路由模板。", "日间第 99 百分位超过一秒。"),
    "liandong_http_requests_total": Words(
        API, "Status 5xx rises.", "HTTP 请求次数，按路由模板和状态码。", "5xx 上升。"),
    "liandong_hub_delay_seconds": Words(
        WORKER, "Often above 0.5: something blocks the process; news, ticker and health wait with it.",
        "后台进程的绿色线程被唤醒时晚了多少。", "经常超过 0.5 秒：有调用阻塞了进程。"),
    "liandong_journal_epoch": Words(
        WORKER, "It changes: the database is in another life. Readers stop until a person decides.",
        "台账的代，以一个数表示，只用于看出是否换代。", "改变：数据库已是另一代，读取者停下，等待人工决定。"),
    "liandong_journal_head": Words(
        WORKER, "It falls: the database was set back, and an epoch begins.",
        "台账的末位置。", "变小：数据库被恢复到从前，台账换代。"),
    "liandong_journal_sealed": Words(
        WORKER, "It stays behind the head for more than a few minutes: nothing is signed.",
        "最后一个签名检查点的位置。", "落后末位置数分钟以上：没有签名。"),
    "liandong_key_made_timestamp_seconds": Words(
        WORKER, "Older than the city's rule for keys. None expires by itself; what was made with an old one stays "
        "readable. The times are those of the files.",
        "现用密钥的生成时刻，按种类。", "超过本市的密钥更换期限。密钥不会自行失效，旧密钥仍可读取；时刻取自文件。"),
    "liandong_law_published_timestamp_seconds": Words(
        WORKER, "Two services differ for longer than a minute: one has not heard of the law that counts.",
        "服务所知的同类中最近公布的一份的公布时刻：calendar 日历、rulebook 规则。", "各服务不一致超过一分钟：有服务尚未得知现行规则。"),
    "liandong_parked": Words(
        WORKER, "Above 0 for an hour: `liandong parked list` tells what and why.",
        "等待重试或者人工决定的事件数。", "一小时仍大于 0：用 `liandong parked list` 查看。"),
    "liandong_probe_on": Words(
        WORKER, "0 where nobody meant to switch it off (`LIANDONG_PROBE`): the way of the news is not probed.",
        "该服务的后台写入探测时为 1，已关闭时为 0。", "无意关闭而为 0：消息的路径没有探测。"),
    "liandong_probe_seconds": Words(
        WORKER, "Above 10: a leg is slow. What a leg itself took is what it has more than the one before "
        "(`liandong:probe_leg_seconds`). Only what was told lately counts; a process that stands by keeps its last.",
        "最近一次探测自记入台账到各段终点的秒数：written 写入、published 消息代理已收、handled 由消费者 consumer 处理、canary 在探测代码的事件流中可读。",
        "超过 10 秒：该段偏慢；每段自身用时为与前一段之差（`liandong:probe_leg_seconds`）。只看近期更新的，待命进程停在其末次数值。"),
    "liandong_probe_success_timestamp_seconds": Words(
        WORKER, "More than two minutes ago: probes do not come so far, and nothing else does.",
        "探测最近一次到达各段终点的时刻；0 为进程启动以来没有。", "两分钟以前：探测没有到达，其他消息也到不了。"),
    "liandong_published_total": Words(
        RELAY, "`refused`, `returned` or `unconfirmed` rise: the broker is in trouble; news is sent again.",
        "发布到消息代理的消息，按结果。", "refused、returned、unconfirmed 上升：消息代理有故障；消息会重发。"),
    "liandong_relay_active": Words(
        WORKER, "The sum over a service's workers is not 1 for more than a minute.",
        "该进程是本服务的中继时为 1。", "一个服务各进程之和一分钟以上不为 1。"),
    "liandong_relay_position": Words(
        RELAY, "It stands still while the head moves: news is late, no act is refused.",
        "消息代理已确认的末位置。", "末位置前进而它不动：消息迟到，不影响办理。"),
    "liandong_retention_due": Words(
        WORKER, "Above 0: justice decides on erasure (`liandong erase due`).",
        "保存期限已满、等待决定是否删除的记录数。", "大于 0：由司法局决定（`liandong erase due`）。"),
    "liandong_sla_as_of_timestamp_seconds": Words(
        EXPORTER, "It stands still while the service works: the figures are as old as that.",
        "看板处理到的来源最后一条记录的时刻。", "服务正常而此数不动：统计数字即停留在该时。"),
    "liandong_sla_folded": Words(
        EXPORTER, "Above 0: series are told under `other`; look for clocks or agencies that are too many.",
        "因序列过多而归入 other 的期限种类或机关数。", "大于 0：部分明细已合并，应核对期限种类和机关是否过多。"),
    "liandong_spans_total": Words(
        BOTH, "`lost` rises, or only `ended` does: the collector of traces is away or too slow. No act suffers.",
        "链路追踪的片段数：ended 本进程产生、sent 已送达采集端、lost 采集端未收下。其余的在内存中等待，或者因没有空位被丢弃。",
        "lost 上升，或者只有 ended 上升：采集端离线或者太慢。不影响办理。"),
    "liandong_step_failures_total": Words(
        WORKER, "It rises again and again for one loop: the log says what fails.",
        "后台循环失败并将重试的次数。", "某一循环不断上升：日志说明原因。"),
    "liandong_ticker_delay_seconds": Words(
        WORKER, "Any above 60: lights and warnings came late. What was entered late counts from its entry.",
        "期限触发比其时刻晚多少；补录的自录入时起算。", "有超过 60 秒的：灯色和预警迟到。"),
    "liandong_unhandled_seconds": Words(
        WORKER, "Above 60: the consumer hangs, stands at a gap, or its source's relay does. Above 10: it is slow.",
        "来源中该消费者尚未处理的最早一条已有多久；没有则为 0。", "超过 60 秒：消费者或者来源的中继停住；超过 10 秒：偏慢。"),
    "liandong_unpublished_seconds": Words(
        WORKER, "Above 60: the relay hangs or the broker is away. News is late, no act is refused.",
        "消息代理尚未确认的最早一条已有多久；没有则为 0。", "超过 60 秒：中继停住或者消息代理不通；消息迟到，不影响办理。"),
    "liandong_verify_failure_timestamp_seconds": Words(
        WORKER, "Later than the last success: the journal or a case was changed behind the suite's back.",
        "`liandong verify` 上次发现不符的时刻。", "晚于上次相符：台账或者案件在平台之外被改动。"),
    "liandong_verify_success_timestamp_seconds": Words(
        WORKER, "More than a day ago: nobody verifies.",
        "`liandong verify` 上次全部相符的时刻。", "一日以前：没有按时核验。"),
    "liandong_watched_timestamp_seconds": Words(
        WORKER, "More than two minutes ago: what this worker tells of ages and ends stands still.",
        "后台进程上次查看等待、逾期和届满情况的时刻。", "两分钟以前：该进程所报的时间已不再更新。"),
    "liandong_webhook_active": Words(
        WORKER, "The sum over sharing's workers is not 1.", "该进程负责调用回调地址时为 1。", "各进程之和不为 1。"),
    "liandong_webhook_calls_total": Words(
        WORKER, "Only `refused` or `unreached` for an agency: its address is down.",
        "调用机关回调地址的次数，按结果。", "某机关只有 refused 或 unreached：其地址不通。"),
    "liandong_webhook_failing_seconds": Words(
        WORKER, "Above an hour: call the agency's IT; it is paused by itself later.",
        "机关的回调地址已连续失败的时间。", "超过一小时：联系其信息部门；其后会自动暂停。"),
    "liandong_webhooks": Words(
        WORKER, "`failed` grows.", "回调地址数，按状态。", "failed 增加。"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """A metric as the documents list it."""

    name: str
    type: str
    labels: tuple[str, ...]
    documentation: str

    @property
    def unit(self) -> str:
        """By the ending of the name, as Prometheus has it; empty for a plain number."""
        bare = self.name.removesuffix("_total")
        return next((unit for unit in ("seconds", "bytes", "ratio") if bare.endswith(f"_{unit}")), "")


def metric_families() -> Iterator[Family]:
    """Every metric a process may show, by name: the code's own, and those read from oversight's table."""
    own = [value for value in vars(metrics).values() if isinstance(value, MetricWrapperBase)]
    known = [(family, each._labelnames) for each in own for family in each.describe()]  # labels have no public name
    for family, labels in sorted((*known, *families()), key=lambda pair: pair[0].name):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        yield Family(name, family.type, tuple(labels), family.documentation)


def metrics_tables() -> str:
    """The document: the table in English, then in Chinese. Raises ValueError where metrics and words do not agree."""
    listed = list(metric_families())
    if unlike := {each.name for each in listed} ^ WORDS.keys():
        raise ValueError(f"a metric without words, or words without a metric: {', '.join(sorted(unlike))}")
    english = [_row(each, each.documentation, WORDS[each.name].worry) for each in listed]
    chinese = [_row(each, WORDS[each.name].zh, WORDS[each.name].worry_zh) for each in listed]
    return HEAD + "\n".join((
        "## English\n", "| name | type | unit | labels | owner | what | when to worry |", f"|{'---|' * 7}", *english,
        "\n## 中文\n", "| 名称 | 类型 | 单位 | 标签 | 报告者 | 说明 | 何时应当注意 |", f"|{'---|' * 7}", *chinese)) + "\n"


def _row(each: Family, what: str, worry: str) -> str:
    cells = (f"`{each.name}`", each.type, each.unit, ", ".join(each.labels), WORDS[each.name].owner, what, worry)
    return f"| {' | '.join(cells)} |"
