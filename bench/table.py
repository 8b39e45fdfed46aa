"""Rounds that alternate, and the table they are printed in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from unicodedata import east_asian_width

Round = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """A measure beside its baseline, each with the figures of all its rounds, in the same unit.

    `aim`: measured by baseline; at least that where more is better, at most where less is. None: the row has no aim.
    """

    what: str
    clients: int
    measured: Sequence[float]
    baseline: Sequence[float]
    unit: str                         # acts/s, ms, MB
    against: str                      # what the baseline is
    aim: float | None
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """The median of the measure by that of the baseline."""
        return median(self.measured) / median(self.baseline)

    @property
    def reached(self) -> str:
        """Whether the aim is reached, in a word; empty without an aim."""
        if self.aim is None:
            return ""
        return "yes" if (self.ratio <= self.aim if self.less_is_better else self.ratio >= self.aim) else "no"


def alternated(measured: Round, baseline: Round, rounds: int) -> tuple[list[float], list[float]]:
    """The figures of `rounds` rounds of each, one after the other in turn: a load that comes and goes meets both."""
    pairs = [(measured(), baseline()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


HEAD = ("row", "clients", "measured", "baseline", "ratio", "aim", "reached", "against")


def printed(rows: Iterable[Row]) -> str:
    """The table as GitHub's Markdown and a terminal both show it. Each figure is a median, with its rounds' range."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    shown = ["| " + " | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
             + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≤" if row.less_is_better else "≥"
    return (row.what, str(row.clients), _figure(row.measured, row.unit), _figure(row.baseline, row.unit),
            f"{row.ratio:.2f}", f"{sign} {row.aim:g}" if row.aim else "", row.reached, row.against)


def _figure(rounds: Sequence[float], unit: str) -> str:
    low, middle, high = (_number(value) for value in (min(rounds), median(rounds), max(rounds)))
    return f"{middle} {unit}" if len(rounds) == 1 else f"{middle} {unit} ({low}-{high})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
