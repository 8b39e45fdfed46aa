"""Headers that make a request safe to send again, and tell which revision it was made for."""

import re
from typing import NamedTuple

from flask import Response, request

from shared.kernel.errors import Refusal, Refused

KEY_MISSING = Refusal(
    "KEY_MISSING",
    "请在 Idempotency-Key 中给出本次请求的唯一编号，重试时使用同一编号。",
    "Give this request a unique Idempotency-Key, and the same one when you send it again.",
    "internal",
    400,
    "Idempotency-Key",
)
BAD_KEY = Refusal("KEY_BAD", "Idempotency-Key 应当是 1 至 128 个可见的 ASCII 字符。",
                  "An Idempotency-Key is 1 to 128 visible ASCII characters.", "internal", 400, "Idempotency-Key")
BAD_IF_MATCH = Refusal("IF_MATCH_BAD", "If-Match 应当是版本号，如 \"3\"。",
                       "If-Match must be one revision of the case, such as \"3\".", "internal", 400, "If-Match")

_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_REVISION = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class Conditions(NamedTuple):
    """What the headers of an act say."""

    key: str
    if_match: int | None


def conditions() -> Conditions:
    """Raises Refused (400) for a missing or malformed header; a missing If-Match is the act's own matter."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise Refused(KEY_MISSING)
    if not _KEY.fullmatch(key):
        raise Refused(BAD_KEY)
    given = request.headers.get("If-Match", "").strip()
    found = _REVISION.fullmatch(given)
    if given and not found:
        raise Refused(BAD_IF_MATCH)
    return Conditions(key, int(found[1]) if found else None)


def tagged(answer: Response, revision: int) -> Response:
    """The answer with the case's revision as its ETag."""
    answer.headers["ETag"] = f'"{revision}"'
    return answer
