"""The situations hold, and each proves what it says: it fails when that guard or clock is taken out."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from services.transfer.domain import ACTS, STATES
from services.transfer.refusals import REFUSALS, WARNINGS
from shared.acts.corrections import REFUSALS as CORRECTING
from shared.acts.model import NOT_BY_MACHINE, RANK_TOO_LOW, WRONG_PARTY, WRONG_STATE
from shared.clock import day_of
from shared.deadlines.counting import HOURS
from shared.rulebook.model import Clock
from tests.situations.city import calendar, rulebook
from tests.situations.reading import proved, situations
from tests.situations.runner import Run, play

KEYS = {"title", "article", "proves", "given", "steps", "then"}
KERNEL = (WRONG_PARTY, RANK_TOO_LOW, NOT_BY_MACHINE, WRONG_STATE)
PROOFS = [
    pytest.param(name, guard, id=f"{name}-{guard}") for name, row in situations().items() for guard in proved(row)
]


@cache
def played(name: str) -> Run:
    try:
        return play(situations()[name])
    except AssertionError as wrong:
        wrong.add_note(situations()[name]["title"])
        raise


@pytest.mark.parametrize("name", list(situations()))
def test_it_holds(name: str) -> None:
    played(name)


@pytest.mark.parametrize(("name", "proof"), PROOFS)
def test_it_fails_when_what_it_proves_is_taken_out(name: str, proof: str) -> None:
    removed = {"without_clock": proof} if "." in proof else {"without_guard": proof}
    with pytest.raises(AssertionError):
        play(situations()[name], **removed)


def test_every_situation_has_a_title_of_its_own_an_article_and_no_unknown_key() -> None:
    titles = [situation["title"] for situation in situations().values()]
    assert len(titles) == len(set(titles))
    for situation in situations().values():
        assert {"title", "article", "steps"} <= set(situation) <= KEYS, situation["title"]


def test_every_refusal_and_warning_of_the_chapter_is_proved() -> None:
    named = {name for situation in situations().values() for name in proved(situation)}
    assert {refusal.code for refusal in (*REFUSALS, *WARNINGS, *KERNEL, *CORRECTING)} - named == set()


def test_what_is_proved_exists() -> None:
    known = {refusal.code for refusal in (*REFUSALS, *WARNINGS, *KERNEL, *CORRECTING)}
    assert {name for situation in situations().values() for name in proved(situation)} <= known | set(rulebook().clocks)


def test_every_act_is_done_in_a_situation_and_refused_to_others_and_elsewhere() -> None:
    steps = [step for situation in situations().values() for step in situation["steps"] if "act" in step]
    done = {step["act"] for step in steps if not step.get("refused")}
    assert {act.name for act in ACTS} - done == set()
    for code, acts in (("WRONG_PARTY", {act.name for act in ACTS if not act.opens}),
                       ("WRONG_STATE", {act.name for act in ACTS if not act.opens and act.states != frozenset(STATES)}),
                       ("RANK_TOO_LOW", {act.name for act in ACTS if act.rank > 1})):
        refused = {step["act"] for step in steps if code in step.get("refused", ())}
        assert acts - refused == set(), code


def built() -> list[Clock]:
    """The clocks that acts of this chapter start."""
    events = {f"transfer.{event}" for act in ACTS for event in act.events}
    return [clock for clock in rulebook().clocks.values() if events & set(clock.starts)]


@pytest.mark.parametrize("clock", built(), ids=lambda clock: clock.id)
def test_a_clock_is_seen_the_day_before_on_the_day_and_after_it(clock: Clock) -> None:
    seen = {(day - due).days for due, day in looks(clock.id) if due is not None}
    assert 0 in seen and min(seen) < 0 < max(seen), seen


@pytest.mark.parametrize(
    "clock", [clock for clock in built() if clock.amount.unit != HOURS], ids=lambda clock: clock.id
)
def test_a_clock_is_counted_over_make_up_days_spring_festival_and_into_an_unknown_year(clock: Clock) -> None:
    why = {day.why for run in runs_of(clock.id) for day in days_of(run, clock.id)}
    assert any("调休上班" in each for each in why)
    assert any("春节" in each for each in why)
    assert any("暂定" in each for each in why)


def runs_of(clock: str) -> list[Run]:
    runs = [played(name) for name, situation in situations().items() if clock in proved(situation)]
    return [run for run in runs if any(each.clock == clock for each in run.deadlines.values())]


def looks(clock: str) -> Iterator[tuple[Any, Any]]:
    for run in runs_of(clock):
        yield from (
            (day_of(run.of(clock).due_at) if run.of(clock).unit == HOURS else run.of(clock).due_on, day)
            for name, day in run.looks
            if name == clock
        )


def days_of(run: Run, clock: str) -> tuple[Any, ...]:
    """The days a deadline ran over, with the reason why each counts or does not."""
    deadline = run.of(clock)
    assert deadline.due_on is not None
    length = (deadline.due_on - deadline.started_on).days
    return tuple(calendar().day(type(deadline.started_on).fromordinal(deadline.started_on.toordinal() + number))
                 for number in range(1, length + 1))


def test_every_state_is_reached() -> None:
    reached = {
        row["state"] for situation in situations().values() for row in situation.get("then", ()) if "state" in row
    }
    assert reached == set(STATES.values())
