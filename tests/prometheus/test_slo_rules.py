"""The aims' rules in Prometheus's own hands: what burns alerts; what is quiet, missing, refused by law doesn't."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from liandong import slo, slo_rules
from liandong.slo import Slo
from tests.prometheus.conftest import Tool

ROOT = Path(__file__).parents[2]
RULES = ROOT / slo_rules.FILE
AIMS = {aim.id: aim for aim in slo.read(ROOT / slo.SOURCE)}
BUDGETED = [aim for aim in AIMS.values() if aim.least]
HOUR = 60
Series = Mapping[str, str]
Holds = Callable[..., None]
SUCCESS, FAILURE = (f'liandong_verify_{end}_timestamp_seconds{{service="transfer"}}' for end in ("success", "failure"))


def events(good: str, bad: str) -> Callable[[int, int], Series]:
    """Counters of which the one named `bad` counts bad ones too, or those alone: so many of each a minute."""
    def series(well: int, ill: int) -> Series:
        both = well + ill if bad.partition("{")[0] != good.partition("{")[0] else ill
        return {good: f"0+{well}x{5 * HOUR}", bad: f"0+{both}x{5 * HOUR}"}
    return series


def gauges(name: str, limit: int) -> Callable[[int, int], Series]:
    """So many gauges just below their limit, and so many at it."""
    return lambda well, ill: {
        name.format(n): f"{limit if n < ill else limit - 1}x{5 * HOUR}" for n in range(well + ill)}


TOLD = {
    "acts_available": events('liandong_act_seconds_count{service="transfer",result="ok"}',
                             'liandong_act_seconds_count{service="transfer",result="error"}'),
    "acts_fast": events('liandong_act_seconds_bucket{service="transfer",result="ok",le="1.0"}',
                        'liandong_act_seconds_count{service="transfer",result="ok"}'),
    "news_followed": gauges('liandong_unhandled_seconds{{consumer="desk",source="s{}"}}', 10),
    "news_to_agencies": gauges('liandong_unpublished_seconds{{service="s{}"}}', 30),
    "deadlines_fired": events('liandong_ticker_delay_seconds_bucket{service="transfer",le="60.0"}',
                              'liandong_ticker_delay_seconds_count{service="transfer"}'),
}


def written() -> list[Any]:
    """The rules as the file has them."""
    (group,) = yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    return list(group["rules"])


def scraped(series: Series) -> list[dict[str, str]]:
    """The series as promtool takes them."""
    return [{"series": name, "values": values} for name, values in series.items()]


@pytest.fixture
def holds(promtool: Tool, tmp_path: Path) -> Holds:
    """That a query gives these samples at a minute, of series as they were scraped each minute."""
    def check(series: Series, minute: int, query: str, samples: Mapping[str, float]) -> None:
        expected = [{"labels": labels, "value": value} for labels, value in samples.items()]
        case = {"interval": "1m", "input_series": scraped(series), "promql_expr_test": [
            {"expr": query, "eval_time": f"{minute}m", "exp_samples": expected}]}
        (tmp_path / "case.yml").write_text(yaml.safe_dump(
            {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [case]}), "utf-8")
        assert "SUCCESS" in promtool("test", "rules", tmp_path / "case.yml")
    return check


@pytest.fixture
def alerts(holds: Holds) -> Callable[..., None]:
    """That at a minute just these severities alert for an aim."""
    def check(aim: Slo, series: Series, minute: int, *severities: str) -> None:
        firing = f'sum by (slo, audience, severity) (ALERTS{{alertstate="firing",slo="{aim.id}"}})'
        holds(series, minute, firing, {
            f'{{slo="{aim.id}",audience="ops",severity="{severity}"}}': 1 for severity in severities})
    return check


def test_prometheus_takes_the_rules_as_they_are_written(promtool: Tool) -> None:
    assert f"SUCCESS: {len(written())} rules found" in promtool("check", "rules", RULES)


def test_every_aim_that_has_a_budget_is_tried() -> None:
    assert list(TOLD) == [aim.id for aim in BUDGETED]


@pytest.mark.parametrize("aim", BUDGETED, ids=lambda aim: aim.id)
class TestBurning:
    def test_what_burns_fast_pages(self, aim: Slo, alerts: Holds) -> None:
        alerts(aim, TOLD[aim.id](70, 30), HOUR, "page", "ticket")

    def test_what_burns_slowly_makes_a_ticket_and_wakes_nobody(self, aim: Slo, alerts: Holds) -> None:
        alerts(aim, TOLD[aim.id](int(1 / aim.budget) - 2, 2), 2 * HOUR, "ticket")

    def test_what_stays_within_its_budget_alerts_nobody(self, aim: Slo, alerts: Holds) -> None:
        alerts(aim, TOLD[aim.id](int(2 / aim.budget) - 1, 1), 2 * HOUR)

    def test_without_its_series_nothing_is_told_of_it(self, aim: Slo, alerts: Holds, holds: Holds) -> None:
        nothing = {'up{job="liandong"}': f"0x{HOUR}"}
        alerts(aim, nothing, HOUR)
        holds(nothing, HOUR, '{__name__=~"slo:.*",__name__!="slo:liandong_allowed:ratio"}', {})

    def test_the_share_is_that_of_what_was_told(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](75, 25), 2 * HOUR, f'round(slo:liandong_error:ratio1h{{slo="{aim.id}"}}, 0.001)',
              {f'{{slo="{aim.id}"}}': 0.25})

    def test_a_budget_is_overdrawn_by_as_much_as_was_bad_beyond_it(self, aim: Slo, holds: Holds) -> None:
        total = int(1 / aim.budget)
        holds(TOLD[aim.id](total - 3, 3), 2 * HOUR, f'round(slo:liandong_budget_left:ratio{{slo="{aim.id}"}}, 0.01)',
              {f'{{slo="{aim.id}"}}': -2})


FEW = [
    ("acts_available", "2 of 20 acts", {
        'liandong_act_seconds_count{service="transfer",result="ok"}': "0x20 18x100",
        'liandong_act_seconds_count{service="transfer",result="error"}': "0x20 2x100"}),
    ("acts_available", "all of 5 acts", {
        'liandong_act_seconds_count{service="transfer",result="ok"}': "0x120",
        'liandong_act_seconds_count{service="transfer",result="error"}': "0x20 5x100"}),
    ("acts_fast", "all of 60 acts", {
        'liandong_act_seconds_bucket{service="transfer",result="ok",le="1.0"}': "0x120",
        'liandong_act_seconds_count{service="transfer",result="ok"}': "0x20 60x100"}),
    ("news_followed", "3 minutes of a consumer", {
        'liandong_unhandled_seconds{consumer="desk",source="transfer"}': "0x20 90x2 0x100"}),
    ("news_to_agencies", "a service's first 20 minutes", {
        'liandong_unpublished_seconds{service="transfer"}': "90x19 _x100"}),
    ("deadlines_fired", "1 of 12 deadlines", {
        'liandong_ticker_delay_seconds_bucket{service="transfer",le="60.0"}': "0x20 11x100",
        'liandong_ticker_delay_seconds_count{service="transfer"}': "0x20 12x100"}),
]


@pytest.mark.parametrize("minute", [24, 30, 60])
@pytest.mark.parametrize(("name", "series"), [(name, series) for name, _, series in FEW],
                         ids=[f"{name}: {what}" for name, what, _ in FEW])
def test_a_few_failures_in_a_quiet_night_wake_nobody(name: str, series: Series, minute: int, alerts: Holds) -> None:
    alerts(AIMS[name], series, minute)


def test_refusals_by_law_and_conflicts_count_on_neither_side(alerts: Holds, holds: Holds) -> None:
    series = {**TOLD["acts_available"](10, 0), **{
        f'liandong_act_seconds_count{{service="transfer",result="{result}"}}': f"0+1000x{HOUR}"
        for result in ("refused", "conflict")}}
    alerts(AIMS["acts_available"], series, HOUR)
    holds(series, HOUR, 'round(slo:liandong_counted:per_minute{slo="acts_available"})',
          {'{slo="acts_available"}': 10})


def test_a_page_falls_silent_once_it_burns_no_more_and_the_budget_stays_spent(alerts: Holds, holds: Holds) -> None:
    aim, over = AIMS["news_to_agencies"], {'liandong_unpublished_seconds{service="s"}': f"0x{HOUR} 90x30 0x{2 * HOUR}"}
    alerts(aim, over, 80, "page", "ticket")
    holds(over, 140, 'ALERTS{severity="page"}', {})
    holds(over, 140, "slo:liandong_budget_left:ratio < bool 0", {'{slo="news_to_agencies"}': 1})


def test_two_workers_that_tell_the_same_gauge_are_counted_once(holds: Holds) -> None:
    holds({f'liandong_unhandled_seconds{{instance="{each}",consumer="desk",source="transfer"}}': f"0x{HOUR}"
           for each in "ab"}, HOUR, "slo:liandong_counted:per_minute",
          {'slo:liandong_counted:per_minute{slo="news_followed"}': 1})


def test_a_process_that_starts_anew_counts_from_0_without_a_loss(holds: Holds) -> None:
    holds({'liandong_act_seconds_count{service="transfer",result="ok"}': f"0+10x{HOUR} 0+10x{HOUR}"}, HOUR + 3,
          "slo:liandong_counted:per_minute > bool 5", {'{slo="acts_available"}': 1, '{slo="acts_fast"}': 1})


@pytest.mark.parametrize(("series", "severities"), [
    ({SUCCESS: "1000", FAILURE: "2000"}, ["page"]),
    ({FAILURE: "2000"}, ["page"]),
    ({SUCCESS: "3000", FAILURE: "2000"}, []),
    ({SUCCESS: "3000"}, []),
    ({'up{job="liandong"}': "0"}, []),
], ids=["failed after it held", "never held", "held again", "never failed", "never verified"])
def test_a_verification_that_fails_pages_at_once(series: Series, severities: list[str], alerts: Holds) -> None:
    alerts(AIMS["integrity"], series, 0, *severities)


def test_one_service_that_fails_is_not_hidden_by_those_that_hold(alerts: Holds) -> None:
    holding = SUCCESS.replace("transfer", "desk")
    alerts(AIMS["integrity"], {SUCCESS: "1000", FAILURE: "2000", holding: "9000"}, 0, "page")


def test_an_alert_tells_its_share_its_aim_and_where_to_read_on(promtool: Tool, tmp_path: Path) -> None:
    told = [{"exp_labels": {"slo": "acts_available", "audience": "ops", "severity": severity}, "exp_annotations": {
        "summary": f"Acts available: its budget burns {en}",
        "summary_zh": f"行为可办理：余量消耗{zh}",
        "description": "30% was bad; the aim is 99.9 %. docs/slo.md says what counts.",
        "description_zh": "30% 未达标，目标 99.9 %。计入什么见 docs/slo.md。",
        "runbook_url": "https://wiki/docs/runbooks/ActsAvailableBurns.md"}}
        for severity, zh, en in (("page", "很快", "fast"), ("ticket", "偏快", "slowly"))]
    case = {"interval": "1m", "external_labels": {"runbooks": "https://wiki/"},
            "input_series": scraped(TOLD["acts_available"](70, 30)), "alert_rule_test": [
        {"alertname": "ActsAvailableBurns", "eval_time": "1h", "exp_alerts": told}]}
    (tmp_path / "case.yml").write_text(yaml.safe_dump({"rule_files": [str(RULES)], "tests": [case]}), "utf-8")
    assert "SUCCESS" in promtool("test", "rules", tmp_path / "case.yml")


def test_every_alert_has_a_page_of_what_to_do_under_its_name() -> None:
    for alert in (rule for rule in written() if "alert" in rule):
        page = alert["annotations"]["runbook_url"].removeprefix(slo_rules.BEFORE)
        assert Path(page).stem == alert["alert"]
        assert (ROOT / page).read_text("utf-8").startswith(f"# {alert['alert']} ")
