"""`?of=`: what a dissolved agency had is read by who succeeded it, as that agency could. It reads, and no more.

A case that the agency had closed with or left before its end is no case of the successor's: it has no part in it, finds
it in no list of its own and acts on it as a stranger. Its history is read by asking as whom.
"""

from dataclasses import dataclass, replace

from flask import request
from sqlalchemy.engine import Connection

from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused

OF = "of"
OF_PARAMETER = {"name": OF, "in": "query", "schema": {"type": "string"},
                "description": "由本机关整体承继的机关：按该机关撤销时所能查阅的范围读取"}
OF_ANOTHER = Refusal(
    "READS_OF_ANOTHER", "「{agency}」不是由本机关整体承继的机关，不能查阅其留下的案件；按事项承继的，承继的案件已在本机关名下。",
    "{agency} is no agency that yours succeeded in all: what it left is not read. What was taken over by matter is "
    "among your own cases.", "internal", 403, OF)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an agency reads what another had: all of it, as its own or as who succeeded it in all; or what it took
    over of it by matter."""

    whole: bool
    in_part: bool


def reach(office: Office, own: str, asked: str, tx: Connection) -> Reach:
    """How far the agency `own` reads today what the agency `asked` had, by the register alone."""
    if asked == own:
        return Reach(True, False)
    register, today = office.law.snapshot(tx).register, day_of(office.clock.now())
    return Reach(asked in register.forebears(own, today), asked in register.forebears_in_part(own, today))


def reads_as(office: Office, viewer: Viewer) -> Viewer:
    """Who reads: the viewer, or with `?of=` as an agency that its own succeeded in all. Raises Refused (403). What is
    logged is who asked."""
    asked = request.args.get(OF, "")
    if asked in ("", viewer.agency):
        return viewer
    with office.db.read() as tx:
        if not reach(office, viewer.agency, asked, tx).whole:
            raise Refused(OF_ANOTHER.filled(agency=asked))
    return replace(viewer, agency=asked)
