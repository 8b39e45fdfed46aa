"""签批: whose signature stands for what an agency's own system does. An act that a leader must do a machine does only
where a leader of its agency had signed it: the appointment, when, and the digest of the signed approval are evidence.

Nothing here looks into the approval itself: its digest binds the paper or file that the agency keeps.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Connection

from shared.access.appointments import place_of
from shared.acts.model import Chapter, Rank, Viewer
from shared.acts.request import Request, SignedBy
from shared.contracts.machines import code_of
from shared.contracts.register import JUSTICE, Register
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal

NOT_OF_AGENCY = Refusal("SIGNED_BY_UNKNOWN", "signed_by 中的任职不是本机关的任职。", "No such appointment of your agency signed.",
                        "internal", 403, "signed_by.appointment")
NOT_HELD_THEN = Refusal("SIGNED_BY_NOT_HELD", "签批当日（{day}）该任职尚未开始或者已经终止。",
                        "The appointment was not held on the day of the signature ({day}).", "internal", 403,
                        "signed_by.signed_at")
SIGNED_LATER = Refusal("SIGNED_BY_LATER", "签批时间不得晚于现在，也不得晚于行为的发生日期。",
                       "The approval was signed in the future, or after the act.", "internal", 403,
                       "signed_by.signed_at")
SIGNED_EARLIER = Refusal(
    "SIGNED_BY_EARLIER", "签批时间（{day}）早于本案开案之日（{opened}）：尚不存在的案件，不能事先签批。",
    "The approval was signed on {day}, before the case was opened ({opened}): no act on it could be approved then.",
    "internal", 403, "signed_by.signed_at")
PERSON_SIGNS = Refusal("SIGNED_BY_PERSON", "由人员本人办理的，不填写 signed_by。",
                       "Only a system says who signed: a person does it.", "internal", where="signed_by")


def as_here(tx: Connection, viewer: Viewer, chapter: Chapter, request: Request, now: datetime,
            opened_on: date | None = None) -> Viewer:
    """The viewer as this chapter's acts know it: of a machine, what it may do here, and the rank of who signed.
    `opened_on`: the true day of the case's first act; None where the act opens it."""
    viewer = unsigned(viewer, chapter)
    if not viewer.machine or request.signed_by is None:
        return viewer
    rank, refusal = _judged(tx, viewer, request.signed_by, request, now, opened_on)
    return replace(viewer, rank=rank, unsigned=refusal)


def unsigned(viewer: Viewer, chapter: Chapter) -> Viewer:
    """The same without a signature."""
    if not viewer.machine or viewer.acts is None:
        return viewer
    here = code_of(chapter.service, chapter.path, "")
    return replace(viewer, acts=frozenset(each.removeprefix(here) for each in viewer.acts if each.startswith(here)))


def reads_signature(agency: str, of: str, register: Register) -> bool:
    """Whether an agency reads who of the agency `of` signed what its system did: itself, and justice, which oversees.
    To the other parties the act is the agency's; how it came to it is its own affair."""
    return agency == of or agency in register.standing_agencies(JUSTICE)


def _judged(tx: Connection, viewer: Viewer, said: SignedBy, request: Request, now: datetime,
            opened_on: date | None) -> tuple[Rank, Refusal | None]:
    """The rank at which it was signed, or why it was not."""
    place, day = place_of(tx, said.appointment), day_of(said.signed_at)
    if place is None or place.agency != viewer.agency:
        return viewer.rank, NOT_OF_AGENCY
    if not place.held_on(day):
        return viewer.rank, NOT_HELD_THEN.filled(day=day)
    done_on = request.happened_on or (day_of(request.happened_at) if request.happened_at else day_of(now))
    if said.signed_at > now or day > done_on or (request.happened_at and said.signed_at > request.happened_at):
        return viewer.rank, SIGNED_LATER
    # by days: at which hour a case was opened is known of few, and paper may be signed before its system enters both
    if opened_on and day < opened_on:
        return viewer.rank, SIGNED_EARLIER.filled(day=day, opened=opened_on)
    return Rank(place.rank), None
