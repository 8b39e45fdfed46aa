"""Ledgers (台账) and the reports of a month, a quarter or a year over HTTP, as JSON and as XLSX. Parse, call, dump.

GET /ledgers, /ledgers/<kind>, /reports/<period>
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from flask import Response, jsonify, request

from services.oversight import as_of, keeping_ledgers, ledger_periods, period_reports, periods, store_ledgers
from services.oversight.keeping_ledgers import SHARING, Line
from services.oversight.ledger_periods import Span
from services.oversight.ledgers import DAY, KINDS, Kind
from shared import sheets
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.reading import Page
from shared.clock import CITY_ZONE, day_of
from shared.errors import Refusal, Refused
from shared.http import audit, paging, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.pages import within

JSON, XLSX = "json", "xlsx"
NO_PERIOD = replace(periods.BAD_PERIOD, status=404)      # it stands in the address
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN_LEDGER = Refusal("UNKNOWN_LEDGER", "没有「{kind}」这一台账；可以使用：{known}。",
                         "There is no ledger {kind}; known are: {known}.", "internal", 404)
UNKNOWN_FORMAT = Refusal("UNKNOWN_FORMAT", "format 应当是 json 或者 xlsx。", "format must be json or xlsx.", "internal", 400,
                         "format")
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_AS_OF = {"name": "as_of", "in": "query", "schema": _TEXT, "description": "截至：日期或者时间，不填为现在；各来源处理到该时间以后，同一截至时间总是同一结果"}
_FORMAT = {"name": "format", "in": "query", "schema": {"type": "string", "enum": [JSON, XLSX]}}
_PARAMETERS = [
    {"name": "from", "in": "query", "schema": _DAY, "description": "立项起始日期"},
    {"name": "to", "in": "query", "schema": _DAY, "description": "立项截止日期"}, _AS_OF, _FORMAT,
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}},
    {"name": "after", "in": "query", "schema": _TEXT, "description": "上一页的 next"},
]
_COLUMNS = spec.listed({"id": _TEXT, "title": _TEXT, "tells": _TEXT})
_HEADED = {"ledger": _TEXT, "title": _TEXT, "article": _TEXT, "columns": _COLUMNS}
_HEARD = {"heard": {**spec.listed({"service": _TEXT, "recorded_at": {"type": ["string", "null"]},
                                   "waiting": {"type": "integer"}}),
                    "description": "各来源处理到的时间，不晚于截至时间；waiting 为其中等待再次处理的条数"}}
_FIGURES = {"type": "object", "additionalProperties": {"type": "integer"}}
_LEDGER = spec.fields("台账", {
    **_HEADED, "since": _DAY, "until": _DAY, "as_of": _TEXT, **_HEARD,
    "items": {"type": "array", "items": {"type": "object"}}, "next": {**_TEXT, "description": "empty at the end"}})
_KINDS = spec.fields("台账种类", {"items": spec.listed(_HEADED)})
_REPORT = spec.fields("统计报表", {
    "period": _TEXT, "title": _TEXT, "since": _DAY, "until": _DAY, "as_of": _TEXT, **_HEARD,
    "ledgers": spec.listed({"ledger": _TEXT, "title": _TEXT, "article": _TEXT, "figures": _FIGURES,
                            "by_agency": {"type": "array", "items": {"type": "object"}},
                            "by_pair": {"type": "array", "items": {"type": "object"}}})})


def ledger_routes(office: Office) -> Routes:
    """The routes of ledgers and reports. Who asks gets what it may see; each look is logged."""
    routes = Routes("ledgers", __name__, url_prefix=f"/api/{office.name}", description="台账和统计报表")
    _ledgers(routes, office)
    _reports(routes, office)
    return routes


def _ledgers(routes: Routes, office: Office) -> None:
    @routes.get("/ledgers")
    @routes.doc(summary="台账种类", responses={"200": _KINDS, **spec.problems(403)})
    def kinds() -> Response:
        viewer_of(office.access)
        paging.only(())
        return jsonify({"items": [_head(kind) for kind in KINDS.values()]})

    @routes.get("/ledgers/<kind>")
    @routes.doc(summary="台账", parameters=_PARAMETERS, responses={"200": _LEDGER, **spec.problems(400, 403, 404)})
    def ledger(kind: str) -> Response:
        viewer, meant = viewer_of(office.access), _kind(kind)
        paging.only(("from", "to", "as_of", "format", "limit", "after"))
        now, asked = office.clock.now(), paging.asked()
        span = ledger_periods.span_of(request.args, now, office.law.now().first_day(day_of(now)))
        audit.read(office, viewer, meant.id)
        if _format() == XLSX:
            return _file(f"{meant.title}_{span.since}_{span.until}", (_sheet(office, viewer, meant, span),))
        return jsonify(_page(office, viewer, meant, span, asked))


def _reports(routes: Routes, office: Office) -> None:
    @routes.get("/reports/<period>")
    @routes.doc(summary="月报、季报、年报", parameters=[_AS_OF, _FORMAT],
                responses={"200": _REPORT, **spec.problems(400, 403, 404)})
    def report(period: str) -> Response:
        viewer, meant = viewer_of(office.access), periods.period_of(period, NO_PERIOD)
        paging.only(("as_of", "format"))
        wrong: list[Refusal] = []
        as_of = ledger_periods.as_of_of(request.args, office.clock.now(), wrong)
        if wrong:
            raise Refused(*wrong)
        audit.read(office, viewer, period)
        span = Span(meant.first, meant.last, as_of)
        told, said = _heard(office, KINDS.values(), span), _figures(office, viewer, span)
        if _format() == XLSX:
            above = (f"{meant.title}执法联动统计", _as_of(as_of), _heard_words(told, KINDS.values()))
            return _file(f"{meant.title}执法联动统计", (
                sheets.Sheet(kind.title[:31], above, period_reports.headings(kind), period_reports.lines(each, kind))
                for kind, each in zip(KINDS.values(), said, strict=True)))
        return jsonify({"period": period, "title": meant.title, "since": meant.first, "until": meant.last,
                        "as_of": as_of, "heard": told, "ledgers": said})


def _kind(id: str) -> Kind:
    found = KINDS.get(id)
    if found is None:
        raise Refused(UNKNOWN_LEDGER.filled(kind=id[:40], known=", ".join(KINDS)))
    return found


def _format() -> str:
    asked = request.args.get("format", JSON)
    if asked not in (JSON, XLSX):
        raise Refused(UNKNOWN_FORMAT)
    return asked


def _head(kind: Kind) -> dict[str, Any]:
    return {"ledger": kind.id, "title": kind.title, "article": kind.article,
            "columns": [{"id": each.id, "title": each.title, "tells": each.tells} for each in kind.columns]}


def _page(office: Office, viewer: Viewer, kind: Kind, span: Span, asked: paging.Asked) -> dict[str, Any]:
    """A page of a ledger, of no more than a megabyte."""
    def items(most: int) -> Page:
        found = list(_lines(office, viewer, kind, span, _place(asked.after), most + 1))
        more = _mark(found[most - 1]) if len(found) > most else ""
        return Page(tuple(keeping_ledgers.item(kind, line) for line in found[:most]), more)

    told = _heard(office, (kind,), span)
    page = within(asked.limit, items, paging.items)
    return {**_head(kind), "since": span.since, "until": span.until, "as_of": span.as_of, "heard": told,
            "items": page.items, "next": paging.closed(page.next)}


def _lines(office: Office, viewer: Viewer, kind: Kind, span: Span, after: tuple[date, str] | None = None,
           limit: int | None = None) -> Iterator[Line]:
    with office.db.read() as tx:
        law = office.law.snapshot(tx)
        asked = keeping_ledgers.asked_by(viewer, law, kind, span, after)
        yield from keeping_ledgers.lines(tx, kind, asked, law, limit)


def _figures(office: Office, viewer: Viewer, span: Span) -> list[dict[str, Any]]:
    """Every ledger's figures, of one moment."""
    with office.db.read() as tx:
        law, names = office.law.snapshot(tx), store_ledgers.names(tx, span.as_of)
        asked = [(kind, keeping_ledgers.asked_by(viewer, law, kind, span)) for kind in KINDS.values()]
        return [period_reports.told(period_reports.tally(kind, (
            dict(each.row) for each in store_ledgers.rows(tx, of_it))), names) for kind, of_it in asked]


def _mark(line: Line) -> str:
    opened_on, key = line.mark
    return f"{opened_on.isoformat()}|{key}"


def _place(mark: str) -> tuple[date, str] | None:
    if not mark:
        return None
    opened_on, _, key = mark.partition("|")
    try:
        return date.fromisoformat(opened_on), key
    except ValueError:
        raise Refused(paging.BAD_AFTER) from None


def _sheet(office: Office, viewer: Viewer, kind: Kind, span: Span) -> sheets.Sheet:
    above = (kind.title, f"立项日期：{span.since} 至 {span.until}。{_as_of(span.as_of)}",
             _heard_words(_heard(office, (kind,), span), (kind,)))
    columns = [("序号", 7), *((each.title, each.width) for each in kind.columns), ("案件编号", 38)]
    return sheets.Sheet(kind.title, above, columns, _rows(kind, _lines(office, viewer, kind, span)))


def _rows(kind: Kind, lines: Iterable[Line]) -> Iterator[list[Any]]:
    """Days as days, so that a spreadsheet program sorts and filters them."""
    for number, line in enumerate(lines, start=1):
        cells = [date.fromisoformat(value) if column.tells == DAY and value else None if value == "" else value
                 for column, value in ((column, line.shown[column.id]) for column in kind.columns)]
        yield [number, *cells, line.version.case]


def _heard(office: Office, kinds: Iterable[Kind], span: Span) -> list[dict[str, Any]]:
    """How far each source was heard whose cases these ledgers show, and the register; told before they are read, so
    that no row is missing of what it says was heard."""
    sources = {SHARING, *(service for kind in kinds for service in kind.services)}
    with office.db.read() as tx:
        return as_of.heard(tx, office, sources, span.as_of)


def _heard_words(told: Iterable[dict[str, Any]], kinds: Iterable[Kind]) -> str:
    names = {SHARING: "信息共享"} | {service: title for kind in kinds for service, title in kind.services.items()}
    return "各来源处理至：" + "；".join(
        f"{names[each['service']]} " + (_instant(each["recorded_at"]) if each["recorded_at"] else "尚未收到")
        + (f"（另有{each['waiting']}条等待处理）" if each["waiting"] else "") for each in told)


def _as_of(instant: Any) -> str:
    """An instant that ends a day is told as that day's end: whoever asks for a day's ledger reads that day."""
    local = instant.astimezone(CITY_ZONE)
    if local.time() == time.min:
        return f"截至 {local.date() - timedelta(days=1)} 24:00（北京时间）"
    return f"截至 {local:%Y-%m-%d %H:%M:%S}（北京时间）"


def _instant(told: str) -> str:
    return f"{datetime.fromisoformat(told).astimezone(CITY_ZONE):%Y-%m-%d %H:%M:%S}"


def _file(name: str, pages: Iterable[sheets.Sheet]) -> Response:
    """The sheets as a file, written to the disk first: an answer that has begun can't be refused any more."""
    folder = tempfile.TemporaryDirectory(prefix="liandong-sheet-")
    path = Path(folder.name) / "sheet.xlsx"
    try:
        sheets.write(path, pages)
        content = path.open("rb")
    except BaseException:
        folder.cleanup()
        raise
    folder.cleanup()                    # the open file outlives its name
    answer = Response(_chunks(content), mimetype=SHEET)
    answer.call_on_close(content.close)             # of an answer that nobody reads
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while chunk := content.read(sheets.CHUNK):
            yield chunk
