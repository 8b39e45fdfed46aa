"""台账、统计报表、考核表 as sheets: what stands above each table, its columns and its rows. Looks nothing up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from services.oversight.ledgers import period_reports
from services.oversight.ledgers.definitions import CASE, DAY, KINDS, WIDTHS, Column, Kind
from services.oversight.ledgers.period_reports import OPENED
from services.oversight.ledgers.periods import Span
from services.oversight.scorecards.periods import Period
from shared.kernel.clock import CITY_ZONE, day_of
from shared.spreadsheets.model import Sheet

NUMBER, NAME, FIGURE = 5, 24, 8        # widths, in characters


def ledger(kind: Kind, unit: str, span: Span, heard: str, lines: Iterable[tuple[str, Mapping[str, Any]]],
           of: str = "") -> Sheet:
    """A ledger. `unit`: who asks for it; `lines`: each case with its row as it is shown; `of`: the agency to which it
    is narrowed."""
    above = (f"{filled_by(unit, span.as_of)}　　统计期间：{span.since} 至 {span.until}（以{kind.began}之日计）{_only(of)}",
             heard)
    columns = [("序号", NUMBER), *((each.title, each.width) for each in kind.columns), ("平台编号", WIDTHS[CASE])]
    return Sheet(kind.title, kind.title, above, columns, _rows(kind, lines))


def _rows(kind: Kind, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[list[Any]]:
    """Days as days, so that a spreadsheet program sorts and filters them."""
    for number, (case, shown) in enumerate(lines, start=1):
        yield [number, *(_cell(column, shown[column.id]) for column in kind.columns), case]


def _cell(column: Column, value: Any) -> Any:
    """What is told as a text of a row goes into its cell as a day, and no value as none."""
    if value == "":
        return None
    return date.fromisoformat(value) if column.tells == DAY else value


def report(period: Period, unit: str, as_of: datetime, heard: str, said: Sequence[tuple[Kind, Mapping[str, Any]]],
           of: str = "") -> Iterator[Sheet]:
    """月报、季报、年报: one sheet with the sums of all ledgers, then of each ledger one by agency and one by pair."""
    title = f"{period.title}行政执法联动统计"
    first = f"{filled_by(unit, as_of)}　　统计期间：{period.first} 至 {period.last}{_only(of)}"
    yield Sheet("合计", f"{title}表（合计）", (first, "计入的是统计期间内开始的事项，各项次数统计到数据截至之时。", heard),
                [("台账", 30), ("计入的事项", 36), ("指标", 24), ("数量", 12)],
                [row for kind, each in said for row in _sums(kind, each)])
    for kind, figures in said:
        name = kind.title.removesuffix("台账")
        above = (first, f"“件数”是统计期间内{kind.began}的事项，其他各项是这些事项到数据截至之时的次数；只列示，不排名。", heard)
        ours, theirs = (kind.column(role).title if role else "" for role in kind.roles)
        counted = period_reports.headings(kind)
        yield Sheet(f"{name}（按机关）"[:31], f"{title}表：{name}（按{ours}）", above, [("序号", NUMBER), (ours, NAME), *counted],
                    numbered([each["name"], *_figures(kind, each)] for each in figures["by_agency"]))
        if theirs:
            yield Sheet(f"{name}（机关之间）"[:31], f"{title}表：{name}（按{ours}、{theirs}）", above,
                        [("序号", NUMBER), (ours, NAME), (theirs, NAME), *counted],
                        numbered([each["name"], each["other_name"], *_figures(kind, each)]
                                  for each in figures["by_pair"]))


def _sums(kind: Kind, said: Mapping[str, Any]) -> Iterator[list[Any]]:
    for (title, _), figure in zip(period_reports.headings(kind), _figures(kind, said["figures"]), strict=True):
        yield [kind.title, kind.began, title, figure]


def _figures(kind: Kind, counts: Mapping[str, Any]) -> list[Any]:
    return [counts[figure] for figure in (OPENED, *(column.id for column in period_reports.counted(kind)))]


def numbered(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The rows, each behind its 序号."""
    for number, row in enumerate(rows, start=1):
        yield [number, *row]


def filled_by(unit: str, as_of: datetime) -> str:
    """Who fills the table in, and as of when its data are."""
    return f"填报单位：{unit or '—'}　　数据{as_of_words(as_of)}"


def _only(of: str) -> str:
    return f"　　只含{of}参与的事项" if of else ""


def as_of_words(instant: datetime) -> str:
    """An instant that ends a day is told as that day's end: whoever asks for a day's ledger reads that day."""
    local = instant.astimezone(CITY_ZONE)
    if local.time() == time.min:
        return f"截至 {day_of(instant) - timedelta(days=1)} 24:00（北京时间）"
    return f"截至 {local:%Y-%m-%d %H:%M:%S}（北京时间）"


def heard_words(told: Iterable[Mapping[str, Any]]) -> str:
    """How far each source was heard of which ledgers tell."""
    names = {service: title for kind in KINDS.values() for service, title in kind.services.items()}
    return "各来源处理至：" + "；".join(
        f"{names[each['service']]} " + (_instant(each["recorded_at"]) if each["recorded_at"] else "尚未收到")
        + (f"（另有{each['waiting']}条等待处理）" if each["waiting"] else "") for each in told)


def _instant(told: str) -> str:
    return f"{datetime.fromisoformat(told).astimezone(CITY_ZONE):%Y-%m-%d %H:%M:%S}"
