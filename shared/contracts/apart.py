"""What a service keeps in tables of its own, beside the case: documents and journal tell its digest only. Pure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class Apart:
    """A value too large for a case's document or the journal's private detail."""

    value: Any = ()
    digest: str = ""                  # of the value as it is kept; empty until that is known

    def __repr__(self) -> str:
        return f"Apart({self.digest})"
