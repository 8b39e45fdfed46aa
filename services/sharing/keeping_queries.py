"""How the service keeps queries: what an act looks up, and how a query that is passed on comes to its next holder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing import queries, query_corrections, store_queries
from services.sharing.query_asking import passed
from services.sharing.query_case import HOLDER, Query
from services.sharing.query_commands import Complain, ReceivePassed
from shared.acts import originals
from shared.acts.hearing import unless_moved_on
from shared.acts.keeping import Keeping, Means, keep_file
from shared.acts.model import Context, Outcome, Viewer
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.clock import day_of
from shared.contracts.envelope import Event
from shared.deadlines import store as deadlines
from shared.deadlines.model import OPEN
from shared.errors import Refusal, Refused
from shared.files import uses

HOLDERS_ONLY = Refusal("HOLDERS_ONLY", "查阅记录由持有机关和司法局、市政府办公室查看。",
                       "Who opened what is for the holder, justice and the government office to see.", "27", 403)


def look_up_lateness(tx: Connection, means: Means, row: Row | None, case: Query, command: Complain,
                     context: Context) -> Complain:
    """Whether a time limit of the holder has run out, by the true date of the complaint."""
    assert row is not None
    running = (each for each in deadlines.load_open(tx, row.id) if each.state == OPEN and each.bound == case.holder)
    return replace(command, late=any(not each.provisional and each.due_at <= context.happened_at for each in running))


def keep_enclosed(tx: Connection, means: Means, case_id: str, outcome: Outcome[Query], command: ReceivePassed,
                  context: Context) -> None:
    """The files that the asker enclosed are kept as long as the next holder's query names them, too."""
    for digest in {each.digest for each in command.materials if each.digest}:
        uses.note(tx, digest, case_id, context.now)


def summary(case: Query) -> Mapping[str, Any]:
    """What a list shows of a query, as seen."""
    said = case.asking
    return {"asker": case.asker, "asker_outside": case.outside, "holder": case.holder, "kind": case.kind,
            "category": said.question.category, "respondent": said.question.respondent.name.value,
            "group": said.group, "case": said.case, "passed_from": case.passed_from}


def own_news(office: Office) -> Mapping[str, Handler]:
    """27: a query that was passed on is opened at the next holder by the suite, on the day it was; of one passed on
    that day, at that time, for hours may count."""
    acts = office.acts["queries"]

    def query_passed_on(tx: Connection, event: Event) -> None:
        row = acts.store.get(tx, event.subject)
        if row is None:
            return
        on = date.fromisoformat(event.data["occurred_on"])
        request = Request(happened_on=on, happened_at=event.time if day_of(event.time) == on else None,
                          causation=event.id, origin=row.origin)
        unless_moved_on(acts, tx, "receive-passed", passed(acts.store.case_of(row), row.id), request)

    return {"query_passed_on": query_passed_on}


def accesses(office: Office, case_id: str, viewer: Viewer) -> tuple[store_queries.Accessed, ...]:
    """Who opened what of the query and when, the latest first. Raises Refused 404, and 403 for the asker."""
    case: Query = office.reads["queries"].seen(case_id, viewer)
    register = office.law.now().register
    holds = any(party.part == HOLDER and party.agency == viewer.agency for party in case.parties)
    if not (holds or viewer.suite or register.standing(viewer.agency) & queries.SEES_ALL):
        raise Refused(HOLDERS_ONLY)
    records = {record for each in case.answers for record in each.said.records}
    with office.db.read() as tx:
        return store_queries.accessed(tx, case_id, records, case.asker)


KEEPING = Keeping(
    queries.CHAPTER, store_queries.QUERIES, store_queries.columns,
    prepare={"complain": look_up_lateness},
    saved={"add-material": keep_file, "receive-passed": keep_enclosed},
    summary=summary,
    filters=store_queries.FILTERS,
    conditions={"text": store_queries.words_match, "respondent": store_queries.respondent_is},
    look_up={"correct": originals.look_up(queries.CHAPTER, query_corrections.ROWS)},
)
