"""A pause that came too late by a wrong date is made up by the right one, and one that came in time no more ends."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from shared.deadlines.correcting import Redated, redate
from shared.deadlines.model import Change, Deadline
from shared.deadlines.rules import apply, fire, light, next_look, reproject
from shared.rulebook.model import Clock
from tests.deadlines.builders import (
    CALENDAR,
    DECISION,
    LETTER,
    RULEBOOK,
    URGENT,
    after,
    at,
    happened,
    kinds,
    published,
    started,
)

D = date
NOTICE = D(2025, 9, 29)                # the third working day after it is 10 October
DUE, LATE = D(2025, 10, 10), D(2025, 10, 14)
TODAY = D(2025, 10, 20)


def breached(clock: Clock = LETTER, on: date = NOTICE) -> Deadline:
    deadline = started(clock, on)
    while change := fire(deadline, at(D(2026, 3, 1))):
        deadline = change.deadline
    assert deadline.breached
    return deadline


def done(deadline: Deadline, event: str, on: date, hour: int = 12) -> Deadline:
    return after(apply(RULEBOOK, CALENDAR, (deadline,), happened(event, on, at=at(on, hour))))


def redated(event: str, was: date, on: date, was_at: datetime | None = None,
            right_at: datetime | None = None) -> Redated:
    return Redated("the-entry", event, on, right_at or at(on, 12), was, was_at or at(was, 12))


def judged(deadline: Deadline, right: Redated) -> tuple[Change, ...]:
    return redate(RULEBOOK, CALENDAR, (deadline,), right, TODAY)


def test_a_pause_that_came_too_late_is_made_up_from_its_right_day_and_the_breach_withdrawn() -> None:
    late = done(breached(), "transfer.disputed", LATE)
    changes = judged(late, redated("transfer.disputed", LATE, DUE))
    right = after(changes)
    assert (kinds(changes), right.state, right.generation) == (["corrected"], "paused", 2)
    assert changes[0].data["withdrawn"] == {"kind": "breached", "generation": 1}
    assert changes[0].why == "更正：时限自2025年10月10日起暂停，撤回原逾期记录。"
    assert not right.breached and next_look(right) is None
    resumed = done(right, "transfer.returned", D(2025, 10, 20))
    assert (resumed.due_on, light(resumed, at(D(2025, 10, 20)))) == (D(2025, 10, 21), "green")


def test_a_pause_whose_right_day_is_too_late_as_well_holds_nothing() -> None:
    late = done(breached(), "transfer.disputed", LATE)
    changes = judged(late, redated("transfer.disputed", LATE, D(2025, 10, 11)))
    assert (after(changes).state, after(changes).breached, changes[0].data["withdrawn"]) == ("open", True, {})


def test_a_pause_that_has_ended_is_made_up_too() -> None:
    ended = done(done(breached(), "transfer.disputed", LATE), "transfer.returned", D(2025, 10, 20))
    changes = judged(ended, redated("transfer.disputed", LATE, DUE))
    assert (after(changes).state, after(changes).due_on) == ("open", D(2025, 10, 21))
    assert changes[0].data["withdrawn"] == {"kind": "breached", "generation": 1}


@pytest.mark.parametrize("met, late", [(D(2025, 10, 21), False), (D(2025, 10, 22), True)])
def test_what_was_met_late_after_a_pause_that_came_too_late_is_judged_with_it(met: date, late: bool) -> None:
    ended = done(done(breached(), "transfer.disputed", LATE), "transfer.returned", D(2025, 10, 20))
    answered = done(ended, "transfer.letter_issued", met)
    assert answered.late
    assert after(judged(answered, redated("transfer.disputed", LATE, DUE))).late is late


def test_what_was_met_while_a_pause_made_up_held_is_not_late() -> None:
    answered = done(done(breached(), "transfer.disputed", LATE), "transfer.letter_issued", D(2025, 10, 16))
    assert answered.late
    assert after(judged(answered, redated("transfer.disputed", LATE, DUE))).late is False


def test_a_later_start_shows_that_a_pause_came_in_time() -> None:
    late = done(breached(), "transfer.disputed", LATE)
    start = replace(redated("transfer.announced", NOTICE, D(2025, 10, 10)), entry=late.started_by)
    changes = judged(late, start)
    assert (after(changes).state, after(changes).started_on) == ("paused", D(2025, 10, 10))
    assert "时限自2025年10月14日起暂停" in changes[0].why and "撤回原逾期记录" in changes[0].why


def test_a_later_holiday_shows_that_a_pause_came_in_time() -> None:
    """Whatever moves the last day: the pause is a fact, whether it came in time is computed."""
    late = done(breached(), "transfer.disputed", D(2025, 10, 11))
    moved = reproject(late, RULEBOOK, published(CALENDAR, 2025, {D(2025, 10, 9): "台风停工"}))
    assert moved is not None
    assert (moved.deadline.state, moved.deadline.due_on, moved.kind) == ("paused", D(2025, 10, 11), "corrected")


def test_a_pause_that_came_in_time_by_a_wrong_day_only_ends() -> None:
    stopped = done(started(LETTER, NOTICE), "transfer.disputed", DUE)
    changes = judged(stopped, redated("transfer.disputed", DUE, LATE))
    assert (after(changes).state, changes[0].why) == ("open", "更正：暂停之前期限已经届满，不再暂停。")
    again = after(judged(after(changes), redated("transfer.disputed", LATE, DUE)))
    assert again.state == "paused"


def test_causes_are_counted_in_a_pause_that_came_too_late() -> None:
    """A dispute, in it the police: the right day of the first finds both, and the last that ends ends it."""
    held = done(done(breached(), "transfer.disputed", LATE), "transfer.disputed", D(2025, 10, 15))
    half = done(held, "transfer.returned", D(2025, 10, 16))
    right = after(judged(half, redated("transfer.disputed", LATE, DUE)))
    assert right.state == "paused"
    assert done(right, "transfer.returned", D(2025, 10, 20)).due_on == D(2025, 10, 21)


def test_calendar_days_and_hours_are_made_up_likewise() -> None:
    year = breached(DECISION)
    assert year.due_on == D(2025, 12, 28)
    late = done(year, "transfer.disputed", D(2025, 12, 30))
    right = after(judged(late, redated("transfer.disputed", D(2025, 12, 30), D(2025, 12, 28))))
    assert right.state == "paused"
    urgent = started(URGENT, NOTICE, at=at(NOTICE, 9))                          # until 13:00
    late = done(urgent, "sharing.held", NOTICE, 14)
    assert late.state == "open"
    ended = done(late, "sharing.went_on", NOTICE, 16)
    assert ended.due_at == at(NOTICE, 13)
    right = after(judged(ended, redated("sharing.held", NOTICE, NOTICE, at(NOTICE, 14), at(NOTICE, 12))))
    assert right.due_at == at(NOTICE, 17)


def test_a_cancelled_one_stays_cancelled_but_a_breach_that_never_was_one_is_withdrawn() -> None:
    late = replace(done(breached(), "transfer.disputed", LATE), state="cancelled")
    changes = judged(late, redated("transfer.disputed", LATE, DUE))
    assert (after(changes).state, changes[0].data["state"]) == ("cancelled", "cancelled")
    assert not after(changes).breached
    assert changes[0].data["withdrawn"] == {"kind": "breached", "generation": 1}
    still = judged(late, redated("transfer.disputed", LATE, D(2025, 10, 11)))
    assert (kinds(still), after(still).state, after(still).breached) == (["noted"], "cancelled", True)
    never = replace(done(started(LETTER, NOTICE), "transfer.disputed", LATE), state="cancelled")
    noted = judged(never, redated("transfer.disputed", LATE, DUE))
    assert (kinds(noted), after(noted).state, after(noted).pauses[0].since_on) == (["noted"], "cancelled", DUE)
