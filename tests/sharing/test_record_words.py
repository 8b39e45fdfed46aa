"""Words in records: pairs of signs, rare signs, case and width, ranges on the text as it was written. Pure."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sharing.archive.words import (
    MOST_RANGES,
    Searched,
    as_written,
    asked,
    excerpt,
    folded,
    mark,
    pairs,
    spans,
    words_of,
)
from shared.kernel.errors import Refused

SIGNS = st.sampled_from("占道经营违法建设𠀀𠮷𬭎䶮aAbBßﬁİ（〔1２ \n")
TEXTS = st.text(SIGNS, max_size=30)


@given(st.text(max_size=40))
def test_folding_keeps_every_sign_in_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(TEXTS, st.text(SIGNS, min_size=1, max_size=4))
def test_the_index_misses_no_text_that_holds_a_word(text: str, said: str) -> None:
    indexed = pairs((folded(text),))
    for word in words_of(said):
        if word in folded(text):
            for pair in asked(word):
                assert pair in indexed if len(pair) == 8 else any(each.startswith(pair) for each in indexed)


@given(TEXTS, st.text(SIGNS, min_size=1, max_size=2))
def test_of_a_word_of_one_or_two_signs_the_index_finds_nothing_else(text: str, said: str) -> None:
    indexed = pairs((folded(text),))
    for word in words_of(said):
        hit = all(pair in indexed if len(pair) == 8 else any(each.startswith(pair) for each in indexed)
                  for pair in asked(word))
        assert hit == (word in folded(text))


@given(TEXTS, TEXTS, st.text(SIGNS, min_size=1, max_size=4))
def test_each_range_holds_the_words_that_were_searched_for_and_each_place_is_in_a_range(
        title: str, text: str, said: str) -> None:
    words = words_of(said)
    told = Searched(title, text).ranges(words)
    for name, whole in (("title", title), ("text", text)):
        covered = {at for begin, end in told[name] for at in range(begin, end)}
        for word in words:
            at = folded(whole).find(word)
            if at >= 0 and len(told[name]) < MOST_RANGES:
                assert set(range(at, at + len(word))) <= covered
        for begin, end in told[name]:
            assert any(word in folded(whole)[begin:end] for word in words)


def test_no_words_are_found_by_what_marks_whose_a_record_is() -> None:
    assert asked("z") != (mark("o"),) and not mark("a", "zjj").startswith(asked("z")[0])
    assert all(not mark(kind).startswith(asked(sign)[0]) for kind in "acuo" for sign in ("z", "\U0010ffff", "0"))


def test_wide_and_narrow_capital_and_small_are_one() -> None:
    assert words_of("ＡＢc（１） AB") == ("abc(1)", "ab")


def test_a_sign_of_a_script_without_case_stands_for_itself_and_no_other_sign_is_read_as_it() -> None:
    for sign in map(chr, range(0x110000)):
        if category(sign) == "Lo" or as_written((folded(sign),)):
            assert folded(sign) == sign
    assert as_written(("占道", "𬭎")) and not as_written(("占道", "17号"))


def test_a_persons_name_is_hit_by_no_search_wherever_it_stands() -> None:
    title, text = "张三占道经营案", "执法人员告知张三。张三丰不在场"
    hidden = spans(title, ("张三",)), spans(text, ("张三",))
    searched = Searched(title, text, hidden=hidden)
    assert searched.hits(("张三",)) is None and searched.hits(("三占",)) is None
    assert searched.hits(("占道",)) == (1, 1)
    assert not set(asked("张三")) & searched.indexed()


def test_an_excerpt_stands_around_its_first_hit() -> None:
    text = "前" * 300 + "占道" + "后" * 300
    begin, part = excerpt(text, [(300, 302)])
    assert part[300 - begin:302 - begin] == "占道" and len(part) == 160
    assert excerpt("短文", []) == (0, "短文")


def test_more_words_or_longer_ones_than_are_searched_for_are_refused() -> None:
    for said, code in (("a b c d e f g h i j k", "TOO_MANY_WORDS"), ("长" * 51, "WORD_TOO_LONG")):
        with pytest.raises(Refused) as refused:
            words_of(said)
        assert [each.code for each in refused.value.refusals] == [code]
