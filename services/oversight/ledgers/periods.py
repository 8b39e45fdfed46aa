"""Which days a ledger or a report is asked for, and as of when. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.acts.codes import AGENCIES, of_law
from shared.contracts.register import Register
from shared.kernel.clock import aware, day_of, end_of
from shared.kernel.errors import Refusal, Refused
from shared.rulebook.model import Rulebook

BAD_DAY = Refusal("BAD_DAY", "「{name}」应当是日期，例如 2026-10-31。", "{name} must be a day, as in 2026-10-31.", "internal", 400)
TURNED_ROUND = Refusal("TURNED_ROUND", "起始日期「{since}」晚于截止日期「{until}」。", "from ({since}) lies after to ({until}).",
                       "internal", 400, "from")
NOTHING_THEN = Refusal("NOTHING_THEN", "所查期间在平台最早的记录（{first}）以前，没有记录不等于没有事项。",
                       "It ends before the first of which anything is known ({known}): that nothing is told does not "
                       "say that there was nothing.", "internal", 200)
ONLY_SHARED = Refusal("ONLY_SHARED", "只包括{agency}与本机关共同参与的事项：其他机关之间的事项由司法局和市政府办公室查阅。",
                      "Only what your agency has a part in too ({agency}): of others justice and the government office "
                      "read.", "internal", 200)
AS_OF_TO_COME = Refusal("AS_OF_TO_COME", "截至时间「{as_of}」尚未到来。", "as_of ({as_of}) has not come yet.", "internal", 400,
                        "as_of")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until`, both with them, and the instant as of which they are told. `agency`: of all that
    the viewer may see only what this one has a part in; empty: all."""

    since: date
    until: date
    as_of: datetime
    agency: str = ""


def span_of(asked: Mapping[str, str], now: datetime, began: date) -> Span:
    """`from`, `to` and `as_of` as asked for: by default all since the law `began`, as of now. A day as `as_of` is its
    midnight.

    Raises Refused (400) with all that is wrong.
    """
    wrong: list[Refusal] = []
    since = _day(asked, "from", began, wrong)
    until = _day(asked, "to", day_of(now), wrong)
    as_of = as_of_of(asked, now, wrong)
    if not wrong and since > until:
        wrong.append(TURNED_ROUND.filled(since=since, until=until))
    if wrong:
        raise Refused(*wrong)
    return Span(since, until, as_of)


def notes(span: Span, first: date | None, own: str, called: str) -> Iterator[Refusal]:
    """What is said with what a span has, so that no figure is read as more than it is. `first`: the first day of which
    anything is known; `own`: the agency that asks, where it does not see all; `called`: what the agency is called to
    which the span is narrowed."""
    if first is None or span.until < first:
        yield NOTHING_THEN.filled(first=first or "尚无", known=first or "none yet")
    if own and span.agency not in ("", own):
        yield ONLY_SHARED.filled(agency=called)


def as_of_of(asked: Mapping[str, str], now: datetime, wrong: list[Refusal]) -> datetime:
    """The instant as of which something is told: `now`, the midnight that ends a day that is over, or an instant."""
    text = asked.get("as_of", "")
    if not text:
        return now
    try:
        if len(text) == len("2026-10-31"):
            day = date.fromisoformat(text)
            as_of = now if day == day_of(now) else end_of(day)
        else:
            as_of = aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        wrong.append(BAD_DAY.filled(name="as_of").at("as_of"))
        return now
    if as_of > now:
        wrong.append(AS_OF_TO_COME.filled(as_of=text))
    return as_of


def agency_of(asked: Mapping[str, str], register: Register) -> str:
    """The agency asked for, which stands or stood in the register; empty: none. Raises Refused (400) with those
    that there are."""
    agency = asked.get("agency", "")
    return of_law("agency", agency, AGENCIES, register, Rulebook()) if agency else ""


def _day(asked: Mapping[str, str], name: str, otherwise: date, wrong: list[Refusal]) -> date:
    text = asked.get(name, "")
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        wrong.append(BAD_DAY.filled(name=name).at(name))
        return otherwise
