"""An API of several gunicorn processes tells its metrics as one, whichever of them answers."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.founded import copied
from tests.liandong.running import Process, running_processes, until


@pytest.fixture
def api(founded: Path, tmp_path: Path) -> Iterator[Process]:
    """The desk's API, two processes behind its port."""
    process = Process("api", "desk", home=copied(founded, tmp_path / "home"), folder=tmp_path, WEB_CONCURRENCY="2")
    try:
        process.says("\n")
        yield process
    finally:
        process.end()


def workers(api: Process) -> list[int]:
    """The pids of those that answer."""
    return sorted(pid for pid, (parent, _) in running_processes() if parent == api.child.pid)


def both(api: Process) -> list[int]:
    """The two, once each has answered: one that is stopped while it begins may hold what the other waits for."""
    ask(api, "/readyz")
    folders = {folder for pid in workers(api) for folder in counted_in(pid)}
    answered = [pid for pid in workers(api) for folder in folders
                if (file := folder / f"counter_{pid}.db").exists() and b"/readyz" in file.read_bytes()]
    return answered if len(answered) == 2 else []


def counted_in(pid: int) -> set[Path]:
    """The folder in which a process counts, with others."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return {Path(found) for found in re.findall(r"(/\S*/liandong-metrics-\w+)/", maps)}


def ask(api: Process, path: str) -> str:
    answer = requests.get(f"http://127.0.0.1:{api.port}{path}", timeout=30)
    assert answer.ok
    return answer.text


@contextmanager
def alone(api: Process, pid: int) -> Iterator[None]:
    """While it lasts that process answers and no other."""
    others = [each for each in workers(api) if each != pid]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


def samples(api: Process) -> dict[tuple[str, str], float]:
    """The values told now, by name and route; none twice."""
    found: dict[tuple[str, str], float] = {}
    for family in text_string_to_metric_families(ask(api, "/metrics")):
        for sample in family.samples:
            assert "pid" not in sample.labels, sample
            found[sample.name, sample.labels.get("route", "")] = sample.value
    return found


def asked(api: Process) -> float:
    """How often somebody asked whether it is alive."""
    return samples(api)["liandong_http_requests_total", "/healthz"]


def test_what_two_processes_counted_is_summed_and_stays_when_one_of_them_is_gone(api: Process) -> None:
    one, other = until(lambda: both(api), "two processes that answer")
    for pid, times in ((one, 5), (other, 3)):
        with alone(api, pid):
            for _ in range(times):
                ask(api, "/healthz")
    for pid in (one, other):
        with alone(api, pid):
            assert asked(api) == 8, "whichever is asked"
    told = samples(api)
    assert told["liandong_http_request_seconds_count", "/healthz"] == 8
    assert told["liandong_database_connections_limit", ""] == 40, "of one process, not of all"
    assert told["liandong_build_info", ""] == 1
    os.kill(one, signal.SIGKILL)
    until(lambda: len(pids := workers(api)) == 2 and one not in pids, "another in its place")
    assert asked(api) == 8


def test_nothing_is_left_of_what_they_counted_when_it_stops(api: Process) -> None:
    (folder,) = until(lambda: {folder for pid in workers(api) for folder in counted_in(pid)},
                      "a folder in which they count")
    assert api.stop(signal.SIGTERM) == 0 and not folder.exists()
