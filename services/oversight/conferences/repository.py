"""第三十条 联席会议: how conferences are kept, when the next falls due, and that a report on a resolution is a task report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight.conferences import store
from services.oversight.conferences.domain.acts import CHAPTER
from services.oversight.conferences.domain.case import (
    MINUTES_NUMBER_USED,
    Conference,
    FallDue,
    HoldConference,
    RecordMinutes,
    SetAgenda,
)
from services.oversight.task_reports.repository import delivers
from shared.acts.codes import AGENCIES
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import THE_SUITE, Context
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.contracts.register import JUSTICE
from shared.db.database import one_at_a_time
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused

PATH = CHAPTER.path
FIRST = ("rulebook_published", "agency_registered", "agency_changed")    # what may make the city one that can confer


def summary(case: Conference) -> Mapping[str, Any]:
    """What a list shows of a conference."""
    called = case.called
    return {"session": case.due.session, "meets_on": called.meets_on.isoformat() if called else None,
            "place": called.place if called else "", "held_on": case.held_on.isoformat() if case.held_on else None,
            "minutes": case.minutes, "members": len(case.members), "agenda": len(case.agenda),
            "present": len(case.present), "absent": len(case.absent),
            "resolutions": [{"resolution": number, "owner": each.owner, "due_on": each.due_on.isoformat(),
                             "done_on": each.done_on.isoformat() if each.done_on else None}
                            for number, each in enumerate(case.resolutions, 1)]}


def counted(tx: Connection, _: Means, __: Row | None, ___: Any, command: FallDue, ____: Context) -> FallDue:
    """Which conference it is."""
    one_at_a_time(tx, "oversight.conference")
    return replace(command, session=store.latest_session(tx) + 1)


def begun_with(tx: Connection, means: Means, row: Row | None, _: Any, command: SetAgenda | HoldConference,
               __: Context) -> SetAgenda | HoldConference:
    """What is open of other conferences, which this one begins with; of an agenda, which of its cases are not known."""
    begun = replace(command, unfinished=store.unfinished(tx, means.documents, row.id if row else ""))
    if isinstance(begun, HoldConference):
        return begun
    refs = {ref for each in begun.items for ref in (each.ref, *each.refs) if ref}
    return replace(begun, unknown=tuple(sorted(refs - store.known(tx, refs))))


def number_is_free(tx: Connection, _: Means, __: Row | None, ___: Any, command: RecordMinutes,
                   ____: Context) -> RecordMinutes:
    """A number of minutes is used once."""
    one_at_a_time(tx, "oversight.minutes")
    if store.minutes_used(tx, command.number):
        raise Refused(MINUTES_NUMBER_USED.filled(number=command.number))
    return command


FILTERS = {"minutes": Filter("纪要文号"), "owes": Filter("尚有议定事项未办结的机关", AGENCIES, store.owes)}
CONFERENCES = Keeping(
    CHAPTER, store.CONFERENCES, store.columns,
    {"fall-due": counted, "set-agenda": begun_with, "hold": begun_with, "record-minutes": number_is_free},
    summary=summary, filters=FILTERS, named=("resolutions.owner",))


def begins_with(office: Office, told: Handler) -> Handler:
    """The first period of all begins where the city has its law and its justice, though no conference was ever held."""
    def begun(tx: Connection, event: Event) -> None:
        told(tx, event)
        law, today = office.law.snapshot(tx), day_of(office.clock.now())
        if law.rulebooks and law.register.standing_agencies(JUSTICE) and not store.latest_session(tx):
            fall_due(office, tx, FallDue(), today, event)

    return begun


def fall_due(office: Office, tx: Connection, command: FallDue, day: date, event: Event) -> None:
    """The next conference is due, in the follower's transaction and once for its event."""
    office.acts[PATH].do_in(tx, "fall-due", command, THE_SUITE, Request(happened_on=day, causation=event.id))


def own_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of itself: with a conference the next period begins; a report on a resolution is with both."""
    def held(tx: Connection, event: Event) -> None:
        fall_due(office, tx, FallDue(previous=event.subject), date.fromisoformat(event.data["occurred_on"]), event)

    reported = delivers(office, PATH)
    return {"conference_held": held, "resolution_reported": reported, "resolution_done": reported}
