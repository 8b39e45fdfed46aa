"""What plans tell: their deadlines with what each rests on, who is in a plan now, and what of it is filed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from services.oversight.api import make
from services.oversight.filings import repository
from services.oversight.office import SPEC
from services.oversight.sla.collector import DeadlineCollector
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.kernel.clock import HandClock
from shared.kernel.settings import CITIES
from shared.rulebook.loader import load
from tests.offices import MakeOffice, People
from tests.oversight.told import DAY, deadline, deadline_event, declined, hear, ids, know, plan_event, reported

BOARD_URL, FILINGS = "/api/oversight/deadlines", "/api/oversight/filings"
RULEBOOK = CITIES / "rongcheng" / "rulebook.yaml"
RETURN = {"ground": "incomplete", "reason": "缺少结案报告", "lacks": ["结案报告"]}


def running(id: str, clock: str, bound: str, due: date = DAY, **more: Any) -> Event:
    """A deadline of a plan that has begun; no law gives its limit."""
    said = {"clock": clock, "bound": bound, "case": "plan-1", "article": "", "statutory": False, **more}
    return deadline_event(deadline(id, due, **said), source=clock.partition(".")[0])


def seen(people: People, agencies: Iterable[str]) -> dict[str, set[str]]:
    return {agency: set(ids(people.get(BOARD_URL, agency).data["items"])) for agency in agencies}


# the board

def test_a_tasks_date_is_the_plans_own_and_no_limit_of_a_law(office: Office, people: People) -> None:
    hear(office, plan_event("started", "running", participants=["zonghe"]),
         running("task", "collab.task", "zonghe", item="3", unit="until"),
         running("limit", "collab.time_limit", "zhujian", DAY + timedelta(days=1), unit="until"),
         running("start", "collab.start", "zhujian", DAY + timedelta(days=2)),
         running("report", "collab.report", "zhujian", DAY + timedelta(days=3), article="13", statutory=True))
    items = people.get(BOARD_URL, "sifa").data["items"]
    shown = {row["deadline"]: (row["source"], row["source_title"]) for row in items}
    assert shown == {"task": ("plan", "方案自定日期"), "limit": ("plan", "方案自定日期"),
                     "start": ("internal", "内部时限"), "report": ("statutory", "法定期限")}
    for source, expected in (("plan", ["task", "limit"]), ("internal", ["start"]), ("statutory", ["report"])):
        assert ids(people.get(BOARD_URL, "sifa", source=source).data["items"]) == expected
    assert people.get(BOARD_URL, "sifa", source="custom").status == 400


def test_an_overdue_task_is_red_on_the_board_of_whoever_does_it(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, plan_event("started", "running", participants=["zonghe"]),
         running("task", "joint.task", "zonghe", item="3"))
    clock.advance(days=1)
    (item,) = people.get(BOARD_URL, "zonghe").data["items"]
    assert (item["light"], item["item"], item["source"], item["statutory"]) == ("red", "3", "plan", False)


def test_the_rulebook_says_which_dates_are_the_plans_own() -> None:
    clocks = load(RULEBOOK).clocks
    own = {name for name, clock in clocks.items() if clock.source.plan}
    assert own == {f"{service}.{clock}" for service in ("collab", "joint") for clock in ("task", "time_limit")}
    assert not any(clocks[name].source.statutory or clocks[name].source.internal for name in own)


def test_a_clock_that_the_city_makes_its_own_rule_is_the_plans_own_no_more(make_office: MakeOffice) -> None:
    office = make_office(SPEC)
    said = RULEBOOK.read_text("utf-8")
    know(office, said.replace("  joint.task:\n    source: plan\n", "  joint.task:\n    source: internal\n"))
    hear(office, plan_event("started", "running", participants=["zonghe"]),
         running("task", "joint.task", "zonghe", item="3"), running("other", "collab.task", "zonghe", item="3"))
    items = People(make(office), office).get(BOARD_URL, "sifa").data["items"]
    assert {row["deadline"]: row["source"] for row in items} == {"task": "internal", "other": "plan"}


def test_who_is_in_a_plan_sees_all_its_deadlines_and_who_has_left_it_its_own(office: Office, people: People) -> None:
    hear(office, plan_event("started", "running", participants=["zonghe", "shichang"]),
         running("lead", "collab.time_limit", "zhujian"), running("task", "collab.task", "zonghe"),
         running("other", "collab.task", "shichang"))
    everything = {"lead", "task", "other"}
    assert seen(people, ("zhujian", "zonghe", "shichang", "sifa", "zhengfuban")) == dict.fromkeys(
        ("zhujian", "zonghe", "shichang", "sifa", "zhengfuban"), everything)
    hear(office, declined())
    assert seen(people, ("zonghe", "shichang", "jijian", "nobody")) == {
        "zonghe": everything, "shichang": {"other"}, "jijian": set(), "nobody": set()}


def test_a_lead_that_was_replaced_loses_sight_of_the_plan(office: Office, people: People) -> None:
    hear(office, plan_event("started", "running", participants=["zonghe"]),
         running("limit", "joint.time_limit", "zonghe"),
         plan_event("amended", "running", lead="zonghe", participants=["shichang"], source="joint"))
    assert seen(people, ("zhujian", "zonghe", "shichang")) == {
        "zhujian": set(), "zonghe": {"limit"}, "shichang": {"limit"}}


def test_no_overseer_knows_of_a_plan_that_is_drafted_still(office: Office, people: People) -> None:
    """Who is consulted sees it; the figures of all deadlines tell nothing of it either."""
    hear(office, plan_event("drafted", "draft"), running("draft", "collab.draft", "zhujian"),
         plan_event("consulted", "draft", participants=["zonghe"]))
    assert seen(people, ("zhujian", "zonghe", "sifa", "zhengfuban")) == {
        "zhujian": {"draft"}, "zonghe": {"draft"}, "sifa": set(), "zhengfuban": set()}
    assert figures(office) == {}
    hear(office, plan_event("submitted", "submitted", participants=["zonghe"]))
    assert seen(people, ("zhujian", "sifa", "zhengfuban")) == {
        "zhujian": {"draft"}, "sifa": {"draft"}, "zhengfuban": {"draft"}}
    assert figures(office) == {("zhujian", "collab.draft", "false", "yellow"): 1.0}


def figures(office: Office) -> Mapping[tuple[str, ...], float]:
    running, *_ = DeadlineCollector(office).collect()
    return {tuple(sample.labels.values()): sample.value for sample in running.samples}


def test_a_plan_that_the_government_ordered_is_known_from_the_beginning(office: Office, people: People) -> None:
    hear(office, plan_event("lead_assigned", "assigned", source="joint"), running("draft", "joint.draft", "zhujian"))
    assert seen(people, ("sifa", "zhengfuban")) == {"sifa": {"draft"}, "zhengfuban": {"draft"}}


# filings

def filings(people: People, plan: str = "plan-1") -> list[tuple[str, int, str, str]]:
    """Kind, which of its kind, by whom and state, the newest first."""
    return [(each["kind"], each["report"], each["filed_by"], each["state"])
            for each in people.get(FILINGS, "sifa", case=plan).data["items"]]


def test_a_notice_of_declining_is_filed_by_who_declines(office: Office, people: People) -> None:
    hear(office, declined())
    assert filings(people) == [("decline", 1, "shichang", "received")]
    item = people.get(FILINGS, "sifa").data["items"][0]
    assert (item["service"], item["number"], item["filed_on"]) == ("collab", "荣市监协不字〔2025〕第1号", "2025-09-29")
    assert {agency: people.get(f"{FILINGS}/{item['id']}", agency).status
            for agency in ("shichang", "sifa", "zhengfuban", "zhujian", "zonghe")} == {
        "shichang": 200, "sifa": 200, "zhengfuban": 200, "zhujian": 404, "zonghe": 404}


def test_a_notice_of_declining_is_registered_and_never_sent_back(office: Office, people: People) -> None:
    """It holds already; what justice asks about its ground it asks in the plan."""
    hear(office, declined())
    path = f"{FILINGS}/{people.get(FILINGS, 'sifa').data['items'][0]['id']}"
    returned = people.post(f"{path}/return", RETURN, "sifa", seen=1)
    assert (returned.status, returned.codes) == (409, ["DECLINE_STANDS"])
    assert people.post(f"{path}/register", {"number": "荣司备〔2025〕1号"}, "sifa", seen=1).status == 200


def test_a_report_is_filed_when_its_closing_report_is_there(office: Office, people: People) -> None:
    hear(office, reported("report_delivered"))
    assert filings(people) == []
    hear(office, reported("closing_report_added"))
    assert filings(people) == [("collab", 1, "zhujian", "received")]


def test_a_returned_report_says_which_report_of_which_plan_and_the_next_is_a_filing_of_its_own(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, reported())
    path = f"{FILINGS}/{people.get(FILINGS, 'sifa').data['items'][0]['id']}"
    assert people.post(f"{path}/return", RETURN, "sifa", seen=1).status == 200
    with office.db.read() as tx:
        told = [event_of(each.body) for each in office.journal.feed(tx, 0, 1000)]
    (returned,) = (event for event in told if event.name == "filing_returned")
    assert {name: returned.data[name] for name in ("kind", "chapter", "case", "report")} == {
        "kind": "collab", "chapter": "collab", "case": "plan-1", "report": 1}
    clock.advance(hours=1)
    hear(office, reported(report=2))
    assert filings(people) == [("collab", 2, "zhujian", "received"), ("collab", 1, "zhujian", "returned")]


def test_a_summary_of_a_joint_action_goes_to_the_government_and_is_no_filing(office: Office, people: People) -> None:
    hear(office, plan_event("reported", "reported", participants=["zonghe"], source="joint", number="荣住建联报字〔2025〕第1号"))
    assert filings(people) == []


def test_every_kind_of_filing_is_coded() -> None:
    kinds = {delivered.kind for of in repository.DELIVERED.values() for delivered in of.values()}
    assert kinds == set(load(RULEBOOK).codes["filing_kinds"])
