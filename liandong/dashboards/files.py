"""`liandong dashboards`: the files that Grafana takes."""

import json
from collections.abc import Iterator
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from liandong import made
from liandong.dashboards import agency, city, ground, news, service, slo

FOLDER = "deploy/grafana/dashboards"


def dashboards(root: Path) -> tuple[Dashboard, ...]:
    """All of them; the aims are read below `root`."""
    return (city.made(), agency.made(), slo.made(root), news.made(), service.made(), ground.rabbitmq(),
            ground.postgresql(), ground.host())


def documents(root: Path) -> Iterator[tuple[str, str]]:
    """(path below root, content) of each."""
    for each in dashboards(root):
        text = json.dumps(each, cls=JSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
        yield f"{FOLDER}/{each.uid}.json", text + "\n"


def write(root: Path, check: bool = False) -> list[str]:
    """Writes them below `root`, or only looks (`check`). The names of those that were stale."""
    return made.write(root, documents(root), [FOLDER], check)
