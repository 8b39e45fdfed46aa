"""Ledgers (台账) and the reports of a month, a quarter or a year over HTTP, as JSON and as XLSX. Parse, call, dump.

GET /ledgers, /ledgers/<kind>, /reports/<period>
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, jsonify, request

from services.oversight.board import as_of
from services.oversight.ledgers import period_reports, repository, rows, sheets, store
from services.oversight.ledgers import periods as ledger_periods
from services.oversight.ledgers.definitions import KINDS, SHARING, Kind
from services.oversight.ledgers.periods import Span
from services.oversight.ledgers.repository import Line
from services.oversight.scorecards import periods
from shared.acts.codes import in_words
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.reading import Page
from shared.acts.store import sees_all
from shared.http import audit, paging, spec, workbooks
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER, within
from shared.spreadsheets.model import Sheet

UNKNOWN_LEDGER = Refusal("UNKNOWN_LEDGER", "没有「{kind}」这一台账；可以使用：{known}。",
                         "There is no ledger {kind}; there are: {codes}.", "internal", 404, "kind")
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_AS_OF = {"name": "as_of", "in": "query", "schema": _TEXT, "description": "截至：日期或者时间，不填为现在；各来源处理到该时间以后，同一截至时间总是同一结果"}
_AGENCY = {"name": "agency", "in": "query", "schema": _TEXT, "description": "只要该机关参与的事项（问责线索还包括涉及该机关的）"}
_PARAMETERS = [
    {"name": "from", "in": "query", "schema": _DAY, "description": "起始日期：以台账首项事由（例如通报、报送备案、推送案源）发生之日计"},
    {"name": "to", "in": "query", "schema": _DAY, "description": "截止日期，含当日"},
    _AGENCY, _AS_OF, workbooks.PARAMETER,
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}},
    {"name": "after", "in": "query", "schema": _TEXT, "description": "上一页的 next"},
]
_COLUMNS = spec.listed({"id": _TEXT, "title": _TEXT, "tells": _TEXT})
_HEADED = {"ledger": _TEXT, "title": _TEXT, "article": _TEXT, "began": _TEXT, "columns": _COLUMNS}
_HEARD = {"heard": {**spec.listed({"service": _TEXT, "recorded_at": {"type": ["string", "null"]},
                                   "waiting": {"type": "integer"}}),
                    "description": "各来源处理到的时间，不晚于截至时间；waiting 为其中等待再次处理的条数"}}
_NOTES = {**spec.listed({"code": _TEXT, "zh": _TEXT, "en": _TEXT}), "description": "怎样理解这些数字"}
_FIGURES = {"type": "object", "additionalProperties": {"type": "integer"}}
_LEDGER = spec.fields("台账", {
    **_HEADED, "since": _DAY, "until": _DAY, "as_of": _TEXT, **_HEARD,
    "notes": _NOTES, "items": {"type": "array", "items": {"type": "object"}},
    "next": {**_TEXT, "description": "empty at the end"}})
_KINDS = spec.fields("台账种类", {"items": spec.listed(_HEADED)})
_REPORT = spec.fields("统计报表", {
    "period": _TEXT, "title": _TEXT, "since": _DAY, "until": _DAY, "as_of": _TEXT, **_HEARD,
    "notes": _NOTES, "ledgers": spec.listed({"ledger": _TEXT, "title": _TEXT, "article": _TEXT, "figures": _FIGURES,
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
        paging.only(("from", "to", "agency", "as_of", "format", "limit", "after"))
        now, asked, law = office.clock.now(), paging.asked(), office.law.now()
        span = replace(ledger_periods.span_of(request.args, now, law.first_day(day_of(now))),
                       agency=ledger_periods.agency_of(request.args, law.register))
        audit.read(office, viewer, meant.id)
        if workbooks.is_workbook():
            name = f"{meant.title}_{span.since}_{span.until}"
            return workbooks.workbook(name, (_sheet(office, viewer, meant, span),))
        return jsonify(_page(office, viewer, meant, span, asked))


def _reports(routes: Routes, office: Office) -> None:
    @routes.get("/reports/<period>")
    @routes.doc(summary="月报、季报、年报", parameters=[_AGENCY, _AS_OF, workbooks.PARAMETER],
                responses={"200": _REPORT, **spec.problems(400, 403, 404)})
    def report(period: str) -> Response:
        viewer, meant = viewer_of(office.access), periods.begun(period, office.clock.now(), 404)
        paging.only(("agency", "as_of", "format"))
        wrong: list[Refusal] = []
        as_of = ledger_periods.as_of_of(request.args, office.clock.now(), wrong)
        if wrong:
            raise Refused(*wrong)
        agency = ledger_periods.agency_of(request.args, office.law.now().register)
        audit.read(office, viewer, period)
        span = Span(meant.first, meant.last, as_of, agency)
        told = _heard(office, KINDS.values(), span)
        said = _figures(office, viewer, span)
        notes = _notes(office, viewer, KINDS.values(), span)
        if workbooks.is_workbook():
            own, of = _called(office, span, viewer.agency, agency)
            return workbooks.workbook(f"{meant.title}行政执法联动统计表", sheets.report(
                meant, own, as_of, sheets.heard_words(told) + _noted(notes),
                tuple(zip(KINDS.values(), said, strict=True)), of))
        return jsonify({"period": period, "title": meant.title, "since": meant.first, "until": meant.last,
                        "as_of": as_of, "heard": told, "notes": [_note(each) for each in notes], "ledgers": said})


def _kind(id: str) -> Kind:
    found = KINDS.get(id)
    if found is None:
        raise Refused(UNKNOWN_LEDGER.filled(kind=id[:40], **in_words(
            {name: kind.title for name, kind in KINDS.items()})))
    return found


def _head(kind: Kind) -> dict[str, Any]:
    return {"ledger": kind.id, "title": kind.title, "article": kind.article, "began": kind.began,
            "columns": [{"id": each.id, "title": each.title, "tells": each.tells} for each in kind.columns]}


def _page(office: Office, viewer: Viewer, kind: Kind, span: Span, asked: paging.Asked) -> dict[str, Any]:
    """A page of a ledger, of no more than a megabyte."""
    def items(most: int) -> Page:
        found = list(_lines(office, viewer, kind, span, _place(asked.after), most + 1))
        more = _mark(found[most - 1]) if len(found) > most else ""
        return Page(tuple(repository.item(kind, line) for line in found[:most]), more)

    told = _heard(office, (kind,), span)
    page = within(asked.limit, items, paging.items)
    return {**_head(kind), "since": span.since, "until": span.until, "as_of": span.as_of, "heard": told,
            "notes": [_note(each) for each in _notes(office, viewer, (kind,), span)],
            "items": page.items, "next": paging.closed(page.next)}


def _lines(office: Office, viewer: Viewer, kind: Kind, span: Span, after: tuple[date, str] | None = None,
           limit: int | None = None) -> Iterator[Line]:
    with office.db.read() as tx:
        law = office.law.snapshot(tx)
        asked = repository.asked_by(viewer, law, kind, span, after)
        yield from repository.lines(tx, kind, asked, law, limit)


def _figures(office: Office, viewer: Viewer, span: Span) -> list[dict[str, Any]]:
    """Every ledger's figures, of one moment."""
    with office.db.read() as tx:
        law, names = office.law.snapshot(tx), store.names(tx, span.as_of)
        asked = [(kind, repository.asked_by(viewer, law, kind, span)) for kind in KINDS.values()]
        return [period_reports.told(period_reports.tally(kind, (
            dict(each.row) for each in store.rows(tx, of_it)), "" if of_it.everyone else viewer.agency), names)
            for kind, of_it in asked]


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
        raise Refused(BAD_AFTER) from None


def _sheet(office: Office, viewer: Viewer, kind: Kind, span: Span) -> Sheet:
    heard = sheets.heard_words(_heard(office, (kind,), span)) + _noted(_notes(office, viewer, (kind,), span))
    own, of = _called(office, span, viewer.agency, span.agency)
    lines = ((line.version.case, line.shown) for line in _lines(office, viewer, kind, span))
    return sheets.ledger(kind, own, span, heard, lines, of)


def _notes(office: Office, viewer: Viewer, kinds: Iterable[Kind], span: Span) -> list[Refusal]:
    """What is said with the answer, by ledgers of no source but those that were heard for it. Plans and accountability
    are not asked: of some their parties alone know."""
    sources = _sources(kinds)
    asked = [kind.id for kind in KINDS.values() if not kind.drafts and sources.issuperset(kind.services)]
    with office.db.read() as tx:
        first = store.first_day(tx, asked, span.as_of)
        everything = sees_all(viewer, office.law.snapshot(tx).register)
    own = "" if everything else viewer.agency
    called = _called(office, span, span.agency)[0] if own and span.agency not in ("", own) else ""
    return list(ledger_periods.notes(span, first, own, called))


def _note(each: Refusal) -> dict[str, str]:
    return {"code": each.code, "zh": each.zh, "en": each.en}


def _noted(notes: Iterable[Refusal]) -> str:
    """The same in the line that a sheet has for how its figures are read."""
    return "".join(f"　　{each.zh}" for each in notes)


def _called(office: Office, span: Span, *agencies: str) -> list[str]:
    """What these agencies were called then; one that has no name as yet is called by its code."""
    with office.db.read() as tx:
        names = store.names(tx, span.as_of)
    return [names.get(each, each) for each in agencies]


def _heard(office: Office, kinds: Iterable[Kind], span: Span) -> list[dict[str, Any]]:
    """How far each source was heard whose cases these ledgers show or name, and the register; told before they are
    read, so that no row is missing of what it says was heard."""
    with office.db.read() as tx:
        return as_of.heard(tx, office, _sources(kinds), span.as_of)


def _sources(kinds: Iterable[Kind]) -> set[str]:
    shown = set(kinds)
    named = KINDS.values() if any(map(rows.names_others, shown)) else shown
    return {SHARING, *(service for kind in named for service in kind.services)}
