"""What a ledger calls cases of other ledgers: as letters name them, and as of the same instant as the ledger itself.

So the answer as of a past day stays the same: of what stands in no ledger it says only what never changes.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

from services.oversight.conferences import store as conferences_store
from services.oversight.ledgers import naming
from services.oversight.ledgers import store as ledgers_store
from services.oversight.supervision import wording
from services.oversight.task_reports import store as task_reports_store
from shared.rulebook.model import Rulebook


def in_words(tx: Connection, rulebook: Rulebook, refs: Collection[str], as_of: datetime,
             known_to: str = "") -> Mapping[str, str]:
    """What cases are called, by their refs: transfer/<id>, or with the clock for which a ledger has it behind that; one
    of which only its parties knew then, by its id. `known_to`: the agency that reads, where it does not see all: what a
    case that it has left was called then."""
    cases = {case: (service, clock) for service, case, clock in map(_parted, refs)}
    reports = {each.id: each for each in task_reports_store.those(tx, cases)}
    cases |= {report.case: (report.service, "") for report in reports.values()}
    met = {each.id: wording.conference(each.session, "") for each in conferences_store.those(tx, cases)}
    then = (version for version in ledgers_store.then(tx, cases, as_of, known_to) if not version.private)
    found = {**naming.by_ledgers(rulebook, then, cases), **met}
    found |= {id: wording.task_report("", found[report.case]) for id, report in reports.items()}
    return {ref: found[_parted(ref)[1]] for ref in refs}


def _parted(ref: str) -> tuple[str, str, str]:
    service, case, *clock = ref.split("/")
    return service, case, "".join(clock)
