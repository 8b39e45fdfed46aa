"""Counting against an oracle that goes through the days one by one, as a clerk would with a calendar on the wall."""

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.deadlines.rules import Deadline, apply, fire, light, next_look, reproject
from shared.rulebook.model import Amount
from tests.deadlines.builders import CALENDAR, LETTER, RULEBOOK, after, at, happened, published, rulebook, started

ONE_DAY = timedelta(days=1)
days = st.dates(date(2021, 1, 1), date(2026, 10, 1))
amounts = st.integers(1, 30)


def letter(amount: int, yellow: int = 1):
    return replace(LETTER, amount=Amount("working_days", amount), yellow=Amount("working_days", yellow))


def oracle(start: date, amount: int, stood: frozenset[date] = frozenset()) -> date:
    day = start
    while amount:
        day += ONE_DAY
        amount -= chinese_calendar.is_workday(day) and day not in stood
    return day


@given(days, amounts)
def test_working_days_are_those_of_the_published_calendar(start, amount):
    deadline = started(letter(amount), start)
    assert deadline.due_on == oracle(start, amount)
    assert deadline.due_at == at(deadline.due_on + ONE_DAY)


@given(days, amounts, st.integers(1, 5))
def test_yellow_begins_when_that_many_working_days_are_left(start, amount, yellow):
    deadline = started(letter(amount, yellow), start)
    after_start = [start + ONE_DAY * number for number in range(1, (deadline.due_on - start).days + 1)]
    left = [day for day in after_start if chinese_calendar.is_workday(day) and at(day) >= deadline.yellow_at]
    assert len(left) == min(amount, yellow)


@given(days, amounts, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), max_size=3))
@settings(max_examples=60)
def test_pauses_take_their_days_out_and_no_others(start, amount, spans):
    law, stood, day = rulebook(letter(amount)), set(), start
    deadline = started(letter(amount), start)
    for before, long in spans:
        since, day = day + before * ONE_DAY, day + (before + long) * ONE_DAY
        if since > deadline.due_on:
            break
        deadline = after(apply(law, CALENDAR, (deadline,), happened("transfer.disputed", since)))
        deadline = after(apply(law, CALENDAR, (deadline,), happened("transfer.returned", day)))
        if long:
            stood |= {since + ONE_DAY * number for number in range(long + 1)}
        day += ONE_DAY
    if deadline.due_on <= date(2026, 12, 31):
        assert deadline.due_on == oracle(start, amount, frozenset(stood))


@given(days, st.integers(0, 60), st.integers(1, 400))
@settings(max_examples=60)
def test_it_fires_what_its_light_says_and_looks_again_at_the_very_instant(start, later, hours):
    """Whenever the ticker comes by, what has fired is what the light shows; between two looks nothing could."""
    deadline, now = started(letter(5, 2), start), at(start, 9)
    for instant in (now + timedelta(days=later), now + timedelta(days=later, hours=hours)):
        look = next_look(deadline)
        assert (look is None or look > instant) == (fire(deadline, instant) is None)
        while change := fire(deadline, instant):
            deadline = change.deadline
        assert (deadline.warned, deadline.breached) == {
            "green": (False, False), "yellow": (True, False), "red": (True, True)}[light(deadline, instant)]


def _facts(deadline: Deadline) -> tuple[object, ...]:
    return deadline.due_on, deadline.due_at, deadline.yellow_at, deadline.provisional


@given(st.dates(date(2026, 11, 20), date(2027, 2, 1)), amounts,
       st.sets(st.dates(date(2027, 1, 4), date(2027, 3, 1)), max_size=4))
@settings(max_examples=60)
def test_computed_anew_it_is_as_if_it_had_been_started_then(start, amount, off):
    """The year is published after the start: the deadline ends as one that is started with the year known."""
    calendar = published(CALENDAR, 2027, dict.fromkeys(off, "放假"))
    law = rulebook(letter(amount))
    before, known = started(letter(amount), start), started(letter(amount), start, calendar=calendar)
    change = reproject(before, law, calendar)
    assert _facts(change.deadline if change else before) == _facts(known)
    assert (change is None) == (_facts(before) == _facts(known))
    assert change is None or reproject(change.deadline, law, calendar) is None


@given(st.lists(st.tuples(st.sampled_from(["announced", "rerouted", "letter_issued", "disputed", "returned", "fire"]),
                          st.integers(0, 9)), max_size=12))
@settings(max_examples=80)
def test_no_sequence_of_events_and_times_fires_a_kind_twice_in_a_generation(steps):
    law = rulebook(replace(LETTER, restarts=True))
    everything: dict[str, Deadline] = {}
    seen: set[tuple[str, int, str]] = set()
    day = date(2025, 9, 25)
    for number, (what, later) in enumerate(steps):
        day += later * ONE_DAY
        if what == "fire":
            for deadline in tuple(everything.values()):
                while change := fire(deadline, at(day, 9)):
                    instant = change.deadline.yellow_at if change.kind == "warned" else change.deadline.due_at
                    assert at(day, 9) >= instant
                    assert (deadline.id, deadline.generation, change.kind) not in seen
                    seen.add((deadline.id, deadline.generation, change.kind))
                    deadline = change.deadline
                everything[deadline.id] = deadline
            continue
        for change in apply(law, CALENDAR, everything.values(), happened(f"transfer.{what}", day, entry=str(number))):
            known = everything.get(change.deadline.id)
            assert known is None or change.deadline.generation >= known.generation
            everything[change.deadline.id] = change.deadline
        assert sum(deadline.live for deadline in everything.values()) <= 1


def test_the_rulebook_of_the_builders_holds_every_unit():
    units = {clock.amount.unit for clock in RULEBOOK.clocks.values()}
    assert units == {"working_days", "calendar_days", "hours", "until"}
