"""What the project's own files promise: locked dependencies, two commands, no trace of one machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from liandong.places import EXPORTERS, PORTS, SERVICES
from shared.kernel.settings import Settings, settings_from

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
ONCE = ("migrate", "seed")      # services of the compose file that do their work and end


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text(lock), re.MULTILINE))


def tracked() -> list[Path]:
    """The files of the repository; where it isn't one, every file that isn't made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True,
                            check=True)
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_pins_every_package_with_its_hashes(lock: str) -> None:
    assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links|@ ", text(lock))
    assert pins(lock)
    blocks = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", text(lock), flags=re.MULTILINE).strip())
    assert not [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]


def test_the_tests_run_on_the_same_versions_as_the_suite() -> None:
    run, test = (pins(lock) for lock in LOCKS)
    assert run.items() <= test.items()


def test_the_locks_follow_pyproject() -> None:
    """Every dependency that pyproject names is locked. (`make lock` compiles the locks again.)"""
    named = [name for project in ("pyproject.toml", "sdk/python/pyproject.toml") for name in re.findall(
        r'^    "([A-Za-z0-9_.-]+)', text(project).split("[tool.")[0], re.MULTILINE)]
    assert len(named) > 20
    assert not [name for name in named if name.lower().replace("_", "-") not in pins("requirements-test.lock")]


def test_no_file_names_a_machine_path_or_a_package_host() -> None:
    hosts = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian"))
    found = {
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix not in (".ttf", ".otf", ".png", ".pdf")
        and re.search(rf"{hosts}|(?<![\w.])/(?:work|root|home)/\w", path.read_text(encoding="utf-8", errors="replace"))
    }
    assert not found


def test_no_file_has_the_marks_of_an_unfinished_merge() -> None:
    marks = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert not [path.relative_to(ROOT).as_posix() for path in tracked()
                if path.suffix in (".py", ".md", ".toml", ".yml", ".yaml", ".json", ".sh", "")
                and marks.search(path.read_text(encoding="utf-8", errors="replace"))]


def test_make_help_lists_every_command() -> None:
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("up", "test", "faults", "demo", "lint", "docs", "dist", "bench"):
        assert f"make {command} " in shown


def test_what_make_test_leaves_out_make_faults_runs() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}
    shown = {command: subprocess.run(["make", "-n", "-s", command], cwd=ROOT, capture_output=True, text=True,
                                     check=True, env=plain).stdout for command in ("test", "faults")}
    assert re.findall(r"--ignore\S*[ =](\S+)|--deselect|-k |-m (?!pytest)", shown["test"]) == ["tests/faults"]
    assert re.search(r"pytest .* tests/faults\s*$", shown["faults"]) and "--ignore" not in shown["faults"]
    assert list((ROOT / "tests" / "faults").glob("test_*.py"))


def test_ci_runs_the_tests_then_the_checks() -> None:
    steps = [line for line in text(".ci/run").splitlines() if line.startswith("make")]
    assert steps == ["make test", "make lint"]
    assert "set -euo pipefail" in text(".ci/run")
    assert "bash .ci/run" in text(".github/workflows/ci.yml")


# docker-compose.yml

def test_every_service_has_an_api_and_a_worker() -> None:
    services = yaml.safe_load(text("docker-compose.yml"))["services"]
    wanted = {f"{kind}-{name}" for kind in ("api", "worker") for name in SERVICES}
    assert set(services) == wanted | {f"exporter-{name}" for name in EXPORTERS} | {"postgres", "rabbitmq", *ONCE}
    for name in wanted:
        kind, _, service = name.partition("-")
        health = ["--port", "8800"] if kind == "worker" else []       # an API serves its health beside its paths
        assert services[name]["command"] == ["liandong", kind, service, *health]
        assert services[name]["depends_on"]["seed"] == {"condition": "service_completed_successfully"}
    assert [services[f"exporter-{name}"]["command"] for name in EXPORTERS] == [
        ["liandong", "exporter", name, "--port", "8800"] for name in EXPORTERS]
    assert all("healthcheck" in service for name, service in services.items() if name not in ONCE)


def test_the_city_is_founded_once_the_schema_is_there_with_the_keys_of_the_desk() -> None:
    services = yaml.safe_load(text("docker-compose.yml"))["services"]
    assert [(services[name]["command"], services[name]["restart"]) for name in ONCE] == [
        (["liandong", "migrate"], "no"), (["liandong", "seed", "--no-sample"], "no")]
    assert services["seed"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["seed"]["volumes"] == services["api-desk"]["volumes"]


def test_an_api_is_published_on_the_port_it_has_in_a_city_on_one_host() -> None:
    services = yaml.safe_load(text("docker-compose.yml"))["services"]
    assert {name: services[f"api-{name}"]["ports"] for name in SERVICES} == {
        name: [f"127.0.0.1:${{LIANDONG_PUBLISH_{name.upper()}-{Settings().port + after}}}:8800"]
        for name, after in PORTS["api"].items()
    }
    feeds = settings_from({"LIANDONG_FEED_URLS": services["api-desk"]["environment"]["LIANDONG_FEED_URLS"]}).feed_urls
    assert feeds == {name: f"http://api-{name}:8800" for name in SERVICES}


def test_every_published_port_is_on_the_loopback() -> None:
    services = yaml.safe_load(text("docker-compose.yml"))["services"]
    assert all(port.startswith("127.0.0.1:") for service in services.values() for port in service.get("ports", ()))


def test_the_compose_file_holds_before_compose_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """`docker compose config` where it is installed. Elsewhere the two tests above are what holds, and this says so."""
    commands = (["docker", "compose"], ["docker-compose"])
    there = [command for command in commands if shutil.which(command[0])
             and subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0]
    if not there:
        with capsys.disabled():
            print(
                "\ndocker-compose.yml: no Docker here, so only its structure was checked, "
                "not by `docker compose config`"
            )
        return
    checked = subprocess.run([*there[0], "-f", "docker-compose.yml", "config", "--quiet"], cwd=ROOT,
                             capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert not checked.stderr.strip(), checked.stderr
