"""What in a year file can't be right: each day must make sense beside the week and the notice's own sums. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.calendar.model import FIRST_YEAR, WEEKDAYS, YearFile

STATUTORY_DAYS = ((2025, 13), (2014, 11))       # 全国年节及纪念日放假办法, in the wording of the year


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that makes no sense, at the day it is about (None: the whole year). `warning`: odd, but possible."""

    day: date | None
    zh: str
    en: str
    warning: bool = False


def flaws(file: YearFile) -> tuple[Flaw, ...]:
    """All that makes no sense in a year file."""
    return (*_year(file), *_off(file), *_work(file), *_sums(file))


def _year(file: YearFile) -> Iterator[Flaw]:
    if file.year < FIRST_YEAR:
        yield Flaw(None, f"{FIRST_YEAR} 年以前的年份不予载入", f"years before {FIRST_YEAR} are refused")
    if not file.off:
        yield Flaw(None, "没有任何放假日", "no day off at all")
    for day in sorted({*file.off, *file.work}):
        if day.year != file.year:
            yield Flaw(day, f"{day} 不在 {file.year} 年", f"{day} is not in {file.year}")
    for day in sorted(file.off.keys() & file.work.keys()):
        yield Flaw(day, f"{day} 既列为放假又列为上班", f"{day} is both off and worked")


def _off(file: YearFile) -> Iterator[Flaw]:
    """A weekend day off is off anyway: it stands in a notice only as part of a holiday that touches a weekday."""
    named = set(file.off.values())
    touching = {name for day, name in file.off.items() if day.weekday() < 5}
    for name in sorted(named - touching):
        day = min(day for day, own in file.off.items() if own == name)
        yield Flaw(day, f"{day} 是{WEEKDAYS[day.weekday()]}，本来就休息，“{name}”没有任何工作日放假",
                   f"{day} is a weekend day: off anyway, and {name} has no weekday off")


def _work(file: YearFile) -> Iterator[Flaw]:
    for day, name in sorted(file.work.items()):
        if day.weekday() < 5:
            yield Flaw(day, f"{day} 是{WEEKDAYS[day.weekday()]}，本来就上班，不应列为调休上班",
                       f"{day} is a weekday: worked anyway")
        if name not in file.off.values():
            yield Flaw(day, f"{day} 为“{name}”调休，但没有这个假期", f"{day} makes up for {name}, which has no day off")


def _sums(file: YearFile) -> Iterator[Flaw]:
    """Weekdays off = statutory days (those on a weekend are made up) + days worked in exchange."""
    statutory = next((days for since, days in STATUTORY_DAYS if file.year >= since), None)
    weekdays = sum(day.weekday() < 5 for day in file.off)
    if statutory is None or file.provisional or weekdays == statutory + len(file.work):
        return
    made_up = len(file.work)
    yield Flaw(None, f"工作日放假 {weekdays} 天，法定 {statutory} 天加调休上班 {made_up} 天应为 {statutory + made_up} 天，请核对通知",
               f"{weekdays} weekdays off, but {statutory} statutory and {made_up} made up", warning=True)
