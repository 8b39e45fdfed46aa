"""What the dashboards' files ask Prometheus for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))


@dataclass(frozen=True)
class Query:
    """A query of a panel, or of what is marked on charts (`panel` is its name then)."""

    dashboard: str
    panel: str
    ref: str
    expr: str
    instant: bool

    def __str__(self) -> str:
        return f"{self.dashboard} {self.panel} {self.ref}"


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows too."""
    return [inner for each in dashboard["panels"] for inner in (each, *each.get("panels", ()))]


def queries(path: Path) -> Iterator[Query]:
    """Every query of the panels of a dashboard."""
    for panel in panels(read(path)):
        for target in panel.get("targets", ()):
            yield Query(path.stem, panel["title"], target["refId"], target["expr"], bool(target.get("instant")))


def marks(path: Path) -> Iterator[Query]:
    """What is marked on its charts."""
    for each in read(path)["annotations"]["list"]:
        yield Query(path.stem, each["name"], "", each["expr"], False)


def variables(path: Path) -> dict[str, dict[str, Any]]:
    """Each variable of the dashboard by its name."""
    return {each["name"]: each for each in read(path)["templating"]["list"]}
