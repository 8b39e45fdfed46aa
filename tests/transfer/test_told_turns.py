"""Who is told and who sees what in the turns of a case, cell by cell: disputes and rulings, calls, the police."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.transfer.case import Transfer
from services.transfer.disputes import RULINGS
from services.transfer.domain import CHAPTER, seen
from services.transfer.states import CRIMINAL, DISPUTED, PHONED, REFUSED
from shared.acts.model import THE_SUITE, Context, Rank, Viewer
from shared.acts.succession import EVENTS
from shared.deadlines.model import KINDS
from tests.situations.city import CODES, REGISTER, lawbook
from tests.situations.runner import Run, do, noon
from tests.situations.transfer.book import TRANSFER
from tests.situations.transfer.builders import PATHS

DAY = date(2025, 6, 9)
AGENCIES = ("住建局", "综合执法局", "市场监管局", "交通局", "公安局", "司法局", "市政府办公室", "纪委监委")
OFFICES = {"司法局", "市政府办公室"}
TO_THIRD = {"act": "rule", "with": {"明确结果": "由第三机关办理", "第三机关": "市场监管局"}}
THIRD = (*PATHS["state-view"], TO_THIRD)
RETURNED = (*PATHS["return-criminal"], "accept")
CALLED = ("phone", "respond", {"act": "announce", "with": {"接收案件机关": "市场监管局"}}, "phone")


def played(*acts: Any) -> Run:
    run = Run(TRANSFER, lawbook())
    for act in acts:
        step = {"act": act} if isinstance(act, str) else act
        assert do(run, {"on": DAY + timedelta(days=run.acts), **step}) == [], act
    return run


def case_after(*acts: Any) -> Transfer:
    case = played(*acts).case
    assert case is not None
    return case


def context() -> Context:
    day = DAY + timedelta(days=60)
    return Context(noon(day), day, noon(day), lawbook(), REGISTER, THE_SUITE)


def shown(case: Transfer, agency: str) -> Transfer | None:
    return seen(case, Viewer(CODES[agency], Rank.CHIEF), REGISTER)


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize(
    ("acts", "parties"),
    [
        (PATHS["phone"], {"住建局", "综合执法局"}),
        (CALLED, {"住建局", "市场监管局"}),
        (PATHS["end"], {"住建局", "综合执法局"}),
        (PATHS["dispute"], {"住建局", "综合执法局"}),
        (PATHS["rule"], {"住建局", "综合执法局"}),
        (PATHS["unaccept"], {"住建局", "综合执法局"}),
        (THIRD, {"住建局", "市场监管局"}),
        (PATHS["refer-criminal"], {"住建局", "综合执法局", "公安局"}),
        (PATHS["close-criminal"], {"住建局", "综合执法局", "公安局"}),
        (RETURNED, {"住建局", "综合执法局"}),
        (PATHS["reopen"], {"住建局", "综合执法局"}),
    ],
    ids=(
        "phoned",
        "another announced",
        "ended",
        "disputed",
        "ruled",
        "unaccepted",
        "ruled to a third",
        "with the police",
        "filed by the police",
        "returned by the police",
        "reopened",
    ),
)
def test_the_parties_of_now_and_the_two_offices_are_told(agency: str, acts: tuple[Any, ...], parties: set[str]) -> None:
    case = case_after(*acts)
    for event in (*CHAPTER.events, *(f"deadline_{kind}" for kind in KINDS)):
        told = CHAPTER.told(case, case, event, context())
        assert (CODES[agency] in told) == (agency in parties | OFFICES), event


@pytest.mark.parametrize("event", CHAPTER.events)
def test_who_loses_the_case_by_a_ruling_hears_the_ruling_and_nothing_else(event: str) -> None:
    run = played(*THIRD)
    assert run.case is not None
    told = CHAPTER.told(run.before, run.case, event, context())
    assert ("zhzf" in told) == (event in RULINGS or event in EVENTS)
    assert {"zjj", "scjg", "sfj", "zfb"} <= told and not {"jtj", "jw", "gongan"} & told


@pytest.mark.parametrize("agency", AGENCIES)
def test_in_a_dispute_both_sides_and_the_two_offices_see_both_views(agency: str) -> None:
    view = shown(case_after(*PATHS["state-view"]), agency)
    assert (view is not None) == (agency in {"住建局", "综合执法局"} | OFFICES)
    if view is not None:
        contest = view.contests[0]
        assert contest.asked is not None and contest.asked.own_view and contest.views[0].said.view


@pytest.mark.parametrize(("agency", "sees"), [
    ("住建局", "all"), ("综合执法局", "its leg"), ("市场监管局", "all"), ("交通局", "nothing"), ("公安局", "nothing"),
    ("司法局", "all"), ("市政府办公室", "all"), ("纪委监委", "nothing"),
])
def test_after_a_ruling_the_third_agency_sees_all_and_the_side_that_lost_the_case_its_leg(
    agency: str, sees: str
) -> None:
    case = case_after(*THIRD, "issue-letter")
    view = shown(case, agency)
    assert {"all": view == case, "nothing": view is None, "its leg": view is not None and view != case}[sees]


def test_the_side_that_lost_the_case_sees_the_dispute_with_its_ruling_and_nothing_of_what_follows() -> None:
    case = case_after(*THIRD, "issue-letter", "deliver", "sign-receipt", "add-material", "accept", "file-case")
    view = shown(case, "综合执法局")
    assert view is not None and view.state == DISPUTED
    assert [leg.receiver for leg in view.legs] == ["zhzf"]
    assert view.contests == case.contests and view.filed is None
    assert [material.number for material in view.materials] == [1]
    assert {party.agency for party in view.parties} == {"zjj", "zhzf"}


def test_a_former_receiver_sees_nothing_of_a_dispute_that_came_after_it() -> None:
    case = case_after(*PATHS["reroute"], "issue-letter", "deliver", "sign-receipt", "dispute", "state-view")
    view = shown(case, "综合执法局")
    assert view is not None and view.state == REFUSED and view.contests == ()
    assert "scjg" not in repr(view)


def test_what_a_receiver_filed_before_it_lost_the_case_stays_its_own() -> None:
    case = case_after(*PATHS["file-case"], "unaccept", TO_THIRD)
    assert case.filed is None and case.handled[0].receiver == "zhzf"
    own, third = shown(case, "综合执法局"), shown(case, "市场监管局")
    assert own is not None and own.handled[0].filed is not None
    assert third is not None and third.handled == case.handled


def test_who_lost_the_case_sees_the_progress_and_the_police_of_its_own_leg() -> None:
    case = case_after(*PATHS["return-criminal"], "accept", "progress", "unaccept", TO_THIRD, "issue-letter", "deliver",
                      "sign-receipt", "accept", "ask-progress", "refer-criminal")
    view = shown(case, "综合执法局")
    assert view is not None and (len(case.progress), len(case.referrals)) == (2, 2)
    assert [note.agency for note in view.progress] == ["zhzf"] and [each.number for each in view.referrals] == [1]


def test_the_agency_that_was_only_called_sees_its_call_and_its_answer() -> None:
    case = case_after(*CALLED)
    view = shown(case, "综合执法局")
    assert view is not None and view.state == PHONED
    assert [(call.number, call.response is not None) for call in view.calls] == [(1, True)]
    assert "scjg" not in repr(view) and "zhzf" in repr(case.legs[0])


def test_the_police_see_all_while_they_have_the_case_and_then_what_was_referred_to_them() -> None:
    there = case_after(*PATHS["deliver-criminal"])
    assert shown(there, "公安局") == there
    back = case_after(*PATHS["return-criminal"], "add-material", "accept", "file-case")
    view = shown(back, "公安局")
    assert view is not None and view.state == CRIMINAL and view.filed is None
    assert [material.number for material in view.materials] == [1] and view.legs[0].acceptance is None
    assert view.referrals == back.referrals


def test_no_event_of_these_turns_tells_anything_personal() -> None:
    personal = ("示例建设有限公司", "张明", "王芳", "李强", "孙洋", "占道堆放")
    for path in ("respond", "end", "keep", "rule", "unaccept", "hand-over-criminal", "return-criminal", "reopen",
                 "presume-reception", "cannot-supplement", "consent-withdrawal"):
        run = Run(TRANSFER, lawbook())
        for act in PATHS[path]:
            assert do(run, {"act": act, "on": DAY}) == []
            assert run.last is not None and not [word for word in personal if word in repr(run.last.facts)], act
