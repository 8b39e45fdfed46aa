"""考核表 as sheets: agencies with their rank, the same by what deadlines rest on, what came back by pair. Looks
nothing up."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from services.oversight.board.deadlines import SOURCES
from services.oversight.board.figures import EXCUSED, OUTCOMES
from services.oversight.ledgers.sheets import FIGURE, NAME, NUMBER, filled_by, numbered
from services.oversight.scorecards.periods import Period
from services.oversight.scorecards.store import SENT, TURNS
from shared.spreadsheets.model import Sheet

COUNTED = {"due": "应办", **OUTCOMES, EXCUSED: "说明已采纳"}
# what agencies send one another, by the service that tells of it
MATTERS = {"transfer": "案件移送", "sharing": "信息查询", "collab": "协同执法", "joint": "联合执法", "oversight": "备案"}
_COLUMNS = [(title, FIGURE) for title in COUNTED.values()]


def scorecard(period: Period, unit: str, now: datetime, told: Mapping[str, Any]) -> Iterator[Sheet]:
    """The scorecards of a period as they are told over HTTP. `unit`: who asks for them."""
    title = f"{period.title}行政执法联动考核表"
    first = f"{filled_by(unit, now)}　　考核期间：{period.first} 至 {period.last}（以期限最后一日计）"
    ranked = (f"只按无正当理由逾期占已有结果的比例排名，比例低的在前；案件不足 {told['least_cases']} 件的机关不计百分比、不参加排名。"
              f"参加排名的共 {told['ranked']} 家。法定时限按期完成率的内部目标为 {told['target_percent']}%。")
    yield Sheet("考核", title, (first, ranked), [
        ("排名", 6), ("机关", NAME), ("案件数", FIGURE), *_COLUMNS, ("无正当理由逾期", 9), ("无正当理由逾期占比（%）", 11)],
        ([each["rank"], each["agency_name"] or each["agency"], each["cases"], *(each[name] for name in COUNTED),
          each["late_without_excuse"], each["percent"]] for each in told["items"]))
    yield Sheet("按依据", f"{title}（按期限依据）", (first,), [("序号", NUMBER), ("机关", NAME), ("期限依据", 14), *_COLUMNS],
                _by_source(told["items"]))
    shown = "不予受理、退回、要求补正是依法履职，只列示，不排名。"
    yield Sheet("机关之间", f"{title}（机关之间）", (first, shown), [
        ("序号", NUMBER), ("业务", 12), ("发出机关", NAME), ("接收机关", NAME),
        *((words, 10) for words in TURNS.values()), *((f"{TURNS[turn]}占比（%）", 10) for turn in TURNS if turn != SENT)],
        _pairs(told["pairs"]))


def _by_source(items: Any) -> Iterator[list[Any]]:
    return numbered(
        [each["agency_name"] or each["agency"], title, *(each["by_source"][source][name] for name in COUNTED)]
        for each in items for source, title in SOURCES.items() if source in each["by_source"])


def _pairs(pairs: Any) -> Iterator[list[Any]]:
    return numbered([MATTERS.get(each["service"], each["service"]), each["sender_name"], each["receiver_name"],
                     *(each[turn] for turn in TURNS), *(each["percent"][turn] for turn in TURNS if turn != SENT)]
                    for each in pairs)
