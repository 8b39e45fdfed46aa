"""Every clock of the sample city's rulebook runs, lights up and explains itself."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.deadlines.counting import CALENDAR_DAYS
from shared.deadlines.rules import apply, explain, light
from shared.kernel.clock import end_of
from shared.rulebook.loader import load
from shared.rulebook.model import Clock
from tests.deadlines.builders import CALENDAR, after, happened

CITY = Path(__file__).resolve().parent.parent.parent / "deploy" / "cities" / "rongcheng"
RULEBOOK = load(CITY / "rulebook.yaml")
ON = date(2025, 9, 29)


@pytest.mark.parametrize("clock", RULEBOOK.clocks.values(), ids=lambda clock: clock.id)
def test_every_clock_runs_from_its_start_over_yellow_to_red_and_says_why(clock: Clock) -> None:
    facts = {clock.item: "one", **_dates(clock.starts[0])}
    changes = apply(RULEBOOK, CALENDAR, (), happened(clock.starts[0], ON, facts=facts))
    deadline = next(each.deadline for each in changes if each.deadline.clock == clock.id)
    assert deadline.started_on >= ON and deadline.yellow_at < deadline.due_at <= end_of(_last(clock))
    lights = [light(deadline, instant) for instant in (deadline.yellow_at, deadline.due_at)]
    assert lights == ["yellow", "red"] or deadline.state == "met"
    explained = explain(deadline, RULEBOOK, CALENDAR)
    assert explained.data["current"] and "应于" in explained.zh
    assert ("内部时限" in explained.zh, "方案自定日期" in explained.zh) == (clock.source.internal, clock.source.plan)
    assert deadline.statutory == clock.source.statutory
    assert after(changes).case == deadline.case


def _last(clock: Clock) -> date:
    """By when it is due at the latest: days of the calendar run through all else, the others end with the winter."""
    days = clock.amount.value if clock.amount.unit == CALENDAR_DAYS else 0
    return max(date(2026, 3, 1), ON + timedelta(days=days))


def _dates(event: str) -> dict[str, date]:
    """What the clocks that the event starts count from or run to."""
    started = [clock for clock in RULEBOOK.clocks.values() if event in clock.starts]
    return {clock.counts_from: ON for clock in started if clock.counts_from} | {
        clock.amount.until: ON + timedelta(days=20) for clock in started if clock.amount.until}
