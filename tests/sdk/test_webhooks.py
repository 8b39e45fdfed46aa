"""Webhooks: whose call it is, and nobody else's."""

import json
from typing import Any

import pytest
from liandong_client import NotVerified
from liandong_client.webhooks import CHALLENGE, Webhook

from tests.sdk.faking import text_of

ONE, OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = 1_767_225_600
BODY = json.dumps({"position": 7, "prev": 3, "epoch": "e1", "body": text_of(7)}, ensure_ascii=False).encode()


def webhook(*secrets: str, now: float = NOW, **more: Any) -> Webhook:
    return Webhook(*(secrets or (ONE,)), now=lambda: now, **more)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries."""
    headers = Webhook(ONE).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', 1614265330)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_event_comes_with_its_place() -> None:
    event = webhook().receive({name.title(): value for name, value in webhook().sign("m1", BODY).items()}, BODY)
    assert event is not None
    assert (event.key, event.position, event.prev, event.epoch) == ("transfer.announced", 7, 3, "e1")


def test_while_a_secret_is_rotated_both_hold() -> None:
    for sender, receiver in (((ONE, OTHER), (OTHER,)), ((ONE, OTHER), (ONE,)), ((OTHER,), (ONE, OTHER))):
        assert webhook(*receiver).receive(webhook(*sender).sign("m1", BODY), BODY)
    with pytest.raises(NotVerified, match="no webhook-signature holds"):
        webhook(ONE).receive(webhook(OTHER).sign("m1", BODY), BODY)


@pytest.mark.parametrize("change", [
    {"webhook-id": "m2"}, {"webhook-id": ""}, {"webhook-timestamp": str(NOW + 1)}, {"webhook-timestamp": "now"},
    {"webhook-timestamp": "-1"}, {"webhook-timestamp": "９"}, {"webhook-signature": ""}, {"webhook-signature": "v1,"},
    {"webhook-signature": "v1,é"}])
def test_what_was_changed_does_not_hold(change: dict[str, str]) -> None:
    with pytest.raises(NotVerified):
        webhook().verify({**webhook().sign("m1", BODY), **change}, BODY)


def test_a_changed_body_another_version_and_no_headers_do_not_hold() -> None:
    signed = webhook().sign("m1", BODY)
    for headers, body in ((signed, BODY + b" "), ({}, BODY),
                          ({**signed, "webhook-signature": signed["webhook-signature"].replace("v1,", "v2,")}, BODY)):
        with pytest.raises(NotVerified):
            webhook().verify(headers, body)


@pytest.mark.parametrize("after, holds", [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_an_old_call_and_one_from_the_future_do_not_hold(after: int, holds: bool) -> None:
    receiver, signed = webhook(now=NOW + after), webhook().sign("m1", BODY)
    if holds:
        receiver.verify(signed, BODY)
    else:
        with pytest.raises(NotVerified, match="too far"):
            receiver.verify(signed, BODY)


def test_other_signatures_beside_the_right_one_do_no_harm() -> None:
    signed = webhook().sign("m1", BODY)
    webhook().verify({**signed, "webhook-signature": f"v1a,xyz v1,AAAA {signed['webhook-signature']}"}, BODY)


def test_the_challenge_is_given_back_and_is_no_event() -> None:
    body = json.dumps({"type": CHALLENGE, "challenge": "r4nd0m"}).encode()
    assert webhook().receive(webhook().sign("m1", body), body) is None
    assert json.loads(webhook().challenge_answer(body)) == {"challenge": "r4nd0m"}
    with pytest.raises(NotVerified):
        webhook().receive(webhook(OTHER).sign("m1", body), body)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"position": 1, "prev": 0, "epoch": "e", "body": "{}"}'])
def test_a_signed_body_that_is_no_event_is_none(text: str) -> None:
    with pytest.raises(NotVerified):
        webhook().receive(webhook().sign("m1", text.encode()), text.encode())


@pytest.mark.parametrize("secrets", [(), ("whsec_***",)])
def test_a_webhook_without_a_right_secret_is_not_made(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(*secrets)
