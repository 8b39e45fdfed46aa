"""Plans of both chapters over HTTP, on both back ends: from the draft to the report; what is read on the way."""

from datetime import timedelta
from typing import Any

import pytest

from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD, OFFICE, OTHER, STRANGER
from tests.served import codes

EVERYONE = (LEAD, HELPER, OTHER, JUSTICE, OFFICE)


def events(acting: Acting, by: str = LEAD) -> list[str]:
    """The acts' events as the plan's history tells them to an agency."""
    told = acting.read("/events?limit=200", by)["items"]
    return [each["event"] for each in told if not each["event"].startswith("deadline_")]


def test_a_plan_goes_from_its_draft_to_its_report(acting: Acting) -> None:
    acting.drafted().do("consult", {"agencies": [HELPER], "due_on": (acting.today + timedelta(days=3)).isoformat(),
                                    **bodies.BY})
    acting.do("answer-consultation")
    acting.do("record-interim-measure", bodies.measure(acting.today), LEAD)
    for act, days in (("submit", 1), ("review", 1), ("present", 1)):
        acting.do(act, days=days)
    acting.do("approve", {"paper": bodies.paper(acting.scan()), "conditions": ["不得扰民"]})
    acting.do("start", days=1)
    acting.do("dispatch", bodies.dispatch(acting.today))
    acting.do("confirm-dispatch", {"dispatch": 1, "comes": True, "officers": bodies.OFFICERS})
    acting.do("report-task", {"tasks": [{"task": 2, "done": True, "says": "已清理"}], "materials": [], **bodies.BY})
    acting.do("record-decision", bodies.decision("荣综执责改〔2025〕1号"))
    acting.do("record-finding")
    acting.do("suspend", days=1)
    acting.do("resume", days=1)
    if acting.service == "joint":
        acting.do("propose-end")
    acting.do("end", days=1)
    answer = acting.do("report", acting.report(), days=2)
    assert answer["state"] == "reported"
    history = events(acting)
    assert history[0] == "drafted" and history[-1] == "reported"
    lights = {each["clock"].partition(".")[2]: each["light"] for each in acting.read("/deadlines", JUSTICE)["items"]}
    assert "red" not in lights.values() and lights["report" if acting.service == "collab" else "summary"] == "met"
    for agency in EVERYONE:
        assert acting.read(by=agency)["state"] == "reported"
    assert acting.get(by=STRANGER).status_code == 404


def test_numbers_run_by_agency_under_the_words_of_the_chapter(acting: Acting) -> None:
    acting.drafted().do("submit")
    acting.do("review")
    sign = {"collab": "协", "joint": "联"}[acting.service]
    for agency, word in ((LEAD, f"荣住建{sign}报字"), (JUSTICE, f"荣司{sign}审字")):
        ledger = acting.people.get(f"/api/{acting.service}/numbers?year={acting.today.year}", agency).get_json()
        assert [(each["word"], each["serial"]) for each in ledger["items"]] == [(word, 1)]


def test_put_writes_a_draft_anew_in_its_state_and_needs_the_revision_seen(acting: Acting) -> None:
    acting.drafted()
    path, body = f"{acting.base}/{acting.id}", bodies.draft(acting.service, acting.today)
    body["content"] = {**body["content"], "title": "滨海路整治（改）"}
    people = acting.people

    def put(revision: int | None) -> Any:
        headers = {"Authorization": f"Bearer {people.token(LEAD, 1)}", "Idempotency-Key": f"put-{revision}"}
        if revision:
            headers["If-Match"] = f'"{revision}"'
        return people.client.put(path, json=body, headers=headers)

    assert codes(put(None)) == ["IF_MATCH_MISSING"] and codes(put(7)) == ["STALE"]
    answer = put(acting.revision)
    assert (answer.status_code, answer.get_json()["state"], answer.headers["ETag"]) == (200, "draft", '"2"')
    assert acting.read()["case"]["versions"][0]["content"]["title"] == "滨海路整治（改）"


def test_a_draft_is_there_for_its_lead_and_for_whom_it_consults_and_for_nobody_else(acting: Acting) -> None:
    acting.drafted()
    paths = ("", "/events", "/deadlines", "/materials", "/tasks", "/versions", "/versions/compare?from=1&to=1")
    for agency in (HELPER, OTHER, JUSTICE, OFFICE, STRANGER):
        assert {acting.get(path, agency).status_code for path in paths} == {404}, agency
        assert acting.people.get(acting.base, agency).get_json()["items"] == []
        found = acting.people.post(f"{acting.base}/search", {"text": "滨海路"}, agency).get_json()
        assert found["items"] == []
    acting.do("consult", {"agencies": [HELPER], "due_on": (acting.today + timedelta(days=3)).isoformat(), **bodies.BY})
    assert [acting.get(by=agency).status_code for agency in (HELPER, OTHER, JUSTICE, OFFICE)] == [200, 404, 404, 404]
    acting.do("submit")
    assert [acting.get(by=agency).status_code for agency in EVERYONE] == [200] * 5
    assert acting.get(by=STRANGER).status_code == 404


def test_from_a_date_put_right_in_a_draft_no_overseer_learns_of_it(acting: Acting) -> None:
    due_on = (acting.today + timedelta(days=9)).isoformat()
    asked = acting.drafted().do("consult", {"agencies": [HELPER], "due_on": due_on, **bodies.BY}, days=2)
    right = {"entry": asked["entry"], "field": "happened_on", "old": acting.today.isoformat(),
             "new": (acting.today - timedelta(days=1)).isoformat(), "reason": "写错日期", **bodies.SIGNED}
    acting.do("correct", right)
    told = [entry["event"] for entry in acting.read("/events")["items"]]
    assert "deadline_corrected" in told
    for agency in (JUSTICE, OFFICE):
        assert acting.people.get(f"/api/{acting.service}/corrections", agency).get_json()["items"] == []


def test_a_code_that_is_sent_empty_is_one_left_out_and_what_lacks_has_its_article(acting: Acting) -> None:
    def lacking(act: str, said: bodies.Body, by: str = "") -> dict[str, str]:
        answer = acting.ask(act, said, by)
        assert answer.status_code == 422
        return {each["code"]: each["article"] for each in answer.get_json()["refusals"]}

    draft = bodies.draft(acting.service, acting.today)
    nothing = {"in_name_of": "", "lead_because": "", "grounds": [{"code": ""}]}
    assert lacking("draft", {**draft, **nothing}) == {"UNKNOWN_GROUND": {"collab": "7", "joint": "15"}[acting.service]}
    acting.running()
    found = {**bodies.PLAIN["record-finding"], "cause": "", "remit": "", "agency": ""}
    where = {"collab": "10", "joint": "19"}[acting.service]
    assert lacking("record-finding", found, HELPER) == {"UNKNOWN_CAUSE": where, "UNKNOWN_REMIT": where}
    assert lacking("record-finding", {**found, "cause": "muck_truck", "remit": "other"}, HELPER) == {
        "UNKNOWN_REMIT_AGENCY": where}
    decided = {**bodies.decision("荣综执改字〔2025〕1号"), "kind": "", "cause": ""}
    assert set(lacking("record-decision", decided, HELPER)) == {"UNKNOWN_DECISION", "UNKNOWN_CAUSE"}
    assert lacking("add-material", {**bodies.material("笔录"), "kind": "", "carrier": ""}) == {
        "MATERIAL_UNNAMED": "internal", "UNKNOWN_CARRIER": "internal"}


def test_who_may_not_act_hears_whose_act_it_is_and_a_plan_is_called_no_case(acting: Acting) -> None:
    acting.drafted().do("submit")
    lead = {"collab": "牵头部门", "joint": "主要牵头部门"}[acting.service]
    name = acting.office.law.now().register.name_of
    for act, by, who in (("review", LEAD, "司法局"), ("withdraw", HELPER, f"{lead}（{name(LEAD)}）"),
                         ("approve", JUSTICE, "市政府办公室")):
        refusal, = acting.ask(act, by=by).get_json()["refusals"]
        assert (refusal["code"], refusal["detail"]) == ("WRONG_PARTY", f"该行为应当由{who}作出，不由本机关作出。")
    refusal, = acting.ask("start", bodies.PLAIN["start"]).get_json()["refusals"]
    assert (refusal["code"], refusal["detail"]) == (
        "WRONG_STATE", "当前状态为「已报送待审查」，不能进行该行为。可以进行该行为的状态：「已批准待启动」。"
        f"此前应当先：{ {'collab': '审查或者审核，再呈请市政府', 'joint': '审核，再提报市政府'}[acting.service] }，再批准。")
    assert refusal["values"] == {"state": "submitted", "possible_in": ["approved"],
                                 "first": ["review", "present", "approve"]}


def compared(acting: Acting, rank: int) -> set[str]:
    """The codes by which acts are refused to anybody of that rank; each as `actions` say and as the act answers."""
    seen = set[str]()
    for agency in EVERYONE:
        for action in acting.get(by=agency, rank=rank).get_json()["actions"]:
            answer = acting.ask(action["act"], {}, agency, rank)            # nothing is said: all of it lacks
            told = action["refusal"]
            if action["allowed"]:
                assert (told, answer.status_code) == (None, 422), (agency, action["act"])
                continue
            first, *more = answer.get_json()["refusals"]
            assert not more and answer.status_code in (403, 409), (agency, action["act"])
            assert (first["code"], first["detail"], first["article"]) == (told["code"], told["zh"], told["article"])
            seen.add(told["code"])
    return seen


# one plan for both states and ranks: what is asked is refused and moves nothing
def test_what_actions_say_of_an_act_is_what_the_act_itself_answers(acting: Acting) -> None:
    acting.drafted().do("submit")
    for state in ("submitted", "approved"):
        if state == "approved":
            for act in ("review", "present"):
                acting.do(act)
            acting.do("approve", {"paper": bodies.paper(acting.scan())})
        for rank in (1, 2):
            seen = compared(acting, rank)
            assert {"WRONG_PARTY", "WRONG_STATE"} <= seen and ("RANK_TOO_LOW" in seen) == (rank == 1), (state, rank)
        assert acting.read()["state"] == state


def test_what_lacks_is_told_at_once_each_with_its_article(acting: Acting) -> None:
    acting.do("draft", {**bodies.draft(acting.service, acting.today), "content": {}, "grounds": []})
    answer = acting.ask("submit", {})
    told = {each["code"]: each["article"] for each in answer.get_json()["refusals"]}
    assert answer.status_code == 422
    ground = {"collab": "7", "joint": "15"}[acting.service]
    assert told["NO_GROUND"] == ground and {"NO_TASKS", "NO_PARTICIPANTS", "NO_TIME_LIMIT", "NO_OFFICER"} <= told.keys()
    if acting.service == "joint":
        assert {told[code] for code in ("NO_TASKS", "NO_FUNDS", "NO_CONTINGENCY", "NO_SAFEGUARDS")} == {"18"}


def test_a_plan_is_found_by_its_words_and_listed_by_lead_and_state(acting: Acting) -> None:
    acting.drafted().do("submit")
    for text, there in (("滨海路", 1), ("示例商贸", 1), ("荣住建", 1), ("没有的字", 0)):
        found = acting.people.post(f"{acting.base}/search", {"text": text}, HELPER).get_json()["items"]
        assert len(found) == there, text
    query = f"lead={LEAD}&state=submitted&part=participant"
    listed = acting.people.get(f"{acting.base}?{query}", HELPER).get_json()["items"]
    assert [(each["id"], each["lead"], each["version"]) for each in listed] == [(acting.id, LEAD, 1)]
    refused = acting.people.get(f"{acting.base}?text=x", HELPER)
    assert (refused.status_code, codes(refused)) == (400, ["UNKNOWN_FILTER"])


def test_materials_go_in_and_out_for_the_parties_and_for_nobody_else(acting: Acting) -> None:
    acting.drafted().do("submit")
    about = {**bodies.material("现场照片"), "carrier": "electronic"}
    assert acting.upload(about, STRANGER).status_code == 404
    answer = acting.upload(about, HELPER, b"%PDF-1.7\n% of the participant\n")
    assert answer.status_code == 200
    number = answer.get_json()["facts"]["material"]
    for agency in EVERYONE:
        got = acting.get(f"/materials/{number}", agency)
        assert (got.status_code, got.data) == (200, b"%PDF-1.7\n% of the participant\n")
        got.close()
        assert [each["number"] for each in acting.read("/materials", agency)["items"]] == [number]
    assert acting.get(f"/materials/{number}", STRANGER).status_code == 404


def test_every_reading_of_a_plan_is_logged(acting: Acting) -> None:
    acting.drafted()
    for path in ("", "/events", "/materials", "/tasks", "/versions", "/versions/compare?from=1&to=1"):
        acting.read(path)
    acting.people.get(f"/api/{acting.service}/tasks", LEAD)
    with acting.office.db.read() as tx:
        logged = [row.what for row in tx.exec_driver_sql("select what from access_log where kind = 'read' order by at")]
    base = f"GET {acting.base}/<case_id>"
    assert logged == [base, *(f"{base}/{each}" for each in ("events", "materials", "tasks", "versions",
                                                            "versions/compare")), f"GET /api/{acting.service}/tasks"]


@pytest.mark.parametrize("query", ["", "from=1", "from=1&to=x", "from=1&to=-1", "from=1&to=1&more=2", "from=1&from=1"])
def test_a_comparison_of_no_two_versions_is_refused(acting: Acting, query: str) -> None:
    assert acting.drafted().get(f"/versions/compare?{query}").status_code == 400


def test_a_version_that_is_not_there_is_404(acting: Acting) -> None:
    assert codes(acting.drafted().get("/versions/compare?from=1&to=2")) == ["NO_SUCH_VERSION"]


def test_an_amendment_is_compared_before_it_is_decided_and_old_versions_stay(acting: Acting) -> None:
    acting.running().do("report-task", {"tasks": [{"task": 2, "done": True, "says": "已清理"}], **bodies.BY})
    wanted = acting.read()["case"]["versions"][0]["content"]
    limit = (acting.today + timedelta(days=60)).isoformat()
    changed = {**wanted, "time_limit": limit, "funds": [{"purpose": "清运", "amount": 3_000_000, "source": "部门预算"}]}
    acting.do("amend", {"content": changed, "reason": "工作量增加", "minor": False, **bodies.SIGNED})
    compared = acting.read("/versions/compare?from=1&to=2", HELPER)
    assert {row["item"] for row in compared["rows"]} == {"time_limit", "funds"}
    assert len(acting.read("/versions")["items"]) == 1 and "执法时限" in compared["text"]
    for act in ("review-amendment", "present-amendment"):
        acting.do(act)
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())})
    acting.do("record-decision", bodies.decision("荣综执责改〔2025〕2号"))
    old, new = acting.read("/versions", HELPER)["items"]
    assert old["effective_until"] and new["content"]["time_limit"] == limit
    assert [each["act"] for each in old["done"]] == ["report-task"]
    assert [each["act"] for each in new["done"]] == ["record-decision"]
    assert acting.read("/versions/compare?from=1&to=2")["text"] == compared["text"]
    assert acting.read()["case"]["related"] == [] and acting.get(by=LATER).status_code == 404
