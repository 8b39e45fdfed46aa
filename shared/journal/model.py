"""What goes into a service's journal and what comes out of it. Plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

CHECKPOINT, PROBE, EPOCH_OPENED, ERASED = "checkpoint", "probe", "epoch_opened", "personal_data_erased"
ERASURES = (ERASED, "detail_erased")     # the second: as earlier releases called it
NO_NEWS = (CHECKPOINT, PROBE)        # entries that alone ask for no further checkpoint


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be appended. `data` is published and holds nothing personal; `detail` is private, the whole act."""

    id: str                           # UUIDv7
    type: str                         # the event's name: announced, deadline_started
    stream: str                       # case id; empty for calendar, probe, checkpoint
    occurred_on: date                 # the true day; added to the published data
    data: Mapping[str, Any]
    actor: str = "suite"              # an appointment's id; of an agency's own system `machine:` and the client's
    on_behalf_of: str = ""
    agency: str = ""                  # the agency that acted
    detail: Mapping[str, Any] | str = field(default_factory=dict)     # or already as canonical JSON
    audience: frozenset[str] = frozenset()    # agencies that are told; in no body
    state_hash: str = ""              # of the case's row after this entry
    revision: int = 0
    causation: str = ""               # id of the event that caused it; unique with its type and stream
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal stands: its epoch and its last position (0: empty)."""

    epoch: str
    position: int


@dataclass(frozen=True, slots=True)
class Appended:
    """The positions a batch got, both included, and the texts as they will be published."""

    first: int
    last: int
    epoch: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """An entry as one reader gets it. `prev` is the position before it for that reader: a hole means a loss.

    `agency` empty: the whole journal, for siblings; `prev` is then `position - 1`.
    """

    epoch: str
    position: int
    prev: int
    agency: str
    id: str
    type: str                         # the event's name: announced
    subject: str                      # case id
    body: str                         # CloudEvents JSON exactly as published


@dataclass(frozen=True, slots=True)
class ForRelay:
    """An entry with everyone it goes to: siblings get (position, position - 1), each agency told its own `prev`."""

    epoch: str
    position: int
    id: str
    type: str
    subject: str
    body: str
    told: tuple[tuple[str, int], ...]     # (agency, prev of that agency), by agency


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the journal, for a case's history."""

    position: int
    id: str
    stream: str
    type: str
    occurred_on: date
    recorded_at: datetime
    actor: str
    on_behalf_of: str
    agency: str
    causation: str
    body: str
    state_hash: str

    @property
    def data(self) -> dict[str, Any]:
        """The published data, parsed."""
        data: dict[str, Any] = json.loads(self.body)["data"]
        return data

    @property
    def revision(self) -> int:
        """The case's revision after it, as published."""
        return int(json.loads(self.body).get("caserevision", 0))
