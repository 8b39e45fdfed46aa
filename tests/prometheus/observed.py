"""A Prometheus with the project's own settings and rules, asking what really runs: the sample city in one process, a
worker that publishes to a RabbitMQ, Debian's exporters.

Everything is asked every two seconds and each rule reckoned each second, instead of every fifteen and sixty: nothing
else differs.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import yaml
from liandong_client import Client, Login

from liandong.places import PORTS
from tests import debian
from tests.founded import copied
from tests.liandong.people import People
from tests.liandong.running import HOUSING, JUSTICE, Process, free_ports, run, until
from tests.prometheus.test_alerts import DEPLOY
from tests.webhooks.certificates import pair
from tests.webhooks.receivers import receiving

ASKED, RECKONED = "2s", "1s"    # a target has as long to answer: a busy machine may need more than a second
SOON = 40.0             # seconds: two cores may be shared
Programs = Callable[[Path], str]
Targets = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Observed:
    """A Prometheus that has asked everybody, and the people of the suite that it asks."""

    url: str
    people: People
    since: float            # when it began

    def get(self, path: str, **asked: str) -> Any:
        """What its API answers; AssertionError with its own words where it refuses."""
        answer = requests.get(f"{self.url}/api/v1/{path}", params=asked, timeout=SOON).json()
        assert answer["status"] == "success", f"{answer['error']}: {asked}"
        return answer["data"]

    def ask(self, query: str) -> list[dict[str, Any]]:
        """The series that a query has at this moment."""
        found: list[dict[str, Any]] = self.get("query", query=query)["result"]
        return found

    def values(self, label: str, metric: str) -> list[str]:
        """Of a label, as a variable of a dashboard is filled."""
        found: list[str] = self.get(f"label/{label}/values", **{"match[]": metric})
        return found

    def look_again(self) -> None:
        """Returns when each target was asked twice more, and each rule reckoned thrice: one stands on another."""
        for what, times in ((self._asked, 2), (self._reckoned, 3)):
            for _ in range(times):
                before = what()
                until(lambda what=what, before=before: all(  # type: ignore[misc]
                    now > before.get(name, "") for name, now in what().items()), f"{what.__name__} once more", SOON)

    def whole(self) -> None:
        """Returns when every target answers and every rule was reckoned."""
        until(lambda: self._asked() and all(self._asked().values()) and all(
            each["health"] == "up" for each in self._targets()), "every target", SOON)
        self.look_again()

    def _targets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("targets", state="active")["activeTargets"]
        return found

    def _asked(self) -> dict[str, str]:
        return {each["scrapePool"] + each["scrapeUrl"]: each["lastScrape"] for each in self._targets()}

    def _reckoned(self) -> dict[str, str]:
        return {each["file"] + each["name"]: each["lastEvaluation"] for each in self.get("rules")["groups"]}


@contextmanager
def observed(folder: Path, program: Programs, database: str, sample: Path) -> Iterator[Observed]:
    """The whole of it, in a folder; `database`: the PostgreSQL to tell of; `sample`: a home of the sample city."""
    with ExitStack() as stack:
        broker = debian.OwnRabbitMQ.installed(debian.TOLD)
        stack.callback(broker.stop)
        broker.start()
        city = _verified(folder, sample)
        up, worker = _suite(folder, city, broker, stack)
        targets = {**_middleware(folder, program, database, broker, stack),
                   "liandong-up": [{"targets": [f"127.0.0.1:{up.port}"]}],
                   "liandong-worker": [{"targets": [f"127.0.0.1:{worker.port}"], "labels": {"service": "transfer"}}]}
        up.ready()
        told = Observed(_prometheus(folder, program(debian.PROMETHEUS), targets, stack), People.of(up), time.time())
        told.whole()
        key = client(told.people)
        for _ in range(2):          # a figure that is there for the first time has not risen yet
            use(told.people, key)
            told.look_again()
        yield told


def _verified(folder: Path, sample: Path) -> Path:
    """A copy of a sample city's home, verified, and beside it a copy of that."""
    home = copied(sample, folder / "home")
    ran = run("verify", home=home)
    assert ran.code == 0, ran.errors
    copied(home, folder / "copy")
    return home


def _suite(folder: Path, city: Path, broker: debian.OwnRabbitMQ, stack: ExitStack) -> tuple[Process, Process]:
    """The city in one process, and a worker of the copy's transfer that publishes its news."""
    up = Process("up", home=city, folder=folder)
    stack.callback(up.end)
    port = free_ports(1)
    worker = Process("worker", "transfer", "--port", str(port), home=folder / "copy", folder=folder,
                     LIANDONG_PORT=str(port), LIANDONG_NEWS="amqp", LIANDONG_AMQP_URL=broker.url,
                     LIANDONG_FEED_URLS=",".join(f"{name}=http://127.0.0.1:{up.port}" for name in PORTS["api"]))
    stack.callback(worker.end)
    return up, worker


def _middleware(folder: Path, program: Programs, database: str, broker: debian.OwnRabbitMQ,
                stack: ExitStack) -> Targets:
    """What the suite stands on, told by its own exporters; by the jobs of prometheus.yml."""
    certificate = pair(folder, "localhost")
    secure = stack.enter_context(receiving(tls=certificate.serving()))
    modules = {"http_2xx": {"prober": "http", "http": {"tls_config": {"ca_file": str(certificate.file)}}}}
    (folder / "blackbox.yml").write_text(yaml.dump({"modules": modules}))
    ports = {}
    for place, words, more in (
            (debian.NODE_EXPORTER, (), {}),
            (debian.POSTGRES_EXPORTER, (), {"DATA_SOURCE_NAME": f"{database}?sslmode=disable"}),
            (debian.BLACKBOX_EXPORTER, (f"--config.file={folder / 'blackbox.yml'}",), {})):
        ports[place] = debian.free_port()
        _start(folder, [program(place), *words, f"--web.listen-address=127.0.0.1:{ports[place]}"], stack, more)
    here = {job: [{"targets": [f"127.0.0.1:{port}"]}] for job, port in (
        ("liandong-rabbitmq", broker.metrics), ("liandong-rabbitmq-queues", broker.metrics),
        ("liandong-postgres", ports[debian.POSTGRES_EXPORTER]), ("liandong-node", ports[debian.NODE_EXPORTER]))}
    return {**here, "liandong-certificates": [{"targets": [f"https://localhost:{secure.port}/"]}],
            "blackbox": [{"targets": [f"127.0.0.1:{ports[debian.BLACKBOX_EXPORTER]}"]}]}


def _prometheus(folder: Path, program: str, targets: Targets, stack: ExitStack) -> str:
    """Where one answers that has the project's settings, with these targets."""
    url = f"http://127.0.0.1:{debian.free_port()}"
    (folder / "prometheus.yml").write_text(yaml.dump(_settings(targets)))
    for path in (*DEPLOY.glob("*.rules.yml"), *DEPLOY.glob("alerts.*.yml")):
        text = path.read_text("utf-8").replace("interval: 1m", f"interval: {RECKONED}")
        (folder / path.name).write_text(text, "utf-8")
    _start(folder, [program, f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'series'}",
                    f"--web.listen-address={url.removeprefix('http://')}"], stack)

    def ready() -> bool:
        with suppress(requests.ConnectionError):
            return requests.get(f"{url}/-/ready", timeout=2).ok
        return False

    until(ready, "Prometheus", SOON)
    return url


def _settings(targets: Targets) -> dict[str, Any]:
    """The project's, for a suite in one process beside one worker."""
    settings: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))
    settings["global"].update(scrape_interval=ASKED, evaluation_interval=RECKONED)
    settings["alerting"].pop("alertmanagers")
    jobs = {job["job_name"]: job for job in settings["scrape_configs"]}
    blackbox = targets["blackbox"][0]["targets"][0]
    jobs["liandong-certificates"]["relabel_configs"][-1]["replacement"] = blackbox
    jobs["liandong-up"] = {**jobs["liandong-worker"], "job_name": "liandong-up"}
    asked = [name for name in jobs if name in targets]
    assert set(jobs) - set(asked) == {"liandong-api", "liandong-exporter"}      # the one process is both
    for name in asked:
        jobs[name].pop("file_sd_configs", None)
        jobs[name]["static_configs"] = targets[name]
    settings["scrape_configs"] = [jobs[name] for name in asked]
    return settings


def _start(folder: Path, words: list[str], stack: ExitStack, more: Mapping[str, str] | None = None) -> None:
    with (folder / f"{Path(words[0]).name}.log").open("w") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, env={**os.environ, **(more or {})})
    stack.callback(process.wait, timeout=SOON)
    stack.callback(process.terminate)


def client(people: People) -> str:
    """The key of a system of 住建局 that reads."""
    asked = {"name": "业务系统", "answers": people.appointment(HOUSING), "reads_only": True}
    sent = people.post("/api/desk/clients", asked, HOUSING, "leader")
    assert sent.status == 201, sent.answer
    return str(sent.answer["api_key"])


def use(people: People, key: str) -> None:
    """As people and a system do: an act that succeeds and one that is refused, a board that is read, a feed."""
    case = people.opened()
    refused = people.post(f"/api/transfer/cases/{case.id}/issue-letter", {}, HOUSING, revision=case.revision)
    assert refused.status >= 400
    people.get("/api/oversight/deadlines", JUSTICE)
    Client(people.bases["transfer"], Login(api_key=key)).get("/api/transfer/feed")
