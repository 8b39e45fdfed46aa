"""A home of a sample city that every test of this folder may look at, and processes that end with their test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.oversight.board import TITLES
from tests.founded import copied, once
from tests.liandong.people import People
from tests.liandong.running import ENFORCEMENT, JUSTICE, START, Process, run, small_city, until

LEADS = (JUSTICE, ENFORCEMENT, "haiyang")   # a draft is seen by its lead alone
Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command that goes on: `start("up", home=…)`; it ends with the test."""
    running: list[Process] = []

    def begin(*words: str, home: Path, **more: Any) -> Process:
        running.append(Process(*words, home=home, folder=tmp_path, **more))
        return running[-1]

    yield begin
    for process in running:
        process.end()


@dataclass(frozen=True)
class First:
    """What a first start of the sample city was like."""

    home: Path
    out: str
    resident: int       # megabytes, when it was ready
    worked: int         # and after some hundreds of requests
    metrics: str
    cases: list[str]    # the state of each
    plans: dict[str, set[str]]      # service -> the states of its plans, drafts among them
    handed_on: list[str]            # states of the cases that come of what was found in an action
    lights: list[str]   # that the board shows
    signed_in: int
    cut_at: list[str]   # what a start before it had made when it was killed
    code: int           # after Ctrl-C
    errors: str


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The first start of `liandong up` with the whole sample city, after one that was killed; used for a while and
    ended by Ctrl-C."""
    folder = tmp_path_factory.mktemp("first")
    cut_at = _cut_off(folder)
    process = Process("up", home=folder / "home", folder=folder)
    try:
        process.ready()
        resident = process.resident
        people = People.of(process)
        cases = people.get("/api/transfer/cases", JUSTICE, limit="100")["items"]
        plans = {service: {each["state"] for agency in LEADS
                           for each in people.get(f"/api/{service}/plans", agency, limit="100")["items"]}
                 for service in ("collab", "joint")}
        found = [case["state"] for case in cases
                 if people.get(f"/api/transfer/cases/{case['id']}", JUSTICE)["origin"].get("kind") == "finding"]
        lights = [light for light in TITLES if people.get("/api/oversight/deadlines", JUSTICE, light=light)["items"]]
        signed_in = [people.sign_in(login) for login in people.accounts()]
        for _ in range(100):
            people.board(people.opened().id)
        metrics, worked = people.session.get(f"{people.bases['desk']}/metrics", timeout=30).text, process.resident
        code = process.stop()
        return First(process.home, process.out, resident, worked, metrics,
                     [case["state"] for case in cases], plans, found, lights, len(signed_in), cut_at, code,
                     process.errors)
    finally:
        process.end()


def work_of(process: Process) -> float:
    """Seconds that the processor has worked for it so far, in user and in system."""
    ticks = Path(f"/proc/{process.child.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / 100


def _cut_off(folder: Path) -> list[str]:
    """A first start, killed while it founds the city; what was made."""
    process, founding = Process("up", home=folder / "home", folder=folder), folder / "home" / "founding"
    try:
        until(lambda: (founding / "accounts.txt").exists(), "the city's accounts", START)
        process.kill()
        return sorted(part.name for part in founding.iterdir())
    finally:
        process.end()


@pytest.fixture(scope="session")
def founded(run_folder: Path) -> Path:
    """A home where a small city is founded, to be copied."""
    return once(run_folder, "small", _found)


def _found(home: Path) -> None:
    small_city(home)
    ran = run("seed", home=home)
    assert ran.code == 0, ran.errors


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """A home of this test alone, founded."""
    return copied(founded, tmp_path / "数据 a?b%20#1")      # a folder may be called anything
