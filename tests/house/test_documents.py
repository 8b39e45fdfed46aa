"""The documents for people: they are there, their links lead somewhere, their words are the code's words."""

import importlib
import re
from pathlib import Path

import pytest

from shared.rulebook.loader import load

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("collab", "joint", "transfer", "sharing", "oversight", "desk")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documents() -> list[Path]:
    folders = (ROOT, ROOT / "docs", ROOT / "deploy", ROOT / "sdk" / "python", ROOT / "examples")
    found = {path for folder in folders for path in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))}
    return sorted(found | set((ROOT / "services").glob("*/README.md")))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", documents(), ids=named)
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_begins_with_the_two_commands(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert all(command in readme for command in ("make up", "make test", "make demo"))
    assert readme.index("make up") < len(readme) // 2


@pytest.mark.parametrize(
    "name",
    [
        "ARCHITECTURE.md",
        "GLOSSARY.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/adr/README.md",
        "docs/questions-for-justice.md",
        "docs/performance.md",
        "docs/personal-data.md",
        *(f"services/{service}/README.md" for service in SERVICES),
    ],
)
def test_a_reader_finds_the_document(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) > 5


def test_every_decision_is_in_the_list() -> None:
    listed = set(LINK.findall((ROOT / "docs/adr/README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md")}


@pytest.mark.parametrize("service", SERVICES)
def test_acts_are_called_what_the_glossary_calls_them(service: str) -> None:
    """Each act stands in the glossary under its title, in a row that gives its name."""
    rows = [[cell.strip() for cell in line.split("|")[1:3]]
            for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    words = [(chinese, set(re.split(r"[ /;,`]+", english))) for chinese, english in rows if len(english) > 1]
    spec = importlib.import_module(f"services.{service}.office").SPEC
    acts = [act for keeping in spec.keepings for act in keeping.chapter.acts]
    assert acts
    assert not [f"{act.title} {act.name}" for act in acts
                if not any(act.title in chinese and act.name in english for chinese, english in words)]


def test_the_assessment_names_every_class_of_records_and_its_time() -> None:
    """docs/personal-data.md says how long each class is kept, as the sample city's rulebook has it."""
    rows = [line for line in (ROOT / "docs/personal-data.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| `")]
    for rule in load(ROOT / "deploy/cities/rongcheng/rulebook.yaml").retention.values():
        group, _, last = rule.id.rpartition(".")
        row = next((row for row in rows if f"`{rule.id}`" in row or (f"`{group}." in row and f"`.{last}`" in row)), "")
        kept = f"{rule.months // 12}年" if rule.months % 12 == 0 else f"{rule.months}个月"
        assert kept in row, rule.id
