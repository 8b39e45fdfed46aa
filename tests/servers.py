"""The real servers of a test run: found, borrowed or started, never done without.

In this order: LIANDONG_TEST_DATABASE_URL / LIANDONG_TEST_AMQP_URL; servers on the standard local ports; Docker with
the project's compose file; on Debian as root, servers that the run installs and starts itself. Each run makes its own
database and vhost (where it has no right to one, a prefix of its own for every name) and takes them away again.
"""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import amqp
import psycopg
import requests
import sqlalchemy as sa
from psycopg import sql

from tests import debian

LOCAL_DATABASE = "postgresql://postgres@127.0.0.1:5432/postgres"
LOCAL_AMQP = "amqp://guest:guest@127.0.0.1:5672/"
RABBITMQCTL = "/usr/sbin/rabbitmqctl"       # not in everybody's PATH
LONG = 60                                   # seconds; a rabbitmqctl call boots an Erlang VM

Ports = Callable[[str, int], int]           # compose service, container port -> local port; starts the services


class NoServer(Exception):
    """There is no real server to test against, and none can be had; the message says what would help."""


@dataclass(frozen=True)
class Broker:
    """A RabbitMQ to test against: where it is, and by which ways it can be administered (each may be none)."""

    url: str
    ctl: tuple[str, ...] = ()               # the rabbitmqctl command for its node
    api: str = ""                           # the base URL of its management API


@dataclass(frozen=True)
class News:
    """What a run uses of a broker: the URL of its vhost, and the prefix its names need there ("" in one of its own)."""

    url: str
    prefix: str


def random_name() -> str:
    return f"liandong_test_{secrets.token_hex(5)}"


# PostgreSQL

def find_postgresql(docker: Ports | None, leave: Callable[[Callable[[], None]], None]) -> str:
    """The URL of a PostgreSQL where databases may be made. `leave` takes what is to run at the end."""
    if given := os.environ.get("LIANDONG_TEST_DATABASE_URL"):
        url = plain(given)
        if why := cannot_use(url):
            raise NoServer(f"LIANDONG_TEST_DATABASE_URL: {why}")
        return url
    tried = [f"127.0.0.1:5432 as postgres: {cannot_use(LOCAL_DATABASE)}"]
    if not cannot_use(LOCAL_DATABASE):
        return LOCAL_DATABASE
    if docker is not None:
        return f"postgresql://liandong:liandong@127.0.0.1:{docker('postgres', 5432)}/postgres"
    tried.append("no Docker engine answers")
    if debian.possible():
        server = debian.OwnPostgreSQL.installed()
        leave(server.stop)
        server.start()
        return server.url
    tried.append("this is no Debian that apt-get may be used on (root is needed)")
    raise NoServer("no PostgreSQL for the tests; set LIANDONG_TEST_DATABASE_URL to one where databases may be made. "
                   "Tried: " + "; ".join(tried))


def plain(url: str) -> str:
    """The URL as psycopg takes it, whichever driver it names."""
    return f"postgresql://{url.split('://', 1)[1]}"


def cannot_use(url: str) -> str:
    """Why this server can't be used, or ""."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            allowed = row.fetchone()
    except psycopg.Error as error:
        return str(error).strip().replace("\n", " ")
    return "" if allowed and allowed[0] else "its user may not make databases (CREATEDB)"


@contextmanager
def own_database(admin_url: str) -> Iterator[str]:
    """A database of this run's own, as an SQLAlchemy URL; dropped at the end, with the roles named after it."""
    name = random_name()
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        # what the tests show does not hang on the disk; hundreds of schemas made and dropped do
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    url = sa.make_url(admin_url).set(drivername="postgresql+psycopg", database=name)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            roles = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", (f"{name}\\_%",))
            for (role,) in roles.fetchall():
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


# RabbitMQ

def find_rabbitmq(docker: Ports | None, leave: Callable[[Callable[[], None]], None]) -> Broker:
    """A RabbitMQ to test against. `leave` takes what is to run at the end."""
    if given := os.environ.get("LIANDONG_TEST_AMQP_URL"):
        if why := cannot_reach(given):
            raise NoServer(f"LIANDONG_TEST_AMQP_URL: {why}")
        return _administered(given)
    if not (why := cannot_reach(LOCAL_AMQP)):
        return _administered(LOCAL_AMQP)
    tried = [f"127.0.0.1:5672 as guest: {why}"]
    if docker is not None:
        port, api = docker("rabbitmq", 5672), docker("rabbitmq", 15672)
        return Broker(f"amqp://liandong:liandong@127.0.0.1:{port}/", api=f"http://127.0.0.1:{api}")
    tried.append("no Docker engine answers")
    if debian.possible():
        server = debian.OwnRabbitMQ.installed()
        leave(server.stop)
        server.start()
        return Broker(server.url, ctl=server.ctl)
    tried.append("this is no Debian that apt-get may be used on (root is needed)")
    raise NoServer("no RabbitMQ for the tests; set LIANDONG_TEST_AMQP_URL to one. Tried: " + "; ".join(tried))


def _administered(url: str) -> Broker:
    host = urlsplit(url).hostname or "127.0.0.1"
    ctl = shutil.which("rabbitmqctl") or (shutil.which(RABBITMQCTL) or "")
    local = host in ("127.0.0.1", "localhost", "::1")
    return Broker(url, ctl=(ctl,) if ctl and local else (), api=f"http://{host}:15672")


def connected(url: str) -> amqp.Connection:
    """An AMQP connection to the URL's vhost, for tests that look behind the code's back."""
    parts = urlsplit(url)
    return amqp.Connection(f"{parts.hostname}:{parts.port or 5672}", userid=unquote(parts.username or "guest"),
                           password=unquote(parts.password or "guest"), virtual_host=unquote(parts.path[1:]) or "/",
                           connect_timeout=5)


def cannot_reach(url: str) -> str:
    """Why no AMQP connection to this URL can be opened, or ""."""
    try:
        with connected(url):
            return ""
    except (OSError, amqp.AMQPError) as error:
        return str(error) or type(error).__name__


@contextmanager
def own_vhost(broker: Broker) -> Iterator[News]:
    """A vhost of this run's own, or the broker's given one with a prefix where none may be made."""
    name = random_name()
    parts = urlsplit(broker.url)
    url = parts._replace(path=f"/{name}").geturl()
    for make, drop in (_by_api(broker, name), _by_ctl(broker, name)):       # each call of the latter boots an Erlang VM
        if not make():
            continue
        if cannot_reach(url):
            drop()              # it was made on some other node than the one behind the URL
            continue
        try:
            yield News(url, "")
        finally:
            drop()
        return
    prefix = os.environ.get("LIANDONG_TEST_PREFIX", "") or f"{name}."
    with _removing(broker.url, prefix):
        yield News(broker.url, prefix)


@contextmanager
def _removing(url: str, prefix: str) -> Iterator[None]:
    """Takes away what was declared under the prefix in a vhost that is not ours.

    Over AMQP nothing can be listed, so what this process declares is noted; its child processes declare the same names.
    """
    declared: dict[str, set[str]] = {"queue": set(), "exchange": set()}
    plain_declare = {kind: getattr(amqp.Channel, f"{kind}_declare") for kind in declared}

    def noting(kind: str) -> Callable[..., object]:
        def declare(channel: amqp.Channel, name: str = "", *rest: object, **more: object) -> object:
            declared[kind].add(name or str(more.get(kind, "")))
            return plain_declare[kind](channel, name, *rest, **more)
        return declare

    for kind in declared:
        setattr(amqp.Channel, f"{kind}_declare", noting(kind))
    try:
        yield
    finally:
        for kind, declare in plain_declare.items():
            setattr(amqp.Channel, f"{kind}_declare", declare)
        with connected(url) as connection:
            for kind, names in declared.items():
                for name in sorted(names):
                    if name.startswith(prefix):
                        getattr(connection.channel(), f"{kind}_delete")(name)


def _by_ctl(broker: Broker, name: str) -> tuple[Callable[[], bool], Callable[[], bool]]:
    user = unquote(urlsplit(broker.url).username or "guest")

    def run(*words: str) -> bool:
        if not broker.ctl:
            return False
        done = subprocess.run([*broker.ctl, "-q", *words], capture_output=True, timeout=LONG, check=False)
        return done.returncode == 0

    return (lambda: run("add_vhost", name) and run("set_permissions", "-p", name, user, ".*", ".*", ".*"),
            lambda: run("delete_vhost", name))


def _by_api(broker: Broker, name: str) -> tuple[Callable[[], bool], Callable[[], bool]]:
    parts = urlsplit(broker.url)
    user, password = unquote(parts.username or "guest"), unquote(parts.password or "guest")

    def call(method: str, path: str, json: dict[str, str] | None = None) -> bool:
        if not broker.api:
            return False
        try:
            answer = requests.request(method, f"{broker.api}/api/{path}", auth=(user, password), json=json, timeout=10)
        except requests.RequestException:
            return False
        return answer.ok

    rights = {"configure": ".*", "write": ".*", "read": ".*"}
    return (lambda: call("PUT", f"vhosts/{name}") and call("PUT", f"permissions/{name}/{quote(user)}", rights),
            lambda: call("DELETE", f"vhosts/{name}"))


# Docker

def docker_answers() -> bool:
    """Whether a Docker engine and its compose are there to be used."""
    if not shutil.which("docker"):
        return False
    return all(subprocess.run(["docker", *words], capture_output=True, timeout=LONG, check=False).returncode == 0
               for words in (("info",), ("compose", "version")))


