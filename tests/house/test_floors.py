"""The rules of the house that no linter knows: what is pure, who may import whom, how long a thing may be."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("liandong", "services", "shared")
KIT = ("sdk", "examples")                # the agencies' side: it stands on no floor
PURE = (
    "shared/kernel/errors.py",
    "shared/kernel/clock.py",
    "shared/contracts/*.py",
    "shared/rulebook/*.py",
    "shared/calendar/*.py",
    "shared/deadlines/model.py",
    "shared/deadlines/counting.py",
    "shared/deadlines/computing.py",
    "shared/deadlines/rules.py",
    "shared/deadlines/explain.py",
    "shared/acts/model.py",
    "shared/acts/doing.py",
    "shared/acts/persons.py",
    "shared/acts/signing.py",
    "shared/acts/rights.py",
    "shared/numbers/shape.py",
    "shared/plans/domain.py",
    "services/*/domain.py",
    "services/*/*/domain.py",
    "services/*/*/domain/*.py",
    "services/oversight/supervision/wording.py",
    "services/*/events.py",
)
# of those, what reads a file or asks a library: it makes plain data and nothing else
PORTS = ("shared/rulebook/loader.py", "shared/rulebook/clocks.py", "shared/rulebook/names.py",
         "shared/rulebook/sections.py", "shared/calendar/sources.py")
NAMEKO = ("shared/bus/", "liandong/")          # and every services/<name>/service.py
THIN = ("nameko", "eventlet", "greenlet")
FILE_LINES, FUNCTION_LINES, LINE_WIDTH = 320, 48, 120


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, wherever in it."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}: an import names its room in full"
            yield node.module or ""


def imported(path: Path) -> set[str]:
    """Every module, and every name of a module, that a file imports: a name may be a module of its room."""
    found = set(imports(path))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def pure_files() -> set[Path]:
    """The pure rooms, with every file that a pure one imports from its own room: a domain may be several files."""
    files = {path for pattern in PURE for path in ROOT.glob(pattern)} - {ROOT / port for port in PORTS}
    waiting = list(files)
    while waiting:
        for module in imports(waiting.pop()):
            path = ROOT / f"{module.replace('.', '/')}.py"
            if module.startswith(CODE) and path.exists() and path not in files:
                files.add(path)
                waiting.append(path)
    return files


@pytest.mark.parametrize("path", sorted(pure_files()), ids=named)
def test_a_pure_room_imports_the_standard_library_and_pure_rooms_only(path: Path) -> None:
    foreign = {module for module in imports(path) if module.partition(".")[0] not in {*sys.stdlib_module_names, *CODE}}
    assert not foreign


@pytest.mark.parametrize("path", sorted(pure_files()), ids=named)
def test_a_pure_room_asks_neither_the_time_nor_chance(path: Path) -> None:
    """`now` and random values come in as arguments; the clock itself is the one place that asks."""
    if named(path) == "shared/kernel/clock.py":
        return
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    asked = {f"{func.attr}, line {func.lineno}" for func in calls if isinstance(func, ast.Attribute)
             and func.attr in ("now", "utcnow", "today", "monotonic", "token_hex", "uuid4")}
    assert not asked


def test_only_service_files_the_bus_and_the_runner_import_nameko() -> None:
    others = {named(path) for path in sources(*CODE)
              if any(module.partition(".")[0] in THIN for module in imports(path))
              and not named(path).startswith(NAMEKO) and path.name != "service.py"}
    assert not others


def test_no_service_imports_another() -> None:
    crossing = {f"{named(path)}: {module}" for path in sources("services") for module in imports(path)
                if module.startswith("services.") and module.split(".")[1] != path.relative_to(ROOT).parts[1]}
    assert not crossing


def test_no_two_files_import_each_other_by_whatever_way_round() -> None:
    names = {named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
             for path in sources(*CODE)}
    graph = {name: {other for other in imported(path) & names.keys() if not f"{name}.".startswith(f"{other}.")}
             for name, path in names.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" > ".join(circle.args[1]))


def test_nobody_imports_the_tests() -> None:
    assert not {named(path) for path in sources(*CODE) if any(m.partition(".")[0] == "tests" for m in imports(path))}


def test_files_stay_below_about_300_lines() -> None:
    long = {named(path): lines for path in sources(*CODE, *KIT, "tests", "bench")
            if path.parent.name not in ("migrations", "bodies")
            and (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES}
    assert not long


def test_functions_stay_below_about_40_lines() -> None:
    long = {f"{named(path)}:{node.lineno} {node.name}": lines
            for path in sources(*CODE, *KIT, "tests", "bench")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES}
    assert not long


def test_lines_stay_within_120_characters() -> None:
    wide = {f"{named(path)}:{number}" for path in sources(*CODE, *KIT, "tests", "bench")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > LINE_WIDTH}
    assert not wide


def test_every_room_of_the_house_stands_on_a_floor() -> None:
    """A new room under shared/ is given its place in the import contract, or it is held to none."""
    floors = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "shared").iterdir() if not path.stem.startswith("_")
             and (path.suffix == ".py" or (path / "__init__.py").exists())}
    assert not {room for room in rooms if f"shared.{room}" not in floors}
