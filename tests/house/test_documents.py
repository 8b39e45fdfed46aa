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
    """The glossary pairs the title of each act with its name, in the row of its chapter or in that of several."""
    rows = glossary_acts()
    keepings = importlib.import_module(f"services.{service}.office").SPEC.keepings
    for keeping in keepings:
        known = {pair for places, pairs in rows.items() if {f"{service}/{keeping.chapter.path}", "several"} & {*places}
                 for pair in pairs}
        assert keeping.chapter.acts
        assert not [f"{act.title} `{act.name}`" for act in keeping.chapter.acts
                    if f"{act.title} `{act.name}`" not in known]


def test_the_glossary_names_no_act_that_there_is_not() -> None:
    keepings = [keeping for service in SERVICES
                for keeping in importlib.import_module(f"services.{service}.office").SPEC.keepings]
    acts = {f"{act.title} `{act.name}`" for keeping in keepings for act in keeping.chapter.acts}
    assert not {pair for pairs in glossary_acts().values() for pair in pairs} - acts


def glossary_acts() -> dict[tuple[str, ...], list[str]]:
    """chapters -> the pairs of title and name in their row"""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").partition("\n## Acts\n")[2]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")]
            for line in text.splitlines() if line.startswith("| ")]
    return {tuple(places.split(", ")): acts.split(" · ") for places, acts in rows[2:]}


@pytest.mark.parametrize(("name", "most"), [
    ("README.md", 150), ("README.zh.md", 150), ("CHANGELOG.md", 60), ("GLOSSARY.md", 110),
    *((named(path), 55) for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")))])
def test_a_page_that_is_to_be_short_is_short(name: str, most: int) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=named)
def test_a_page_begins_with_who_it_is_for(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("<!--")]
    assert lines[0].startswith("# ") and lines[1].startswith(("For ", "读者："))


def test_the_assessment_names_every_class_of_records_and_its_time() -> None:
    """docs/personal-data.md says how long each class is kept, as the sample city's rulebook has it."""
    rows = [line for line in (ROOT / "docs/personal-data.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| `")]
    for rule in load(ROOT / "deploy/cities/rongcheng/rulebook.yaml").retention.values():
        group, _, last = rule.id.rpartition(".")
        row = next((row for row in rows if f"`{rule.id}`" in row or (f"`{group}." in row and f"`.{last}`" in row)), "")
        kept = f"{rule.months // 12}年" if rule.months % 12 == 0 else f"{rule.months}个月"
        assert kept in row, rule.id
