"""An act that is refused for the state says in which states it may be done, and which acts lead there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.collab.domain import CHAPTER as COLLAB
from services.joint.domain import CHAPTER as JOINT
from services.oversight.accountability.domain import CHAPTER as ACCOUNTABILITY
from services.oversight.conferences.domain.acts import CHAPTER as CONFERENCE
from services.oversight.supervision.domain.acts import CHAPTER as SUPERVISION
from services.sharing.queries.domain.acts import CHAPTER as QUERY
from services.transfer.domain import CHAPTER as TRANSFER
from shared.acts.leading import Leading
from shared.acts.model import WRONG_STATE, Chapter
from shared.contracts.register import SUITE
from shared.kernel.errors import Refusal

CHAPTERS = (TRANSFER, COLLAB, JOINT, SUPERVISION, CONFERENCE, ACCOUNTABILITY, QUERY)


def refused(chapter: Chapter, act: str, state: str) -> Refusal:
    wrong = WRONG_STATE.filled(state=chapter.states[state])
    return Leading(chapter).explained(chapter.act(act), replace(wrong, values={"state": state}))


@pytest.mark.parametrize("chapter, act, state, first", (
    (TRANSFER, "accept", "issued", ["sign-receipt"]),
    (TRANSFER, "close", "announced", ["issue-letter", "sign-receipt", "accept"]),
    (SUPERVISION, "accept-explanation", "issued", ["explain"]), (CONFERENCE, "hold", "due", ["call"]),
    (CONFERENCE, "complete-resolution", "called", ["hold", "record-minutes"]),
    (TRANSFER, "issue-letter", "received", []), (TRANSFER, "accept", "reported", []), (COLLAB, "review", "running", []),
    (TRANSFER, "report-closure", "accepted", []), (TRANSFER, "report-closure", "received", ["accept"]),
    (COLLAB, "report", "running", []), (JOINT, "report", "running", []),
    (COLLAB, "report", "approved", ["start"]), (JOINT, "report", "approved", ["start"]),
    (TRANSFER, "withdraw", "received", []), (TRANSFER, "phone", "refused", []),
    (TRANSFER, "record-measure", "accepted", []),
    (COLLAB, "submit", "submitted", []), (JOINT, "submit", "submitted", []),
    (COLLAB, "record-continuation", "draft", []), (COLLAB, "record-continuation", "returned", []),
))
def test_what_every_way_on_shares_is_told_and_no_way_back_and_none_of_several(
        chapter: Chapter, act: str, state: str, first: list[str]) -> None:
    told = refused(chapter, act, state)
    assert told.values["first"] == first
    assert ("此前应当先" in told.zh, " First: " in told.en) == (bool(first), bool(first))


def ways_on(chapter: Chapter, state: str, goals: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Every way on from a state to the first of the goals, as the acts on it."""
    if state in goals:
        yield ()
        return
    order = list(chapter.states)
    for act in chapter.acts:
        for there in act.to:
            if state in act.states and order.index(there) > order.index(state):
                yield from ((act.name, *rest) for rest in ways_on(chapter, there, goals))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.path)
def test_an_act_that_is_told_stands_on_every_way_on_and_in_that_order(chapter: Chapter) -> None:
    told, order = 0, list(chapter.states)
    for act in chapter.acts:
        for state in order:
            if named := [each.name for each in Leading(chapter).first(act, state)]:
                told += 1
                ways = list(ways_on(chapter, state, act.states))
                assert ways and all([each for each in dict.fromkeys(way) if each in named] == named for way in ways), (
                    act.name, state)
                assert all(order.index(each) > order.index(state) for each in act.states), (act.name, state)
    assert told or chapter is QUERY, "of a query each act has several ways"


def test_the_words_name_states_and_acts_as_the_chapter_does() -> None:
    told = refused(TRANSFER, "accept", "issued")
    assert told.zh == "当前状态为「已移送待接收」，不能进行该行为。可以进行该行为的状态：「审查中」。此前应当先：出具接收回执。"
    assert told.en.endswith(" It may be done in: received. First: sign-receipt.")


def test_of_an_act_that_may_be_done_in_many_states_they_are_not_listed() -> None:
    told = refused(TRANSFER, "add-material", "ended")
    assert "可以进行该行为的状态" not in told.zh and len(told.values["possible_in"]) > 5


def test_what_the_suite_does_by_itself_is_nobodys_to_do_first() -> None:
    for chapter in CHAPTERS:
        leading = Leading(chapter)
        assert not [act.name for row in chapter.acts for state in chapter.states for act in leading.first(row, state)
                    if act.by == frozenset({SUITE})]
        assert {act.name: leading.first(act, state) for act in chapter.acts for state in act.states} == {
            act.name: () for act in chapter.acts if act.states}, "where it may be done nothing comes first"


def test_any_other_refusal_stays_as_it_is() -> None:
    other = Refusal("OTHER", "别的。", "Other.")
    assert Leading(TRANSFER).explained(TRANSFER.act("accept"), other) is other
