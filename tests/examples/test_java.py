"""The contract is not Python's: a consumer in Java, on the JDK and RabbitMQ's client alone, compiled for JDK 8."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import debian
from tests.examples.conftest import EXAMPLES, Run
from tests.examples.telling import Queue, case_with, items
from tests.liandong.people import People
from tests.liandong.running import HOUSING

SLF4J = debian.AMQP_JAR.with_name("slf4j-api.jar")      # what RabbitMQ's client logs by


@pytest.fixture(scope="session")
def classpath() -> str:
    """RabbitMQ's Java client, and that there is a JDK: LIANDONG_TEST_JAVA_CLASSPATH, else Debian's packages."""
    given = os.environ.get("LIANDONG_TEST_JAVA_CLASSPATH", "")
    lacking = [place for place, there in ((debian.JAVAC, bool(shutil.which("javac"))),
                                          (debian.AMQP_JAR, bool(given) or debian.AMQP_JAR.exists())) if not there]
    if lacking and not debian.possible():
        packages = " ".join(debian.PACKAGES[place] for place in lacking)
        pytest.fail(f"the Java example needs a JDK (javac) and RabbitMQ's Java client. On Debian: apt-get install "
                    f"{packages}; elsewhere set LIANDONG_TEST_JAVA_CLASSPATH to the jars of amqp-client and slf4j-api.",
                    pytrace=False)
    for place in lacking:
        debian.install(place)
    return given or f"{debian.AMQP_JAR}{os.pathsep}{SLF4J}"


@pytest.fixture(scope="session")
def compiled(classpath: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command that runs the example."""
    folder = tmp_path_factory.mktemp("classes")
    done = subprocess.run(
        ["javac", "--release", "8", "-encoding", "UTF-8", "-Xlint:all,-options", "-Werror", "-cp", classpath, "-d",
         str(folder), *map(str, sorted((EXAMPLES / "java").glob("*.java")))],
        capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return ("java", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", f"{folder}{os.pathsep}{classpath}", "QueueReader",
            "--once")


def test_it_gets_every_event_once_in_order_though_the_queue_dropped_some(
        people: People, run: Run, queue: Queue, compiled: tuple[str, ...], tmp_path: Path) -> None:
    """Every third message only, and one of them twice: what lies between it reads from the feed. Started again it goes
    on where it was."""
    case_with(people, "add-material")

    def prints() -> list[str]:
        out = run(agency=HOUSING, command=compiled, AGENCY_QUEUE=queue.url, QUEUE=queue.name,
                  PLACES=str(tmp_path / "places")).ends()
        return [line for line in out.splitlines() if line.startswith("transfer ")]

    told = items(people, HOUSING)
    queue.publish(*told[2::3], told[2], told[-1])
    first = prints()
    assert [int(line.split()[1]) for line in first] == [item["position"] for item in told]
    assert f" announced {case_with(people).id}" not in first
    more = items(people, HOUSING)[len(told):]
    queue.publish(told[-1], more[-1])
    assert [int(line.split()[1]) for line in prints()] == [item["position"] for item in more]
    assert queue.left == 0
