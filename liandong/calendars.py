"""`liandong calendar`: a date counted day by day; a year's notice read, checked and made ready to publish."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liandong.places import has_data, place_of
from liandong.suite import ready_office
from services.sharing.domain import LoadCalendar
from shared.acts.circumstances import context_of
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.calendar.model import FIRST_YEAR, Calendar, Day, UnknownDay, YearFile, calendar_of, moved_days
from shared.calendar.sources import load_city, published, read_year
from shared.kernel.clock import SystemClock
from shared.kernel.errors import Refused
from shared.kernel.settings import Settings
from shared.kernel.yaml_files import Problems

Echo = Callable[[str], None]
BY_OPS = Request(origin={"kind": "ops"})  # at the command line, in the name of an appointment


def due(settings: Settings, start: date, days: int, echo: Echo) -> int:
    """Prints the date `days` working days after `start`, then each day counted or skipped and why. Exit code.

    By the calendar that the suite has, for that is what its deadlines are counted with; by the city's folder where
    there is no suite yet.
    """
    try:
        count = _calendar(settings, start, days).add_working_days(start, days)
    except (UnknownDay, Problems) as cannot:
        echo(str(cannot))
        return 1
    echo(f"{count.due}{'（暂定：放假安排尚未公布）' if count.provisional else ''}")
    echo(f"  {start}  不计  当日")
    number = 0
    for day in count.days:
        number += day.working
        echo(f"  {day.day}  {f'第{number}天' if day.working else '不计'}  {day.why}")
    echo(f"日历：{place_of(settings)}" if has_data(settings) else f"日历：{_folder(settings)}（系统尚未建立）")
    return 0


def _calendar(settings: Settings, start: date, days: int) -> Calendar:
    """The years the suite has; further ones as the packages know them. Raises UnknownDay for `start`, Problems."""
    if start.year < FIRST_YEAR:
        raise UnknownDay(start)
    years = range(start.year, start.year + 2 + days // 200)
    if not has_data(settings):
        return load_city(_folder(settings), years)
    with closing(ready_office("sharing", settings, SystemClock(), opens=False)) as sharing:
        known = sharing.law.now().calendar.years
    return calendar_of([*known.values(), *(published(year) for year in years if year not in known)])


def _folder(settings: Settings) -> Path:
    return settings.city_folder / "calendars"


@dataclass(frozen=True, slots=True)
class Loading:
    """A year's notice ready to publish: the year, the calendar as it will be, the office that publishes it, and whether
    it says anything that is not published already."""

    file: YearFile
    calendar: Calendar
    sharing: Office
    news: bool

    @property
    def year(self) -> int:
        return self.file.year

    def publish(self, viewer: Viewer) -> str:
        """Publishes it as an act of the one who answers for it; the publication's id. Raises Refused."""
        return self.sharing.acts["calendars"].do("load", LoadCalendar(self.file), viewer, BY_OPS).case_id


def may_load(viewer: Viewer, sharing: Office) -> None:
    """Raises Refused for someone who may not load calendars, before anything is asked."""
    context = context_of(sharing.clock.now(), viewer, BY_OPS, sharing.law.now(), "")
    if refusal := sharing.acts["calendars"].chapter.act("load").refuses_opening(viewer, context):
        raise Refused(refusal)


def prepare_load(file: Path, sharing: Office, echo: Echo) -> Loading | None:
    """Reads and checks a year file and says which days it changes; None, with every problem told, if it is wrong."""
    try:
        read = read_year(file)
    except Problems as wrong:
        for problem in wrong.problems:
            echo(str(problem))
        return None
    for warning in read.warnings:
        echo(f"请核对 {warning}")
    old = sharing.law.now().calendar
    new = old.with_year(read.file)
    echo(f"{read.file.year} 年  {read.file.notice or '文号不详'}")
    for before, after in moved_days(old, new):
        echo(f"  {after.day}  {_words(before)} → {_words(after)}")
    return Loading(read.file, new, sharing, new.version != old.version)


def _words(day: Day) -> str:
    return f"{'上班' if day.working else '休息'}（{day.why}）"
