"""What commands say of themselves: whose data they read, where they listen, and in one line what is in the way."""

import signal
import socket
from pathlib import Path

import pytest

from liandong.offices import counted
from liandong.places import PORTS, place_of
from shared.kernel.settings import settings_from
from tests.liandong.conftest import Start
from tests.liandong.running import Process, free_ports, run, small_city

NOBODYS = "postgresql://li:secret@127.0.0.1:1/city"
FEEDS = ",".join(f"{name}=http://127.0.0.1:1" for name in PORTS["api"])


# whose data

def test_a_database_is_named_without_its_password() -> None:
    place = place_of(settings_from({"LIANDONG_HOME": "/h", "LIANDONG_DATABASE_URL": NOBODYS}))
    assert place == "postgresql://li:***@127.0.0.1:1/city, files and keys in /h"
    assert place_of(settings_from({"LIANDONG_HOME": "/h"})) == "SQLite in /h/data"


@pytest.mark.parametrize("command", ("status", "verify", "migrate"))
def test_a_command_on_the_data_says_first_whose_they_are(home: Path, command: str) -> None:
    ran = run(command, home=home)
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"Data: SQLite in {home}/data")


@pytest.mark.parametrize("command", ("status", "up", "migrate"))
def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path, command: str) -> None:
    ran = run(command, home=tmp_path, LIANDONG_PORT=str(free_ports()), LIANDONG_DATABASE_URL=NOBODYS)
    assert ran.code == 1 and "secret" not in ran.errors + ran.out
    assert "Connection refused; it is postgresql://li:***@127.0.0.1:1/city: is it running, " in ran.one_line


def test_accounts_opened_without_sample_cases_are_told_with_their_passwords_file(tmp_path: Path) -> None:
    small_city(tmp_path)
    first, again = (run("seed", "--no-sample", home=tmp_path).out for _ in range(2))
    opened = len((tmp_path / "accounts.txt").read_text("utf-8").splitlines())
    assert f"{opened} sample accounts are opened, their passwords are in {tmp_path / 'accounts.txt'}" in first
    assert "accounts are opened" not in again


def test_only_the_desks_data_are_sealed_when_a_city_is_founded(home: Path) -> None:
    """So one process may found a city whose services have keys of their own, if it has the desk's."""
    sealed = {file.name.partition(".")[0] for file in (home / "data").iterdir() if b"aes256gcm:" in file.read_bytes()}
    assert sealed == {"desk"}
    assert all(key.name.startswith("token-desk-") for key in (home / "keys").glob("token-*.pem"))


# where they listen

def test_an_api_a_worker_and_an_exporter_say_what_they_serve_and_where(home: Path, start: Start) -> None:
    news = {"LIANDONG_NEWS": "feed", "LIANDONG_FEED_URLS": FEEDS}
    port = free_ports()
    api: Process = start("api", "desk", home=home, LIANDONG_PORT=str(port))
    worker: Process = start("worker", "desk", "--port", str(port + 1), home=home, **news)
    exporter: Process = start("exporter", "sla", "--port", str(port + 2), home=home)
    for process in (api, worker, exporter):
        process.says("\n")
    assert api.out == f"desk: http://127.0.0.1:{port}/api/desk/, on SQLite in {home}/data\n"
    assert worker.out == (f"desk worker: follows sharing (feed), health and metrics at http://127.0.0.1:{port + 1}, "
                          f"on SQLite in {home}/data\n")
    assert exporter.out == f"sla exporter: http://127.0.0.1:{port + 2}/metrics, on SQLite in {home}/data\n"
    assert [process.stop(signal.SIGTERM) for process in (api, worker, exporter)] == [0, 0, 0]


@pytest.mark.parametrize(("words", "setting"), (
    (("up",), "LIANDONG_PORT"), (("api", "desk"), "LIANDONG_PORT"),
    (("api", "desk", "--port"), "--port"), (("worker", "desk", "--port"), "--port"),
    (("exporter", "sla"), "LIANDONG_PORT"), (("exporter", "sla", "--port"), "--port"),
), ids=str)
def test_a_port_in_use_is_one_line_that_names_how_it_was_given(home: Path, words: tuple[str, ...],
                                                               setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = run(*words, *([port] if setting == "--port" else []), home=home, LIANDONG_PORT=port,
                  LIANDONG_FEED_URLS=FEEDS, **({} if words[0] == "up" else {"LIANDONG_NEWS": "feed"}))
    assert ran.code == 1
    assert ran.one_line == (
        f"Error: cannot listen on 127.0.0.1:{port}: Address already in use; set {setting} to another port")


@pytest.mark.parametrize("words", (("up",), ("api", "desk"), ("city",)), ids=str)
def test_an_address_of_another_machine_is_the_hosts_fault(home: Path, words: tuple[str, ...]) -> None:
    port = free_ports()
    ran = run(*words, home=home, LIANDONG_HOST="192.0.2.1", LIANDONG_PORT=str(port),
              **({"LIANDONG_DATABASE_URL": NOBODYS, "LIANDONG_NEWS": "feed"} if words[0] == "city" else {}))
    assert ran.code == 1
    assert ran.one_line == (f"Error: cannot listen on 192.0.2.1:{port + (words[0] == 'city')}: Cannot assign requested "
                            "address; set LIANDONG_HOST to an address of this machine")


def test_a_city_says_when_there_are_not_enough_ports(tmp_path: Path) -> None:
    most = 65_535 - max(PORTS["exporter"].values())
    ran = run("city", home=tmp_path, LIANDONG_PORT=str(most + 1), LIANDONG_NEWS="feed", LIANDONG_DATABASE_URL=NOBODYS)
    assert ran.code == 1
    assert ran.one_line == f"Error: LIANDONG_PORT {most + 1} leaves no ports for the city's processes: {most} at most"


@pytest.mark.parametrize("kind", ("api", "worker"))
def test_a_port_that_there_is_not_is_refused(tmp_path: Path, kind: str) -> None:
    ran = run(kind, "desk", "--port", "99999", home=tmp_path)
    assert ran.code == 2 and "99999 is not in the range 1<=x<=65535" in ran.errors


# words

def test_a_day_without_a_known_calendar_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    ran = run("calendar", "due", "2003-05-01", "3", home=tmp_path)
    assert ran.code == 1 and ran.out.startswith("2003-05-01：")


def test_one_is_not_told_as_several() -> None:
    assert [counted(number, "checkpoint") for number in (0, 1, 2)] == ["0 checkpoints", "1 checkpoint", "2 checkpoints"]
