"""What the government decided stands on a paper of its own, whose scan is that of who records it. On both back ends."""

from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import LEAD, OFFICE
from tests.served import codes


def presented(acting: Acting) -> Acting:
    acting.drafted()
    for act in ("submit", "review", "present"):
        acting.do(act)
    return acting


def uploaded(acting: Acting, by: str, rank: int) -> int:
    about = {**bodies.material("市政府批示"), "kind": "approval", "carrier": "electronic"}
    number: int = acting.upload(about, by, rank=rank).get_json()["facts"]["material"]
    return number


def test_the_scan_is_one_that_who_records_the_decision_has_uploaded(acting: Acting) -> None:
    presented(acting)
    for by, rank in ((LEAD, 2), (OFFICE, 1)):                # the lead's, and a colleague's
        paper = bodies.paper(uploaded(acting, by, rank))
        assert codes(acting.ask("approve", {"paper": paper}, OFFICE, 2)) == ["NO_PAPER_SCAN"]
    assert acting.do("approve", {"paper": bodies.paper(uploaded(acting, OFFICE, 2))}, OFFICE, 2)["state"] == "approved"


def test_a_plan_is_not_approved_by_the_paper_that_sent_it_back(acting: Acting) -> None:
    presented(acting)
    first = bodies.paper(acting.scan())
    acting.do("return-plan", {"paper": first, "reasons": "分工不清"})
    for act in ("submit", "review", "present"):
        acting.do(act)
    again = {**first, "scan": acting.scan()}
    assert codes(acting.ask("approve", {"paper": again})) == ["PAPER_USED"]
    assert acting.do("approve", {"paper": bodies.paper(again["scan"])})["state"] == "approved"
