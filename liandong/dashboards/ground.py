"""What the suite stands on: RabbitMQ by its own plugin, PostgreSQL and hosts by Debian's exporters."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards.frame import Section, dashboard, one_of
from liandong.dashboards.parts import Ask, Column, Panel, lines, number, rows
from liandong.dashboards.queries import RATE

INSTANCE = '{instance="$instance"}'
HERE = 'instance="$instance"'
DISKS = f'{{{HERE},fstype!~"tmpfs|ramfs|overlay|squashfs"}}'
_DOWN = ((None, "red"), (1.0, "green"))
_ALARM = ((None, "green"), (1.0, "red"))


def rabbitmq() -> Dashboard:
    return dashboard("liandong-rabbitmq", "联动 · RabbitMQ", "消息代理：告警、资源、消息、队列。",
                     (one_of("instance", "节点", "rabbitmq_build_info"),), (
                         Section("节点", _broker()), Section("消息", _messages())), since="now-6h")


def _broker() -> list[Panel]:
    return [
        number("内存告警", "1：不收消息，直到内存回落。", Ask(f"rabbitmq_alarms_memory_used_watermark{INSTANCE}"), steps=_ALARM),
        number("磁盘告警", "1：不收消息，直到腾出磁盘。", Ask(f"rabbitmq_alarms_free_disk_space_watermark{INSTANCE}"), steps=_ALARM),
        number("内存", "已用占水位的比例。", Ask(
            f"rabbitmq_process_resident_memory_bytes{INSTANCE} / rabbitmq_resident_memory_limit_bytes{INSTANCE}"),
            unit="percentunit"),
        number("磁盘余量", "可用空间。", Ask(f"rabbitmq_disk_space_available_bytes{INSTANCE}"), unit="bytes"),
        number("连接", "客户端连接数。", Ask(f"rabbitmq_connections{INSTANCE}")),
        number("队列", "队列数。", Ask(f"rabbitmq_queues{INSTANCE}")),
    ]


def _messages() -> list[Panel]:
    told = (("received", "收到"), ("confirmed", "已确认"), ("delivered", "送出"), ("acknowledged", "已签收"),
            ("redelivered", "重送"), ("unroutable_returned", "退回"))
    return [
        lines("消息", "每秒。", *(Ask(f"sum (rate(rabbitmq_global_messages_{name}_total{INSTANCE}[{RATE}]))", title)
                             for name, title in told)),
        lines("等待的消息", "可以送出的和已送出未签收的，全部队列合计。",
              Ask(f"sum (rabbitmq_queue_messages_ready{INSTANCE})", "可送出"),
              Ask(f"sum (rabbitmq_queue_messages_unacked{INSTANCE})", "未签收")),
        rows("最长的队列", "最长的二十个。每个队列的数字在 /metrics/detailed（deploy/prometheus/prometheus.yml 的 liandong-rabbitmq-queues）。",
             [Ask("topk (20, max by (vhost, queue) (rabbitmq_detailed_queue_messages))"),
              Ask("max by (vhost, queue) (rabbitmq_detailed_queue_messages_unacked)"),
              Ask("max by (vhost, queue) (rabbitmq_detailed_queue_consumers)")],
             [Column("queue", "队列"), Column("vhost", "虚拟主机"), Column("Value #A", "消息"), Column("Value #B", "未签收"),
              Column("Value #C", "消费者")], largest="消息"),
    ]


def postgresql() -> Dashboard:
    return dashboard("liandong-postgresql", "联动 · PostgreSQL", "数据库：连接、事务、缓存、锁、大小。",
                     (one_of("instance", "数据库服务器", "pg_up"),), (
                         Section("服务器", _server()), Section("负荷", _load())), since="now-6h")


def _server() -> list[Panel]:
    return [
        number("可连接", "1：接受连接。", Ask(f"pg_up{INSTANCE}"), steps=_DOWN, width=6),
        number("连接", "已用占上限的比例。", Ask(
            f"sum (pg_stat_activity_count{INSTANCE}) / max (pg_settings_max_connections{INSTANCE})"),
            unit="percentunit", width=6, steps=((None, "green"), (0.8, "red"))),
        number("最长的事务", "正在进行的。", Ask(f"max (pg_stat_activity_max_tx_duration{INSTANCE})"), unit="s", width=6),
        number("死锁", "最近一日。", Ask(f"sum (increase(pg_stat_database_deadlocks{INSTANCE}[1d]))"), width=6,
               steps=((None, "green"), (1, "yellow"))),
    ]


def _load() -> list[Panel]:
    rate = f"{INSTANCE}[{RATE}]"
    return [
        lines("各状态的连接", "连接数。", Ask(f"sum by (state) (pg_stat_activity_count{INSTANCE})", "{{state}}"), width=8),
        lines("事务", "每秒。", Ask(f"sum (rate(pg_stat_database_xact_commit{rate}))", "提交"),
              Ask(f"sum (rate(pg_stat_database_xact_rollback{rate}))", "回滚"), width=8),
        lines("锁", "按方式。", Ask(f"sum by (mode) (pg_locks_count{INSTANCE}) > 0", "{{mode}}"), width=8),
        lines("读取", "每秒的块：来自缓存的和来自磁盘的。", Ask(f"sum (rate(pg_stat_database_blks_hit{rate}))", "缓存"),
              Ask(f"sum (rate(pg_stat_database_blks_read{rate}))", "磁盘"), width=8),
        lines("写入", "每秒的行。", Ask(f"sum (rate(pg_stat_database_tup_inserted{rate}))", "插入"),
              Ask(f"sum (rate(pg_stat_database_tup_updated{rate}))", "更新"),
              Ask(f"sum (rate(pg_stat_database_tup_deleted{rate}))", "删除"), width=8),
        lines("大小", "各数据库和预写日志。", Ask(f"max by (datname) (pg_database_size_bytes{INSTANCE})", "{{datname}}"),
              Ask(f"max (pg_wal_size_bytes{INSTANCE})", "预写日志"), unit="bytes", width=8),
    ]


def host() -> Dashboard:
    return dashboard("liandong-host", "联动 · 主机", "主机：处理器、内存、磁盘、时钟；对外地址和证书。",
                     (one_of("instance", "主机", "node_uname_info"),), (
                         Section("主机", _host()), Section("对外地址", _addresses())), since="now-6h")


def _host() -> list[Panel]:
    rate, idle = f"[{RATE}]", f'{{{HERE},mode="idle"}}'
    busy, cores = f'{{{HERE},mode!="idle"}}{rate}', f"scalar (count (node_cpu_seconds_total{idle}))"
    free = f"node_filesystem_avail_bytes{DISKS} / node_filesystem_size_bytes{DISKS}"
    net = f'{{{HERE},device!="lo"}}{rate}'
    return [
        lines("处理器", "各状态所占的比例。",
              Ask(f"sum by (mode) (rate(node_cpu_seconds_total{busy})) / {cores}", "{{mode}}"),
              unit="percentunit", stack=True, most=1, width=8),
        lines("内存", "可用和全部。", Ask(f"node_memory_MemAvailable_bytes{INSTANCE}", "可用"),
              Ask(f"node_memory_MemTotal_bytes{INSTANCE}", "全部"), unit="bytes", width=8),
        lines("磁盘", "各文件系统可用的比例。", Ask(f"max by (mountpoint) ({free})", "{{mountpoint}}"),
              unit="percentunit", most=1, width=8),
        lines("磁盘读写", "每秒。", Ask(f"sum (rate(node_disk_read_bytes_total{INSTANCE}{rate}))", "读"),
              Ask(f"sum (rate(node_disk_written_bytes_total{INSTANCE}{rate}))", "写"), unit="Bps", width=8),
        lines("网络", "每秒，不含本机回环。", Ask(f"sum (rate(node_network_receive_bytes_total{net}))", "收"),
              Ask(f"sum (rate(node_network_transmit_bytes_total{net}))", "发"), unit="Bps", width=8),
        lines("时钟误差上限", "内核估计的最大误差；没有同步的为 16 秒。", Ask(f"node_timex_maxerror_seconds{INSTANCE}", "误差上限"),
              unit="s", width=8),
    ]


def _addresses() -> list[Panel]:
    return [
        rows("地址和证书", "由 prometheus-blackbox-exporter 探测；证书不足 21 日告警。",
             [Ask("max by (instance) (probe_success)"), Ask("max by (instance) (probe_duration_seconds)"),
              Ask("min by (instance) (probe_ssl_earliest_cert_expiry) - time()")],
             [Column("instance", "地址"), Column("Value #A", "可达"), Column("Value #B", "用时", "s"),
              Column("Value #C", "证书还剩", "s")], height=8),
    ]
