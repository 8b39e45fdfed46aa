"""The README's walks in a city: an API and a worker for each service, on RabbitMQ and PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.readme.walking import (
    PLANS,
    ROOT,
    SHARING,
    assert_registered,
    assert_reported,
    assert_shared,
    environment,
    running,
    walk,
    walked,
)


@pytest.mark.usefixtures("many_connections")
def test_cases_plans_and_what_is_shared_go_from_first_to_last_on_rabbitmq_and_postgresql(
        tmp_path: Path, postgresql_url: str, amqp_url: str, news_prefix: str) -> None:
    """The commands are those of docs/deploy.md too, without the sample cases: an API and a worker for each service."""
    with servers.own_database(servers.plain(postgresql_url)) as database:
        environ = environment(tmp_path / "home", LIANDONG_DATABASE_URL=database, LIANDONG_AMQP_URL=amqp_url,
                              LIANDONG_AMQP_PREFIX=news_prefix)
        for command in (("migrate",), ("seed", "--no-sample")):
            subprocess.run((sys.executable, "-m", "liandong.cli", *command), cwd=ROOT, env=environ, check=True,
                           capture_output=True)
        with running("city", environ, tmp_path / "errors"):
            assert_reported(walked(walk(instead=PLANS, city=True), environ))
            assert_registered(walked(walk(city=True), environ))
            assert_shared(walked(walk(instead=SHARING, city=True), environ), sampled=False)
