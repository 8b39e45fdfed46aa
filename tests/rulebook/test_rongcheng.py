"""The city's rulebook against the design's table, the regulation and the questions it leaves open."""

import re
from datetime import date

import pytest

from shared.rulebook.model import article_words, source_words
from tests.rulebook.builders import ROOT, rulebook

STATUTORY = {
    "transfer.letter": ("22", "sender", 3), "transfer.review": ("23", "receiver", 3),
    "transfer.closure_report": ("25", "receiver", 5), "collab.report": ("13", "lead", 5),
    "joint.summary": ("20", "lead", 5), "sharing.query": ("27", "holder", 3),
}


@pytest.mark.parametrize("name", STATUTORY)
def test_the_regulations_own_limits_are_those_of_its_text(name: str) -> None:
    article, bound, days = STATUTORY[name]
    clock = rulebook().clocks[name]
    assert (clock.source.article, clock.source.law, clock.bound) == (article, "", bound)
    assert (clock.amount.unit, clock.amount.value) == ("working_days", days)
    assert clock.yellow.value == (1 if days < 5 else 2)


def test_no_other_clock_claims_an_article_of_the_regulation() -> None:
    own = {name for name, clock in rulebook().clocks.items() if clock.source.statutory and not clock.source.law}
    assert own == set(STATUTORY)


@pytest.mark.parametrize(("name", "law", "article", "unit", "value"), [
    ("transfer.decision", "行政处罚法", "60", "calendar_days", 90),
    ("transfer.decision_service", "行政处罚法", "61", "working_days", 7),
    ("transfer.criminal_decision", "国务院令第310号", "5", "calendar_days", 3),
    ("transfer.criminal_delivery", "国务院令第310号", "5", "hours", 24),
    ("transfer.police_review", "国务院令第310号", "8", "calendar_days", 3),
    ("transfer.criminal_handover", "国务院令第310号", "12", "calendar_days", 3),
    ("oversight.opinion", "山东省行政执法监督条例", "28", "calendar_days", 30),
    ("oversight.decision", "山东省行政执法监督条例", "29", "calendar_days", 30),
])
def test_the_limits_of_other_laws_stand_under_their_own_source(name: str, law: str, article: str, unit: str,
                                                               value: int) -> None:
    clock = rulebook().clocks[name]
    assert (clock.source.law, clock.source.article) == (law, article)
    assert (clock.amount.unit, clock.amount.value) == (unit, value)
    assert clock.source.statutory


@pytest.mark.parametrize(("name", "days"), [
    ("transfer.announce", 10), ("transfer.phone", 1), ("transfer.delivery", 1), ("transfer.receipt", 1),
    ("transfer.reroute", 3), ("transfer.ruling", 10), ("transfer.criminal", 10), ("transfer.case_filing", 7),
    ("collab.draft", 20), ("collab.review", 5), ("collab.presentation", 5), ("collab.revision", 5),
    ("collab.start", 5), ("collab.suspension", 20), ("joint.draft", 20), ("joint.review", 5),
    ("joint.presentation", 5), ("joint.revision", 5), ("joint.start", 5), ("joint.suspension", 20),
    ("sharing.assistance", 3),
])
def test_internal_limits_are_never_called_statutory(name: str, days: int) -> None:
    clock = rulebook().clocks[name]
    assert (clock.source.internal, clock.amount.unit, clock.amount.value) == (True, "working_days", days)


def test_a_clock_turns_yellow_on_its_last_day_and_one_of_five_days_or_more_on_the_last_two() -> None:
    for clock in rulebook().clocks.values():
        if clock.amount.unit == "working_days":
            assert clock.yellow.unit == "working_days", clock.id
            assert clock.yellow.value == (2 if clock.amount.value >= 5 else 1), clock.id


def test_all_33_articles_and_both_annexes_stand_in_it_in_order() -> None:
    assert list(rulebook().articles) == [*map(str, range(1, 34)), "annex 1", "annex 2"]


def test_article_3_says_that_its_label_is_lost() -> None:
    assert "第三条" in rulebook().articles["3"].note
    assert rulebook().articles["3"].question == "article-3"


def test_a_plan_under_18_has_ten_items_and_annex_2_its_seven() -> None:
    assert len(rulebook().items["joint.plan"]) == 10
    assert {item.article for item in rulebook().items["joint.plan"]} == {"18"}
    assert [item.title for item in rulebook().items["transfer.receipt"]][:2] == ["移送函文号", "移送机关"]
    assert len(rulebook().items["transfer.receipt"]) == 7


def test_what_a_collab_plan_presupposes_is_never_quoted_as_an_article() -> None:
    assert {item.article for item in rulebook().items["collab.plan"]} == {"internal"}


def test_it_is_in_force_to_its_last_day_and_then_on_a_sample_basis_only() -> None:
    book = rulebook()
    assert [book.expired_on(day) for day in (date(2026, 2, 17), date(2026, 2, 18))] == [False, True]
    days = (date(2021, 2, 17), date(2021, 2, 18), date(2026, 2, 18), date(2031, 2, 18))
    assert [book.may_open_on(day) for day in days] == [False, True, True, False]
    basis = book.basis_on(date(2026, 2, 18))
    assert basis is not None
    assert basis.sample
    assert "示例" in basis.title


# Questions that no one entry of the rulebook waits for.
OF_NO_ENTRY = {"last-day", "provincial-regulation", "state-secrets", "agency-dissolution", "machine-signature",
               "conference-members", "joined-cases"}


def test_every_question_that_an_entry_waits_for_stands_in_the_document() -> None:
    text = (ROOT / "docs" / "questions-for-justice.md").read_text("utf-8")
    headings = set(re.findall(r"^## ([a-z0-9-]+) ", text, re.M))
    book = rulebook()
    asked = {*(clock.question for clock in book.clocks.values()), *(each.question for each in book.articles.values()),
             *(choice.question for choice in book.choices.values()),
             *(each.question for each in book.retention.values())} - {""}
    assert asked | {book.counting["question"]} <= headings
    assert headings - asked - OF_NO_ENTRY == set()


def test_the_words_are_not_those_of_the_regulation() -> None:
    """Our own short words: none is a long quotation, and every one fits a line."""
    book = rulebook()
    said = [*(clock.says for clock in book.clocks.values()), *(article.says for article in book.articles.values())]
    assert all(0 < len(words) <= 90 for words in said)


def test_every_pause_can_end() -> None:
    for clock in rulebook().clocks.values():
        ends = {*clock.resumes, *clock.starts, *clock.cancels, *clock.meets}
        assert not clock.pauses or ends, clock.id


@pytest.mark.parametrize(("article", "words"), [
    ("1", "第一条"), ("10", "第十条"), ("11", "第十一条"), ("20", "第二十条"), ("33", "第三十三条"), ("annex 2", "附件2")])
def test_an_article_is_written_as_an_official_writes_it(article: str, words: str) -> None:
    assert article_words(article) == words


@pytest.mark.parametrize(("sources", "words"), [
    ("22", "第二十二条"), ("22, annex 1", "第二十二条、附件1"), ("行政处罚法 54", "《行政处罚法》第五十四条"),
    ("国务院令第310号 5", "国务院令第310号第五条"), ("internal", "内部要求，非法定"), ("", "内部要求，非法定")])
def test_what_an_act_names_is_written_so_too(sources: str, words: str) -> None:
    assert source_words(sources) == words


def test_of_a_close_all_is_asked_whatever_its_outcome() -> None:
    """A filed case is closed with its decision's number and date; one that is declined was never filed."""
    assert [(item.id, item.when) for item in rulebook().items["transfer.close"]] == [
        (name, "") for name in ("outcome", "decision_number", "decision_on", "told", "heard", "hearing", "remedies")]


def test_either_side_may_ask_for_a_ruling() -> None:
    assert rulebook().may_refuse["transfer.dispute"].by == ("sender", "receiver")
