"""The alerts: Prometheus takes them, each fires when its tests say, and each has a page that says what to do."""

import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from liandong.cli import main
from liandong.places import PORTS, SERVICES
from liandong.slo_rules import BEFORE
from shared.kernel.settings import Settings
from tests.prometheus import rules
from tests.prometheus.conftest import Tool

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEPLOY, PAGES = ROOT / "deploy" / "prometheus", ROOT / "docs" / "runbooks"


def rules_of(files: str) -> list[dict[str, Any]]:
    return [rule for group in rules.read(*sorted(DEPLOY.glob(files))) for rule in group["rules"]]


RULES = rules_of("*.yml")
ALERTS: dict[str, Any] = {rule["alert"]: rule for rule in RULES if "alert" in rule}
WRITTEN = [rule["alert"] for rule in rules_of("alerts.*.yml")]         # the aims' are made: test_slo_rules fires them
SITUATIONS = [each for path in sorted(HERE.glob("*.yml")) for each in yaml.safe_load(path.read_text("utf-8"))["tests"]]
# What others than the suite tell: Prometheus itself, RabbitMQ, Debian's exporters for PostgreSQL, hosts, addresses.
OTHERS = {"up", "rabbitmq_alarms_memory_used_watermark", "rabbitmq_alarms_free_disk_space_watermark", "pg_up",
          "pg_stat_activity_count", "pg_settings_max_connections", "node_timex_sync_status",
          "node_timex_maxerror_seconds", "node_filesystem_avail_bytes", "node_filesystem_size_bytes",
          "probe_ssl_earliest_cert_expiry"}


@pytest.mark.parametrize("file", ["alerts.news.yml", "alerts.probe.yml", "alerts.ground.yml", "alerts.hours.yml",
                                  "alerts.supervision.yml"])
def test_each_alert_fires_when_it_should(promtool: Tool, tmp_path: Path, file: str) -> None:
    """Each situation in a file of its own, which is called by its name where it fails."""
    written = yaml.safe_load((HERE / file).read_text("utf-8"))
    groups = rules.read(*(HERE / each for each in written["rule_files"]))
    cases = [rules.write(tmp_path / f"{situation['name']}.yml", {**written, "tests": [situation]}, groups)
             for situation in written["tests"]]
    assert promtool("test", "rules", *cases).count("SUCCESS") == len(cases)


@pytest.mark.parametrize("name", ["prometheus.yml", "up.yml"])
def test_prometheus_takes_the_settings_with_all_rules(promtool: Tool, name: str) -> None:
    assert promtool("check", "config", DEPLOY / name).count("rules found") == len(
        [*DEPLOY.glob("*.rules.yml"), *DEPLOY.glob("alerts.*.yml")])


@pytest.mark.parametrize("name", WRITTEN)
def test_an_alert_has_tests_of_firing_and_of_not_firing(name: str) -> None:
    asked_for = [each for situation in SITUATIONS for each in situation.get("alert_rule_test", ())
                 if each["alertname"] == name]
    fires = [each for situation in SITUATIONS for each in situation.get("promql_expr_test", ())
             if f'alertname="{name}"' in each["expr"] and each.get("exp_samples")]
    fires += [each for each in asked_for if each.get("exp_alerts")]
    silent = [each for each in asked_for if not each.get("exp_alerts")]
    assert fires and silent


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_says_in_both_languages_what_it_is_for_whom_and_where_to_read_on(name: str) -> None:
    rule = ALERTS[name]
    assert (rule["labels"]["audience"], rule["labels"]["severity"]) in {
        ("ops", "page"), ("ops", "ticket"), ("supervision", "digest")}
    notes = rule["annotations"]
    assert notes["runbook_url"] == f"{BEFORE}docs/runbooks/{name}.md"
    for told in ("summary", "description"):
        assert notes[told] and re.search("[一-鿿]", notes[f"{told}_zh"]) and not re.search("[一-鿿]", notes[told])


def test_every_alert_has_its_page_and_every_page_its_alert() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(ALERTS)


@pytest.mark.parametrize("name", ALERTS)
def test_a_page_says_what_is_meant_at_stake_to_do_and_when_it_is_over(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text("utf-8")
    parts = ("**Means.**", "**含义：**", "**At stake.**", "**影响：**", "**Look 查看**", "**Do 处置**", "**Over**", "**结束：**")
    places = [page.find(part) for part in parts]
    assert page.startswith(f"# {name} ") and -1 not in places and places == sorted(places)


@pytest.mark.parametrize("name", ALERTS)
def test_a_page_names_only_commands_and_options_that_there_are(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text("utf-8")
    for line in re.findall(r"`([^`]*)`|^    (.*)$", re.sub(r"\n   (?! )", " ", page), re.MULTILINE):
        found = re.search(r"(?:^|/)liandong ([^#]*)", "".join(line))
        if found:
            command: click.Command = main
            words = found[1].split()
            while isinstance(command, click.Group):
                command = command.commands[words.pop(0)]
            options = {word for word in words if word.startswith("--")}
            assert options <= {each for parameter in command.params for each in parameter.opts}


def test_an_alert_asks_for_metrics_that_somebody_tells() -> None:
    told = set(re.findall(r"^\| `(liandong_\w+)`", (ROOT / "docs/metrics.md").read_text("utf-8"), re.MULTILINE))
    recorded = {rule["record"] for rule in RULES if "record" in rule}
    metrics = set[str]().union(*(rules.asked(rule["expr"]) for rule in ALERTS.values()))
    parts = {re.sub(r"_(?:bucket|count|sum)$", "", name) if name not in OTHERS else name for name in metrics}
    assert parts <= told | recorded | OTHERS
    assert metrics >= OTHERS


def test_as_many_services_are_missed_as_there_are() -> None:
    assert f"< {len(SERVICES)}" in ALERTS["TargetAbsent"]["expr"]


def test_prometheus_asks_every_process_of_a_city_and_knows_its_service() -> None:
    settings, port = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8")), Settings().port
    jobs = {job["job_name"]: job for job in settings["scrape_configs"]}
    for kind, ports in PORTS.items():
        asked_of = {each: target["labels"]["service"] if kind != "exporter" else "sla"
                    for target in jobs[f"liandong-{kind}"]["static_configs"] for each in target["targets"]}
        assert asked_of == {f"127.0.0.1:{port + after}": name for name, after in ports.items()}
