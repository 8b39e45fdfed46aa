"""`/api/<service>/feed`: a service's journal as one reader may see it, in order, resumable, as long as the journal
is."""

import json
from dataclasses import dataclass
from functools import partial

from flask import Response, request
from sqlalchemy.engine import Connection

from shared.acts.handing import others, taken_over
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.contracts.envelope import event_of, type_of
from shared.contracts.feed import Mark, mark_from, mark_of
from shared.contracts.frame import names_with
from shared.db.pipelining import at_once
from shared.http import spec, waiting
from shared.http.described import Routes
from shared.http.formerly import reach
from shared.http.identity import reader_of
from shared.http.paging import limit_of, only
from shared.journal import reading, sent
from shared.journal.model import Head
from shared.journal.reading import Read, Sizes, Wanted
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER
from shared.telemetry.metrics import AGENCY_FEED_LAG, AGENCY_FEED_SEEN

NDJSON = "application/x-ndjson"
DEFAULT, MOST = 200, 1000
PARAMETERS = ("after", "types", "wait", "limit", "of")

OLD_EPOCH = Refusal(
    "OLD_EPOCH",
    "事件流已换代（现为 {epoch}）：请以新代从头（after={after}）读取，按事件 id 去重，并按日对账（reconciliation）核对后再继续。",
    "The journal has a new epoch ({epoch}). Read again from after={after}, drop events whose id you have, report ids "
    "that you have and do not meet again, compare day by day (reconciliation), then go on with the new marks.",
    status=410,
    where="after",
)
NOT_SUCCEEDED = Refusal(
    "FEED_OF_ANOTHER", "「{agency}」不是由本机关承继的机关，不能读取其事件流；由司法行政部门个案指定承继的，请在各案件中查阅。",
    "{agency} is no agency that yours succeeded. What justice named you for you read in each case.", "internal", 403,
    "of")
UNKNOWN_TYPE = Refusal("UNKNOWN_TYPE", "本服务没有事件「{type}」。可选：{types}。",
                       "No event here is called {type}. There are: {types}.", status=400, where="types")
BAD_WAIT = Refusal("BAD_WAIT", "wait 应当是 0 至 {most} 的整数秒。", "wait is a whole number of seconds from 0 to {most}.",
                   status=400, where="wait")


def feed_routes(office: Office) -> Routes:
    """The feed of a service: an agency reads what it was told, a service token everything."""
    routes = Routes("feed", __name__, url_prefix=f"/api/{office.name}", description="事件流")
    routes.add_url_rule("/feed", "feed", routes.doc(**_doc(office))(partial(_feed, office, Sizes())), methods=["GET"])
    return routes


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks for."""

    after: Mark
    types: tuple[str, ...]
    wait: int
    limit: int


def _feed(office: Office, sizes: Sizes) -> Response:
    viewer = reader_of(office.access)
    only(PARAMETERS)
    asked = _Asked(mark_asked(), _types(office), _seconds(), limit_of(request.args.get("limit", str(DEFAULT)), MOST))

    def look() -> tuple[Head, Read]:
        # entries stay and come in their order: only what is chosen by another table needs a snapshot of both
        with office.db.read() if "of" in request.args else office.db.glance() as tx:
            wanted = wanted_by(office, viewer, tx, asked.types)
            begun = reading.begin(tx, wanted, asked.after.position, asked.limit, sizes)
            read = reading.page(tx, wanted, of_epoch(asked.after, begun.head), begun, asked.limit)
        if wanted.whole:
            sizes.learn(read, asked.limit)
        return begun.head, read

    (head, read), waited = look(), True
    if viewer is not None and not _enough(read):
        _went_on(office, viewer, asked.after)
    if asked.wait and not _enough(read):
        (head, read), waited = waiting.until(
            office.wake, look, lambda found: _enough(found[1]), asked.wait, viewer.agency if viewer else "",
            office.settings.http_threads)
    if viewer is not None and viewer.machine:
        _tell(office, viewer, read)
    if viewer is not None and read.items:
        _note(office, viewer, asked.after, read)
    answer = _lines(read) if _wants_lines() else _json(read, head.position if viewer is None else 0)
    answer.headers["Cache-Control"] = "private, no-cache"
    if not waited:
        answer.headers["Retry-After"] = str(waiting.AGAIN)
    answer.vary.update(("Accept", "Authorization", office.access.header))
    answer.set_etag(f"{head.epoch}.{asked.after}.{read.mark}.{read.more:d}.{answer.mimetype}")
    answer.make_conditional(request)
    return answer


def _enough(read: Read) -> bool:
    return bool(read.items or read.more)


def _went_on(office: Office, viewer: Viewer, after: Mark) -> None:
    """Who asks for what comes after has what came before: that is a reader's answer to the pages it was given."""
    if not after.position:
        return
    with office.db.glance() as tx:
        if not sent.unanswered(tx, _had(viewer, after)):
            return
    with office.db.write() as tx:
        sent.answered(tx, _had(viewer, after), sent.WENT_ON, office.clock.now())


def _tell(office: Office, viewer: Viewer, read: Read) -> None:
    """When an agency's system was here, and how old the first of what it had not read was."""
    now, waited = office.clock.now(), 0.0
    if read.items:
        waited = (now - event_of(json.loads(read.items[0])["body"]).time).total_seconds()
    AGENCY_FEED_SEEN.labels(office.name, viewer.agency).set(now.timestamp())
    AGENCY_FEED_LAG.labels(office.name, viewer.agency).set(max(0.0, waited))


def _note(office: Office, viewer: Viewer, after: Mark, read: Read) -> None:
    """The page that is given now, and the answer to those before it."""
    now = office.clock.now()
    with office.db.write() as tx, at_once(tx, ending=True):
        if after.position:
            sent.answered(tx, _had(viewer, after), sent.WENT_ON, now)
        sent.note(tx, sent.Sent(viewer.agency, sent.FEED, viewer.appointment, read.mark.epoch, read.first, read.last,
                                len(read.items), now))


def _had(viewer: Viewer, after: Mark) -> sent.UpTo:
    return sent.UpTo(viewer.agency, sent.FEED, viewer.appointment, after.epoch, after.position)


def event_names(office: Office) -> tuple[str, ...]:
    """The names of all events that the service's journal may have, by name."""
    return names_with(event for acts in office.acts.values() for event in acts.chapter.events)


def wanted_by(office: Office, viewer: Viewer | None, tx: Connection, types: tuple[str, ...] = ()) -> Wanted:
    """Whose entries: all of them to a service, or with `?of=` an agency's, which it carries to that; one's own; with
    `?of=` those of an agency that one succeeded in all; of one that was split those of the cases that one took over.
    Raises Refused (403)."""
    if viewer is None:
        return Wanted(request.args.get("of", "") or None, types)
    own, asked = viewer.agency, request.args.get("of", "") or viewer.agency
    far, acts = reach(office, own, asked, tx), tuple(office.acts.values())
    if far.whole:
        apart = [each for each in acts if each.chapter.apart]
        return Wanted(asked, types, None if asked == own or not apart else lambda tx, cases: others(tx, apart, cases))
    if not far.in_part:
        raise Refused(NOT_SUCCEEDED.filled(agency=asked))
    return Wanted(asked, types, lambda tx, cases: taken_over(tx, acts, asked, own, cases))


def mark_asked() -> Mark:
    """The mark that a request names in `after`. Raises Refused (400)."""
    try:
        return mark_from(request.args.get("after", ""))
    except ValueError:
        raise Refused(BAD_AFTER) from None


def of_epoch(after: Mark, head: Head) -> Mark:
    """The mark, of the journal's present epoch. Raises Refused (410) for one of another."""
    if after.epoch and (after.epoch != head.epoch or after.position > head.position):
        raise Refused(OLD_EPOCH.filled(epoch=head.epoch, after=mark_of(head.epoch, 0)))
    return Mark(head.epoch, after.position, after.last)


def _ways(office: Office, name: str) -> tuple[str, str, str]:
    """As what an event may be asked for: alone, as a subscription names it, and by its whole type."""
    return name, f"{office.name}.{name}", type_of(office.name, name)


def _types(office: Office) -> tuple[str, ...]:
    """The names of the events asked for; none: all. Raises Refused (400) for one that there is not."""
    names = event_names(office)
    by_type = {said: name for name in names for said in _ways(office, name)}
    asked = [each.strip() for each in request.args.get("types", "").split(",") if each.strip()]
    if unknown := [each for each in asked if each not in by_type]:
        raise Refused(*(UNKNOWN_TYPE.filled(type=each[:100], types="、".join(names)) for each in unknown[:20]))
    return tuple(sorted({by_type[each] for each in asked}))


def _seconds() -> int:
    text = request.args.get("wait", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= waiting.MOST_SECONDS):
        raise Refused(BAD_WAIT.filled(most=waiting.MOST_SECONDS))
    return int(text)


def _wants_lines() -> bool:
    return request.accept_mimetypes.best_match(("application/json", NDJSON), "application/json") == NDJSON


def _json(read: Read, head: int) -> Response:
    told = f'{{"epoch":"{read.mark.epoch}","next":"{read.mark}","more":{"true" if read.more else "false"},'
    if head:
        told += f'"head":{head},'
    text = b"".join((told.encode(), b'"items":[', b",".join(read.items), b"]}\n"))
    return Response(text, mimetype="application/json")


def _lines(read: Read) -> Response:
    """One item a line; the epoch, the next mark and whether there is more stand in headers."""
    text = b"\n".join((*read.items, b"")) if read.items else b""
    return Response(text, content_type=NDJSON, headers={
        "Feed-Epoch": read.mark.epoch, "Feed-Next": str(read.mark), "Feed-More": "true" if read.more else "false"})


def _doc(office: Office) -> dict[str, object]:
    text, whole = {"type": "string"}, {"type": "integer"}
    every = sorted(each for name in event_names(office) for each in _ways(office, name))
    headers = {"Feed-Epoch": "NDJSON：现代号", "Feed-Next": "NDJSON：下一次的 after", "Feed-More": "NDJSON：true 为还有，应立即再读",
               "Retry-After": "等待名额已满，若干秒后再读"}
    return {"summary": "读取事件流", "parameters": [
        {"name": "after", "in": "query", "schema": text,
         "description": "上一页的 next，原样传回；空为从头；也可写作「代号.位置」，从该位置之后读"},
        {"name": "types", "in": "query", "style": "form", "explode": False, "description": "只读这些事件，以逗号分隔；空为全部",
         "schema": {"type": "array", "items": {"type": "string", "enum": every}}},
        {"name": "wait", "in": "query", "schema": {**whole, "minimum": 0, "maximum": waiting.MOST_SECONDS},
         "description": "没有新事件时最多等待的秒数"},
        {"name": "limit", "in": "query", "schema": {**whole, "minimum": 1, "maximum": MOST, "default": DEFAULT},
         "description": "一页最多几条；一页不超过 1 MB"},
        {"name": "of", "in": "query", "schema": text, "description": "由本机关承继的机关；按事项承继的，只有承继的案件"}],
        "responses": {"200": {
            "description": "按顺序的事件", "content": {
                "application/json": {"schema": spec.ref("FeedPage")},
                NDJSON: {"schema": {"type": "string", "description": "每行一个 items 中的对象"}}},
            "headers": {name: {"schema": text, "description": what} for name, what in headers.items()}},
            "304": {"description": "没有新事件"}, **spec.problems(400, 403, 410)}}
