"""How an item of the agenda writes what is over its day, as an office reads it: 文号 or 案由, the agencies, the article,
the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight.ledgers import naming
from services.oversight.ledgers import rows as ledger_rows
from services.oversight.ledgers.definitions import CODE, KINDS
from services.oversight.ledgers.naming import Cases
from services.oversight.ledgers.store import Version
from services.oversight.supervision import wording
from shared.contracts.register import Register
from shared.rulebook.model import Rulebook

NUMBERS = ("letter", "approval", "submission", "number")    # columns that tell a case's 文号, the best first
UNNUMBERED = "未编文号"
TITLE = 200                                             # signs of a title, which a schema takes
LONGEST = 1900                                          # signs of all cases of an item; a schema takes 2,000


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to write of deadlines in words. `today`: the day on which they are proposed."""

    tx: Connection
    register: Register
    rulebook: Rulebook
    today: date

    def cases(self, rows: Sequence[Any]) -> Mapping[str, str]:
        """What the cases of these rows of the board are called, as their ledgers say; no word of one that only its
        parties know."""
        return naming.called(self.tx, self.register, rows, self._by_ledgers)

    def _by_ledgers(self, cases: Cases) -> Mapping[str, str]:
        named = {version.case: self._case(version) for version in naming.rows_of(self.tx, cases)
                 if version.key == version.case}
        return {case: named.get(case, UNNUMBERED) for case in cases}

    def _case(self, version: Version) -> str:
        row, kind = version.row, KINDS.get(version.kind)
        number = next((row[name] for name in NUMBERS if row.get(name)), "")
        agencies = "、".join(self.register.name_of(each) for role in (kind.roles if kind else ())
                            for each in ledger_rows.codes_of(row.get(role)))
        return (number or self._about(version) or UNNUMBERED) + (f"（{agencies}）" if agencies else "")

    def _about(self, version: Version) -> str:
        """What a case without a number is about, in coded words."""
        kind = KINDS.get(version.kind)
        lists = ledger_rows.lists_of(kind, self.rulebook) if kind else {}
        shown = ledger_rows.shown(kind, version.service, version.row, {}, lists) if kind else {}
        coded = [each.id for each in map(kind.column, kind.names) if each.tells == CODE] if kind else []
        return "、".join(shown[name] for name in coded if shown[name])

    def title(self, what: str, row: Any, cases: Mapping[str, str]) -> str:
        """A title that tells items of the same wording apart: by the case, where it is called anything."""
        case = cases[row.case]
        return (what if case == UNNUMBERED else f"{what}——{case}")[:TITLE]

    def line(self, row: Any, cases: Mapping[str, str]) -> str:
        """One row of the board."""
        clock = self.rulebook.clocks.get(row.clock)
        source = f"依据{clock.source.words}，" if clock else ""
        days = (self.today - row.due_on).days if row.due_on else 0
        due = (f"，{row.due_on}到期" if row.due_on else "") + (f"，已逾期{days}日" if days > 0 else "")
        return f"{cases[row.case]}{wording.which(row, self.rulebook)}：{source}{row.started_on}起算{due}"

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
