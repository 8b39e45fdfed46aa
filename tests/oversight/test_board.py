"""The board shows every deadline as its last event told it, with the light of the moment, to those who may see it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from services.oversight.board.deadlines import TITLES, light_at, page
from services.oversight.office import SPEC
from services.oversight.store import BOARD
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.deadlines.model import CANCELLED, MET, OPEN, PAUSED
from shared.deadlines.rules import LIGHTS, light
from shared.kernel.clock import HandClock, end_of, start_of
from tests.offices import MakeOffice, People
from tests.oversight.told import DAY, case_event, deadline, deadline_event, hear, ids, know

BOARD_URL = "/api/oversight/deadlines"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened)
    return opened


def test_a_deadline_turns_yellow_and_red_by_itself(office: Office, people: People, clock: HandClock) -> None:
    hear(office, deadline_event(deadline("d1", DAY + timedelta(days=1))))
    lights = []
    for instant in (start_of(DAY + timedelta(days=1)) - timedelta(microseconds=1), start_of(DAY + timedelta(days=1)),
                    end_of(DAY + timedelta(days=1)) - timedelta(microseconds=1), end_of(DAY + timedelta(days=1))):
        clock.move_to(instant)
        lights.append(people.get(BOARD_URL, "sifa").data["items"][0]["light"])
    assert lights == ["green", "yellow", "yellow", "red"]


def test_every_light_of_the_board_is_the_light_of_the_deadline(office: Office) -> None:
    now = datetime(2025, 9, 29, 4, tzinfo=UTC)
    spans = (timedelta(-1), timedelta(0), timedelta(1))
    told = [
        deadline(
            f"d{number}", state=state, late=late, provisional=provisional, due_at=now + due, yellow_at=now + yellow
        )
        for number, (state, late, provisional, due, yellow) in enumerate(
            product((OPEN, PAUSED, MET, CANCELLED), (None, True, False), (True, False), spans, spans)
        )
    ]
    hear(office, *map(deadline_event, told))
    with office.db.read() as tx:
        rows = tx.execute(sa.select(BOARD.c.deadline, light_at(now).label("light"))).all()
        given = tx, Viewer("sifa", Rank.OFFICER), office.law.snapshot(tx), now
        shown = page(*given, {}, len(told)).items
        asked = {light: page(*given, {"light": light}, len(told)).items for light in TITLES}
    found = {row.deadline: row.light for row in rows}
    assert found == {item["deadline"]: item["light"] for item in shown}
    assert found == {item["deadline"]: light for light, items in asked.items() for item in items}
    assert found == {each.id: light(each, now) for each in told}
    assert set(found.values()) == set(LIGHTS) == set(TITLES)


def test_the_last_event_of_a_deadline_is_what_the_board_shows(office: Office, people: People) -> None:
    begun = deadline("d1", DAY)
    met = replace(begun, state=MET, met_on=DAY, late=False)
    hear(office, deadline_event(begun), deadline_event(met, "met", why="已发出移送函"))
    item = people.get(BOARD_URL, "sifa").data["items"][0]
    assert (item["light"], item["light_title"], item["met_on"], item["why"]) == ("met", "按期完成", "2025-09-29", "已发出移送函")
    assert (item["bound_name"], item["due_on"], item["statutory"]) == ("荣成市住房和城乡建设局", "2025-09-29", True)


def test_a_deadline_that_was_over_before_it_ended_shows_the_delay(office: Office, people: People) -> None:
    begun = deadline("d1", DAY)
    over = replace(begun, state=CANCELLED, breached_generation=begun.generation)
    hear(office, deadline_event(begun), deadline_event(over, "cancelled", why="重新起算，原时限终止。"))
    item = people.get(BOARD_URL, "sifa").data["items"][0]
    assert (item["light"], item["light_title"]) == ("cancelled", "逾期后撤销")


def test_the_same_events_again_leave_the_same_board(office: Office, people: People) -> None:
    events = [deadline_event(deadline(f"d{number}")) for number in range(3)]
    hear(office, *events)
    before = people.get(BOARD_URL, "sifa").data
    hear(office, *events)
    assert people.get(BOARD_URL, "sifa").data == before


def test_hour_clocks_have_no_last_day_and_are_shown(office: Office, people: People) -> None:
    hear(office, deadline_event(deadline("d1", due_on=None, unit="hours", amount=4)))
    assert people.get(BOARD_URL, "sifa").data["items"][0]["due_on"] is None


def test_every_service_is_on_the_board(office: Office, people: People) -> None:
    hear(
        office,
        *(
            deadline_event(deadline("same-id"), source=source)
            for source in ("transfer", "collab", "joint", "sharing", "desk", "oversight")
        ),
    )
    assert len(people.get(BOARD_URL, "sifa").data["items"]) == 6
    assert len(people.get(BOARD_URL, "sifa", service="desk").data["items"]) == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"agency": "zonghe"}, ["d3"]),
        ({"clock": "transfer.review"}, ["d2"]),
        ({"case": "case-2"}, ["d3"]),
        ({"light": "red"}, ["d1"]),
        ({"light": "green"}, ["d2"]),
        ({"light": "paused"}, ["d3"]),
        ({"light": "met"}, []),
        ({"agency": "zhujian", "light": "red"}, ["d1"]),
        ({"agency": "zonghe", "light": "red"}, []),
        ({}, ["d1", "d2", "d3"]),
    ],
)
def test_filters_hold_together(office: Office, people: People, filters: dict[str, str], expected: list[str]) -> None:
    hear(office, deadline_event(deadline("d1", DAY - timedelta(days=1))),
         deadline_event(deadline("d2", DAY + timedelta(days=3), clock="transfer.review")),
         deadline_event(deadline("d3", DAY + timedelta(days=4), bound="zonghe", case="case-2", state=PAUSED)))
    assert ids(people.get(BOARD_URL, "sifa", **filters).data["items"]) == expected


@pytest.mark.parametrize("filters", [{"colour": "red"}, {"light": "blue"}, {"after": "bm90aGluZw"}, {"limit": "0"}])
def test_what_cannot_be_asked_is_refused(people: People, filters: dict[str, str]) -> None:
    assert people.get(BOARD_URL, "sifa", **filters).status == 400


def test_pages_follow_one_another_without_gap_or_repeat(office: Office, people: People) -> None:
    """Many are due at the same instant: the order is still total."""
    told = [deadline(f"d{number:03}", DAY + timedelta(days=number % 3)) for number in range(25)]
    hear(office, *map(deadline_event, told))
    seen: list[str] = []
    after = ""
    for _ in range(6):
        page = people.get(BOARD_URL, "sifa", limit="5", after=after).data
        seen += ids(page["items"])
        after = page["next"]
        if not after:
            break
    assert seen == [each.id for each in sorted(told, key=lambda each: (each.due_at, each.id))]


def test_who_sees_which_deadline(office: Office, people: People) -> None:
    """Justice and the government office all; an agency its own, and those of the cases it has a part in now."""
    hear(office, case_event("announced", {"sender": "zhujian", "receiver": "shichang"}),
         deadline_event(deadline("letter", bound="zhujian")), deadline_event(deadline("review", bound="shichang")),
         case_event("rerouted", {"sender": "zhujian", "receiver": "zonghe"}),
         deadline_event(deadline("review-2", bound="zonghe")),
         deadline_event(deadline("elsewhere", bound="zonghe", case="case-2")))
    expected = {
        "sifa": {"letter", "review", "review-2", "elsewhere"},
        "zhengfuban": {"letter", "review", "review-2", "elsewhere"},
        "zhujian": {"letter", "review", "review-2"},
        "zonghe": {"letter", "review", "review-2", "elsewhere"},
        "shichang": {"review"},
        "jijian": set(),
        "nobody": set(),
    }
    assert {agency: set(ids(people.get(BOARD_URL, agency).data["items"])) for agency in expected} == expected
    assert people.stranger(BOARD_URL).status == 401


def test_a_filter_shows_nothing_that_may_not_be_seen(office: Office, people: People) -> None:
    hear(office, deadline_event(deadline("d1", bound="zonghe", case="case-2")))
    for filters in ({"agency": "zonghe"}, {"case": "case-2"}, {"clock": "transfer.letter"}):
        assert people.get(BOARD_URL, "zhujian", **filters).data["items"] == []


def test_a_deadline_that_binds_nobody_of_the_register_is_shown_to_justice(office: Office, people: People) -> None:
    hear(office, deadline_event(deadline("d1", bound="", case="case-9")))
    assert ids(people.get(BOARD_URL, "sifa").data["items"]) == ["d1"]
    assert people.get(BOARD_URL, "").data["items"] == []


def test_a_board_of_one_more_field_than_it_knows_is_kept(office: Office, people: People) -> None:
    event = deadline_event(deadline("d1"))
    hear(office, replace(event, data={**event.data, "later": {"field": 1}}))
    assert ids(people.get(BOARD_URL, "sifa").data["items"]) == ["d1"]


def test_days_are_days(office: Office) -> None:
    hear(office, deadline_event(deadline("d1", date(2024, 2, 29))))
    with office.db.read() as tx:
        row = tx.execute(sa.select(BOARD)).one()
    assert (row.due_on, row.started_on, row.due_at) == (date(2024, 2, 29), date(2024, 2, 24), end_of(date(2024, 2, 29)))
