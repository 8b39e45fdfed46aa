"""The page for agencies' systems alone, in a city: kit installed, API key, queue provisioned, behind one address."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import debian, servers
from tests.agencies.conftest import Managed, managed
from tests.liandong.running import STOP, until
from tests.readme.walking import DEPLOY, FENCED, assert_received, environment, integration, running, text, walked

__all__ = ["managed"]
pytestmark = pytest.mark.usefixtures("many_connections")


@contextmanager
def gateway(folder: Path, first: int) -> Iterator[None]:
    """nginx as docs/deploy.md sets it, on ports counted from another first one."""
    if not shutil.which("nginx"):
        if not debian.possible():
            pytest.fail("the page's gateway needs nginx (on Debian: apt-get install nginx-light)", pytrace=False)
        debian.install(debian.NGINX)
    (block,) = (block for _, language, block in FENCED.findall(text(DEPLOY)) if language == "nginx")
    block = re.sub(r"127\.0\.0\.1:(\d+)", lambda found: f"127.0.0.1:{first + int(found[1]) - 8800}", block)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(f"user root; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
                                       f"http {{ access_log off; {temporary} {block} }}\n")
    nginx = subprocess.Popen(("nginx", "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"))
    try:
        until(lambda: (folder / "pid").exists() or nginx.poll() is not None, "the gateway is up")
        yield
    finally:
        nginx.terminate()
        nginx.wait(STOP)


def test_a_queue_is_read_by_the_page_alone(tmp_path: Path, postgresql_url: str, managed: Managed) -> None:
    with servers.own_database(servers.plain(postgresql_url)) as database:
        told = managed.settings(tmp_path)
        environ = environment(tmp_path / "home", LIANDONG_DATABASE_URL=database, LIANDONG_AMQP_URL=told.amqp_url,
                              LIANDONG_MANAGEMENT_URL=told.management_url)
        with running("city", environ, tmp_path / "errors"), gateway(tmp_path, int(environ["LIANDONG_PORT"])):
            lines = walked(integration(city=True), environ)
    assert_received(lines)
    assert "active" in lines
    due = [line for line in lines if re.match(r"\d{4}-\d\d-\d\d .+ \S{36}$", line) and "." not in line.split()[1]]
    assert due, lines
