"""Commands of the suite, in processes of their own where they go on."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from liandong.cli import main

ROOT = Path(__file__).resolve().parents[2]
RONGCHENG = ROOT / "deploy" / "cities" / "rongcheng"
LIANDONG = (sys.executable, "-m", "liandong.cli")
READY = "Ctrl-C stops it"
PROCESSES = ("up", "city", "demo", "api", "worker", "exporter")
START, STOP, SOON = 120.0, 60.0, 30.0        # seconds: several test runs may share two cores
PORTS = 18

HOUSING, ENFORCEMENT, JUSTICE, OFFICE = "zhujian", "zonghe", "sifa", "zhengfuban"
SERVICES = ("sharing", "desk", "transfer", "collab", "joint", "oversight")
FOLLOWED = 27                                # how many (consumer, source) there are


def free_ports(count: int = PORTS) -> int:
    """The first of so many neighbouring ports that nobody listens on. They lie below the ports that systems give to
    outgoing connections: one of those may be taken before the suite listens."""
    while True:
        first = random.SystemRandom().randrange(20_000, 32_000)
        with contextlib.suppress(OSError):
            for port in range(first, first + count):
                socket.create_server(("127.0.0.1", port)).close()
            return first


def until(holds: Callable[[], Any], what: str, seconds: float = SOON) -> Any:
    """What `holds` returns as soon as that is true. AssertionError after the time."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.02)
    return found


def environ(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command: this home and the city in it, and no setting of whoever runs the tests. A process
    takes few connections, as a test's PostgreSQL has a hundred for all."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("LIANDONG_")}
    if (home / "city").exists():
        bare["LIANDONG_CITY_FOLDER"] = str(home / "city")
    return {**bare, "PYTHONPATH": str(ROOT), "LIANDONG_HOME": str(home), "LIANDONG_DATABASE_CONNECTIONS": "3", **more}


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    errors: str

    @property
    def one_line(self) -> str:
        """What it said to the one who started it, where that is one clear line; AssertionError otherwise."""
        lines = [line for line in self.errors.splitlines() if line]
        assert len(lines) == 1 and "Traceback" not in self.errors, self.errors
        return lines[0]


def run(*words: str, home: Path, input: str = "", **more: str) -> Ran:
    """A command from start to end: in this process where it does its work and is done, as importing takes longer."""
    if words[0] not in PROCESSES:
        return _run_here(words, input, environ(home, **more))
    done = subprocess.run((*LIANDONG, *words), cwd=ROOT, env=environ(home, **more), capture_output=True, text=True,
                          input=input, timeout=START, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def _run_here(words: tuple[str, ...], input: str, told: dict[str, str]) -> Ran:
    others: dict[str, str | None] = dict.fromkeys(key for key in os.environ if key.startswith("LIANDONG_"))
    done = CliRunner().invoke(main, words, input=input, env={**others, **told})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


class Process:
    """A command that goes on: `up`, `city`, a worker, the demo. What it prints goes to files in `folder`."""

    def __init__(self, *words: str, home: Path, folder: Path, command: tuple[str, ...] = LIANDONG, **more: str) -> None:
        self.home = home
        self.port = int(more.get("LIANDONG_PORT") or free_ports())
        self._files = [folder / f"{uuid.uuid4().hex}.{kind}" for kind in ("out", "errors")]
        with self._files[0].open("w") as out, self._files[1].open("w") as errors:
            self.child = subprocess.Popen((*command, *words), cwd=ROOT, stdout=out, stderr=errors,
                                          env=environ(home, **{**more, "LIANDONG_PORT": str(self.port)}))
        self.started = time.monotonic()

    @property
    def out(self) -> str:
        return self._files[0].read_text("utf-8")

    @property
    def errors(self) -> str:
        return self._files[1].read_text("utf-8")

    def says(self, text: str, seconds: float = START) -> float:
        """Waits until it has printed that; the seconds since its start."""
        def said() -> bool:
            if text in self.out:
                return True
            assert self.child.poll() is None, f"ended {self.child.returncode}: {self.out[-2000:]}{self.errors[-2000:]}"
            return False

        until(said, f"{text!r} of {self.child.args}", seconds)
        return time.monotonic() - self.started

    def ready(self) -> float:
        return self.says(READY)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Tells it to stop; its exit code."""
        self.child.send_signal(how)
        return self.child.wait(STOP)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()
        self.child.wait(STOP)

    def end(self) -> None:
        """Whatever its state: nothing of it runs after the test."""
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(STOP)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def resident(self) -> int:
        """Megabytes of memory it holds now."""
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024

    def children(self) -> dict[str, int]:
        """The pids of the processes that a `city` started, by `api transfer`, `worker oversight` …: the children of the
        two that it forks them from. Those have a process each of gunicorn, of the same name, below them."""
        known = dict(running_processes())
        moulds = {pid for pid, (parent, _) in known.items() if parent == self.child.pid}
        return {" ".join(words[1:3]): pid for pid, (parent, words) in known.items()
                if parent in moulds and words[0] == "liandong"}


def running_processes() -> Iterator[tuple[int, tuple[int, list[str]]]]:
    """Each process's pid, its parent's, and its words as `ps` shows them."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                yield int(folder.name), (int(parent), (folder / "cmdline").read_text().split("\0"))


@contextlib.contextmanager
def ready(*words: str, home: Path, folder: Path, **more: str) -> Iterator[Process]:
    """A command that goes on, once it is ready; it is ended after that."""
    process = Process(*words, home=home, folder=folder, **more)
    try:
        process.ready()
        yield process
    finally:
        process.end()


def level(home: Path, **more: str) -> bool:
    """Whether every follower has handled all there is, as `liandong status` tells it."""
    ran = run("status", home=home, **more)
    assert ran.code == 0, ran.errors
    follows = [line for line in ran.out.splitlines() if " follows " in line]
    assert len(follows) == FOLLOWED, ran.out
    return all(line.endswith("(level)") for line in follows) and ran.out.count("parked 0") == len(SERVICES)


def sound(home: Path, **more: str) -> None:
    """`liandong verify` finds nothing."""
    ran = run("verify", home=home, **more)
    assert ran.code == 0 and ran.out.count(" sound: ") == len(SERVICES), ran.out + ran.errors


def small_city(home: Path) -> None:
    """Puts the sample city into a home, without cases and with the people of four agencies: it is founded faster."""
    folder = home / "city"
    sample = folder / "sample"
    sample.mkdir(parents=True)
    for name in ("rulebook.yaml", "calendars"):
        (folder / name).symlink_to(RONGCHENG / name)
    (sample / "agencies.yaml").symlink_to(RONGCHENG / "sample" / "agencies.yaml")
    kept = (HOUSING, ENFORCEMENT, JUSTICE, OFFICE)
    lines = (RONGCHENG / "sample" / "accounts.yaml").read_text("utf-8").splitlines(keepends=True)
    (sample / "accounts.yaml").write_text(
        "".join(line for line in lines if any(f"agency: {agency}," in line for agency in kept)), "utf-8")
