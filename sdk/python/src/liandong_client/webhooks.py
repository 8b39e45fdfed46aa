"""Webhooks by Standard Webhooks: is it Liandong who calls, and what does it say."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from liandong_client.errors import NotVerified
from liandong_client.events import Event, event_of_item
from liandong_client.feed import Reader
from liandong_client.inbox import Inbox

CHALLENGE = "liandong.webhook.challenge.v1"
PREFIX, VERSION = "whsec_", "v1"
TOLERANCE = 300.0       # seconds that the sender's clock and this one may differ


class Webhook:
    """Verifies calls against one's secrets: while a secret is rotated two of them hold.

    `event = webhook.receive(headers, body)` is the event; or None for the call that tries the address at registration,
    which is answered with `challenge_answer`. `answer` does all of it.
    """

    def __init__(self, *secrets: str, tolerance: float = TOLERANCE, now: Callable[[], float] = time.time) -> None:
        if not secrets:
            raise ValueError("a webhook needs its secret")
        self._keys = tuple(_key(secret) for secret in secrets)
        self._tolerance, self._now = tolerance, now

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raises NotVerified unless a signature of one of the secrets holds for this body and the time is about now.
        `body` is what came over the wire, to the byte."""
        told = {name.lower(): value for name, value in headers.items()}
        id, stamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
        if not (id and stamp.isascii() and stamp.isdigit()):
            raise NotVerified("webhook-id or webhook-timestamp is missing")
        if abs(self._now() - int(stamp[:15])) > self._tolerance:
            raise NotVerified("webhook-timestamp is too far from this machine's time")
        given = [each.partition(",") for each in told.get("webhook-signature", "").split()]
        signed = [signature.encode() for version, _, signature in given if version == VERSION]
        wanted = [_signature(key, id, stamp, body).encode() for key in self._keys]
        # every pair is compared, each in constant time: how long it takes tells nothing
        if not sum(hmac.compare_digest(one, other) for one in signed for other in wanted):
            raise NotVerified("no webhook-signature holds")

    def receive(self, headers: Mapping[str, str], body: bytes) -> Event | None:
        """The event of a call; None where it is the challenge of a registration. Raises NotVerified."""
        self.verify(headers, body)
        told = _json(body)
        if told.get("type") == CHALLENGE:
            return None
        try:
            return event_of_item(told)
        except ValueError as wrong:
            raise NotVerified(str(wrong)) from wrong

    def answer(self, headers: Mapping[str, str], body: bytes, feeds: Reader, inbox: Inbox) -> tuple[int, bytes]:
        """The status and the JSON to answer a call with, once its event is handled; what is missing before it is read
        from the feeds first. What the handler raises is raised: answer 500 then, and the call comes again. Calls that
        come at once are for one thread after the other: a subscription sends one at a time."""
        try:
            event = self.receive(headers, body)
        except NotVerified as foreign:
            return 400, json.dumps({"error": str(foreign)}).encode()
        if event is None:
            return 200, self.challenge_answer(body)
        feeds.take(inbox, (event,))
        return 200, b"{}"

    def challenge_answer(self, body: bytes) -> bytes:
        """What to answer to the challenge that `receive` let through, as application/json with status 200."""
        return json.dumps({"challenge": str(_json(body).get("challenge", ""))}).encode()

    def sign(self, id: str, body: bytes, at: int | None = None) -> dict[str, str]:
        """The headers of a call as Liandong sends it, signed with every secret: for tests of one's own system."""
        stamp = str(int(self._now()) if at is None else at)
        signatures = (f"{VERSION},{_signature(key, id, stamp, body)}" for key in self._keys)
        return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": " ".join(signatures)}


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"a webhook's secret is {PREFIX} and base64") from None


def _signature(key: bytes, id: str, stamp: str, body: bytes) -> str:
    signed = hmac.new(key, b".".join((id.encode(), stamp.encode(), body)), hashlib.sha256).digest()
    return base64.b64encode(signed).decode()


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotVerified("the body is no JSON object")
    return found
