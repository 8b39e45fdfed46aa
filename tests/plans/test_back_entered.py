"""What agencies do in an action, entered late: never as of a day before what it follows, and under the version of the
plan that was in force on its own day. On both back ends."""

from datetime import date, timedelta

import pytest

from shared.acts.store import Row
from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LEAD, Body
from tests.served import codes
from tests.situations.plans import written

REPORT: Body = {"tasks": [{"task": 2, "done": False, "says": "清理过半"}], **bodies.BY}
DONE: dict[str, Body] = {"report-task": REPORT, "record-decision": bodies.decision("荣综执责改〔2025〕1号"),
                         "record-finding": bodies.PLAIN["record-finding"]}


def late(acting: Acting, body: Body, on: date, by: str = HELPER) -> Body:
    """The act as of an earlier day, with its reason and its scan."""
    return {**body, "happened_on": on.isoformat(), "back_entry": {"reason": "断网", "scan": acting.waiting(by)}}


@pytest.mark.parametrize("act", DONE)
def test_nothing_is_done_in_an_action_before_it_began(acting: Acting, act: str) -> None:
    acting.approved()
    acting.do("start", days=3)
    began = acting.today
    acting.clock.advance(days=3)
    for day in (began - timedelta(days=1), began - timedelta(days=3)):
        answer = acting.ask(act, late(acting, DONE[act], day))
        assert (answer.status_code, codes(answer)) == (422, ["BEFORE_LAST"])
    acting.do(act, late(acting, DONE[act], began))


def test_a_dispatch_is_not_confirmed_before_it_was_sent(acting: Acting) -> None:
    acting.running().do("dispatch", bodies.dispatch(acting.today + timedelta(days=3)), days=3)
    sent = acting.today
    acting.clock.advance(days=1)
    said = {"dispatch": 1, "comes": True, "officers": bodies.OFFICERS}
    assert codes(acting.ask("confirm-dispatch", late(acting, said, sent - timedelta(days=1)))) == ["BEFORE_LAST"]
    acting.do("confirm-dispatch", late(acting, said, sent))


def amended(acting: Acting) -> date:
    """A minor amendment in force two days later; returns the day."""
    plan = acting.office.acts["plans"].store.case_of(_row(acting))
    whole = written(plan.content)
    whole["tasks"][0]["says"] = "逐处留下记录"
    acting.do("amend", {"content": whole, "reason": "处数增加", "minor": True, **bodies.SIGNED}, days=2)
    acting.do("review-amendment")
    return acting.today


def _row(acting: Acting) -> Row:
    with acting.office.db.read() as tx:
        return acting.office.acts["plans"].store.many(tx, [acting.id])[0]


def versions(acting: Acting, many: str) -> list[int]:
    return [each["version"] for each in acting.read(by=JUSTICE)["case"][many]]


@pytest.mark.parametrize(("act", "many"), [("report-task", "task_reports"), ("record-decision", "decisions"),
                                           ("record-finding", "findings")])
def test_what_was_done_before_an_amendment_stands_under_the_version_of_its_day(
        acting: Acting, act: str, many: str) -> None:
    acting.running()
    day = amended(acting)
    acting.clock.advance(days=1)
    told = acting.do(act, late(acting, DONE[act], day - timedelta(days=1)))
    assert versions(acting, many) == [1]
    correction = {"entry": told["entry"], "field": "happened_on", "old": (day - timedelta(days=1)).isoformat(),
                  "new": (day + timedelta(days=1)).isoformat(), "reason": "日期写错", "number": "", **bodies.SIGNED}
    acting.do("correct", correction, HELPER)
    assert versions(acting, many) == [2]
    if act == "report-task":
        acting.do(act, REPORT)
        assert versions(acting, many) == [2, 2]


def test_what_was_entered_late_stands_in_the_way_of_no_correction(acting: Acting) -> None:
    acting.running()
    began = acting.today
    acting.clock.advance(days=2)
    told = acting.do("report-task", late(acting, REPORT, began))
    correction = {"entry": told["entry"], "field": "officer.name", "old": bodies.BY["officer"]["name"], "new": "王方",
                  "reason": "笔误", "number": "", **bodies.SIGNED}
    acting.do("correct", correction, HELPER)


@pytest.mark.parametrize("act", ["end", "terminate"])
def test_an_action_does_not_end_before_what_was_done_in_it(acting: Acting, act: str) -> None:
    acting.running()
    began = acting.today
    acting.do("report-task", REPORT, days=3)
    done = acting.today
    acting.clock.advance(days=1)
    by = acting.by(act)
    if acting.service == "joint" and act == "end":
        acting.do("propose-end", late(acting, bodies.PLAIN["propose-end"], began, LEAD))
    for day in (began, done - timedelta(days=1)):
        assert codes(acting.ask(act, late(acting, bodies.PLAIN[act], day, by))) == ["BEFORE_LAST"]
    acting.do(act, late(acting, bodies.PLAIN[act], done, by))
