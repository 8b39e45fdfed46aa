"""Whatever day of whatever act is put right: the case and its clocks are as had it been said so at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.transfer.corrections import ROWS
from tests.situations.city import lawbook
from tests.situations.runner import Run, do
from tests.situations.transfer.book import TRANSFER
from tests.situations.transfer.builders import PATHS

START = date(2025, 9, 1)
KEPT = {"DATE_LATER", "DATES_DISAGREE", "OUT_OF_ORDER", "SAME_VALUE", "SUPERSEDED", "WRONG_PARTY"}
TURNS = {          # beyond the paths: with pauses that end, and a ruling of each kind
    "to-receiver": (*PATHS["dispute"], "state-view", "rule", "accept", "file-case"),
    "to-third": (*PATHS["dispute"], {"act": "rule", "with": {"明确结果": "由第三机关办理", "第三机关": "市场监管局"}}, "issue-letter"),
    "to-sender": (*PATHS["dispute"], {"act": "rule", "with": {"明确结果": "由移送机关自行处理"}}),
    "after-police": (*PATHS["return-criminal"], "accept", "file-case", "record-decision"),
    "police-after-filing": (*PATHS["file-case"], "refer-criminal", "deliver-criminal", "return-criminal",
                            "record-decision"),
    "called": ("phone", "respond", "announce", "phone", "add-material", "issue-letter", "deliver"),
}
WAYS: dict[str, tuple[Any, ...]] = {**PATHS, **TURNS}


def bare(run: Run) -> Any:
    """The case without what was said of its corrections, and without the lists that went out: those stay frozen."""
    return replace(run.case, corrections=(), legs=tuple(replace(leg, enclosed=()) for leg in run.case.legs))


def clocks(run: Run) -> dict[str, tuple[Any, ...]]:
    """What each deadline says, whatever was said in between."""
    return {id: (each.clock, each.bound, each.state, each.started_on, each.due_at, each.met_on, each.late, each.pauses)
            for id, each in run.deadlines.items()}


def played(days: Sequence[date], way: str, said: Sequence[date], call_counts: bool) -> Run:
    """The way played on these days, each act saying what it says on its day of `said`."""
    now = iter(said)
    book = replace(TRANSFER, builders={name: lambda case, _, build=build: build(case, next(now))
                                       for name, build in TRANSFER.builders.items() if name != "correct"}
                   | {"correct": TRANSFER.builders["correct"]})
    run = Run(book, lawbook(settings=(("phone_call_is_notice", call_counts),)))
    for each, day in zip(WAYS[way], days, strict=True):
        step = {"act": each} if isinstance(each, str) else each
        assert do(run, {**step, "on": day}) == [], step
    return run


@settings(max_examples=150)
@given(st.data(), st.sampled_from(sorted(WAYS)), st.booleans(), st.integers(-12, 12))
def test_a_date_put_right_leads_where_the_right_date_had_led_at_once_and_put_back_whence_it_came(
        data: st.DataObject, way: str, call_counts: bool, more: int) -> None:
    gaps = data.draw(st.lists(st.integers(0, 9), min_size=len(WAYS[way]), max_size=len(WAYS[way])))
    days = [START + timedelta(days=sum(gaps[:number])) for number in range(1, len(gaps) + 1)]
    run = played(days, way, days, call_counts)
    before, deadlines = bare(run), clocks(run)
    act = data.draw(st.sampled_from(sorted({each.act for each in run.said} & ROWS.keys())))
    at = max(number for number, each in enumerate(run.said) if each.act == act)
    was, right = days[at], days[at] + timedelta(days=more)
    step = {"act": "correct", "of": act, "on": days[-1] + timedelta(days=12)}
    codes = do(run, {**step, "old": was, "new": right})
    if codes:
        assert set(codes) <= KEPT and bare(run) == before
        return
    at_once = played([*days[:at], right, *days[at + 1:]], way, days, call_counts)
    assert bare(run) == bare(at_once)
    assert clocks(run) == clocks(at_once)
    assert do(run, {**step, "old": right, "new": was}) == []
    assert (bare(run), clocks(run)) == (before, deadlines)
