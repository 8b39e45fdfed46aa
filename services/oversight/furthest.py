"""A day further ahead than anybody plans is a slip of the pen, and would hold up what waits for it. Pure."""

from datetime import date, timedelta

from shared.errors import Refusal
from shared.rulebook.model import Rulebook


def near(day: date, since: date, rulebook: Rulebook, refusal: Refusal) -> tuple[bool, Refusal]:
    """A row for `demand`: the day lies no further after the other than the rulebook's `furthest_days`."""
    most = int(rulebook.setting("furthest_days"))
    return day <= since + timedelta(days=most), refusal.filled(most=most)
