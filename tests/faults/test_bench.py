"""The bench runs: every row, with sizes so small that its figures mean nothing, so none is looked at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.statements import pgbench

ROOT = Path(__file__).resolve().parents[2]
ROWS = ("act commit: announce", "act commit: record-measure", "relay",
        "a backlog into an agency's SQLite, by the client kit", "commit to follower, p50",
        "commit to follower, p99", "follower, no handler's work", "follower, a row each", "600 due deadlines",
        "plan of 300 tasks: opened by a draft", "plan of 300 tasks: written anew", "plan of 300 tasks: read",
        "plan of 300 tasks: a measure recorded", "plan of 300 tasks: a task reported on",
        "plan of 300 tasks: an amendment proposed", "start-up, embedded", "memory, embedded")


@pytest.mark.usefixtures("many_connections")
def test_every_row_runs_and_is_printed_beside_its_baseline(postgresql_url: str, amqp_url: str) -> None:
    """The servers are asked for here so that they are there; the bench finds them by itself, as a user's does."""
    assert pgbench()
    done = subprocess.run([sys.executable, "-m", "bench", "--small"], cwd=ROOT, capture_output=True, text=True,
                          check=False, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    assert done.returncode == 0, done.stderr[-4000:]
    printed_rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("|")]
    assert [row for row in ROWS if row not in printed_rows] == []
