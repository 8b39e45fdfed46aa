"""What the cases of rows of the board are called in documents of supervision, in entries and on the agenda: as their
ledgers tell them. A task report stands in no ledger and is called by who reported on which case, a conference by its
number.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight.conferences import store as conferences_store
from services.oversight.ledgers import store as ledgers_store
from services.oversight.ledgers.rows import lists_of
from services.oversight.ledgers.store import Version
from services.oversight.supervision import wording
from services.oversight.task_reports import store as task_reports_store
from shared.contracts.register import Register
from shared.rulebook.model import Rulebook

Cases = Mapping[str, tuple[str, str]]       # case -> its service, and the clock by which the board has it


def in_words(tx: Connection, register: Register, rulebook: Rulebook, about: Sequence[Any]) -> Mapping[str, str]:
    """How a document of supervision names the cases of these rows of the board, by their ids; one of which only its
    parties know, by its id alone."""
    return called(tx, register, about, lambda cases: by_ledgers(rulebook, rows_of(tx, cases), cases))


def called(tx: Connection, register: Register, about: Sequence[Any],
           words: Callable[[Cases], Mapping[str, str]]) -> Mapping[str, str]:
    """What the cases of these rows of the board are called: as `words` has those that stand in ledgers."""
    cases: dict[str, tuple[str, str]] = {row.case: (row.service, row.clock) for row in about}
    reports = {report.id: report for report in task_reports_store.those(tx, cases)}
    cases |= {report.case: (report.service, "") for report in reports.values()}
    met = {each.id: wording.conference(each.session, each.minutes or "")
           for each in conferences_store.those(tx, cases)}
    found = {**words({case: place for case, place in cases.items() if case not in reports and case not in met}), **met}
    return {**found, **{report.id: wording.task_report(register.name_of(report.reporter), found[report.case])
                        for report in reports.values()}}


def rows_of(tx: Connection, cases: Collection[str]) -> list[Version]:
    """The present rows of these cases in the ledgers, but for those of which only their parties know."""
    return [version for version in ledgers_store.current(tx, cases) if not version.private]


def by_ledgers(rulebook: Rulebook, rows: Iterable[Version], cases: Cases) -> Mapping[str, str]:
    """The same, by these rows of theirs in the ledgers."""
    kept: dict[str, dict[str, Version]] = {}
    for version in rows:
        kept.setdefault(version.case, {})[version.kind] = version
    lists: dict[str, Mapping[str, Mapping[str, str]]] = {}
    found: dict[str, str] = {}
    for case, (service, clock) in cases.items():
        kind = wording.ledger_of(of := kept.get(case, {}))
        if kind and kind.id not in lists:
            lists[kind.id] = lists_of(kind, rulebook)
        found[case] = wording.named(kind, service, of[kind.id].row if kind else {}, lists[kind.id] if kind else {},
                                    clock, case)
    return found
