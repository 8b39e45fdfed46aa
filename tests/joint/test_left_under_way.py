"""Over HTTP, on both back ends: a lead replaced under way is evaluated for its time, reads that and remarks."""

import pytest

from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.plans import bodies
from tests.plans.acting import Acting, opened
from tests.plans.bodies import HELPER, LEAD, OTHER
from tests.served import codes

__all__ = ["make_office"]


@pytest.fixture
def acting(make_office: MakeOffice, clock: HandClock) -> Acting:
    return Acting("joint", opened("joint", make_office, clock), clock)


def replaced(acting: Acting) -> Acting:
    """OTHER leads since the second day, and LEAD is out of the plan."""
    acting.running()
    content = acting.read()["case"]["versions"][0]["content"]
    tasks = [{**each, "agency": OTHER if each["agency"] == LEAD else each["agency"]} for each in content["tasks"]]
    wanted = {**content, "lead": OTHER, "tasks": tasks,
              "participants": [each for each in content["participants"] if each["agency"] != OTHER]}
    handed = [{"title": "案卷", "kind": "case_file", "copies": 3}]
    acting.do("amend", {"content": wanted, "reason": "机构改革", "minor": False, "handover": handed, **bodies.SIGNED})
    for act in ("review-amendment", "present-amendment"):
        acting.do(act)
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())}, days=1)
    acting.clock.advance(days=1)
    return acting


def report(acting: Acting, *agencies: str) -> bodies.Body:
    told = [{"agency": agency, "says": f"{agency}尽责"} for agency in agencies]
    return {"result": "清理占道经营三十处", "effect": "未见反弹", "evaluations": told,
            "materials": [acting.material("总结报告", OTHER)], **bodies.SIGNED}


def test_a_lead_that_was_replaced_is_evaluated_for_its_time_and_may_remark(acting: Acting) -> None:
    replaced(acting).do("propose-end", by=OTHER)
    acting.do("end")
    assert codes(acting.ask("report", report(acting, HELPER), OTHER)) == ["NOT_EVALUATED"]
    assert codes(acting.ask("report", report(acting, HELPER, LEAD, OTHER), OTHER)) == ["TOOK_NO_PART"]
    acting.do("report", report(acting, HELPER, LEAD), OTHER)
    seen = acting.read(by=LEAD)["case"]["report"]
    assert [each["agency"] for each in seen["evaluations"]] == [LEAD] and seen["result"] == ""
    assert acting.read(by=LEAD)["state"] == "reported"
    remark = next(each for each in acting.read(by=LEAD)["actions"] if each["act"] == "remark")
    assert remark["allowed"]
    acting.do("remark", by=LEAD)
    assert [each["agency"] for each in acting.read(by=LEAD)["case"]["remarks"]] == [LEAD]
    assert codes(acting.ask("remark", by=LEAD)) == ["REMARKED"]
    assert acting.read(by=HELPER)["case"]["remarks"] == []
