"""What is late from its first entry, with no time in which a breach could fire, is evidence as a breach is: it can be
hinted, explained and excused, and goes with the date that was wrong; on both back ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.suite import Suite
from services.oversight.store import BOARD
from services.oversight.supervision.store import BREACHES
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.crypto.digests import tagged
from shared.deadlines.model import CANCELLED, MET, Change, Deadline
from shared.deadlines.rules import Happened, apply, correct, fire
from shared.kernel.clock import end_of, start_of
from tests.offices import People
from tests.oversight.test_plans_reach_the_board import CASES, City, notice, suite
from tests.oversight.test_supervision import act, breach, issue, proposals
from tests.oversight.told import DAY, deadline, deadline_event, hear
from tests.plans.bodies import HELPER, JUSTICE, LATER
from tests.situations.city import calendar, lawbook

__all__ = ["suite"]

EVIDENCE, HINTS = "/api/oversight/breaches", "/api/oversight/accountability/hints"
CARDS, BOARD_PATH = "/api/oversight/scorecards", "/api/oversight/deadlines"
LATE_BY = DAY - timedelta(days=3)


def done(late: bool | None = True, generation: int = 1, due: date = LATE_BY) -> Deadline:
    """A notice of which the date is told by the act that gives it."""
    return deadline("d1", due, clock="transfer.announce", state=MET, late=late, met_on=DAY, generation=generation)


def told(after: Deadline, kind: str = "met", position: int = 7, why: str = "更正", gone: int = 0) -> Event:
    """As it is read off its service's journal. `gone`: the generation of the breach that it withdraws."""
    event = deadline_event(after, kind, why=why)
    data = {**event.data, "withdrawn": {"kind": "breached", "generation": gone} if gone else {}}
    id = f"{event.id}-{after.generation}"
    return replace(event, id=id, data=data, epoch="e1", position=position, body="its text")


def evidence(people: People, **asked: str) -> list[tuple[Any, ...]]:
    items = people.get(EVIDENCE, "sifa", **asked).data["items"]
    return [(each["generation"], each["event"], each["withdrawn_by"]) for each in items]


def hints(people: People) -> list[str]:
    return [each["hint"] for each in people.get(HINTS, "sifa").data["items"]]


def card(people: People) -> tuple[int, int]:
    items = people.get(CARDS, "sifa", period="2025-09").data["items"]
    return next((each["met_late"], each["late_without_excuse"]) for each in items if each["agency"] == "zhujian")


def test_it_is_kept_with_its_place_and_digest_and_hinted(office: Office, people: People) -> None:
    hear(office, told(done()), told(done(), position=9))
    found, = people.get(EVIDENCE, "sifa").data["items"]
    assert {name: found[name] for name in ("service", "deadline", "generation", "case", "clock", "bound", "due_on",
                                           "epoch", "position", "event", "digest", "withdrawn_by")} == {
        "service": "transfer", "deadline": "d1", "generation": 1, "case": "case-1", "clock": "transfer.announce",
        "bound": "zhujian", "due_on": LATE_BY.isoformat(), "epoch": "e1", "position": 7,
        "event": "event-d1-met-1", "digest": tagged("its text"), "withdrawn_by": ""}
    hint, = people.get(HINTS, "sifa").data["items"]
    assert (hint["hint"], hint["situations"]) == ("transfer/d1/1", ["31-2"])
    assert hint["evidence"][0]["position"] == 7


@pytest.mark.parametrize("late", [False, None])
def test_what_was_met_in_time_or_is_not_sure_is_no_evidence(office: Office, people: People, late: bool | None) -> None:
    hear(office, told(done(late)))
    assert (evidence(people), hints(people)) == ([], [])
    hear(office, told(done(True, generation=2), "moved"))
    assert evidence(people) == [(2, "event-d1-moved-2", "")], "it is sure now"


def test_it_is_explained_and_excused_and_no_further_step_follows(office: Office, people: People) -> None:
    hear(office, told(done()))
    assert proposals(people) == [], "nothing is owed, so nothing is drafted"
    assert card(people) == (1, 1)
    id = issue(people).data["id"]
    assert issue(people, "zhengfuban").codes == ["STEP_TAKEN"]
    act(people, id, "explain", {"ground": "platform", "reason": "平台故障"}, "zhujian")
    act(people, id, "reject-explanation", {"reason": "未附证明"}, "sifa")
    urging = {"kind": "urging", "says": "请再说明"}
    assert act(people, id, "step-up", urging, "sifa").codes == ["NOTHING_OWED"]
    assert act(people, id, "close", {"result": "已说明"}, "sifa").status == 200


def test_an_accepted_explanation_takes_it_out_of_ranking_and_hints(office: Office, people: People) -> None:
    hear(office, told(done()))
    id = issue(people).data["id"]
    act(people, id, "explain", {"ground": "platform", "reason": "平台故障"}, "zhujian")
    assert act(people, id, "accept-explanation", {}, "sifa").status == 200
    assert (card(people), hints(people)) == ((1, 0), [])


def test_what_was_over_when_it_was_called_off_is_explained_and_excused_as_what_was_done_late(
        office: Office, people: People) -> None:
    over = deadline("d1", LATE_BY, clock="transfer.announce", breached_generation=1)
    hear(office, breach(over), deadline_event(replace(over, state=CANCELLED), "cancelled"))
    shown, = people.get(BOARD_PATH, "sifa").data["items"]
    assert (shown["light"], shown["light_title"], hints(people)) == ("cancelled", "逾期后撤销", ["transfer/d1/1"])
    assert (card(people)[1], proposals(people)) == (1, [])
    id = issue(people).data["id"]
    act(people, id, "explain", {"ground": "platform", "reason": "平台故障"}, "zhujian")
    assert act(people, id, "accept-explanation", {}, "sifa").status == 200
    shown, = people.get(BOARD_PATH, "sifa").data["items"]
    assert (shown["light"], shown["light_title"]) == ("cancelled", "逾期（延误说明已采纳）")
    assert (card(people)[1], hints(people)) == (0, [])
    assert act(people, id, "close", {"result": "已说明"}, "sifa").data["state"] == "closed"


def test_a_date_put_right_withdraws_it_and_one_put_wrong_again_is_evidence_anew(
        office: Office, people: People) -> None:
    hear(office, told(done()), told(done(False, 2), "corrected", 8))
    assert evidence(people) == [(1, "event-d1-met-1", "event-d1-corrected-2")]
    assert people.get(EVIDENCE, "sifa").data["items"][0]["withdrawn_why"] == "更正"
    assert (hints(people), issue(people).codes) == ([], ["BREACH_WITHDRAWN"])
    hear(office, told(done(True, 3), "corrected", 9))
    assert evidence(people, withdrawn="false") == [(3, "event-d1-corrected-3", "")]
    assert hints(people) == ["transfer/d1/3"]


def test_of_one_delay_there_is_one_evidence(office: Office, people: People) -> None:
    hear(office, breach(deadline("d1", LATE_BY, breached_generation=1)), told(done()))
    assert evidence(people) == [(1, "event-d1-breached", "")]


def test_what_is_late_still_by_another_date_stays_under_its_ladder_and_excused(office: Office, people: People) -> None:
    """Its last day lies later, so that the breach did not fall on that instant; it was done too late all the same."""
    hear(office, breach(deadline("d1", LATE_BY, breached_generation=1)))
    id = issue(people).data["id"]
    act(people, id, "explain", {"ground": "platform", "reason": "平台故障"}, "zhujian")
    act(people, id, "accept-explanation", {}, "sifa")
    hear(office, told(done()), told(done(True, 2, LATE_BY + timedelta(days=1)), "corrected", 9, gone=1))
    assert evidence(people) == [(2, "event-d1-corrected-2", ""), (1, "event-d1-breached", "event-d1-corrected-2")]
    assert card(people) == (1, 0)
    assert issue(people, "zhengfuban").codes == ["ALREADY_EXCUSED"]


DAYS = st.integers(0, 12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(began=DAYS, entered=DAYS, ticked=st.booleans(), redated=st.lists(st.tuples(st.booleans(), DAYS), max_size=4))
def test_evidence_stands_of_exactly_what_is_late(
        office: Office, began: int, entered: int, ticked: bool, redated: list[tuple[bool, int]]) -> None:
    """Whatever dates are told, and put right however often, and whether or not the breach had time to fire."""
    with office.db.write() as tx:
        for table in (BOARD, BREACHES):
            tx.execute(table.delete())
    for number, change in enumerate(history(began, entered, ticked, redated), start=1):
        data = {**change.data, "occurred_on": change.on}
        event = deadline_event(change.deadline, change.kind, why=change.why)
        kept = {name: value for name, value in data.items() if name == "withdrawn"}
        hear(office, replace(event, id=f"e{number}", position=number, body="text", data={**event.data, **kept}))
        with office.db.read() as tx:
            stands = tx.execute(sa.select(BREACHES.c.event).where(BREACHES.c.withdrawn_by == "")).all()
            assert bool(stands) == bool(change.deadline.late or change.deadline.breached), change


def history(began: int, entered: int, ticked: bool, redated: list[tuple[bool, int]]) -> Iterator[Change]:
    """What becomes of a letter: announced, perhaps breached, issued, then its dates put right."""
    law, days, first = lawbook(), calendar(), date(2025, 6, 9)

    def happens(event: str, after: int, known: tuple[Deadline, ...]) -> tuple[Change, ...]:
        day = first + timedelta(days=after)
        happened = Happened(event, f"transfer.{event}", "case-1", day, start_of(day),
                            {"accepted_on": day, "notified_on": day}, {"sender": ("zhujian",), "receiver": ("zonghe",)})
        return tuple(each for each in apply(law, days, known, happened) if each.deadline.clock == "transfer.letter")

    changes = happens("announced", began, ())
    yield from changes
    now = changes[-1].deadline
    while ticked and (fired := fire(now, end_of(first + timedelta(days=began + entered)))):
        yield fired
        now = fired.deadline
    changes = happens("letter_issued", began + entered, (now,))
    yield from changes
    now = changes[-1].deadline
    for start, after in redated:
        day = first + timedelta(days=after)
        if start:
            change = correct(now, law, days, "更正", started_on=day)
        else:
            change = correct(now, law, days, "更正", met_on=day)
        if change:
            yield change
            now = change.deadline


def test_a_notice_given_too_late_by_its_own_dates_is_hinted_in_the_suite(suite: Suite) -> None:
    """It is started and met by one entry, so nothing ever fires."""
    city = City(suite, "collab")
    body = notice(city, LATER, "")
    del body["origin"]
    body["matter"]["accepted_on"] = (suite.clock.now().date() - timedelta(days=40)).isoformat()
    case = city.post(CASES, body, HELPER)["id"]
    shown, = city.get(f"/api/oversight/deadlines?case={case}&clock=transfer.announce", JUSTICE)["items"]
    assert shown["light"] == "met_late"
    found = [each for each in city.get(HINTS, JUSTICE)["items"] if each["facts"]["case"] == case]
    assert [(each["situations"], each["agency"]) for each in found] == [(["31-2"], HELPER)]
