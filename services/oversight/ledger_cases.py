"""What a ledger calls cases of other ledgers: as letters name them, and as of the same instant as the ledger itself.

So the answer as of a past day stays the same: of what stands in no ledger it says only what never changes.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

from services.oversight import store_conferences, store_ledgers, store_task_reports, wording
from services.oversight.ledger_rows import lists_of
from services.oversight.store_ledgers import Version
from shared.rulebook.model import Rulebook


def in_words(tx: Connection, rulebook: Rulebook, refs: Collection[str], as_of: datetime,
             known_to: str = "") -> Mapping[str, str]:
    """What cases are called, by their refs (transfer/<id>); one of which only its parties knew then, by its id.
    `known_to`: the agency that reads, where it does not see all: what a case that it has left was called then."""
    about = {case: service for service, _, case in (ref.partition("/") for ref in refs)}
    reports = {each.id: each for each in store_task_reports.those(tx, about)}
    met = {each.id: wording.conference(each.session, "") for each in store_conferences.those(tx, {
        *about, *(report.case for report in reports.values())})}
    cases = {**about, **{report.case: report.service for report in reports.values()}}
    rows: dict[str, dict[str, Version]] = {}
    for version in store_ledgers.then(tx, cases, as_of, known_to):
        if not version.private:
            rows.setdefault(version.case, {})[version.kind] = version
    plainly = {case: met.get(case) or _by_ledger(rulebook, rows.get(case, {}), service, case)
               for case, service in cases.items()}
    found = {**plainly, **{id: wording.task_report("", plainly[report.case]) for id, report in reports.items()}}
    return {ref: found[ref.partition("/")[2]] for ref in refs}


def _by_ledger(rulebook: Rulebook, kept: Mapping[str, Version], service: str, case: str) -> str:
    kind = wording.ledger_of(kept)
    return wording.named(kind, service, kept[kind.id].row if kind else {}, lists_of(kind, rulebook) if kind else {}, "",
                         case)
