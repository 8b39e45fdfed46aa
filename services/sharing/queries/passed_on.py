"""What a query that was passed on looks up when the day of that is put right; how the right day comes to the next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.queries import corrections
from services.sharing.queries.commands import CorrectPassed
from services.sharing.queries.domain.acts import CHAPTER
from services.sharing.queries.domain.case import Query
from services.sharing.queries.domain.passing import PASS_ON, moved
from services.sharing.queries.store import QUERIES
from shared.acts import originals
from shared.acts.correct import Correct
from shared.acts.corrections import NO_SUCH_ENTRY, Original
from shared.acts.hearing import CONFLICT, unless_moved_on
from shared.acts.keeping import Means
from shared.acts.model import Context
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import CaseStore, Row
from shared.contracts.envelope import Event
from shared.kernel.errors import demand

_corrected = originals.look_up(CHAPTER, corrections.ROWS)
GONE = CONFLICT | {NO_SUCH_ENTRY.status}          # what it held was erased since


def look_up_correction(tx: Connection, means: Means, row: Row | None, case: Query, command: Correct,
                       context: Context) -> Correct:
    """The act that is corrected. That a query was passed on lies before whatever the next holder did with it."""
    found: Correct = _corrected(tx, means, row, case, command, context)
    original = found.said.original
    assert row is not None and original is not None
    following = _next(tx, row.id) if original.act == PASS_ON else None
    if following is None:
        return found
    last = min(original.last, _opening(tx, means, following, context).last)
    return replace(found, said=replace(found.said, original=replace(original, last=last)))


def look_up_opening(tx: Connection, means: Means, row: Row | None, case: Query, command: CorrectPassed,
                    context: Context) -> CorrectPassed:
    """The act by which the query began at the next holder. Raises Refused where it was not passed on to it."""
    demand((case.passed_from, NO_SUCH_ENTRY))
    assert row is not None
    found = originals.opening(tx, means.journal, means.documents, CHAPTER, row.id, case, context)
    return replace(command, entry=found.entry, event=found.event, was_on=found.on, was_at=found.at,
                   others_last=found.others_last)


def _opening(tx: Connection, means: Means, query: str, context: Context) -> Original:
    store = CaseStore(CHAPTER, QUERIES, means.documents)
    row = store.get(tx, query)
    assert row is not None
    return originals.opening(tx, means.journal, means.documents, CHAPTER, query, store.case_of(row), context)


def _next(tx: Connection, query: str) -> str | None:
    """The query at the next holder, once the suite has opened it."""
    case = QUERIES.case.c
    return tx.execute(sa.select(case.id).where(case.passed_from == query)).scalar()


def own_news(office: Office) -> Mapping[str, Handler]:
    """The day of a passing on was put right: the query at the next holder begins on it."""
    return {"query_corrected": partial(_carry_over, office)}


def _carry_over(office: Office, tx: Connection, event: Event) -> None:
    acts, right = office.acts["queries"], moved(event.data)
    row, following = (acts.store.get(tx, event.subject), _next(tx, event.subject)) if right else (None, None)
    if row is None or following is None or right is None:
        return
    case: Query = acts.store.case_of(row)
    said = next(each for each in reversed(case.corrections) if each.entry == event.data["corrected"]
                and each.new.value == right.isoformat())
    request = Request(following, happened_on=date.fromisoformat(event.data["occurred_on"]), causation=event.id)
    unless_moved_on(acts, tx, "correct-passed", CorrectPassed(right, said.reason, said.by), request, GONE)
