"""第四章 案件移送: progress asked and given, and cases taken up again. Pure."""

from dataclasses import replace
from datetime import date

from services.transfer import refusals as no
from services.transfer.case import Transfer, done
from services.transfer.parts import Note
from services.transfer.turns import AskProgress, Progress, Reopen
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.kernel.errors import demand

BY_DOCUMENT = frozenset({"review", "judgment"})


def the_acceptance(case: Transfer, _: AskProgress | Progress, __: Context) -> date | None:
    """Progress is asked and told of a case that was accepted."""
    return case.leg.accepted_on


def ask_progress(case: Transfer, command: AskProgress, context: Context) -> Outcome[Transfer]:
    return _noted(case, command.says, context)


def progress(case: Transfer, command: Progress, context: Context) -> Outcome[Transfer]:
    demand((command.says, no.NO_PROGRESS))
    return _noted(case, command.says, context)


def _noted(case: Transfer, says: str, context: Context) -> Outcome[Transfer]:
    note = Note(context.viewer.agency, says, context.happened_on)
    return done(replace(case, progress=(*case.progress, note)), context, {"note": len(case.progress) + 1})


def reopen(case: Transfer, command: Reopen, context: Context) -> Outcome[Transfer]:
    """恢复办理: the decision, the close and the report so far stay as they were; what follows is done anew."""
    demand(
        listed(context, "reopen_grounds", command.ground, no.UNKNOWN_REOPENING),
        (command.ground not in BY_DOCUMENT or command.document, no.NO_REOPENING_DOCUMENT),
        (command.reasons, no.NO_REASON.at("reasons")),
        *signed(command.officer, command.leader),
    )
    reopened = case.handled_so_far(command, context.happened_on)
    return done(reopened, context, {"ground": command.ground, "document": command.document, "closed_on": case.closed_on,
                                    "times": len(reopened.handled)})
