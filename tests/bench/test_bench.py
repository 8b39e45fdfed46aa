"""What the bench takes, sends and prints, and that each of its subjects runs."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bench.__main__ import SUBJECTS
from bench.place import environment
from bench.statements import Sent, own_ids, script
from bench.table import Row, alternate, as_table
from tests import servers

ROOT = Path(__file__).resolve().parents[2]
SECONDS, STOP = 240.0, 60.0     # for all subjects, which take 14 on two busy cores; and to end after Ctrl-C
ROWS = {            # how the names of a subject's rows begin
    "acts": ("act commit: announce", "act commit: record-measure", "act with metrics, CPU"),
    "relay": ("relay",),
    "feed": ("feed, a page of NDJSON",),
    "backlog": ("backlog into an agency's SQLite, by the client kit",),
    "latency": ("commit to follower, p50", "commit to follower, p99"),
    "follower": ("follower, handler does nothing", "follower, handler inserts a row"),
    "deadlines": ("20 due deadlines",),
    "board": ("board of 1,500: first page", "board of 1,500: what is red, of one agency",
              "board of 1,500: counts by agency and light", "board of 1,500: scorecards of a quarter",
              "scrape of the SLA exporter", "board rebuilt from"),
    "plans": ("plan of 300 tasks: drafted", "plan of 300 tasks: redrafted", "plan of 300 tasks: read",
              "plan of 300 tasks: a measure recorded", "plan of 300 tasks: a task reported on",
              "plan of 300 tasks: an amendment proposed"),
    "records": ("search of 300 records: 盲道", "search of 300 records: 休渔", "search of 300 records: 处罚",
                "search of 300 records: 𬭎海", "SQLite, 60 records"),
    "start": ("first start, embedded", "start-up, embedded", "memory, embedded"),
}


@pytest.fixture
def same_servers(monkeypatch: pytest.MonkeyPatch, postgresql_url: str, amqp_url: str) -> None:
    """The bench makes its database and its vhost on the servers of this run, wherever they are."""
    monkeypatch.setenv("LIANDONG_TEST_DATABASE_URL", postgresql_url)
    monkeypatch.setenv("LIANDONG_TEST_AMQP_URL", amqp_url)


@pytest.mark.usefixtures("same_servers")
def test_every_subject_runs_and_its_rows_are_printed_beside_their_baselines() -> None:
    """With sizes so small that the figures mean nothing, so none is looked at."""
    assert ROWS.keys() == SUBJECTS.keys()
    with subprocess.Popen([sys.executable, "-m", "bench", "--small"], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as bench:
        try:
            out, errors = bench.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            bench.send_signal(signal.SIGINT)        # so that it removes its database and its vhost
            try:
                bench.communicate(timeout=STOP)
            finally:
                bench.kill()
            raise
    assert bench.returncode == 0, errors[-4000:]
    names = [line.split("|")[1].strip() for line in out.splitlines() if line.startswith("|")]
    expected = {row for rows in ROWS.values() for row in rows}
    assert not {row for row in expected if not any(name.startswith(row) for name in names)}


@pytest.mark.usefixtures("same_servers")
def test_a_run_that_fails_leaves_no_database_no_vhost_and_no_folder(postgresql_url: str) -> None:
    with pytest.raises(ZeroDivisionError), environment() as env:
        assert not servers.cannot_use(env.plain) and not servers.cannot_reach(env.amqp) and env.folder.exists()
        raise ZeroDivisionError
    with psycopg.connect(servers.plain(postgresql_url)) as connection:
        name = env.database.rpartition("/")[2]
        assert connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).fetchone() is None
    assert env.prefix or servers.cannot_reach(env.amqp), "a vhost of its own where it may make one"
    assert not env.folder.exists()


def test_an_unknown_subject_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 2 and "no such subject: nothing" in done.stderr


# the script

CASE, ENTRY = "01a20cab-2fda-78ac-ab8d-100000000001", "01a20cab-2fda-78ac-8d1a-5f0c7b4d9e11"


def test_a_script_has_the_statements_with_what_varies_as_variables() -> None:
    sent = [
        Sent("BEGIN", trip=1),
        Sent("SELECT 1 FROM c WHERE id = %(id)s::VARCHAR", {"id": CASE}, 1),
        Sent("INSERT INTO e VALUES (%s, %s, %s, '100%%')", (f"urn:{ENTRY}", date(2025, 9, 29), None)),
        Sent("SELECT unnest(%b::text[]), unnest(%b::text[])", ([f"a-{ENTRY}", "b"], [])),
        Sent("COMMIT"),
    ]
    assert own_ids(sent, CASE) == {ENTRY}
    lines = script(sent, [ENTRY], [CASE]).splitlines()[3:]
    assert lines == [
        "\\startpipeline",
        "BEGIN;",
        "SELECT 1 FROM c WHERE id = ($q$01a20cab-2fda-78ac-ab8d-$q$||:c||$q$$q$)::VARCHAR;",
        "\\endpipeline",
        "INSERT INTO e VALUES (($q$urn$q$||chr(58)||$q$01a20cab-2fda-78ac-8d1a-$q$||:n||$q$$q$), '2025-09-29', NULL, "
        "'100%');",
        "SELECT unnest(ARRAY[($q$a-01a20cab-2fda-78ac-8d1a-$q$||:n||$q$$q$), ($q$b$q$)]::text[]), "
        "unnest('{}'::text[]);",
        "COMMIT;",
    ]
    assert "\\startpipeline" not in script(sent, [ENTRY], [CASE], trips=False)


# the table

def test_rounds_alternate() -> None:
    order: list[str] = []

    def one(name: str, figure: float) -> float:
        order.append(name)
        return figure

    assert alternate(lambda: one("a", 1), lambda: one("b", 2), 2) == ([1, 1], [2, 2])
    assert order == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("measured", "less", "reached"),
    [
        ((39, 40, 90), False, "yes"),
        ((39, 39, 90), False, "no"),
        ((300, 300, 1), True, "yes"),
        ((301, 301, 1), True, "no"),
    ],
)
def test_an_aim_is_reached_by_the_medians(measured: tuple[float, ...], less: bool, reached: str) -> None:
    row = Row("row", 8, measured, (100, 100, 100), "acts/s", "baseline", 3.0 if less else 0.4, less)
    assert row.reached == reached
    assert f"| {reached} " in as_table([row])
