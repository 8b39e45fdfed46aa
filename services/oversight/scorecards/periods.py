"""A month, a quarter or a year, for which scorecards and reports are asked. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_PERIOD = re.compile(r"(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")

BAD_PERIOD = Refusal("BAD_PERIOD", "时段应当写作月 2025-09、季度 2025-Q3 或者年 2025。",
                     "A period is a month 2025-09, a quarter 2025-Q3 or a year 2025.", "internal", 400, "period")
NOT_BEGUN = Refusal("PERIOD_NOT_BEGUN", "{period}自{first}开始，尚未到来。", "{name} begins on {first}: it has not come yet.",
                    "internal", 400, "period")


@dataclass(frozen=True, slots=True)
class Period:
    """Its name, its first and its last day, and what an office calls it."""

    name: str
    kind: str
    first: date
    last: date
    title: str


def begun(text: str, now: datetime, status: int = BAD_PERIOD.status) -> Period:
    """The period of its name, which has begun. Raises Refused with the status."""
    period = period_of(text, replace(BAD_PERIOD, status=status))
    if period.first > day_of(now):
        told = replace(NOT_BEGUN, status=status)
        raise Refused(told.filled(period=period.title, name=period.name, first=period.first))
    return period


def period_of(text: str, otherwise: Refusal = BAD_PERIOD) -> Period:
    """The period of its name. Raises Refused: `otherwise` (400)."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise Refused(otherwise)
    year, month, quarter = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    kind, first, months, title = (
        (MONTH, month, 1, f"{year}年{month}月") if month else
        (QUARTER, 3 * quarter - 2, 3, f"{year}年第{'一二三四'[quarter - 1]}季度") if quarter else
        (YEAR, 1, 12, f"{year}年"))
    after = first + months
    end = date(year + (after > 12), after - 12 * (after > 12), 1)
    return Period(text, kind, date(year, first, 1), end - timedelta(days=1), title)
