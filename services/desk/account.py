"""An account: a person who signs in, and the appointments in which the person acts. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date

from shared.acts.model import Party
from shared.contracts.personal import Personal

KEEPER = "keeper"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's place in an agency. `until` is its last day."""

    id: str
    agency: str
    rank: str                         # officer, leader, chief
    since: date
    until: date | None = None
    post: str = ""                    # 职务, as documents have it
    ended: bool = False

    def held_on(self, day: date) -> bool:
        return not self.ended and self.since <= day and (self.until is None or day <= self.until)

    def open_on(self, day: date) -> bool:
        """Held on the day, or still to come."""
        return not self.ended and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in."""

    state: str
    login: str
    name: Personal
    parties: tuple[Party, ...]
    appointments: tuple[Appointment, ...] = field(default=())

    def moved(self, state: str) -> "Account":
        return replace(self, state=state)

    @property
    def keeper(self) -> str:
        """The agency that keeps the account."""
        keepers = [party for party in self.parties if party.part == KEEPER]
        return next((party.agency for party in keepers if party.until is None), keepers[-1].agency)

    def appointment(self, id: str) -> Appointment | None:
        return next((held for held in self.appointments if held.id == id), None)

    def held_on(self, day: date) -> tuple[Appointment, ...]:
        return tuple(held for held in self.appointments if held.held_on(day))
