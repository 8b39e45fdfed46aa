"""What an entry's digest covers, and how the chain binds it to its place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from shared.contracts.envelope import canonical, stamp
from shared.crypto.digests import ALGORITHM, algorithm_of, tagged

# All of a row but its position, which the chain binds, and the digest itself.
DIGESTED = ("id", "stream", "type", "occurred_on", "recorded_at", "actor", "on_behalf_of", "agency", "causation",
            "body", "detail_hash", "state_hash")
GENESIS = ""        # the chain before position 1; the first entry (its epoch) names city and service in its body


def digest_of(row: Mapping[str, Any], audience: Iterable[str], algorithm: str = ALGORITHM) -> str:
    """The digest of an entry: the DIGESTED fields in order and the sorted audience, as one canonical JSON array.

    Raises UnknownAlgorithm.
    """
    fields = [_text(row[name]) for name in DIGESTED]
    return tagged(canonical([*fields, sorted(audience)]), algorithm)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def chain_of(previous: str, position: int, digest: str) -> str:
    """The chain at `position`: H(the chain before it, position, digest), by the digest's algorithm."""
    return tagged(f"{previous}\n{position}\n{digest}", algorithm_of(digest))
