"""Homes in which a city is founded once a run, to be copied and never started themselves. A copy is another life of its
databases: every start of it opens an epoch."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.liandong.running import run, small_city


def once(folder: Path, name: str, found: Callable[[Path], None]) -> Path:
    """A home in a folder that all workers of a run share: the worker that asks first has it founded. A name stands for
    one way of founding."""
    place = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").exists():
            shutil.rmtree(place, ignore_errors=True)       # what a worker left that did not come to its end
            found(place / "home")
            (place / "done").touch()
    return place / "home"


def sample_city(home: Path) -> None:
    """Founds the whole sample city."""
    ran = run("seed", home=home)
    assert ran.code == 0, ran.errors


def small(folder: Path) -> Path:
    """A home where a city without cases is founded, with the people of four agencies."""
    return once(folder, "small", _small)


def _small(home: Path) -> None:
    small_city(home)
    ran = run("seed", home=home)
    assert ran.code == 0, ran.errors


def copied(home: Path, to: Path) -> Path:
    """A copy of a founded home, for one test to start."""
    shutil.copytree(home, to, symlinks=True)
    return to
