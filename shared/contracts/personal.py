"""Personal data in a case's facts: marked by type, so that no store can forget to encrypt it. Pure."""

import re
from dataclasses import dataclass

ERASED_WORD = "已删除"       # what is shown in the place of an erased value
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)      # a number that is mostly one person's own


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """A personal value in the clear, for the domain only. Stores keep it encrypted; it never enters an event.

    `erased`: the salted hash that is left of a value that was erased; `value` is empty then.
    """

    value: str
    erased: str = ""

    def __repr__(self) -> str:
        return "Personal(…)"

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def shown(self) -> str:
        """As a view shows it."""
        return ERASED_WORD if self.erased else self.value
