"""A home of a sample city that every test of this folder may look at, and processes that end with their test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.founded import copied, small
from tests.liandong.first import First, told_of
from tests.liandong.running import Process

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


@pytest.fixture(scope="session")
def first(sample_home: Path) -> First:
    """How the first start of `liandong up` with the whole sample city went; it is that of the home that others copy."""
    return told_of(sample_home)


def work_of(process: Process) -> float:
    """Seconds that the processor has worked for it so far, in user and in system."""
    ticks = Path(f"/proc/{process.child.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / 100


@pytest.fixture(scope="session")
def founded(run_folder: Path) -> Path:
    """A home where a small city is founded, to be copied."""
    return small(run_folder)


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """A home of this test alone, founded."""
    return copied(founded, tmp_path / "数据 a?b%20#1")      # a folder may be called anything
