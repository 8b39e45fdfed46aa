"""GET /api/<service>/deadlines/<deadline>: one deadline with its explanation and where its case stands.

Who reads of a deadline elsewhere, on the board of all, knows its service and its id; of which chapter of the service
its case is, only the service knows.
"""

import re
from dataclasses import replace

from flask import Response, jsonify

from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import NOT_VISIBLE
from shared.deadlines import store
from shared.http import audit, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.errors import Refused

NO_DEADLINE = replace(
    NOT_VISIBLE,
    zh="{service} 没有这一编号的期限，或者本机关无权查看。期限由所属的服务说明，其地址见期限总览的 explained_at。",
    en="{service} has no deadline of that id, or it is not for your agency. Each deadline is explained by its own "
       "service: where, the board says as explained_at.")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def address_of(service: str, deadline: str) -> str:
    """Where a deadline of a service explains itself."""
    return f"/api/{service}/deadlines/{deadline}"


def deadline_routes(office: Office) -> Routes:
    """A deadline of whichever chapter of the service, to whom its case shows it; not the viewer's answers 404."""
    routes = Routes("deadline", __name__, url_prefix=f"/api/{office.name}/deadlines", description="期限说明")

    @routes.get("/<deadline_id>")
    @routes.doc(summary="一个期限及其说明", responses={"200": spec.answer("Deadline", "期限、说明和所属案件的地址"),
                                              **spec.problems(404)})
    def deadline(deadline_id: str) -> Response:
        return jsonify(_explained(office, viewer_of(office.access), deadline_id))

    return routes


def _explained(office: Office, viewer: Viewer, deadline_id: str) -> dict[str, object]:
    """Raises Refused (404)."""
    if _ID.fullmatch(deadline_id):
        with office.db.read() as tx:
            found = store.get(tx, deadline_id)
        if found is not None:
            for path, reads in office.reads.items():
                for told in reads.deadline(found.case, deadline_id, viewer):
                    if reads.acts.chapter.apart:
                        audit.read(office, viewer, found.case)
                    return {**told, "address": f"/api/{office.name}/{path}/{found.case}"}
    raise Refused(NO_DEADLINE.filled(service=office.name))
