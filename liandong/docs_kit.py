"""The client kit's typed bodies, made of the schemas of events by the kit's own generator."""

import json
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KIT = "sdk/python"
SCHEMAS = "docs/generated/schemas/"


def kit_bodies(root: Path, contract: Mapping[str, str | bytes]) -> Iterator[tuple[str, str]]:
    """(path below root, content) of each. `contract`: the made documents, among them the schemas."""
    generator = root / KIT / "generate.py"
    if not generator.exists():
        return
    schemas: dict[str, dict[str, Any]] = {}
    for name, text in contract.items():
        service, _, event = name.removeprefix(SCHEMAS).partition("/")
        if name.startswith(SCHEMAS) and event.endswith(".json") and service != "acts":
            schemas.setdefault(service, {})[event.removesuffix(".json")] = json.loads(text)
    made: dict[str, str] = runpy.run_path(str(generator))["written"](schemas)
    for name, text in made.items():
        yield f"{KIT}/src/liandong_client/bodies/{name}", text
