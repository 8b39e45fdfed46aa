"""What a spreadsheet is to say; `sheets` writes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

CHUNK = 1 << 16         # bytes of a file that are read at a time


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its tab, the title and the lines above its table, the columns with their widths in characters, and the
    rows. What is longer than its column is wide is wrapped."""

    tab: str
    title: str
    above: Sequence[str]
    columns: Sequence[tuple[str, float]]
    rows: Iterable[Sequence[Any]]
