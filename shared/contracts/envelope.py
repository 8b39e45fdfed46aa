"""CloudEvents 1.0 envelopes: what an entry says to others. Pure. The text written here is the text published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

CONTENT_TYPE = "application/cloudevents+json"


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, unescaped Chinese; dates in ISO 8601. The one form that is hashed."""
    return _CANONICAL.encode(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not JSON: {type(value).__name__}")


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain,
                              allow_nan=False)


def stamp(instant: datetime) -> str:
    """RFC 3339 in UTC to the microsecond: 2026-09-30T01:02:03.000004Z."""
    return instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Event:
    """An event as a consumer gets it: the envelope's fields, and where it stands in its source's journal."""

    id: str
    source: str                       # service name: transfer
    name: str                         # announced
    subject: str                      # case id; empty for an entry without a case
    time: datetime
    data: Mapping[str, Any]
    epoch: str = ""
    position: int = 0
    revision: int = 0
    causation: str = ""
    body: str = field(default="", repr=False)   # the text exactly as published
    traceparent: str = ""             # of the trace in which it was written

    @property
    def key(self) -> str:
        """The routing key: transfer.announced."""
        return f"{self.source}.{self.name}"


def type_of(service: str, event: str, major: int = 1) -> str:
    return f"liandong.{service}.{event}.v{major}"


def body_of(*, id: str, city: str, service: str, event: str, subject: str, time: datetime, data: Mapping[str, Any],
            revision: int = 0, causation: str = "", corrects: str = "", traceparent: str = "") -> str:
    """The CloudEvents text of an entry. Empty extensions are left out."""
    envelope = {
        "specversion": "1.0", "id": id, "type": type_of(service, event), "source": f"urn:liandong:{city}:{service}",
        "subject": subject, "time": stamp(time), "datacontenttype": "application/json",
        "dataschema": f"urn:liandong:schema:{service}:{event}:v1", "data": data, "caserevision": revision,
        "causationid": causation, "corrects": corrects, "traceparent": traceparent,
    }
    return canonical({key: value for key, value in envelope.items() if value not in ("", 0)})


def event_of(body: str, epoch: str = "", position: int = 0) -> Event:
    """The event of a published text. Raises ValueError (of JSON, or with what is missing) for anything else."""
    envelope = json.loads(body)
    try:
        _, service, name, _ = envelope["type"].split(".")
        return Event(
            envelope["id"],
            service,
            name,
            envelope.get("subject", ""),
            datetime.fromisoformat(envelope["time"]),
            envelope["data"],
            epoch,
            position,
            envelope.get("caserevision", 0),
            envelope.get("causationid", ""),
            body,
            envelope.get("traceparent", ""),
        )
    except (KeyError, TypeError, AttributeError) as lacking:
        raise ValueError(f"not an event of this suite: {lacking!r}") from lacking
