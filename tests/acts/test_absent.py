"""Whoever names an agency that can't be named hears what is wrong with it: not there, not yet, no more, or none that
enforces."""

from datetime import UTC, date, datetime

import pytest

from shared.acts.model import Context, Rank, Viewer
from shared.acts.standing import absent
from shared.contracts.register import Agency, Heir, register_of
from shared.kernel.errors import Refusal
from shared.rulebook.model import Rulebook

ASKED = Refusal("UNKNOWN_HOLDER", "应当写明在册的持有机关。", "The holder is an agency of the register.", "27", where="holder")
DAY, SINCE = date(2025, 6, 9), date(2019, 1, 1)
REGISTER = register_of((
    Agency("zhzf", "综合执法局", "statutory", "city", SINCE), Agency("zfb", "市政府办公室", "other", "city", SINCE),
    Agency("new", "新设局", "statutory", "city", date(2025, 7, 1)),
    Agency("gone", "园林所", "authorised", "city", SINCE, date(2024, 12, 31), heirs=(Heir("zhzf"),))))
CONTEXT = Context(datetime(2025, 6, 9, 1, tzinfo=UTC), DAY, datetime(2025, 6, 9, 1, tzinfo=UTC), Rulebook(), REGISTER,
                  Viewer("zhzf", Rank.OFFICER))


@pytest.mark.parametrize(("named", "first"), [
    ("", ""), ("zhzf", ""), ("nobody", "名录中没有「nobody」。"), ("zfb", "「市政府办公室」不是行政执法机关。"),
    ("new", "「新设局」自2025-07-01起设立。"), ("gone", "「园林所」已于2024-12-31撤销，其职责由综合执法局承继。"),
])
def test_the_refusal_says_first_what_is_wrong_with_who_is_named(named: str, first: str) -> None:
    told = absent(CONTEXT, named, ASKED)
    assert (told.zh, told.code, told.article, told.where) == (first + ASKED.zh, ASKED.code, "27", "holder")
    assert told.en.endswith(ASKED.en) and (told.en != ASKED.en) == bool(first)


def test_one_that_names_it_already_is_not_told_twice() -> None:
    named = Refusal("UNKNOWN_RECEIVER", "接收机关「{receiver}」不在名录中。", "No {receiver}.").filled(receiver="nobody")
    assert absent(CONTEXT, "nobody", named) is named
