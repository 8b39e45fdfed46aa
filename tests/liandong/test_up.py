"""`liandong up`: the whole suite in one process, as somebody meets it who has just typed it."""

import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from liandong.law import built
from services.collab.domain import CHAPTER as COLLAB
from services.joint.domain import CHAPTER as JOINT
from services.transfer.domain import CHAPTER
from shared.rulebook.loader import load
from tests.liandong.cities import on_board
from tests.liandong.conftest import Start, work_of
from tests.liandong.first import First
from tests.liandong.people import People
from tests.liandong.running import LIANDONG, RONGCHENG, SERVICES, Process, environ, free_ports, run, until

MEGABYTES, SECONDS_AGAIN = 300, 5.0
COMMIT_TO_EFFECT = 0.5      # seconds, at the median, on a machine that does other things too


def accounts_in(text: str) -> str:
    """The part of what was printed that tells the accounts."""
    return text.partition("Sample accounts (login, password):\n")[2].partition("Ctrl-C")[0]


# the first start

def test_the_first_start_says_where_it_is_and_who_may_sign_in(first: First) -> None:
    place = f"SQLite in {first.home}/data"
    assert first.out.startswith(f"Data: {place}\n"), "before anything is written there"
    assert re.search(rf"^Liandong is up: http://127\.0\.0\.1:\d+, on {re.escape(place)}$", first.out, re.MULTILINE)
    kept = first.home / "accounts.txt"
    assert accounts_in(first.out) == kept.read_text("utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text("utf-8").splitlines()) == 29
    assert {stat.S_IMODE(key.stat().st_mode) & 0o077 for key in (first.home / "keys").glob("*.key")} == {0}


def test_a_first_start_that_is_cut_off_is_made_again_whole(first: First) -> None:
    """kill -9 while the sample city was founded: the next start begins anew."""
    assert first.cut_at == ["accounts.txt", "data", "files"]
    assert not (first.home / "founding").exists()
    assert (len(first.cases), first.signed_in) == (41, 29)


def test_the_sample_city_has_cases_in_every_state_and_light(first: First) -> None:
    """Every state of chapter 4 in which a case can be, and on the board every light that its deadlines can show
    today."""
    assert set(first.cases) == {*CHAPTER.states}
    assert set(first.lights) >= {"green", "yellow", "red", "paused", "met", "met_late"}


def test_the_sample_city_has_plans_in_every_state_of_both_chapters(first: First) -> None:
    """And a case that came of what was found while a plan was carried out."""
    assert first.plans == {"collab": {*COLLAB.states}, "joint": {*JOINT.states}}
    assert first.handed_on == ["received"]


def test_ctrl_c_ends_it_cleanly(first: First) -> None:
    assert first.code == 0
    assert "Traceback" not in first.errors and "ERROR" not in first.errors, first.errors
    assert not list((first.home / "data").glob("*-wal")), "every database was closed"


def test_it_stays_small_after_a_first_start_and_at_work(first: First) -> None:
    assert (first.resident < MEGABYTES, first.worked < MEGABYTES) == (True, True), (first.resident, first.worked)


def test_labels_are_words_of_the_register_the_rulebook_the_acts_and_the_code(first: First) -> None:
    rulebook = load(RONGCHENG / "rulebook.yaml")
    register = (RONGCHENG / "sample" / "agencies.yaml").read_text("utf-8")
    agencies, names = (set(re.findall(rf"\b{field}: (\w+)", register)) for field in ("code", "name"))
    allowed = {
        "service": {*SERVICES}, "consumer": {*SERVICES, ""}, "source": {*SERVICES}, "agency": agencies,
        "act": {act.name for chapter in built() for act in chapter.acts}, "clock": {*rulebook.clocks},
        "name": names, "title": {clock.says for clock in rulebook.clocks.values()},
        "statutory": {"true", "false"}, "window": {"7d", "30d", "90d"},
        "light": {"green", "yellow", "red", "unconfirmed", "paused"}, "quantile": {"0.5", "0.9", "1"},
        "outcome": {"met", "met_late", "breached", "excused", "withdrawn", "cancelled"}, "method": {"GET", "POST"},
    }
    told = list(text_string_to_metric_families(first.metrics))
    assert {"liandong_deadlines_open", "liandong_deadlines_settled", "liandong_deadline_used_ratio",
            "liandong_sla_as_of_timestamp_seconds", "liandong_sla_folded", "liandong_acts", "liandong_journal_head",
            "liandong_follower_position", "liandong_parked", "liandong_ticker_delay_seconds",
            "liandong_http_requests", "liandong_act_seconds", "liandong_unhandled_seconds",
            "liandong_deadlines_overdue", "liandong_hub_delay_seconds", "liandong_database_connections",
            "liandong_build_info", "liandong_calendar_until_timestamp_seconds",
            "liandong_basis_until_timestamp_seconds", "liandong_key_made_timestamp_seconds"} <= {
                family.name for family in told}
    for sample in (sample for family in told for sample in family.samples):
        for label, value in sample.labels.items():
            assert value in allowed.get(label, {value}), sample
            chinese = label not in ("name", "title") and re.search(r"[\u4e00-\u9fff]", value)
            assert not (chinese or re.search(r"[0-9a-f]{8}-", value)), sample
    open_now = next(family for family in told if family.name == "liandong_deadlines_open")
    assert {sample.labels["light"] for sample in open_now.samples} >= {"green", "red"}, "the board is alive"


# what comes after

@pytest.fixture(scope="module")
def again(first: First, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, float]]:
    """The same home started once more, and the seconds until it was ready."""
    process = Process("up", home=first.home, folder=tmp_path_factory.mktemp("again"))
    try:
        yield process, process.ready()
    finally:
        process.end()


def test_the_second_start_is_quick_and_tells_the_same_accounts(first: First, again: tuple[Process, float]) -> None:
    process, seconds = again
    assert accounts_in(process.out) == accounts_in(first.out)
    worked = work_of(process)
    assert worked < SECONDS_AGAIN, f"{worked} s of work in {seconds} s"


def test_it_is_ready_in_every_service(again: tuple[Process, float]) -> None:
    people = People.of(again[0])
    answer = people.session.get(f"{people.bases['desk']}/readyz", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "checks": dict.fromkeys(SERVICES, "ok")})


def test_an_act_is_on_oversights_board_a_moment_later(again: tuple[Process, float]) -> None:
    people = People.of(again[0])
    waited = []
    for _ in range(7):
        case = people.opened()
        began = time.monotonic()
        on_board(people, case.id)
        waited.append(time.monotonic() - began)
    assert sorted(waited)[3] < COMMIT_TO_EFFECT, waited


# what cannot be

def test_a_folder_in_use_is_told_in_one_line(again: tuple[Process, float]) -> None:
    second = run("up", home=again[0].home, LIANDONG_PORT=str(free_ports()))
    assert second.code == 1
    assert second.one_line == f"Error: the data folder {again[0].home} is in use by another Liandong"


def test_a_port_in_use_is_told_in_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run("up", home=tmp_path / "home", LIANDONG_PORT=str(port))
    assert refused.code == 1
    assert re.fullmatch(rf"Error: cannot listen on 127\.0\.0\.1:{port}: .*set LIANDONG_PORT to another port",
                        refused.one_line)
    assert not (tmp_path / "home" / "data").exists()


@pytest.mark.parametrize("place", ("a-file/below", "home/data", "home/keys"))
def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, place: str) -> None:
    """Also to root, who may write everywhere: where a folder is needed there is a file."""
    (tmp_path / "home").mkdir()
    (tmp_path / place.removesuffix("/below")).touch()
    refused = run("up", home=tmp_path / ("home" if place.startswith("home") else place))
    assert refused.code == 1
    assert str(tmp_path / place.removesuffix("/below")) in refused.one_line


def test_settings_that_make_no_sense_are_told_a_line_each(tmp_path: Path) -> None:
    refused = run("up", home=tmp_path, LIANDONG_PORT="eighty", LIANDONG_NEWS="pigeons",
                  LIANDONG_DATABASE_URL="mysql://x/y")
    assert refused.code == 1
    assert sorted(refused.errors.removeprefix("Error: ").splitlines()) == [
        "LIANDONG_DATABASE_URL: a URL that begins with postgresql:// or postgresql+psycopg:// or postgres:// is needed",
        "LIANDONG_NEWS: one of embedded, amqp, feed is needed, not 'pigeons'",
        "LIANDONG_PORT: a whole number from 1 to 65535 is needed, not 'eighty'"]


@pytest.mark.parametrize(("variable", "value", "words"), (
    ("LIANDONG_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/x", "the database cannot be reached"),
    ("LIANDONG_HOST", "no.such.host.invalid", "cannot listen on no.such.host.invalid"),
    ("LIANDONG_CITY", "nowhere", "nowhere/rulebook.yaml: No such file or directory"),
))
def test_a_setting_that_leads_nowhere_is_told_in_one_line(tmp_path: Path, variable: str, value: str,
                                                          words: str) -> None:
    refused = run("up", home=tmp_path, **{"LIANDONG_PORT": str(free_ports()), variable: value})
    assert refused.code == 1
    assert words in refused.one_line


def test_a_citys_file_that_makes_no_sense_is_told_with_its_line(tmp_path: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    (city / "rulebook.yaml").write_text((RONGCHENG / "rulebook.yaml").read_text("utf-8") + "nonsense: [\n", "utf-8")
    (city / "calendars").symlink_to(RONGCHENG / "calendars")
    refused = run("up", home=tmp_path, LIANDONG_PORT=str(free_ports()))
    assert refused.code == 1 and re.search(r"Line \d+: not YAML", refused.one_line)


def test_a_terminal_that_lacks_signs_sees_the_others(first: First) -> None:
    due = subprocess.run((*LIANDONG, "calendar", "due", "2026-09-30", "3"), capture_output=True, text=True, check=True,
                         env=environ(first.home, PYTHONIOENCODING="latin-1"))
    assert due.stderr == "" and "2026-10-08  ?1?  ???" in due.stdout


# what has become of the data

def test_data_without_their_keys_are_not_given_new_ones(home: Path) -> None:
    shutil.rmtree(home / "keys")
    refused = run("up", home=home, LIANDONG_PORT=str(free_ports()))
    assert (refused.code, refused.one_line) == (
        1, f"Error: the keys of {home / 'data'} are not in {home / 'keys'}: put them back")
    assert not (home / "keys").exists()


def test_a_database_of_a_newer_release_or_of_something_else_is_told_in_one_line(home: Path) -> None:
    file = home / "data" / "transfer.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE schema_transfer SET version_num = '9999'")
    for command in ("migrate", "verify"):
        newer = run(command, "transfer", home=home)
        assert (newer.code, newer.one_line) == (
            1, "Error: transfer: the database is of a newer release than this one: run that")
    file.write_bytes(b"no database at all" * 500)
    other = run("verify", "transfer", home=home)
    assert other.code == 1
    assert other.one_line == "Error: a database in the data folder cannot be read: file is not a database"


def test_a_consumer_stops_at_a_source_that_lost_what_it_had_handled_and_others_go_on(home: Path, start: Start) -> None:
    """Somebody put an empty database in the place of transfer's."""
    for file in (home / "data").glob("transfer.sqlite*"):
        file.unlink()
    suite = start("up", home=home)
    suite.ready()
    people = People.of(suite)
    until(lambda: 'liandong_follower_stopped{consumer="oversight",source="transfer"} 1.0' in people.session.get(
        f"{people.bases['desk']}/metrics", timeout=30).text, "oversight says that it stopped")
    status = run("status", home=home).out
    assert re.search(
        r"oversight follows transfer: \d+ \(stopped: epoch \w+ does not hold what was handled at \d+ of epoch \w+",
        status,
    )
    until(lambda: re.search(r"oversight follows desk: \d+ \(level\)", run("status", home=home).out), "the others go on")
    assert suite.stop() == 0
