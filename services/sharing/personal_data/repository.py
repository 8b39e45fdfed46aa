"""How holds are kept: this service knows them at once, the others when they hear of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.personal_data.holds import CHAPTER, Hold, LiftHold, PlaceHold
from services.sharing.store import TABLES
from shared.acts import whom
from shared.acts.codes import AGENCIES, REFS
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context, Outcome
from shared.acts.store import Row, case_tables
from shared.crypto.vault import Vault
from shared.law import holds

HOLDS = case_tables("hold", TABLES, sa.Column("keeper", sa.String(40), nullable=False, index=True),
                    sa.Column("held_case", sa.String(80), nullable=False, index=True))


def columns(case: Hold, _: Vault) -> Mapping[str, Any]:
    return {"keeper": case.keeper, "held_case": case.placed.case}


def digests(_: Connection, means: Means, __: Row | None, ___: Any, command: PlaceHold, ____: Context) -> PlaceHold:
    """The person by keyed digests: by the number where one is known, for a name may be another's too."""
    person = command.person.number or command.person.name
    return replace(command, keys=tuple(sorted(whom.keys((person.value,), means.vault))))


def keep(tx: Connection, _: Means, case_id: str, outcome: Outcome[Hold], __: PlaceHold, ___: Context) -> None:
    said = outcome.facts["held"]
    holds.put(tx, holds.Held(case_id, said["service"], said["case"], frozenset(said["keys"])))


def lift(tx: Connection, _: Means, case_id: str, __: Outcome[Hold], ___: LiftHold, ____: Context) -> None:
    holds.lift(tx, case_id)


def summary(case: Hold) -> Mapping[str, Any]:
    """What a list shows of a hold: whom it is on only the hold itself."""
    return {"document": case.placed.document, "issued_by": case.placed.issued_by, "case": case.placed.case,
            "on": "case" if case.placed.case else "person"}


KEEPING = Keeping(CHAPTER, HOLDS, columns, {"hold": digests}, {"hold": keep, "lift-hold": lift}, summary,
                  {"keeper": Filter("保全机关", AGENCIES),
                   "held_case": Filter("所保全的案件，写作 transfer/编号", REFS)}, told_of=False)
