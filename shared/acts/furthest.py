"""A day further ahead than anybody plans is a slip of the pen, and would hold up what waits for it. One that lies as
far back may be one, and may be true: the officer is told. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from shared.kernel.errors import Refusal
from shared.rulebook.model import Rulebook

LONG_AGO = Refusal("LONG_AGO", "{title}{day}早于办理之日{most}日以上，请核对年份；确属如此的照此办理，写错的可以更正。",
                   "{day} lies more than {most} days before the act ({field}): look at its year. Where it is true it "
                   "stands; where not it can be corrected.", "internal", 200)


def near(day: date, since: date, rulebook: Rulebook, refusal: Refusal) -> tuple[bool, Refusal]:
    """A row for `demand`: the day lies no further after the other than the rulebook's `furthest_days`."""
    most = int(rulebook.setting("furthest_days"))
    return day <= since + timedelta(days=most), refusal.filled(most=most)


def long_ago(day: date | None, now: date, rulebook: Rulebook, field: str, title: str) -> Iterator[Refusal]:
    """A warning where the day lies further before that of the act, `now`, than the rulebook's `long_ago_days`. `field`:
    where it was sent; `title`: what it is called."""
    most = int(rulebook.setting("long_ago_days"))
    if day is not None and day < now - timedelta(days=most):
        yield LONG_AGO.filled(day=day, most=most, field=field, title=title).at(field)
