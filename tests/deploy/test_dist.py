"""What `make dist` packs, of a commit."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from liandong.contract_files import bulk
from liandong.contract_release import FOLDER
from liandong.places import SERVICES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made() -> dict[str, str]:
    """What `make docs` writes below build/."""
    openapi = {name: (ROOT / f"docs/generated/openapi/{name}.json").read_text("utf-8") for name in SERVICES}
    return dict(bulk(ROOT, openapi))


@pytest.fixture
def tree(tmp_path: Path, made: dict[str, str]) -> Path:
    """A clone as `make docs` leaves it, with the files of today."""
    tree = tmp_path / "tree"
    git("clone", "-q", str(ROOT), str(tree), of=ROOT)
    for name in ("deploy/dist.sh", "sdk/python/pyproject.toml"):
        (tree / name).write_bytes((ROOT / name).read_bytes())
    git("add", "-A", of=tree)
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "as it is", "--allow-empty", of=tree)
    for name, text in made.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, "utf-8")
    return tree


def git(*words: str, of: Path) -> None:
    subprocess.run(("git", *words), cwd=of, check=True)


def packed(tree: Path) -> "subprocess.CompletedProcess[str]":
    command = ("sh", "deploy/dist.sh", sys.executable)
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_archive_and_the_kits_wheel_carry_the_schemas_and_samples(tree: Path, made: dict[str, str]) -> None:
    done = packed(tree)
    assert done.returncode == 0, done.stderr
    (archive,), (wheel,) = (tree / "dist").glob("*.tar.gz"), (tree / "dist").glob("*.whl")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {*made, "README.md", f"{FOLDER}/0.1.0.json"} <= names
    with zipfile.ZipFile(wheel) as kit:
        names = {name.removeprefix("liandong_client/") for name in kit.namelist()}
    carried = {name.removeprefix("build/") for name in made}
    assert carried | {"py.typed", *(f"bodies/{service}.py" for service in SERVICES)} <= names


def test_what_is_not_committed_is_not_packed(tree: Path) -> None:
    (tree / "README.md").write_text("changed", "utf-8")
    done = packed(tree)
    assert (done.returncode, done.stdout) == (1, "") and "commit first" in done.stderr
