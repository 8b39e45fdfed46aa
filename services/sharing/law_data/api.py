"""The code lists of the rulebook over HTTP: what every schema's `x-codes` names. Everyone signed in reads them."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request

from shared.acts.office import Office
from shared.http import paging, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.rulebook.codes import lists_of
from shared.rulebook.model import Rulebook

NO_RULEBOOK = Refusal("NO_SUCH_RULEBOOK", "没有发布过这一版规则。", "No such version of the rulebook was published.", "internal",
                      404, "rulebook")
NO_LIST = Refusal("NO_SUCH_LIST", "没有代码表「{name}」。", "There is no code list {name}.", "internal", 404)
_TEXT = {"type": "string"}
_CODE = {"type": "object", "required": ["code", "title"], "properties": {
    "code": _TEXT, "title": _TEXT, "from": _TEXT, "until": {**_TEXT, "description": "停用日：此后可读，不得新用"}, "article": _TEXT}}
_HEAD = {"list": _TEXT, "title": _TEXT, "version": {**_TEXT, "description": "内容摘要"}}
_LISTS = {"type": "object", "properties": {"rulebook": {"type": "object"}, "items": {"type": "array", "items": {
    "type": "object", "properties": {**_HEAD, "codes": {"type": "integer", "description": "代码数"}}}}}}
_LIST = {"type": "object", "properties": {
    "rulebook": {"type": "object"}, **_HEAD, "codes": {"type": "array", "items": _CODE}}}
_OF = {"name": "rulebook", "in": "query", "schema": _TEXT, "description": "规则的版本；不写为现行版本"}


def codes_routes(office: Office) -> Routes:
    """`GET /codes` and `/codes/<list>`, with an ETag that moves when the lists do."""
    routes = Routes("codes", __name__, url_prefix=f"/api/{office.name}/codes", description="代码表")

    @routes.get("")
    @routes.doc(summary="代码表目录", parameters=[_OF], responses=_answers(_LISTS, "代码表目录", 400, 403, 404))
    def lists() -> Response:
        """Every code list: what it is called, how many codes it has, its version."""
        law = _asked(office)
        return _tagged({"rulebook": _named(law), "items": [
            {"list": each.id, "title": each.title, "version": each.version, "codes": len(each.codes)}
            for each in lists_of(law).values()]}, law.version)

    @routes.get("/<name>")
    @routes.doc(summary="代码表", parameters=[_OF], responses=_answers(_LIST, "代码表", 400, 403, 404))
    def one(name: str) -> Response:
        """A list with its codes; one that is out of use is read, and says until when it was used."""
        law = _asked(office)
        found = lists_of(law).get(name)
        if found is None:
            raise Refused(NO_LIST.filled(name=name[:80]))
        return _tagged({"rulebook": _named(law), "list": found.id, "title": found.title, "version": found.version,
                        "codes": found.codes}, found.version)

    return routes


def _answers(schema: Mapping[str, object], title: str, *errors: int) -> dict[str, Any]:
    return {"200": {"description": title, "content": {"application/json": {"schema": schema}}},
            "304": {"description": "没有变化"}, **spec.problems(*errors)}


def _asked(office: Office) -> Rulebook:
    """The rulebook that is asked for: of a version, or today's. Raises Refused (404)."""
    viewer_of(office.access)
    law, version = office.law.now(), paging.asked().filters.get("rulebook", "")
    found = law.rulebooks.get(version) if version else law.current(day_of(office.clock.now()))
    if found is None:
        raise Refused(NO_RULEBOOK)
    return found


def _named(law: Rulebook) -> dict[str, str]:
    return {"id": law.id, "version": law.version, "title": law.title}


def _tagged(body: dict[str, object], version: str) -> Response:
    answer = jsonify(body)
    answer.set_etag(version)
    answer.make_conditional(request)
    return answer
