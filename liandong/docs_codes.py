"""The table of code lists, made from the rulebook and from what the services' documents name."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from shared.rulebook.codes import lists_of
from shared.rulebook.model import Rulebook

HEAD = (
    "# Code lists 代码表\n\n"
    "Every list of the sample city's rulebook: served whole at `/api/sharing/codes/<list>`, with a version of its own. "
    "A schema's field names its list as `x-codes`; a code that the list does not have, or not on that day, is refused "
    "with the code and the list. A code that is out of use stays readable.\n\n"
)


def codes_table(rulebook: Rulebook, documents: Mapping[str, str]) -> str:
    """`documents`: service -> its OpenAPI document, in which fields name their lists."""
    users: dict[str, set[str]] = {}
    for service, text in documents.items():
        for list_, schema in _named(json.loads(text), ""):
            users.setdefault(list_, set()).add(f"{service} {schema}")
    rows = [f"| `{each.id}` | {each.title} | {len(each.codes)} | {'、'.join(code['title'] for code in each.codes[:4])}"
            f"{'……' if len(each.codes) > 4 else ''} | {', '.join(sorted(users.get(each.id, ())))} |"
            for each in lists_of(rulebook).values()]
    return HEAD + "\n".join(("| list | 代码表 | codes | such as | named by |", "|---|---|---|---|---|", *rows)) + "\n"


def _named(node: Any, schema: str) -> Iterator[tuple[str, str]]:
    """Every list that a field names, and the schema the field stands in."""
    if isinstance(node, dict):
        if "x-codes" in node:
            yield node["x-codes"], schema
        for key, value in node.items():
            for name, each in value.items() if key == "schemas" and isinstance(value, dict) else ((schema, value),):
                yield from _named(each, name)
    elif isinstance(node, list):
        for each in node:
            yield from _named(each, schema)
