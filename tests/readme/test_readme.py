"""The README and the walks in docs/ are what a new user does: their lines are run as they stand there, here on a suite
in one process, and by tests/faults in a city on real servers. What other pages list is what there is."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from liandong.cli import main
from liandong.places import PORTS, SERVICES
from shared.kernel.settings import Settings, settings_from
from tests.founded import copied
from tests.readme.walking import (
    CONFERENCE,
    DEPLOY,
    FENCED,
    INTEGRATION,
    PLANS,
    README,
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

DEPLOYS = (DEPLOY, "docs/deploy.zh.md")
OPERATIONS = ("docs/operations.md", "docs/operations.zh.md")
PAIRS = ((README, "README.zh.md"), DEPLOYS, OPERATIONS, INTEGRATION,
         ("docs/observability.md", "docs/observability.zh.md"))
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


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_a_page_gives_the_same_lines_in_both_languages(pair: tuple[str, str]) -> None:
    english, chinese = ([found for found in FENCED.findall(text(name)) if found[1] in ("sh", "nginx")] for name in pair)
    assert english == chinese and english


def test_every_line_of_the_first_case_is_run() -> None:
    assert [mark for mark, language, _ in FENCED.findall(text(README)) if language == "sh"] == ["walk"] * 6


@pytest.mark.parametrize("name", DEPLOYS)
def test_the_ports_are_those_of_a_city_on_one_host(name: str) -> None:
    first = Settings().port
    assert re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", text(name), re.MULTILINE) == [
        (service, *(str(first + PORTS[kind][service]) for kind in ("api", "worker"))) for service in SERVICES
    ]
    walk = blocks(name, "walk: city")[0]
    assert {service.lower(): int(after) for service, after in re.findall(r"^(\w+)=http://.*PORT \+ (\d+)", walk, re.M)
            }.items() <= PORTS["api"].items()


@pytest.mark.parametrize("name", DEPLOYS)
def test_processes_started_one_by_one_know_each_others_feeds(name: str) -> None:
    (block,) = (block for _, _, block in FENCED.findall(text(name)) if "liandong worker " in block)
    told = subprocess.run(("sh", "-c", block.partition(".venv")[0] + "printenv LIANDONG_FEED_URLS"), text=True,
                          capture_output=True, check=True).stdout
    first = Settings().port
    assert settings_from({"LIANDONG_FEED_URLS": told}).feed_urls == {
        service: f"http://127.0.0.1:{first + after}" for service, after in PORTS["api"].items()
    }


def test_the_page_for_agencies_systems_has_a_walk_of_each_carrier() -> None:
    marks = {mark for mark, language, _ in FENCED.findall(text(INTEGRATION[0])) if language == "sh"}
    assert marks == {"walk", "walk: kit", "walk: queue", "walk: webhook"}


def test_the_gateway_forwards_each_service_to_its_api() -> None:
    (block,) = (block for _, language, block in FENCED.findall(text(DEPLOY)) if language == "nginx")
    first = Settings().port
    assert f"listen 127.0.0.1:{first};" in block
    assert {service: int(port) - first for service, port in re.findall(
        r"location /api/(\w+)/ { proxy_pass http://127.0.0.1:(\d+); }", block)} == PORTS["api"]


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_command_is_listed(name: str) -> None:
    table = " ".join(first for first, _ in ROW.findall(text(name)))
    listed = set(re.findall(r"`([^`]+)`", table))
    assert isinstance(main, click.Group)
    assert not [command for command in commands(main)
                if not any(line == command or line.startswith(f"{command} ") for line in listed)]
