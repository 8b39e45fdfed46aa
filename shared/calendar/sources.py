"""Where days come from: the city's year files win, then chinesecalendar, then `holidays` for an unpublished year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
from yaml.nodes import Node

from shared.calendar.model import FIRST_YEAR, Calendar, UnknownDay, YearFile, calendar_of
from shared.calendar.notice import flaws
from shared.kernel.yaml_files import Page, Problem, Problems, line_of, text_of

NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节", "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True, slots=True)
class ReadYear:
    """A year file as read, and what is odd about it without being wrong."""

    file: YearFile
    warnings: tuple[Problem, ...] = field(default_factory=tuple)


def load_city(folder: Path, years: Iterable[int] = ()) -> Calendar:
    """The calendar of a city: every `<year>.yaml` of the folder, and the further `years` from the packages.

    Raises Problems with the line of all that is wrong in a file, UnknownDay for a year before 2004.
    """
    problems: list[Problem] = []
    files: dict[int, YearFile] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            read = read_year(path)
            files[read.file.year] = read.file
        except Problems as wrong:
            problems += wrong.problems
    if problems:
        raise Problems(problems)
    return calendar_of([*files.values(), *(published(year) for year in years if year not in files)])


def read_year(source: Path | str, file: str = "") -> ReadYear:
    """Reads and validates a year file (a path, or its text). Raises Problems."""
    text = text_of(source) if isinstance(source, Path) else source
    page = Page(file or (source.name if isinstance(source, Path) else "year.yaml"))
    found = page.fields(page.root(text), "year off", "work notice source")
    lines: dict[date | None, int] = {None: 1}
    off = _named(page, found.get("off"), lines)
    work = _named(page, found.get("work"), lines)
    notice, origin = page.text(found.get("notice")), page.text(found.get("source"))
    read = YearFile(page.number(found.get("year")), off, work, notice, origin)
    warnings: list[Problem] = []
    for flaw in flaws(read) if not page.problems else ():
        problem = Problem(page.file, lines.get(flaw.day, 1), flaw.zh, flaw.en)
        (warnings if flaw.warning else page.problems).append(problem)
    if page.problems:
        raise Problems(page.problems)
    return ReadYear(read, tuple(warnings))


def _named(page: Page, node: Node | None, lines: dict[date | None, int]) -> dict[date, str]:
    """Rows `{on, name}` or `{from, to, name}` as days; notes the line of each."""
    days: dict[date, str] = {}
    for row in page.rows(node):
        found = page.fields(row, "name", "on from to")
        name = page.text(found.get("name"))
        if ("on" in found) == ("from" in found) or ("from" in found) != ("to" in found):
            page.wrong(row, "应写明 on，或者 from 和 to", "give either on, or from and to")
            continue
        first = page.day(found.get("on", found.get("from")))
        last = first if "on" in found else page.day(found.get("to"))
        if first is None or last is None:
            continue
        if last < first:
            page.wrong(row, f"{last} 早于 {first}", f"{last} is before {first}")
        if (last - first).days > 31:
            page.wrong(row, f"{first} 至 {last} 超过一个月", f"{first} to {last} is more than a month")
            continue
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day in lines:
                page.wrong(row, f"{day} 已在第 {lines[day]} 行出现", f"{day} stands in line {lines[day]} already")
            else:
                lines[day] = line_of(row)
            days[day] = name
    return days


def published(year: int) -> YearFile:
    """A year out of the packages: exact where chinesecalendar has its notice, else provisional (暂定)."""
    if year < FIRST_YEAR:
        raise UnknownDay(date(year, 1, 1))
    if year in _years_known():
        off, work = (_of(year, days) for days in (chinese_calendar.holidays, chinese_calendar.workdays))
        return YearFile(year, off, work, source="chinesecalendar")
    return provisional(year)


def provisional(year: int) -> YearFile:
    """A year whose notice isn't out: the statutory holidays only, no make-up days."""
    law = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    return YearFile(year, {day: name for day, name in sorted(law.items()) if day.year == year},
                    source="holidays", provisional=True)


def _years_known() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.holidays)


def _of(year: int, days: Mapping[date, str]) -> dict[date, str]:
    return {day: NAMES.get(name, name) for day, name in days.items() if day.year == year}
