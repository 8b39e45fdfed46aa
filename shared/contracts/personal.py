"""Personal data in a case's facts: marked by type, so that no store can forget to encrypt it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """A personal value in the clear, for the domain only. Stores keep it encrypted; it never enters an event."""

    value: str

    def __repr__(self) -> str:
        return "Personal(…)"

    def __bool__(self) -> bool:
        return bool(self.value)
