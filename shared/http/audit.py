"""Every read of personal data leaves a line in the access log; without the line there is no answer. A look that was
refused leaves one too."""

import logging
import re

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from shared.access import log
from shared.acts.findings import ID
from shared.acts.model import Viewer
from shared.acts.office import Office

LOOKS = ("GET", "HEAD")
_ID = re.compile(ID)
_log = logging.getLogger("liandong.http")


def read(office: Office, viewer: Viewer, subject: str = "") -> None:
    """Logs that `viewer` reads what this request's route gives, of the case or file `subject`."""
    entry = log.Entry(log.READ, what=f"{request.method} {template()}", subject=subject, person=viewer.person,
                      appointment=viewer.appointment, agency=viewer.agency, address=request.remote_addr or "",
                      request=g.request_id)
    with office.db.alone() as tx:
        log.record(tx, entry, office.clock.now())


def refusals(app: Flask, office: Office) -> None:
    """Each look of the app that was refused to who has a token, for it is not there or not theirs, leaves a line."""
    @app.after_request
    def note(answer: Response) -> Response:
        if request.method in LOOKS and answer.status_code in (403, 404) and "claims" in g and "refusal" in g:
            _refused(office)
        return answer


def _refused(office: Office) -> None:
    """Only an id that a case could have is kept of the URL. The refusal is told also where it can't be logged."""
    claims, given = g.claims, (request.view_args or {}).values()
    subject = next((each for each in given if isinstance(each, str) and _ID.fullmatch(each)), "")
    entry = log.Entry(log.REFUSED, f"{request.method} {template()}", subject, g.refusal, claims.subject,
                      claims.appointment, claims.agency, request.remote_addr or "", g.request_id)
    try:
        with office.db.alone() as tx:
            log.record(tx, entry, office.clock.now())
    except SQLAlchemyError as error:
        _log.error("a refused look is not in the access log: %s (request %s)", type(error).__name__, g.request_id)


def template() -> str:
    """The route's template: never what stands in the URL itself."""
    return request.url_rule.rule if request.url_rule else "(none)"
