"""The tables of alerts in `docs/observability.md` and its Chinese twin: each with who is told, when, and its page."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from liandong.slo_rules import BEFORE

FOLDER = "deploy/prometheus"
# Each page: the note that it tells of an alert, the head of its table, and what it calls who is told.
PAGES = {"docs/observability.md": ("summary", ("alert", "for", "level", "after", "says"),
                                   {"ops": "ops", "supervision": "司法局, 市政府办公室"}),
         "docs/observability.zh.md": ("summary_zh", ("告警", "通知", "级别", "持续", "内容"),
                                      {"ops": "运维", "supervision": "司法局、市政府办公室"})}
BLOCK = re.compile(r"(<!-- alerts:begin -->\n).*?(<!-- alerts:end -->)", re.S)
# In a summary: a name looked up, else its code; what is there only at times; a label; any other value.
_OR_CODE = re.compile(r"\{\{\s*with\b.*?\{\{\s*else\s*\}\}(.*?)\{\{\s*end\s*\}\}", re.S)
_AT_TIMES = re.compile(r"\{\{\s*(?:with|if)\b.*?\{\{\s*end\s*\}\}", re.S)
_VALUE = re.compile(r"\{\{[^}]*labels\.(\w+)[^}]*\}\}|\{\{[^}]*\}\}")


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """(path below root, content) of both pages, their tables made anew."""
    alerts = list(_alerts(root))
    for name, (note, head, audiences) in PAGES.items():
        rows = [_row(each, note, audiences) for each in alerts]
        table = "\n".join((f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows))
        yield name, BLOCK.sub(lambda found, table=table: found[1] + table + "\n" + found[2],  # type: ignore[misc]
                              (root / name).read_text("utf-8"))


def _alerts(root: Path) -> Iterator[dict[str, Any]]:
    """Those that are written, then those that the aims make."""
    for path in (*sorted((root / FOLDER).glob("alerts.*.yml")), root / FOLDER / "slo.rules.yml"):
        for group in yaml.safe_load(path.read_text("utf-8"))["groups"]:
            yield from (rule for rule in group["rules"] if "alert" in rule)


def _row(alert: Mapping[str, Any], note: str, audiences: Mapping[str, str]) -> str:
    labels, page = alert["labels"], alert["annotations"]["runbook_url"].removeprefix(f"{BEFORE}docs/")
    says = _AT_TIMES.sub("", _OR_CODE.sub(r"\1", alert["annotations"][note]))
    says = _VALUE.sub(lambda found: f"*{found[1]}*" if found[1] else "…", says)
    cells = (f"[{alert['alert']}]({page})", audiences[labels["audience"]], f"`{labels['severity']}`",
             alert.get("for", ""), says)
    return f"| {' | '.join(cells)} |"
