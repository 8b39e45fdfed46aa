"""An agency of a plan is dissolved, in both chapters and on both back ends: its part, its clocks, its tasks and what
was ordered of it go over, each once; it reads the plan as it left it."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.register import Heir
from shared.deadlines import store as deadlines
from shared.deadlines.model import Deadline
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.plans import bodies
from tests.plans.acting import CARRIES_OUT, SERVICES, Acting, opened
from tests.plans.bodies import CAUSE, HELPER, JUSTICE, LATER, LEAD, OTHER, STRANGER
from tests.succession.ending import DOCUMENT, ends

__all__ = ["make_office"]

WHOLE = (Heir(LATER, staff=True),)


@pytest.fixture(params=SERVICES)
def acting(request: pytest.FixtureRequest, make_office: MakeOffice, clock: HandClock) -> Acting:
    return Acting(request.param, opened(request.param, make_office, clock), clock)


def live(acting: Acting) -> dict[tuple[str, str], Deadline]:
    """The running deadlines by clock and item."""
    with acting.office.db.read() as tx:
        return {(each.clock, each.item): each for each in deadlines.for_case(tx, acting.id) if each.live}


def over(acting: Acting, former: str, *heirs: Heir) -> str:
    """The former's last day was yesterday, and the suite has done what that brings; the id of the event."""
    event = ends(acting.office, former, acting.today - timedelta(days=1), *heirs)
    assert acting.office.tick()[0] == 1, "the one plan, once"
    acting.revision = acting.read(by=JUSTICE)["revision"]
    return event


def succeeded(acting: Acting, event: str) -> list[dict[str, Any]]:
    with acting.office.db.read() as tx:
        return [dict(each.data) for each in acting.office.journal.caused(tx, event, "succeeded", acting.id)]


def parts(acting: Acting, agency: str) -> list[tuple[str, bool, str]]:
    """As what the agency is in the plan: whether now, and after whom."""
    shown = acting.read(by=JUSTICE)["case"]["parties"]
    return [(each["part"], each["until"] is None, each["after"]) for each in shown if each["agency"] == agency]


def test_who_succeeds_the_lead_reports_and_every_day_that_has_counted_stays(acting: Acting, clock: HandClock) -> None:
    acting.ended()
    before = live(acting)
    clock.advance(days=2)
    event = over(acting, LEAD, *WHOLE)
    after = live(acting)
    report = f"{acting.service}.{'report' if acting.service == 'collab' else 'summary'}"
    assert before[report, ""].bound == LEAD and after[report, ""].bound == LATER
    assert {key: (each.id, each.started_on, each.due_on, each.generation) for key, each in after.items()} == {
        key: (each.id, each.started_on, each.due_on, each.generation) for key, each in before.items()}
    assert LEAD not in {each.bound for each in after.values()}
    told, = succeeded(acting, event)
    assert (told["former"], told["successor"], told["document"]) == (LEAD, LATER, DOCUMENT)
    assert parts(acting, LEAD) == [("lead", False, "")] and parts(acting, LATER) == [("lead", True, LEAD)]
    if acting.service == "collab":
        enclosed = [acting.material(name, LATER) for name in ("责令改正通知书", "结案报告")]
        said = {"says": "占道经营已清理", "documents": enclosed[:1], "closing_report": enclosed[1:], **bodies.SIGNED}
    else:
        told_of = [{"agency": agency, "says": f"{agency}按时到场"} for agency in (LEAD, HELPER, OTHER)]
        said = {"result": "清理占道经营三十处", "effect": "未见反弹", "evaluations": told_of,
                "materials": [acting.material("总结报告", LATER)], **bodies.SIGNED}
    assert acting.do("report", said, LATER)["state"] == "reported"


def test_tasks_and_orders_of_a_participant_are_its_heirs_and_what_it_did_stays_its_own(
        acting: Acting, clock: HandClock) -> None:
    acting.running()
    acting.do("dispatch", bodies.dispatch(acting.today))
    acting.do("record-interim-measure", bodies.measure(acting.today), HELPER)
    task = next(each for each in acting.read("/tasks", JUSTICE)["items"] if each["agency"] == HELPER)
    before = live(acting)
    clock.advance(days=1)
    over(acting, HELPER, *WHOLE)
    after = live(acting)
    assert [key for key, each in before.items() if each.bound == HELPER], "it had something to do"
    for key, each in before.items():
        same = after[key]
        assert (same.id, same.due_on, same.generation) == (each.id, each.due_on, each.generation)
        assert same.bound == (LATER if each.bound == HELPER else each.bound), key
    now = acting.read(by=JUSTICE)["case"]
    assert [each["agency"] for each in acting.read("/tasks", JUSTICE)["items"]
            if each["number"] == task["number"]] == [LATER]
    assert [each["agency"] for each in now["measures"]] == [HELPER], "who did it did it"
    assert [each["content"]["participants"][0]["agency"] for each in now["versions"]] == [HELPER, LATER]
    acting.do("confirm-dispatch", {"dispatch": 1, "comes": True, "officers": bodies.OFFICERS}, LATER)
    acting.do("report-task", {"tasks": [{"task": task["number"], "done": True, "says": "清理完毕"}], **bodies.BY}, LATER)


def test_the_former_reads_the_plan_as_it_left_it_and_acts_no_more(acting: Acting, clock: HandClock) -> None:
    acting.running()
    state, revision = acting.read(by=HELPER)["state"], acting.read(by=HELPER)["revision"]
    clock.advance(days=1)
    over(acting, HELPER, *WHOLE)
    acting.do("suspend", {"reason": "等待鉴定", **bodies.SIGNED})
    shown = acting.read(by=HELPER)
    assert (shown["state"], shown["revision"]) == (state, revision) == ("running", revision)
    assert {each["refusal"]["code"] for each in shown["actions"]} == {"AGENCY_DISSOLVED"}
    assert acting.ask("report-task", by=HELPER).get_json()["refusals"][0]["code"] == "AGENCY_DISSOLVED"
    heard = [each["event"] for each in acting.read("/events?limit=200", HELPER)["items"]]
    assert "suspended" not in heard and "succeeded" in heard
    listed = acting.people.get(acting.base, HELPER).get_json()["items"]
    assert [each["state"] for each in listed] == ["running"]
    assert acting.get(by=STRANGER).status_code == 404
    mine = [each["event"] for each in acting.read("/events?limit=200", LATER)["items"]]
    assert "drafted" not in mine and {"submitted", "approved", "started", "succeeded", "suspended"} <= set(mine)


def test_a_plan_is_handed_over_once_whoever_looks_again(acting: Acting) -> None:
    acting.running()
    event = over(acting, OTHER, *WHOLE)
    assert [acting.office.tick()[0] for _ in range(2)] == [0, 0]
    assert len(succeeded(acting, event)) == 1 and len(acting.read(by=JUSTICE)["case"]["versions"]) == 2


def test_a_plan_that_nobody_takes_over_is_with_justice_until_it_names_one(acting: Acting, clock: HandClock) -> None:
    acting.running()
    before = live(acting)
    clock.advance(days=1)
    over(acting, LEAD)
    assert {each.bound for key, each in live(acting).items() if before[key].bound == LEAD} == {JUSTICE}
    assert ("custodian", True, LEAD) in parts(acting, JUSTICE)
    acting.do("assign-successor", {"successor": LATER, "document": "荣政发〔2025〕13号", "reason": "职责划入"}, JUSTICE)
    assert {key: (each.due_on, each.bound) for key, each in live(acting).items()} == {
        key: (each.due_on, LATER if each.bound == LEAD else each.bound) for key, each in before.items()}
    assert parts(acting, LATER) == [("lead", True, LEAD)]
    by = LATER if CARRIES_OUT[acting.service] == LEAD else JUSTICE
    assert acting.do("suspend", {"reason": "等待鉴定", **bodies.SIGNED}, by)["state"] == "suspended"


def test_a_split_goes_by_what_the_plan_is_about(acting: Acting) -> None:
    """A collaborative plan is about causes; a joint one names none and goes to who has the rest."""
    acting.running()
    over(acting, HELPER, Heir(LATER, (CAUSE,)), Heir("gongan", staff=True))
    taker, other = (LATER, "gongan") if acting.service == "collab" else ("gongan", LATER)
    assert parts(acting, taker) == [("participant", True, HELPER)] and parts(acting, other) == []
    assert acting.get(by=other).status_code == 404
