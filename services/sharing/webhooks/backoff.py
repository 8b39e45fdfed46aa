"""How long a webhook is left alone after a call that was not taken. Pure.

The pause grows with each failure on end. A receiver that says when to come again (Retry-After with 429 or 503) is
heeded: not called before then, but never sooner than the growing pause would, and never later than its longest.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DELAYS = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 21600)      # seconds between tries, the last for ever
JITTER = 0.2                            # of a delay, more or less
HEEDED = frozenset({429, 503})          # RFC 6585, RFC 9110 15.6.4: what says when to come again
_SECONDS = re.compile(r"[0-9]{1,9}")


def asked(status: int, retry_after: str, now: datetime) -> float:
    """The seconds for which an answer asks to be left alone; 0 where it asks for nothing, or not in a form of RFC 9110
    10.2.3: whole seconds or a date."""
    text = retry_after.strip()
    if status not in HEEDED or not text:
        return 0.0
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)        # -0000: no zone said, which is UTC
    return max(0.0, (at - now).total_seconds())


def pause(failures: int, chance: float, asks: float = 0.0) -> float:
    """Seconds until the next try. `failures`: on end before this one; `chance`: in [0, 1), so that not all come again
    at once; `asks`: for how long the receiver asks to be left alone."""
    spread = JITTER * (2 * chance - 1)
    own, longest = (DELAYS[min(number, len(DELAYS) - 1)] * (1 + spread) for number in (failures, len(DELAYS)))
    return min(max(own, asks), longest)
