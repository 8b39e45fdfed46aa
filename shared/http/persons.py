"""个人信息 over HTTP: what is held on a person who asks, and what has been kept long enough.

POST /api/<service>/persons/export; GET /api/<service>/retention. Erasing has no route: it is done at the command line.
"""

from typing import Any

from flask import Response, jsonify

from shared.acts import disclosing, erasing
from shared.acts.disclosing import Asked
from shared.acts.office import Office
from shared.contracts.register import JUSTICE
from shared.forms.fields import Code, Many
from shared.forms.parts import IdentityField, said
from shared.forms.schemas import ValueSchema
from shared.http import audit, bodies, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.errors import demand

MOST_DUE = 500
_TEXT, _WHOLE, _FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
_DAY = {"type": "string", "format": "date"}
_FOUND = spec.fields("本机关案件中存有的本人信息", {
    "items": spec.listed({"class": _TEXT, "case": _TEXT, "sure": _FLAG, "state": _TEXT, "under_way": _FLAG,
                          "opened_on": _TEXT, "agencies": {"type": "array", "items": _TEXT}, "kept_until": _TEXT,
                          "held": {"type": "array", "items": {"type": "object"}}, "called": {"type": "object"}}),
    "note": {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}}})
_RETENTION = spec.fields("各类记录的期限，和满期未删除的", {
    "classes": spec.listed({"class": _TEXT, "months": _WHOLE, "says": _TEXT, "source": _TEXT}),
    "due": spec.listed({"class": _TEXT, "case": _TEXT, "last_on": _DAY, "kept_until": _DAY, "refusal": {
        "type": ["object", "null"], "properties": {"code": _TEXT, "zh": _TEXT, "en": _TEXT, "article": _TEXT}}}),
    "more": {**_WHOLE, "description": "未列出的还有多少"}})


class AskedSchema(ValueSchema):
    """本人申请查阅、复制。"""

    makes = Asked
    name = said("姓名", 100)
    number = IdentityField("公民身份号码", or_code=True)
    application = said("申请编号")
    cases = Many("经核实确属本人的案件（仅姓名相同的）", Code("案件编号", most=36), load_default=())

    def make(self, data: dict[str, Any]) -> Asked:
        return Asked(**{**data, "number": data["number"].value})


def person_routes(office: Office) -> Routes:
    """The routes of one service."""
    routes = Routes("persons", __name__, url_prefix=f"/api/{office.name}", description="个人信息")

    @routes.post("/persons/export")
    @routes.doc(summary="查阅、复制本人的个人信息", requestBody=spec.body(AskedSchema),
                responses={"200": _FOUND, **spec.problems(403, 413, 415, 422)})
    def export() -> Response:
        """What the agency's own cases hold of a person who asks; each case read is logged."""
        viewer = viewer_of(office.access)
        asked = bodies.load(AskedSchema(), bodies.json_object())
        disclosing.may_ask(asked, viewer)
        with office.db.read() as tx:
            found = office.of_person(tx, asked, viewer)
        audit.read(office, viewer)
        for each in found:
            audit.read(office, viewer, each.case)
        zh, en = disclosing.NOTE
        return jsonify({"items": [each.to_dict() for each in found], "note": {"zh": zh, "en": en}})

    @routes.get("/retention")
    @routes.doc(summary="保存期限和已经届满的记录", responses={"200": _RETENTION, **spec.problems(403)})
    def retention() -> Response:
        """How long each class of records is kept, and what has passed its time: for justice, which decides."""
        viewer = viewer_of(office.access)
        with office.db.read() as tx:
            demand((JUSTICE in office.law.snapshot(tx).register.standing(viewer.agency), erasing.BY_JUSTICE))
            rules = erasing.rules_of(tx, office.law, office.clock)
            own = [_rule(rule) for name, rule in rules.items() if name.partition(".")[0] in (office.name, "access_log")]
            found = [each.to_dict() for each in office.due(tx)]
        audit.read(office, viewer)
        return jsonify({"classes": own, "due": found[:MOST_DUE], "more": max(len(found) - MOST_DUE, 0)})

    return routes


def _rule(rule: Any) -> dict[str, Any]:
    return {"class": rule.id, "months": rule.months, "says": rule.says, "source": str(rule.source)}
