"""31: hints are computed of what stands, a matter goes to discipline and justice in one act, and nobody else knows of
it; on both back ends."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from services.oversight.accountability.domain import NO_DISCIPLINE, someone_to_sign
from services.oversight.accountability.store import LEADS
from services.oversight.board.projection import PROJECTION
from services.oversight.office import SPEC
from shared.access.log import access_log
from shared.acts.circumstances import context_of
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.envelope import event_of
from shared.contracts.register import Heir, Register
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import CITIES
from shared.law import tables
from tests.offices import Answer, MakeOffice, People
from tests.oversight.test_conferences import hear_own
from tests.oversight.test_supervision import breach, late, withdrawn
from tests.oversight.told import AGENCIES, hear, know, plan_event
from tests.situations.city import calendar

BASE, BOARD = "/api/oversight/accountability", "/api/oversight/deadlines"
HINTS, OTHERS = f"{BASE}/hints", ("zhengfuban", "shichang", "zonghe")
TYPED = {"situations": ["31-6"], "agency": "shichang", "facts": "泄露检查时间", "plan": "collab/plan-1"}


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    """住建 leads a plan in which 市监 has let a dispatch go unconfirmed, and 住建 its own report be late."""
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    with opened.db.write() as tx:
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, opened.clock.now())
    hear(opened, plan_event("started", "running", participants=["shichang", "zonghe"]),
         breach(late("d1", bound="shichang", clock="collab.dispatch", case="plan-1"), 41),
         breach(late("d2", bound="zhujian", clock="collab.report", case="plan-1"), 42),
         breach(late("d3", bound="zonghe", clock="transfer.phone"), 43),
         breach(late("d4", bound="zonghe", clock="transfer.letter"), 44))
    return opened


def hints(people: People, agency: str) -> dict[str, Any]:
    answer = people.get(HINTS, agency)
    assert answer.status == 200, answer.data
    return {each["hint"]: each for each in answer.data["items"]}


def act(people: People, made: Answer, name: str, body: dict[str, Any], agency: str, rank: int = 2) -> Answer:
    path = f"{BASE}/{made.data['id']}"
    seen = people.get(path, agency)
    return people.post(f"{path}/{name}", body, agency, rank, seen=seen.data["revision"] if seen.status == 200 else 1)


def test_a_hint_names_its_situation_its_evidence_and_who_would_report_and_means_nobody_to_themselves(
        people: People) -> None:
    shown = hints(people, "sifa")
    assert {key: (each["situations"], each["agency"], each["reporter"]) for key, each in shown.items()} == {
        "collab/d1/1": (["31-5"], "shichang", "zhujian"), "collab/d2/1": (["31-5"], "zhujian", "sifa"),
        "transfer/d3/1": (["31-2"], "zonghe", "sifa")}
    evidence, = shown["collab/d1/1"]["evidence"]
    assert (evidence["service"], evidence["position"], evidence["event"]) == ("collab", 41, "event-d1-breached")
    assert evidence["digest"].startswith("sha256:")
    assert list(hints(people, "zhujian")) == ["collab/d1/1"], "what its own plan shows of others"
    for agency in (*OTHERS, "jijian"):
        assert hints(people, agency) == {}


def test_a_hint_goes_with_its_breach_and_with_whoever_takes_it_up(office: Office, people: People) -> None:
    hear(office, withdrawn(late("d3", bound="zonghe", clock="transfer.phone")))
    assert set(hints(people, "sifa")) == {"collab/d1/1", "collab/d2/1"}
    aside = people.post(f"{BASE}/set-aside", {"hint": "collab/d2/1", "reason": "系统故障"}, "sifa")
    assert (aside.status, aside.data["state"]) == (201, "set_aside")
    again = people.post(BASE, {"hint": "collab/d2/1", "facts": "逾期"}, "sifa")
    assert (again.status, again.codes) == (409, ["NO_SUCH_HINT"])
    entered = people.post(BASE, hints(people, "zhujian")["collab/d1/1"]["body"], "zhujian", 1)
    assert entered.status == 201
    assert hints(people, "sifa") == {} and hints(people, "zhujian") == {}


def test_one_report_is_with_discipline_and_justice_and_with_nobody_else(office: Office, people: People) -> None:
    entered = people.post(BASE, TYPED, "zhujian", 1)
    path = f"{BASE}/{entered.data['id']}"
    for agency in ("sifa", "jijian", *OTHERS):
        assert people.get(path, agency).status == 404, agency
        assert people.get(BASE, agency).data["items"] == [], agency
    assert act(people, entered, "report", {}, "zhujian", 1).codes == ["RANK_TOO_LOW"]
    assert act(people, entered, "report", {"number": "荣住建问〔2025〕1号"}, "zhujian").status == 200
    for agency in ("sifa", "jijian", "zhujian"):
        seen = people.get(path, agency)
        assert (seen.status, seen.data["state"]) == (200, "reported"), agency
    for agency in OTHERS:
        assert people.get(path, agency).status == 404, agency
        assert act(people, entered, "sign-receipt", {}, agency).status == 404, agency
    assert act(people, entered, "sign-receipt", {"number": "荣纪收〔2025〕7号"}, "jijian", 1).data["state"] == "received"
    assert act(people, entered, "record-result", {"says": "批评教育"}, "jijian", 1).data["state"] == "concluded"
    assert people.get(path, "zhujian").data["case"]["result"] == "批评教育"


def test_who_reports_follows_from_who_leads_the_plan(people: People) -> None:
    cases = [("shichang", {}, "NOT_THE_LEAD"), ("sifa", {}, "LEAD_REPORTS"),
             ("zhujian", {"agency": "zhujian"}, "LEAD_IS_MEANT"),
             ("zhengfuban", {"plan": ""}, "NOT_THE_LEAD"),
             ("sifa", {"agency": "sifa", "plan": ""}, "JUSTICE_IS_MEANT")]
    for agency, more, code in cases:
        answer = people.post(BASE, {**TYPED, **more}, agency)
        assert (answer.status, answer.codes) == (403, [code]), agency
    assert people.post(BASE, {**TYPED, "agency": "zhujian"}, "sifa").status == 201
    assert people.post(BASE, {**TYPED, "plan": ""}, "sifa").status == 201
    assert people.post(BASE, {**TYPED, "agency": "sifa", "plan": ""}, "zhengfuban").status == 201


@pytest.mark.parametrize("plan", ("collab/plan-2", "joint/plan-1", "transfer/plan-1", "transfer/case-1",
                                  "collab/00000000-0000-0000-0000-000000000000", "collab/draft-1"))
def test_a_plan_that_is_not_known_opens_no_way_past_its_lead(office: Office, people: People, plan: str) -> None:
    hear(office, plan_event("drafted", "draft", plan="draft-1"))
    answer = people.post(BASE, {**TYPED, "plan": plan}, "sifa")
    assert (answer.status, answer.codes) == (409, ["UNKNOWN_PLAN"])
    refusal, = answer.data["refusals"]
    assert plan in refusal["detail"] and (refusal["where"], refusal["article"]) == ("plan", "31")
    assert people.get(BASE, "sifa").data["items"] == []


def test_of_a_draft_its_lead_alone_knows_and_may_report(office: Office, people: People) -> None:
    hear(office, plan_event("drafted", "draft", plan="draft-1"))
    assert people.post(BASE, {**TYPED, "plan": "collab/draft-1"}, "zhujian").status == 201


def test_a_plan_of_which_an_earlier_release_kept_no_chapter_is_known_by_either(office: Office, people: People) -> None:
    with office.db.write() as tx:
        tx.execute(LEADS.update().values(service=None))
    for chapter, codes in (("collab", ["LEAD_REPORTS"]), ("joint", ["LEAD_REPORTS"]), ("transfer", ["UNKNOWN_PLAN"])):
        assert people.post(BASE, {**TYPED, "plan": f"{chapter}/plan-1"}, "sifa").codes == codes, chapter


def test_what_means_justice_itself_is_hinted_to_the_government_office_and_to_the_lead(
        office: Office, people: People) -> None:
    hear(office, breach(late("d5", bound="sifa", clock="transfer.phone", case="case-5"), 45),
         breach(late("d6", bound="sifa", clock="collab.dispatch", case="plan-1"), 46))
    assert not {"transfer/d5/1", "collab/d6/1"} & set(hints(people, "sifa"))
    shown = hints(people, "zhengfuban")
    assert {key: each["reporter"] for key, each in shown.items()} == {"transfer/d5/1": "zhengfuban"}
    assert "collab/d6/1" in hints(people, "zhujian")
    assert people.post(BASE, {"hint": "transfer/d5/1", "facts": "逾期"}, "sifa").codes == ["NO_SUCH_HINT"]
    entered = people.post(BASE, shown["transfer/d5/1"]["body"], "zhengfuban")
    assert act(people, entered, "report", {}, "zhengfuban").data["facts"]["offices"] == ["jijian"]
    seen = {agency: people.get(f"{BASE}/{entered.data['id']}", agency).status for agency in ("jijian", "sifa")}
    assert seen == {"jijian": 200, "sifa": 404}


def test_its_deadlines_are_on_the_board_of_its_parties_alone(office: Office, people: People) -> None:
    act(people, people.post(BASE, TYPED, "zhujian"), "report", {}, "zhujian")
    hear_own(office)
    for agency, seen in {"jijian": 1, "sifa": 1, "zhujian": 1, "zhengfuban": 0, "shichang": 0, "zonghe": 0}.items():
        found = people.get(BOARD, agency, clock="oversight.accountability").data["items"]
        assert len(found) == seen, agency


def test_a_board_made_anew_keeps_it_apart_as_well(office: Office, people: People) -> None:
    act(people, people.post(BASE, TYPED, "zhujian"), "report", {}, "zhujian")
    with office.db.write() as tx:
        told = [event_of(each.body, position=each.position) for each in office.journal.feed(tx, 0, 1000, None)]
        for table in PROJECTION.tables:
            tx.execute(table.delete())
        PROJECTION.take(tx, "oversight", told)
    for agency, seen in {"jijian": 1, "sifa": 1, "zhujian": 1, "zhengfuban": 0, "shichang": 0}.items():
        assert len(people.get(BOARD, agency, clock="oversight.accountability").data["items"]) == seen, agency


def test_every_look_is_in_the_access_log(office: Office, people: People) -> None:
    entered = people.post(BASE, TYPED, "zhujian")
    case = entered.data["id"]
    looks = ("", "/events", "/deadlines")
    for look in looks:
        assert people.get(f"{BASE}/{case}{look}", "zhujian").status == 200
    people.get(HINTS, "sifa")
    hear_own(office)
    for agency, shown in (("zhujian", True), ("zhengfuban", False)):
        assert (case in {item["case"] for item in people.get(BOARD, agency).data["items"]}) is shown
    with office.db.read() as tx:
        rows = tx.execute(sa.select(access_log.c.what, access_log.c.subject, access_log.c.agency)).all()
    assert {(f"GET {BASE}/<case_id>{look}", case, "zhujian") for look in looks} <= {tuple(row) for row in rows}
    assert (f"GET {HINTS}", "", "sifa") in {tuple(row) for row in rows}
    assert [row.agency for row in rows if row.what == f"GET {BOARD}"] == ["zhujian"], "who is shown one"


def test_without_a_discipline_inspection_nothing_can_be_reported(office: Office) -> None:
    context = context_of(office.clock.now(), THE_SUITE, Request(), office.law.now(), "")
    assert list(someone_to_sign(None, context)) == []                        # type: ignore[arg-type]
    nobody = context.__class__(context.now, context.happened_on, context.happened_at, context.rulebook, Register(),
                               THE_SUITE)
    assert list(someone_to_sign(None, nobody)) == [NO_DISCIPLINE]            # type: ignore[arg-type]


def test_hints_go_on_where_a_page_ended(people: People) -> None:
    found, after = list[str](), ""
    while True:
        page = people.get(HINTS, "sifa", limit="1", **({"after": after} if after else {})).data
        found += [each["hint"] for each in page["items"]]
        if not (after := page["next"]):
            break
    assert sorted(found) == ["collab/d1/1", "collab/d2/1", "transfer/d3/1"]


def test_what_is_let_pass_anew_is_hinted_at_anew(office: Office, people: People) -> None:
    people.post(f"{BASE}/set-aside", {"hint": "transfer/d3/1", "reason": "系统故障"}, "sifa")
    anew = late("d3", bound="zonghe", clock="transfer.phone")
    hear(office, breach(replace(anew, generation=2, breached_generation=2), 51))
    assert set(hints(people, "sifa")) == {"collab/d1/1", "collab/d2/1", "transfer/d3/2"}


def test_who_succeeds_the_reporter_reads_nothing_of_it_by_its_name(office: Office, people: People,
                                                                   clock: HandClock) -> None:
    """The one heir reads what the former agency had; a matter of accountability is no part of that: it may be meant."""
    people.post(BASE, TYPED, "zhujian", 1)
    entered_on = day_of(clock.now())
    with office.db.write() as tx:
        former = next(agency for agency in AGENCIES if agency.code == "zhujian")
        tables.put_agencies(tx, [replace(former, until=entered_on, heirs=(Heir("zonghe"),))])
    clock.advance(days=1)
    of = {"of": "zhujian"}
    feed = people.get("/api/oversight/feed", "zonghe", **of)
    assert (feed.status, [each for each in feed.data["items"] if "accountability" in str(each)]) == (200, [])
    day = people.get("/api/oversight/reconciliation", "zonghe", **of, date=entered_on.isoformat()).data
    assert not [name for name in day["types"] if "accountability" in name]
    changed = people.get("/api/oversight/reconciliation", "zonghe", **of, changed_since=entered_on.isoformat())
    assert (changed.status, [each for each in changed.data["items"] if each["path"] == "accountability"]) == (200, [])
