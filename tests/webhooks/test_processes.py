"""The process that calls the webhooks: embedded and patched, woken by commits, stopped, killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.sharing.webhooks.turn import SAVED
from tests.bus.newsroom import DEADLINE, until
from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver

ROOT = Path(__file__).resolve().parents[2]
CHOSEN = ("zhujian", "transfer.announced", "transfer.accepted")      # sharing tells news of its own
WAYS = pytest.mark.parametrize(("back_end", "way"), [("sqlite", "embedded"), ("postgresql", "city")],
                               indirect=["back_end"])


@contextmanager
def at_work(city: City, way: str) -> Iterator[subprocess.Popen[str]]:
    """A process, ready; killed in the end if the test did not stop it."""
    hosts = ",".join(f"http://{each.network.network_address}:{each.port}"      # type: ignore[union-attr]
                     for each in city.office.settings.webhook_hosts.hosts)
    given = {"home": str(city.office.settings.home), "now": city.clock.now().isoformat(), "hosts": hosts,
             "sharing": [city.office.db.url, city.office.db.schema],
             "transfer": [city.source.db.url, city.source.db.schema]}
    started = subprocess.Popen([sys.executable, "-m", "tests.webhooks.worker", way, json.dumps(given)], cwd=ROOT,
                               text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    try:
        assert started.stdout is not None and started.stderr is not None
        assert started.stdout.readline() == "ready\n", started.stderr.read()[-3000:]
        yield started
    finally:
        started.kill()
        started.communicate()


def stop(started: subprocess.Popen[str]) -> None:
    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=DEADLINE)
    assert (started.returncode, out) == (0, "stopped\n"), err[-3000:]


@WAYS
def test_it_calls_and_a_signal_stops_it(city: City, system: System, receiver: Receiver, way: str) -> None:
    case = city.subscribe(system, receiver, *CHOSEN)
    with at_work(city, way) as process:
        until(lambda: city.state(case) == "active")
        ids = city.tell("announced", "accepted")
        until(lambda: len(system.taken) == 2)
        stop(process)
    assert system.ids == ids and not system.foreign


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_commit_wakes_it_on_postgresql(city: City, system: System, receiver: Receiver,
                                         request: pytest.FixtureRequest) -> None:
    """In a process of its own it hears of the commits of another by NOTIFY. A file it looks at every five seconds,
    which the first test waits for."""
    case = city.subscribe(system, receiver, *CHOSEN)
    wake = request.getfixturevalue("waking")
    with at_work(city, "city"):
        until(lambda: city.state(case) == "active")
        until(lambda: city.delivery(case)["sources"])
        took = []
        for number in range(1, 4):
            began = time.monotonic()
            city.tell("announced")
            wake.ring()
            until(lambda number=number: len(system.taken) == number)
            took.append(time.monotonic() - began)
        assert min(took) < 2.0, took


@WAYS
def test_killed_in_the_middle_it_loses_nothing_and_sends_few_again(
        city: City, system: System, receiver: Receiver, way: str) -> None:
    case = city.subscribe(system, receiver, *CHOSEN)
    with at_work(city, way):
        until(lambda: city.state(case) == "active")
    ids = [id for _ in range(30) for id in city.tell(*["announced"] * 10)]
    with at_work(city, way) as process:
        until(lambda: len(system.taken) > SAVED * 2 + 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with at_work(city, way):
        until(lambda: system.ids[-1] == ids[-1])
    assert list(dict.fromkeys(system.ids)) == ids
    assert len(system.ids) - len(ids) <= SAVED
