"""How a running process is set: read once from the environment, frozen after that. A bad value is one clear line."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from shared.kernel.hosts import NOWHERE, Allowed, allowed_from

EMBEDDED, AMQP, FEED = "embedded", "amqp", "feed"
NEWS = (EMBEDDED, AMQP, FEED)
ON, OFF = "on", "off"
CA = "cacertfile"       # of the broker's URL, as RabbitMQ's own clients call it
LEVELS = ("debug", "info", "warning", "error")
PLAIN, JSON = "plain", "json"
CITIES = Path(__file__).resolve().parents[2] / "deploy" / "cities"


class SettingsError(ValueError):
    """The environment does not make sense; `lines` says what is wrong, one line a setting."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of a process, with its default. Sizes in bytes, spans in seconds."""

    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8800
    city: str = "rongcheng"
    city_folder: Path = CITIES / "rongcheng"
    database_url: str = field(default="", repr=False)    # empty: an SQLite file a service in `home`
    database_connections: int = 20         # of a process to PostgreSQL at most, those for locks and wake-ups apart
    amqp_url: str = field(default="", repr=False)
    amqp_prefix: str = ""                  # begins every exchange and queue, where several suites share a vhost
    management_url: str = field(default="", repr=False)     # of the broker, for `liandong agency`
    news: str = EMBEDDED
    feed_urls: Mapping[str, str] = field(default_factory=dict)   # service -> base URL, where news is `feed`
    keys: Path = Path("var/keys")          # private keys, readable by this process alone
    jwks: Path = Path("var/jwks")          # folder of public keys: one <issuer>.json each, readable by every service
    log_level: str = "info"
    log_format: str = PLAIN
    traces_url: str = ""                   # where spans are sent by OTLP over HTTP; empty: nowhere
    body_limit: int = 1_048_576            # of a request in JSON
    file_limit: int = 104_857_600          # of one material
    waiting_files: int = 20                # uploaded by an appointment and named by no case yet
    waiting_bytes: int = 1_073_741_824     # of all of them
    http_threads: int = 16
    proxies: int = 0                       # trusted proxies in front, whose X-Forwarded-For and -Proto are believed
    token_seconds: int = 600
    sign_in_tries: int = 5                 # per account and per address (ten times that) before a pause
    sign_in_pause: int = 300
    access_log_days: int = 183             # six months at least
    token_header: str = "Authorization"    # where a gateway in front eats that: another, asked before it
    machine_requests: int = 600            # of a machine client in a minute, for each service
    machine_bytes: int = 2_147_483_648     # of a machine client in a day, to and fro, for each service
    webhook_hosts: Allowed = NOWHERE       # where agencies' webhooks may be; nowhere by default
    agency_subscriptions: int = 10         # of an agency, that have not ended
    probe: str = ON                        # a probe a minute goes the way of each service's news
    canary: str = "canary"                 # the agency in whose feed it is looked for


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of the LIANDONG_* variables. Raises SettingsError with every bad one."""
    wrong: list[str] = []
    values: dict[str, Any] = {}
    for name, (key, read) in _READ.items():
        text = environ.get(key, "").strip()
        if text:
            try:
                values[name] = read(text)
            except ValueError as problem:
                wrong.append(f"{key}: {problem}")
    home = values.setdefault("home", Path("var").resolve())
    values.setdefault("keys", home / "keys")
    values.setdefault("jwks", home / "jwks")
    values.setdefault("city_folder", CITIES / values.get("city", "rongcheng"))
    if values.get("news") == AMQP and not environ.get("LIANDONG_AMQP_URL"):
        wrong.append("LIANDONG_AMQP_URL: needed where LIANDONG_NEWS is amqp")
    if wrong:
        raise SettingsError(*wrong)
    if "news" not in values and values.get("amqp_url"):
        values["news"] = AMQP
    return Settings(**values)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed, not {text!r}")
        return int(text)
    return read


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"one of {', '.join(allowed)} is needed, not {text!r}")
        return text.lower()
    return read


def _word(text: str) -> str:
    if not (text.isascii() and text.replace("-", "").isalnum() and text == text.lower()):
        raise ValueError(f"small letters, digits and hyphens only, not {text!r}")
    return text


def _header(text: str) -> str:
    if not (text.isascii() and text.replace("-", "").isalnum() and len(text) <= 64):
        raise ValueError(f"the name of a header: letters, digits and hyphens only, not {text!r}")
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.netloc:
            raise ValueError(f"a URL that begins with {' or '.join(f'{scheme}://' for scheme in schemes)} is needed")
        return text
    return read


def _broker(text: str) -> str:
    """RabbitMQ's address; over TLS its query may name whom to trust."""
    _url("amqp", "amqps")(text)
    at = urlsplit(text)
    if wrong := [name for name in parse_qs(at.query, keep_blank_values=True) if name != CA or at.scheme != "amqps"]:
        raise ValueError(f"{', '.join(wrong)}: only {CA}=FILE is known behind the ?, of amqps://")
    if file := authority(text):
        try:
            ssl.create_default_context(cafile=file)
        except (OSError, ValueError) as unread:
            raise ValueError(f"{file}: {unread}") from unread
    return text


def authority(url: str) -> str | None:
    """The file of the authorities that a broker's URL trusts instead of this machine's; None: it names none."""
    return parse_qs(urlsplit(url).query).get(CA, [None])[-1]


def _database(text: str) -> str:
    """PostgreSQL only, always through psycopg 3; without a setting each service has an SQLite file."""
    _url("postgresql", "postgresql+psycopg", "postgres")(text)
    return f"postgresql+psycopg://{text.split('://', 1)[1]}"


def _collector(text: str) -> str:
    """Where spans go; of a collector's bare address to the path that OTLP has for them."""
    at = urlsplit(_url("http", "https")(text))
    return text if at.path.strip("/") else at._replace(path="/v1/traces").geturl()


def _feeds(text: str) -> dict[str, str]:
    """`transfer=http://host:port,sharing=http://…`"""
    feeds: dict[str, str] = {}
    for pair in text.split(","):
        service, sign, url = pair.strip().partition("=")
        if not sign:
            raise ValueError(f"service=URL pairs separated by commas are needed, not {pair.strip()!r}")
        feeds[_word(service)] = _url("http", "https")(url).rstrip("/")
    return feeds


_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "home": ("LIANDONG_HOME", _folder),
    "host": ("LIANDONG_HOST", str),
    "port": ("LIANDONG_PORT", _whole(1, 65535)),
    "city": ("LIANDONG_CITY", _word),
    "city_folder": ("LIANDONG_CITY_FOLDER", _folder),
    "database_url": ("LIANDONG_DATABASE_URL", _database),
    "database_connections": ("LIANDONG_DATABASE_CONNECTIONS", _whole(2, 400)),
    "amqp_url": ("LIANDONG_AMQP_URL", _broker),
    "amqp_prefix": ("LIANDONG_AMQP_PREFIX", str),
    "management_url": ("LIANDONG_MANAGEMENT_URL", _url("http", "https")),
    "news": ("LIANDONG_NEWS", _one_of(NEWS)),
    "feed_urls": ("LIANDONG_FEED_URLS", _feeds),
    "keys": ("LIANDONG_KEYS", _folder),
    "jwks": ("LIANDONG_JWKS", _folder),
    "log_level": ("LIANDONG_LOG_LEVEL", _one_of(LEVELS)),
    "log_format": ("LIANDONG_LOG_FORMAT", _one_of((PLAIN, JSON))),
    "traces_url": ("LIANDONG_TRACES_URL", _collector),
    "body_limit": ("LIANDONG_BODY_LIMIT", _whole(1024, 64 * 1024 ** 2)),
    "file_limit": ("LIANDONG_FILE_LIMIT", _whole(1024, 4 * 1024 ** 3)),
    "waiting_files": ("LIANDONG_WAITING_FILES", _whole(1, 10_000)),
    "waiting_bytes": ("LIANDONG_WAITING_BYTES", _whole(1024, 1024 ** 4)),
    "http_threads": ("LIANDONG_HTTP_THREADS", _whole(1, 64)),
    "proxies": ("LIANDONG_PROXIES", _whole(0, 4)),
    "token_seconds": ("LIANDONG_TOKEN_SECONDS", _whole(60, 600)),
    "sign_in_tries": ("LIANDONG_SIGN_IN_TRIES", _whole(1, 100)),
    "sign_in_pause": ("LIANDONG_SIGN_IN_PAUSE", _whole(1, 86400)),
    "access_log_days": ("LIANDONG_ACCESS_LOG_DAYS", _whole(183, 36500)),
    "token_header": ("LIANDONG_TOKEN_HEADER", _header),
    "machine_requests": ("LIANDONG_MACHINE_REQUESTS", _whole(1, 1_000_000)),
    "machine_bytes": ("LIANDONG_MACHINE_BYTES", _whole(1024, 1024 ** 5)),
    "webhook_hosts": ("LIANDONG_WEBHOOK_HOSTS", allowed_from),
    "agency_subscriptions": ("LIANDONG_AGENCY_SUBSCRIPTIONS", _whole(1, 1000)),
    "probe": ("LIANDONG_PROBE", _one_of((ON, OFF))),
    "canary": ("LIANDONG_CANARY", _word),
}
VARIABLES = tuple(key for key, _ in _READ.values())
