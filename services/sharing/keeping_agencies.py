"""What the acts on the register do besides their own case: this service knows the law at once, the others when they
hear of it; and what a dissolution appoints, cancels and brings with it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing import store
from services.sharing.dissolving import TakeStanding
from services.sharing.domain import AGENCIES
from shared.acts import appointed
from shared.acts.keeping import Keeping, Means, Prepare, Saved
from shared.acts.model import THE_SUITE, Context, Outcome
from shared.acts.perform import Acts
from shared.acts.request import STILL_RUNNING, Request
from shared.acts.store import Row
from shared.clock import start_of
from shared.contracts.register import Agency
from shared.db import one_at_a_time
from shared.errors import Refused
from shared.law import tables

Inherit = Callable[[Connection, Agency, Context], None]
# What is by agency and no case: each moves its rows to the heirs of a dissolved agency, in the act's own transaction.
INHERITS: tuple[Inherit, ...] = ()
TAKE_EFFECT = "take-effect"


def alone(tx: Connection, means: Means, _: Row | None, __: Any, command: Any, context: Context) -> Any:
    """Holds the other acts back: names, signs and standings are unique over all agencies. Refuses (409) where one of
    them was faster and this one would be decided on old facts."""
    one_at_a_time(tx, "sharing.common")
    if means.law.snapshot(tx).register != context.register:
        raise Refused(STILL_RUNNING)
    return command


def keep_agency(tx: Connection, _: Means, __: str, outcome: Outcome[Any], ___: Any, ____: Context) -> None:
    tables.put_agency(tx, outcome.case.agency)


def await_last_day(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
                   context: Context) -> None:
    """On the day after the last the suite does the rest; where that is past, at once."""
    keep_agency(tx, means, case_id, outcome, command, context)
    at = start_of(outcome.case.agency.until + timedelta(days=1))
    appointed.appoint(tx, appointed.Appointed(case_id, TAKE_EFFECT, AGENCIES.path, at))


def no_last_day(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
                context: Context) -> None:
    keep_agency(tx, means, case_id, outcome, command, context)
    appointed.cancel(tx, case_id, TAKE_EFFECT)


def end(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    """The successor has the standing before the former is gone, so that there is no moment without."""
    gone: Agency = outcome.case.agency
    if outcome.case.takes_standing:
        taken = TakeStanding(outcome.facts["standing"], gone.code, outcome.facts["document"])
        heir = registration_of(tx, gone.heirs[-1].agency)
        Acts(KEEPING, means).do_in(tx, "take-standing", taken, THE_SUITE, Request(heir))
    keep_agency(tx, means, case_id, outcome, command, context)
    for inherit in INHERITS:
        inherit(tx, gone, context)


def registration_of(tx: Connection, code: str) -> str:
    """The id of the agency's case in the register. Raises NoResultFound."""
    case = store.AGENCIES.case.c
    return str(tx.execute(sa.select(case.id).where(case.code == code)).scalar_one())


def summary(case: Any) -> Mapping[str, Any]:
    """What a list shows of an agency."""
    return {"agency": case.agency.to_dict(), "superior": case.profile.superior}


BY_ONE = ("register", "change", "dissolve", "revoke-dissolution", TAKE_EFFECT)
PREPARE: Mapping[str, Prepare] = dict.fromkeys(BY_ONE, alone)
SAVED: Mapping[str, Saved] = {
    **dict.fromkeys(("register", "change", "take-standing"), keep_agency), "dissolve": await_last_day,
    "revoke-dissolution": no_last_day, TAKE_EFFECT: end}
KEEPING = Keeping(AGENCIES, store.AGENCIES, store.agency_columns, PREPARE, SAVED, summary, store.AGENCY_FILTERS)
