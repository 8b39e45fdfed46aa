"""Reads the situations: YAML in which `on` is a word, not a truth value."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
TRUTH = "tag:yaml.org,2002:bool"
Situation = Mapping[str, Any]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers = {                                        # noqa: RUF012
        sign: [(tag, pattern) for tag, pattern in rules if tag != TRUTH or sign in "tTfF"]
        for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def situations(chapter: str) -> Mapping[str, Situation]:
    """Every situation of a chapter by its name: the file and its number there."""
    return {f"{path.stem}-{number}": row for path in sorted((HERE / chapter).glob("*.yaml"))
            for number, row in enumerate(yaml.load(path.read_text("utf-8"), _Loader), 1)}


def proved(situation: Situation) -> tuple[str, ...]:
    """The guards and clocks that a situation says it proves."""
    named = situation.get("proves", ())
    return (named,) if isinstance(named, str) else tuple(named)
