"""Prometheus's own checker of rules: there, or installed where that may be."""

import shutil
import subprocess
from collections.abc import Callable

import pytest

from tests import debian

Promtool = Callable[..., str]


@pytest.fixture(scope="session")
def promtool() -> Promtool:
    """Runs promtool and returns what it says; a failed check is a failed test."""
    found = shutil.which("promtool")
    if found is None and not debian.possible():
        pytest.fail(f"the rules for Prometheus are checked by promtool. On Debian: apt-get install "
                    f"--no-install-recommends {debian.PACKAGES[debian.PROMTOOL]}; elsewhere put Prometheus's promtool "
                    "in the PATH.", pytrace=False)
    if found is None:
        debian.install(debian.PROMTOOL)

    def run(*words: object) -> str:
        done = subprocess.run([found or str(debian.PROMTOOL), *map(str, words)], capture_output=True, text=True,
                              check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
