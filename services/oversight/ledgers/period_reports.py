"""月报、季报、年报: what began in a period, counted by agency and by pair of agencies. Pure.

Refusals, returns and supplements are shown, not ranked: who returns much may be who is sent much that is wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.oversight.ledgers.definitions import COUNT, DAY, LATE, Column, Kind
from services.oversight.ledgers.rows import EARLIER, OVER, Row, codes_of

OPENED = "opened"
Pair = tuple[str, str]


@dataclass
class Tally:
    """What one ledger counts: in all, by whose cases they are, by both sides. `own`: the agency that asks, where it
    does not see all; what its case was with another before is for its sender and that other to know."""

    kind: Kind
    own: str = ""
    total: Counter[str] = field(default_factory=Counter)
    by_agency: dict[str, Counter[str]] = field(default_factory=dict)
    by_pair: dict[Pair, Counter[str]] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """Counts a row; one of several participants once for each of them, and so what it was with another before."""
        ours, theirs = self.kind.roles
        agencies = tuple(codes_of(row.get(ours)))
        figures, others = Counter({OPENED: 1}), dict[str, Counter[str]]()
        for part in (row, *row.get(EARLIER, ())):
            others_of = tuple(codes_of(part.get(theirs)))
            if part is not row and self.own not in ("", *agencies, *others_of):
                continue
            told = {column.id: _figure(column, part) for column in counted(self.kind)}
            figures.update(told)
            for other in others_of:
                others.setdefault(other, Counter({OPENED: 1})).update(told)
        self.total.update(figures)
        for agency in agencies:
            self.by_agency.setdefault(agency, Counter()).update(figures)
            for other, by in others.items():
                self.by_pair.setdefault((agency, other), Counter()).update(by)


def counted(kind: Kind) -> Iterator[Column]:
    """The columns that are counted: what happened how often, and what was late."""
    return (column for column in kind.columns if column.tells in (COUNT, LATE) or (column.tells == DAY
            and not column.fact))


def _figure(column: Column, row: Mapping[str, Any]) -> int:
    if column.tells == LATE:
        return len(row.get(OVER, ()))
    told = row.get(column.id)
    return int(told or 0) if column.tells == COUNT else int(bool(told))


def tally(kind: Kind, rows: Iterable[Row], own: str = "") -> Tally:
    found = Tally(kind, own)
    for row in rows:
        found.add(row)
    return found


def told(found: Tally, names: Mapping[str, str]) -> dict[str, Any]:
    """A ledger's figures as JSON, agencies by code with their names."""
    figures = [OPENED, *(column.id for column in counted(found.kind))]

    def shown(counts: Counter[str]) -> dict[str, int]:
        return {figure: counts[figure] for figure in figures}

    return {
        "ledger": found.kind.id, "title": found.kind.title, "article": found.kind.article,
        "figures": shown(found.total),
        "by_agency": [{"agency": agency, "name": names.get(agency, agency), **shown(counts)}
                      for agency, counts in sorted(found.by_agency.items())],
        "by_pair": [{"agency": pair[0], "name": names.get(pair[0], pair[0]), "other": pair[1],
                     "other_name": names.get(pair[1], pair[1]), **shown(counts)}
                    for pair, counts in sorted(found.by_pair.items())],
    }


def headings(kind: Kind) -> list[tuple[str, float]]:
    """What is counted of a ledger as columns of a sheet, with their widths."""
    return [("件数", 7), *((_times(column), 7) for column in counted(kind))]


def _times(column: Column) -> str:
    return column.title.removesuffix("日期") if column.tells == DAY else column.title
