"""`liandong calendar`: a date counted day by day; a year's notice read, checked and made ready to publish."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services.sharing.domain import LoadCalendar
from shared.acts.circumstances import context_of
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.calendar.model import Calendar, Day, UnknownDay, YearFile, moved_days
from shared.calendar.sources import load_city, read_year
from shared.errors import Refused
from shared.yamlfile import Problems

Echo = Callable[[str], None]
BY_OPS = Request(origin={"kind": "ops"})  # at the command line, in the name of an appointment


def due(city_folder: Path, start: date, days: int, echo: Echo) -> int:
    """Prints the date `days` working days after `start`, then each day counted or skipped and why. Exit code."""
    try:
        calendar = load_city(city_folder / "calendars", range(start.year, start.year + 2 + days // 200))
        count = calendar.add_working_days(start, days)
    except (UnknownDay, Problems) as cannot:
        echo(str(cannot))
        return 1
    echo(f"{count.due}{'（暂定：放假安排尚未公布）' if count.provisional else ''}")
    echo(f"  {start}  不计  当日")
    number = 0
    for day in count.days:
        number += day.working
        echo(f"  {day.day}  {f'第{number}天' if day.working else '不计'}  {day.why}")
    return 0


@dataclass(frozen=True, slots=True)
class Loading:
    """A year's notice ready to publish: the year, the calendar as it will be, and the office that publishes it."""

    file: YearFile
    calendar: Calendar
    sharing: Office

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
    return Loading(read.file, new, sharing)


def _words(day: Day) -> str:
    return f"{'上班' if day.working else '休息'}（{day.why}）"
