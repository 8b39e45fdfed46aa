"""The first start of `liandong up` with the whole sample city: what it was like, and the home that it leaves to others.

It is made once a run, and takes the place of founding that city once more for those that only need it.
"""

import os
import pickle
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from services.oversight.board.deadlines import TITLES
from tests.liandong.people import People
from tests.liandong.running import ENFORCEMENT, JUSTICE, START, Process, until

LEADS = (JUSTICE, ENFORCEMENT, "haiyang")   # a draft is seen by its lead alone
TOLD, STARTED = "first", "started"          # beside the home that is left: what it was like, where it went on


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


def start(home: Path) -> None:
    """Starts it, after one that was killed; leaves a copy of its home as it was when it was ready, uses it for a while
    and ends it by Ctrl-C."""
    folder = home.parent
    folder.mkdir()
    cut_at = _cut_off(folder)
    process = Process("up", home=folder / STARTED, folder=folder)
    try:
        process.ready()
        resident = process.resident
        _copy(process, home)
        (folder / TOLD).write_bytes(pickle.dumps(_used(process, cut_at, resident)))
    finally:
        process.end()


def told_of(home: Path) -> First:
    """What the start was like that left this home."""
    told: First = pickle.loads((home.parent / TOLD).read_bytes())
    return told


def _copy(process: Process, to: Path) -> None:
    """What lies on the disk at one moment, as after kill -9: the process stands still meanwhile."""
    process.child.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.child.pid, os.WSTOPPED)
    try:
        shutil.copytree(process.home, to)
    finally:
        process.child.send_signal(signal.SIGCONT)


def _used(process: Process, cut_at: list[str], resident: int) -> First:
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
    return First(process.home, process.out, resident, worked, metrics, [case["state"] for case in cases], plans, found,
                 lights, len(signed_in), cut_at, code, process.errors)


def _cut_off(folder: Path) -> list[str]:
    """A first start, killed while it founds the city; what was made."""
    process, founding = Process("up", home=folder / STARTED, folder=folder), folder / STARTED / "founding"
    try:
        until(lambda: (founding / "accounts.txt").exists(), "the city's accounts", START)
        process.kill()
        return sorted(part.name for part in founding.iterdir())
    finally:
        process.end()
