"""`liandong city`: an API and a worker for each service, on PostgreSQL and RabbitMQ. tests/faults kills it where it
hurts."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from liandong.suite import spec_of
from tests.liandong.cities import City, city, on_board
from tests.liandong.collecting import Collector, collecting
from tests.liandong.people import People
from tests.liandong.running import SERVICES, Process, free_ports, level, ready, run, until

__all__ = ["city"]

pytestmark = pytest.mark.usefixtures("many_connections")

AGES = {name: {f'liandong_unpublished_seconds{{service="{name}"}}', *(
    f'liandong_unhandled_seconds{{consumer="{name}",source="{source}"}}' for source in spec_of(name).follows)}
    for name in SERVICES}
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="module")
def running(city: City, collector: Collector, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The city's first start; its traces are collected, its log is of JSON."""
    told = {"LIANDONG_TRACES_URL": collector.url, "LIANDONG_LOG_FORMAT": "json", "LIANDONG_LOG_LEVEL": "info"}
    with ready("city", home=city.home, folder=tmp_path_factory.mktemp("running"), **city.set, **told) as process:
        yield process


def series(url: str) -> set[str]:
    """Every series that a process tells now, with its labels."""
    return {line.rpartition(" ")[0] for line in requests.get(url, timeout=10).text.splitlines()}


def test_every_service_has_an_api_and_a_worker_that_tell_how_they_are(city: City, running: Process) -> None:
    assert sorted(running.children()) == sorted([*(f"{kind} {name}" for kind in ("api", "worker") for name in SERVICES),
                                                 "exporter sla"])
    for number, name in enumerate(SERVICES):
        worker = f"http://127.0.0.1:{city.port + 11 + number}"
        ready = until(lambda url=f"{worker}/readyz": requests.get(url, timeout=10), f"{name} is ready")
        assert {*ready.json()["checks"].values()} == {"ok"} and {"database", "broker", "consumers"} <= ready.json()[
            "checks"
        ].keys()
        metrics = requests.get(f"{worker}/metrics", timeout=10).text
        assert f'liandong_journal_head{{service="{name}"}}' in metrics
        until(lambda url=f"{worker}/metrics", name=name: AGES[name] <= series(url), f"{name} tells what waits")
        api = requests.get(f"http://127.0.0.1:{city.port + 1 + number}/metrics", timeout=10).text
        assert "liandong_deadlines_open" not in metrics + api, "one exporter tells them"


def test_one_exporter_tells_what_is_on_the_board(city: City, running: Process) -> None:
    exporter = f"http://127.0.0.1:{city.port + 17}"
    assert requests.get(f"{exporter}/readyz", timeout=10).json()["checks"] == {"database": "ok"}
    until(lambda: any(each.startswith("liandong_deadlines_open{agency=") for each in series(f"{exporter}/metrics")),
          "what is on the board")
    assert 'liandong_sla_as_of_timestamp_seconds{source="transfer"}' in series(f"{exporter}/metrics")


def test_a_case_opened_at_transfer_is_on_oversights_board(city: City, running: Process) -> None:
    people = People.of_city(running)
    on_board(people, people.opened().id)
    until(lambda: level(city.home, **city.set), "every follower is level")


def test_the_trace_of_a_request_goes_on_to_whoever_handles_what_it_wrote(
        running: Process, collector: Collector) -> None:
    people = People.of_city(running)
    people.session.headers["traceparent"] = f"00-{TRACE}-{CALLER}-01"
    people.opened()
    asked = "liandong/transfer", "POST /api/transfer/cases"
    heard = [("liandong/oversight", f"transfer.{name}") for name in ("announced", "deadline_started")]
    until(lambda: {asked, *heard} <= collector.of(TRACE).keys(), "every span at the collector")
    spans = collector.of(TRACE)
    assert spans[asked].parent == CALLER and {spans[each].parent for each in heard} == {spans[asked].id}


def test_every_line_of_a_citys_log_is_an_object_where_that_is_asked_for(running: Process) -> None:
    """The last of those that share the city: it ends it."""
    running.stop()
    lines = [json.loads(line) for line in running.errors.splitlines()]
    assert lines and all({"time", "level", "logger", "message", "process"} <= line.keys() for line in lines)


def test_a_city_without_its_servers_is_told_what_it_needs(tmp_path: Path) -> None:
    refused = run("city", home=tmp_path, LIANDONG_PORT=str(free_ports()))
    assert refused.code == 1 and "set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL" in refused.one_line


def test_a_port_in_use_is_told_in_one_line_before_anything_is_made(tmp_path: Path) -> None:
    port = free_ports()
    with socket.create_server(("127.0.0.1", port + 13)):
        refused = run("city", home=tmp_path, LIANDONG_PORT=str(port), LIANDONG_NEWS="feed",
                      LIANDONG_DATABASE_URL="postgresql://postgres@127.0.0.1:1/never-asked")
    assert refused.code == 1 and f"cannot listen on 127.0.0.1:{port + 13}: " in refused.one_line
