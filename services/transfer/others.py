"""What a notice or a call needs to know of other cases: open ones of the same respondent and cause, the withdrawn one
that it takes up again, those that it names as related. Of none is more told than its agency may see."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from services.transfer import store
from services.transfer.case import Transfer
from services.transfer.commands import Announce, Close, FileCase, RecordDecision
from services.transfer.domain import CHAPTER
from services.transfer.origins import TIP, Found, formed
from services.transfer.turns import Phone
from shared.acts.keeping import Means
from shared.acts.model import Context
from shared.acts.store import CaseStore, Row, sees_all
from shared.kernel.errors import Refusal, demand

NOT_WITHDRAWN = Refusal(
    "NOT_WITHDRAWN",
    "所接续的案件不是本机关已撤回的案件。",
    "The case taken up again is none that your agency withdrew.",
    "22",
    where="after",
)
OTHER_WITHDRAWN = Refusal(
    "OTHER_WITHDRAWN",
    "所接续的案件与本案不是同一当事人、同一案由。",
    "The case taken up again is of another respondent or cause.",
    "22",
    where="after",
)
TAKEN_UP = Refusal(
    "TAKEN_UP",
    "所撤回的案件已有后续案件接续，只能接续一次。",
    "Another case takes up the withdrawn one already.",
    "22",
    status=409,
    where="after",
)
UNKNOWN_RELATED = Refusal(
    "UNKNOWN_RELATED",
    "所关联的案件不存在，或者不是本机关可以查看的其他案件。",
    "A related case is none that your agency may see, or is this case itself.",
    "internal",
    where="related",
)
OPEN = frozenset(CHAPTER.states) - CHAPTER.final


def look_up(
    tx: Connection, means: Means, row: Row | None, case: Transfer | None, command: Announce, context: Context
) -> Announce:
    """Adds the respondent's open cases, and of the withdrawn case that this one takes up again its first days."""
    own, key = row.id if row else "", store.respondent_key(command.matter.respondent, means.vault)
    cause, sender = command.matter.cause, context.viewer.agency
    named = store.withdrawn(tx, command.after, sender) if command.after else None
    demand(
        (named or not command.after, NOT_WITHDRAWN),
        (not named or (named.respondent_key, named.cause) == (key, cause), OTHER_WITHDRAWN),
        (not named or not store.taken_up(tx, command.after, own), TAKEN_UP),
        (_may_name(tx, row, command, context), UNKNOWN_RELATED),
    )
    open_same = _visible(tx, store.open_cases_of(tx, key, cause, OPEN, but=own), context) if key else ()
    command = replace(command, open_same=open_same, found=_whence(tx, context, own))
    if not command.after and key:
        command = _found(tx, means, store.not_taken_up(tx, key, cause, sender, own), command)
    return _dated(tx, means, command)


def _found(tx: Connection, means: Means, withdrawn: tuple[str, ...], command: Announce) -> Announce:
    """The one withdrawn case of the same respondent and cause is taken up of itself. What the sender took up only after
    it had withdrawn may be a new violation, and of several nobody says which: then the officer and justice are told."""
    last = _row(tx, means, withdrawn[0]) if len(withdrawn) == 1 else None
    if last and command.matter.accepted_on <= last.last_on:
        return replace(command, after=last.id)
    return replace(command, withdrawn_same=withdrawn)


def _dated(tx: Connection, means: Means, command: Announce) -> Announce:
    """With the first notice and the 受理日期 of the case that it takes up again."""
    row = _row(tx, means, command.after) if command.after else None
    if row is None:
        return command
    earlier: Transfer = _cases(means).shut_case_of(row)
    return replace(command, first_announced_on=earlier.first_announced_on or earlier.announced_on,
                   first_accepted_on=earlier.matter.accepted_on)


def _row(tx: Connection, means: Means, case_id: str) -> Row | None:
    return _cases(means).get(tx, case_id)


def _cases(means: Means) -> CaseStore:
    return CaseStore(CHAPTER, store.CASES, means.documents)


def _visible(tx: Connection, cases: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Those of the cases that the viewer may see, in their order."""
    known = store.known_to(tx, cases, _asking(context)) if cases else frozenset()
    return tuple(case for case in cases if case in known)


def _asking(context: Context) -> str:
    """The viewer's agency; empty for one that sees every case."""
    return "" if sees_all(context.viewer, context.register) else context.viewer.agency


def _may_name(tx: Connection, row: Row | None, command: Announce, context: Context) -> bool:
    """Whether the viewer may see every other case it calls related: by naming one it must not learn of it."""
    named = frozenset(command.related)
    return not named or store.known_to(tx, named, _asking(context)) - {row.id if row else ""} == named


def look_up_call(tx: Connection, means: Means, row: Row | None, case: Transfer | None, command: Phone,
                 context: Context) -> Phone:
    """Adds the respondent's open cases to the call that opens one, and what is known of whence it comes."""
    key = store.respondent_key(command.respondent, means.vault)
    if row is not None:
        return command
    command = replace(command, found=_whence(tx, context, ""))
    if not key:
        return command
    return replace(command, open_same=_visible(tx, store.open_cases_of(tx, key, command.cause, OPEN), context))


def look_up_decision(tx: Connection, means: Means, row: Row | None, case: Transfer, command: RecordDecision | Close,
                     context: Context) -> RecordDecision | Close:
    """Adds the agency's other cases with the decision's number; one that was recorded was told of then."""
    number = command.number if isinstance(command, RecordDecision) else command.decision_number
    if not number or (isinstance(command, Close) and case.decision):
        return command
    return replace(command, same=store.decided_by(tx, number, case.receiver, row.id if row else ""))


def look_up_file_number(tx: Connection, means: Means, row: Row | None, case: Transfer, command: FileCase,
                        context: Context) -> FileCase:
    """Adds the agency's other cases that were filed under this number."""
    if not command.number:
        return command
    return replace(command, same=store.filed_under(tx, command.number, case.receiver, row.id if row else ""))


def _whence(tx: Connection, context: Context, own: str) -> Found | None:
    """What is known of the finding or tip that the case `own` comes from."""
    if not (ref := formed(context)):
        return None
    return store.tip(tx, ref, own) if context.origin["kind"] == TIP else store.finding(tx, ref, own)
