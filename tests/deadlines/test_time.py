"""What time does to deadlines, and another calendar, another law, a correction."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.deadlines.rules import (
    Deadline,
    apply,
    correct,
    fire,
    light,
    next_look,
    reproject,
)
from tests.deadlines.builders import (
    CALENDAR,
    LETTER,
    LIMIT,
    REPORT,
    RULEBOOK,
    after,
    at,
    happened,
    kinds,
    paused,
    published,
    rulebook,
    started,
    with_work,
)

D = date
NOTICE = D(2025, 9, 29)                # two days before the National Day holiday; the third working day is 10 October


def fired(deadline: Deadline, *instants: object) -> list[tuple[str, date | None]]:
    """All that fires at the instants, in order, each with its day."""
    found = []
    for now in instants:
        while change := fire(deadline, now):   # type: ignore[arg-type]
            found.append((change.kind, change.on))
            deadline = change.deadline
    return found


# Firing

def test_a_yellow_amount_of_nothing_never_warns():
    deadline = started(replace(LETTER, yellow=replace(LETTER.yellow, value=0)), NOTICE)
    assert fired(deadline, at(D(2025, 10, 10), 23, 59), at(D(2025, 10, 11))) == [("breached", D(2025, 10, 11))]


def test_what_a_pause_moves_is_a_new_generation_that_may_warn_again():
    deadline = after((fire(started(LETTER, NOTICE), at(D(2025, 10, 10))),))
    resumed = paused(deadline, D(2025, 10, 10), D(2025, 10, 13))
    assert (resumed.generation, resumed.warned) == (2, False)
    assert fired(resumed, at(D(2025, 10, 14))) == [("warned", D(2025, 10, 14))]


def test_it_fires_yellow_then_red_each_once_and_never_early():
    deadline = started(LETTER, NOTICE)
    microsecond = timedelta(microseconds=1)
    assert fired(deadline, at(D(2025, 10, 10)) - microsecond) == []
    assert fired(deadline, at(D(2025, 10, 10))) == [("warned", D(2025, 10, 10))]
    assert fired(deadline, at(D(2025, 10, 10)), at(D(2025, 10, 11)) - microsecond) == [("warned", D(2025, 10, 10))]
    assert fired(deadline, at(D(2025, 10, 10)), at(D(2025, 10, 11)), at(D(2025, 10, 12))) == [
        ("warned", D(2025, 10, 10)), ("breached", D(2025, 10, 11))]


def test_after_a_stop_both_fire_in_order_each_with_the_day_it_fell_on():
    assert fired(started(LETTER, NOTICE), at(D(2025, 10, 13), 9)) == [
        ("warned", D(2025, 10, 10)), ("breached", D(2025, 10, 11))]


def test_next_look_follows_what_has_fired():
    deadline, looks = started(LETTER, NOTICE), []
    while look := next_look(deadline):
        looks.append(look)
        deadline = fire(deadline, look).deadline
    assert looks == [at(D(2025, 10, 10)), at(D(2025, 10, 11))]
    assert light(deadline, at(D(2025, 10, 11))) == "red"


def breached_letter() -> Deadline:
    deadline = started(LETTER, NOTICE)
    while change := fire(deadline, at(D(2025, 10, 11))):
        deadline = change.deadline
    return deadline


def test_a_back_entry_within_the_limit_withdraws_the_breach_and_says_why():
    changes = apply(RULEBOOK, CALENDAR, (breached_letter(),), happened("transfer.letter_issued", D(2025, 10, 10)))
    assert (kinds(changes), after(changes).late, after(changes).generation) == (["corrected", "met"], False, 2)
    assert changes[0].data["withdrawn"] == {"kind": "breached", "generation": 1} and "补录" in changes[0].why
    assert not after(changes).breached and after(changes).breached_generation == 1


def test_a_late_meet_leaves_the_breach_standing():
    changes = apply(RULEBOOK, CALENDAR, (breached_letter(),), happened("transfer.letter_issued", D(2025, 10, 13)))
    assert (kinds(changes), after(changes).late, after(changes).breached) == (["met"], True, True)


# An unknown year

OVER_NEW_YEAR = D(2026, 12, 30)        # 31 December; in 2027 the 1st is a holiday, 2 and 3 a weekend: 4 and 5 January


def test_a_deadline_into_an_unknown_year_is_provisional_warns_and_never_breaches():
    deadline = started(LETTER, OVER_NEW_YEAR)
    assert (deadline.due_on, deadline.provisional) == (D(2027, 1, 5), True)
    assert fired(deadline, at(D(2027, 3, 1))) == [("warned", D(2027, 1, 5))]
    assert light(deadline, at(D(2027, 1, 6))) == "overdue_unconfirmed"


def test_one_that_ends_with_the_known_year_is_certain():
    assert not started(LETTER, D(2026, 12, 28)).provisional


def test_met_after_its_day_while_provisional_waits_for_the_year():
    issued = happened("transfer.letter_issued", D(2027, 1, 6))
    changes = apply(RULEBOOK, CALENDAR, (started(LETTER, OVER_NEW_YEAR),), issued)
    assert light(after(changes), at(D(2027, 1, 7))) == "met_unconfirmed"


@pytest.mark.parametrize("calendar, on, late, shows, kind, due", [
    (published(CALENDAR, 2027), D(2027, 1, 6), None, "met_late", "moved", D(2027, 1, 5)),
    (published(CALENDAR, 2027, {D(2027, 1, 4): "元旦"}), D(2027, 1, 6), None, "met", "moved", D(2027, 1, 6)),
    (published(CALENDAR, 2027), D(2027, 1, 5), False, "met", "moved", D(2027, 1, 5)),
    (with_work(CALENDAR, D(2027, 1, 3)), D(2027, 1, 5), False, "met_late", "corrected", D(2027, 1, 4)),
])
def test_the_year_once_loaded_settles_what_was_met(calendar, on, late, shows, kind, due):
    met = after(apply(RULEBOOK, CALENDAR, (started(LETTER, OVER_NEW_YEAR),), happened("transfer.letter_issued", on)))
    assert met.late is late
    change = reproject(met, RULEBOOK, calendar)
    assert change is not None
    assert (change.kind, change.deadline.due_on, light(change.deadline, at(D(2027, 2, 1)))) == (kind, due, shows)
    assert change.deadline.generation == 2 and "放假安排" in change.why


def test_the_year_once_loaded_lets_an_overdue_one_breach():
    warned = fire(started(LETTER, OVER_NEW_YEAR), at(D(2027, 1, 5)))
    assert warned is not None
    change = reproject(warned.deadline, RULEBOOK, published(CALENDAR, 2027))
    assert change is not None and change.kind == "moved" and "由暂定转为确定" in change.why
    assert change.deadline.warned, "the same instant is not warned of twice"
    assert fired(change.deadline, at(D(2027, 1, 7))) == [("breached", D(2027, 1, 6))]


def test_a_pause_that_began_after_the_true_end_falls_away():
    provisional = started(LETTER, OVER_NEW_YEAR)
    stopped = after(apply(RULEBOOK, CALENDAR, (provisional,), happened("transfer.disputed", D(2027, 1, 8))))
    assert light(stopped, at(D(2027, 1, 9))) == "paused"
    change = reproject(stopped, RULEBOOK, published(CALENDAR, 2027))
    assert change is not None and light(change.deadline, at(D(2027, 1, 9))) == "red"


# Computing again

def test_nothing_moves_when_nothing_changes():
    assert reproject(started(LETTER, NOTICE), RULEBOOK, CALENDAR) is None
    assert reproject(started(LETTER, NOTICE), RULEBOOK, with_work(CALENDAR, D(2027, 1, 3))) is None


def test_a_later_day_withdraws_the_breach_and_an_earlier_one_does_not():
    later = CALENDAR.with_year(replace(CALENDAR.years[2025], off={**CALENDAR.years[2025].off, D(2025, 10, 9): "台风"}))
    change = reproject(breached_letter(), RULEBOOK, later)
    assert change is not None
    assert (change.kind, change.deadline.due_on, change.deadline.breached) == ("corrected", D(2025, 10, 11), False)
    assert change.data["was"]["due_on"] == D(2025, 10, 10)
    year, worked = CALENDAR.years[2025], D(2025, 10, 8)
    earlier = CALENDAR.with_year(replace(year, work={**year.work, worked: "调休"},
                                         off={day: name for day, name in year.off.items() if day != worked}))
    change = reproject(breached_letter(), RULEBOOK, earlier)
    assert change is not None and (change.kind, change.deadline.due_on) == ("moved", D(2025, 10, 9))


def test_another_version_of_the_law_moves_it_and_says_so():
    five = rulebook(replace(LETTER, amount=replace(LETTER.amount, value=5)), version="law-2")
    change = reproject(started(LETTER, NOTICE), five, CALENDAR)
    assert change is not None and "规则" in change.why
    assert (change.deadline.due_on, change.deadline.rulebook, change.deadline.amount) == (D(2025, 10, 13), "law-2", 5)


def test_a_clock_that_the_law_no_longer_has_stays_as_it_was():
    assert reproject(started(LETTER, NOTICE), rulebook(REPORT, version="law-2"), CALENDAR) is None


def test_a_start_told_wrong_is_computed_from_the_right_day():
    change = correct(started(LETTER, NOTICE), RULEBOOK, CALENDAR, "更正：通报日期应为9月30日。", started_on=D(2025, 9, 30))
    assert change is not None
    assert (change.kind, change.deadline.due_on, change.deadline.generation) == ("corrected", D(2025, 10, 11), 2)
    assert change.deadline.id == started(LETTER, NOTICE).id


def test_a_meeting_told_wrong_undoes_the_breach():
    met = after(apply(RULEBOOK, CALENDAR, (breached_letter(),), happened("transfer.letter_issued", D(2025, 10, 13))))
    change = correct(met, RULEBOOK, CALENDAR, "更正：发函日期应为10月10日。", met_on=D(2025, 10, 10))
    assert change is not None
    assert (change.deadline.late, change.deadline.breached, change.data["withdrawn"]) == (
        False, False, {"kind": "breached", "generation": 1})


def test_a_correction_that_says_the_same_is_none():
    assert correct(started(LIMIT, NOTICE, facts={"limit": D(2025, 12, 1)}), RULEBOOK, CALENDAR, "",
                   until_on=D(2025, 12, 1)) is None
