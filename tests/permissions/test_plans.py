"""What each agency sees of a whole plan: its parties all, one that left the plan as it left it, others nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.city import DISCIPLINE, JUSTICE, NAME, OFFICE, SENDER, STRANGER, Case, City
from tests.permissions.commands import scan
from tests.permissions.plans import FORMER, HELPER, LATER, LEAD, OWN_WORD, PLANS, RELATED, base, drafted
from tests.permissions.test_views import feed

ALL, NONE = (LEAD, HELPER, RELATED, JUSTICE, OFFICE), (STRANGER, SENDER, DISCIPLINE)
OVER_ALL = (JUSTICE, OFFICE)
# what bears the mark of what came after FORMER had left
AFTERWARDS = {LATER, f"{HELPER}罚决9号", "后来的文书", "后来的报告"}


@pytest.fixture(params=PLANS)
def service(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def plan(planned: dict[str, Case], service: str) -> Case:
    return planned[service]


def everything_read(city: City, service: str, plan: Case, agency: str) -> Iterator[tuple[str, str]]:
    """Every answer about the plan that an agency can get, by what it asked."""
    pages = ("", "/events", "/deadlines", "/materials", "/tasks", "/versions", "/versions/compare?from=1&to=2",
             *(("/responsibility",) if service == "collab" else ()))
    for page in pages:
        yield page or "view", city.ask("GET", f"{base(service)}/{plan.id}{page}", city.token(agency)).text
    yield "list", city.get(base(service), agency).text
    for filters in ({"part": "participant"}, {"part": "lead"}, {"state": "reported"}, {"state": "running"},
                    {"lead": LEAD}, {"route": "submit"}, {"route": "apply"}, {"light": "met"}, {"light": "green"}):
        yield f"list {filters}", city.get(base(service), agency, **filters).text
        yield f"search {filters}", city.post(f"{base(service)}/search", {"filters": filters}, agency).text
    for text in ("滨海路", "擅搭棚屋", "荣环"):
        yield f"search {text}", city.post(f"{base(service)}/search", {"text": text}, agency).text
    for done in ("false", "true"):
        yield f"tasks {done}", city.get(f"/api/{service}/tasks", agency, done=done).text
    yield "numbers", city.get(f"/api/{service}/numbers", agency).text
    yield "corrections", city.get(f"/api/{service}/corrections", agency).text
    yield "board", city.get("/api/oversight/deadlines", agency, service=service).text
    yield "filings", city.get("/api/oversight/filings", agency).text
    yield "feed", city.get(f"/api/{service}/feed", agency, limit="1000").text


@pytest.mark.parametrize("agency", NONE)
def test_who_has_no_part_reads_nothing_of_a_plan(city: City, service: str, plan: Case, agency: str) -> None:
    for asked, text in everything_read(city, service, plan, agency):
        if asked in ("view", "/events", "/deadlines", "/materials", "/tasks", "/versions", "/responsibility"):
            assert '"NOT_VISIBLE"' in text, asked
        assert plan.id not in text and NAME not in text and "滨海路" not in text, asked


@pytest.mark.parametrize("agency", ALL)
def test_who_is_in_the_plan_and_both_offices_see_it_whole(city: City, service: str, plan: Case, agency: str) -> None:
    seen = city.get(f"{base(service)}/{plan.id}", agency).data
    assert (seen["state"], seen["case"]["findings"][0]["said"]["facts"]) == ("reported", LATER)
    assert [each["number"] for each in city.get(f"{base(service)}/{plan.id}/versions", agency).data["items"]] == [1, 2]


def test_who_left_reads_nothing_of_what_came_after(city: City, service: str, plan: Case) -> None:
    for asked, text in everything_read(city, service, plan, FORMER):
        assert not [word for word in AFTERWARDS if word in text], asked
    seen = city.get(f"{base(service)}/{plan.id}", FORMER).data
    assert [each["number"] for each in seen["case"]["versions"]] == [1]
    assert {each["agency"] for each in seen["case"]["task_reports"]} == {FORMER} and seen["case"]["decisions"] == []
    bound = city.get(f"{base(service)}/{plan.id}/deadlines", FORMER).data["items"]
    assert {each["bound"] for each in bound} == {FORMER}
    assert not any(action["allowed"] for action in seen["actions"] if action["act"] not in ("remark", "correct"))


def test_who_left_downloads_its_own_materials_and_no_others(city: City, service: str, plan: Case) -> None:
    every = city.get(f"{base(service)}/{plan.id}/materials", LEAD).data["items"]
    own = {each["number"] for each in every if each["added_by"] == FORMER}
    for each in every:
        answer = city.get(f"{base(service)}/{plan.id}/materials/{each['number']}", FORMER)
        assert (answer.status == 200) == (each["number"] in own), each["number"]


def test_of_the_evaluations_each_agency_reads_its_own(city: City, planned: dict[str, Case]) -> None:
    for agency in (*ALL, FORMER):
        text = city.get(f"{base('joint')}/{planned['joint'].id}", agency).text
        wanted = {word for code, word in OWN_WORD.items() if code == agency or agency in (LEAD, *OVER_ALL)}
        assert {word for word in OWN_WORD.values() if word in text} == wanted, agency


def test_a_true_date_within_its_time_makes_who_left_no_party_again(city: City, service: str, plan: Case) -> None:
    uploaded = city.ask("POST", f"{base(service)}/scans", city.token(FORMER), data=scan())
    before = city.get(f"{base(service)}/{plan.id}", LEAD).text
    until = next(party["until"] for party in json.loads(before)["case"]["parties"] if party["agency"] == FORMER)
    late: dict[str, Any] = {"happened_on": until, "back_entry": {"reason": "补录", "scan": uploaded.data["digest"]}}
    for act, body in (("add-material", {"original": True}), ("report-task", {}), ("record-decision", {}),
                      ("record-finding", {}), ("confirm-dispatch", {"dispatch": 1, "comes": True})):
        answer = city.post(f"{base(service)}/{plan.id}/{act}", {**body, **late}, FORMER, seen=plan.revision)
        assert (answer.status, answer.codes) == (403, ["WRONG_PARTY"]), (act, answer.text)
    assert city.get(f"{base(service)}/{plan.id}", LEAD).text == before


@pytest.mark.parametrize("agency", [*ALL, FORMER, *NONE])
def test_own_tasks_are_those_of_an_agency_that_is_in_the_plan(
        city: City, service: str, plan: Case, agency: str) -> None:
    tasks = [each for done in ("false", "true")
             for each in city.get(f"/api/{service}/tasks", agency, done=done).data["items"] if each["plan"] == plan.id]
    assert {each["number"] for each in tasks} == {LEAD: {1}, HELPER: {2, 3}}.get(agency, set())


@pytest.mark.parametrize("agency", [*ALL, FORMER, *NONE])
def test_an_agency_reads_its_own_ledger_of_a_chapter_of_plans_and_no_other(
        city: City, service: str, plan: Case, agency: str) -> None:
    own = city.get(f"/api/{service}/numbers", agency).data["items"]
    assert {number["agency"] for number in own} <= {agency}
    answer = city.get(f"/api/{service}/numbers", agency, agency=LEAD)
    assert answer.status == (200 if agency in (LEAD, *OVER_ALL) else 404)


@pytest.mark.parametrize("agency", [*ALL, FORMER, *NONE])
def test_the_board_shows_a_plans_deadlines_to_who_is_in_it(city: City, service: str, plan: Case, agency: str) -> None:
    items = city.get("/api/oversight/deadlines", agency, case=plan.id, limit="200").data["items"]
    bound = {item["bound"] for item in items}
    if agency in (LEAD, HELPER, *OVER_ALL):
        assert {LEAD, HELPER} <= bound
    else:                                   # who is related to a plan reads its deadlines there
        assert bound <= ({agency} if agency == FORMER else set())


def test_a_draft_is_in_no_list_feed_or_board_but_of_its_parties(city: City, planned: dict[str, Case]) -> None:
    plan = drafted(city, "joint").case
    for agency in (JUSTICE, OFFICE, RELATED, *NONE):
        for asked, text in everything_read(city, "joint", plan, agency):
            assert plan.id not in text, (agency, asked)
    for agency in (LEAD, FORMER, HELPER):
        assert plan.id in city.get(base("joint"), agency).text
        assert [item for item in feed(city, "joint", agency) if plan.id in item["body"]]


def test_audience_and_scope_agree_for_every_entry_of_a_plan(city: City, service: str, plan: Case) -> None:
    """Who is told of something may also open the plan."""
    office = city.suite.offices[service]
    with office.db.read() as tx:
        told = {row.agency for row in tx.exec_driver_sql(
            "select distinct a.agency from journal_audience a join journal j using (position) where stream = ?",
            (plan.id,))}
    assert told == {*ALL, FORMER}
