"""What a dashboard shows of a ratio: a percentage, or of few deadlines how many of how many. Reckoned by promtool."""

from pathlib import Path

import pytest
import yaml

from liandong.dashboards.parts import JUDGED
from liandong.dashboards.queries import COMPLIANCE_OF, FEW, IN_TIME_OF, named, opened, share_line, share_shown
from tests.prometheus.conftest import Tool
from tests.prometheus.picture import judged
from tests.prometheus.test_alerts import DEPLOY

SHOWN = {               # met, late -> what is read
    (3, 1): "3/4", (0, 2): "0/2", (1, 0): "1/1", (9, 0): "9/9",
    (9, 1): "90 %", (10, 0): "100 %", (0, 10): "0 %", (199, 1): "99.5 %", (6, 1 + 7): "42.8 %", (1999, 1): "99.9 %",
    (29, 71): "29 %", (0, 0): "",
}


def agency(met: int, late: int) -> str:
    return f"a{met}x{late}"


def series() -> dict[str, int]:
    """Of one agency for each row; an exporter tells only what there is some of."""
    found = {}
    for met, late in SHOWN:
        for outcome, number in (("met", met), ("met_late", late), ("excused", 5)):
            labels = f'agency="{agency(met, late)}",clock="c",statutory="true",window="30d",outcome="{outcome}"'
            found[f"liandong_deadlines_settled{{{labels}}}"] = number
    return {name: number for name, number in found.items() if number}


def holds(promtool: Tool, folder: Path, told: dict[str, int], *expected: tuple[str, dict[str, float]]) -> None:
    """(query, the series that it has with their values), a minute after the figures were first told."""
    (folder / "test.yml").write_text(yaml.dump({"rule_files": [str(DEPLOY / "sla.rules.yml")], "tests": [{
        "input_series": [{"series": name, "values": f"{number}x3"} for name, number in told.items()],
        "promql_expr_test": [{"expr": query, "eval_time": "2m", "exp_samples": [
            {"labels": labels, "value": value} for labels, value in samples.items()]}
            for query, samples in expected]}]}, allow_unicode=True))
    assert "SUCCESS" in promtool("test", "rules", folder / "test.yml")


def test_few_are_told_by_their_number_and_enough_as_a_percentage(promtool: Tool, tmp_path: Path) -> None:
    holds(promtool, tmp_path, series(), (share_shown(COMPLIANCE_OF, "agency", window="30d"), {
        f'{{agency="{agency(met, late)}",shown="{shown}",window="30d"}}': met / (met + late)
        for (met, late), shown in SHOWN.items() if shown}))


def test_a_line_is_drawn_only_where_there_are_enough(promtool: Tool, tmp_path: Path) -> None:
    holds(promtool, tmp_path, series(), (share_line(COMPLIANCE_OF, "agency", window="30d"), {
        f'agency:liandong_sla_compliance:ratio{{agency="{agency(met, late)}",window="30d"}}': met / (met + late)
        for met, late in SHOWN if met + late >= FEW}))


def test_the_whole_city_is_told_too(promtool: Tool, tmp_path: Path) -> None:
    lights = {f'liandong_deadlines_open{{agency="a",clock="c",statutory="true",light="{light}"}}': number
              for light, number in (("green", 3), ("yellow", 1), ("red", 2), ("paused", 7))}
    holds(promtool, tmp_path, lights, (share_shown(IN_TIME_OF, "city"), {'{shown="4/6"}': 4 / 6}),
          (share_shown(COMPLIANCE_OF, "city"), {}))


def test_an_agency_without_a_name_is_told_by_its_code(promtool: Tool, tmp_path: Path) -> None:
    told = {f'liandong_deadlines_open{{agency="{code}",clock="c",statutory="true",light="red"}}': 2
            for code in ("zhujian", "other")}
    told['liandong_agency_info{agency="zhujian",name="住建局",instance="a"}'] = 1
    told['liandong_agency_info{agency="zhujian",name="住建局",instance="b"}'] = 1
    holds(promtool, tmp_path, told, (named(opened("agency")), {
        '{agency="zhujian",name="住建局"}': 2, '{agency="other",name="other"}': 2}))


@pytest.mark.parametrize(("shown", "colour"), [
    ("100 %", "green"), ("99.9 %", "green"), ("95 %", "green"), ("94.9 %", "yellow"), ("80 %", "yellow"),
    ("79.9 %", "red"),
    ("8 %", "red"), ("9.5 %", "red"), ("0 %", "red"), ("3/4", ""), ("0/2", ""), ("9/9", "")])
def test_a_cell_has_the_colour_of_its_percentage_and_of_few_none(shown: str, colour: str) -> None:
    assert judged(shown) == colour
    assert all(pattern.startswith("/") and pattern.endswith("/") for pattern, _ in JUDGED)
