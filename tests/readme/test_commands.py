"""What the commands say where they can't do what they are asked: one line, exit 1, nothing made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run((sys.executable, "-m", "liandong.cli", *arguments), cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "LIANDONG_HOME": str(home)}, check=False)


@pytest.mark.parametrize("arguments", [("status",), ("verify",), ("parked", "list", "transfer"), ("api", "transfer"),
                                       ("worker", "transfer")], ids=" ".join)
def test_a_home_without_data_is_told_and_stays_as_it_is(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, home=tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Error: ") and "holds no data" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "nowhere").exists()


def test_a_service_that_there_is_not_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    done = run("migrate", "tips", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Error: no service is called tips: sharing, desk, transfer, collab, joint, oversight\n"


def test_what_is_made_from_the_code_is_what_the_code_makes_now(tmp_path: Path) -> None:
    """`make docs` writes it again."""
    done = run("docs", "--check", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
