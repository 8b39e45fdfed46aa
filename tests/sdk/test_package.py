"""The client kit as a distribution of its own: what it needs, and that it never needs the suite."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.test_floors import imports

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "sdk" / "python"
SOURCES = sorted((KIT / "src" / "liandong_client").glob("*.py"))
ALLOWED = {"liandong_client", "requests", "amqp"}
PROJECT = tomllib.loads((KIT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_imports_its_own_rooms_and_what_it_declares(path: Path) -> None:
    assert {module.partition(".")[0] for module in imports(path)} <= ALLOWED | sys.stdlib_module_names


def test_it_is_imported_without_the_suite() -> None:
    names = [f"liandong_client.{path.stem}" for path in SOURCES if path.stem != "__init__"]
    script = (f"import sys, {', '.join(names)}; "
              "print({each.partition('.')[0] for each in sys.modules} & {'shared', 'services', 'liandong'} or 'alone')")
    ran = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "alone"


def test_it_needs_little_and_says_which_versions() -> None:
    extras = PROJECT["optional-dependencies"].values()
    needed = [*PROJECT["dependencies"], *(each for extra in extras for each in extra)]
    assert len(needed) <= 5
    assert all(">=" in each and ",<" in each for each in needed)
    assert PROJECT["requires-python"] == ">=3.11" and (SOURCES[0].parent / "py.typed").exists()


def test_only_the_queue_needs_amqp() -> None:
    assert [path.stem for path in SOURCES if "amqp" in set(imports(path))] in ([], ["queues"])
