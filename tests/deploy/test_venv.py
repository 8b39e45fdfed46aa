"""deploy/venv.sh, with an interpreter that notes what it is asked to do instead of doing it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "venv.sh"
PYTHON = f"""#!/bin/sh
case "$*" in
    "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo venv >> asked ;;
    "-m pip "*) echo pip >> asked ;;
    *ensurepip*) ;;
    *) exec {sys.executable} "$@" ;;
esac
"""
OLD = """#!/bin/sh
case "$*" in
    *exit*) exit 1 ;;
    *) echo 3.10 ;;
esac
"""


LOCKS = ("requirements.lock", "requirements-test.lock", "pyproject.toml", "sdk/python/pyproject.toml")


class Project:
    """A folder with the script, its lock files and an interpreter of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "deploy").mkdir(parents=True)
        (folder / "sdk" / "python").mkdir(parents=True)
        shutil.copy(SCRIPT, folder / "deploy" / "venv.sh")
        for name in LOCKS:
            (folder / name).touch()
        self.interpreter("python", PYTHON)

    def interpreter(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.write_text(text)
        file.chmod(0o755)
        return file

    def run(self, level: str, python: str = "python") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(("sh", self.folder / "deploy" / "venv.sh", level), capture_output=True, text=True,
                              check=False, env={**os.environ, "PYTHON": str(self.folder / python)})

    def asked(self, level: str) -> list[str]:
        """What the interpreter was asked to do in a run, which ended well."""
        (self.folder / "asked").unlink(missing_ok=True)
        done = self.run(level)
        assert done.returncode == 0, done.stderr
        return (self.folder / "asked").read_text().split() if (self.folder / "asked").exists() else []


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def test_the_first_run_makes_it_and_the_second_does_nothing(project: Project) -> None:
    assert project.asked("up") == ["venv", "pip", "pip"]
    again = project.run("up")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert project.asked("up") == []


def test_what_the_tests_need_is_put_in_once_and_does_for_running_too(project: Project) -> None:
    project.asked("up")
    assert project.asked("test") == ["pip", "pip", "pip"]
    assert project.asked("test") == project.asked("up") == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_changed_lock_is_installed_into_the_same_place(project: Project, name: str) -> None:
    project.asked("up")
    (project.folder / name).write_text("changed\n")
    assert project.asked("up") == ["pip", "pip"]


def test_a_folder_that_was_moved_gets_a_new_one(project: Project) -> None:
    project.asked("up")
    project.folder = project.folder.rename(project.folder.with_name("moved"))
    assert project.asked("up") == ["venv", "pip", "pip"]


@pytest.mark.parametrize(("python", "words"), [
    ("old", "Python 3.11 or newer is needed; PYTHON={} is 3.10"), ("nowhere", "PYTHON={}: there is no such program")])
def test_a_python_that_does_not_do_is_refused_in_one_line_and_nothing_is_made(project: Project, python: str,
                                                                              words: str) -> None:
    project.interpreter("old", OLD)
    done = project.run("up", python)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"liandong: {words.format(project.folder / python)}\n"
    assert not (project.folder / ".venv").exists()


def test_an_install_that_fails_is_tried_again_by_the_next_run(project: Project) -> None:
    project.interpreter("python", PYTHON.replace("echo pip >> asked", "exit 1"))
    done = project.run("up")
    assert done.returncode == 1 and "could not be installed (see above)" in done.stderr
    project.interpreter(".venv/bin/python", PYTHON)
    assert project.asked("up") == ["pip", "pip"]


def test_another_word_is_told_how_it_is_called(project: Project) -> None:
    done = project.run("down")
    assert (done.returncode, done.stderr) == (1, "liandong: venv.sh up|test\n")
