"""The time: one port, so that tests and the demo can move it. The law's days are those of Asia/Shanghai."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")
# The days on which anything told here may happen. Beyond them is a slip of the hand, and what is counted from it would
# leave the calendar.
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2999, 12, 31)


def possible(day: date) -> bool:
    """Whether anything may happen on the day."""
    return FIRST_DAY <= day <= LAST_DAY


class Clock(Protocol):
    """What tells the time. Every instant is aware and in UTC."""

    def now(self) -> datetime: ...

    def on_move(self, told: Callable[[], None]) -> None:
        """`told` is called after the clock was moved by hand; a clock that only runs never calls it."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def on_move(self, told: Callable[[], None]) -> None:
        """Never moved by hand."""


class HandClock:
    """A clock that stands until it is moved: for tests, the demo and sample data."""

    def __init__(self, start: datetime) -> None:
        self._now = aware(start)
        self._told: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def on_move(self, told: Callable[[], None]) -> None:
        self._told.append(told)

    def move_to(self, instant: datetime) -> None:
        """Raises ValueError when `instant` lies before the present one: recorded times never run backwards."""
        with self._lock:
            if aware(instant) < self._now:
                raise ValueError(f"a clock is not moved back: {instant} < {self._now}")
            self._now = aware(instant)
        for told in self._told:
            told()

    def advance(self, **span: float) -> None:
        """Moves the clock on by `timedelta(**span)`."""
        self.move_to(self.now() + timedelta(**span))


def aware(instant: datetime) -> datetime:
    """The instant in UTC. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its zone: {instant!r}")
    return instant.astimezone(UTC)


def day_of(instant: datetime) -> date:
    """The city's calendar day of an instant."""
    return aware(instant).astimezone(CITY_ZONE).date()


def start_of(day: date) -> datetime:
    """The instant (UTC) at which the city's `day` begins."""
    return datetime(day.year, day.month, day.day, tzinfo=CITY_ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The instant (UTC) at which the city's `day` has ended: the midnight after it."""
    return start_of(day + timedelta(days=1))
