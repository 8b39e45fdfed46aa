"""Log lines of a process, plain and as JSON, each with its trace."""

import json
import subprocess
import sys

import pytest

from tests.liandong.running import ROOT

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_SAYS = f"""
import logging, sys
from liandong import logs
from shared.telemetry import tracing
from shared.kernel.settings import settings_from
logs.configure(settings_from({{"LIANDONG_LOG_FORMAT": sys.argv[1]}}))
log = logging.getLogger("shared.bus.relay")
log.info("说 %s", "甲\\n乙")
with tracing.span("transfer", "POST", tracing.SERVER, tracing.trace_of("00-{TRACE}-00f067aa0ba902b7-01")):
    log.warning("within", extra={{"http.route": "/a"}})
try:
    1 / 0
except ZeroDivisionError:
    log.exception("bad")
gunicorn = logs.of_gunicorn()
from gunicorn.config import Config
gunicorn(Config()).error("from gunicorn")
"""


@pytest.fixture(scope="module", params=["json", "plain"])
def said(request: pytest.FixtureRequest) -> tuple[str, list[str]]:
    done = subprocess.run((sys.executable, "-c", _SAYS, request.param), cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=True)
    return request.param, done.stderr.splitlines()


def test_each_line_says_when_who_and_what_and_in_which_trace(said: tuple[str, list[str]]) -> None:
    form, lines = said
    if form == "json":
        first, within, bad, gunicorn = map(json.loads, lines)
        assert (first["message"], first["level"], first["logger"]) == ("说 甲\n乙", "INFO", "shared.bus.relay")
        assert first["time"].endswith("+00:00") and first["trace_id"] is None and first["process"] > 0
        assert (within["trace_id"], within["span_id"], within["http.route"]) == (TRACE, "00f067aa0ba902b7", "/a")
        assert "ZeroDivisionError: division by zero" in bad["error"]
        assert gunicorn["message"] == "from gunicorn"
        assert "说 甲" in lines[0], "as it is written"
    else:
        told = [line for line in lines if "trace=" in line]
        assert [line.split(" ", 2)[2] for line in told] == [f"WARNING shared.bus.relay within trace={TRACE}"]
        assert lines[-1].endswith("ERROR gunicorn.error from gunicorn")
