"""The README is what a new user does: its lines are run as they stand there, in both ways to run the suite."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import click
import pytest

from liandong.cli import main
from liandong.suite import PORTS, SERVICES
from shared.settings import VARIABLES, Settings, settings_from
from tests import servers
from tests.liandong.running import free_ports

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh.md")
PLANS, SHARING = "docs/walk-plans.md", "docs/walk-sharing.md"
START_SECONDS, WALK_SECONDS = 90, 180

FENCED = re.compile(r"(?:<!-- (walk[a-z: ]*) -->\n)?```(\w+)\n(.*?)```\n", re.DOTALL)
ROW = re.compile(r"^\| (.+?) \| (.+?) \|", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, mark: str) -> list[str]:
    """The fenced blocks of a README that carry the mark, in order."""
    return [block for found, _, block in FENCED.findall(text(name)) if found == mark]


def walk(*insteads: str, instead: str = "") -> str:
    """The whole walk as one script. `insteads` come after its first block, which says where things are. `instead`: the
    document whose walk goes on from the README's first two blocks."""
    first, *others = blocks("README.md", "walk")
    if instead:
        addresses, *then = blocks(instead, "walk")
        others = [others[0], addresses, *(blocks(instead, "walk: city") if insteads else ()), *then]
    command = f"{shlex.quote(sys.executable)} -m liandong.cli"
    return "".join((first, *insteads, *others)).replace(".venv/bin/liandong", command)


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "LIANDONG_HOME": str(home), "LIANDONG_PORT": str(free_ports()), **more}


@contextmanager
def running(command: str, environ: Mapping[str, str], errors: Path) -> Iterator[None]:
    """The suite under that command from its ready line on; it is told to stop at the end, and ends well."""
    with (
        errors.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            (sys.executable, "-m", "liandong.cli", command),
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as suite,
    ):
        assert suite.stdout is not None
        too_late = Timer(START_SECONDS, suite.kill)
        too_late.start()
        try:
            assert any(line.startswith("Ctrl-C stops it") for line in suite.stdout), errors.read_text("utf-8")
            too_late.cancel()
            yield
        finally:
            too_late.cancel()
            suite.terminate()
            suite.communicate(timeout=START_SECONDS)
    assert suite.returncode == 0, errors.read_text("utf-8")


def walked(script: str, environ: Mapping[str, str]) -> list[str]:
    """The lines that the script printed; it ended 0."""
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", script),
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=WALK_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def assert_reported(lines: list[str]) -> None:
    """Both actions went from draft to report, and what was refused was refused by these articles."""
    at = lines.index("已登记备案")
    done, articles = ([[line.split(": ")[0] for line in part if ": " in line] for part in (lines[:at], lines[at:])],
                      [[line.split(" ", 2)[1].rstrip(",") for line in part if line.startswith("✗ ")]
                       for part in (lines[:at], lines[at:])])
    assert (done[0][0], done[0][-1], lines[at - 1]) == ("draft", "report", "report: 已报告")
    assert (done[1][0], done[1][-2:], lines[-1]) == ("draft", ["report", "remark"], "remark: 已报告")
    assert {"approve", "start", "dispatch", "record-interim-measure", "end"} <= {*done[0]} & {*done[1]}
    assert {"decline", "reassign"} <= {*done[0]} and {"amend", "decide-amendment", "propose-end"} <= {*done[1]}
    assert articles == [["internal"] * 4 + ["7", "8", *["12"] * 3, *["13"] * 4],
                        ["17", "18", "18", "17", "16", "internal", "20"]]


def assert_shared(lines: list[str]) -> None:
    """Records found, a query in time and one late, a tip handed on and erased, a case closed by the successor."""
    articles = [line.split(" ", 1)[1] for line in lines if line.startswith("✗ ")]
    assert [line[:2].strip() for line in articles] == ["in", "27", "个人", "27", "27", "27", "22", "in", "3"]
    assert [line for line in lines if line.startswith(("on_request ", "open "))] == [
        "on_request shichang ", "open  荣成市𬭎润海洋食品有限公司经营过期即食海蜇案"]
    assert lines.count("荣成市𬭎润海洋食品有限公司经营过期即食海蜇案") == 2, "by 海蜇, and by 𬭎润"
    done = [line for line in lines if re.fullmatch(r"[a-z-]+: \S+", line)]
    assert done == ["answer: 已答复", "admit: 待答复", "complain: 待答复", "direct-answer: 责令提供中", "answer: 已答复",
                    "claim: 已认领", "return-result: 已反馈", "add-material: 已通报待移送", "issue-letter: 已移送待接收",
                    "deliver: 已移送待接收", "sign-receipt: 审查中", "dissolve: 待撤销", "accept: 已受理", "answer: 已答复",
                    "file-case: 已受理", "record-decision: 已受理", "serve-decision: 已受理", "close: 已办结"]
    lights = [line.split(" ")[:2] for line in lines if re.match(r"[a-z_]+ (sharing|transfer)[.]", line)]
    late = [light for light, clock in lights if clock == "sharing.query"]
    assert late in (["red", "met_late"], ["overdue_unconfirmed", "met_late"]), "the latter in a year not published yet"
    assert ["green", "transfer.review"] in lights and "已撤销" in lines and "已删除" in lines
    assert any(line.startswith("sharing: ") and " sound: " in line for line in lines)


def assert_registered(lines: list[str]) -> None:
    """The last answers: the report is in, justice has registered it, every journal is sound."""
    *_, reported, registered, place = lines[: -len(SERVICES)]
    assert (reported, registered, place[:6]) == ("report-closure: 已通报结案", "已登记备案", "Data: ")
    assert all(" sound: " in line for line in lines[-len(SERVICES) :])


def test_cases_plans_and_what_is_shared_go_from_first_to_last_in_one_process(tmp_path: Path) -> None:
    environ = environment(tmp_path / "home")
    with running("up", environ, tmp_path / "errors"):
        assert_reported(walked(walk(instead=PLANS), environ))
        assert_registered(walked(walk(), environ))
        assert_shared(walked(walk(instead=SHARING), environ))


@pytest.mark.usefixtures("many_connections")
def test_cases_plans_and_what_is_shared_go_from_first_to_last_on_rabbitmq_and_postgresql(
        tmp_path: Path, postgresql_url: str, amqp_url: str, news_prefix: str) -> None:
    """The commands are the README's too, without the sample cases: an API and a worker for each service."""
    with servers.own_database(servers.plain(postgresql_url)) as database:
        environ = environment(tmp_path / "home", LIANDONG_DATABASE_URL=database, LIANDONG_AMQP_URL=amqp_url,
                              LIANDONG_AMQP_PREFIX=news_prefix)
        for command in (("migrate",), ("seed", "--no-sample")):
            subprocess.run((sys.executable, "-m", "liandong.cli", *command), cwd=ROOT, env=environ, check=True,
                           capture_output=True)
        with running("city", environ, tmp_path / "errors"):
            city = blocks("README.md", "walk: city")
            assert_reported(walked(walk(*city, instead=PLANS), environ))
            assert_registered(walked(walk(*city), environ))
            assert_shared(walked(walk(*city, instead=SHARING), environ))


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
