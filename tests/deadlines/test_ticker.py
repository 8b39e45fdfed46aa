"""The ticker fires each once, never early: with three running, over a crash, after a two-day stop."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.deadlines import store
from shared.kernel.clock import HandClock
from tests.deadlines.builders import CALENDAR, CASE, LETTER, at, happened, published, rulebook
from tests.deadlines.conftest import Making

NOTICE = date(2025, 9, 29)
YELLOW, RED = at(date(2025, 10, 10)), at(date(2025, 10, 11))
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def letter(making: Making) -> Making:
    """A service with one case announced before the holiday: yellow on 10 October, red on the 11th."""
    making.learn(current=rulebook(LETTER))
    making.act(happened("transfer.announced", NOTICE))
    return making


def fired(making: Making, case: str = CASE) -> list[tuple[str, str]]:
    """The kinds fired in the case, in journal order, with the true day of each."""
    return [(entry.type, entry.occurred_on.isoformat()) for entry in making.told(case, "warned", "breached")]


def test_it_sleeps_until_the_next_instant_and_fires_at_it(letter: Making, clock: HandClock) -> None:
    ticker = letter.ticker()
    assert ticker.step() == (YELLOW - clock.now()).total_seconds()
    clock.move_to(YELLOW - MICROSECOND)
    assert ticker.step() == 1e-06 and fired(letter) == []
    clock.move_to(YELLOW)
    assert ticker.step() == 86400 and fired(letter) == [("deadline_warned", "2025-10-10")]
    clock.move_to(RED - MICROSECOND)
    ticker.step()
    assert len(fired(letter)) == 1
    clock.move_to(RED)
    assert ticker.step() is None
    assert fired(letter) == [("deadline_warned", "2025-10-10"), ("deadline_breached", "2025-10-11")]


def test_where_nothing_is_due_it_only_reads(letter: Making, clock: HandClock) -> None:
    """A write inside a write is refused."""
    ticker = letter.ticker()
    ticker.step()
    with letter.db.write():
        assert ticker.step() == (YELLOW - clock.now()).total_seconds()
        clock.move_to(YELLOW)
        with pytest.raises(RuntimeError, match="a write inside a write"):
            ticker.step()


def test_what_fires_is_the_suites_own_and_tells_whom_the_case_tells(letter: Making, clock: HandClock) -> None:
    clock.move_to(YELLOW)
    letter.ticker().step()
    entry = letter.told(CASE, "warned")[0]
    assert (entry.actor, entry.agency, entry.causation, entry.recorded_at) == ("suite", "", "", YELLOW)
    assert entry.data["warned"] is True and entry.data["breached"] is False
    with letter.db.read() as tx:
        assert {agency for agency in ("SFJ", "ZJJ", "CGJ") if any(
            each.position == entry.position for each in letter.journal.feed(tx, 0, 99, agency))} == {"SFJ", "ZJJ"}


def test_it_wakes_the_readers_only_when_it_wrote(letter: Making, clock: HandClock) -> None:
    rung: list[bool] = []
    ticker = letter.ticker(ring=lambda: rung.append(True))
    ticker.step()
    clock.move_to(YELLOW)
    ticker.step()
    ticker.step()
    assert rung == [True]


def test_after_a_two_day_stop_both_fire_in_order_on_their_days_and_are_recorded_now(
        letter: Making, clock: HandClock) -> None:
    clock.move_to(RED + timedelta(days=2))
    ticker = letter.ticker()
    ticker.step()
    ticker.step()
    letter.ticker().step()
    assert fired(letter) == [("deadline_warned", "2025-10-10"), ("deadline_breached", "2025-10-11")]
    assert {entry.recorded_at for entry in letter.told(CASE, "warned", "breached")} == {clock.now()}


def test_many_that_are_due_fire_in_the_order_of_their_instants_in_batches(making: Making, clock: HandClock) -> None:
    making.learn(current=rulebook(LETTER))
    making.act(*(happened("transfer.announced", NOTICE + timedelta(days=number % 2), case=f"case-{number}")
                 for number in range(25)))
    clock.move_to(at(date(2025, 10, 20)))
    making.ticker(batch=10).step()
    assert [len(fired(making, f"case-{number}")) for number in range(25)] == [2] * 25
    with making.db.read() as tx:
        first = [each.occurred_on for number in range(0, 25, 2)
                 for each in making.journal.of_stream(tx, f"case-{number}") if each.type == "deadline_warned"]
    assert set(first) == {date(2025, 10, 10)}


def test_three_tickers_at_once_fire_each_once(making: Making, clock: HandClock) -> None:
    making.learn(current=rulebook(LETTER))
    cases = [f"case-{number}" for number in range(60)]
    making.act(*(happened("transfer.announced", NOTICE, case=case) for case in cases))
    clock.move_to(RED)
    start, failed = threading.Barrier(3), []

    def run() -> None:
        try:
            start.wait(10)
            making.ticker(batch=7).step()
        except BaseException as failure:
            failed.append(failure)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert {case: fired(making, case) for case in cases} == {
        case: [("deadline_warned", "2025-10-10"), ("deadline_breached", "2025-10-11")] for case in cases}


def test_a_ticker_that_comes_too_late_by_a_moment_fires_nothing(letter: Making, clock: HandClock) -> None:
    """The conditional update itself, without the row lock before it: zero rows, someone else did it."""
    clock.move_to(YELLOW)
    with letter.db.write() as tx:
        seen = store.due(tx, YELLOW, 9)
    letter.ticker().step()
    change = store.rules.fire(seen[0], YELLOW)
    assert change is not None
    with letter.db.write() as tx:
        assert store.fired(tx, [change], YELLOW) == []


def test_an_act_that_moved_it_in_between_is_not_overrun(letter: Making, clock: HandClock) -> None:
    clock.move_to(YELLOW)
    with letter.db.write() as tx:
        change = store.rules.fire(store.due(tx, YELLOW, 9)[0], YELLOW)
    letter.act(happened("transfer.letter_issued", date(2025, 10, 10)))
    assert change is not None
    with letter.db.write() as tx:
        assert store.fired(tx, [change], YELLOW) == []
    letter.ticker().step()
    assert fired(letter) == []


def test_a_process_that_dies_before_its_commit_has_fired_nothing(letter: Making, clock: HandClock) -> None:
    """A real process, ended between the journal's statement and the commit."""
    clock.move_to(YELLOW)
    dies = Path(__file__).with_name("dies.py")
    ended = subprocess.run([sys.executable, str(dies), letter.db.url, letter.db.schema, YELLOW.isoformat()],
                           env={**os.environ, "PYTHONPATH": str(dies.parent.parent.parent)}, timeout=60, check=False)
    assert ended.returncode == 9
    assert fired(letter) == []
    letter.ticker().step()
    letter.ticker().step()
    assert fired(letter) == [("deadline_warned", "2025-10-10")]


def test_a_batch_that_fails_changes_nothing_and_the_next_step_does_it(letter: Making, clock: HandClock) -> None:
    clock.move_to(YELLOW)
    ticker = letter.ticker()
    ticker.audience = lambda tx, cases: 1 / 0           # type: ignore[assignment,return-value]
    with pytest.raises(ZeroDivisionError):
        ticker.step()
    ticker.audience = letter.audience
    ticker.step()
    assert fired(letter) == [("deadline_warned", "2025-10-10")]


def test_what_fired_stays_readable_when_a_back_entry_withdraws_it(letter: Making, clock: HandClock) -> None:
    clock.move_to(RED)
    letter.ticker().step()
    letter.act(happened("transfer.letter_issued", date(2025, 10, 10)))
    deadline = letter.all(CASE)[0]
    with letter.db.read() as tx:
        kept = store.firings(tx, [deadline.id])[deadline.id]
    assert [(each.generation, each.kind, each.occurred_on) for each in kept] == [
        (1, "warned", date(2025, 10, 10)), (1, "breached", date(2025, 10, 11))]
    assert (deadline.late, deadline.generation, deadline.breached) == (False, 2, False)
    entry = letter.told(CASE, "corrected")[0]
    assert entry.data["withdrawn"] == {"generation": 1, "kind": "breached"} and entry.data["why"].startswith("补录")


# Another calendar, another law

@pytest.fixture
def over_new_year(making: Making) -> Making:
    """Ten cases that reach into 2027, whose calendar is not published: provisionally due on 5 January."""
    making.learn(current=rulebook(LETTER))
    making.act(*(happened("transfer.announced", date(2026, 12, 30), case=f"case-{number}") for number in range(10)))
    making.act(happened("transfer.letter_issued", date(2027, 1, 6), case="case-9"))
    return making


def test_a_provisional_one_warns_never_breaches_and_breaches_once_the_year_is_known(
        over_new_year: Making, clock: HandClock) -> None:
    clock.move_to(at(date(2027, 2, 1)))
    ticker = over_new_year.ticker(batch=4)
    assert ticker.step() is None
    assert fired(over_new_year, "case-1") == [("deadline_warned", "2027-01-05")]
    over_new_year.learn(calendar=published(CALENDAR, 2027))
    ticker.step()
    assert fired(over_new_year, "case-1") == [("deadline_warned", "2027-01-05"), ("deadline_breached", "2027-01-06")]
    assert over_new_year.told("case-1", "moved")[0].data["why"].endswith("由暂定转为确定。")
    assert over_new_year.all("case-9")[0].late is True


def test_a_new_calendar_moves_each_once_and_tells_why_beforehand(over_new_year: Making, clock: HandClock) -> None:
    clock.move_to(at(date(2027, 1, 4)))
    calendar = published(CALENDAR, 2027, {date(2027, 1, 4): "元旦"})
    planned = over_new_year.ticker(batch=3).plan(calendar)
    assert {(change.data["was"]["due_on"], change.deadline.due_on) for change in planned} == {
        (date(2027, 1, 5), date(2027, 1, 6))}
    assert over_new_year.told("case-1", "moved") == []
    over_new_year.learn(calendar=calendar)
    tickers = [over_new_year.ticker(batch=3) for _ in range(3)]
    threads = [threading.Thread(target=ticker.step) for ticker in tickers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for number in range(10):
        entries = over_new_year.told(f"case-{number}", "moved")
        assert [entry.data["was"]["due_on"] for entry in entries] == ["2027-01-05"]
        assert entries[0].data["why"] in [change.why for change in planned if change.deadline.case == f"case-{number}"]
    assert over_new_year.all("case-9")[0].late is False
    assert over_new_year.ticker().plan(calendar) == ()


def test_what_an_act_started_by_the_law_before_while_the_law_changed_is_moved_too(
        over_new_year: Making, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.move_to(at(date(2027, 1, 4)))
    monkeypatch.setattr("shared.deadlines.ticker.SETTLING", 0.0)
    before = over_new_year.law
    over_new_year.learn(calendar=published(CALENDAR, 2027))
    after, waiting = over_new_year.law, over_new_year.ticker()
    waiting.step()
    over_new_year.law = before          # as the act had read it, which commits only now
    over_new_year.act(happened("transfer.announced", date(2026, 12, 30), case="case-late"))
    over_new_year.law = after
    assert over_new_year.all("case-late")[0].provisional
    waiting.step()
    assert not over_new_year.all("case-late")[0].provisional
    assert len(over_new_year.told("case-late", "moved")) == len(over_new_year.told("case-1", "moved")) == 1


def test_a_reprojection_that_was_cut_off_goes_on_where_it_was(over_new_year: Making, clock: HandClock) -> None:
    clock.move_to(at(date(2027, 1, 4)))
    over_new_year.learn(calendar=published(CALENDAR, 2027))
    ticker, batches = over_new_year.ticker(batch=3), []

    def audience(tx, cases):  # type: ignore[no-untyped-def]
        batches.append(cases)
        if len(batches) == 2:
            raise ConnectionError("cut off")
        return over_new_year.audience(tx, cases)

    ticker.audience = audience
    with pytest.raises(ConnectionError):
        ticker.step()
    ticker.step()
    assert [len(over_new_year.told(f"case-{number}", "moved")) for number in range(10)] == [1] * 10


def test_a_calendar_that_moves_nothing_is_taken_over_in_silence(letter: Making) -> None:
    letter.learn(calendar=published(CALENDAR, 2027))
    letter.ticker().step()
    assert [entry.type for entry in letter.told(CASE)] == ["deadline_started"]
    assert letter.all(CASE)[0].calendar == letter.law.calendar.version


@pytest.mark.parametrize("running_cases, due", [("keep", date(2025, 10, 10)), ("move", date(2025, 10, 13))])
def test_which_version_binds_a_running_case_is_what_the_rulebook_says(
        letter: Making, running_cases: str, due: date) -> None:
    old = letter.law.current
    longer = replace(LETTER, amount=replace(LETTER.amount, value=5))
    five = rulebook(longer, version="law-2", running_cases=running_cases)
    letter.learn(current=five, known={old.version: old})
    letter.ticker().step()
    assert letter.all(CASE)[0].due_on == due
    assert len(letter.told(CASE, "moved")) == (running_cases == "move")


def test_a_law_this_service_never_heard_of_leaves_its_deadlines_alone(letter: Making) -> None:
    letter.learn(current=rulebook(LETTER, version="law-2"), known={}, calendar=published(CALENDAR, 2027))
    letter.ticker().step()
    assert letter.all(CASE)[0].rulebook == "law-1"
