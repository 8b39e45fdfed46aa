"""One suite in a small city for the examples, and their own processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.examples.telling import Queue
from tests.founded import copied, small
from tests.liandong.people import People
from tests.liandong.running import ENFORCEMENT, HOUSING, STOP, Process, ready, until

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
Run = Callable[..., "Example"]


@pytest.fixture(scope="module")
def suite(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """`liandong up`, as make up starts it, in a small city. It ends with the file: one that stays idle for the rest of
    a run works too."""
    folder = tmp_path_factory.mktemp("suite")
    with ready("up", home=copied(small(run_folder), folder / "home"), folder=folder) as process:
        yield process


@pytest.fixture(scope="module")
def people(suite: Process) -> People:
    return People.of(suite)


class Example:
    """A system of an agency that runs; what it prints goes to a file."""

    def __init__(self, command: tuple[str, ...], environ: dict[str, str], folder: Path) -> None:
        self._out = folder / "out"
        with self._out.open("w") as out:
            self.child = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT, cwd=folder)

    @property
    def out(self) -> str:
        return self._out.read_text("utf-8")

    def says(self, text: str) -> None:
        """Waits until it has printed that; AssertionError where it ends before."""
        until(lambda: text in self.out or self.child.poll() is not None, text, STOP)
        assert text in self.out, self.out

    def ends(self) -> str:
        """What it printed, once it has ended well."""
        assert self.child.wait(STOP) == 0, self.out
        return self.out

    def stop(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait(STOP)


@pytest.fixture(scope="module")
def keys(people: People) -> dict[str, str]:
    """The API key of a system of each agency, registered by its leader for the acts of the examples."""
    found = {}
    for agency in (HOUSING, ENFORCEMENT):
        sent = people.post("/api/desk/clients", {"name": "业务系统", "answers": people.appointment(agency), "acts": [
            "transfer.cases.deliver", "transfer.cases.sign-receipt"]}, agency, "leader")
        assert sent.status == 201, sent.answer
        found[agency] = str(sent.answer["api_key"])
    return found


@pytest.fixture
def run(suite: Process, keys: dict[str, str], tmp_path: Path) -> Iterator[Run]:
    """Starts an example as an agency: `run("by_feed.py", "--once", agency=ENFORCEMENT)`; or another command."""
    running: list[Example] = []

    def start(*words: str, agency: str, command: tuple[str, ...] = (), **more: str) -> Example:
        bare = {key: value for key, value in os.environ.items() if not key.startswith("LIANDONG_")}
        environ = {**bare, "LIANDONG_URL": f"http://127.0.0.1:{suite.port}", "LIANDONG_API_KEY": keys[agency],
                   "WORK_DB": str(tmp_path / "work.sqlite"), **more}
        running.append(Example((*(command or (sys.executable, str(EXAMPLES / words[0]))), *words[not command:]),
                               environ, tmp_path))
        return running[-1]

    yield start
    for example in running:
        example.stop()


@pytest.fixture
def queue(amqp_url: str, news_prefix: str) -> Iterator[Queue]:
    made = Queue(amqp_url, news_prefix, HOUSING)
    yield made
    made.close()
