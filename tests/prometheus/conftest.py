"""Prometheus's and Alertmanager's own programs: there, or installed where that may be."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import debian

Tool = Callable[..., str]


def program(place: Path) -> str:
    """Where the program is; the test fails, and says how to install it, where it is missing and may not be."""
    found = shutil.which(place.name)
    if found is None and not debian.possible():
        pytest.fail(f"what Prometheus and Alertmanager are given is checked by their own {place.name}. On Debian: "
                    f"apt-get install --no-install-recommends {debian.PACKAGES[place]}; elsewhere put it in the PATH.",
                    pytrace=False)
    if found is None:
        debian.install(place)
    return found or str(place)


def tool(place: Path) -> Tool:
    """Runs the program and returns what it says; a failed check is a failed test."""
    where = program(place)

    def run(*words: object) -> str:
        done = subprocess.run([where, *map(str, words)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def promtool() -> Tool:
    """Prometheus's checker of rules and settings."""
    return tool(debian.PROMTOOL)


@pytest.fixture(scope="session")
def amtool() -> Tool:
    """Alertmanager's."""
    return tool(debian.AMTOOL)
