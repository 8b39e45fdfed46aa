"""The aims' rules in Prometheus's own hands: what burns alerts; what is quiet, missing, refused by law doesn't."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from liandong import slo, slo_rules
from liandong.slo import Slo
from tests.prometheus import rules
from tests.prometheus.conftest import Tool

ROOT = Path(__file__).parents[2]
RULES = ROOT / slo_rules.FILE
AIMS = {aim.id: aim for aim in slo.read(ROOT / slo.SOURCE)}
BUDGETED = [aim for aim in AIMS.values() if aim.least]
HOUR = 60
LONG = 80          # minutes in which the hour of a page is over and longer windows tell more than it
Series = Mapping[str, str]
Asked = tuple[int, str, Mapping[str, float]]     # the minute, the query, its samples
Holds = Callable[..., None]
GROUPS = rules.read(RULES)
NOTHING = {'up{job="liandong"}': f"0x{HOUR}"}
SUCCESS, FAILURE = (f'liandong_verify_{end}_timestamp_seconds{{service="transfer"}}' for end in ("success", "failure"))


def events(good: str, bad: str) -> Callable[[int, int], Series]:
    """Counters of which the one named `bad` counts bad ones too, or those alone: so many of each a minute."""
    def series(well: int, ill: int) -> Series:
        both = well + ill if bad.partition("{")[0] != good.partition("{")[0] else ill
        return {good: f"0+{well}x{LONG}", bad: f"0+{both}x{LONG}"}
    return series


def gauges(name: str, limit: int) -> Callable[[int, int], Series]:
    """So many gauges just below their limit, and so many at it."""
    return lambda well, ill: {
        name.format(n): f"{limit if n < ill else limit - 1}x{LONG}" for n in range(well + ill)}


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
    (group,) = GROUPS
    return list(group["rules"])


def scraped(series: Series) -> list[dict[str, str]]:
    """The series as promtool takes them."""
    return [{"series": name, "values": values} for name, values in series.items()]


def firing(aim: Slo, minute: int, *severities: str) -> Asked:
    """That at a minute just these severities alert for an aim."""
    return (minute, f'sum by (slo, audience, severity) (ALERTS{{alertstate="firing",slo="{aim.id}"}})',
            {f'{{slo="{aim.id}",audience="ops",severity="{severity}"}}': 1 for severity in severities})


@pytest.fixture
def holds(promtool: Tool, tmp_path: Path) -> Holds:
    """That queries give these samples at a minute, of series as they were scraped each minute."""
    def check(series: Series, *asked: Asked) -> None:
        case = {"interval": "1m", "input_series": scraped(series), "promql_expr_test": [
            {"expr": query, "eval_time": f"{minute}m", "exp_samples": [
                {"labels": labels, "value": value} for labels, value in samples.items()]}
            for minute, query, samples in asked]}
        file = rules.write(tmp_path / "case.yml", {"evaluation_interval": "1m", "tests": [case]}, GROUPS)
        assert "SUCCESS" in promtool("test", "rules", file)
    return check


def test_prometheus_takes_the_rules_as_they_are_written(promtool: Tool) -> None:
    assert f"SUCCESS: {len(written())} rules found" in promtool("check", "rules", RULES)


def test_every_aim_that_has_a_budget_is_tried() -> None:
    assert list(TOLD) == [aim.id for aim in BUDGETED]


def test_without_any_series_nothing_is_recorded_but_what_is_allowed(holds: Holds) -> None:
    holds(NOTHING, (HOUR, '{__name__=~"slo:.*",__name__!="slo:liandong_allowed:ratio"}', {}))


@pytest.mark.parametrize("aim", BUDGETED, ids=lambda aim: aim.id)
class TestBurning:
    def test_what_burns_fast_pages(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](70, 30), firing(aim, HOUR, "page", "ticket"))

    def test_what_burns_slowly_makes_a_ticket_and_wakes_nobody(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](int(1 / aim.budget / 2) - 1, 1), firing(aim, LONG, "ticket"))

    def test_what_stays_within_its_budget_alerts_nobody(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](int(5 / aim.budget / 4) - 1, 1), firing(aim, LONG))

    def test_without_its_series_nothing_is_told_of_it(self, aim: Slo, holds: Holds) -> None:
        holds(NOTHING, firing(aim, HOUR))

    def test_the_share_is_that_of_what_was_told(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](75, 25), (LONG, f'round(slo:liandong_error:ratio1h{{slo="{aim.id}"}}, 0.001)',
                                     {f'{{slo="{aim.id}"}}': 0.25}))

    def test_a_budget_is_overdrawn_by_as_much_as_was_bad_beyond_it(self, aim: Slo, holds: Holds) -> None:
        holds(TOLD[aim.id](int(1 / aim.budget / 2) - 1, 1), (
            LONG, f'round(slo:liandong_budget_left:ratio{{slo="{aim.id}"}}, 0.01)', {f'{{slo="{aim.id}"}}': -1}))


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
def test_a_few_failures_in_a_quiet_night_wake_nobody(name: str, series: Series, minute: int, holds: Holds) -> None:
    holds(series, firing(AIMS[name], minute))


def test_refusals_by_law_and_conflicts_count_on_neither_side(holds: Holds) -> None:
    series = {**TOLD["acts_available"](10, 0), **{
        f'liandong_act_seconds_count{{service="transfer",result="{result}"}}': f"0+1000x{HOUR}"
        for result in ("refused", "conflict")}}
    holds(series, firing(AIMS["acts_available"], HOUR), (
        HOUR, 'round(slo:liandong_counted:per_minute{slo="acts_available"})', {'{slo="acts_available"}': 10}))


def test_a_page_falls_silent_once_it_burns_no_more_and_the_budget_stays_spent(holds: Holds) -> None:
    aim, over = AIMS["news_to_agencies"], {'liandong_unpublished_seconds{service="s"}': f"0x{HOUR} 90x30 0x{LONG}"}
    holds(over, firing(aim, 80, "page", "ticket"), (140, 'ALERTS{severity="page"}', {}),
          (140, "slo:liandong_budget_left:ratio < bool 0", {'{slo="news_to_agencies"}': 1}))


def test_two_workers_that_tell_the_same_gauge_are_counted_once(holds: Holds) -> None:
    holds({f'liandong_unhandled_seconds{{instance="{each}",consumer="desk",source="transfer"}}': f"0x{HOUR}"
           for each in "ab"}, (HOUR, "slo:liandong_counted:per_minute",
                               {'slo:liandong_counted:per_minute{slo="news_followed"}': 1}))


def test_a_process_that_starts_anew_counts_from_0_without_a_loss(holds: Holds) -> None:
    holds({'liandong_act_seconds_count{service="transfer",result="ok"}': f"0+10x{HOUR} 0+10x{HOUR}"}, (
        HOUR + 3, "slo:liandong_counted:per_minute > bool 5", {'{slo="acts_available"}': 1, '{slo="acts_fast"}': 1}))


@pytest.mark.parametrize(("series", "severities"), [
    ({SUCCESS: "1000", FAILURE: "2000"}, ["page"]),
    ({FAILURE: "2000"}, ["page"]),
    ({SUCCESS: "3000", FAILURE: "2000"}, []),
    ({SUCCESS: "3000"}, []),
    ({'up{job="liandong"}': "0"}, []),
], ids=["failed after it held", "never held", "held again", "never failed", "never verified"])
def test_a_verification_that_fails_pages_at_once(series: Series, severities: list[str], holds: Holds) -> None:
    holds(series, firing(AIMS["integrity"], 0, *severities))


def test_one_service_that_fails_is_not_hidden_by_those_that_hold(holds: Holds) -> None:
    holding = SUCCESS.replace("transfer", "desk")
    holds({SUCCESS: "1000", FAILURE: "2000", holding: "9000"}, firing(AIMS["integrity"], 0, "page"))


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
    assert "SUCCESS" in promtool("test", "rules", rules.write(tmp_path / "case.yml", {"tests": [case]}, GROUPS))


def test_every_alert_has_a_page_of_what_to_do_under_its_name() -> None:
    for alert in (rule for rule in written() if "alert" in rule):
        page = alert["annotations"]["runbook_url"].removeprefix(slo_rules.BEFORE)
        assert Path(page).stem == alert["alert"]
        assert (ROOT / page).read_text("utf-8").startswith(f"# {alert['alert']} ")
