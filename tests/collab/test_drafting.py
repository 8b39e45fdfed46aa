"""第七条、第九条: a draft may lack what it likes but says no wrong code; its submission hears all that lacks at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.collab import drafting
from services.collab.commands import Draft
from services.collab.grounds import Ground
from services.collab.plan import Collab
from shared.kernel.errors import Refused
from shared.plans import drafting as written
from shared.plans.commands import Amend, Answer, Consult, Submit
from shared.plans.parts import Content, Handed
from tests.collab.made import WHOLE, plan
from tests.collab.test_declining import declined
from tests.plans.written import DAY, FIRST, LEADER, NUMBER, OFFICER, SECOND, codes, content, context, refused
from tests.plans.written import LEAD as LEADING
from tests.situations.city import PLAIN, SEPARATED

BARE = Draft(Content(), (), (), OFFICER)
SUBMIT = Submit(NUMBER, OFFICER, LEADER)


def whole(*grounds: str, lead_because: str = "") -> Draft:
    return Draft(content(), (PLAIN,), tuple(WHOLE[code] for code in grounds or ("7-4",)), OFFICER, lead_because)


def drafted(said: Draft) -> Collab:
    return drafting.draft(None, said, context()).case.moved("draft")


def test_a_bare_draft_opens_and_its_drafter_leads() -> None:
    outcome = drafting.draft(None, BARE, context())
    assert (outcome.state, outcome.case.lead, outcome.case.route) == ("draft", LEADING, "submit")
    assert [(each.part, each.agency) for each in outcome.case.parties] == [("lead", LEADING)]


@pytest.mark.parametrize(("wrong", "expected"), [
    ({"content": Content(lead=FIRST)}, [("LEAD_IS_OTHER", "", "content.lead")]),
    ({"grounds": (Ground("15-1"),)}, [("UNKNOWN_GROUND", "7", "grounds.0.code")]),
    ({"grounds": (Ground("7-4"), Ground("7-4"))}, [("GROUND_TWICE", "7", "grounds.1.code")]),
    ({"causes": (PLAIN, "nothing_known")}, [("UNKNOWN_CAUSE", "", "causes.1")]),
    ({"lead_because": "nearest"}, [("UNKNOWN_LEAD_REASON", "9", "lead_because")]),
    ({"officer": replace(OFFICER, licence="")}, [("NO_OFFICER", "internal", "officer")]),
])
def test_a_draft_may_lack_what_it_likes_but_names_no_wrong_code(wrong: dict[str, Any], expected: list[Any]) -> None:
    assert refused(drafting.draft, None, replace(BARE, **wrong), context()) == expected


def test_of_an_unknown_reason_code_and_list_are_named() -> None:
    with pytest.raises(Refused) as found:
        drafting.draft(None, replace(BARE, lead_because="nearest"), context())
    refusal, = found.value.refusals
    assert "「nearest」不在代码表「协同执法牵头理由」（collab_lead_reasons）中" in refusal.zh
    assert "nearest is not in the list collab_lead_reasons" in refusal.en


def test_written_anew_its_grounds_give_it_another_route() -> None:
    outcome = drafting.draft(drafted(whole("7-1-1")), whole("7-1-1", "7-3-a"), context())
    assert (outcome.event, outcome.state, outcome.case.route) == ("revised", "draft", "apply")
    assert outcome.facts["grounds"] == ["7-1-1", "7-3-a"] and outcome.facts["route"] == "apply"


@pytest.mark.parametrize(("said", "route"), [
    (whole("7-1-1"), "submit"), (whole("7-1-2"), "submit"), (whole("7-1-3"), "submit"), (whole("7-1-4"), "submit"),
    (whole("7-2"), "submit"), (whole("7-4"), "submit"),
    (whole("7-3-a", lead_because="first_investigated"), "apply"), (whole("7-3-b", lead_because="main_duty"), "apply"),
], ids=("7-1-1", "7-1-2", "7-1-3", "7-1-4", "7-2", "7-4", "7-3-a", "7-3-b"))
def test_a_plan_with_everything_is_submitted_by_its_route(said: Draft, route: str) -> None:
    outcome = drafting.submit(drafted(said), SUBMIT, context())
    assert outcome.facts["route"] == route and outcome.facts["participants"] == [FIRST, SECOND]
    assert outcome.facts["grounds"] == [each.code for each in said.grounds] and outcome.facts["causes"] == [PLAIN]


def test_who_applies_says_why_it_leads() -> None:
    assert refused(drafting.submit, drafted(whole("7-3-a")), SUBMIT, context()) == [
        ("NO_LEAD_REASON", "9", "lead_because")]


@pytest.mark.parametrize(("cause", "lead", "grounds", "warned"), [
    (SEPARATED, "zjj", ("7-4",), False), (SEPARATED, "zhzf", ("7-4",), False), (SEPARATED, "jtj", ("7-4",), True),
    (PLAIN, "jtj", ("7-4",), False), (SEPARATED, "jtj", ("7-3-a",), False),
], ids=("supervises", "punishes", "neither", "nobody by the register", "applies"))
def test_a_lead_without_power_for_the_cause_is_told_to_the_officer_and_to_justice(
        cause: str, lead: str, grounds: tuple[str, ...], warned: bool) -> None:
    written = content(lead=lead, participants=(), tasks=(replace(content().tasks[0], agency=lead),))
    written = replace(written, participants=content().participants[1:])
    said = Draft(written, (cause,), tuple(WHOLE[code] for code in grounds), OFFICER, "main_duty")
    plan_ = drafting.draft(None, said, context(lead)).case.moved("draft")
    outcome = drafting.submit(plan_, SUBMIT, context(lead))
    assert outcome.facts["lead_without_power"] == ([cause] if warned else [])
    assert [each.code for each in outcome.warnings] == (["LEAD_WITHOUT_POWER"] if warned else [])


def test_everything_that_lacks_is_told_at_once_each_with_its_article() -> None:
    found = refused(drafting.submit, drafted(BARE), Submit("", replace(OFFICER, name=""), ""), context())
    assert [(code, article) for code, article, _ in found] == [
        ("NO_TITLE", "internal"), ("NO_SITUATION", "internal"), ("NO_NECESSITY", "internal"), ("NO_TASKS", "internal"),
        ("NO_PARTICIPANTS", "internal"), ("NO_TIME_LIMIT", "internal"), ("NO_CAUSE", "internal"), ("NO_GROUND", "7"),
        ("BAD_NUMBER", "internal"), ("NO_OFFICER", "internal"), ("NO_LEADER", "internal")]


def test_the_ten_items_of_18_are_not_asked_of_a_collaborative_plan() -> None:
    said = replace(whole(), content=content(funds=(), safeguards="", contingency=None, lead_duties=""))
    assert codes(drafting.submit, drafted(said), SUBMIT, context()) == []


LATER = DAY.replace(day=20)


def agreeing(case: Collab, said: str = "agree", agency: str = FIRST) -> Collab:
    """The plan, returned, on which the agency is consulted anew and answers."""
    asked = written.consult(case, Consult((agency,), LATER.replace(day=30), OFFICER), context(on=LATER)).case
    return written.answer(asked, Answer(said, "说明情况", OFFICER), context(agency, LATER)).case


def test_a_plan_that_still_names_who_declined_is_not_submitted_again() -> None:
    returned = declined(plan("submitted")).moved("returned")
    assert refused(drafting.submit, returned, SUBMIT, context(on=LATER)) == [
        ("STILL_NAMED", "12", "content.participants.0.agency")]


@pytest.mark.parametrize(("said", "expected"), [("agree", []), ("amend", ["STILL_NAMED"]), ("object", ["STILL_NAMED"])])
def test_who_declined_is_named_again_where_it_agreed_since_and_only_then(said: str, expected: list[str]) -> None:
    returned = declined(plan("submitted")).moved("returned")
    assert codes(drafting.submit, agreeing(returned, said), SUBMIT, context(on=LATER)) == expected


def test_what_an_agency_agreed_to_before_it_declined_takes_nothing_back() -> None:
    returned = declined(agreeing(plan("draft")).moved("submitted")).moved("returned")
    assert codes(drafting.submit, returned, SUBMIT, context(on=LATER)) == ["STILL_NAMED"]


def test_another_decline_stands_again() -> None:
    returned = declined(agreeing(declined(plan("submitted")).moved("returned")).moved("submitted")).moved("returned")
    assert codes(drafting.submit, returned, SUBMIT, context(on=LATER)) == ["STILL_NAMED"]


def test_an_amendment_names_who_declined_neither_anew_nor_as_lead() -> None:
    gone = declined(plan("running"))
    dropped = replace(gone, versions=(replace(gone.version, content=content(
        participants=gone.content.participants[1:], tasks=gone.content.tasks[:1])),))
    said = Amend(gone.content, "恢复原分工", False, OFFICER, LEADER)
    assert refused(drafting.amend, dropped, said, context(on=LATER)) == [
        ("STILL_NAMED", "12", "content.participants.0.agency")]
    leads = replace(dropped.content, lead=FIRST, tasks=(replace(gone.content.tasks[0], agency=FIRST),))
    handed = (Handed("案卷", "case_file", 1),)
    assert refused(drafting.amend, dropped, replace(said, content=leads, handover=handed), context(on=LATER)) == [
        ("STILL_NAMED", "12", "content.lead")]


def test_a_plan_that_waits_for_its_change_may_be_amended_in_something_else() -> None:
    gone = declined(plan("running"))
    longer = replace(gone.content, time_limit=DAY + timedelta(days=200))
    said = Amend(longer, "工程量增加", False, OFFICER, LEADER)
    assert codes(drafting.amend, gone, said, context(on=LATER)) == []
