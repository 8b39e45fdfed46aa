"""What the suite learns of filings (备案): justice returned that of a report, which is then due again (13, 25). Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NoteFilingReturn:
    filing: str                         # id of the filing
    returned_on: date
    report: int = 0                     # of which report of the case, counted from 1
