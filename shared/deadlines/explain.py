"""A deadline explains itself: where it starts, each day counted or skipped and why, its source, its versions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from shared.calendar.model import WEEKDAYS, Calendar
from shared.deadlines.computing import counted_of, end_of_it, in_time, last_day, zh
from shared.deadlines.counting import CALENDAR_DAYS, HOURS, PAUSED_DAY, UNTIL, WORKING_DAYS, Counted, CountedDay
from shared.deadlines.model import CANCELLED, MET, PAUSED, Deadline, Pause, data_of
from shared.kernel.clock import CITY_ZONE
from shared.rulebook.model import PLAN_WORDS, Clock, Rulebook, article_words, law_words

UNITS = {WORKING_DAYS: "个工作日", CALENDAR_DAYS: "日", HOURS: "小时"}
INTERNAL, PLAN = "内部时限，非法定期限", f"{PLAN_WORDS}，非法定期限"
PAUSED_BY = "暂停依内部规则（解释），所依条文没有规定。"      # no article behind a clock says that it stands still


@dataclass(frozen=True, slots=True)
class Explanation:
    """`data`: plain JSON-ready values, `days` in order among them. `zh`: the same as one sentence for a person."""

    data: Mapping[str, Any] = field(hash=False)
    zh: str


def explain(deadline: Deadline, rulebook: Rulebook, calendar: Calendar) -> Explanation:
    """Explains the deadline by the versions given. `current` in the data is False where they count it otherwise than
    it stands, which is so only until it has been computed anew; None where the rulebook has no such clock."""
    clock = rulebook.clocks.get(deadline.clock)
    counted = counted_of(deadline, clock, rulebook, calendar) if clock else None
    data = {**_plain(data_of(deadline)), "source": source_zh(deadline, rulebook),
            "until_on": _plain_value(deadline.until_on),
            "pauses": [{"since_on": _plain_value(each.since_on), "until_on": _plain_value(each.until_on),
                        "statutory": False} for each in _stood(deadline)],
            "days": [{"day": each.day.isoformat(), "counts": each.counts, "why": each.why, "known": each.known}
                     for each in (counted.days if counted else ())],
            "current": counted.due_at == deadline.due_at if counted else None,
            "note": clock.note if clock else "", "question": clock.question if clock else ""}
    return Explanation(data, _sentence(deadline, clock, counted, rulebook))


def source_zh(deadline: Deadline, rulebook: Rulebook) -> str:
    """《荣成市行政执法联动办法》第二十二条, 《行政处罚法》第六十条, 国务院令第310号第五条; 内部时限，非法定期限; or 方案自定日期，
    非法定期限, where the rulebook says so of its clock."""
    if not deadline.statutory:
        clock = rulebook.clocks.get(deadline.clock)
        return PLAN if clock and clock.source.plan else INTERNAL
    articles = "、".join(article_words(each.strip()) for each in deadline.article.split(","))
    said = law_words(deadline.law or rulebook.title) + articles
    if not deadline.law and rulebook.expired_on(deadline.started_on):
        basis = rulebook.basis_on(deadline.started_on)
        said += f"（依{basis.document}）" if basis else "（依据已届满）"
    return said


def _sentence(deadline: Deadline, clock: Clock | None, counted: Counted | None, rulebook: Rulebook) -> str:
    parts = [f"{deadline.says.split('。')[0]}：{_due(deadline)}，{_from(deadline, counted)}。",
             f"依据：{source_zh(deadline, rulebook)}。"]
    if clock and clock.note:
        parts.append(f"说明：{clock.note}。")
    if deadline.statutory and _stood(deadline):
        parts.append(PAUSED_BY)
    if deadline.provisional:
        parts.append(f"{_unknown_years(counted)}放假安排尚未公布，按现有资料推算，暂定。")
    parts.append(_status(deadline))
    return "".join(parts)


def _stood(deadline: Deadline) -> tuple[Pause, ...]:
    """The pauses in which it stood still: one that began when it had run out held nothing."""
    return tuple(each for each in deadline.pauses if in_time(deadline, each))


def _due(deadline: Deadline) -> str:
    day = last_day(deadline)
    return f"应于{zh(day)}（{_weekday(day)}）{end_of_it(deadline)}前办理"


def _from(deadline: Deadline, counted: Counted | None) -> str:
    if deadline.unit == HOURS:
        moment = deadline.started_at.astimezone(CITY_ZONE)
        stood = "，暂停时间不计" if any(pause.until for pause in _stood(deadline)) else ""
        return f"自{zh(moment.date())}{moment.hour}时{moment.minute:02}分起算{deadline.amount}小时{stood}"
    if deadline.unit == UNTIL:
        said = f"以{zh(deadline.until_on)}为期限" if deadline.until_on else "以确定的日期为期限"
        return said + _rolled(counted.days[1:] if counted else ())
    days = counted.days if counted else ()
    said = f"自{zh(deadline.started_on)}次日起算{deadline.amount}{UNITS[deadline.unit]}"
    year = deadline.started_on.year
    if deadline.unit == CALENDAR_DAYS:
        held = [each for each in days if each.why == PAUSED_DAY]
        rolled = [each for each in days if "顺延" in each.why]
        return said + (f"（{_spans(held, year)}暂停，不计）" if held else "") + _rolled(rolled)
    inside = [_spans([each for each in days if each.counts], year), _skipped(days, year)]
    return f"{said}（{'；'.join(each for each in inside if each)}）" if days else said


def _rolled(days: Sequence[CountedDay]) -> str:
    return f"，遇非工作日顺延至{days[-1].day.month}月{days[-1].day.day}日" if days else ""


def _skipped(days: Sequence[CountedDay], year: int) -> str:
    """10月1日至8日国庆节、中秋节，10月12日周日不计: each unbroken run of days that do not count with its reasons."""
    said = []
    for (counts, _), run in groupby(days, key=lambda each: (each.counts, each.why == PAUSED_DAY)):
        if not counts:
            held = tuple(run)
            said.append(_spans(held, year) + "、".join(dict.fromkeys(each.why for each in held)))
    return f"{'，'.join(said)}不计" if said else ""


def _spans(days: Iterable[CountedDay], year: int) -> str:
    """9月30日、10月9日至11日: three neighbours or more as a span; the year where it is another."""
    said: list[str] = []
    last = date(year, 1, 1)
    for _, group in groupby(enumerate(each.day for each in days), key=lambda pair: pair[1] - timedelta(days=pair[0])):
        run = [day for _, day in group]
        for first, end in [(run[0], run[-1])] if len(run) > 2 else [(day, day) for day in run]:
            text = _short(first, last)
            if end != first:
                text += f"至{_short(end, first, same_month=True)}"
            said.append(text)
            last = end
    return "、".join(said)


def _short(day: date, last: date, same_month: bool = False) -> str:
    if day.year != last.year:
        return zh(day)
    if same_month and day.month == last.month:
        return f"{day.day}日"
    return f"{day.month}月{day.day}日"


def _unknown_years(counted: Counted | None) -> str:
    years = sorted({each.day.year for each in counted.days if not each.known}) if counted else []
    return "、".join(f"{year}年" for year in years)


def _status(deadline: Deadline) -> str:
    if deadline.state == MET and deadline.met_on is not None:
        outcome = {None: "是否逾期待确认", True: "已逾期", False: "未逾期"}[deadline.late]
        return f"已于{zh(deadline.met_on)}办理，{outcome}。"
    if deadline.state == PAUSED:
        return f"自{zh(deadline.pauses[-1].since_on)}起暂停，恢复后续算剩余期限。"
    if deadline.state == CANCELLED:
        return "该时限终止前已经逾期。" if deadline.breached else "该时限已终止。"
    return ""


def _weekday(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()][1]}"


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in data.items()}


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
