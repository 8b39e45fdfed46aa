"""Digests that carry their algorithm: `sha256:…`. Another algorithm is one more row of ALGORITHMS.

Stored digests are read by the tag they carry, new ones are made with `ALGORITHM`.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from shared.contracts.envelope import canonical, stamp

ALGORITHM = "sha256"
ALGORITHMS: Mapping[str, Callable[[bytes], str]] = {"sha256": lambda data: hashlib.sha256(data).hexdigest()}


class UnknownAlgorithm(ValueError):
    """A stored digest names an algorithm that this release does not have."""


def tagged(text: str, algorithm: str = ALGORITHM) -> str:
    """The digest of `text` (UTF-8) with its tag. Raises UnknownAlgorithm."""
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(algorithm)
    return f"{algorithm}:{ALGORITHMS[algorithm](text.encode())}"


def algorithm_of(digest: str) -> str:
    """The tag of a stored digest."""
    return digest.partition(":")[0]


def detail_hash_of(salt: str, detail: str, algorithm: str = ALGORITHM) -> str:
    """The salted hash of a detail: it stays when the detail is erased, and tells nothing of it without the salt."""
    return tagged(f"{salt}\n{detail}", algorithm)


# All of a row but its position, which the chain binds, and the digest itself.
DIGESTED = ("id", "stream", "type", "occurred_on", "recorded_at", "actor", "on_behalf_of", "agency", "causation",
            "body", "detail_hash", "state_hash")


def digest_of(row: Mapping[str, Any], audience: Iterable[str], algorithm: str = ALGORITHM) -> str:
    """The digest of an entry: the DIGESTED fields in order and the sorted audience, as one canonical JSON array."""
    fields = [_text(row[name]) for name in DIGESTED]
    return tagged(canonical([*fields, sorted(audience)]), algorithm)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else str(value)


GENESIS = ""        # the chain before position 1; the first entry (its epoch) names city and service in its body


def chain_of(previous: str, position: int, digest: str, algorithm: str = ALGORITHM) -> str:
    """The chain at `position`: H(the chain before it, position, digest). It binds the entry to its place."""
    return tagged(f"{previous}\n{position}\n{digest}", algorithm)
