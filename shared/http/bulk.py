"""Many openings in one call: NDJSON, a line a case. Each line is an act of its own in a transaction of its own, found
again by its reference: a file that is sent again does one thing, and a line that is wrong holds up no other.

POST /<path>/bulk
"""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request
from marshmallow import Schema

from shared.acts.model import Act, Viewer
from shared.acts.office import Office
from shared.contracts.classified import STATE_SECRET
from shared.forms.schemas import Loaded
from shared.http import bodies, problem, spec
from shared.http.conditional import Conditions
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import address_of, circumstances_of, note_secrets
from shared.kernel.errors import Refusal, Refused

NDJSON = "application/x-ndjson"
MOST_LINES = 500
LARGEST = 8 * 1024 ** 2             # bytes of a file
TOLD = 5                            # refusals told of a line: what else is wrong with it the next try says
LONGEST = 300                       # signs of one's words, and of each of its values

NOT_NDJSON = Refusal("UNSUPPORTED_TYPE", "批量开案应当以 NDJSON（application/x-ndjson）报送。",
                     "Openings in bulk come as NDJSON (application/x-ndjson).", status=415, where="Content-Type")
TOO_MANY_LINES = Refusal("TOO_MANY_LINES", "一次最多 {most} 行，请分批。", "At most {most} lines a call: divide them.",
                         "internal", 413)
NO_LINES = Refusal("NO_LINES", "没有一行内容。", "There is no line.", "internal")
NO_REF = Refusal("REF_NEEDED", "批量开案的每一行都应当写明 external_ref，重发时据此识别。",
                 "Each line of a bulk gives its external_ref: it is known by that when it is sent again.", "internal",
                 where="external_ref")
NO_SUCH_OPENING = Refusal("NO_SUCH_OPENING", "没有这一开案行为。可选：{acts}。", "No such act opens a case here. There are: {acts}.",
                          "internal", where="act")

_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_LINE = {"line": _WHOLE, "external_ref": {"type": "object", "properties": {"system": _TEXT, "id": _TEXT}},
         "status": {**_WHOLE, "description": "201 opened, 200 was there already, from 400 on refused"},
         "id": _TEXT, "revision": _WHOLE, "address": _TEXT, "warnings": {"type": "array", "items": {"type": "object"}},
         "code": _TEXT, "refusals": {"type": "array", "items": spec.REFUSAL}}
_ITEMS = {"type": "array", "items": {"type": "object", "required": ["line", "status"], "properties": _LINE}}
_ANSWER = {"items": _ITEMS, "opened": _WHOLE, "already": _WHOLE, "refused": _WHOLE}


def add_bulk(routes: Routes, office: Office, path: str, schemas: Mapping[str, type[Schema]]) -> None:
    """Adds the route to those of the chapter whose cases stand at `path`; a line's `act` chooses among the acts that
    open a case, the first where it says none."""
    acts = {act.name: act for act in office.acts[path].chapter.acts if act.opens and act.name in schemas}

    @routes.post("/bulk")
    @routes.doc(
        summary="批量开案", description=f"一行一案，最多 {MOST_LINES} 行，逐行办理、逐行应答；act 可选：{'、'.join(acts)}。",
        requestBody={"required": True, "content": {NDJSON: {"schema": {
            "type": "string", "description": "一行一个 JSON 对象，UTF-8；external_ref 必填"}}}},
        responses={"200": spec.fields("逐行应答", _ANSWER), **spec.problems(403, 413, 415, 422)})
    def bulk() -> Response:
        viewer = viewer_of(office.access)
        if request.mimetype != NDJSON:
            raise Refused(NOT_NDJSON)
        request.max_content_length = LARGEST
        lines = [(number, line) for number, line in enumerate(request.get_data().split(b"\n"), 1) if line.strip()]
        if len(lines) > MOST_LINES:
            raise Refused(TOO_MANY_LINES.filled(most=MOST_LINES))
        if not lines:
            raise Refused(NO_LINES)
        forms = {name: schemas[name]() for name in acts}        # made once: a form costs more than a line's content
        items = [_Line(office, path, acts, forms, viewer).told(number, line) for number, line in lines]
        return jsonify({"items": items, "opened": sum(each["status"] == 201 for each in items),
                        "already": sum(each["status"] == 200 for each in items),
                        "refused": sum(each["status"] >= 400 for each in items)})


class _Line:
    """One line: parse, call, dump."""

    def __init__(self, office: Office, path: str, acts: Mapping[str, Act], forms: Mapping[str, Schema],
                 viewer: Viewer) -> None:
        self.office, self.path, self.acts, self.forms, self.viewer = office, path, acts, forms, viewer
        self._base = f"/api/{office.name}/{path}"
        self._ref: Mapping[str, str] = {}

    def told(self, number: int, line: bytes) -> dict[str, Any]:
        """What became of it: `status` as it would be of a call of its own."""
        try:
            told = self._opened(line)
        except Refused as refused:
            address = address_of(self.office.name, self.path, refused)
            told = {"status": refused.status, "code": refused.refusals[0].code,
                    **({"address": address} if address else {}),
                    "refusals": [short(each) for each in refused.refusals[:TOLD]]}
        return {"line": number, **({"external_ref": self._ref} if self._ref else {}), **told}

    def _opened(self, line: bytes) -> dict[str, Any]:
        if len(line) > self.office.settings.body_limit:
            raise Refused(problem.TOO_LARGE)
        body = bodies.parsed(line)
        name = body.pop("act", next(iter(self.acts)))
        if not isinstance(name, str) or name not in self.acts:
            raise Refused(NO_SUCH_OPENING.filled(acts="、".join(self.acts)))
        acts = self.office.acts[self.path]
        try:
            loaded: Loaded = bodies.load(self.forms[name], body)
        except Refused as refused:
            note_secrets(acts, name, self.viewer, "", refused)
            if not any(each.code == STATE_SECRET.code for each in refused.refusals):
                self._ref = body["external_ref"] if _plain(body.get("external_ref")) else {}
            raise
        if "external_ref" not in loaded.common:
            raise Refused(NO_REF)
        self._ref = dict(loaded.common["external_ref"])
        first = name == next(iter(self.acts))
        digest = bodies.digest_of(self._base if first else f"{self._base}/{name}", body)
        asked = circumstances_of(loaded.common, Conditions("", None), "", digest)
        done = acts.do(name, loaded.command, self.viewer, asked)
        return {"status": 200 if done.replayed else 201, "id": done.case_id, "revision": done.revision,
                "address": f"{self._base}/{done.case_id}", "warnings": done.answer["warnings"]}


def short(refusal: Refusal) -> dict[str, Any]:
    """A refusal as every answer tells it, cut: of its values those that are not long."""
    told = problem.dumped(refusal)
    return {**told, "detail": told["detail"][:LONGEST],
            "values": {name: value for name, value in told["values"].items() if len(str(value)) <= LONGEST}}


def _plain(ref: Any) -> bool:
    """Whether what stands there is a reference, so that a line which is wrong is known by it."""
    return isinstance(ref, dict) and ref.keys() == {"system", "id"} and all(
        isinstance(each, str) and len(each) <= 200 for each in ref.values())
