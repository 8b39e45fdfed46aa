"""Of the rules those that a case for promtool is about: the others would be reckoned at each step and asked nothing."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

Groups = list[dict[str, Any]]
WORDS = {"and", "bool", "by", "ignoring", "offset", "on", "or", "unless", "without"}


def asked(expression: str) -> set[str]:
    """The metrics that an expression asks for."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", expression)
    bare = re.sub(r"\{[^}]*\}|\b(?:by|on|ignoring|without) \([^)]*\)", "", bare)
    return set(re.findall(r"\b[a-z][\w:]*\b(?!\s*\()", bare)) - WORDS


def concerned(groups: Groups, queries: Iterable[str], alerts: Iterable[str], series: Iterable[str]) -> Groups:
    """The groups with the alerts that are named or read a given series, what the queries read, and every record that
    these rest on.

    `queries` name an alert by alertname="…" or its aim by slo="…"; one of any alert, or of any metric, is about all
    rules. A name that no alert has fails: it would be silent for ever.
    """
    rules = [rule for group in groups for rule in group["rules"]]
    names, given, wanted = set(alerts), {name.partition("{")[0] for name in series}, set[str]()
    for query in queries:
        found = set(re.findall(r'\b(?:alertname|slo)="(\w+)"', query)) if "ALERTS" in query else asked(query)
        if not found:
            return groups
        names, wanted = (names | found, wanted) if "ALERTS" in query else (names, wanted | found)
    named = {name: [rule for rule in rules if rule.get("alert") == name or (
        "alert" in rule and f'slo="{name}"' in rule["expr"])] for name in names}
    assert all(named.values()), named
    kept = [rule for rule in rules if "alert" in rule and asked(rule["expr"]) & given]
    kept += [rule for found in named.values() for rule in found]
    wanted |= {name for rule in kept for name in asked(rule["expr"])}
    while more := [rule for rule in rules if rule.get("record") in wanted and rule not in kept]:
        kept += more
        wanted |= {name for rule in more for name in asked(rule["expr"])}
    return [{**group, "rules": [rule for rule in group["rules"] if rule in kept]} for group in groups]


def read(*paths: Path) -> Groups:
    """The groups of rules in these files; a file of settings has none."""
    return [group for path in paths for group in yaml.safe_load(path.read_text("utf-8")).get("groups", ())]


def write(path: Path, case: Mapping[str, Any], groups: Groups) -> Path:
    """Writes a file of cases beside one of the rules that they are about; returns what promtool is to test."""
    tests = case["tests"]
    queries = [each["expr"] for test in tests for each in test.get("promql_expr_test", ())]
    alerts = [each["alertname"] for test in tests for each in test.get("alert_rule_test", ())]
    series = [each["series"] for test in tests for each in test["input_series"]]
    rules = path.with_suffix(".rules.yml")
    rules.write_text(yaml.safe_dump({"groups": concerned(groups, queries, alerts, series)}), "utf-8")
    path.write_text(yaml.safe_dump({**case, "rule_files": [rules.name]}), "utf-8")
    return path
