"""The pictures of dashboards: whole SVG with every panel, and the figures that they are given."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.oversight.sla.figures import LIGHTS, OUTCOMES
from tests.prometheus.panels import FILES, panels, read
from tests.prometheus.picture import Answers, drawn


def words(path: Path, answers: Answers) -> list[str]:
    """All that can be read in the picture."""
    svg = ElementTree.fromstring(drawn(read(path), answers, {"slo": "acts_fast"}))
    return [each.text or "" for each in svg.iter() if each.tag.endswith("text")]


def of(uid: str, title: str) -> tuple[Path, int]:
    """A dashboard's file and the number of one of its panels."""
    path = next(path for path in FILES if path.stem == uid)
    return path, next(each["id"] for each in panels(read(path)) if each["title"] == title)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_without_figures_every_panel_is_there_and_says_that_there_is_nothing(path: Path) -> None:
    told = words(path, {})
    for each in panels(read(path)):
        assert any(each["title"].replace("$slo", "acts_fast") in word for word in told)
    assert "无" in told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_figure_for_every_query_is_drawn(path: Path) -> None:
    labels = {"agency": "zhujian", "name": "住建局", "clock": "transfer.letter", "shown": "85.7 %", "le": "1"}
    figure = {"metric": labels, "value": [0, "7"], "values": [[0, "7"], [9, "7"]]}
    asked = {(each["id"], target["refId"]): [figure]
             for each in panels(read(path)) for target in each.get("targets", ())}
    assert "无" not in words(path, asked)


def test_what_is_read_of_a_ratio_is_read_in_a_stat_and_in_a_cell() -> None:
    path, number = of("liandong-city", "按期率，各时段")
    few = {"metric": {"window": "30d", "shown": "3/4"}, "value": [0, "0.75"]}
    assert "30d：3/4" in words(path, {(number, "A"): [few]})
    path, number = of("liandong-city", "期限种类 × 机关：按期率")
    told = words(path, {(number, "A"): [{"metric": {"name": "住建局", "agency": "zhujian", "clock": "transfer.letter",
                                                    "shown": "42.8 %"}, "value": [0, "0.428"]}]})
    assert {"住建局", "transfer.letter", "42.8 %"} <= {*told}


@pytest.mark.parametrize(("title", "label", "codes"), [
    ("办理中的期限，按种类", "light", LIGHTS.values()), ("结果", "outcome", OUTCOMES)])
def test_a_table_calls_lights_and_outcomes_by_their_chinese_names(title: str, label: str, codes: Iterable[str]) -> None:
    path, number = of("liandong-agency", title)
    for code in codes:
        told = words(path, {(number, "A"): [{"metric": {"clock": "transfer.letter", label: code}, "value": [0, "1"]}]})
        assert "transfer.letter" in told and code not in told


def test_queries_of_a_table_are_one_row_where_they_speak_of_the_same() -> None:
    path, number = of("liandong-city", "统计截至")
    told = words(path, {(number, "A"): [{"metric": {"source": "desk"}, "value": [0, "86400000"]}],
                        (number, "B"): [{"metric": {"source": "desk"}, "value": [0, "120"]}]})
    assert told.count("desk") == 1 and {"01-02 00:00", "2 分"} <= {*told}


def test_a_line_without_numbers_is_none() -> None:
    path, number = of("liandong-service", "办理用时")
    empty, line = ([{"metric": {}, "values": [[0, value], [9, value]]}] for value in ("NaN", "2.5"))
    assert "50%" not in words(path, {(number, "A"): empty})
    assert "50%" in words(path, {(number, "A"): line})
