"""Ids: UUIDv7 (RFC 9562) of an instant of the suite's own clock, so that ids sort as the things they name were made."""

import secrets
import uuid
from datetime import UTC, datetime, timedelta

from shared.kernel.clock import aware

_VERSION, _VARIANT = 7 << 76, 2 << 62


def new_id(now: datetime) -> str:
    """A fresh UUIDv7 in canonical text form: 48 bits of milliseconds, 12 of their fraction (method 3), 62 random.

    Raises ValueError for a naive instant.
    """
    instant = aware(now)
    milliseconds = int(instant.timestamp()) * 1000 + instant.microsecond // 1000
    fraction = instant.microsecond % 1000 * 4096 // 1000
    text = f"{milliseconds << 80 | _VERSION | fraction << 64 | _VARIANT | secrets.randbits(62):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def made_at(id_: str) -> datetime:
    """The instant, to the microsecond, that an id of `new_id` was made of. Raises ValueError for what is none."""
    value = uuid.UUID(id_)
    if value.version != 7:
        raise ValueError(f"{id_} is no UUIDv7")
    milliseconds, fraction = value.int >> 80, value.int >> 64 & 0xFFF
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds,
                                                        microseconds=-(-fraction * 1000 // 4096))
