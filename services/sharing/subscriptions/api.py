"""Subscriptions over HTTP, besides their acts: which event types there are to choose from, and how a webhook goes."""

from datetime import datetime

from flask import Response, jsonify

from services.sharing.subscriptions.domain import WEBHOOK, event_types
from services.sharing.subscriptions.schemas import SUBSCRIPTIONS
from services.sharing.webhooks import store
from services.sharing.webhooks.secrets import Secrets
from shared.acts.office import Office
from shared.contracts.envelope import stamp
from shared.http import spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import act_routes, may_be_case
from shared.kernel.errors import Refusal, Refused

NO_WEBHOOK = Refusal("NO_WEBHOOK", "该订阅推送到消息队列，不是网络回调，没有回调的推送情况。",
                     "This subscription goes to a queue, not to a webhook: no calls are made for it.", "internal", 404)
WEBHOOK_ENDED = Refusal("WEBHOOK_ENDED", "该网络回调已经终止，不再推送。", "This webhook has ended: it is called no more.",
                        "internal", 404)
_TEXT = {"type": "string"}
_DELIVERY = {"type": "object", "required": ["state", "failures", "why", "sources"], "properties": {
    "state": _TEXT, "failures": {"type": "integer"}, "failing_since": _TEXT, "next_try": _TEXT, "why": _TEXT,
    "sources": {"type": "array", "items": {"type": "object", "properties": {
        "source": _TEXT, "epoch": _TEXT, "position": {"type": "integer"}}}}}}
_TYPES = {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": {
    "type": "object", "required": ["type", "title"],
    "properties": {"type": {"type": "string"}, "title": {"type": "string"}}}}}}


def subscription_routes(office: Office) -> Routes:
    """The routes of the acts on subscriptions, `GET /subscriptions/event-types`, `GET /subscriptions/<id>/delivery`."""
    secrets = Secrets(office)
    routes = act_routes(office, "subscriptions", SUBSCRIPTIONS,
                        doing={"subscribe": secrets.telling, "rotate-secret": secrets.telling})

    @routes.get("/event-types")
    @routes.doc(summary="可以订阅的事件类型", responses={
        "200": {"description": "事件类型", "content": {"application/json": {"schema": _TYPES}}}, **spec.problems(403)})
    def types() -> Response:
        """Every event that an agency may be told of, with its title."""
        viewer_of(office.access)
        return jsonify({"items": [{"type": type, "title": title} for type, title in event_types().items()]})

    @routes.get("/<case_id>/delivery")
    @routes.doc(summary="网络回调的推送情况", responses={
        "200": {"description": "推送情况", "content": {"application/json": {"schema": _DELIVERY}}},
        **spec.problems(403, 404)})
    def delivery(case_id: str) -> Response:
        """How a webhook goes: since when it fails and why, its next try, how far it was sent of each service."""
        seen = office.reads["subscriptions"].view(case_id, may_be_case(case_id, viewer_of(office.access)))
        with office.db.read() as tx:
            hook = store.get(tx, case_id)
            cursors = store.cursors(tx, case_id)
        if hook is None:
            raise Refused(WEBHOOK_ENDED if seen["case"]["carrier"] == WEBHOOK else NO_WEBHOOK)
        return jsonify({
            "state": hook.state, "failures": hook.failures, "failing_since": _stamped(hook.failing_since),
            "next_try": _stamped(hook.next_try), "why": hook.why,
            "sources": [{"source": source, "epoch": mark.epoch, "position": mark.position}
                        for source, mark in sorted(cursors.items())]})

    return routes


def _stamped(at: datetime | None) -> str:
    return stamp(at) if at else ""
