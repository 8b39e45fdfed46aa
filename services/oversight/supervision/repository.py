"""第二十九条 督查: how supervision is kept, what its acts look up, and that an answer is a task report to both offices."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight import store_numbers
from services.oversight.ledgers import naming
from services.oversight.supervision import store
from services.oversight.supervision.domain.acts import CHAPTER, against_closing, against_next, answer_days
from services.oversight.supervision.domain.case import ISSUER, TARGET, Close, Found, Issue, StepUp, Supervision
from services.oversight.task_reports.domain import DeliverTaskReport
from shared.acts.codes import AGENCIES, REFS
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import THE_SUITE, Context, Outcome
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.db.database import one_at_a_time
from shared.kernel.errors import Refusal


def summary(case: Supervision) -> Mapping[str, Any]:
    """What a list shows of a supervision."""
    step = case.step
    return {"target": case.holder(TARGET), "issuer": case.holder(ISSUER), "kind": step.kind, "steps": len(case.steps),
            "number": step.number, "issued_on": step.issued_on.isoformat(), "answer_by": step.answer_by.isoformat(),
            "about": list(case.refs)}


def found(tx: Connection, refs: Iterable[str], context: Context) -> Found:
    """What the board holds of these deadlines, and what they are called where it is said what stands against an act."""
    held = store.found(tx, refs)
    cases = naming.in_words(tx, context.register, context.rulebook, held.breaches)
    return replace(held, called={each.ref: f"{cases[each.case]}的“{each.says}”" for each in held.breaches})


def to_issue(tx: Connection, means: Means, _: Row | None, case: Supervision | None, command: Issue | StepUp,
             context: Context) -> Issue | StepUp:
    """What the board holds of the deadlines, the day to answer by where the document names none, and whether its number
    is another's."""
    one_at_a_time(tx, "oversight.supervision")          # a step is taken once, whoever takes it
    refs = case.refs if case else command.deadlines if isinstance(command, Issue) else ()
    used = store_numbers.is_used(tx, CHAPTER.path, context.viewer.agency, command.number)
    return replace(command, found=found(tx, refs, context), used=used,
                   answer_by=command.answer_by or by_default(tx, means, command.kind, context))


def by_default(tx: Connection, means: Means, kind: str, context: Context) -> date | None:
    """The last of the working days in which a step of the kind, issued on the true date, is to be answered; None: the
    kind is on no ladder."""
    days = answer_days(kind, context.rulebook)
    return means.law.snapshot(tx).calendar.add_working_days(context.happened_on, days).due if days else None


def to_close(tx: Connection, _: Means, __: Row | None, case: Supervision, command: Close, context: Context) -> Close:
    return replace(command, found=found(tx, case.refs, context))


def against(tx: Connection, case: Supervision, context: Context) -> Mapping[str, Iterable[Refusal]]:
    """What stands against an act by what the board holds of its deadlines."""
    held = found(tx, case.refs, context)
    return {act: (refusal for holds, refusal in rows(case, held, context) if not holds)
            for act, rows in (("step-up", against_next), ("close", against_closing))}


def issued(tx: Connection, means: Means, id: str, outcome: Outcome[Supervision], *said: Any) -> None:
    store.take(tx, id, outcome.case.breaches)
    numbered(tx, means, id, outcome, *said)


def numbered(tx: Connection, _: Means, id: str, outcome: Outcome[Supervision], *__: Any) -> None:
    """The number of the step that was issued is used."""
    step = outcome.case.step
    store_numbers.keep(tx, CHAPTER.path, step.issuer, step.number, id)


def accepted(tx: Connection, _: Means, id: str, *__: Any) -> None:
    store.excuse(tx, id)


FILTERS = {"target": Filter("被督查机关", AGENCIES), "issuer": Filter("督查机关", AGENCIES),
           "kind": Filter("最近一步的督查文书种类", "supervision_kinds"),
           "deadline": Filter("所督查的逾期期限，写作 transfer/编号", REFS, store.about)}
SUPERVISION = Keeping(
    CHAPTER, store.SUPERVISION, store.columns, summary=summary, filters=FILTERS,
    prepare={"issue": to_issue, "step-up": to_issue, "close": to_close},
    named=(TARGET, ISSUER), against=against,
    saved={"issue": issued, "step-up": numbered, "accept-explanation": accepted})


def news_of(office: Office) -> Mapping[str, Handler]:
    """29: the answer to a step is the report on it to both offices; here it becomes what each has to register, once."""
    def answered(tx: Connection, event: Event) -> None:
        said, day = event.data, date.fromisoformat(event.data["occurred_on"])
        command = DeliverTaskReport(event.source, event.subject, said["step"], said["reporter"], day, (said["step"],),
                                    collection=CHAPTER.path)
        request = Request(happened_on=day, causation=event.id)
        office.acts["task-reports"].do_in(tx, "deliver", command, THE_SUITE, request)

    return {"supervision_answered": answered}
