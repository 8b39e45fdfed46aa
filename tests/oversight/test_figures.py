"""The board in figures: counts by every dimension, what became of what was due, and as of when each answer is."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.oversight.api import make
from services.oversight.board.figures import DIMENSIONS, period_of
from services.oversight.office import SPEC
from shared.acts.office import Office
from shared.bus.follower import Follower
from shared.contracts.envelope import stamp
from shared.deadlines.model import CANCELLED, MET, PAUSED, Deadline
from shared.kernel.clock import HandClock, day_of, end_of
from tests.conftest import MakeDatabase
from tests.offices import People
from tests.oversight.papers import newsstand
from tests.oversight.told import DAY, case_event, closure, deadline, deadline_event, hear, plan_event

COUNTS, TRENDS, BOARD = (f"/api/oversight/deadlines{end}" for end in ("/counts", "/trends", ""))


def some(today: date) -> list[tuple[Deadline, str]]:
    """Deadlines of every light, of two agencies, three services and every source."""
    before, after = today - timedelta(days=1), today + timedelta(days=5)
    return [
        (deadline("red", before), "transfer"),
        (deadline("yellow", today), "transfer"),
        (deadline("green", after, bound="zonghe", case="case-2"), "transfer"),
        (deadline("paused", after, state=PAUSED), "transfer"),
        (deadline("met", before, state=MET, late=False), "transfer"),
        (deadline("late", before, state=MET, late=True, bound="zonghe", case="case-2"), "transfer"),
        (deadline("unsure", before, provisional=True), "transfer"),
        (deadline("gone", after, state=CANCELLED), "transfer"),
        (deadline("over", before, state=CANCELLED, breached_generation=1), "transfer"),
        (deadline("task", before, case="plan-1", clock="joint.task", statutory=False), "joint"),
        (deadline("desk", after, case="account", clock="oversight.filing", statutory=False, bound="sifa"), "oversight"),
    ]


def test_counts_by_any_dimensions_are_those_of_the_board_itself(
    office: Office, people: People, clock: HandClock
) -> None:
    hear(office, *(deadline_event(each, source=source) for each, source in some(day_of(clock.now()))))
    items = people.get(BOARD, "sifa", limit="200").data["items"]
    keys = {"agency": "bound", "clock": "clock", "light": "light", "source": "source", "service": "service"}
    assert keys.keys() == DIMENSIONS.keys()
    for by in (["agency"], ["clock"], ["light"], ["source"], ["service"], ["agency", "light"], list(DIMENSIONS)):
        answer = people.get(COUNTS, "sifa", by=",".join(by)).data
        found = {tuple(item[name] for name in by): item["number"] for item in answer["items"]}
        assert found == Counter(tuple(item[keys[name]] for name in by) for item in items)
        assert answer["total"] == len(items) == 11
    assert {item["source"] for item in people.get(COUNTS, "sifa", by="source").data["items"]} == {
        "statutory",
        "internal",
        "plan",
    }
    (light,) = (item for item in people.get(COUNTS, "sifa").data["items"] if item["light"] == "red")
    assert light == {"light": "red", "light_title": "红灯", "number": 2}
    (agency,) = people.get(COUNTS, "sifa", by="agency", agency="zonghe").data["items"]
    assert agency == {"agency": "zonghe", "agency_name": "荣成市综合行政执法局", "number": 2}


def test_counts_hold_the_filters_of_the_board(office: Office, people: People, clock: HandClock) -> None:
    hear(office, *(deadline_event(each, source=source) for each, source in some(day_of(clock.now()))))
    for filters in (
        {"agency": "zonghe"},
        {"light": "red"},
        {"service": "joint"},
        {"source": "plan"},
        {"case": "case-2"},
        {"clock": "joint.task", "light": "red"},
    ):
        items = people.get(BOARD, "sifa", **filters).data["items"]
        assert people.get(COUNTS, "sifa", **filters).data["total"] == len(items) > 0


def test_figures_tell_nobody_of_what_it_does_not_see(office: Office, people: People, clock: HandClock) -> None:
    today = day_of(clock.now())
    hear(
        office,
        case_event("announced", {"sender": "zhujian", "receiver": "shichang"}),
        deadline_event(deadline("letter", today, bound="zhujian")),
        deadline_event(deadline("elsewhere", today, bound="zonghe", case="case-2")),
        plan_event("drafted", "draft", lead="zonghe", plan="plan-1"),
        deadline_event(deadline("draft", today, bound="zonghe", case="plan-1"), source="collab"),
    )
    expected = {"sifa": 2, "zhengfuban": 2, "zhujian": 1, "shichang": 1, "zonghe": 2, "jijian": 0, "nobody": 0, "": 0}
    for agency, number in expected.items():
        assert people.get(COUNTS, agency).data["total"] == number, agency
        due = people.get(TRENDS, agency).data["items"]
        assert sum(item["due"] for item in due) == number, agency
    for path in (COUNTS, TRENDS):
        assert people.stranger(path).status == 401


def test_what_was_due_has_exactly_one_outcome(office: Office, people: People, clock: HandClock) -> None:
    today = day_of(clock.now())
    hear(office, *(deadline_event(each, source=source) for each, source in some(today)))
    items = people.get(TRENDS, "sifa", by="day", to=(today + timedelta(days=5)).isoformat()).data["items"]
    yesterday, now, later = (
        {name: number for name, number in item.items() if number and name != "period"} for item in items if item["due"]
    )
    assert yesterday == {"due": 6, "met": 1, "met_late": 1, "breached": 3, "unconfirmed": 1}
    assert now == {"due": 1, "open": 1}
    assert later == {"due": 3, "open": 3}, "what was called off in time is no figure"


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_trends_have_every_period_and_each_deadline_on_its_last_day(
    office: Office, people: People, clock: HandClock, by: str
) -> None:
    """A last day runs to its midnight, a day more is another period; hours end when they end."""
    clock.move_to(end_of(date(2025, 12, 31)))
    days = [date(2025, 12, 27) + timedelta(days=number) for number in range(10)]
    hours = end_of(date(2025, 12, 28)) + timedelta(microseconds=1)
    hear(
        office,
        *(deadline_event(deadline(f"d-{day}", day, state=MET, late=False)) for day in days),
        deadline_event(deadline("hours", due_on=None, due_at=hours, unit="hours", state=MET, late=False)),
    )
    asked = {"by": by, "from": days[0].isoformat(), "to": days[-1].isoformat()}
    found = {item["period"]: item["due"] for item in people.get(TRENDS, "sifa", **asked).data["items"]}
    assert found == Counter(period_of(day, by) for day in [*days, date(2025, 12, 29)])


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (COUNTS, {"by": "colour"}),
        (COUNTS, {"by": "light,light"}),
        (COUNTS, {"by": ""}),
        (COUNTS, {"light": "blue"}),
        (COUNTS, {"colour": "red"}),
        (TRENDS, {"by": "year"}),
        (TRENDS, {"from": "2025-09-31"}),
        (TRENDS, {"to": "today"}),
        (TRENDS, {"from": "2025-10-02", "to": "2025-10-01"}),
        (TRENDS, {"from": "2025-01-01", "to": "2025-12-31"}),
        (TRENDS, {"from": "0001-01-01", "to": "0001-01-02"}),
        (TRENDS, {"from": "20250901"}),
        (TRENDS, {"source": "law"}),
    ],
)
def test_figures_that_cannot_be_asked_for_are_refused(people: People, path: str, asked: dict[str, str]) -> None:
    assert people.get(path, "sifa", **asked).status == 400


def test_every_answer_says_how_far_the_news_of_each_source_was_handled(
    office: Office, make_database: MakeDatabase, clock: HandClock
) -> None:
    stand = newsstand(office, {"transfer": make_database("transfer")}, clock)
    people, transfer = People(make(office), office), stand.papers["transfer"]
    transfer.tell(deadline_event(deadline("d-1")))
    transfer.tell(case_event("announced", {"sender": "zhujian", "receiver": "zonghe"}))
    told_at = clock.now()
    stand.hear()
    clock.advance(days=1)
    transfer.tell(deadline_event(deadline("d-2")))  # not heard yet
    for path in (BOARD, COUNTS, TRENDS, "/api/oversight/scorecards"):
        as_of = {each["service"]: each for each in people.get(path, "sifa").data["as_of"]}
        assert list(as_of) == list(SPEC.follows)
        assert (as_of["transfer"]["position"], as_of["transfer"]["recorded_at"]) == (3, stamp(told_at)), (
            "1 opened the epoch"
        )
        assert (as_of["joint"]["position"], as_of["joint"]["recorded_at"], as_of["joint"]["waiting"]) == (0, None, 0)


def test_an_answer_says_what_waits_parked_and_is_not_on_it(
    office: Office, make_database: MakeDatabase, clock: HandClock
) -> None:
    stand = newsstand(office, {"transfer": make_database("transfer")}, clock)
    broken = closure()
    broken = replace(broken, data={name: value for name, value in broken.data.items() if name != "number"})
    stand.papers["transfer"].tell(broken, deadline_event(deadline("d-1")))
    follower = Follower(
        office.db, office.name, "transfer", office.handlers()["transfer"], clock, stand.feeds["transfer"]
    )
    follower.step()
    as_of = people_of(office).get(BOARD, "sifa").data["as_of"]
    assert next(each for each in as_of if each["service"] == "transfer")["waiting"] == 2, "the second waits behind it"


def people_of(office: Office) -> People:
    return People(make(office), office)


def test_an_item_says_where_it_is_explained(office: Office, people: People) -> None:
    hear(office, deadline_event(deadline("d-1", DAY)))
    assert people.get(BOARD, "sifa").data["items"][0]["explained_at"] == "/api/transfer/deadlines/d-1"
