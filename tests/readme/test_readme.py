"""The README is what a new user does: its lines are run as they stand there, here on a suite in one process, and by
tests/faults in a city on real servers."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from liandong.cli import main
from liandong.places import PORTS, SERVICES
from shared.kernel.settings import VARIABLES, Settings, settings_from
from tests.founded import copied
from tests.readme.walking import (
    CONFERENCE,
    FENCED,
    INTEGRATION,
    PLANS,
    SHARING,
    SUPERVISION,
    assert_conferred,
    assert_received,
    assert_registered,
    assert_reported,
    assert_shared,
    assert_supervised,
    blocks,
    environment,
    integration,
    running,
    text,
    walk,
    walked,
)

READMES = ("README.md", "README.zh.md")
ROW = re.compile(r"^\| (.+?) \| (.+?) \|", re.MULTILINE)


def test_cases_plans_and_what_is_shared_go_from_first_to_last_in_one_process(
        sample_home: Path, tmp_path: Path) -> None:
    """And the page for agencies' systems before them."""
    environ = environment(copied(sample_home, tmp_path / "home"))
    with running("up", environ, tmp_path / "errors"):
        assert_received(walked(integration(), environ))
        assert_reported(walked(walk(instead=PLANS), environ))
        assert_supervised(walked(walk(instead=SUPERVISION), environ))
        assert_conferred(walked(walk(instead=CONFERENCE), environ))
        assert_registered(walked(walk(), environ))
        assert_shared(walked(walk(instead=SHARING), environ))


@pytest.mark.parametrize("name", READMES)
def test_the_ports_are_those_of_a_city_on_one_host(name: str) -> None:
    first = Settings().port
    assert re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", text(name), re.MULTILINE) == [
        (service, *(str(first + PORTS[kind][service]) for kind in ("api", "worker"))) for service in SERVICES
    ]
    walk = blocks(name, "walk: city")[0]
    assert {service.lower(): int(after) for service, after in re.findall(r"^(\w+)=http://.*PORT \+ (\d+)", walk, re.M)
            }.items() <= PORTS["api"].items()


@pytest.mark.parametrize("name", READMES)
def test_processes_started_one_by_one_know_each_others_feeds(name: str) -> None:
    (block,) = (block for _, _, block in FENCED.findall(text(name)) if "liandong worker " in block)
    told = subprocess.run(("sh", "-c", block.partition(".venv")[0] + "printenv LIANDONG_FEED_URLS"), text=True,
                          capture_output=True, check=True).stdout
    first = Settings().port
    assert settings_from({"LIANDONG_FEED_URLS": told}).feed_urls == {
        service: f"http://127.0.0.1:{first + after}" for service, after in PORTS["api"].items()
    }


def test_both_readmes_give_the_same_lines() -> None:
    english, chinese = ([found for found in FENCED.findall(text(name)) if found[1] == "sh"] for name in READMES)
    assert english == chinese
    assert len(blocks("README.md", "walk")) > 10


def test_the_page_for_agencies_systems_gives_the_same_lines_in_both_languages() -> None:
    english, chinese = ([found for found in FENCED.findall(text(name)) if found[1] in ("sh", "nginx")]
                        for name in INTEGRATION)
    assert english == chinese and {mark for mark, language, _ in english if language == "sh"} == {
        "walk", "walk: kit", "walk: queue", "walk: webhook"}


def test_the_gateway_of_the_page_forwards_each_service_to_its_api() -> None:
    (block,) = (block for _, language, block in FENCED.findall(text(INTEGRATION[0])) if language == "nginx")
    first = Settings().port
    assert f"listen 127.0.0.1:{first};" in block
    assert {service: int(port) - first for service, port in re.findall(
        r"location /api/(\w+)/ { proxy_pass http://127.0.0.1:(\d+); }", block)} == PORTS["api"]


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_listed_with_its_default(name: str) -> None:
    rows = {variable.strip("`"): default for variable, default in ROW.findall(text(name))
            if variable.startswith("`LIANDONG_")}
    assert tuple(rows) == VARIABLES
    defaults = settings_from({"LIANDONG_HOME": "/h"})
    shown = {variable: default.strip("`") for variable, default in rows.items() if default.startswith("`")}
    for variable, default in shown.items():
        value = getattr(defaults, variable.removeprefix("LIANDONG_").lower())
        assert str(value).replace("/h", "var" if variable == "LIANDONG_HOME" else "$LIANDONG_HOME", 1) == default, (
            variable
        )
    empty = {variable for variable in VARIABLES if not getattr(defaults, variable.removeprefix("LIANDONG_").lower())}
    assert set(VARIABLES) - shown.keys() == (empty - {"LIANDONG_PROXIES"}) | {"LIANDONG_CITY_FOLDER"}


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_listed(name: str) -> None:
    table = " ".join(first for first, _ in ROW.findall(text(name)))
    listed = set(re.findall(r"`([^`]+)`", table))
    assert isinstance(main, click.Group)
    assert not [command for command in commands(main)
                if not any(line == command or line.startswith(f"{command} ") for line in listed)]
