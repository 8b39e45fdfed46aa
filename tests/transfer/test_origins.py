"""A case says whence it comes; its notice tells the plan whose finding it takes up, on both back ends. A finding is
handed on by the agency that made it, in one case at a time."""

import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from services.transfer.api import make
from services.transfer.office import FOLLOWS
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.kernel.clock import day_of
from tests.offices import Answer, People
from tests.plans.hearing import heard
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import make_office, office, played

__all__ = ["make_office", "office", "played"]

CASES = "/api/transfer/cases"


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def sent(office: Office, act: str, origin: dict[str, str] | None, case: Any = None) -> dict[str, Any]:
    body = BUILDERS[act](case, day_of(office.clock.now()))
    return {**body, "origin": origin} if origin else body


def finding(number: int = 3, service: str = "joint") -> dict[str, str]:
    return {"kind": "finding", "ref": f"{service}/{uuid.uuid4()}/{number}"}


def known(office: Office, origin: Mapping[str, str], by: str = "zjj", to: str = "zhzf", remit: str = "other") -> None:
    """The plan's journal tells of the finding."""
    service, plan, number = origin["ref"].split("/")
    name = "finding_to_hand_on" if remit == "other" else "finding_recorded"
    told = {"finding": {"item": number, "bound": by}, "agency": by, "to": to, "remit": remit}
    heard(office, FOLLOWS[service], service, name, plan, told)


def made(office: Office, number: int = 3) -> dict[str, str]:
    """A finding of zjj that transfer knows."""
    origin = finding(number)
    known(office, origin)
    return origin


def opened(office: Office, people: People, origin: dict[str, str] | None, act: str = "announce") -> Answer:
    path = CASES if act == "announce" else f"{CASES}/{act}"
    return people.post(path, sent(office, act, origin), "zjj")


def told(office: Office, case: str, name: str) -> Event:
    with office.db.read() as tx:
        entries = [event_of(each.body) for each in office.journal.feed(tx, 0, 1000)]
    return next(event for event in entries if event.subject == case and event.name == name)


def test_a_notice_tells_the_finding_that_its_case_takes_up_and_both_sides_read_it(
        office: Office, people: People) -> None:
    origin = made(office)
    case = opened(office, people, origin).data["id"]
    data = told(office, case, "announced").data
    assert (data["origin_kind"], data["origin_ref"], data["agency"]) == ("finding", origin["ref"], "zjj")
    assert [people.get(f"{CASES}/{case}", agency).data["origin"] for agency in ("zjj", "zhzf", "sfj")] == [origin] * 3


def test_a_finding_that_no_plan_can_have_is_refused_with_its_field_and_article(office: Office, people: People) -> None:
    for act in ("announce", "phone"):
        for origin in ({"kind": "finding"}, {"kind": "finding", "ref": "王某反映的线索"}, finding(0)):
            answer = opened(office, people, origin, act)
            assert (answer.status, answer.codes) == (422, ["BAD_FINDING"])
            (refusal,) = answer.data["refusals"]
            assert (refusal["where"], refusal["article"]) == ("origin.ref", "10, 19")


@pytest.mark.parametrize("origin", [None, {"kind": "desk"}, {"kind": "machine", "ref": "A-1"}, {"kind": "imported"}])
def test_of_any_other_origin_the_event_tells_nothing(
        office: Office, people: People, origin: dict[str, str] | None) -> None:
    data = told(office, opened(office, people, origin).data["id"], "announced").data
    assert not {"origin_kind", "origin_ref"} & set(data)


def test_a_tip_is_handed_on_by_who_has_claimed_it_and_the_notice_tells_its_id(office: Office, people: People) -> None:
    origin = {"kind": "tip", "ref": str(uuid.uuid4())}
    for act in ("announce", "phone"):
        assert opened(office, people, origin, act).codes == ["UNKNOWN_TIP"]
    told_of_tip(office, origin, "tip_shared")
    assert opened(office, people, origin).codes == ["UNKNOWN_TIP"], "nobody has claimed it"
    told_of_tip(office, origin, "tip_claimed", claimer="jtj")
    others = opened(office, people, origin)
    assert others.codes == ["UNKNOWN_TIP"], "of another's no more is told than of one that there is not"
    told_of_tip(office, origin, "tip_passed_on")
    told_of_tip(office, origin, "tip_assigned", claimer="zjj")
    case = opened(office, people, origin).data["id"]
    data = told(office, case, "announced").data
    assert (data["origin_kind"], data["origin_ref"]) == ("tip", origin["ref"])
    for act in ("announce", "phone"):
        assert opened(office, people, origin, act).codes == ["TIP_HANDED_ON"]


def test_what_an_officer_typed_instead_of_a_tips_id_is_refused(office: Office, people: People) -> None:
    for act in ("announce", "phone"):
        answer = opened(office, people, {"kind": "tip", "ref": "市民王某 13800000000"}, act)
        assert (answer.status, answer.codes) == (422, ["BAD_TIP"])
        assert "王某" not in str(answer.data)
        (refusal,) = answer.data["refusals"]
        assert (refusal["where"], refusal["article"]) == ("origin.ref", "28")


@pytest.mark.parametrize(("outcome", "expected"), [("transferred", 201), ("own_case", 422), ("not_violation", 422)])
def test_a_tip_whose_result_is_told_is_transferred_only_where_the_result_says_so(
        office: Office, people: People, outcome: str, expected: int) -> None:
    origin = {"kind": "tip", "ref": str(uuid.uuid4())}
    told_of_tip(office, origin, "tip_claimed", claimer="zjj")
    told_of_tip(office, origin, "tip_result_returned", claimer="zjj", outcome=outcome)
    assert opened(office, people, origin).status == expected


def test_a_finding_that_is_shared_as_a_tip_is_handed_on_until_the_tip_is_withdrawn(
        office: Office, people: People) -> None:
    origin, tip = made(office), {"kind": "tip", "ref": str(uuid.uuid4())}
    told_of_tip(office, tip, "tip_shared", origin_kind="finding", origin_ref=origin["ref"])
    assert opened(office, people, origin).codes == ["FINDING_HANDED_ON"]
    told_of_tip(office, tip, "tip_withdrawn")
    assert opened(office, people, origin).status == 201


def told_of_tip(office: Office, tip: Mapping[str, str], name: str, **data: str) -> None:
    """The journal of sharing tells of the tip."""
    heard(office, FOLLOWS["sharing"], "sharing", name, tip["ref"], data)


def test_a_case_that_a_call_opened_tells_its_finding_with_the_notice(office: Office, people: People) -> None:
    for has_call, has_notice in ((True, False), (False, True), (True, True)):
        of_call, of_notice = made(office, 1) if has_call else None, made(office, 2) if has_notice else None
        expected = of_notice or of_call
        assert expected is not None
        case = opened(office, people, of_call, "phone").data["id"]
        answer = people.post(f"{CASES}/{case}/announce", sent(office, "announce", of_notice), "zjj", seen=1)
        assert answer.status == 200, answer.data
        assert told(office, case, "announced").data["origin_ref"] == expected["ref"]
        assert people.get(f"{CASES}/{case}", "zjj").data["origin"] == expected
        call = sent(office, "phone", finding(9))
        assert people.post(f"{CASES}/{case}/phone", call, "zjj").status == 200
        assert people.get(f"{CASES}/{case}", "zjj").data["origin"] == expected, "a further call says nothing of it"


def test_cases_are_found_by_the_finding_that_they_come_from(office: Office, people: People) -> None:
    origin = made(office)
    opened(office, people, None)
    case = opened(office, people, origin).data["id"]

    def found(agency: str, ref: str) -> list[str]:
        asked = people.post(f"{CASES}/search", {"origin": ref}, agency)
        return [item["id"] for item in asked.data["items"]]

    assert [found(agency, origin["ref"]) for agency in ("zjj", "zhzf", "sfj", "jtj")] == [[case], [case], [case], []]
    assert found("zjj", "joint/nothing/1") == []


@pytest.mark.parametrize("act", ["announce", "phone"])
def test_a_finding_that_is_unknown_or_of_another_agency_is_refused(office: Office, people: People, act: str) -> None:
    others, own, elsewhere = finding(), finding(1), finding(2, "collab")
    known(office, others, by="jtj")
    known(office, own, to="", remit="own")
    known(office, elsewhere)
    elsewhere = {"kind": "finding", "ref": elsewhere["ref"].replace("collab/", "joint/")}
    for origin, code in ((others, "OTHERS_FINDING"), (finding(4), "UNKNOWN_FINDING"), (own, "UNKNOWN_FINDING"),
                         (elsewhere, "UNKNOWN_FINDING")):
        answer = opened(office, people, origin, act)
        assert (answer.status, answer.codes) == (422, [code])
        (refusal,) = answer.data["refusals"]
        article = "19" if origin["ref"].startswith("joint/") else "10"
        assert (refusal["where"], refusal["article"]) == ("origin.ref", article)


def test_a_finding_is_handed_on_by_one_case_until_that_is_withdrawn(office: Office, people: People) -> None:
    origin = made(office)
    case = opened(office, people, origin).data
    for act in ("announce", "phone"):
        assert opened(office, people, origin, act).codes == ["FINDING_HANDED_ON"]
    known(office, origin)           # told again: nothing changes
    assert opened(office, people, origin).codes == ["FINDING_HANDED_ON"]
    withdrawal = BUILDERS["withdraw"](None, day_of(office.clock.now()))
    gone = people.post(f"{CASES}/{case['id']}/withdraw", withdrawal, "zjj", rank=2, seen=case["revision"])
    assert gone.status == 200, gone.data
    assert opened(office, people, origin).status == 201


def test_another_receiver_than_the_finding_names_is_said_to_the_officer(office: Office, people: People) -> None:
    for to, remit, warned in (("scjg", "other", ["scjg"]), ("zhzf", "other", []), ("", "unclear", [])):
        origin = finding()
        known(office, origin, to=to, remit=remit)
        warnings = opened(office, people, origin).data["warnings"]
        said = [each["values"]["named"] for each in warnings if each["code"] == "FINDING_FOR_OTHER"]
        assert said == warned
