"""Every read of personal data leaves a line in the access log; without the line there is no answer."""

from flask import g, request

from shared.access import log
from shared.acts.model import Viewer
from shared.acts.office import Office


def read(office: Office, viewer: Viewer, subject: str = "") -> None:
    """Logs that `viewer` reads what this request's route gives, of the case or file `subject`."""
    entry = log.Entry(log.READ, what=f"{request.method} {template()}", subject=subject, person=viewer.person,
                      appointment=viewer.appointment, agency=viewer.agency, address=request.remote_addr or "",
                      request=g.request_id)
    with office.db.write() as tx:
        log.record(tx, entry, office.clock.now())


def template() -> str:
    """The route's template: never what stands in the URL itself."""
    return request.url_rule.rule if request.url_rule else "(none)"
