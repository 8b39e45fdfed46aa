"""Standard Webhooks: the secrets of a webhook, and what proves that a call is Liandong's. Pure.

A secret is `whsec_` and the base64 of 32 random bytes. A call has three headers: `webhook-id`, the event's id, the same
however often it is sent; `webhook-timestamp`, when this call was made; `webhook-signature`, one `v1,<base64>` for each
secret that holds, of HMAC-SHA256 over `<id>.<timestamp>.<body>`.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence

PREFIX, VERSION = "whsec_", "v1"
BYTES = 32
CHALLENGE = "liandong.webhook.challenge.v1"


def new_secret() -> str:
    """A secret that nobody had before."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed(keys: Sequence[str], id: str, at: int, body: bytes) -> Mapping[str, str]:
    """The headers of a call. `keys`: the secrets that hold, newest first; `at`: seconds since 1970."""
    content = b".".join((id.encode(), str(at).encode(), body))
    return {"webhook-id": id, "webhook-timestamp": str(at),
            "webhook-signature": " ".join(f"{VERSION},{_signature(key, content)}" for key in keys)}


def _signature(key: str, content: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(raw, content, hashlib.sha256).digest()).decode()


def challenge(token: str) -> bytes:
    """The body of the call that tries an address."""
    return json.dumps({"type": CHALLENGE, "challenge": token}).encode()


def given_back(token: str, body: bytes) -> bool:
    """Whether an answer's body is `{"challenge": token}`."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    found = said.get("challenge") if isinstance(said, dict) else None
    return isinstance(found, str) and hmac.compare_digest(found.encode("utf-8", "replace"), token.encode())
