"""The rows of the bench: measured in alternating rounds, printed as one table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from unicodedata import east_asian_width

Round = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """A measurement beside its baseline, each with the figures of all its rounds, in the same unit.

    `aim` is a bound for the ratio: the least where more is better, the most where less is. None: the row has no aim.
    """

    name: str
    clients: int
    measured: Sequence[float]
    baseline: Sequence[float]
    unit: str                         # acts/s, ms, MB
    against: str                      # what the baseline is
    aim: float | None
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """The measured median divided by the baseline's."""
        return median(self.measured) / median(self.baseline)

    @property
    def reached(self) -> str:
        """Whether the aim is reached: "yes", "no", or "" without an aim."""
        if self.aim is None:
            return ""
        return "yes" if (self.ratio <= self.aim if self.less_is_better else self.ratio >= self.aim) else "no"


def alternate(measured: Round, baseline: Round, rounds: int) -> tuple[list[float], list[float]]:
    """The figures of both. Their rounds alternate, so that a load which comes and goes meets both."""
    pairs = [(measured(), baseline()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


HEAD = ("row", "clients", "measured", "baseline", "ratio", "aim", "reached", "against")


def as_table(rows: Iterable[Row]) -> str:
    """A Markdown table, aligned for a terminal. Each figure is the median of its rounds, with their range."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    shown = ["| " + " | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
             + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≤" if row.less_is_better else "≥"
    return (row.name, str(row.clients), _figure(row.measured, row.unit), _figure(row.baseline, row.unit),
            f"{row.ratio:.2f}", f"{sign} {row.aim:g}" if row.aim else "", row.reached, row.against)


def _figure(rounds: Sequence[float], unit: str) -> str:
    low, middle, high = (_number(value) for value in (min(rounds), median(rounds), max(rounds)))
    return f"{middle} {unit}" if len(rounds) == 1 else f"{middle} {unit} ({low}-{high})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
