"""The examples run: each a small system of an agency, against a suite as `make up` starts it."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import requests
from liandong_client import SERVICES
from liandong_client.webhooks import CHALLENGE, Webhook

from tests.examples.conftest import EXAMPLES, Run
from tests.examples.telling import Queue, case_with, items
from tests.liandong.people import Case, People
from tests.liandong.running import ENFORCEMENT, HOUSING, Process, free_ports, until

SECRET, OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
LINES = 80


def state(people: People, case: Case) -> str:
    return str(people.get(f"/api/transfer/cases/{case.id}", ENFORCEMENT)["state"])


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_an_example_is_read_at_a_glance(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < LINES


def test_by_feed_signs_for_what_was_delivered_once(people: People, run: Run) -> None:
    case = case_with(people, "add-material", "issue-letter", "deliver")
    waiting = case_with(people, "add-material", "issue-letter")
    assert f"{case.id} 已签收，待审查" in run("by_feed.py", "--once", agency=ENFORCEMENT).ends()
    assert (state(people, case), state(people, waiting)) == ("received", "issued")
    assert case.id not in run("by_feed.py", "--once", agency=ENFORCEMENT).ends()
    told = [json.loads(item["body"]) for item in items(people, ENFORCEMENT)]
    assert [event["type"] for event in told if event["subject"] == case.id].count("liandong.transfer.received.v1") == 1


def test_by_feed_hears_while_it_runs(people: People, run: Run) -> None:
    example = run("by_feed.py", agency=ENFORCEMENT)
    case = case_with(people, "add-material", "issue-letter", "deliver")
    example.says(f"{case.id} 已签收")
    until(lambda: state(people, case) == "received", "the receipt")


def test_by_queue_delivers_its_letters_though_the_queue_dropped_some(people: People, run: Run, queue: Queue) -> None:
    """Every third message only: what lies between is in the feed."""
    case = case_with(people, "add-material", "issue-letter")
    told = items(people, HOUSING)
    queue.publish(*told[2::3])
    out = run("by_queue.py", "--once", agency=HOUSING, AGENCY_QUEUE=queue.url, QUEUE_PREFIX=queue.prefix).ends()
    assert case.id in out and "反馈" not in out
    view = people.get(f"/api/transfer/cases/{case.id}", HOUSING)
    assert view["case"]["legs"][-1]["delivery"]["way"] == "platform"
    assert queue.left == 0


@pytest.fixture
def webhook(run: Run, people: People) -> str:
    """The address of the webhook example of 综合执法局, once it listens."""
    port = free_ports(1)
    run("by_webhook.py", agency=ENFORCEMENT, WEBHOOK_SECRETS=f"{SECRET} {OTHER}", PORT=str(port)).says("listening")
    return f"http://127.0.0.1:{port}/"


def call(address: str, told: dict[str, Any], secret: str = SECRET) -> requests.Response:
    """A call as Liandong sends it."""
    body = json.dumps(told, ensure_ascii=False).encode()
    return requests.post(address, data=body, headers=Webhook(secret).sign("m1", body), timeout=30)


def test_by_webhook_answers_the_challenge_and_nobody_else(webhook: str) -> None:
    challenge = {"type": CHALLENGE, "challenge": "r4nd0m"}
    assert call(webhook, challenge).json() == {"challenge": "r4nd0m"}
    assert call(webhook, challenge, OTHER).status_code == 200, "the second secret of a rotation"
    assert call(webhook, challenge, "whsec_AAAA").status_code == 400
    assert requests.post(webhook, json=challenge, timeout=30).status_code == 400


def test_by_webhook_begins_with_what_waits_and_leaves_what_others_signed_for_or_took_back(
        people: People, run: Run) -> None:
    done = case_with(people, "add-material", "issue-letter", "deliver", "sign-receipt")
    taken_back = case_with(people, "add-material", "issue-letter", "deliver", "withdraw")
    waiting = case_with(people, "add-material", "issue-letter", "deliver")
    example = run("by_webhook.py", agency=ENFORCEMENT, WEBHOOK_SECRETS=SECRET, PORT=str(free_ports(1)))
    example.says(f"{waiting.id} 已签收，待审查")
    assert state(people, waiting) == "received"
    assert done.id not in example.out and taken_back.id not in example.out and "未能签收" not in example.out


def test_by_webhook_signs_for_what_was_delivered_though_a_call_was_lost(people: People, webhook: str) -> None:
    """The last event alone is told; the delivery before it is read from the feed."""
    before = len(items(people, ENFORCEMENT))
    case = case_with(people, "add-material", "issue-letter", "deliver")
    told = items(people, ENFORCEMENT)[before:]
    assert len(told) > 3
    for item in (told[-1], told[-1], told[0]):
        assert call(webhook, item).status_code == 200
    until(lambda: state(people, case) == "received", "the receipt")


def test_the_examples_and_the_kit_know_the_services(suite: Process) -> None:
    from liandong.places import SERVICES as BUILT
    assert sorted(SERVICES) == sorted(BUILT)


def test_positions_of_a_feed_chain(people: People) -> None:
    """What all examples rest on: each item names the one before it."""
    told = items(people, HOUSING)
    assert all(before["position"] == after["prev"] for before, after in itertools.pairwise(told))
