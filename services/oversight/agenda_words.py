"""How an item of the agenda writes what is over its day, as an office reads it: 文号 or 案由, the agencies, the article,
the days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight import store_ledgers
from services.oversight.ledgers import KINDS
from services.oversight.store_ledgers import Version
from shared.contracts.register import Register
from shared.rulebook.model import Rulebook

NUMBERS = ("letter", "approval", "submission")          # columns of ledgers that tell a case's 文号, the best first
UNNUMBERED = "未编文号"
LONGEST = 1900                                          # signs of all cases of an item; a schema takes 2,000


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to write of deadlines in words. `today`: the day on which they are proposed."""

    tx: Connection
    register: Register
    rulebook: Rulebook
    today: date

    def cases(self, rows: Sequence[Any]) -> Mapping[str, str]:
        """What the cases of these rows of the board are called, as their ledgers say; none where no ledger has one."""
        found = store_ledgers.current(self.tx, sorted({row.case for row in rows}))
        return {version.case: self._case(version) for version in found.values() if version.key == version.case}

    def _case(self, version: Version) -> str:
        row = version.row
        number = next((row[name] for name in NUMBERS if row.get(name)), "")
        cause = self.rulebook.list_of("causes").get(row.get("cause", ""), "")
        kind = KINDS.get(version.kind)
        agencies = "、".join(self.register.name_of(each) for role in (kind.roles if kind else ())
                            for each in _several(row.get(role)))
        return (number or cause or UNNUMBERED) + (f"（{agencies}）" if agencies else "")

    def line(self, row: Any, cases: Mapping[str, str]) -> str:
        """One row of the board."""
        clock = self.rulebook.clocks.get(row.clock)
        source = f"依据{clock.source.words}，" if clock else ""
        days = (self.today - row.due_on).days if row.due_on else 0
        due = (f"，{row.due_on}到期" if row.due_on else "") + (f"，已逾期{days}日" if days > 0 else "")
        return f"{cases.get(row.case, UNNUMBERED)}：{source}{row.started_on}起算{due}"

    def lines(self, rows: Sequence[Any], cases: Mapping[str, str], many: int) -> str:
        """Several rows, as many as an item has room for; `many`: how many there are in all."""
        told, size = list[str](), 0
        for row in rows:
            line = self.line(row, cases)
            size += len(line) + 1
            if told and size > LONGEST:
                break
            told.append(line)
        return "；".join(told) + (f"等{many}件" if many > len(told) else "")


def _several(said: Any) -> Iterable[str]:
    return [said] if isinstance(said, str) and said else said or ()
