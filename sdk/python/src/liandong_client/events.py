"""Events as an agency's system gets them: CloudEvents 1.0, read so that whatever is added later does no harm."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class Body(Mapping[str, Any]):
    """What an event tells, by key or by attribute: `event.data["receiver"]`, `event.data.receiver`. An attribute that
    the event does not tell is None, since another version may; a key that is not there raises KeyError."""

    __slots__ = ("_told",)

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> Any:
        return self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._told.get(name)
        return Body(found) if isinstance(found, Mapping) else found

    def __repr__(self) -> str:
        return f"Body({dict(self._told)!r})"


@dataclass(frozen=True, slots=True)
class Event:
    """An event: what happened, and where it stands among those that concern this agency.

    `source` and `name` are the service and the event (`transfer`, `announced`); `subject` is the case's id, empty where
    there is no case. `position` and `prev` are those of the source's journal: `prev` is where the event before this one
    stands for this reader, so a hole is seen. `text` is the event exactly as it was published.
    """

    id: str
    source: str
    name: str
    subject: str
    time: datetime
    data: Body
    position: int = 0
    prev: int = 0
    epoch: str = ""
    revision: int = 0
    causation: str = ""
    corrects: str = ""
    traceparent: str = ""
    text: str = field(default="", repr=False, compare=False)

    @property
    def key(self) -> str:
        """The event's name with its service: `transfer.announced`."""
        return f"{self.source}.{self.name}"


def event_of(text: str | bytes, *, epoch: str = "", position: int = 0, prev: int = 0) -> Event:
    """The event of a published text; members that are not known are passed over. Raises ValueError for what is no event
    of Liandong."""
    try:
        told = json.loads(text)
        _, source, name, _ = told["type"].split(".")
        data = told.get("data") or {}
        return Event(
            id=str(told["id"]), source=source, name=name, subject=str(told.get("subject", "")),
            time=datetime.fromisoformat(told["time"]), data=Body(data if isinstance(data, Mapping) else {}),
            position=position, prev=prev, epoch=epoch, revision=int(told.get("caserevision", 0)),
            causation=str(told.get("causationid", "")), corrects=str(told.get("corrects", "")),
            traceparent=str(told.get("traceparent", "")), text=text.decode() if isinstance(text, bytes) else text)
    except (KeyError, TypeError, AttributeError, ValueError) as lacking:
        raise ValueError(f"not an event of Liandong: {lacking!r}") from lacking


def event_of_item(item: Mapping[str, Any]) -> Event:
    """The event of an item of a feed's page or of a webhook: `{position, prev, epoch, body}`. Raises ValueError."""
    try:
        return event_of(item["body"], epoch=str(item["epoch"]), position=int(item["position"]), prev=int(item["prev"]))
    except (KeyError, TypeError) as lacking:
        raise ValueError(f"not an item of a feed: {lacking!r}") from lacking
