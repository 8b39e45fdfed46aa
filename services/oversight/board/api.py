"""The routes of the board: deadlines, their counts and trends. Each answer says as of when, source by source."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Response, jsonify

from services.oversight.accountability.api import note_looks
from services.oversight.board import deadlines as board
from services.oversight.board import figures
from services.oversight.board.as_of import as_of
from services.oversight.scorecards import periods, scores, sheets
from shared.acts.keeping import Filter
from shared.acts.office import Office
from shared.http import paging, spec, workbooks
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.clock import day_of, possible
from shared.kernel.errors import Refused
from shared.kernel.page_limits import within

USUAL = {"day": 30, "week": 12 * 7, "month": 365}      # days that a trend shows unless it is asked for others
_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_ITEMS = {"type": "array", "items": {"type": "object"}}
AS_OF = {"as_of": {**spec.listed({"service": _TEXT, "epoch": _TEXT, "position": _WHOLE, "waiting": _WHOLE,
                                  "recorded_at": {"type": ["string", "null"]}}),
                   "description": "各来源的消息处理到哪里；waiting 为搁置未处理的条数"}}


def parameters(filters: Mapping[str, Filter], **more: str) -> list[dict[str, Any]]:
    """Documented parameters: filters, and others with their words."""
    said = {**{name: each.title for name, each in filters.items()}, **more}
    return [spec.asked(name, text) for name, text in said.items()]


def board_routes(office: Office) -> Routes:
    """`GET /deadlines`: every deadline of every service that the viewer may see, the earliest due first."""
    routes = Routes("deadlines", __name__, url_prefix=f"/api/{office.name}", description="期限总览")
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}}

    @routes.get("/deadlines")
    @routes.doc(summary="期限总览", parameters=[*parameters(board.FILTERS, after="上一页的 next"), limit],
                responses={"200": spec.fields("期限", {"items": _ITEMS, "next": _TEXT, **AS_OF}),
                           **spec.problems(400, 403)})
    def deadlines() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        with office.db.read() as tx:
            law, now = office.law.snapshot(tx), office.clock.now()
            found = within(asked.limit, lambda most: board.page(tx, viewer, law, now, asked.filters, most, asked.after),
                           paging.items)
            told = as_of(tx, office)
        note_looks(office, viewer, (item["clock"] for item in found.items))
        return jsonify({"items": found.items, "next": paging.closed(found.next), "as_of": told})

    return routes


def figure_routes(office: Office) -> Routes:
    """`GET /deadlines/counts` and `/deadlines/trends`."""
    routes = Routes("figures", __name__, url_prefix=f"/api/{office.name}", description="期限统计")

    @routes.get("/deadlines/counts")
    @routes.doc(summary="期限统计", parameters=parameters(board.FILTERS, by="按什么统计，可以并列：agency,clock,light,source,service"),
                responses={"200": spec.fields("统计", {"items": _ITEMS, "total": _WHOLE, **AS_OF}),
                           **spec.problems(400, 403)})
    def counts() -> Response:
        viewer, asked = viewer_of(office.access), paging.unpaged((*board.FILTERS, "by"))
        by = asked.pop("by", figures.LIGHT).split(",")
        with office.db.read() as tx:
            found = figures.counts(tx, viewer, office.law.snapshot(tx), office.clock.now(), by, asked)
            told = as_of(tx, office)
        return jsonify({"items": found.items, "total": found.total, "as_of": told})

    @routes.get("/deadlines/trends")
    @routes.doc(summary="期限趋势",
                parameters=parameters(board.FILTERS, by="day 按日、week 按周（自周一）、month 按月",
                                      **{"from": "第一日（到期日）", "to": "最后一日（到期日）"}),
                responses={"200": spec.fields("各时段到期的期限及其结果", {"items": _ITEMS, "by": _TEXT, **AS_OF}),
                           **spec.problems(400, 403)})
    def trends() -> Response:
        viewer, asked = viewer_of(office.access), paging.unpaged((*board.FILTERS, "by", "from", "to"))
        by, now = figures.known_span(asked.pop("by", "day")), office.clock.now()
        span = _span(asked, by, day_of(now))
        with office.db.read() as tx:
            found = figures.trends(tx, viewer, office.law.snapshot(tx), now, by, span, asked)
            told = as_of(tx, office)
        return jsonify({"items": found, "by": by, "as_of": told})

    return routes


def scorecard_routes(office: Office) -> Routes:
    """`GET /scorecards`: agencies by lateness without excuse, and what came back by pair, in a period."""
    routes = Routes("scorecards", __name__, url_prefix=f"/api/{office.name}", description="考核表")

    @routes.get("/scorecards")
    @routes.doc(summary="考核表", parameters=[
        *parameters(scores.FILTERS, period="月 2025-09、季度 2025-Q3 或者年 2025；默认本月"), workbooks.PARAMETER],
                responses={"200": spec.fields("各机关无正当理由逾期的情况和排名，以及机关之间不予受理、退回、补正的情况", {
                    **dict.fromkeys(("period", "kind", "from", "to"), _TEXT), "least_cases": _WHOLE, "ranked": _WHOLE,
                    "target_percent": _WHOLE, "items": _ITEMS, "pairs": _ITEMS, **AS_OF}), **spec.problems(400, 403)})
    def cards() -> Response:
        viewer, asked = viewer_of(office.access), paging.unpaged((*scores.FILTERS, "period", "format"))
        sheet, now = workbooks.is_workbook(), office.clock.now()
        asked.pop("format", None)
        period = periods.begun(asked.pop("period", scores.current(now)), now)
        with office.db.read() as tx:
            law = office.law.snapshot(tx)
            told = scores.scorecards(tx, viewer, law, now, period, asked)
            told["as_of"] = as_of(tx, office)
        if sheet:
            return workbooks.workbook(f"{period.title}行政执法联动考核表", sheets.scorecard(
                period, law.register.name_of(viewer.agency), now, told))
        return jsonify(told)

    return routes


def _span(asked: dict[str, str], by: str, today: date) -> tuple[date, date]:
    """The days asked for, taken out of the filters. Raises Refused (400) for what is no date."""
    first, last = asked.pop("from", ""), asked.pop("to", "")
    end = _day(last, by) if last else today
    return (_day(first, by) if first else end - timedelta(days=USUAL[by] - 1)), end


def _day(text: str, by: str) -> date:
    try:
        day = date.fromisoformat(text)
        if possible(day) and day.isoformat() == text:
            return day
    except ValueError:
        pass
    raise Refused(figures.bad_span(by))
