"""The rulebook against the acts that are built, and each article followed to its proof."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liandong import law
from liandong.calendars import due
from liandong.lawbuilt import articles_of
from liandong.lawcheck import check_against
from liandong.lawtrace import holes, table, traced
from services.joint.domain import CHAPTER as JOINT
from services.transfer.domain import CHAPTER
from shared.acts.model import Act, Chapter, Rank
from shared.kernel.settings import Settings
from shared.rulebook.model import Amount, Rulebook
from tests.rulebook.builders import FILE, changed, rulebook

WHOLE, LATER = law.WHOLE, law.LATER
NO_SUITE = Settings(home=Path("/nowhere"), city_folder=FILE.parent)


def abouts(book: Rulebook, chapter: Chapter = CHAPTER, later: frozenset[str] = LATER) -> dict[str, str]:
    return {finding.about: finding.en for finding in check_against(book, (chapter,), WHOLE, later)}


def with_clock(name: str, **fields: Any) -> Rulebook:
    clocks = dict(rulebook().clocks)
    clocks[name] = replace(clocks[name], **fields)
    return replace(rulebook(), clocks=clocks)


def test_the_citys_rulebook_and_the_acts_of_this_release_agree() -> None:
    assert law.findings(rulebook()) == ()


def test_a_chapter_that_holds_persons_without_a_time_to_keep_them_is_found() -> None:
    kept = {name: rule for name, rule in rulebook().retention.items() if name != "transfer.cases"}
    assert abouts(replace(rulebook(), retention=kept)) == {
        "transfer.cases": "holds personal data, and no time is set for it"
    }


def test_a_time_for_records_that_there_are_not_is_found() -> None:
    kept = {**rulebook().retention, "transfer.nothing": rulebook().retention["transfer.cases"]}
    assert abouts(replace(rulebook(), retention=kept)) == {"transfer.nothing": "there are no such records"}


def test_a_setting_that_nothing_reads_is_found_unless_it_says_what_it_waits_for() -> None:
    def found(setting: str, **changes: Any) -> list[tuple[str, str]]:
        choices = {**rulebook().choices, setting: replace(rulebook().choices[setting], **changes)}
        return [(finding.about, finding.en) for finding in law.findings(replace(rulebook(), choices=choices))]

    assert found("supplement_days", awaits="") == [("supplement_days", "a setting that nothing reads")]
    assert found("idempotency_days", awaits="第六章") == [("idempotency_days", "said to wait, but read")]
    assert found("dispute_pauses_review", awaits="第六章") == [("dispute_pauses_review", "said to wait, but read")]


def test_every_class_of_archive_records_has_a_time() -> None:
    wanted = {f"sharing.records.{code}" for code in rulebook().codes["retention_classes"]}
    assert wanted <= rulebook().retention.keys()
    assert rulebook().retention["access_log"].months >= 6        # 网络安全法 21


def test_an_event_nobody_raises_is_found() -> None:
    found = abouts(rulebook(), later=LATER - {"transfer.criminal_reported"})
    assert found == {"transfer.criminal_reported": "an event nobody raises"}


def test_an_event_that_is_raised_is_no_longer_to_come() -> None:
    found = abouts(rulebook(), later=LATER | {"transfer.announced"})
    assert found == {"transfer.announced": "listed as to come, but raised"}


def test_an_event_the_rulebook_does_not_know_is_found() -> None:
    acts = tuple(replace(act, event="anounced") if act.name == "announce" else act for act in CHAPTER.acts)
    found = abouts(rulebook(), replace(CHAPTER, acts=acts))
    assert found["transfer.anounced"] == "an event the rulebook does not know"
    assert found["transfer.announced"] == "an event nobody raises"


def test_a_state_that_is_not_final_without_a_clock_is_found() -> None:
    found = abouts(with_clock("transfer.letter", states=()))
    assert found == {"transfer.announced": "a state that is not final without a clock"}


def test_a_clock_in_a_state_that_does_not_exist_is_found() -> None:
    found = abouts(with_clock("transfer.letter", states=("announced", "anounced")))
    assert found == {"transfer.letter": "no state 'anounced'"}


def test_a_clock_that_can_start_and_never_be_met_is_found() -> None:
    found = abouts(with_clock("transfer.letter", meets=("transfer.criminal_not_approved",)))
    assert found == {"transfer.letter": "can start, but no act meets it"}


def test_a_clock_that_outlives_its_case_and_cannot_be_met_then_is_found() -> None:
    found = abouts(with_clock("transfer.letter", outlives=True))
    assert found == {"transfer.letter": "outlives its case, but no act meets it then"}


def test_a_clock_that_binds_who_can_do_nothing_is_found() -> None:
    found = abouts(with_clock("transfer.letter", bound="holder"))
    assert found == {"transfer.letter": "binds 'holder', which has no act"}


def test_a_ground_that_no_act_uses_is_found() -> None:
    ground = replace(rulebook().grounds["transfer.not_competent"], id="transfer.not_wanted")
    book = replace(rulebook(), grounds={**rulebook().grounds, ground.id: ground})
    assert abouts(book) == {"transfer.not_wanted": "a ground that no act uses"}


@pytest.mark.parametrize(("demands", "found"), [(("reason",), False), (("agencies_with_basis", "reason"), False),
                                                (("moon",), True), (("reason", "moon"), True)])
def test_a_ground_of_a_plan_is_used_where_each_fact_that_it_demands_is_tested(
        demands: tuple[str, ...], found: bool) -> None:
    ground = replace(rulebook().grounds["joint.15-4"], id="joint.15-9", demands=demands)
    book = replace(rulebook(), grounds={**rulebook().grounds, ground.id: ground})
    assert {each.about for each in check_against(book, (JOINT,), {"joint"})} == ({"joint.15-9"} if found else set())


def test_a_right_to_refuse_that_others_have_by_the_acts_is_found() -> None:
    rights = dict(rulebook().may_refuse)
    rights["transfer.dispute"] = replace(rights["transfer.dispute"], by=("receiver",))
    assert abouts(replace(rulebook(), may_refuse=rights)) == {
        "transfer.dispute": "others may do it than the rulebook says"}


def test_a_right_to_refuse_by_an_act_that_there_is_none_of_is_found() -> None:
    right = replace(rulebook().may_refuse["transfer.refuse"], id="transfer.reject")
    book = replace(rulebook(), may_refuse={**rulebook().may_refuse, right.id: right})
    assert abouts(book) == {"transfer.reject": "a right to refuse by an act there is none of"}


@pytest.mark.parametrize(("clocks", "found"), [
    ({"order": ["oversight.supervision"]}, []), ({"urgent": ["transfer.letter"]}, ["no kind 'urgent' of agenda item"]),
    ({"tip": ["sharing.tips"]}, ["'sharing.tips' is no clock"]),
    ({"tip": ["sharing.tip_claim"], "plan": ["sharing.tip_claim"]}, ["'sharing.tip_claim' stands there twice"])])
def test_a_clock_of_the_agenda_that_there_is_not_or_of_no_kind_or_of_two_is_found(
        clocks: dict[str, list[str]], found: list[str]) -> None:
    book = replace(rulebook(), settings={**rulebook().settings, "agenda_clocks": clocks})
    assert [finding.en for finding in check_against(book, ())] == found


@pytest.mark.parametrize("article", ["34", "行政处罚法 99", "刑法 1", "22, 34"])
def test_an_act_that_names_an_article_the_rulebook_does_not_have_is_found(article: str) -> None:
    acts = tuple(replace(act, article=article) if act.name == "announce" else act for act in CHAPTER.acts)
    missing = article.rpartition(", ")[2]
    found = abouts(rulebook(), replace(CHAPTER, acts=acts))
    assert found == {"transfer announce": f"names {missing!r}, which the rulebook does not have"}


# the trace

def traced_with(situations: tuple[dict[str, str], ...], chapter: Chapter = CHAPTER, book: Rulebook | None = None,
                whole: frozenset[str] = WHOLE) -> dict[str, Any]:
    return {line.article.id: line for line in traced(book or rulebook(), (chapter,), situations, whole, LATER)}


def test_every_article_has_its_line() -> None:
    assert list(traced_with(())) == list(rulebook().articles)


def test_an_article_that_needs_nothing_says_why_in_one_word() -> None:
    assert {id: line.word for id, line in traced_with(()).items() if line.article.needs_none} == {
        "1": "目的", "2": "适用范围", "3": "定义", "6": "定义", "14": "定义", "32": "组织实施"}


def test_an_article_of_a_chapter_that_is_not_built_says_so() -> None:
    lines = traced_with((), whole=frozenset({"transfer"}))
    assert lines["13"].word == "未建（第二章 协同执法）"
    assert lines["26"].word == "未建（第五章 信息共享）"
    assert lines["26"].lacks == ()


def test_a_built_article_without_a_situation_is_a_hole() -> None:
    assert "22: situation" in holes(traced_with(()).values())
    assert "22: situation" not in holes(traced_with(({"title": "t", "article": "22, annex 1"},)).values())
    assert "annex 1: situation" not in holes(traced_with(({"title": "t", "article": "22, annex 1"},)).values())


def test_an_article_whose_clock_grounds_and_items_are_gone_is_a_hole() -> None:
    book = replace(rulebook(), clocks={}, grounds={}, items={}, may_refuse={}, choices={})
    assert {"22: rule", "23: rule", "25: rule"} <= set(holes(traced_with((), book=book).values()))


def test_an_article_whose_acts_and_guards_are_gone_is_a_hole() -> None:
    bare = Act("announce", "x", "", by=frozenset({"sender"}), event="announced", command=int, decide=_decide,
               rank=Rank.OFFICER)
    lines = traced_with((), replace(CHAPTER, acts=(bare,), told=_told))
    assert {"22: act", "23: act", "25: act"} <= set(holes(lines.values()))


def _decide(case: Any, command: Any, context: Any) -> Any:
    raise AssertionError("nothing is decided here")


def _told(before: Any, after: Any, event: str, context: Any) -> frozenset[str]:
    return frozenset()


def test_the_trace_is_a_table_with_a_row_for_each_article() -> None:
    assert len(table(traced_with(()).values()).splitlines()) == 2 + 35


def test_a_built_chapter_has_no_hole() -> None:
    assert holes(law.lines(rulebook())) == ()


def test_another_laws_article_is_none_of_the_regulations() -> None:
    assert articles_of("22, annex 1") == ("22", "annex 1")
    assert articles_of("行政处罚法 60") == articles_of("internal") == articles_of("") == ()


# what the commands print

def said(run: Callable[..., int], *arguments: Any) -> tuple[int, list[str]]:
    lines: list[str] = []
    return run(*arguments, lines.append), lines


def test_check_tells_a_good_file_in_one_line() -> None:
    code, lines = said(law.check, FILE)
    assert (code, len(lines)) == (0, 1)
    assert "没有发现问题" in lines[0]


def test_check_tells_file_line_and_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(changed('source: "22"', 'source: "34"'), encoding="utf-8")
    code, lines = said(law.check, wrong)
    assert code == 1
    assert lines[0].startswith("wrong.yaml:")
    assert "“34”" in lines[0]


@pytest.mark.parametrize(("old", "new", "entry", "says"), [
    ("states: [announced]", "states: [anounced]", "  transfer.letter:", "transfer.letter: 没有状态“anounced”"),
    ("grounds:\n", "grounds:\n  transfer.not_wanted: {article: \"21\", title: 不宜办理}\n", "  transfer.not_wanted: {",
     "transfer.not_wanted: 没有任何行为使用这一理由"),
    ("    announced: {", "    told: {title: 告知, article: \"22\"}\n    announced: {", "    told: {",
     "transfer.told: 没有任何行为产生这一事件"),
])
def test_check_tells_the_line_of_the_entry_that_the_acts_disagree_with(
        tmp_path: Path, old: str, new: str, entry: str, says: str) -> None:
    text = changed(old, new)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text, encoding="utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(entry))
    code, lines = said(law.check, wrong)
    assert code == 1
    assert f"wrong.yaml:{line}: {says}" in lines, lines


def test_show_prints_an_article_with_its_clock_and_acts() -> None:
    code, lines = said(law.show, FILE, "22")
    printed = "\n".join(lines)
    assert code == 0
    for part in ("第二十二条", "transfer.letter", "移送机关，3个工作日", "issue-letter 发出移送函", "基本违法事实"):
        assert part in printed


def test_what_rests_on_a_definition_is_traced_beside_its_word() -> None:
    row = next(line for line in law.trace_table().splitlines() if line.startswith("| 第六条 |"))
    assert "| 定义 |" in row and "守卫1项" in row
    assert "NOBODY_ASSISTS" in "\n".join(said(law.trace, FILE)[1])


def test_show_prints_every_article_and_refuses_one_that_does_not_exist() -> None:
    assert len(said(law.show, FILE, None)[1]) == 35
    assert said(law.show, FILE, "34")[0] == 1


def test_an_amount_is_said_in_chinese() -> None:
    assert law.amount_words(Amount("hours", 24)) == "24小时"
    assert law.amount_words(Amount("until", 0, "supplement_by")) == "至 supplement_by 所记日期"


def test_due_prints_the_date_first_then_each_day_and_why() -> None:
    code, lines = said(due, NO_SUITE, date(2026, 9, 30), 3)
    assert (code, lines[0]) == (0, "2026-10-10")
    assert lines[2:-1] == [*(f"  2026-10-0{day}  不计  国庆节" for day in range(1, 8)), "  2026-10-08  第1天  工作日",
                         "  2026-10-09  第2天  工作日", "  2026-10-10  第3天  调休上班（国庆节）"]


def test_due_says_that_an_unknown_year_is_provisional_and_refuses_days_before_2004() -> None:
    assert said(due, NO_SUITE, date(2026, 12, 30), 3)[1][0] == "2027-01-05（暂定：放假安排尚未公布）"
    assert said(due, NO_SUITE, date(2003, 12, 30), 3)[0] == 1
