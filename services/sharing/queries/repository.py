"""How the service keeps queries: what an act looks up, and how a query that is passed on comes to its next holder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.archive.access import Look
from services.sharing.archive.search import Archive
from services.sharing.queries import passed_on, store
from services.sharing.queries import records as query_records
from services.sharing.queries.commands import Complain, ReceivePassed
from services.sharing.queries.domain import acts as queries
from services.sharing.queries.domain.case import Query
from services.sharing.queries.domain.passing import passed
from services.sharing.queries.events import KINDS
from shared.acts.codes import AGENCIES, IDS
from shared.acts.hearing import unless_moved_on
from shared.acts.keeping import Filter, Keeping, Means, keep_file
from shared.acts.model import Context, Outcome, Viewer
from shared.acts.office import Handler, Office
from shared.acts.reading import Page
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event, stamp
from shared.deadlines import store as deadlines
from shared.deadlines.model import OPEN
from shared.files import uses
from shared.kernel.clock import day_of


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

    return {"query_passed_on": query_passed_on, **passed_on.own_news(office)}


def accesses(office: Office, case_id: str, viewer: Viewer, limit: int, after: str = "") -> Page:
    """Who opened what of the query and when, the latest first. Raises Refused 404, and 403 for the asker."""
    case: Query = office.reads["queries"].seen(case_id, viewer)
    queries.may_see_looks(case, viewer, office.law.now().register)
    records = {record for each in case.answers for record in each.said.records}
    with office.db.read() as tx:
        found = store.accessed(tx, case_id, records, case.asker, limit + 1, after)
    items = tuple({"at": stamp(each.at), "agency": each.agency, "person": each.person, "appointment": each.appointment,
                   "what": each.what, "title": store.LOOKS[each.what], "subject": each.subject}
                  for each in found[:limit])
    return Page(items, found[limit - 1].id if len(found) > limit else "")


def given_record(office: Office, case_id: str, record: str, reads_as: Viewer, viewer: Viewer) -> dict[str, Any]:
    """A record that was given with an answer, whole, in the version that was given: partly and in assistance too.
    Raises Refused 404, and 403 for who watches over the sharing only. `reads_as`: the viewer, or whom it succeeded."""
    case: Query = office.reads["queries"].seen(case_id, reads_as)
    version, asked = queries.given_to(case, reads_as.agency, record), case.asking
    look = Look(asked.purpose or asked.assistance, asked.purpose_says or asked.question.says, f"sharing/{case_id}")
    return Archive(office).given(viewer, record, version, look)


FILTERS = {
    "asker": Filter("查询机关", AGENCIES), "holder": Filter("持有机关", AGENCIES), "kind": Filter("查询种类", KINDS),
    "category": Filter("执法档案信息类别", "record_categories"), "batch": Filter("同时查询多家的批次"), "for_case": Filter("为办理的案件"),
    "passed_from": Filter("转来的查询", IDS), "text": Filter("文字", ask=store.words_match, in_url=False),
    "respondent": Filter("当事人", ask=store.respondent_is, in_url=False)}
KEEPING = Keeping(
    queries.CHAPTER, store.QUERIES, store.columns,
    prepare={"complain": look_up_lateness,
             **dict.fromkeys(("answer", "answer-partly", "give-assistance"), query_records.look_up)},
    saved={"add-material": keep_file, "receive-passed": keep_enclosed},
    summary=summary,
    filters=FILTERS,
    named=("asker", "holder"),
    look_up={"correct": passed_on.look_up_correction, "correct-passed": passed_on.look_up_opening},
)
