"""What the acts on the register do besides their own case: this service knows the law at once, the others when they
hear of it; and what a dissolution appoints, cancels and brings with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing import store
from services.sharing.domain import AGENCIES
from services.sharing.events import STANDINGS
from services.sharing.register.dissolution import DISSOLVED, TakeStanding
from services.sharing.register.entrustments import PassEntrustment
from services.sharing.register.powers import TakePowers, lacking, shared_out
from services.sharing.register.successors import left_powers
from shared.acts import appointed, codes
from shared.acts.keeping import Filter, Keeping, Means, Prepare, Saved
from shared.acts.model import THE_SUITE, Context, Outcome
from shared.acts.perform import Acts
from shared.acts.request import STILL_RUNNING, Request
from shared.acts.store import Row
from shared.contracts.register import KINDS, LINES, Agency
from shared.db.database import one_at_a_time
from shared.kernel.clock import day_of, start_of
from shared.kernel.errors import Refused
from shared.law import tables

TAKE_EFFECT = "take-effect"


def alone(tx: Connection, means: Means, _: Row | None, __: Any, command: Any, context: Context) -> Any:
    """Holds the other acts back: names, signs and standings are unique over all agencies. Refuses (409) where one of
    them was faster and this one would be decided on old facts."""
    one_at_a_time(tx, "sharing.common")
    if means.law.snapshot(tx).register != context.register:
        raise Refused(STILL_RUNNING)
    return command


def keep_agency(tx: Connection, _: Means, __: str, outcome: Outcome[Any], ___: Any, ____: Context) -> None:
    tables.put_agencies(tx, [outcome.case.agency])


def await_last_day(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
                   context: Context) -> None:
    """On the day after the last the suite does the rest; where that is past, this is done with it."""
    if outcome.case.state == DISSOLVED:
        end(tx, means, case_id, outcome, command, context)
        return
    keep_agency(tx, means, case_id, outcome, command, context)
    at = start_of(outcome.case.agency.until + timedelta(days=1))
    appointed.appoint(tx, appointed.Appointed(case_id, TAKE_EFFECT, AGENCIES.path, at))


def no_last_day(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
                context: Context) -> None:
    keep_agency(tx, means, case_id, outcome, command, context)
    appointed.cancel(tx, case_id, TAKE_EFFECT)


def end(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    """The successors have standing and powers before the former is gone, so that there is no moment without; whom the
    former entrusted acts in the successor's name, or in nobody's, from the same moment on."""
    gone: Agency = outcome.case.agency
    document, acts = outcome.facts["document"], Acts(KEEPING, means)
    if outcome.case.takes_standing:
        taken = TakeStanding(outcome.facts["standing"], gone.code, document)
        acts.do_in(tx, "take-standing", taken, THE_SUITE, Request(registration_of(tx, gone.heirs[-1].agency)))
    _hand_powers(tx, acts, gone, gone, document, context)
    keep_agency(tx, means, case_id, outcome, command, context)
    register, today = means.law.snapshot(tx).register, day_of(context.now)
    heir = register.heir(gone.code, (), today) if len(gone.heirs) == 1 else ""
    for body in [each for each in register.agencies.values() if each.entrusted_by == gone.code]:
        if not register.dissolved(body.code, today):
            passed = PassEntrustment(gone.code, heir, gone.until or today, document)
            acts.do_in(tx, "pass-entrustment", passed, THE_SUITE, Request(registration_of(tx, body.code)))


def _hand_powers(tx: Connection, acts: Acts, gone: Agency, left: Agency, document: str, context: Context) -> None:
    """Who continues a matter has the powers for it. `left`: the agency with those powers that are still to go over."""
    register = acts.means.law.snapshot(tx).register
    for code, powers in shared_out(left, gone.heirs, register, day_of(context.now)).items():
        if code and lacking(register.agencies[code], powers):
            taken = TakePowers(gone.code, powers, document)
            acts.do_in(tx, "take-powers", taken, THE_SUITE, Request(registration_of(tx, code)))


def heir_named(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
               context: Context) -> None:
    """The powers that nobody had are the heir's."""
    gone: Agency = outcome.case.agency
    before = replace(gone, heirs=gone.heirs[:-1])
    _hand_powers(tx, Acts(KEEPING, means), gone, replace(gone, powers=left_powers(before, context)), command.document,
                 context)
    keep_agency(tx, means, case_id, outcome, command, context)


def registration_of(tx: Connection, code: str) -> str:
    """The id of the agency's case in the register. Raises NoResultFound."""
    case = store.AGENCIES.case.c
    return str(tx.execute(sa.select(case.id).where(case.code == code)).scalar_one())


def summary(case: Any) -> Mapping[str, Any]:
    """What a list shows of an agency."""
    return {"agency": case.agency.to_dict(), "superior": case.profile.superior}


BY_ONE = ("register", "change", "dissolve", "revoke-dissolution", "name-heir", TAKE_EFFECT)
PREPARE: Mapping[str, Prepare] = dict.fromkeys(BY_ONE, alone)
SAVED: Mapping[str, Saved] = {
    **dict.fromkeys(("register", "change", "take-standing", "take-powers", "pass-entrustment"), keep_agency),
    "dissolve": await_last_day,
    "revoke-dissolution": no_last_day, "name-heir": heir_named, TAKE_EFFECT: end}
FILTERS = {"code": Filter("机关代码", codes.AGENCIES), "name": Filter("机关名称"), "kind": Filter("类别", KINDS),
           "line": Filter("隶属", LINES), "standing": Filter("常设角色", STANDINGS)}
KEEPING = Keeping(AGENCIES, store.AGENCIES, store.agency_columns, PREPARE, SAVED, summary, FILTERS)
