"""`docs/settings.md`: each setting's variable and default from `shared.kernel.settings`, its meaning from here.

A setting without words, and words without a setting, are an error.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from shared.kernel.settings import CITIES, VARIABLES, Settings

HEAD = """# Settings 设置

For ops who set up a process. Each process reads these environment variables once, at start; a bad value stops it
with one clear line. Sizes are in bytes, spans in seconds.

读者：设置各进程的运维人员。每个进程启动时读取一次环境变量；写错的，用一行话说明错在哪里。大小以字节计，时长以秒计。

| variable 变量 | default 默认值 | what | 说明 |
|---|---|---|---|
"""


class Words(NamedTuple):
    """What a setting means."""

    en: str
    zh: str


WORDS: Mapping[str, Words] = {
    "home": Words("The data folder: databases, files, keys, sample passwords.", "数据目录：数据库、材料文件、密钥、示例密码。"),
    "host": Words("The address to listen on.", "监听地址。"),
    "port": Words("The port to listen on.", "监听端口。"),
    "city": Words("The city's name in events and tokens, and its folder in `deploy/cities`.",
                  "城市名，用于事件和令牌；城市数据在 `deploy/cities` 下的同名目录。"),
    "city_folder": Words("The folder of the city's rulebook, calendars and agencies, if it is elsewhere.",
                         "规则、日历、机关名录存放在别处时指定。"),
    "database_url": Words("PostgreSQL. Without it each service has an SQLite file.",
                          "PostgreSQL；不设则每项服务使用一个 SQLite 文件。"),
    "database_connections": Words(
        "The most connections of a process to PostgreSQL, not counting those for locks and wake-ups. A request that "
        "finds none free waits.",
        "每个进程与 PostgreSQL 的连接上限（锁与唤醒所用的除外）；取不到空闲连接的请求排队等候。"),
    "amqp_url": Words(
        "RabbitMQ. `amqps://` uses TLS 1.2 or newer and checks that the certificate is that of the URL's host. "
        "`?cacertfile=/etc/…/ca.pem` names the city's own certificate authority, for the management API too.",
        "RabbitMQ；用 `amqps://` 时走 TLS 1.2 以上，证书须与地址中的主机名一致。本市自建机构签发的，以 "
        "`?cacertfile=/etc/…/ca.pem` 指明，管理接口一并适用。"),
    "amqp_prefix": Words("The prefix of every exchange and queue, where several suites share a vhost.",
                         "交换机和队列名称的前缀，供几套系统共用一个 vhost。"),
    "management_url": Words(
        "The broker's management API, for `liandong agency`, with user and password, or else those of the AMQP URL.",
        "RabbitMQ 管理接口，供 `liandong agency` 使用；可带用户名和密码，不带的用 AMQP 地址里的。"),
    "news": Words("How events travel between services: `embedded`, `amqp` (the default with an AMQP URL), `feed`.",
                  "服务之间怎样传递事件：`embedded` 进程内，`amqp`（设了 AMQP 地址即为默认），`feed` HTTP 事件流。"),
    "feed_urls": Words("Where each service's feed is read: `transfer=http://…,sharing=http://…`.",
                       "从哪里读取各服务的事件流：`transfer=http://…,sharing=http://…`。"),
    "keys": Words("The folder of private keys, for these processes alone.", "私钥目录，只供本系统进程读取。"),
    "jwks": Words("The folder of public keys, which every service reads.", "公钥目录，各服务都要能读取。"),
    "log_level": Words("`debug`, `info`, `warning` or `error`.", "日志级别：`debug`、`info`、`warning`、`error`。"),
    "log_format": Words("`json` writes each line as an object with the ids of its trace.",
                        "`json`：日志每行一个 JSON 对象，带调用链编号。"),
    "traces_url": Words("Where spans are sent by OpenTelemetry's OTLP over HTTP: `http://…:4318/v1/traces`.",
                        "以 OpenTelemetry 的 OTLP/HTTP 发送调用链的地址，如 `http://…:4318/v1/traces`。"),
    "body_limit": Words("The largest request in JSON.", "JSON 请求的大小上限。"),
    "file_limit": Words("The largest material.", "单个材料文件的大小上限。"),
    "waiting_files": Words("The most files of an appointment that no case names yet.",
                           "一个任职已上传而尚未入卷的文件，最多几个。"),
    "waiting_bytes": Words("The most bytes of these files.", "这些文件的总大小上限。"),
    "http_threads": Words("The requests that a process answers at once.", "每个进程同时处理的请求数。"),
    "proxies": Words("The number of trusted proxies in front.", "前面有几层可信的反向代理。"),
    "token_seconds": Words("The life of a token, at most 600.", "令牌有效期，最长600秒。"),
    "sign_in_tries": Words("The failed sign-ins of an account before a pause.", "同一账户登录失败几次后暂停登录。"),
    "sign_in_pause": Words("The length of that pause.", "暂停多久。"),
    "access_log_days": Words("How many days reads and refused attempts stay in the access log, at least 183.",
                             "查阅记录和被拒绝的操作保存多少天，至少183天。"),
    "token_header": Words("Another header for the token, if a gateway in front keeps `Authorization` for itself.",
                          "前面的网关占用 Authorization 时，改由哪个请求头携带令牌。"),
    "machine_requests": Words("The requests of one agency system a minute, for each service.",
                              "一个业务系统每分钟的请求数上限，各服务分别计算。"),
    "machine_bytes": Words("The bytes of one agency system a day, in both directions, for each service.",
                           "一个业务系统每日的流量上限（收发合计），各服务分别计算。"),
    "webhook_hosts": Words(
        "Where agencies' webhooks may be: `hooks.zjj.gov.cn,10.20.0.0/16:8443,http://127.0.0.1:9000`.",
        "各机关的网络回调可以在哪里：`hooks.zjj.gov.cn,10.20.0.0/16:8443,http://127.0.0.1:9000`。"),
    "agency_subscriptions": Words("The most active subscriptions of an agency, queue and webhooks together.",
                                  "一个机关没有终止的订阅（消息队列和网络回调合计）上限。"),
    "probe": Words("`off` stops the probe that each service sends along its events once a minute "
                   "([decision 23](adr/0023-a-probe-is-an-entry.md)).",
                   "`off`：不再每分钟沿各服务的事件路径探测一次。"),
    "canary": Words(
        "The code in whose feed the probe is looked for: of no agency in the register, or of one kept for it.",
        "在哪个代码的事件流中查找探测；不用名录中机关的代码，或者用专为此设的机关。"),
}


def settings_page() -> str:
    """The page. Raises ValueError where settings and words differ."""
    names = {variable: variable.removeprefix("LIANDONG_").lower() for variable in VARIABLES}
    if differing := set(names.values()) ^ WORDS.keys():
        raise ValueError(f"settings without words, or words without a setting: {', '.join(sorted(differing))}")
    return HEAD + "".join(f"| `{variable}` | {_default(name)} | {WORDS[name].en} | {WORDS[name].zh} |\n"
                          for variable, name in names.items())


def _default(name: str) -> str:
    value, home = getattr(Settings(), name), Settings().home
    if isinstance(value, Path):
        if CITIES in value.parents:
            value = value.relative_to(CITIES.parents[1])
        elif home in value.parents:
            value = f"$LIANDONG_HOME/{value.relative_to(home)}"
    return f"`{value}`" if value or value == 0 else "–"
