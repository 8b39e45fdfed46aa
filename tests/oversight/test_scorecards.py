"""Scorecards rank lateness without excuse and nothing else; of few cases nothing is told in percent."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from services.oversight.office import SPEC
from services.oversight.scorecards.periods import Period, period_of
from services.oversight.store import BOARD
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.deadlines.model import CANCELLED, MET
from shared.kernel.clock import HandClock, end_of
from shared.kernel.errors import Refused
from shared.kernel.settings import CITIES
from tests.offices import MakeOffice, People
from tests.oversight.told import case_event, closure, deadline, deadline_event, hear, know, plan_event

CARDS, SUPERVISION = "/api/oversight/scorecards", "/api/oversight/supervision"
SEPTEMBER = date(2025, 9, 15)


@pytest.fixture
def office(make_office: MakeOffice, clock: HandClock) -> Office:
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    clock.move_to(end_of(date(2025, 12, 31)))
    return opened


def worked(agency: str, cases: int, late: int = 0, breached: int = 0, on: date = SEPTEMBER) -> Iterable[Event]:
    """An agency's deadlines, each of a case of its own: so many met late, so many never, the others in time."""
    for number in range(cases):
        name = f"{agency}-{on}-{number}"
        done = {} if number < breached else {"state": MET, "late": number < breached + late}
        yield deadline_event(deadline(name, on, bound=agency, case=name, **done))


def cards(people: People, agency: str = "sifa", period: str = "2025-09", **asked: str) -> dict[str, dict[str, object]]:
    items = people.get(CARDS, agency, period=period, **asked).data["items"]
    return {item["agency"]: item for item in items}


def test_the_best_comes_first_equal_shares_are_equal_and_few_cases_are_not_ranked(
    office: Office, people: People
) -> None:
    hear(
        office,
        *worked("zhujian", 20, late=3, breached=1),
        *worked("zonghe", 10, late=2),
        *worked("shichang", 9, late=9),
        *worked("sifa", 30),
    )
    found = cards(people)
    assert [(name, card["rank"], card["percent"]) for name, card in found.items()] == [
        ("sifa", 1, 0.0),
        ("zhujian", 2, 20.0),
        ("zonghe", 2, 20.0),
        ("shichang", None, None),
    ]
    assert {
        name: found["zhujian"][name] for name in ("due", "met", "met_late", "breached", "late_without_excuse", "cases")
    } == {"due": 20, "met": 16, "met_late": 3, "breached": 1, "late_without_excuse": 4, "cases": 20}
    assert people.get(CARDS, "sifa", period="2025-09").data["ranked"] == 3


def test_below_ten_cases_means_cases_and_not_deadlines(office: Office, people: People) -> None:
    hear(
        office,
        *(
            deadline_event(deadline(f"d-{number}", SEPTEMBER, case=f"case-{number % 9}", state=MET, late=False))
            for number in range(30)
        ),
    )
    assert cards(people)["zhujian"]["percent"] is None
    hear(office, deadline_event(deadline("d-30", SEPTEMBER, case="case-9", state=MET, late=False)))
    assert cards(people)["zhujian"]["percent"] == 0.0


def test_what_is_excused_is_late_and_not_ranked(office: Office, people: People) -> None:
    """By an explanation that was given and accepted; one that was given and is not judged yet excuses nothing."""
    hear(office, *worked("zhujian", 10, late=2, breached=1), *worked("zonghe", 10, late=1))
    breached = deadline(f"zhujian-{SEPTEMBER}-0", SEPTEMBER, case=f"zhujian-{SEPTEMBER}-0", breached_generation=1)
    hear(office, deadline_event(breached, "breached"))
    made = people.post(SUPERVISION, {
        "kind": "reminder", "target": "zhujian", "says": "请说明延误",
        "deadlines": [f"transfer/zhujian-{SEPTEMBER}-{number}" for number in range(3)]}, "sifa", 1)
    assert made.status == 201, made.data
    ladder = f"{SUPERVISION}/{made.data['id']}"
    given = people.post(f"{ladder}/explain", {"ground": "platform", "reason": "平台故障"}, "zhujian", 1, seen=1)
    assert (given.status, cards(people)["zhujian"]["excused"]) == (200, 0)
    assert people.post(f"{ladder}/accept-explanation", {}, "sifa", 1, seen=2).status == 200
    found = cards(people)
    assert {
        name: found["zhujian"][name] for name in ("met_late", "breached", "excused", "late_without_excuse", "rank")
    } == {"met_late": 2, "breached": 1, "excused": 3, "late_without_excuse": 0, "rank": 1}
    assert found["zonghe"]["rank"] == 2
    trend = people.get(
        "/api/oversight/deadlines/trends", "sifa", by="month", **{"from": "2025-09-01", "to": "2025-09-30"}
    )
    assert trend.data["items"][0]["excused"] == 3


def test_nothing_is_excused_as_long_as_nobody_accepts_an_excuse(office: Office, people: People) -> None:
    hear(office, *worked("zhujian", 10, late=10))
    assert (cards(people)["zhujian"]["excused"], cards(people)["zhujian"]["percent"]) == (0, 100.0)


def test_a_deadline_is_in_the_period_of_its_last_day(office: Office, people: People) -> None:
    for day in (
        date(2025, 6, 30),
        date(2025, 7, 1),
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2025, 12, 31),
        date(2024, 12, 31),
    ):
        hear(office, *worked("zhujian", 1, on=day))
    expected = {
        "2025-09": 1,
        "2025-10": 1,
        "2025-Q2": 1,
        "2025-Q3": 2,
        "2025-Q4": 2,
        "2025": 5,
        "2024": 1,
        "2024-12": 1,
    }
    assert {period: cards(people, period=period)["zhujian"]["due"] for period in expected} == expected
    assert cards(people, period="2025-08") == {}


def test_what_is_open_still_or_was_called_off_weighs_nothing(office: Office, people: People) -> None:
    hear(
        office,
        *worked("zhujian", 10, late=1),
        deadline_event(deadline("off", SEPTEMBER, case="c", state=CANCELLED)),
        deadline_event(deadline("unsure", SEPTEMBER, case="c", provisional=True)),
    )
    assert (cards(people)["zhujian"]["percent"], cards(people)["zhujian"]["unconfirmed"]) == (10.0, 1)


def test_by_source_shows_each_and_the_filter_ranks_by_one(office: Office, people: People) -> None:
    hear(
        office,
        *worked("zhujian", 10),
        *(
            deadline_event(
                deadline(f"p-{number}", SEPTEMBER, case=f"p-{number}", clock="joint.task", statutory=False),
                source="joint",
            )
            for number in range(10)
        ),
    )
    found = cards(people)["zhujian"]
    assert (found["percent"], found["by_source"]["plan"]["breached"], found["by_source"]["statutory"]["met"]) == (
        50.0,
        10,
        10,
    )
    assert cards(people, source="statutory")["zhujian"]["percent"] == 0.0
    assert people.get(CARDS, "sifa", source="law").status == 400


def turned(case: str, sender: str, receiver: str, *names: str, on: date = SEPTEMBER) -> list[Event]:
    return [case_event(name, {"sender": sender, "receiver": receiver}, case, on) for name in names]


def test_what_came_back_is_shown_by_pair_and_ranked_by_nobody(office: Office, people: People) -> None:
    for number in range(10):
        hear(
            office,
            *turned(f"case-{number}", "zhujian", "zonghe", "letter_issued", *(["refused"] if number < 4 else [])),
        )
    hear(
        office,
        *turned("case-x", "zonghe", "zhujian", "letter_issued", "supplement_requested", "refused"),
        *turned("case-y", "zhujian", "zonghe", "letter_issued", "refused", on=date(2025, 10, 1)),
    )
    pairs = people.get(CARDS, "sifa", period="2025-09").data["pairs"]
    told = {(pair["sender"], pair["receiver"]): pair for pair in pairs}
    one, other = told["zhujian", "zonghe"], told["zonghe", "zhujian"]
    assert (one["sent"], one["refused"], one["percent"]["refused"]) == (10, 4, 40.0)
    assert (other["sent"], other["supplement"], other["refused"]) == (1, 1, 1)
    assert set(other["percent"].values()) == {None}, "of one letter nothing is told in percent"
    assert (one["sender_name"], one["receiver_name"]) == ("荣成市住房和城乡建设局", "荣成市综合行政执法局")
    assert not [name for pair in pairs for name in pair if "rank" in name]


def test_an_event_told_twice_is_one_turn(office: Office, people: People) -> None:
    events = turned("case-1", "zhujian", "zonghe", "letter_issued", "refused")
    hear(office, *events, *events)
    (pair,) = people.get(CARDS, "sifa", period="2025-09").data["pairs"]
    assert (pair["sent"], pair["refused"]) == (1, 1)


def test_a_filing_that_is_returned_is_a_turn_of_justice_and_who_filed_it(office: Office, people: People) -> None:
    """Told by this service itself: heard from its own journal."""
    hear(office, closure(on=SEPTEMBER))
    with office.db.read() as tx:
        told = office.journal.feed(tx, 0, 100)
    hear(office, *(event_of(each.body) for each in told if each.type == "filing_received"))
    (pair,) = (
        pair for pair in people.get(CARDS, "sifa", period="2025-09").data["pairs"] if pair["service"] == "oversight"
    )
    assert (pair["sender"], pair["receiver"], pair["sent"]) == ("zonghe", "sifa", 1)


def test_an_agency_reads_its_own_row_its_own_pairs_and_how_many_are_ranked(office: Office, people: People) -> None:
    hear(
        office,
        *worked("zhujian", 10, late=1),
        *worked("zonghe", 10),
        *turned("case-1", "zhujian", "zonghe", "letter_issued"),
        *turned("case-2", "zonghe", "shichang", "letter_issued"),
    )
    everything = {"zhujian", "zonghe"}
    expected = {
        "sifa": (everything, 2),
        "zhengfuban": (everything, 2),
        "zhujian": ({"zhujian"}, 1),
        "zonghe": ({"zonghe"}, 2),
        "shichang": (set(), 1),
        "jijian": (set(), 0),
        "nobody": (set(), 0),
        "": (set(), 0),
    }
    for agency, (rows, pairs) in expected.items():
        answer = people.get(CARDS, agency, period="2025-09").data
        assert ({item["agency"] for item in answer["items"]}, len(answer["pairs"])) == (rows, pairs), agency
        assert answer["ranked"] == 2
    assert people.get(CARDS, "zhujian", period="2025-09", agency="zonghe").data["items"] == []
    assert cards(people, "zhujian")["zhujian"]["rank"] == 2
    assert people.stranger(CARDS).status == 401


def test_a_draft_is_in_nobodys_figures(office: Office, people: People) -> None:
    hear(
        office,
        plan_event("drafted", "draft", lead="zonghe", plan="plan-1"),
        deadline_event(deadline("draft", SEPTEMBER, bound="zonghe", case="plan-1"), source="collab"),
    )
    for agency in ("sifa", "zonghe"):
        assert cards(people, agency) == {}
    hear(office, plan_event("submitted", "submitted", lead="zonghe", plan="plan-1"))
    for agency in ("sifa", "zonghe"):
        assert cards(people, agency)["zonghe"]["breached"] == 1


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_has_all_of_its_days(name: str, first: date, last: date) -> None:
    found = period_of(name)
    assert isinstance(found, Period) and (found.first, found.last) == (first, last)
    assert found.last - found.first >= timedelta(days=27)


@pytest.mark.parametrize(
    "name", ["", "2025-13", "2025-00", "2025-Q5", "2025-q1", "25", "2025-9", "0000", "9999", "２０２５", "2025-01-01"]
)
def test_what_is_no_period_is_refused(name: str, people: People) -> None:
    with pytest.raises(Refused):
        period_of(name)
    assert people.get(CARDS, "sifa", period=name).status == 400


def test_the_month_that_it_is_is_shown_unless_another_is_asked_for(
    office: Office, people: People, clock: HandClock
) -> None:
    answer = people.get(CARDS, "zhujian").data
    assert (answer["period"], answer["kind"], answer["from"]) == ("2026-01", "month", "2026-01-01")
    assert (answer["least_cases"], answer["target_percent"]) == (10, 95)
    with office.db.read() as tx:
        assert tx.execute(sa.select(BOARD)).all() == []
