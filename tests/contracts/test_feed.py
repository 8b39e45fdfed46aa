"""The feed as it travels: what is written by hand is what JSON would have."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.envelope import canonical
from shared.contracts.feed import Mark, item_text, mark_from, mark_of


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_an_item_is_the_json_of_its_fields(data: dict[str, object]) -> None:
    body = canonical(data)
    item = {"position": 7, "prev": 3, "epoch": "e1", "body": body}
    assert json.loads(item_text("e1", 7, 3, body.encode())) == item
    assert b"\n" not in item_text("e1", 7, 3, body.encode()), "an item is a line"


@pytest.mark.parametrize("mark", [Mark("e1", 7, 7), Mark("e1", 7, 3), Mark("", 0, 0), Mark("a.b", 12, 0)])
def test_a_mark_is_read_as_it_was_written(mark: Mark) -> None:
    assert mark_from(str(mark)) == mark


def test_a_mark_made_by_hand_says_what_was_had_last() -> None:
    assert mark_from(mark_of("e1", 7)) == Mark("e1", 7, 7)
