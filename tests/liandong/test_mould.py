"""Processes forked from one that has imported everything. What they do stands below: a module run as a process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from liandong import mould as mould_module
from liandong.mould import Mould
from tests.liandong.running import ROOT, running_processes, until

NAMES = ("api first", "api second")


def run(words: Sequence[str]) -> int:
    """A process of the mould: it says that it is there and waits, or ends with a code, or fails."""
    print("nobody hears this")
    if words[1].isdigit():
        return int(words[1])
    if words[1] == "fails":
        raise ValueError("this is why")
    if words[1] == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Path(words[2], words[1]).write_text(f"{os.getpid()} {os.getsid(0)} {signal.getsignal(signal.SIGCHLD)!r}")
    while True:
        signal.pause()


def maker(folder: str, *names: str) -> None:
    """What a city does, with two moulds of which the second is never cast."""
    mould_module.STOP_SECONDS = 1
    mould = Mould("APIs", lambda: None, run, [("api", name, folder) for name in names], {"TOLD": "yes"})
    beside = Mould("workers", lambda: None, run, [("worker", "never", folder)], {}, [mould])
    mould.cast()
    while not (ended := mould.ended()):
        if Path(folder, "stop").exists():
            break
        time.sleep(0.02)
    beside.stop()
    mould.stop()
    print(f"ended: {ended}", flush=True)


class Made:
    """A maker in a process of its own."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder, self.names = folder, names
        command = (sys.executable, "-m", "tests.liandong.test_mould", str(folder), *names)
        self.child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def there(self) -> dict[str, int]:
        """The pids by name as `ps` shows them, as soon as all wait: two moulds, and the processes of the first."""
        until(lambda: all((self.folder / name).exists() and (self.folder / name).read_text() for name in self.names),
              "all wait")
        known = dict(running_processes())
        moulds = {pid for pid, (parent, _) in known.items() if parent == self.child.pid}
        return {" ".join(filter(None, words[1:])): pid for pid, (parent, words) in known.items()
                if pid in moulds or parent in moulds}

    def ended(self) -> tuple[str, str]:
        """What it said in the end, and how it failed."""
        return self.child.communicate(timeout=30)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    made = Made(tmp_path, "first", "second")
    yield made
    made.child.kill()
    made.child.communicate()


def gone(pids: Sequence[int]) -> bool:
    return not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_each_process_bears_its_name_has_a_session_of_its_own_and_no_signals_of_its_mould(made: Made) -> None:
    there = made.there()
    assert sorted(there) == [*NAMES, "city APIs", "city workers"]
    for name in made.names:
        pid = str(there[f"api {name}"])
        assert (made.folder / name).read_text() == f"{pid} {pid} {signal.SIG_DFL!r}"
    (made.folder / "stop").touch()
    assert made.ended() == ("ended: \n", "") and gone(list(there.values()))


@pytest.mark.parametrize("how", (signal.SIGKILL, signal.SIGTERM), ids=lambda how: how.name)
def test_one_that_ends_by_itself_is_named_and_ends_the_others(made: Made, how: signal.Signals) -> None:
    there = made.there()
    os.kill(there["api second"], how)
    assert made.ended() == ("ended: api second\n", "") and gone(list(there.values()))


@pytest.mark.parametrize(("name", "why"), (("7", ""), ("0", ""), ("fails", "ValueError: this is why")))
def test_one_that_cannot_begin_is_named_and_says_why(tmp_path: Path, name: str, why: str) -> None:
    made = Made(tmp_path, "first", name)
    said, errors = made.ended()
    assert said == f"ended: api {name}\n" and why in errors and bool(why) == bool(errors)


def test_one_that_does_not_stop_is_ended(tmp_path: Path) -> None:
    made = Made(tmp_path, "first", "stubborn")
    there = made.there()
    (tmp_path / "stop").touch()
    assert made.ended() == ("ended: \n", "") and gone(list(there.values()))


@pytest.mark.parametrize("which", ("city APIs", ""))
def test_nothing_is_left_of_a_mould_that_is_killed_or_whose_maker_is(made: Made, which: str) -> None:
    there = made.there()
    os.kill(there[which] if which else made.child.pid, signal.SIGKILL)
    assert made.ended()[0] == ("ended: what forks the APIs\n" if which else "")
    until(lambda: gone(list(there.values())), "all are gone")


if __name__ == "__main__":
    maker(*sys.argv[1:])
