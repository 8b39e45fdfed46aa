"""Services under Nameko, as processes: embedded and unpatched, in a city patched and on the broker or over feeds."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shared.bus.feeds import LocalFeed
from shared.wake import Wake
from tests.bus.conftest import Broker, position_of
from tests.bus.newsroom import DEADLINE, Consumer, Source, served, until

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def process(way: str, **given: Any) -> Iterator[subprocess.Popen[str]]:
    """A process of services, ready; killed in the end if the test did not stop it."""
    started = subprocess.Popen([sys.executable, "-m", "tests.bus.worker", way, json.dumps(given)], cwd=ROOT, text=True,
                               env={**os.environ, "PYTHONPATH": str(ROOT)},
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert started.stdout is not None and started.stderr is not None
        assert started.stdout.readline() == "ready\n", started.stderr.read()[-3000:]
        yield started
    finally:
        started.kill()
        started.communicate()


def stop(started: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    """Tells it to stop; it must do so by itself and cleanly. Returns what it wrote."""
    started.send_signal(number)
    out, err = started.communicate(timeout=DEADLINE)
    assert (started.returncode, out) == (0, "stopped\n"), err[-3000:]
    return err


def place(owner: Source | Consumer) -> list[str]:
    return [owner.db.url, owner.db.schema]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_embedded_a_commit_reaches_the_follower_and_a_signal_stops_all(
        source: Source, consumer: Consumer, number: int) -> None:
    databases = {"transfer": place(source), "oversight": place(consumer)}
    with process("embedded", news="embedded", databases=databases, tells=21) as suite:
        until(lambda: len(consumer.heard()) == 20)      # the epoch's own entry is the first of the 21
        stop(suite, number)
    assert position_of(consumer) == source.head() == 21


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_city_on_the_broker_news_goes_through_workers_and_outlives_the_active_ones(
        source: Source, consumer: Consumer, broker: Broker) -> None:
    wake = Wake(source.db, "transfer")
    with served(source) as feed:
        common = {"news": "amqp", "url": broker.url, "prefix": broker.names.prefix,
                  "feeds": {"transfer": feed._url.removesuffix("/api/transfer/feed")}}
        sources, consumers = {"transfer": place(source)}, {"oversight": place(consumer)}
        with (process("city", databases=sources, **common) as relay,
              process("city", databases=sources, **common) as spare,
              process("city", databases=consumers, **common) as worker,
              process("city", databases=consumers, **common) as other):
            source.tell(*["announced"] * 10)
            wake.ring()
            until(lambda: consumer.heard() == source.told)
            relay.kill()
            worker.kill()
            source.tell(*["accepted"] * 10)
            wake.ring()
            until(lambda: consumer.heard() == source.told)
            stop(spare)
            stop(other)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_city_without_a_broker_follows_over_http(source: Source, consumer: Consumer) -> None:
    with served(source) as feed:
        feeds = {"transfer": feed._url.removesuffix("/api/transfer/feed")}
        with process("city", news="feed", feeds=feeds, databases={"oversight": place(consumer)}) as worker:
            source.tell(*["announced"] * 10)
            until(lambda: consumer.heard() == source.told)
            stop(worker)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_worker_told_to_stop_publishes_what_was_just_committed(
        source: Source, consumer: Consumer, broker: Broker) -> None:
    with process("city", news="amqp", url=broker.url, prefix=broker.names.prefix,
                 databases={"transfer": place(source)}) as relay:
        until(lambda: not broker.relay(source, "oversight").step() and relay.poll() is None)
        source.tell("announced")        # nobody rings
        stop(relay)
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: consumer.heard() == source.told)


def test_a_service_whose_source_cannot_be_read_does_not_start(source: Source, consumer: Consumer) -> None:
    given = {"news": "feed", "databases": {"oversight": place(consumer)}}
    done = subprocess.run([sys.executable, "-m", "tests.bus.worker", "embedded", json.dumps(given)], cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, capture_output=True, timeout=60,
                          check=False)
    assert done.returncode == 1
    assert "LIANDONG_FEED_URLS: oversight follows transfer" in done.stderr
