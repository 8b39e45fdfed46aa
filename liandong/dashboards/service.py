"""单服务: acts, requests, deadlines, loops and what ends some day, of one service."""

from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong.dashboards.frame import Section, dashboard, one_of
from liandong.dashboards.parts import Ask, Column, Panel, lines, number, rows
from liandong.dashboards.queries import pick, quantile, rate

UID = "liandong-service"
SERVICE = {"service": "$service"}
OF = pick(**SERVICE)
QUANTILES = (0.5, 0.95, 0.99)


def made() -> Dashboard:
    return dashboard(UID, "联动 · 单服务", "一个服务的办理、请求、期限触发、后台循环，以及到期事项。",
                     (one_of("service", "服务", "liandong_journal_head"),), (
                         Section("办理", _acts()), Section("请求", _requests()), Section("后台", _loops()),
                         Section("到期事项", _ends())), since="now-6h")


def _acts() -> list[Panel]:
    return [
        lines("办理", "每秒，按结果：ok 成功、refused 依法不予办理、conflict 情况已变、error 平台故障。",
              Ask(rate("liandong_acts_total", "result", **SERVICE), "{{result}}"), width=8),
        lines("办理用时", "成功的行为，含提交。", *(
            Ask(quantile(each, "liandong_act_seconds", result="ok", **SERVICE), f"{each:.0%}") for each in QUANTILES),
            unit="s", width=8),
        rows("行为", "最近一小时的次数，按行为和结果。",
             [Ask(f"sum by (act, result) (increase(liandong_acts_total{OF}[1h])) > 0")],
             [Column("act", "行为"), Column("result", "结果"), Column("Value", "次数")], width=8, height=8, largest="次数"),
    ]


def _requests() -> list[Panel]:
    spread = f"sum by (le, route) (increase(liandong_http_request_seconds_bucket{OF}[1h]))"
    return [
        lines("请求", "每秒，按状态码。", Ask(rate("liandong_http_requests_total", "status", **SERVICE), "{{status}}"), width=8),
        lines("应答用时", "全部路由。", *(Ask(quantile(each, "liandong_http_request_seconds", **SERVICE), f"{each:.0%}")
                                for each in QUANTILES), unit="s", width=8),
        rows("最慢的路由", "第 95 百分位，最近一小时。",
             [Ask(f"topk (10, histogram_quantile(0.95, {spread}) > 0)")],
             [Column("route", "路由"), Column("Value", "用时", "s")], width=8, height=8, largest="用时"),
        lines("数据库连接", "各进程连接池中使用着的和上限。",
              Ask(f"max by (instance) (liandong_database_connections{OF})", "{{instance}}"),
              Ask(f"max by (instance) (liandong_database_connections_limit{OF})", "{{instance}} 上限")),
        lines("进程", "运行着的版本；一次发布之后应当只有一个。", Ask("count by (version, python) (liandong_build_info)",
                                                     "{{version}}（Python {{python}}）")),
    ]


def _loops() -> list[Panel]:
    return [
        lines("期限触发迟延", "触发比其时刻晚多少，第 99 百分位；没有触发的时段不画。",
              Ask(quantile(0.99, "liandong_ticker_delay_seconds", **SERVICE), "99%"),
              Ask(f"max by (service) (liandong_deadlines_overdue_seconds{OF})", "最早未触发"), unit="s", width=8),
        lines("失败的步骤", "每秒，按后台循环；日志说明原因。",
              Ask(rate("liandong_step_failures_total", "loop", **SERVICE), "{{loop}}"), width=8),
        lines("绿色线程迟延", "后台进程被唤醒时晚了多少，第 99 百分位，按进程（不分服务）。",
              Ask(quantile(0.99, "liandong_hub_delay_seconds", "instance"), "{{instance}}"), unit="s", width=8),
    ]


def _ends() -> list[Panel]:
    left = "- time()"
    return [
        number("日历还剩", "已装入的工作日历连续到何时。", Ask(f"max (liandong_calendar_until_timestamp_seconds{OF}) {left}"),
               unit="s", width=6, steps=((None, "red"), (2678400, "green"))).height(8),
        number("依据还剩", "办法及其延续依据；没有终期的为无穷。", Ask(f"max (liandong_basis_until_timestamp_seconds{OF}) {left}"),
               unit="s", width=6, steps=((None, "red"), (7776000, "green"))).height(8),
        rows("密钥", "现用密钥已用多久，按种类。", [Ask(f"time() - max by (kind) (liandong_key_made_timestamp_seconds{OF})")],
             [Column("kind", "种类"), Column("Value", "已用", "s")], width=6, height=8, largest="已用"),
        rows("保存期满", "等待司法局决定是否删除的记录数（liandong erase due）。",
             [Ask(f"max by (class) (liandong_retention_due{OF})")],
             [Column("class", "类别"), Column("Value", "记录数")], width=6, height=8, largest="记录数"),
    ]
