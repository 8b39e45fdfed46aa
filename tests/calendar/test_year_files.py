"""A year file is read strictly: each day that makes no sense is told with its line."""

from datetime import date
from pathlib import Path

import pytest

from shared.calendar.sources import load_city, read_year
from shared.kernel.yaml_files import Problems

GOOD = """\
year: 2026
notice: 国办发明电〔2025〕7号
off:
  - {from: 2026-01-01, to: 2026-01-03, name: 元旦}
  - {from: 2026-02-15, to: 2026-02-23, name: 春节}
  - {from: 2026-04-04, to: 2026-04-06, name: 清明节}
  - {from: 2026-05-01, to: 2026-05-05, name: 劳动节}
  - {from: 2026-06-19, to: 2026-06-21, name: 端午节}
  - {from: 2026-09-25, to: 2026-09-27, name: 中秋节}
  - {from: 2026-10-01, to: 2026-10-07, name: 国庆节}
work:
  - {on: 2026-01-04, name: 元旦}
  - {on: 2026-02-14, name: 春节}
  - {on: 2026-02-28, name: 春节}
  - {on: 2026-05-09, name: 劳动节}
  - {on: 2026-09-20, name: 国庆节}
  - {on: 2026-10-10, name: 国庆节}
"""


def test_a_notice_that_makes_sense_is_read() -> None:
    read = read_year(GOOD)
    assert read.warnings == ()
    assert read.file.off[date(2026, 1, 2)] == "元旦"
    assert read.file.work[date(2026, 10, 10)] == "国庆节"


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ("{on: 2026-10-10, name: 国庆节}", "{on: 2026-10-12, name: 国庆节}", 17, "2026-10-12 是周一，本来就上班"),
    ("{from: 2026-06-19, to: 2026-06-21, name: 端午节}", "{on: 2026-06-20, name: 端午节}", 8, "2026-06-20 是周六，本来就休息"),
    ("{on: 2026-01-04, name: 元旦}", "{on: 2026-01-03, name: 元旦}", 12, "2026-01-03 已在第 4 行"),
    ("{on: 2026-01-04, name: 元旦}", "{on: 2025-01-04, name: 元旦}", 12, "2025-01-04 不在 2026 年"),
    ("{on: 2026-01-04, name: 元旦}", "{on: 2026-01-04, name: 腊八节}", 12, "没有这个假期"),
    ("{on: 2026-01-04, name: 元旦}", "{on: 2026-01-32, name: 元旦}", 12, "不是日期"),
    ("{on: 2026-01-04, name: 元旦}", "{name: 元旦}", 12, "应写明 on"),
    ("{on: 2026-01-04, name: 元旦}", "{on: 2026-01-04}", 12, "缺少“name”"),
    ("to: 2026-10-07", "to: 2026-09-30", 10, "早于"),
    ("to: 2026-10-07", "to: 2026-12-07", 10, "超过一个月"),
    ("year: 2026", "year: 1999", 1, "2004 年以前"),
    ("notice:", "notices:", 2, "不认识的键“notices”"),
])
def test_what_makes_no_sense_is_told_with_its_line(old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(Problems) as wrong:
        read_year(GOOD.replace(old, new), "2026.yaml")
    told = [(problem.file, problem.line) for problem in wrong.value.problems if says in problem.zh]
    assert told == [("2026.yaml", line)]


def test_a_forgotten_make_up_day_is_a_warning_because_the_sums_do_not_match() -> None:
    read = read_year(GOOD.replace("  - {on: 2026-05-09, name: 劳动节}\n", ""))
    assert ["请核对通知" in warning.zh for warning in read.warnings] == [True]


def test_every_problem_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text(GOOD.replace("2026-10-10", "2026-10-12"), encoding="utf-8")
    (tmp_path / "2025.yaml").write_text("year: 2025\n", encoding="utf-8")
    with pytest.raises(Problems) as wrong:
        load_city(tmp_path)
    assert [problem.file for problem in wrong.value.problems] == ["2025.yaml", "2026.yaml"]
