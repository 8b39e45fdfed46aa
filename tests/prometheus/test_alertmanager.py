"""Who hears of which alert, and what is not told because it follows from another: by Alertmanager itself."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import yaml

from tests import debian
from tests.prometheus.conftest import Tool, program
from tests.prometheus.test_alerts import ALERTS, DEPLOY

SETTINGS = DEPLOY / "alertmanager.yml"
RECEIVERS = {"page": "ops-page", "ticket": "ops-ticket", "digest": "supervision"}
STARTS = 20.0       # seconds in which it answers
Labels = dict[str, str]


@pytest.fixture(scope="module")
def alertmanager(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where one answers that has the suite's settings."""
    folder, url = tmp_path_factory.mktemp("alertmanager"), f"http://127.0.0.1:{debian.free_port()}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [program(debian.ALERTMANAGER), f"--config.file={SETTINGS}", f"--storage.path={folder}",
             f"--web.listen-address={url.removeprefix('http://')}", "--cluster.listen-address="],
            stdout=log, stderr=log)
    try:
        _wait(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=STARTS)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS
    while True:
        with suppress(requests.ConnectionError):
            if requests.get(f"{url}/-/ready", timeout=2).ok:
                return
        assert process.poll() is None and time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def send(url: str, alerts: Sequence[Labels], ends: datetime) -> None:
    """As a Prometheus does, for as long as they fire."""
    began = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    requests.post(f"{url}/api/v2/alerts", timeout=5, json=[
        {"labels": labels, "startsAt": began, "endsAt": ends.isoformat()} for labels in alerts]).raise_for_status()


def told(url: str) -> set[str]:
    """The alerts that fire now and that no other inhibits, by name; with the severity where their sender gave one."""
    found = requests.get(f"{url}/api/v2/alerts", timeout=5, params={"inhibited": "false"}).json()
    return {" ".join(each["labels"][name] for name in ("alertname", "severity") if name in each["labels"])
            for each in found}


def test_alertmanager_takes_the_settings(amtool: Tool) -> None:
    assert "SUCCESS" in amtool("check-config", SETTINGS)


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_goes_to_who_must_act_on_it(amtool: Tool, name: str) -> None:
    labels = {key: value for key, value in ALERTS[name]["labels"].items() if "{" not in value}
    heard = amtool("config", "routes", "test", f"--config.file={SETTINGS}", f"alertname={name}",
                   *(f"{key}={value}" for key, value in labels.items()))
    assert heard.split() == [RECEIVERS[labels["severity"]]]


def test_no_address_stands_in_the_settings() -> None:
    hooks = [hook for receiver in yaml.safe_load(SETTINGS.read_text("utf-8"))["receivers"]
             for hook in receiver["webhook_configs"]]
    assert all(hook.keys() <= {"url_file", "send_resolved"} for hook in hooks)


def _of(name: str, **labels: str) -> Labels:
    return {"alertname": name, **labels}


RELAY = _of("RelayStalled", service="transfer", source="transfer")
FOLLOWER = _of("FollowerStalled", service="oversight", consumer="oversight", source="transfer")
PROBE = _of("ProbeMissing", service="transfer", leg="handled", consumer="oversight", source="transfer")
UNSEEN = _of("ProbeMissing", service="transfer", leg="canary", source="transfer")
WORKER = _of("TargetMissing", job="liandong-worker", service="transfer", source="transfer", instance="a")
CAUSES = {
    "a database that is down explains whatever hangs on it":
        ((_of("DatabaseDown", instance="a"), RELAY, FOLLOWER, _of("TickerStalled", service="joint")), {"DatabaseDown"}),
    "a broker with an alarm explains that news is late, not that deadlines are":
        ((_of("BrokerAlarm", instance="a"), RELAY, FOLLOWER, _of("TickerStalled", service="joint")),
         {"BrokerAlarm", "TickerStalled"}),
    "a broker whose figures are missing explains nothing, as it may be at work":
        ((_of("TargetMissing", job="liandong-rabbitmq", instance="a"), RELAY), {"TargetMissing", "RelayStalled"}),
    "a worker that is gone explains what it would tell, and that its news reaches nobody":
        ((WORKER, RELAY, FOLLOWER, _of("WatchStopped", service="transfer", instance="b")), {"TargetMissing"}),
    "an API that is gone explains that its feed's readers stand, not that its deadlines are not fired":
        ((_of("TargetMissing", job="liandong-api", service="transfer", source="transfer", instance="a"), FOLLOWER,
          _of("TickerStalled", service="transfer")), {"TargetMissing", "TickerStalled"}),
    "a worker that is gone explains nothing of another service":
        ((WORKER, _of("RelayStalled", service="joint", source="joint")), {"TargetMissing", "RelayStalled"}),
    "a host that is not asked explains nothing that has no service either":
        ((_of("TargetMissing", job="liandong-node", instance="a"), RELAY, FOLLOWER), {"TargetMissing", "RelayStalled"}),
    "a relay that stands explains that its readers do":
        ((RELAY, FOLLOWER), {"RelayStalled"}),
    "no relay at all explains that news waits":
        ((_of("RelayLeaders", service="transfer", source="transfer"), RELAY), {"RelayLeaders"}),
    "a consumer that waits for a decision is not told as hanging too":
        ((_of("FollowerStopped", service="oversight", consumer="oversight", source="transfer"), FOLLOWER),
         {"FollowerStopped"}),
    "a relay that stands explains that no probe comes through":
        ((RELAY, PROBE, _of("ProbeMissing", service="transfer", leg="published", source="transfer")), {"RelayStalled"}),
    "an API that is gone explains that the canary sees nothing":
        ((_of("TargetMissing", job="liandong-api", service="transfer", source="transfer", instance="a"), UNSEEN),
         {"TargetMissing"}),
    "a consumer that hangs explains that it handles no probe, not that the canary sees none":
        ((FOLLOWER, PROBE, UNSEEN), {"FollowerStalled", "ProbeMissing"}),
    "a probe that is missing explains nothing of another service's":
        ((UNSEEN, _of("ProbeSlow", service="joint", leg="canary", source="joint")), {"ProbeMissing", "ProbeSlow"}),
    "a full queue is told once":
        ((_of("QueueFull", agency="a"), _of("QueueNearLimit", agency="a"), _of("AgencyAway", agency="a")),
         {"QueueFull"}),
    "a full queue explains nothing of another agency":
        ((_of("QueueFull", agency="a"), _of("AgencyAway", agency="b")), {"QueueFull", "AgencyAway"}),
    "a verification that failed was one":
        ((_of("VerifyFailed", service="joint"), _of("VerifyNotRun", service="joint")), {"VerifyFailed"}),
    "a page of an aim is told without its ticket, another aim's ticket is told":
        ((_of("ActsFastBurns", slo="acts_fast", severity="page"),
          _of("ActsFastBurns", slo="acts_fast", severity="ticket"),
          _of("ActsAvailableBurns", slo="acts_available", severity="ticket")),
         {"ActsFastBurns page", "ActsAvailableBurns ticket"}),
    "a failed verification is told once, with its service":
        ((_of("VerifyFailed", service="joint"), _of("IntegrityFailed", slo="integrity")), {"VerifyFailed"}),
    "a missed deadline is told whatever is down":
        ((_of("DatabaseDown", instance="a"), WORKER, _of("DeadlineMissed", agency="a", clock="transfer.letter")),
         {"DatabaseDown", "TargetMissing", "DeadlineMissed"}),
}


@pytest.mark.parametrize("why", CAUSES)
def test_what_follows_from_another_alert_is_not_told(alertmanager: str, why: str) -> None:
    alerts, expected = CAUSES[why]
    now = datetime.now(UTC)
    send(alertmanager, alerts, now + timedelta(minutes=5))
    until = time.monotonic() + STARTS
    while (heard := told(alertmanager)) != expected and time.monotonic() < until:
        time.sleep(0.02)        # it takes them in one after the other
    send(alertmanager, alerts, now)
    assert heard == expected
    assert {each["alertname"] for each in alerts} <= set(ALERTS)
