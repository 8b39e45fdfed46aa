"""第三条, 第二十七条第一项: what a dissolved agency left to nobody is given an heir later. Pure.

Its records and its powers are nobody's case: who has them is read off the register. So justice names there who
continues what was left; cases, plans and filings that it holds are handed over one by one (`assign-successor`), each
looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.sharing.register.agencies import NO_DOCUMENT, Registration, told_whole
from services.sharing.register.dissolution import HEIR_ENDS, NO_HEIR_OF_ITS_KIND, UNKNOWN_HEIR
from services.sharing.register.powers import shared_out, told_where
from shared.acts.heirs import may_succeed, unlike
from shared.acts.model import Context, Outcome
from shared.contracts.register import Agency, Heir, Power
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand

NO_REASON = Refusal("NO_HEIR_REASON", "指定承继机关应当说明理由。", "Naming an heir needs its reason.", where="reason")
HEIR_THERE = Refusal("HEIR_NAMED_BEFORE", "该机关其余事项已确定由「{name}」（{agency}）承继，不再另行指定；该机关又撤销的，就其指定。",
                     "What it left goes to {name} ({agency}) already. Where that one is dissolved itself, name an heir "
                     "of that one.", status=409)
CASES_APART = Refusal("CASES_APART", "档案和权责自即日起归该机关；由司法行政部门代管的案件、方案、备案、目录条目，仍应逐件指定承继机关。",
                      "Records and powers are the heir's from today; cases, plans, filings and catalogue entries that "
                      "justice holds are still handed over one by one.", status=200)
REFUSALS, WARNINGS = (NO_REASON, HEIR_THERE), (CASES_APART,)


@dataclass(frozen=True, slots=True)
class NameHeir:
    """补充指定承继机关, of all that nobody continues so far, by the government's `document`."""

    successor: str
    document: str
    reason: str


def name_heir(case: Registration, command: NameHeir, context: Context) -> Outcome[Registration]:
    """From today on; what is past stays as it was."""
    gone = case.agency
    if rest := next((each.agency for each in gone.heirs if not each.causes), ""):
        demand((False, HEIR_THERE.filled(agency=rest, name=context.register.name_of(rest))))
    demand((command.document, NO_DOCUMENT), (command.reason, NO_REASON), *_heir(gone, command.successor, context))
    heirs = (*gone.heirs, Heir(command.successor))
    named = replace(case, agency=replace(gone, heirs=heirs), documents=(*case.documents, command.document))
    outcome, left = told_whole(named), replace(gone, powers=left_powers(gone, context))
    return replace(outcome, facts={**outcome.facts, "former": gone.code, "successors": [command.successor]},
                   warnings=(*told_where(left, heirs, context, day_of(context.now)),
                             *unlike(gone, context.register.get(command.successor)), CASES_APART))


def left_powers(gone: Agency, context: Context) -> tuple[Power, ...]:
    """The powers that nobody took over."""
    return shared_out(gone, gone.heirs, context.register, day_of(context.now)).get("", ())


def _heir(gone: Agency, successor: str, context: Context) -> Iterator[tuple[object, Refusal]]:
    day, heir = day_of(context.now), context.register.get(successor)
    yield heir and heir.exists_on(day), UNKNOWN_HEIR.filled(agency=successor, day=day)
    yield heir is None or heir.until is None or heir.until < day, HEIR_ENDS.filled(agency=successor)
    yield heir is None or may_succeed(gone, heir), \
        NO_HEIR_OF_ITS_KIND.filled(agency=successor, name=context.register.name_of(successor))
