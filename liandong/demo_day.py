"""Hours of the city's days, for those who move a clock by hand."""

from datetime import date, datetime, time

from shared.kernel.clock import CITY_ZONE


def at(day: date, hour: int) -> datetime:
    """The instant of an hour of a city's day."""
    return datetime.combine(day, time(hour), CITY_ZONE)


def day_text(instant: datetime) -> str:
    """The city's day of an instant, as people write it."""
    return f"{instant.astimezone(CITY_ZONE):%Y-%m-%d}"
