"""docs/plans.md puts the two chapters side by side: nothing that the law asks in them is left out of its column."""

import re

import pytest

from liandong.docs import acts_table
from liandong.docs_plans import plans_table
from liandong.suite import spec_of
from services.collab.domain import CHAPTER as COLLAB
from services.joint.domain import CHAPTER as JOINT
from shared.acts.model import Chapter
from shared.contracts.register import SUITE
from tests.situations.city import RONGCHENG, lawbook, rulebook

TABLE = plans_table(rulebook())
COLUMNS = {"collab": 1, "joint": 2}


def column(service: str) -> str:
    """What the table tells of a chapter."""
    return "\n".join(re.split(r" \| ", row)[COLUMNS[service]] for row in TABLE.splitlines() if row.startswith("| **"))


@pytest.mark.parametrize("chapter", (COLLAB, JOINT), ids=lambda chapter: chapter.service)
def test_every_act_that_rests_on_an_article_stands_in_its_chapters_column(chapter: Chapter) -> None:
    told = column(chapter.service)
    acts = [act.title for act in chapter.acts if act.article != "internal" and act.by != {SUITE}]
    assert len(acts) > 15 and [title for title in acts if f"{title}（第" not in told] == []


@pytest.mark.parametrize("service", ("collab", "joint"))
def test_every_ground_item_and_time_limit_stands_in_its_chapters_column(service: str) -> None:
    told, book = column(service), rulebook()
    grounds = [ground.title for name, ground in book.grounds.items() if name.startswith(f"{service}.") and ground.route]
    items = [item.title for item in book.items[f"{service}.plan"]]
    clocks = [clock.says for name, clock in book.clocks.items() if name.startswith(f"{service}.")]
    assert len(grounds) >= 5 and len(clocks) > 10
    assert [words for words in (*grounds, *items, *clocks) if words not in told] == []


def test_what_one_chapter_has_alone_is_said() -> None:
    assert "only collab: 不能协同 `decline`" in TABLE and "only joint: 指定主要牵头部门 `assign`" in TABLE
    assert "没有规定（第十九条" in column("joint")


def test_it_is_made_of_the_citys_own_rulebook() -> None:
    page = (RONGCHENG.parents[2] / "docs" / "plans.md").read_text("utf-8")
    assert TABLE in page


@pytest.mark.parametrize(("value", "by", "parts"), [
    ("justice", "司法局", "justice"), ("lead", "牵头部门、司法局", "justice, lead")])
def test_who_presents_is_told_as_the_setting_has_it_and_by_its_name(value: str, by: str, parts: str) -> None:
    book = lawbook(settings=(("presents_under_9_1", value),))
    told = plans_table(book)
    for act in ("呈请市政府（第九条）", "呈请变更方案（内部）"):
        assert f"{act}：{by}〔机关负责人〕（按设置 `presents_under_9_1`）" in told
    assert f"| `present` | 呈请市政府 | 9 | {parts} (`presents_under_9_1`) |" in acts_table(spec_of("collab"), book)


def test_a_row_says_who_acts_under_each_value_that_its_setting_may_have() -> None:
    told = {act.whose.setting: act.whose.parts.keys() for act in COLLAB.acts if act.whose}
    assert told == {name: set(rulebook().choices[name].options) for name in told} and told
