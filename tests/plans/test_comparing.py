"""Two versions of a plan side by side."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.acts.convert import plain
from shared.acts.persons import Respondent
from shared.contracts.personal import Personal
from shared.plans.comparing import TITLES, changed, compare, told
from shared.plans.parts import Content, Contingency, Fund, Participant, Task
from tests.plans.written import DAY, FIRST, LEAD, LIMIT, SECOND, content

NAMES = {FIRST: "综合执法局", SECOND: "市场监管局", LEAD: "住建局"}
TASKS = content().tasks


@pytest.mark.parametrize(("instead", "item", "line"), [
    ({"time_limit": date(2025, 10, 31)}, "time_limit", "执法时限：由“2025年9月30日”改为“2025年10月31日”"),
    ({"time_limit": None}, "time_limit", "执法时限：删除“2025年9月30日”"),
    ({"lead": FIRST}, "lead", "牵头部门：由“住建局”改为“综合执法局”"),
    ({"safeguards": ""}, "safeguards", "保障措施：删除“每周调度”"),
    ({"lead_duties": "总负责"}, "duties", "职责和分工 住建局：由“组织指挥”改为“总负责”"),
    ({"funds": (Fund("勘验", 500_005, "本级财政"),)}, "funds",
     "执法经费 勘验：由“勘验5000.00元（本级财政）”改为“勘验5000.05元（本级财政）”"),
    ({"funds": (*content().funds, Fund("餐饮", 0, "自行承担"))}, "funds", "执法经费 餐饮：增加“餐饮0.00元（自行承担）”"),
    ({"tasks": TASKS[:1]}, "tasks",
     "工作任务 2：删除“维持秩序（综合执法局，2025年6月9日至2025年9月30日）：现场秩序和交通”"),
    ({"tasks": (replace(TASKS[0], title="勘验"), TASKS[1])}, "tasks",
     "工作任务 1：由“现场勘验（住建局，2025年6月9日至2025年7月31日）：逐处勘验并制作笔录”"
     "改为“勘验（住建局，2025年6月9日至2025年7月31日）：逐处勘验并制作笔录”"),
    ({"contingency": Contingency("暴雨", "暂停", "李明，副市长", "1")}, "contingency",
     "应急预案：由“群体聚集：暂停并疏导（李明，副市长，0631-7550000）”改为“暴雨：暂停（李明，副市长，1）”"),
    ({"respondents": ()}, "respondents", "当事人 1：删除“示例建设有限公司”"),
])
def test_what_changed_is_told_in_words(instead: dict[str, Any], item: str, line: str) -> None:
    rows = compare(content(), content(**instead))
    assert line in told(rows, NAMES).splitlines()
    assert item in {row.item for row in rows}


def test_an_agency_that_goes_takes_its_duties_with_it_and_one_that_comes_brings_its_own() -> None:
    rows = compare(content(), content(participants=(Participant(FIRST, "现场处置和强制"), Participant("jtj", "疏导"))))
    assert {(row.item, row.key, row.before, row.after) for row in rows} == {
        ("participants", "jtj", None, "jtj"), ("participants", SECOND, SECOND, None),
        ("duties", "jtj", None, "疏导"), ("duties", SECOND, "核查经营主体", None)}


def test_respondents_are_told_in_the_order_of_their_places_and_tasks_by_their_numbers() -> None:
    twelve = tuple(Respondent("organisation", Personal(f"第{at}公司")) for at in range(1, 13))
    tasks = tuple(replace(TASKS[0], number=number) for number in (12, 2, 10, 1))
    rows = compare(content(respondents=(), tasks=()), content(respondents=twelve, tasks=tasks))
    assert [row.key for row in rows] == [*map(str, range(1, 13)), "1", "2", "10", "12"]


def test_a_code_without_a_name_stands_for_itself() -> None:
    assert told(compare(content(), content(lead=FIRST))).startswith(f"牵头部门：由“{LEAD}”改为“{FIRST}”")


def test_the_rows_are_plain_data() -> None:
    rows = [plain(row) for row in compare(content(), content(tasks=TASKS[:1], respondents=(), time_limit=None))]
    assert [(row["item"], row["title"]) for row in rows] == [
        ("respondents", "当事人"), ("tasks", "工作任务"), ("time_limit", "执法时限")]
    assert rows[0]["before"]["name"] == "示例建设有限公司"
    assert (rows[1]["before"]["due_on"], rows[2]["before"], rows[2]["after"]) == (LIMIT.isoformat(), LIMIT.isoformat(),
                                                                                None)


TEXT, AGENCY = st.sampled_from(["", "甲", "乙"]), st.sampled_from([LEAD, FIRST, SECOND])
DAYS = st.dates(DAY, LIMIT)
CONTENT = st.builds(
    Content, title=TEXT, lead=st.sampled_from(["", LEAD, FIRST]), situation=TEXT, necessity=TEXT,
    respondents=st.lists(st.builds(Respondent, st.just("person"), st.builds(Personal, TEXT)), max_size=2).map(tuple),
    tasks=st.lists(st.builds(Task, st.integers(1, 2), TEXT, TEXT, AGENCY, DAYS, DAYS), max_size=3).map(tuple),
    participants=st.lists(st.builds(Participant, AGENCY, TEXT), max_size=3).map(tuple), lead_duties=TEXT,
    time_limit=st.none() | DAYS, funds=st.lists(st.builds(Fund, TEXT, st.integers(0, 2), TEXT), max_size=3).map(tuple),
    safeguards=TEXT, contingency=st.none() | st.builds(Contingency, TEXT, TEXT, TEXT, TEXT))


def same(one: Content, other: Content) -> bool:
    """Written in whichever order."""
    lists = ("tasks", "participants", "funds")
    rest = dict.fromkeys(lists, ())
    return replace(one, **rest) == replace(other, **rest) and all(
        sorted(getattr(one, name), key=repr) == sorted(getattr(other, name), key=repr) for name in lists)


@given(CONTENT, CONTENT)
def test_nothing_that_changed_is_left_out_and_nothing_else_is_told(one: Content, other: Content) -> None:
    rows = compare(one, other)
    assert (not rows) == same(one, other)
    assert all(row.before != row.after for row in rows)
    assert [row.item for row in rows] == sorted((row.item for row in rows), key=list(TITLES).index)
    assert changed(one, other) == {row.item for row in rows}
    assert len(told(rows).splitlines()) == len(rows)


@given(CONTENT, CONTENT)
def test_the_other_way_round_it_tells_the_opposite(one: Content, other: Content) -> None:
    there = {(row.item, row.key): (row.before, row.after) for row in compare(one, other)}
    back = {(row.item, row.key): (row.after, row.before) for row in compare(other, one)}
    assert there == back


@given(CONTENT)
def test_a_plan_is_the_same_as_itself_in_another_order(one: Content) -> None:
    turned = replace(one, tasks=one.tasks[::-1], participants=one.participants[::-1], funds=one.funds[::-1])
    assert compare(one, turned) == ()
