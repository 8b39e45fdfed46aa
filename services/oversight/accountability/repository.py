"""第三十一条 问责线索: how its matters are kept, what they look up, and that the board shows their clocks to nobody else."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight import store_numbers
from services.oversight.accountability import hints
from services.oversight.accountability import store as own
from services.oversight.accountability.domain import CHAPTER, Accountability, Enter, ReportAccountability, SetAside
from shared.acts.codes import AGENCIES, REFS
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context, Outcome
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.db.database import one_at_a_time


def summary(case: Accountability) -> Mapping[str, Any]:
    """What a list shows of a matter."""
    return {"situations": list(case.situations), "agency": case.agency, "plan": case.plan, "hint": case.hint,
            "number": case.number, "reported_on": case.reported_on.isoformat() if case.reported_on else None,
            "received_on": case.received_on.isoformat() if case.received_on else None}


def looked_up(tx: Connection, _: Means, __: Row | None, ___: Any, command: Enter | SetAside,
              context: Context) -> Enter | SetAside:
    """The hint as it stands, which is taken up once; and who leads the plan."""
    if command.hint:
        one_at_a_time(tx, "oversight.hint")
        found = hints.one(tx, context.viewer, context.register, context.rulebook, command.hint)
        command = replace(command, found=found)
    if isinstance(command, Enter):
        return replace(command, lead=own.lead_of(tx, command.plan, context.viewer.agency))
    return command


def to_report(tx: Connection, _: Means, __: Row | None, ___: Any, command: ReportAccountability,
              context: Context) -> ReportAccountability:
    """Whether the report's number is another's."""
    return replace(command, used=store_numbers.is_used(tx, CHAPTER.path, context.viewer.agency, command.number))


def numbered(tx: Connection, _: Means, id: str, __: Outcome[Accountability], command: ReportAccountability,
             context: Context) -> None:
    """The number of the report is used."""
    store_numbers.keep(tx, CHAPTER.path, context.viewer.agency, command.number, id)


FILTERS = {"meant": Filter("涉及机关", AGENCIES), "plan": Filter("所涉方案，写作 collab/编号", REFS), "hint": Filter("问责提示")}
ACCOUNTABILITY = Keeping(
    CHAPTER, own.ACCOUNTABILITY, own.columns, {"enter": looked_up, "set-aside": looked_up, "report": to_report},
    {"report": numbered}, summary, FILTERS, told_of=False, named=("agency",))


def parties_of(event: Event) -> frozenset[str]:
    """Who has a part in the matter now, as its event tells."""
    said = event.data
    return frozenset({said["reporter"], *said["offices"], said.get("custodian", "")}) - {""}
