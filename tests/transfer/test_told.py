"""Who hears of an event and who sees a case, cell by cell: a former receiver knows its own leg and nothing after it."""

from datetime import date, timedelta
from functools import cache

import pytest

from services.transfer.case import Transfer
from services.transfer.domain import ACTS, CHAPTER, REFUSED, receivers, seen
from shared.acts.model import THE_SUITE, Context, Rank, Viewer
from shared.deadlines.model import KINDS
from tests.situations.city import CODES, REGISTER, SEPARATED, lawbook
from tests.situations.runner import Run, do, noon
from tests.situations.transfer.book import TRANSFER
from tests.situations.transfer.builders import PATHS

DAY = date(2025, 6, 9)
AGENCIES = ("住建局", "综合执法局", "市场监管局", "交通局", "司法局", "市政府办公室", "纪委监委")
OFFICES = {"司法局", "市政府办公室"}
EVENTS = (*CHAPTER.events, *(f"deadline_{kind}" for kind in KINDS))
FIRST, SECOND = {"住建局", "综合执法局"}, {"住建局", "市场监管局"}


@cache
def case_after(*acts: str) -> Transfer:
    run = Run(TRANSFER, lawbook())
    for act in acts:
        assert do(run, {"act": act, "on": DAY + timedelta(days=run.acts)}) == []
    assert run.case is not None
    return run.case


REROUTED = (*PATHS["sign-return"], "reroute")


def context(viewer: Viewer = THE_SUITE) -> Context:
    day = DAY + timedelta(days=30)
    return Context(noon(day), day, noon(day), lawbook(), REGISTER, viewer)


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize(("acts", "parties"), [
    (PATHS["announce"], FIRST), (PATHS["refuse"], FIRST), (PATHS["withdraw"], FIRST), (PATHS["report-closure"], FIRST),
    (REROUTED, SECOND), ((*REROUTED, "issue-letter", "deliver", "sign-receipt", "accept"), SECOND),
], ids=("announced", "refused", "withdrawn", "reported", "rerouted", "accepted by the second"))
def test_the_parties_of_now_justice_and_the_government_office_are_told(
        agency: str, acts: tuple[str, ...], parties: set[str]) -> None:
    after = case_after(*acts)
    for event in EVENTS:
        assert (CODES[agency] in CHAPTER.told(None, after, event, context())) == (agency in parties | OFFICES), event


@pytest.mark.parametrize(("agency", "sees"), [
    ("住建局", "all"), ("综合执法局", "its leg"), ("市场监管局", "all"), ("交通局", "nothing"), ("司法局", "all"),
    ("市政府办公室", "all"), ("纪委监委", "nothing"),
])
def test_a_rerouted_case_is_seen_whole_in_part_or_not_at_all(agency: str, sees: str) -> None:
    case = case_after(*REROUTED, "issue-letter")
    shown = seen(case, Viewer(CODES[agency], Rank.CHIEF), REGISTER)
    assert {"all": shown == case, "nothing": shown is None, "its leg": shown is not None and shown != case}[sees]


def test_a_former_receiver_sees_its_leg_as_it_ended_and_no_word_of_the_next() -> None:
    case = case_after(*REROUTED, "issue-letter", "deliver", "sign-receipt", "accept", "file-case", "add-material")
    shown = seen(case, Viewer("zhzf", Rank.LEADER), REGISTER)
    assert shown is not None and shown.state == REFUSED
    assert [leg.receiver for leg in shown.legs] == ["zhzf"]
    assert {party.agency for party in shown.parties} == {"zjj", "zhzf"}
    assert [material.number for material in shown.materials] == [1] and shown.filed is None
    assert "scjg" not in repr(shown) and "市场监管局" not in repr(shown)


def test_a_former_receiver_is_no_party_from_the_day_of_the_reroute_on() -> None:
    case = case_after(*REROUTED)
    day = case.leg.announced_on
    assert [party.agency for party in case.parties if party.on(day)] == ["zjj", "scjg"]
    assert [party.agency for party in case.parties if party.on(day - timedelta(days=1))] == ["zjj", "zhzf"]


def test_a_receiver_that_had_the_case_only_on_the_day_of_the_reroute_is_no_party_at_all() -> None:
    run = Run(TRANSFER, lawbook())
    for act in (*PATHS["refuse"], "reroute"):
        assert do(run, {"act": act, "on": DAY}) == []
    assert run.case is not None
    assert [party.agency for party in run.case.parties if party.on(DAY)] == ["zjj", "scjg"]
    assert seen(run.case, Viewer("zhzf", Rank.OFFICER), REGISTER) is not None


def test_the_suite_sees_every_case() -> None:
    case = case_after("announce")
    assert seen(case, THE_SUITE, REGISTER) == case


def test_receivers_are_proposed_from_the_powers_in_the_register() -> None:
    assert receivers(REGISTER, SEPARATED, "zjj", DAY) == ("zhzf",)
    assert receivers(REGISTER, SEPARATED, "zhzf", DAY) == ()


def test_a_letter_freezes_its_list() -> None:
    case = case_after(*PATHS["issue-letter"], "add-material")
    assert [material.number for material in case.leg.enclosed] == [1]
    assert [material.number for material in case.materials] == [1, 2]


def test_no_event_tells_anything_personal() -> None:
    personal = {"示例建设有限公司", "91110000600037341L", "成山大道1号", "张明", "赵刚", "示例建设有限公司占道堆放物料案"}
    run = Run(TRANSFER, lawbook())
    for act in PATHS["report-closure"]:
        assert do(run, {"act": act, "on": DAY}) == []
        assert run.last is not None
        assert not {value for value in personal if value in repr(run.last.facts)}, act


def test_every_act_of_the_straight_path_is_one_of_the_chapter() -> None:
    assert {act for path in PATHS.values() for act in path} <= {act.name for act in ACTS}
