"""Days of the city: worked or not, and why; counting working days. Pure. `sources` brings the data."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

FIRST_YEAR = 2004                     # no make-up days are known before it
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
ONE_DAY = timedelta(days=1)


class UnknownDay(ValueError):
    """The day lies before the first year whose holidays and make-up days are known."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day}：{FIRST_YEAR} 年以前的工作日没有数据 (no working days are known before {FIRST_YEAR})")
        self.day = day


@dataclass(frozen=True, slots=True)
class Day:
    """One day: worked or not, why (国庆节, 周六, 调休上班, 工作日), and whether its year's notice is known."""

    day: date
    working: bool
    why: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """Working days counted: the last day, each day after the start up to it, and whether any year was unknown."""

    due: date
    days: tuple[Day, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class YearFile:
    """What a year's notice says: days off and make-up days, each with the holiday's name.

    `provisional`: the notice isn't out; only the statutory holidays are known, no make-up days.
    """

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str] = field(default_factory=dict)
    notice: str = ""                  # 文号; empty where not known for certain
    source: str = ""                  # where the days were taken from
    provisional: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, the same for the same content."""
        return {"year": self.year, "notice": self.notice, "source": self.source, "provisional": self.provisional,
                "off": {day.isoformat(): name for day, name in sorted(self.off.items())},
                "work": {day.isoformat(): name for day, name in sorted(self.work.items())}}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "YearFile":
        """The year file of `to_dict`'s data. Raises KeyError or ValueError for anything else."""
        return YearFile(int(data["year"]), _days(data["off"]), _days(data["work"]), data.get("notice", ""),
                        data.get("source", ""), bool(data.get("provisional", False)))


def _days(named: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in named.items()}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that are loaded. `version` is the digest of their content: sha256:…"""

    years: Mapping[int, YearFile]
    version: str

    def known(self, year: int) -> bool:
        """Whether the year's notice is loaded; otherwise its days are provisional (暂定)."""
        return year in self.years and not self.years[year].provisional

    def known_until(self, year: int) -> int:
        """The last of the years, this one and those after it without a gap, whose notice is loaded; the one before
        where its own is not."""
        while self.known(year):
            year += 1
        return year - 1

    def day(self, day: date) -> Day:
        """Raises UnknownDay before 2004."""
        if day.year < FIRST_YEAR:
            raise UnknownDay(day)
        file, known = self.years.get(day.year), self.known(day.year)
        weekday = WEEKDAYS[day.weekday()]
        if file and day in file.off:
            return Day(day, False, file.off[day] if known else f"{file.off[day]}（暂定）", known)
        if file and day in file.work:
            return Day(day, True, f"调休上班（{file.work[day]}）", known)
        if day.weekday() >= 5:
            return Day(day, False, weekday, known)
        return Day(day, True, "工作日" if known else "工作日（暂定）", known)

    def add_working_days(self, start: date, number: int) -> Count:
        """The `number`th working day after `start`, which does not count itself. 0: `start`, nothing counted.

        Raises UnknownDay before 2004, ValueError for a negative number.
        """
        if number < 0:
            raise ValueError(f"a number of working days is not negative: {number}")
        self.day(start)
        days: list[Day] = []
        left = number
        for day in self._after(start):
            if not left:
                break
            days.append(day)
            left -= day.working
        return Count(days[-1].day if days else start, tuple(days), any(not day.known for day in days))

    def working_day_back(self, day: date, number: int) -> date:
        """The `number`th last working day up to and with `day`: 1 is `day` itself where it is worked."""
        while True:
            number -= self.day(day).working
            if number <= 0:
                return day
            day -= ONE_DAY

    def with_year(self, file: YearFile) -> "Calendar":
        """The same calendar with a year put in or replaced: a new version."""
        return calendar_of([*(year for year in self.years.values() if year.year != file.year), file])

    def _after(self, start: date) -> Iterator[Day]:
        day = start
        while True:
            day += ONE_DAY
            yield self.day(day)


def calendar_of(files: Iterable[YearFile]) -> Calendar:
    """A calendar of year files; of two of one year the later wins."""
    years = {file.year: file for file in sorted(files, key=lambda file: file.year)}
    text = json.dumps([file.to_dict() for file in years.values()], ensure_ascii=False, sort_keys=True)
    return Calendar(years, f"sha256:{hashlib.sha256(text.encode()).hexdigest()}")


def moved_days(old: Calendar, new: Calendar) -> tuple[tuple[Day, Day], ...]:
    """The days that are worked in one calendar and not in the other, over the years either has loaded."""
    days = (day for year in sorted({*old.years, *new.years}) for day in days_of(year))
    pairs = ((old.day(day), new.day(day)) for day in days)
    return tuple(pair for pair in pairs if pair[0].working != pair[1].working)


def days_of(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += ONE_DAY
