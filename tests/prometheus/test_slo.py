"""The file of aims: what is wrong in it is refused with its line, and what is made of it is what it says."""

from pathlib import Path

import pytest
import yaml

from liandong import slo, slo_rules
from liandong.docs_slo import slo_page
from shared.kernel.yaml_files import Problems

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / slo.SOURCE).read_text("utf-8")
BROKEN = [
    ("objective: 0.999\n", "objective: 99.9\n",
     "objective '99.9': a share from 0.95 to 1 belongs here, 99.9 % is 0.999"),
    ("objective: 0.999\n", "objective: 1.001\n", "objective '1.001': a share from 0.95 to 1"),
    ("objective: 0.999\n", "objective: most\n", "objective 'most': a share"),
    ("objective: 0.999\n", "objective: 0.5\n", "objective '0.5': a share"),
    ("objective: 0.999\n", "objective: 1\n", "least belongs to an aim that leaves a budget"),
    ("    least: {events: 10, bad: 3}\n", "", "least belongs to an aim that leaves a budget"),
    ("bad: 3}", "bad: 0}", "0 is below 1"),
    ("act_seconds_count{result=\"ok\"}", "acts_seconds_count{result=\"ok\"}",
     "no metric is called liandong_acts_seconds_count"),
    ("act_seconds_count{result=\"ok\"}", "act_seconds_count{outcome=\"ok\"}",
     "liandong_act_seconds_count has no label outcome"),
    ('le="1.0"', 'le="1.5"', "liandong_act_seconds_bucket has no bucket 1.5, only 0.01, "),
    ("[$window]", "[5m]", "a query of events is over $window, one of time is not"),
    ("measured: time", "measured: events", "a query of events is over $window, one of time is not"),
    ("measured: time", "measured: days", "'days' is none of events, time"),
    ("  acts_available:", "  Acts-available:", "'Acts-available': small letters and underscores belong here"),
    ("title: {zh: 行为可办理, en: Acts available}", "title: {zh: 行为可办理}", "'en' is missing"),
]


@pytest.mark.parametrize(("was", "now", "says"), BROKEN, ids=[now.strip() or was.strip() for was, now, _ in BROKEN])
def test_a_broken_file_is_refused_with_its_line_and_what_is_wrong(
        was: str, now: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "slo.yaml").write_text(TEXT.replace(was, now, 1), "utf-8")
    with pytest.raises(Problems) as refused:
        slo.read(tmp_path / "slo.yaml")
    first = refused.value.problems[0]
    assert says in first.en
    assert first.line >= TEXT[:TEXT.index(was)].count("\n") - 10


def test_the_rules_are_what_the_file_makes() -> None:
    assert (ROOT / slo_rules.FILE).read_text("utf-8") == slo_rules.text(slo.read(ROOT / slo.SOURCE))


def test_another_aim_makes_other_rules(tmp_path: Path) -> None:
    (tmp_path / "slo.yaml").write_text(TEXT.replace("objective: 0.999\n", "objective: 0.995\n", 1), "utf-8")
    (group,) = yaml.safe_load(slo_rules.text(slo.read(tmp_path / "slo.yaml")))["groups"]
    rules = group["rules"]
    assert [rule["expr"] for rule in rules if rule.get("labels", {}).get("slo") == "acts_available"
            and rule["record"] == slo_rules.ALLOWED] == ["vector(0.005)"]
    paged = next(rule["expr"] for rule in rules if rule.get("alert") == "ActsAvailableBurns")
    assert 'slo:liandong_error:ratio1h{slo="acts_available"} > 0.072\n' in paged


def test_every_window_of_an_alert_is_recorded() -> None:
    assert {window for burns in slo_rules.BURNS.values() for burn in burns for window in (burn.long, burn.short)} < {
        *slo_rules.WINDOWS}


def test_the_document_tells_each_aim_and_its_minutes_a_month() -> None:
    told = slo_page(slo.read(ROOT / slo.SOURCE))
    for name, share, minutes in (("acts_available", "99.9", "43.2"), ("acts_fast", "99", "432"),
                                 ("deadlines_fired", "99.99", "4.32"), ("integrity", "100", "0")):
        rows = [line for line in told.splitlines() if line.startswith(f"| [`{name}`](runbooks/")]
        assert len(rows) == 2 and all(f"| {share} % | {minutes} |" in row for row in rows)
