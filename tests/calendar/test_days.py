"""Days and counting: what is worked, why, and how far a number of working days reaches."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar.model import Calendar, UnknownDay, YearFile, calendar_of, moved_days
from shared.calendar.sources import load_city, published

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "cities" / "rongcheng" / "calendars"
ONE = timedelta(days=1)


@cache
def load() -> Calendar:
    return load_city(FOLDER, range(2020, 2029))


@pytest.fixture
def calendar() -> Calendar:
    return load()


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_day_of_a_year_file_is_worked_as_the_package_says(calendar: Calendar, year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.day(day).working == chinese_calendar.is_workday(day), day
        day += ONE


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_year_of_the_city_names_its_notice(calendar: Calendar, year: int) -> None:
    assert calendar.years[year].notice.startswith(f"国办发明电〔{year - 1}〕")
    assert calendar.known(year)


@pytest.mark.parametrize(("day", "working", "why"), [
    (date(2026, 9, 30), True, "工作日"),
    (date(2026, 10, 1), False, "国庆节"),
    (date(2026, 10, 3), False, "国庆节"),
    (date(2026, 10, 10), True, "调休上班（国庆节）"),
    (date(2026, 10, 11), False, "周日"),
    (date(2026, 2, 17), False, "春节"),
    (date(2025, 10, 6), False, "中秋节"),
    (date(2027, 2, 5), False, "农历除夕（暂定）"),
    (date(2027, 2, 9), True, "工作日（暂定）"),
    (date(2027, 10, 4), True, "工作日（暂定）"),
    (date(2027, 10, 9), False, "周六"),
])
def test_a_day_says_why(calendar: Calendar, day: date, working: bool, why: str) -> None:
    assert (calendar.day(day).working, calendar.day(day).why) == (working, why)


@pytest.mark.parametrize(("start", "days", "due"), [
    (date(2026, 9, 30), 3, date(2026, 10, 10)),       # 国庆: 8, 9 and the made-up Saturday
    (date(2025, 9, 29), 3, date(2025, 10, 10)),
    (date(2026, 2, 13), 3, date(2026, 2, 25)),        # 14th is worked, then Spring Festival to the 23rd
    (date(2026, 2, 13), 1, date(2026, 2, 14)),
    (date(2026, 3, 2), 3, date(2026, 3, 5)),
    (date(2026, 3, 6), 1, date(2026, 3, 9)),          # over a plain weekend
    (date(2026, 3, 7), 1, date(2026, 3, 9)),          # begun on a Saturday
    (date(2026, 3, 6), 0, date(2026, 3, 6)),
    (date(2025, 12, 31), 1, date(2026, 1, 4)),        # over New Year, the made-up Sunday
])
def test_working_days_are_counted_from_the_day_after(calendar: Calendar, start: date, days: int, due: date) -> None:
    count = calendar.add_working_days(start, days)
    assert (count.due, count.provisional) == (due, False)
    assert [day.day for day in count.days] == [start + ONE * n for n in range(1, (due - start).days + 1)]
    assert sum(day.working for day in count.days) == days


def test_a_count_into_an_unknown_year_is_provisional(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 12, 30), 1).provisional is False
    count = calendar.add_working_days(date(2026, 12, 30), 3)
    assert (count.due, count.provisional) == (date(2027, 1, 5), True)


def test_a_year_nobody_loaded_is_counted_on_weekdays_and_provisional() -> None:
    bare = calendar_of(())
    assert not bare.known(2026)
    assert bare.day(date(2026, 10, 1)).working
    assert bare.add_working_days(date(2026, 9, 30), 1).provisional


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(1999, 1, 1)])
def test_a_day_before_2004_is_refused(calendar: Calendar, day: date) -> None:
    with pytest.raises(UnknownDay, match="2004"):
        calendar.day(day)
    with pytest.raises(UnknownDay):
        calendar.add_working_days(day, 1)
    with pytest.raises(UnknownDay):
        load_city(FOLDER, [day.year])


def test_a_negative_number_of_days_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(date(2026, 3, 2), -1)


def test_working_days_are_counted_back_with_the_day_itself(calendar: Calendar) -> None:
    assert calendar.working_day_back(date(2026, 10, 10), 1) == date(2026, 10, 10)
    assert calendar.working_day_back(date(2026, 10, 10), 4) == date(2026, 9, 30)
    assert calendar.working_day_back(date(2026, 10, 7), 1) == date(2026, 9, 30)


def test_the_version_is_that_of_the_content(calendar: Calendar) -> None:
    assert calendar.version.startswith("sha256:")
    assert calendar_of(calendar.years.values()).version == calendar.version
    assert calendar.with_year(YearFile(2027, {date(2027, 1, 1): "元旦"})).version != calendar.version


def test_a_loaded_year_replaces_the_provisional_one_and_says_which_days_move(calendar: Calendar) -> None:
    file = YearFile(2027, {**calendar.years[2027].off, date(2027, 10, 4): "国庆节"}, {date(2027, 10, 9): "国庆节"}, "文号")
    later = calendar.with_year(file)
    assert later.known(2027)
    assert [(day.day, day.working) for _, day in moved_days(calendar, later)] == [
        (date(2027, 10, 4), False), (date(2027, 10, 9), True)]


def test_a_year_file_survives_its_way_through_an_event(calendar: Calendar) -> None:
    for file in calendar.years.values():
        assert YearFile.from_dict(file.to_dict()) == file


def test_the_packages_give_a_year_the_city_has_no_file_for() -> None:
    year = published(2008)
    assert (year.off[date(2008, 10, 1)], year.provisional) == ("国庆节", False)
    assert published(2028).provisional


@given(st.dates(date(2021, 1, 1), date(2026, 11, 30)), st.integers(1, 60))
def test_any_count_ends_on_a_day_worked_and_one_more_day_ends_later(start: date, days: int) -> None:
    calendar = load()
    count = calendar.add_working_days(start, days)
    assert calendar.day(count.due).working
    assert sum(calendar.day(start + ONE * number).working for number in range(1, (count.due - start).days + 1)) == days
    assert calendar.add_working_days(start, days + 1).due > count.due
    assert calendar.working_day_back(count.due, days) == next(day.day for day in count.days if day.working)
