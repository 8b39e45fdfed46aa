"""`/api/<service>/feed`: a service's journal as one reader may see it, in order, resumable, as long as the journal
is."""

import json

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from sqlalchemy.engine import Connection

from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.clock import day_of
from shared.contracts.feed import FeedItem, FeedPage, mark_of, read_mark
from shared.errors import Refusal, Refused
from shared.http import spec
from shared.http.identity import reader_of
from shared.http.paging import BAD_AFTER, limit_of

NDJSON = "application/x-ndjson"
DEFAULT, MOST = 200, 1000

OLD_EPOCH = Refusal(
    "OLD_EPOCH",
    "事件流已换代（现为 {epoch}）：请以新代从头（after={after}）读取，按事件 id 去重核对后再继续。",
    "The journal has a new epoch ({epoch}). Read again from after={after}, drop events whose id you have, report ids "
    "that you have and do not meet again, then go on with the new marks.",
    status=410,
    where="after",
)


NOT_SUCCEEDED = Refusal(
    "FEED_OF_ANOTHER", "「{agency}」不是由本机关整体承继的机关，不能读取其事件流；按事项承继的，请在各案件中查阅。",
    "{agency} is no agency that yours succeeded in all. What it took over by matter it reads in each case.", "internal",
    403, "of")


def feed_routes(office: Office) -> Blueprint:
    """The feed of a service: an agency reads what it was told, a service token everything."""
    routes = Blueprint("feed", __name__, url_prefix=f"/api/{office.name}", description="事件流")

    @routes.get("/feed")
    @routes.doc(summary="读取事件流", parameters=[
        {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "上一页的 next；空为从头"},
        {"name": "of", "in": "query", "schema": {"type": "string"}, "description": "由本机关整体承继的机关"},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MOST}}],
        responses={"200": {"description": "按顺序的事件", "content": {
            "application/json": {"schema": spec.ref("FeedPage")}, NDJSON: {"schema": {"type": "string"}}}},
            "304": {"description": "没有新事件"}, **spec.problems(400, 403, 410)})
    def feed() -> Response:
        viewer = reader_of(office.access)
        epoch, after = _mark(request.args.get("after", ""))
        limit = limit_of(request.args.get("limit", str(DEFAULT)), MOST)
        with office.db.read() as tx:
            head = office.journal.head(tx)
            if epoch and (epoch != head.epoch or after > head.position):
                start = mark_of(head.epoch, 0)
                raise Refused(OLD_EPOCH.filled(epoch=head.epoch, after=start))
            found = office.journal.feed(tx, after, limit, None if viewer is None else _whose(office, viewer, tx))
        page = FeedPage(head.epoch, tuple(FeedItem(entry.position, entry.prev, entry.body) for entry in found),
                        head.position if viewer is None else 0)
        answer = _lines(page, after) if _wants_lines() else jsonify(page.to_json(after))
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.vary.update(("Accept", "Authorization"))
        last = page.items[-1].position if page.items else after
        answer.set_etag(f"{head.epoch}.{after}.{last}.{answer.mimetype}")
        answer.make_conditional(request)
        return answer

    return routes


def _whose(office: Office, viewer: Viewer, tx: Connection) -> str:
    """Whose feed is read: one's own, or that of an agency that one succeeded in all (`of`), from its last day on."""
    asked = request.args.get("of", "") or viewer.agency
    forebears = office.law.snapshot(tx).register.forebears(viewer.agency, day_of(office.clock.now()))
    if asked not in {viewer.agency, *forebears}:
        raise Refused(NOT_SUCCEEDED.filled(agency=asked))
    return asked


def _mark(text: str) -> tuple[str, int]:
    try:
        return read_mark(text)
    except ValueError:
        raise Refused(BAD_AFTER) from None


def _wants_lines() -> bool:
    return request.accept_mimetypes.best_match(("application/json", NDJSON), "application/json") == NDJSON


def _lines(page: FeedPage, after: int) -> Response:
    """One item a line; the epoch and the next mark stand in headers."""
    told = page.to_json(after)
    text = "".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in told["items"])
    return Response(text, content_type=NDJSON, headers={"Feed-Epoch": page.epoch, "Feed-Next": told["next"]})
