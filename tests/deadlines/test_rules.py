"""What events and time do to deadlines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.deadlines.entries import entries_of
from shared.deadlines.rules import (
    AlreadyRunning,
    LacksDate,
    apply,
    explain,
    fire,
    light,
    next_look,
)
from tests.deadlines.builders import (
    ANNOUNCE,
    CALENDAR,
    DECISION,
    LETTER,
    LIMIT,
    REPORT,
    RULEBOOK,
    TASK,
    URGENT,
    after,
    at,
    happened,
    kinds,
    paused,
    rulebook,
    started,
)

D = date
NOTICE = D(2025, 9, 29)                # two days before the National Day holiday; the third working day is 10 October


# Counting

@pytest.mark.parametrize("clock, on, due", [
    (LETTER, D(2025, 9, 29), D(2025, 10, 10)),           # over 国庆节
    (LETTER, D(2025, 10, 8), D(2025, 10, 11)),           # 调休: 11 October is a working Saturday
    (LETTER, D(2026, 2, 13), D(2026, 2, 25)),            # over 春节: 14 February is worked, 15 to 23 are off
    (LETTER, D(2025, 12, 30), D(2026, 1, 5)),            # over New Year: 4 January is worked
    (REPORT, D(2025, 9, 26), D(2025, 10, 10)),           # 28 September is a working Sunday
    (DECISION, D(2025, 9, 29), D(2025, 12, 28)),         # calendar days end on a Sunday and stay there
    (replace(DECISION, rolls=True), D(2025, 9, 29), D(2025, 12, 29)),
    (replace(DECISION, amount=replace(DECISION.amount, value=3), rolls=True), D(2025, 9, 29), D(2025, 10, 9)),
])
def test_the_last_day_is_counted_from_the_day_after_the_event(clock, on, due):
    deadline = started(clock, on)
    assert (deadline.due_on, deadline.due_at, deadline.provisional) == (due, at(due + timedelta(days=1)), False)


@pytest.mark.parametrize("clock, on, facts, yellow", [
    (LETTER, NOTICE, {}, at(D(2025, 10, 10))),           # the start of the last working day
    (REPORT, D(2025, 9, 29), {}, at(D(2025, 10, 11))),   # of the last two: 11 and 13 October
    (DECISION, NOTICE, {}, at(D(2025, 12, 19))),         # ten calendar days are left with 19 December
    (URGENT, NOTICE, {}, at(NOTICE, 15)),                # asked at noon, due at four
    (LIMIT, NOTICE, {"limit": D(2025, 10, 12)}, at(D(2025, 10, 10))),   # the 12th is a Sunday, the 11th worked
    (LIMIT, NOTICE, {"limit": "2025-09-30"}, at(NOTICE, 12)),           # shorter than its warning: from its start
])
def test_it_turns_yellow_when_so_much_is_left(clock, on, facts, yellow):
    deadline = started(clock, on, facts=facts)
    assert deadline.yellow_at == yellow
    assert light(deadline, yellow) == "yellow"
    assert light(deadline, yellow - timedelta(microseconds=1)) == "green"


def test_hours_run_by_the_wall_clock_through_the_night():
    deadline = started(URGENT, NOTICE, at=at(NOTICE, 22))
    assert (deadline.due_on, deadline.due_at) == (None, at(D(2025, 9, 30), 2))


def test_a_start_without_its_date_is_an_error():
    with pytest.raises(LacksDate):
        apply(RULEBOOK, CALENDAR, (), happened("joint.started", NOTICE))


def test_the_last_day_may_end_at_the_close_of_business():
    law = rulebook(LETTER, counting={"last_day": "until_close_of_business", "close_of_business": "17:00"})
    deadline = after(apply(law, CALENDAR, (), happened("transfer.announced", NOTICE)))
    last = D(2025, 10, 10)
    assert (deadline.due_on, deadline.due_at, deadline.yellow_at) == (last, at(last, 17), at(last))
    for hour, late in ((16, False), (17, True)):
        issued = happened("transfer.letter_issued", last, at=at(last, hour))
        assert after(apply(law, CALENDAR, (deadline,), issued)).late is late
    assert "（星期五）17时00分前办理" in explain(deadline, law, CALENDAR).zh
    assert explain(deadline, law, CALENDAR).data["current"]


# Start and meet

def test_a_start_while_one_is_open_is_an_error():
    deadline = started(LETTER, NOTICE)
    with pytest.raises(AlreadyRunning):
        apply(rulebook(LETTER), CALENDAR, (deadline,), happened("transfer.rerouted", D(2025, 9, 30)))


def test_a_clock_that_restarts_cancels_the_one_before():
    again = rulebook(replace(LETTER, restarts=True))
    changes = apply(again, CALENDAR, (started(LETTER, NOTICE),), happened("transfer.rerouted", D(2025, 9, 30)))
    assert kinds(changes) == ["cancelled", "started"]
    assert changes[0].deadline.id != changes[1].deadline.id


def test_the_same_entry_starts_the_same_deadline():
    assert started(LETTER, NOTICE, entry="e1").id == started(LETTER, NOTICE, entry="e1").id
    assert started(LETTER, NOTICE, entry="e1").id != started(LETTER, NOTICE, entry="e2").id


@pytest.mark.parametrize("on, late, shows", [
    (D(2025, 10, 9), False, "met"), (D(2025, 10, 10), False, "met"), (D(2025, 10, 11), True, "met_late")])
def test_met_on_the_last_day_is_in_time_and_on_the_day_after_late(on, late, shows):
    changes = apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), happened("transfer.letter_issued", on))
    assert (kinds(changes), after(changes).late, light(after(changes), at(on, 13))) == (["met"], late, shows)
    assert changes[0].data["late"] is late


def test_hours_are_met_by_the_true_time():
    deadline = started(URGENT, NOTICE)
    for hour, late in ((15, False), (16, True)):
        answered = happened("sharing.answered", NOTICE, at=at(NOTICE, hour))
        assert after(apply(RULEBOOK, CALENDAR, (deadline,), answered)).late is late


@pytest.mark.parametrize("accepted, late", [(D(2025, 9, 18), False), (D(2025, 9, 1), True)])
def test_a_clock_that_counts_up_to_its_own_event_is_met_at_once_and_may_be_late(accepted, late):
    changes = apply(rulebook(ANNOUNCE, LETTER), CALENDAR, (),
                    happened("transfer.announced", NOTICE, facts={"accepted_on": accepted}))
    assert [(change.kind, change.deadline.clock) for change in changes] == [
        ("started", "transfer.announce"), ("met", "transfer.announce"), ("started", "transfer.letter")]
    assert (changes[1].deadline.late, changes[0].deadline.started_on) == (late, accepted)


def test_a_periodic_clock_is_met_by_its_event_and_starts_again():
    meeting = replace(REPORT, id="oversight.conference", starts=("oversight.held",), meets=("oversight.held",))
    changes = apply(rulebook(meeting), CALENDAR, (), happened("oversight.held", D(2025, 6, 30)))
    assert kinds(changes) == ["started"]
    changes = apply(rulebook(meeting), CALENDAR, (after(changes),), happened("oversight.held", D(2025, 7, 3)))
    assert kinds(changes) == ["met", "started"]


def test_every_bound_agency_and_every_item_has_a_deadline_of_its_own():
    changes = apply(rulebook(TASK), CALENDAR, (), happened("joint.started", NOTICE, facts={"tasks": ["t1", "t2"]}))
    assert {(each.deadline.bound, each.deadline.item) for each in changes} == {
        ("GAJ", "t1"), ("GAJ", "t2"), ("HBJ", "t1"), ("HBJ", "t2")}


def test_a_bound_agency_meets_its_own_item_and_no_other():
    running = [each.deadline for each in apply(
        rulebook(TASK), CALENDAR, (), happened("joint.started", NOTICE, facts={"tasks": ["t1", "t2"]}))]
    report = happened("joint.task_reported", D(2025, 9, 30), facts={"tasks": "t1"}, agency="GAJ")
    assert [(each.deadline.bound, each.deadline.item) for each in apply(rulebook(TASK), CALENDAR, running, report)] == [
        ("GAJ", "t1")]
    by_nobody_bound = happened("joint.task_reported", D(2025, 9, 30), agency="SFJ")
    assert len(apply(rulebook(TASK), CALENDAR, running, by_nobody_bound)) == 4


def test_a_part_that_nobody_holds_is_bound_to_nobody_and_still_seen():
    event = replace(happened("transfer.announced", NOTICE), bound={})
    assert after(apply(rulebook(LETTER), CALENDAR, (), event)).bound == ""


def test_the_deadlines_of_other_cases_are_left_alone():
    other = started(LETTER, NOTICE, case="case-2")
    assert apply(RULEBOOK, CALENDAR, (other,), happened("transfer.letter_issued", D(2025, 9, 30))) == ()


def test_a_final_state_cancels_all_but_what_its_event_meets_and_starts():
    closing = replace(REPORT, starts=("transfer.ended",))
    law = rulebook(replace(LETTER, meets=("transfer.ended",)), DECISION, closing)
    running = (started(LETTER, NOTICE), started(DECISION, NOTICE))
    changes = apply(law, CALENDAR, running, happened("transfer.ended", D(2025, 9, 30), final=True))
    assert [(each.kind, each.deadline.clock) for each in changes] == [
        ("met", "transfer.letter"), ("cancelled", "transfer.decision"), ("started", "joint.summary")]


def test_a_clock_that_outlives_its_case_runs_on_after_a_final_state_until_it_is_met():
    law = rulebook(replace(LETTER, outlives=True), DECISION)
    running = (started(LETTER, NOTICE), started(DECISION, NOTICE))
    changes = apply(law, CALENDAR, running, happened("transfer.ended", D(2025, 9, 30), final=True))
    assert [(each.kind, each.deadline.clock) for each in changes] == [("cancelled", "transfer.decision")]
    late = apply(law, CALENDAR, running[:1], happened("transfer.letter_issued", D(2025, 10, 20)))
    assert (kinds(late), after(late).late) == (["met"], True)


def test_an_event_may_cancel_a_clock_unmet():
    law = rulebook(replace(LETTER, cancels=("transfer.withdrawn",)))
    changes = apply(law, CALENDAR, (started(LETTER, NOTICE),), happened("transfer.withdrawn", D(2025, 9, 30)))
    assert (kinds(changes), after(changes).state, next_look(after(changes))) == (["cancelled"], "cancelled", None)


# Pause and resume

@pytest.mark.parametrize("since, until, due", [
    (D(2025, 9, 30), D(2025, 10, 10), D(2025, 10, 14)),      # nothing used: 11, 13 and 14 October
    (D(2025, 10, 9), D(2025, 10, 13), D(2025, 10, 15)),      # 30 September used: 14 and 15 October
    (D(2025, 10, 10), D(2025, 10, 11), D(2025, 10, 13)),     # two used, the last day left: 13 October
    (D(2025, 10, 9), D(2025, 10, 9), D(2025, 10, 10)),       # over in a day: nothing gained
])
def test_a_pause_keeps_the_used_days_and_goes_on_with_the_rest(since, until, due):
    assert paused(started(LETTER, NOTICE), since, until).due_on == due


def test_a_paused_one_shows_it_and_tells_what_is_left():
    changes = apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), happened("transfer.disputed", D(2025, 10, 10)))
    assert (kinds(changes), changes[0].data["used"], changes[0].data["left"]) == (["paused"], 2, 1)
    assert light(after(changes), at(D(2025, 12, 1))) == "paused"
    assert fire(after(changes), at(D(2025, 12, 1))) is None and next_look(after(changes)) is None


def test_a_pause_within_a_pause_ends_with_the_last_cause():
    deadline = started(LETTER, NOTICE)
    for event, on in (("disputed", D(2025, 9, 30)), ("disputed", D(2025, 10, 9)), ("returned", D(2025, 10, 10))):
        deadline = after(apply(RULEBOOK, CALENDAR, (deadline,), happened(f"transfer.{event}", on)))
    assert light(deadline, at(D(2025, 10, 11))) == "paused"
    deadline = after(apply(RULEBOOK, CALENDAR, (deadline,), happened("transfer.returned", D(2025, 10, 13))))
    assert (deadline.state, deadline.due_on) == ("open", D(2025, 10, 16))


def test_two_pauses_add_up():
    once = paused(started(LETTER, NOTICE), D(2025, 9, 30), D(2025, 10, 9))       # then 10, 11, 13 October
    assert paused(once, D(2025, 10, 11), D(2025, 10, 14)).due_on == D(2025, 10, 16)


def test_calendar_days_and_hours_pause_too():
    assert paused(started(DECISION, NOTICE), D(2025, 10, 1), D(2025, 10, 10)).due_on == D(2026, 1, 7)
    urgent = started(URGENT, NOTICE)
    for event, hour in (("held", 13), ("went_on", 18)):
        urgent = after(apply(RULEBOOK, CALENDAR, (urgent,), happened(f"sharing.{event}", NOTICE, at=at(NOTICE, hour))))
    assert urgent.due_at == at(NOTICE, 21)


def test_one_past_its_day_is_not_paused():
    late = happened("transfer.disputed", D(2025, 10, 11))
    changes = apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), late)
    assert (kinds(changes), after(changes).state) == (["noted"], "open")
    assert entries_of(changes, {}, at(D(2025, 10, 11))) == []            # it is kept and told to nobody
    resumed = apply(RULEBOOK, CALENDAR, (after(changes),), happened("transfer.returned", D(2025, 10, 13)))
    assert (kinds(resumed), after(resumed).due_on, light(after(resumed), at(D(2025, 10, 13)))) == (
        ["noted"], D(2025, 10, 10), "red")


def test_a_pause_entered_late_withdraws_the_breach():
    breached = started(LETTER, NOTICE)
    while change := fire(breached, at(D(2025, 10, 11))):
        breached = change.deadline
    changes = apply(RULEBOOK, CALENDAR, (breached,), happened("transfer.disputed", D(2025, 10, 10)))
    assert kinds(changes) == ["corrected", "paused"]
    assert changes[0].data["withdrawn"] == {"kind": "breached", "generation": 1}


def test_met_while_paused_is_not_late():
    disputed = happened("transfer.disputed", D(2025, 10, 10))
    issued = happened("transfer.letter_issued", D(2025, 11, 3))
    stopped = after(apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), disputed))
    assert after(apply(RULEBOOK, CALENDAR, (stopped,), issued)).late is False


def test_its_events_tell_since_when_one_stands_still_also_when_it_is_met_so_and_not_when_it_runs_or_was_over():
    def told(*events):
        deadline, days = started(LETTER, NOTICE), []
        for event, on in events:
            change = apply(RULEBOOK, CALENDAR, (deadline,), happened(f"transfer.{event}", on))[-1]
            deadline = change.deadline
            days.append(change.data.get("paused_on"))
        return days

    stopped, over, met = D(2025, 10, 10), D(2025, 10, 11), D(2025, 11, 3)
    assert told(("disputed", stopped), ("letter_issued", met)) == [stopped, stopped]
    assert told(("disputed", stopped), ("returned", over), ("letter_issued", met)) == [stopped, None, None]
    assert told(("disputed", over), ("letter_issued", met)) == [None, None]
