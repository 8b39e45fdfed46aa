"""Servers that a test run starts itself from Debian's packages: own folder, own ports, stopped by their own pid.

Also for the tests that kill a server: the one on the standard port is not theirs to kill.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import amqp
import requests

RABBITMQ = Path("/usr/lib/rabbitmq/bin")      # the wrappers in /usr/sbin change the user and forget the environment
POSTGRESQL = Path("/usr/lib/postgresql")
JAVAC, AMQP_JAR = Path("/usr/bin/javac"), Path("/usr/share/java/amqp-client.jar")
NGINX = Path("/usr/sbin/nginx")
PROMTOOL, AMTOOL = Path("/usr/bin/promtool"), Path("/usr/bin/amtool")
PROMETHEUS = Path("/usr/bin/prometheus")
NODE_EXPORTER, POSTGRES_EXPORTER, BLACKBOX_EXPORTER = (
    Path(f"/usr/bin/prometheus-{name}-exporter") for name in ("node", "postgres", "blackbox"))
ALERTMANAGER = Path("/usr/bin/prometheus-alertmanager")
LONG = 120
_TLS = """listeners.ssl.1 = 127.0.0.1:{port}
ssl_options.cacertfile = {file}
ssl_options.certfile = {file}
ssl_options.keyfile = {file}
ssl_options.verify = verify_none
"""
PACKAGES = {RABBITMQ: "rabbitmq-server", POSTGRESQL: "postgresql", JAVAC: "default-jdk-headless",
            AMQP_JAR: "librabbitmq-client-java", NGINX: "nginx-light", PROMTOOL: "prometheus",
            AMTOOL: "prometheus-alertmanager", ALERTMANAGER: "prometheus-alertmanager", PROMETHEUS: "prometheus",
            **{place: place.name for place in (NODE_EXPORTER, POSTGRES_EXPORTER, BLACKBOX_EXPORTER)}}
MANAGEMENT, TOLD = "rabbitmq_management", "rabbitmq_prometheus"     # plugins of RabbitMQ


def possible() -> bool:
    """Whether this machine is a Debian on which servers (and a JDK) may be installed."""
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install(place: Path) -> None:
    """Installs the package that brings `place`, where it is missing; processes of one run, one after the other: apt has
    one lock and doesn't wait for it."""
    if place.exists():
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with (Path(tempfile.gettempdir()) / "liandong-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", PACKAGES[place]]):
            done = subprocess.run(["apt-get", *words], env=quiet, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"apt-get {' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class OwnPostgreSQL:
    """A PostgreSQL cluster in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bin = max(POSTGRESQL.glob("*/bin"), key=lambda path: float(path.parent.name))
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self._account = pwd.getpwnam("postgres")        # initdb refuses root

    @classmethod
    def installed(cls) -> Self:
        """One on this machine's packages, installed first where they are missing."""
        install(POSTGRESQL)
        return cls(Path(tempfile.mkdtemp(prefix="liandong-postgresql-")))

    def start(self) -> None:
        """Returns once it takes connections."""
        os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        if not (self.folder / "data").exists():
            self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        self._run("pg_ctl", "-D", "data", "-w", "-t", str(LONG), "-l", "log", "start", "-o",
                  f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off")

    def stop(self, mode: str = "fast") -> None:
        """Stops it (`immediate`: as a crash would) and removes its folder after a `fast` stop."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")
        if mode == "fast":
            shutil.rmtree(self.folder)

    def _run(self, program: str, *words: str) -> None:
        # to a file: pg_ctl's child keeps a pipe open for as long as it runs
        with (self.folder / "out").open("w+") as out:
            done = subprocess.run([self.bin / program, *words], cwd=self.folder, stdout=out, stderr=out, check=False,
                                  user=self._account.pw_uid, group=self._account.pw_gid, extra_groups=())
            if done.returncode:
                raise RuntimeError(f"{program}: {(self.folder / 'out').read_text()}")


class OwnRabbitMQ:
    """A RabbitMQ node in a folder of its own, with its own port mapper, so that it meets no other node."""

    def __init__(self, folder: Path, plugins: tuple[str, ...] = (), tls: Path | None = None,
                 versions: tuple[str, ...] = ("tlsv1.2",)) -> None:
        """`tls`: a key and its certificate in one file: then it listens with TLS of these versions, too."""
        self.folder, self.port, self._epmd_port = folder, free_port(), free_port()
        self.tls_port = free_port()            # listened on where there is `tls`
        self.management = free_port()          # listened on where the plugin is among `plugins`
        self.metrics = free_port()             # likewise
        self.node = f"{folder.name.replace('-', '_')}@localhost"
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._plugins = plugins
        self._processes: list[subprocess.Popen[bytes]] = []
        (folder / "enabled_plugins").write_text(f"[{','.join(plugins)}].\n")
        (folder / "none.conf").write_text(
            "".join(f"{key}.tcp.ip = 127.0.0.1\n{key}.tcp.port = {port}\n" for plugin, key, port in (
                (MANAGEMENT, "management", self.management), (TOLD, "prometheus", self.metrics)) if plugin in plugins)
            + (_TLS.format(port=self.tls_port, file=tls) if tls else "")
            + "".join(f"ssl_options.versions.{number} = {each}\n" for number, each in enumerate(versions, 1) if tls))
        self.environment = {
            **os.environ, "HOME": str(folder), "ERL_EPMD_PORT": str(self._epmd_port),
            "RABBITMQ_NODENAME": self.node, "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port), "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"), "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "none"), "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(folder / "pid")}
        own = ("HOME", "ERL_EPMD_PORT", "RABBITMQ_CONF_ENV_FILE")
        self.ctl = ("env", *(f"{key}={self.environment[key]}" for key in own),
                    str(RABBITMQ / "rabbitmqctl"), "-n", self.node)

    @classmethod
    def installed(cls, *plugins: str, tls: Path | None = None) -> Self:
        """One on this machine's packages, installed first where they are missing."""
        install(RABBITMQ)
        return cls(Path(tempfile.mkdtemp(prefix="liandong-rabbitmq-")), plugins, tls)

    def start(self) -> None:
        """Returns once it takes connections. After `kill` it starts again with what it had on disk."""
        with (self.folder / "out").open("ab") as out:
            if not self._processes:
                self._spawn(["epmd", "-address", "127.0.0.1", "-port", str(self._epmd_port)], out)
            self._spawn([str(RABBITMQ / "rabbitmq-server")], out)
        until = time.monotonic() + LONG
        while not self._takes_connections():        # not by `rabbitmqctl wait`, which boots an Erlang VM of its own
            if self._processes[-1].poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"rabbitmq-server: {(self.folder / 'out').read_text()}")
            time.sleep(0.1)

    def _takes_connections(self) -> bool:
        """Whether it lets clients in, and its management API answers where it has one."""
        try:
            with amqp.Connection(f"127.0.0.1:{self.port}", connect_timeout=5):
                pass
            return MANAGEMENT not in self._plugins or requests.get(f"http://127.0.0.1:{self.management}/api/whoami",
                                                     auth=("guest", "guest"), timeout=5).ok
        except (OSError, amqp.AMQPError, requests.RequestException):
            return False

    def kill(self) -> None:
        """Ends the broker as a power cut would; `start` brings it back."""
        self._end(self._processes.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """Ends node and port mapper and removes the folder; what would be put in order there first goes with it."""
        while self._processes:
            self._end(self._processes.pop(), signal.SIGKILL)
        shutil.rmtree(self.folder)

    def _spawn(self, command: list[str], out: object) -> None:
        # a session of its own: Ctrl-C in the terminal is for the tests, and the group can be ended as a whole
        self._processes.append(
            subprocess.Popen(
                command, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        )  # type: ignore[call-overload]

    @staticmethod
    def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait(timeout=LONG)
