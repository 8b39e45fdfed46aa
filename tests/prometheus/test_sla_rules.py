"""The SLA's recording rules: Prometheus takes them, and they make of an exporter's series what docs/metrics.md says."""

from pathlib import Path

import yaml

from liandong import sla_rules
from services.oversight.sla.collector import AGENCIES, CLOCKS, FAMILIES
from tests.prometheus.conftest import Tool

HERE = Path(__file__).parent
RULES = HERE.parents[1] / sla_rules.FILE


def test_prometheus_takes_the_rules_as_they_are_written(promtool: Tool) -> None:
    assert f"SUCCESS: {len(list(sla_rules.rules()))} rules found" in promtool("check", "rules", RULES)


def test_the_rules_make_of_the_series_what_they_say(promtool: Tool) -> None:
    assert "SUCCESS" in promtool("test", "rules", HERE / "sla.yml")


def test_the_rules_read_every_series_once_and_by_the_exporters_own_labels() -> None:
    """Whatever else a scrape adds, an instance or a pod, is left out first."""
    read = [rule["expr"] for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]
            if rule["record"].startswith("liandong_")]
    assert read == [f"max by ({', '.join(FAMILIES[name][1])}) ({name})" for name in FAMILIES
                    if name not in ("liandong_sla_folded", AGENCIES, CLOCKS)], "names are no figures"


def test_docs_say_the_formula_as_the_rules_have_it() -> None:
    told = (RULES.parents[2] / "docs" / "metrics.md").read_text("utf-8")
    assert "met / (met + met_late + breached)" in told
    for share in sla_rules.SHARES:
        assert f"`<level>:{share.ratio}`" in told
