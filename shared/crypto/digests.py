"""Digests that carry their algorithm: `sha256:…`. Pure. Another algorithm (SM3) is one more row of ALGORITHMS.

Stored digests are read by the tag they carry, new ones are made with `ALGORITHM`.
"""

import hashlib
from collections.abc import Callable, Mapping

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


def salted(salt: str, text: str, algorithm: str = ALGORITHM) -> str:
    """The salted digest of a private text: it stays when the text is erased, and without the salt tells nothing."""
    return tagged(f"{salt}\n{text}", algorithm)
