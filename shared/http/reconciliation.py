"""`/api/<service>/reconciliation`: an agency's system proves that nothing is missing (对账). A day's count and digest, a
snapshot for a first load, what was sent to it, when, and what it answered."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import Response, jsonify, request

from shared.acts import changed
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.reading import Reads
from shared.contracts.envelope import type_of
from shared.contracts.feed import Mark, mark_from, mark_of
from shared.forms.fields import Whole
from shared.forms.schemas import ValueSchema
from shared.http import audit, bodies, paging, spec
from shared.http.described import Routes
from shared.http.feed import of_epoch, wanted_by
from shared.http.formerly import OF, OF_PARAMETER, reads_as
from shared.http.identity import viewer_of
from shared.journal import carrying, days, sent
from shared.kernel.clock import CITY_ZONE, day_of, possible
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER
from shared.law import queues

ONE_OF_TWO = Refusal("DATE_OR_CHANGED_SINCE", "请给出 date（按日对账）或者 changed_since（首次装载）中的一个。",
                     "Give one of date (a day's count) and changed_since (a first load).", status=400, where="date")
BAD_DAY = Refusal("BAD_DAY", "{where} 应当是日期，如 2025-09-29。", "{where} is a date, such as 2025-09-29.", status=400)
DAY_AHEAD = Refusal("DAY_AHEAD", "{day} 还没有到，今天是 {today}。", "{day} has not come yet: today is {today}.", status=400,
                    where="date")
DAY_BEFORE_FIRST = Refusal("DAY_BEFORE_FIRST", "{day} 在本服务开始记录之前：第一日是 {first}。",
                           "{day} lies before this service began: its first day is {first}.", status=400, where="date")
UNKNOWN_CARRIER = Refusal("UNKNOWN_CARRIER", "没有推送方式「{carrier}」。可选：{carriers}。",
                          "There is no carrier {carrier}. There are: {carriers}.", status=400, where="carrier")

_TEXT, _WHOLE, _MAYBE = {"type": "string"}, {"type": "integer"}, {"type": ["integer", "null"]}
DAY = {"type": "object", "required": ["service", "agency", "date", "epoch", "complete", "count", "types", "digest"],
       "properties": {
           "service": _TEXT, "agency": _TEXT, "date": _TEXT, "time_zone": _TEXT, "epoch": _TEXT,
           "complete": {"type": "boolean", "description": "false: the day is not over yet"}, "count": _WHOLE,
           "types": {"type": "object", "additionalProperties": _WHOLE}, "first": _MAYBE, "last": _MAYBE,
           "digest": {"type": "string", "description": (
               "algorithm:hex, over the UTF-8 text of each event's id followed by a line feed, in order of position; "
               "of the day are the events of your feed whose `time` falls on it in Asia/Shanghai")}}}
CHANGED = {"type": "object", "required": ["epoch", "feed", "items", "next"], "properties": {
    "epoch": _TEXT, "next": {"type": "string", "description": "empty at the end"},
    "feed": {"type": "string", "description": "after the last page, read the feed after this mark: it was taken before "
             "the first page; skip events whose position is not above the case's"},
    "items": {"type": "array", "items": {"type": "object", "properties": {
        "path": _TEXT, "id": _TEXT, "state": _TEXT, "revision": _WHOLE, "href": _TEXT,
        "position": {"type": "integer", "description": "the last you were told of it; 0: none"}}}}}}


class ResendSchema(ValueSchema):
    """From which position on a queue is sent again."""

    position = Whole("起始位置", required=True, least=1, most=10 ** 15)


def reconciliation_routes(office: Office) -> Routes:
    """The routes, for an agency's people and systems."""
    routes = Routes("reconciliation", __name__, url_prefix=f"/api/{office.name}/reconciliation", description="对账")
    routes.add_url_rule("", "reconciliation", routes.doc(**_doc())(partial(_reconciled, office)), methods=["GET"])
    routes.add_url_rule("/resend", "resend", routes.doc(**_resend_doc())(partial(_resend, office)), methods=["POST"])
    routes.add_url_rule("/sent", "sent", routes.doc(**_sent_doc())(partial(_sent, office)), methods=["GET"])
    return routes


def _reconciled(office: Office) -> Response:
    viewer = viewer_of(office.access)
    if ("date" in request.args) == ("changed_since" in request.args):
        raise Refused(ONE_OF_TWO)
    if "date" in request.args:
        paging.only(("date", OF))
        return jsonify(_day(office, viewer, _date("date")))
    paging.only(("changed_since", "after", "limit", OF))
    seer = reads_as(office, viewer)
    chapters = {path: reads for path, reads in office.reads.items()
                if seer.agency == viewer.agency or not reads.acts.chapter.apart}
    return jsonify(_changed(office, chapters, seer, _date("changed_since")))


def _day(office: Office, viewer: Viewer, day: date) -> dict[str, Any]:
    today = day_of(office.clock.now())
    if day > today:
        raise Refused(DAY_AHEAD.filled(day=day.isoformat(), today=today.isoformat()))
    with office.db.read() as tx:
        wanted, head = wanted_by(office, viewer, tx), office.journal.head(tx)
        first = days.first_day(tx) or today
        if day < first:
            raise Refused(DAY_BEFORE_FIRST.filled(day=day.isoformat(), first=first.isoformat()))
        told = days.told_on(tx, wanted, day)
    return {"service": office.name, "agency": wanted.agency, "date": day.isoformat(), "time_zone": CITY_ZONE.key,
            "epoch": head.epoch, "complete": day < today, "count": told.count,
            "types": {type_of(office.name, name): count for name, count in told.types.items()},
            "first": told.first, "last": told.last, "digest": told.digest}


def _changed(office: Office, chapters: Mapping[str, Reads], viewer: Viewer, since: date) -> dict[str, Any]:
    """A page of the snapshot. Its mark carries the feed's mark of before the first page."""
    limit = paging.limit_of(request.args.get("limit", str(paging.DEFAULT)))
    feed, path, case = _place(paging.opened(request.args.get("after", "")))
    with office.db.read() as tx:
        head = office.journal.head(tx)
        begun = of_epoch(feed, head) if feed else Mark(head.epoch, head.position, head.position)
        first = days.first_day(tx)
        position = 0 if first is None or since <= first else days.first_since(tx, since)
        found = changed.page(tx, chapters, viewer, position, limit + 1, (path, case))
    items = [{"path": each.path, "id": each.id, "state": each.state, "revision": each.revision,
              "position": each.position, "href": f"/api/{office.name}/{each.path}/{each.id}"} for each in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return {"epoch": head.epoch, "feed": mark_of(begun.epoch, begun.position), "items": items,
            "next": paging.closed(f"{begun} {last.path} {last.id}") if last else ""}


def _place(place: str) -> tuple[Mark | None, str, str]:
    """The feed's mark, the chapter and the case of a page's mark. Raises Refused (400)."""
    if not place:
        return None, "", ""
    try:
        feed, path, case = place.split(" ")
        return mark_from(feed), path, case
    except ValueError:
        raise Refused(BAD_AFTER) from None


def _sent(office: Office) -> Response:
    agency = reads_as(office, viewer_of(office.access)).agency
    paging.only(("carrier", "after", "limit", OF))
    carrier = request.args.get("carrier", "")
    if carrier and carrier not in sent.CARRIERS:
        raise Refused(UNKNOWN_CARRIER.filled(carrier=carrier[:100], carriers="、".join(sent.CARRIERS)))
    limit = paging.limit_of(request.args.get("limit", str(paging.DEFAULT)))
    with office.db.read() as tx:
        found = sent.listed(tx, agency, carrier, limit + 1, paging.opened(request.args.get("after", "")))
        states = carrying.states(tx, agency)
    items = [{"id": each.id, "carrier": each.carrier, "reader": each.reader, "epoch": each.epoch, "first": each.first,
              "last": each.last, "count": each.count, "sent_at": each.sent_at, "answer": each.answer,
              "answered_at": each.answered_at} for each in found[:limit]]
    return jsonify({"items": items, "next": paging.closed(found[limit - 1].id) if len(found) > limit else "",
                    "states": states})


def _resend(office: Office) -> Response:
    """Asks that the agency's queue is sent again what this service told it, from a position on. Asked twice, the
    earlier position holds."""
    viewer = viewer_of(office.access)
    paging.only(())
    first = bodies.load(ResendSchema(), bodies.json_object())["position"]
    with office.db.write() as tx:
        asked = queues.replay(tx, office.name, viewer.agency, first - 1, office.journal.head(tx).position)
    audit.read(office, viewer)
    office.wake.ring()
    answer = jsonify({"agency": asked.agency, "first": asked.after + 1, "last": asked.until, "count": asked.count})
    answer.status_code = 202
    return answer


def _date(where: str) -> date:
    text = request.args[where]
    try:
        day = date.fromisoformat(text) if len(text) == len("2025-09-29") else None
    except ValueError:
        day = None
    if day is None or not possible(day):
        raise Refused(BAD_DAY.filled(where=where).at(where))
    return day


def _doc() -> dict[str, Any]:
    day = {"type": "string", "format": "date"}
    return {"summary": "按日对账，或者首次装载的快照", "parameters": [
        {"name": "date", "in": "query", "schema": day, "description": "对账的日期（北京时间）"},
        {"name": "changed_since", "in": "query", "schema": day, "description": "首次装载：自该日以来有变化的案件；与 date 二选一"},
        {"name": "after", "in": "query", "schema": _TEXT, "description": "changed_since：上一页的 next"},
        {"name": "limit", "in": "query", "schema": {**_WHOLE, "minimum": 1, "maximum": paging.MOST}}, OF_PARAMETER],
        "responses": {"200": {"description": "当日的数目和摘要，或者快照的一页",
                              "content": {"application/json": {"schema": {"oneOf": [DAY, CHANGED]}}}},
                      **spec.problems(400, 403, 410)}}


def _resend_doc() -> dict[str, Any]:
    told = {"type": "object", "properties": {"agency": _TEXT, "first": _WHOLE, "last": _WHOLE, "count": _WHOLE}}
    return {"summary": "从某一位置起重新推送到本机关的消息队列", "requestBody": spec.body(ResendSchema),
            "responses": {"202": {"description": "即将重新推送，各条标明 replayed",
                                  "content": {"application/json": {"schema": told}}},
                          **spec.problems(403, 409, 413, 415, 422)}}


def _sent_doc() -> dict[str, Any]:
    carriers = {"type": "string", "enum": list(sent.CARRIERS)}
    items = {"type": "array", "items": {"type": "object", "properties": {
        "id": _TEXT, "carrier": carriers, "reader": _TEXT, "epoch": _TEXT, "first": _WHOLE, "last": _WHOLE,
        "count": _WHOLE, "sent_at": _TEXT, "answer": _TEXT, "answered_at": {"type": ["string", "null"]}}}}
    states = {"type": "array", "items": {"type": "object", "properties": {
        "carrier": carriers, "subscription": _TEXT, "state": _TEXT, "since": _TEXT, "why": _TEXT}}}
    return {"summary": "何时向本机关推送了什么，本机关如何应答", "parameters": [
        {"name": "carrier", "in": "query", "schema": carriers},
        {"name": "after", "in": "query", "schema": _TEXT, "description": "上一页的 next"},
        {"name": "limit", "in": "query", "schema": {**_WHOLE, "minimum": 1, "maximum": paging.MOST}}, OF_PARAMETER],
        "responses": {"200": {"description": "由新到旧", "content": {"application/json": {"schema": {
            "type": "object", "required": ["items", "next"],
            "properties": {"items": items, "next": _TEXT, "states": states}}}}}, **spec.problems(400, 403)}}
