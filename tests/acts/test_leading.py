"""An act that is refused for the state says in which states it may be done, and which acts lead there."""

from dataclasses import replace

import pytest

from services.collab.domain import CHAPTER as COLLAB
from services.oversight.conferences import CHAPTER as CONFERENCE
from services.oversight.supervision import CHAPTER as SUPERVISION
from services.transfer.domain import CHAPTER as TRANSFER
from shared.acts.leading import Leading
from shared.acts.model import WRONG_STATE, Chapter
from shared.contracts.register import SUITE
from shared.errors import Refusal


def refused(chapter: Chapter, act: str, state: str) -> Refusal:
    wrong = WRONG_STATE.filled(state=chapter.states[state])
    return Leading(chapter).explained(chapter.act(act), replace(wrong, values={"state": state}))


@pytest.mark.parametrize("chapter, act, state, first", (
    (TRANSFER, "accept", "issued", ["sign-receipt"]),
    (TRANSFER, "close", "announced", ["issue-letter", "sign-receipt", "accept"]),
    (SUPERVISION, "accept-explanation", "issued", ["explain"]), (CONFERENCE, "hold", "due", ["call"]),
    (CONFERENCE, "complete-resolution", "called", ["hold", "record-minutes"]),
    (TRANSFER, "issue-letter", "received", []), (TRANSFER, "accept", "reported", []), (COLLAB, "review", "running", []),
))
def test_the_fewest_acts_that_lead_on_are_told_and_no_way_back(
        chapter: Chapter, act: str, state: str, first: list[str]) -> None:
    told = refused(chapter, act, state)
    assert told.values["first"] == first
    assert ("此前应当先" in told.zh, " First: " in told.en) == (bool(first), bool(first))


def test_the_words_name_states_and_acts_as_the_chapter_does() -> None:
    told = refused(TRANSFER, "accept", "issued")
    assert told.zh == "当前状态为「已移送待接收」，不能进行该行为。可以进行该行为的状态：「审查中」。此前应当先：出具接收回执。"
    assert told.en.endswith(" It may be done in: received. First: sign-receipt.")


def test_of_an_act_that_may_be_done_in_many_states_they_are_not_listed() -> None:
    told = refused(TRANSFER, "add-material", "ended")
    assert "可以进行该行为的状态" not in told.zh and len(told.values["possible_in"]) > 5


def test_what_the_suite_does_by_itself_is_nobodys_to_do_first() -> None:
    for chapter in (TRANSFER, COLLAB, SUPERVISION, CONFERENCE):
        leading = Leading(chapter)
        assert not [act.name for row in chapter.acts for state in chapter.states for act in leading.first(row, state)
                    if act.by == frozenset({SUITE})]
        assert {act.name: leading.first(act, state) for act in chapter.acts for state in act.states} == {
            act.name: () for act in chapter.acts if act.states}, "where it may be done nothing comes first"


def test_any_other_refusal_stays_as_it_is() -> None:
    other = Refusal("OTHER", "别的。", "Other.")
    assert Leading(TRANSFER).explained(TRANSFER.act("accept"), other) is other
