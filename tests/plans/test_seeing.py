"""Who hears of a plan and who sees it, cell by cell: a draft is private, a former party sees its time."""

import re
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import pytest

from shared.acts.model import THE_SUITE, Rank, Viewer
from shared.plans import drafting, measures
from shared.plans.commands import AddRelated, RecordContinuation, Suspend, Withdraw
from shared.plans.parts import Participant
from shared.plans.plan import PARTICIPANT, Continuation, Ending, Pause, Plan
from shared.plans.seeing import seen, told
from shared.plans.states import ASSIGNED, DROPPED, PRESENTED, PRIVATE, REJECTED, RETURNED, STATES, WITHDRAWN
from tests.plans.played import AFTER, BEFORE, GONE, START, amended, led_by_another, replaced, running, worked
from tests.plans.written import (
    DISCIPLINE,
    FIRST,
    JUSTICE,
    LEAD,
    LEADER,
    OFFICE,
    OFFICER,
    SECOND,
    STRANGER,
    approved,
    consulted,
    content,
    context,
    plan,
    presented,
    submitted,
)
from tests.situations.city import REGISTER

ALL = (LEAD, FIRST, SECOND, STRANGER, JUSTICE, OFFICE, DISCIPLINE)
OVERSEERS = {JUSTICE, OFFICE}
EVERYBODY = {LEAD, FIRST, SECOND, *OVERSEERS}


def view(case: Plan, agency: str, **own: Any) -> Plan | None:
    return seen(case, Viewer(agency, Rank.OFFICER), REGISTER, lambda *_: own)


def sees(case: Plan) -> dict[str, str]:
    """Agency -> all, part; those that see nothing are left out."""
    shown = {agency: view(case, agency) for agency in ALL}
    return {agency: "all" if each == case else "part" for agency, each in shown.items() if each is not None}


LIFE: list[tuple[str, Plan, set[str]]] = [
    ("drafted", plan(), {LEAD}),
    ("consulting one", consulted(plan(), FIRST), {LEAD, FIRST}),
    ("consulting both", consulted(plan()), {LEAD, FIRST, SECOND}),
    ("assigned", plan("assigned").moved(ASSIGNED), {LEAD, *OVERSEERS}),
    ("submitted", submitted(plan()), EVERYBODY),
    ("returned", submitted(plan()).moved(RETURNED), EVERYBODY),
    ("presented", presented(submitted(plan())).moved(PRESENTED), EVERYBODY),
    ("approved", approved(submitted(plan())), EVERYBODY),
    ("running", running(), EVERYBODY),
    ("withdrawn from the draft", plan().moved(DROPPED), {LEAD}),
    ("withdrawn from the order", plan("assigned").moved(WITHDRAWN), {LEAD, *OVERSEERS}),
    ("rejected", submitted(plan()).moved(REJECTED), EVERYBODY),
]
NAMES = [name for name, _, _ in LIFE]


@pytest.mark.parametrize("agency", ALL)
@pytest.mark.parametrize(("case", "who"), [row[1:] for row in LIFE], ids=NAMES)
def test_parties_and_from_the_submission_on_the_overseers_hear_and_see_all(
        case: Plan, who: set[str], agency: str) -> None:
    assert (agency in told(case, case, "deadline_warned", context())) == (agency in who)
    assert view(case, agency) == (case if agency in who else None)


@pytest.mark.parametrize("state", STATES)
def test_overseers_are_kept_out_of_drafts_and_of_nothing_else(state: str) -> None:
    case = submitted(plan()).moved(state)
    assert (told(None, case, "x", context()) >= OVERSEERS) == (state not in PRIVATE)
    assert {JUSTICE, OFFICE} <= sees(case).keys() or state in PRIVATE


def test_the_suite_sees_every_draft() -> None:
    assert seen(plan(), THE_SUITE, REGISTER, lambda *_: {}) == plan()


def test_an_agency_that_justice_adds_hears_and_sees_the_plan() -> None:
    case = measures.add_related(running(), AddRelated(STRANGER, "路权"), context(JUSTICE)).case
    assert STRANGER in told(running(), case, "related_added", context()) and sees(case)[STRANGER] == "all"


# going

def test_an_agency_hears_that_it_goes_and_nothing_after() -> None:
    before = worked(running(), BEFORE)
    after = before.without_party(PARTICIPANT, [FIRST], GONE)
    assert FIRST in told(before, after, "participation_declined", context(on=GONE))
    for event in ("participant_reassigned", "task_reported", "deadline_met", "ended"):
        assert told(after, after, event, context(on=GONE)) == EVERYBODY - {FIRST}


def test_who_takes_its_place_hears_from_then_on() -> None:
    case = replaced()
    assert told(case, case, "task_reported", context(on=AFTER)) == {LEAD, SECOND, STRANGER, *OVERSEERS}


def test_a_former_participant_sees_its_part_and_everybody_else_all() -> None:
    assert sees(replaced()) == {LEAD: "all", SECOND: "all", STRANGER: "all", JUSTICE: "all", OFFICE: "all",
                                FIRST: "part"}
    assert sees(led_by_another()) == {SECOND: "all", FIRST: "all", JUSTICE: "all", OFFICE: "all", LEAD: "part"}


# a former party's own view

def marks(case: Plan | None) -> set[str]:
    """Which records stand in it: kind/agency/day."""
    return {found[:-1] for found in re.findall(r"\w+/\w+/\d\d/", repr(case))}


def of(agency: str, *kinds: str, on: Any = BEFORE) -> set[str]:
    return {f"{kind}/{agency}/{on:%d}" for kind in kinds}


OWN = ("measure", "report", "decision", "finding", "correction", "material", "ordered", "confirmed")


def test_a_former_participant_sees_its_own_records_and_nobody_elses() -> None:
    shared = of(LEAD, "start", on=START) | of(LEAD, "order")
    assert marks(view(replaced(), FIRST)) == of(FIRST, *OWN) | shared


def test_it_sees_the_plan_in_the_state_and_the_version_in_which_it_left() -> None:
    shown, whole = view(replaced().moved("suspended"), FIRST), replaced()
    assert shown is not None
    assert (shown.state, shown.versions) == ("running", (whole.left[0].version,))
    assert shown.versions[0].effective_until is None and shown.content.agencies == (FIRST, SECOND)


def test_it_sees_who_was_in_the_plan_and_not_who_came_or_left_after_it() -> None:
    later = replaced().without_party(PARTICIPANT, [SECOND], AFTER)
    shown = view(later, FIRST)
    assert shown is not None and [(each.agency, each.until) for each in shown.parties] == [
        (LEAD, None), (FIRST, GONE - timedelta(days=1)), (SECOND, None)]
    assert STRANGER not in repr(shown)


def test_it_sees_every_version_that_was_in_force_in_its_time() -> None:
    second = amended(running(), content(title="第二版"), BEFORE)
    third = amended(second, content(title="第三版", participants=(Participant(SECOND, "核查"),)), GONE)
    shown = view(amended(third, content(title="第四版"), AFTER), SECOND), view(third, FIRST)
    assert shown[0] is not None and len(shown[0].versions) == 4
    assert shown[1] is not None and [each.number for each in shown[1].versions] == [1, 2]


def test_who_came_with_a_version_does_not_see_the_earlier_one_once_it_has_left() -> None:
    came = amended(running(), content(participants=(*content().participants, Participant(STRANGER, "交通"))), BEFORE)
    gone = came.without_party(PARTICIPANT, [STRANGER], GONE)
    shown = view(gone, STRANGER)
    assert shown is not None and [each.number for each in shown.versions] == [2]


def test_one_that_comes_back_sees_all_again_and_having_left_again_both_its_times() -> None:
    back = replaced().with_party(PARTICIPANT, [FIRST], AFTER)
    assert view(back, FIRST) == back
    gone = back.without_party(PARTICIPANT, [FIRST], AFTER + timedelta(days=3))
    shown = view(gone, FIRST)
    assert shown is not None and [each.number for each in shown.versions] == [1, 2]


def test_whom_the_draft_no_longer_names_sees_the_draft_as_it_was_and_its_own_answer() -> None:
    case = drafting.revised(consulted(plan()), content(title="改后", participants=(Participant(SECOND, "x"),)),
                            context(on=GONE), {}).case
    shown = view(case, FIRST)
    assert shown is not None and shown.content == plan().content and len(shown.consultations) == 1
    assert view(case, JUSTICE) is None and view(case, SECOND) == case
    assert told(consulted(plan()), case, "revised", context(on=GONE)) == {LEAD, FIRST, SECOND}
    assert told(case, case, "consulted", context(on=GONE)) == {LEAD, SECOND}


def test_a_former_lead_sees_what_was_done_while_it_led() -> None:
    shown = view(led_by_another(), LEAD)
    ordered = of(FIRST, "ordered", "confirmed") | of(SECOND, "ordered", "confirmed")
    own = {f"{kind}/{LEAD}/{BEFORE:%d}" for kind in OWN if kind not in ("ordered", "confirmed")}
    amendment = of(LEAD, "amendment") | of(FIRST, "duties", on=GONE)
    assert marks(shown) == own | ordered | amendment | of(LEAD, "start", on=START) | of(LEAD, "order")
    assert shown is not None and len(shown.reviews) == len(shown.decided) == len(shown.submissions) == 1


def test_a_former_participant_sees_neither_reviews_nor_decisions_of_the_government() -> None:
    shown = view(replaced(), FIRST)
    assert shown is not None and not (shown.reviews or shown.decided or shown.submissions or shown.presentations)


@dataclass(frozen=True, slots=True)
class Chaptered(Plan):
    """A plan with what a chapter adds to it."""

    grounds: tuple[str, ...] = ()
    report: str = ""


def test_of_what_a_chapter_adds_a_former_party_sees_what_the_chapter_says_and_no_more() -> None:
    case = Chaptered(**{each.name: getattr(replaced(), each.name) for each in fields(Plan)}, grounds=("7-2",),
                     report="whole")
    shown = seen(case, Viewer(FIRST, Rank.OFFICER), REGISTER, lambda plan, agency: {"grounds": plan.grounds})
    assert shown is not None and (shown.grounds, shown.report) == (("7-2",), "")
    assert seen(case, Viewer(LEAD, Rank.OFFICER), REGISTER, lambda *_: {}) == case


def test_how_the_plan_went_on_and_ended_is_kept_from_a_former_party() -> None:
    rich = replace(
        replaced(), withdrawal=Withdraw("x", OFFICER, LEADER), withdrawn_on=AFTER, related=(AddRelated(STRANGER, "x"),),
        continuation=Continuation(RecordContinuation("x", OFFICER, LEADER), AFTER),
        pauses=(Pause(Suspend("x", OFFICER, LEADER), AFTER),), ending=Ending(AFTER, LEAD, AFTER))
    assert view(rich, FIRST) == view(replaced(), FIRST)
