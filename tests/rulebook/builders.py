"""The city's rulebook, and small changes to its text."""

from functools import cache
from pathlib import Path

from shared.kernel.yaml_files import Problem, Problems
from shared.rulebook.loader import load
from shared.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deploy" / "cities" / "rongcheng" / "rulebook.yaml"


@cache
def rulebook() -> Rulebook:
    return load(FILE)


@cache
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    """The city's text with the first `old` replaced."""
    assert old in text(), old
    return text().replace(old, new, 1)


def line(of: str, nth: int = 0) -> int:
    """The line (from 1) of the nth appearance of a text in the city's file."""
    at = -1
    for _ in range(nth + 1):
        at = text().index(of, at + 1)
    return text()[:at].count("\n") + 1


def problems_of(source: str, file: str = "") -> tuple[Problem, ...]:
    """What is wrong with a text; empty where it loads."""
    try:
        load(source, file)
    except Problems as wrong:
        return wrong.problems
    return ()
