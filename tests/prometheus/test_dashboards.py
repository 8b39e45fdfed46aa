"""Grafana's dashboards as files: made from the code, and whole as far as that can be seen without a Grafana."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from liandong.dashboards import files
from liandong.slo import unknown
from shared.http.components import resolved
from tests.liandong.running import run
from tests.prometheus.conftest import Tool
from tests.prometheus.panels import FILES, ROOT, marks, panels, queries, read, variables
from tests.prometheus.test_alerts import RULES

GRAFANA = ROOT / "deploy" / "grafana"
GIVEN = re.compile(r"^(?:__\w+|\d+)$")        # Grafana's own, and what a regular expression captured
RECORDED = {rule["record"] for rule in RULES if "record" in rule} | {"ALERTS"}


def named(path: Path) -> str:
    return path.stem


def test_the_files_are_what_the_code_makes(tmp_path: Path) -> None:
    done = run("dashboards", "--check", home=tmp_path)
    assert (done.code, done.out) == (0, "")


def test_a_file_that_is_stale_or_made_no_more_is_told_and_put_right(tmp_path: Path) -> None:
    (tmp_path / "deploy/prometheus").mkdir(parents=True)
    (tmp_path / "deploy/prometheus/slo.yaml").symlink_to(ROOT / "deploy/prometheus/slo.yaml")
    made = files.write(tmp_path)
    assert {Path(name).stem for name in made} == {path.stem for path in FILES}
    lying, stale = tmp_path / files.FOLDER / "old.json", tmp_path / made[0]
    lying.write_text("{}")
    stale.write_text("{}")
    told = [made[0], f"{files.FOLDER}/old.json"]
    assert files.write(tmp_path, check=True) == told and lying.exists()
    assert files.write(tmp_path) == told and not lying.exists()
    assert files.write(tmp_path) == []


def test_each_dashboard_has_an_address_and_a_title_of_its_own() -> None:
    for what in ("uid", "title"):
        assert max(Counter(read(path)[what] for path in FILES).values()) == 1
    assert all(read(path)["uid"] == path.stem for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_panels_have_numbers_of_their_own(path: Path) -> None:
    numbers = Counter(each["id"] for each in panels(read(path)))
    assert max(numbers.values()) == 1 and all(number > 0 for number in numbers)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_panel_lies_over_another_or_beyond_the_edge(path: Path) -> None:
    taken: set[tuple[int, int]] = set()
    for place in (each["gridPos"] for each in panels(read(path))):
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                 for y in range(place["y"], place["y"] + place["h"])}
        assert cells and not cells & taken and place["x"] + place["w"] <= 24
        taken |= cells


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_panel_has_a_chinese_title_and_says_what_it_shows(path: Path) -> None:
    for each in panels(read(path)):
        assert re.search("[一-鿿]", each["title"]) or each["title"].startswith("$")
        assert each["type"] == "row" or re.search("[一-鿿]", each["description"])


@pytest.mark.parametrize("path", FILES, ids=named)
def test_what_a_panel_names_by_its_title_is_one_panel(path: Path) -> None:
    titles = Counter(each["title"] for each in panels(read(path)) if each["type"] != "row")
    assert max(titles.values()) == 1


@pytest.mark.parametrize("path", FILES, ids=named)
def test_only_variables_that_there_are_are_used_and_each_is(path: Path) -> None:
    text, known = path.read_text("utf-8"), variables(path)
    used = {found[1] or found[2] for found in re.finditer(r"\$(\w+)|\$\{(\w+)[^}]*\}", text)}
    assert {name for name in used if not GIVEN.match(name)} == set(known)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_query_asks_the_chosen_source(path: Path) -> None:
    sources = [target["datasource"] for panel in panels(read(path)) for target in panel.get("targets", ())]
    sources += [each["datasource"] for each in read(path)["annotations"]["list"]]
    assert sources and all(each == {"type": "prometheus", "uid": "${datasource}"} for each in sources)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_queries_ask_for_metrics_and_labels_that_there_are(path: Path) -> None:
    for query in (*queries(path), *marks(path)):
        recorded = "|".join(re.escape(name) for name in sorted(RECORDED, key=len, reverse=True))
        bare = re.sub(rf"(?<![\w:])(?:{recorded})(?![\w:])", "recorded", query.expr)
        assert not re.search(r"\w:liandong|liandong_\w+:", bare), query.expr
        assert not list(unknown(bare)), query.expr


@pytest.mark.parametrize("path", FILES, ids=named)
def test_compliance_comes_from_the_rules_and_is_no_mean_of_ratios(path: Path) -> None:
    for query in queries(path):
        assert not re.search(r"avg|mean", query.expr)
        assert "liandong_deadlines_settled{" not in query.expr and "liandong_deadlines_open{" not in query.expr


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_link_to_a_dashboard_leads_to_one(path: Path) -> None:
    for uid in re.findall(r'"/d/([\w-]+)', path.read_text("utf-8")):
        assert uid in {each.stem for each in FILES}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_link_to_the_board_takes_filters_that_it_has(path: Path) -> None:
    told = json.loads((ROOT / "docs/generated/openapi/oversight.json").read_text("utf-8"))
    asked = told["paths"]["/api/oversight/deadlines"]["get"]["parameters"]
    filters = {resolved(each, told)["name"] for each in asked}
    for asked_for in re.findall(r'\$\{board:raw\}/api/oversight/deadlines\??([^"]*)', path.read_text("utf-8")):
        assert {part.partition("=")[0] for part in asked_for.split("&") if part} <= filters


def test_grafana_finds_the_files_and_prometheus_by_its_provisioning() -> None:
    (sources,) = (yaml.safe_load(path.read_text("utf-8")) for path in GRAFANA.glob("provisioning/datasources/*.yaml"))
    (source,) = sources["datasources"]
    assert source["type"] == "prometheus" and source["jsonData"]["timeInterval"] == yaml.safe_load(
        (ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))["global"]["scrape_interval"]
    (folders,) = (yaml.safe_load(path.read_text("utf-8")) for path in GRAFANA.glob("provisioning/dashboards/*.yaml"))
    (provider,) = folders["providers"]
    assert provider["type"] == "file" and provider["options"]["path"].endswith("/dashboards")


@pytest.mark.parametrize("name", ["observability.md", "observability.zh.md"])
def test_the_page_for_those_who_watch_has_a_picture_of_each_dashboard(name: str) -> None:
    shown = re.findall(r"!\[[^\]]+\]\(dashboards/([\w-]+)\.svg\)", (ROOT / "docs" / name).read_text("utf-8"))
    assert sorted(shown) == [path.stem for path in FILES]
    assert {path.stem for path in (ROOT / "docs/dashboards").glob("*.svg")} == set(shown)


@pytest.mark.parametrize("name", ["observability.md", "observability.zh.md"])
def test_the_job_that_the_page_writes_for_one_process_is_taken(promtool: Tool, tmp_path: Path, name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    (written,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    (copied,) = re.findall(r"^cp (\S.*) /etc/prometheus/liandong/$", page, re.M)
    (tmp_path / "rules").mkdir()
    rules = [path for pattern in copied.split() for path in ROOT.glob(pattern)]
    for path in rules:
        (tmp_path / "rules" / path.name).symlink_to(path)
    (tmp_path / "prometheus.yml").write_text(written.replace("/etc/prometheus/liandong/", "rules/"), "utf-8")
    assert promtool("check", "config", tmp_path / "prometheus.yml").count("rules found") == len(rules) > 3


def test_where_the_sdk_is_missing_the_command_says_how_to_have_it(
        monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "liandong.dashboards.files", None)
    monkeypatch.delattr("liandong.dashboards.files")
    done = run("dashboards", home=tmp_path)
    assert done.code == 1 and "sh deploy/venv.sh test" in done.one_line
