"""Chapter 3 over HTTP, on both back ends: a lead named by order, evaluations and who sees which, a lead replaced."""

from datetime import timedelta

import pytest

from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.plans import bodies
from tests.plans.acting import Acting, opened
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD, OFFICE, OTHER, STRANGER
from tests.served import codes

__all__ = ["make_office"]

ASSIGN = {"title": "滨海区域专项治理", "document": "鲁政办发〔2025〕3号", "ordered_by": "省政府", "field_or_area": "滨海区域",
          "lead": LEAD, **bodies.BY}
DIRECT = {"title": "台风后联合执法", "kind": "minutes", "number": "荣政纪〔2025〕4号", "decided_by": "市政府第9次常务会", "lead": LEAD,
          **bodies.BY}


@pytest.fixture
def acting(make_office: MakeOffice, clock: HandClock) -> Acting:
    return Acting("joint", opened("joint", make_office, clock), clock)


@pytest.mark.parametrize(("act", "order", "route"), [
    ("assign", ASSIGN, "assigned"), ("decide-directly", DIRECT, "direct")])
def test_a_lead_named_by_order_drafts_without_an_application_and_a_meeting_or_the_head_decides(
        acting: Acting, act: str, order: bodies.Body, route: str) -> None:
    order = {**order, "scan": acting.waiting()} if act == "decide-directly" else order
    assert codes(acting.ask(act, order, LEAD)) == ["WRONG_PARTY"]
    assert acting.do(act, order, OFFICE)["state"] == "assigned"
    assert [acting.get(by=agency).status_code for agency in (LEAD, JUSTICE, OFFICE, HELPER)] == [200, 200, 200, 404]
    draft = {**bodies.draft("joint", acting.today), "grounds": [], "lead_because": ""}
    assert acting.do("draft", draft, LEAD)["state"] == "assigned"
    assert acting.do("submit")["facts"]["route"] == route
    for step in ("review", "present"):
        acting.do(step)
    scan = acting.scan()
    assert codes(acting.ask("approve", {"paper": bodies.paper(scan, kind="reply")})) == ["OTHER_PAPER"]
    assert acting.do("approve", {"paper": bodies.paper(scan, kind="minutes")})["state"] == "approved"


def test_a_direct_decision_stands_on_a_scan_that_the_office_uploaded_itself(acting: Acting) -> None:
    for without in ("", f"sha256:{'0' * 64}", acting.waiting(STRANGER, content=b"%PDF-1.7 of another agency")):
        answer = acting.ask("decide-directly", {**DIRECT, "scan": without}, OFFICE)
        assert (answer.status_code, codes(answer)) == (422, ["NO_DECISION_SCAN"])
        assert answer.get_json()["refusals"][0]["article"] == "17"
    told = acting.do("decide-directly", {**DIRECT, "scan": acting.waiting()}, OFFICE)
    assert told["facts"]["material"] == 1
    for agency in (LEAD, JUSTICE, OFFICE):
        with acting.get("/materials/1", agency) as kept:
            assert (kept.status_code, kept.get_data()) == (200, b"%PDF-1.7\n% a paper\n"), agency
    assert acting.get("/materials/1", HELPER).status_code == 404


def test_who_has_left_corrects_what_it_recorded_before_any_report_is_made(acting: Acting) -> None:
    acting.running()
    entry = acting.do("record-interim-measure", bodies.measure(acting.today), HELPER)["entry"]
    content = acting.read()["case"]["versions"][0]["content"]
    wanted = {**content, "participants": [each for each in content["participants"] if each["agency"] != HELPER],
              "tasks": [{**each, "agency": LEAD if each["agency"] == HELPER else each["agency"]}
                        for each in content["tasks"]]}
    acting.do("amend", {"content": wanted, "reason": "职责划出", "minor": False, **bodies.SIGNED})
    for act in ("review-amendment", "present-amendment"):
        acting.do(act)
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())}, days=1)
    left = acting.read(by=HELPER)
    right = {"entry": entry, "field": "effect", "old": "已停止", "new": "已停止并清运", "reason": "漏记", **bodies.BY}
    acting.clock.advance(days=1)
    revision, acting.revision = acting.revision, left["revision"]
    acting.do("correct", right, HELPER)
    acting.revision = revision + 1
    assert acting.read()["case"]["measures"][0]["said"]["effect"] == "已停止并清运"
    seen = acting.read(by=HELPER)
    assert seen["case"]["measures"][0]["said"]["effect"] == "已停止并清运"
    assert (seen["state"], len(seen["case"]["versions"])) == ("running", 1)
    assert codes(acting.ask("correct", {**right, "old": "已停止并清运", "new": "甲"}, OTHER)) == ["NOT_THE_AUTHOR"]


def test_an_ordered_lead_is_seen_in_lists_by_the_route(acting: Acting) -> None:
    acting.do("assign", ASSIGN, OFFICE)
    for route, there in (("assigned", 1), ("apply", 0)):
        listed = acting.people.get(f"{acting.base}?route={route}", JUSTICE).get_json()["items"]
        assert len(listed) == there


def test_a_participant_sees_its_own_evaluation_and_no_other_and_may_remark_once(acting: Acting) -> None:
    acting.reported()
    whole = ((each, {HELPER, OTHER}) for each in (LEAD, JUSTICE, OFFICE))
    for agency, seen in ((HELPER, {HELPER}), (OTHER, {OTHER}), *whole):
        report = acting.read(by=agency)["case"]["report"]
        assert {each["agency"] for each in report["evaluations"]} == seen, agency
    acting.do("remark")
    assert codes(acting.ask("remark")) == ["REMARKED"]
    assert codes(acting.ask("remark", by=LEAD)) == ["WRONG_PARTY"]
    assert acting.read(by=OTHER)["case"]["remarks"] == []


def test_a_replaced_lead_hands_over_by_list_and_sees_nothing_after(acting: Acting) -> None:
    acting.running()
    content = acting.read()["case"]["versions"][0]["content"]
    tasks = [{**each, "agency": OTHER if each["agency"] == LEAD else each["agency"]} for each in content["tasks"]]
    wanted = {**content, "lead": OTHER, "tasks": tasks,
              "participants": [each for each in content["participants"] if each["agency"] != OTHER]}
    body = {"content": wanted, "reason": "机构改革", "minor": False, **bodies.SIGNED}
    assert acting.ask("amend", body).status_code == 422
    acting.do("amend", {**body, "handover": [{"title": "案卷", "kind": "case_file", "copies": 3}]})
    for act in ("review-amendment", "present-amendment"):
        acting.do(act)
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())}, days=1)
    acting.clock.advance(days=1)
    acting.do("record-decision", bodies.decision("荣市监责改〔2025〕1号"), OTHER)
    assert (acting.read(by=OTHER)["case"]["versions"][-1]["content"]["lead"]) == OTHER
    assert "荣市监责改" not in acting.get(by=LEAD).get_data(as_text=True)
    assert codes(acting.ask("propose-end", by=LEAD)) == ["WRONG_PARTY"]
    acting.do("propose-end", by=OTHER)
    assert acting.do("end")["state"] == "ended"


def test_justice_ends_what_the_lead_has_proposed_to_end(acting: Acting) -> None:
    acting.running()
    assert codes(acting.ask("end", by=LEAD)) == ["WRONG_PARTY"]
    assert codes(acting.ask("end")) == ["END_NOT_PROPOSED"]
    acting.do("propose-end")
    assert acting.do("end")["state"] == "ended"
    assert acting.get("/tasks", STRANGER).status_code == acting.get("/versions", LATER).status_code == 404


def test_a_draft_may_be_revised_by_put_after_the_order(acting: Acting) -> None:
    acting.do("assign", ASSIGN, OFFICE)
    body = {**bodies.draft("joint", acting.today), "grounds": [], "lead_because": ""}
    headers = {"Authorization": f"Bearer {acting.people.token(LEAD, 1)}", "Idempotency-Key": "put-1",
               "If-Match": f'"{acting.revision}"'}
    answer = acting.people.client.put(f"{acting.base}/{acting.id}", json=body, headers=headers)
    assert (answer.status_code, answer.get_json()["event"]) == (200, "joint.revised")
    limit = acting.today + timedelta(days=30)
    assert acting.read()["case"]["versions"][0]["content"]["time_limit"] == limit.isoformat()
