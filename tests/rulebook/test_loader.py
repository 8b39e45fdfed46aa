"""Whatever is wrong in a rulebook file is told with its line, all of it at once; nothing of a wrong file is used."""

from pathlib import Path

import pytest

from shared.kernel.yaml_files import Problems
from shared.rulebook.loader import RulebookErrors, load
from tests.rulebook.builders import FILE, changed, line, problems_of, rulebook, text

NINETY = '{law: 行政处罚法, article: "60"}'
TEN = "amount: {working_days: 10}"
PHONE = "  transfer.phone:\n    source: internal"


@pytest.mark.parametrize(("old", "new", "at", "says"), [
    ("    bound: sender\n", "    bund: sender\n", line("    bound: sender\n"), "不认识的键“bund”"),
    ("rulebook: rongcheng-2021", "rulebok: x", line("rulebook: rongcheng-2021"), "不认识的键“rulebok”"),
    ('source: "22"', 'source: "34"', line('source: "22"'), "办法没有“34”这一条"),
    (NINETY, NINETY.replace("60", "99"), line(NINETY), "没有列第 99 条"),
    (NINETY, NINETY.replace("行政处罚法", "刑法"), line(NINETY), "没有“刑法”"),
    (PHONE, PHONE.replace("phone", "announce"), line(PHONE), "“transfer.announce”重复，首次出现在第"),
    (PHONE, PHONE.replace("transfer", "trnsfer"), line(PHONE), "的开头不是服务名"),
    (TEN, "amount: {working_days: -3}", line(TEN), "数值 -3 不得小于 1"),
    (TEN, "amount: {working_days: 十}", line(TEN), "此处应为整数"),
    (TEN, "amount: {working_days: 10, hours: 1}", line(TEN), "只有一个单位"),
    (TEN, "amount: {days: 10}", line(TEN), "days 只用于其他法律"),
    ("yellow: {working_days_left: 2}", "yellow: {working_days_left: 20}", line("    source: internal"),
     "黄灯 20 大于期限 10"),
    (PHONE, PHONE.replace("internal", "plan"), line(PHONE) + 1, "方案自定日期的时限应当写作 until"),
    ("yellow: {hours_left: 6}", "yellow: {working_days_left: 1}", line("yellow: {hours_left: 6}"), "黄灯也应以小时计"),
    ("to: 2026-02-17}", "to: 2026-02-30}", line("to: 2026-02-17}"), "“2026-02-30”不是日期"),
    ("from: 2021-02-18, to", "from: 2027-02-18, to", line("valid: {"), "早于起日"),
    ("[transfer.phone_opened]", "[phone_opened]", line("[transfer.phone_opened]"), "应写作 服务.事件"),
    ("[transfer.phone_opened]", "[transfer.phone_open]", line("[transfer.phone_opened]"), "没有事件“transfer.phone_open”"),
    ("    starts: [transfer.phone_opened]", "    starts: []", line("    source: internal", 1), "没有任何起算事件"),
    ("bound: sender\n    starts: [transfer.phone", "bound: boss\n    starts: [transfer.phone",
     line("bound: sender\n    starts: [transfer.phone"), "“boss”不是 transfer 的当事机关角色"),
    ("is: issuing", "is: posting", line("is: issuing"), "没有“posting”这个选项"),
    ("setting: letter_met_by, is: issuing", "setting: letter_met, is: issuing", line("is: issuing"),
     "settings 中没有“letter_met”"),
    ("last_day: until_midnight", "last_day: until_noon", line("last_day: until_midnight"), "“until_noon”不在可用的值之内"),
    ("needs_none: aim", "needs_none: bored", line("needs_none: aim"), "“bored”不在可用的值之内"),
    ("sample: true", "sample: ja", line("sample: true"), "true 或 false"),
    ("      - {id: told_to, ", "      - {id: way, ", line("      - {id: told_to, "), "“way”重复"),
    ("    phone_notified:", "    Phone-Notified:", line("    phone_notified:"), "只能用小写字母和下划线"),
    ("grounds: [transfer.refuse.not_competent,", "grounds: [transfer.refuse.no,", line("grounds: [transfer.refuse"),
     "没有“transfer.refuse.no”"),
    ("by: [sender, receiver]", "by: [sender, boss]", line("by: [sender, receiver]"), "“boss”不是 transfer 的当事机关角色"),
    ("    value: 50\n", "    value: -50\n", line("    value: 50\n"), "数值 -50 不得为负"),
    ("options: [justice, lead]", "options: [lead]", line("value: justice"), "“justice”不在可选值之内"),
    ("transfer.cases: {keeps: {years: 10}", "transfer.cases: {keeps: {years: 0}", line("  transfer.cases: {keeps"),
     "应写明保存几年、几个月"),
    ("transfer.cases: {keeps: {years: 10}", "transfer.cases: {keeps: {years: 10, for_ever: true}",
     line("  transfer.cases: {keeps"), "应写明保存几年、几个月"),
    ("close_of_business: \"17:00\"", "close_of_business: \"25:00\"", line('close_of_business: "'), "不是时刻"),
])
def test_a_problem_is_told_with_its_line(old: str, new: str, at: int, says: str) -> None:
    found = problems_of(changed(old, new), "rulebook.yaml")
    assert (at, True) in [(problem.line, says in problem.zh) for problem in found], [str(each) for each in found]
    assert all(problem.file == "rulebook.yaml" and problem.en for problem in found)


def test_problems_are_told_all_at_once_in_the_order_of_the_lines() -> None:
    wrong = changed('source: "22"', 'source: "34"').replace("to: 2026-02-17}", "to: soon}", 1)
    with pytest.raises(RulebookErrors) as told:
        load(wrong, "x.yaml")
    assert [problem.line for problem in told.value.problems] == sorted(
        [line("to: 2026-02-17}"), line('source: "22"')])
    assert str(told.value).startswith(f"x.yaml:{line('to: 2026-02-17}')}: ")


@pytest.mark.parametrize("broken", ["a: [", "", "- a\n- b", "just text", "a: b: c", "? [x]\n: y", "\tkey: value",
                                    "a: &a [1]\nb: *a", "a: " + "[" * 5000])
def test_what_is_no_rulebook_at_all_is_told_and_not_a_crash(broken: str) -> None:
    assert problems_of(broken)


def test_every_line_taken_out_alone_is_either_still_a_rulebook_or_told() -> None:
    """No way to spoil the file ends in anything but problems with lines."""
    lines = text().splitlines(keepends=True)
    for number in range(0, len(lines), 97):
        problems_of("".join(lines[:number] + lines[number + 1:]))


def test_a_version_is_the_digest_of_the_text() -> None:
    assert load(FILE).version == load(text()).version != load(text() + "# 注\n").version
    assert rulebook().version.startswith("sha256:")


def test_a_setting_decides_which_event_counts() -> None:
    assert rulebook().clocks["transfer.letter"].meets == ("transfer.letter_issued",)
    by_delivery = load(changed("  letter_met_by:\n    value: issuing", "  letter_met_by:\n    value: delivery"))
    delivered = ("transfer.delivered", "transfer.received", "transfer.received_late")
    assert by_delivery.clocks["transfer.letter"].meets == delivered


def test_without_a_new_start_after_a_supplement_the_review_pauses_instead() -> None:
    setting = "  supplement_restarts_review:\n    value: "
    clock = load(changed(f"{setting}true", f"{setting}false")).clocks["transfer.review"]
    assert "transfer.supplemented" not in clock.starts
    assert "transfer.supplement_requested" not in clock.meets
    assert "transfer.supplement_requested" in clock.pauses
    assert "transfer.supplemented" in clock.resumes


@pytest.mark.parametrize(("days", "unit"), [("working_days_for: [3], ", "working_days"), ("", "calendar_days")])
def test_a_law_says_whether_its_short_limits_are_working_days(days: str, unit: str) -> None:
    since = "2020-08-07\n    days: {"
    old, new = f"{since}ends_on_holiday: stays}}", f"{since}{days}ends_on_holiday: rolls_on}}"
    clock = load(changed(old, new)).clocks["transfer.police_review"]
    assert (clock.amount.unit, clock.amount.value, clock.rolls) == (unit, 3, unit == "calendar_days")


def test_a_file_of_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.yaml"
    file.write_bytes("rulebook: rongcheng-2021\ntitle: 荣成市行政执法联动办法\n".encode("gb18030"))
    with pytest.raises(Problems) as wrong:
        load(file)
    assert [(problem.file, problem.line) for problem in wrong.value.problems] == [("rulebook.yaml", 2)]
