"""`liandong city`: an API and a worker for each service, on PostgreSQL and RabbitMQ. tests/faults kills it where it
hurts."""

import socket
from pathlib import Path

import pytest
import requests

from liandong.suite import spec_of
from tests.liandong.cities import City, city, on_board, running
from tests.liandong.people import People
from tests.liandong.running import SERVICES, Process, free_ports, level, run, until

__all__ = ["city", "running"]

pytestmark = pytest.mark.usefixtures("many_connections")

AGES = {name: {f'liandong_unpublished_seconds{{service="{name}"}}', *(
    f'liandong_unhandled_seconds{{consumer="{name}",source="{source}"}}' for source in spec_of(name).follows)}
    for name in SERVICES}


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


def test_a_city_without_its_servers_is_told_what_it_needs(tmp_path: Path) -> None:
    refused = run("city", home=tmp_path, LIANDONG_PORT=str(free_ports()))
    assert refused.code == 1 and "set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL" in refused.one_line


def test_a_port_in_use_is_told_in_one_line_before_anything_is_made(tmp_path: Path) -> None:
    port = free_ports()
    with socket.create_server(("127.0.0.1", port + 13)):
        refused = run("city", home=tmp_path, LIANDONG_PORT=str(port), LIANDONG_NEWS="feed",
                      LIANDONG_DATABASE_URL="postgresql://postgres@127.0.0.1:1/never-asked")
    assert refused.code == 1 and f"cannot listen on 127.0.0.1:{port + 13}: " in refused.one_line
