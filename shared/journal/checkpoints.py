"""Checkpoints: the signed state of the chain at a position, and the form in which they are kept outside.

What justice, the government office and discipline are told (the data of a `checkpoint` event) and a line of an
exported file have the same fields, so either serves `verify --against`.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import canonical, stamp
from shared.journal.tables import checkpoint
from shared.kernel.clock import aware


class Verifier(Protocol):
    """Who can check a signature: the vault, or a holder of the public keys."""

    def verify(self, data: bytes, signature: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The chain at `to_position`, signed. `source` is the urn of city and service."""

    source: str
    epoch: str
    to_position: int
    chain: str
    algorithm: str
    sealed_at: datetime
    signature: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As it travels and is exported."""
        return {**asdict(self), "sealed_at": stamp(self.sealed_at)}

    def signed_text(self) -> bytes:
        """What the signature covers: everything else."""
        fields = self.to_dict()
        del fields["signature"]
        return canonical(fields).encode()

    def signed_by(self, verifier: Verifier) -> bool:
        return verifier.verify(self.signed_text(), self.signature)


_COLUMNS = ("epoch", "to_position", "chain", "algorithm", "sealed_at", "signature")
_ALL = sa.select(*(checkpoint.c[name] for name in _COLUMNS))


def source_of(city: str, service: str) -> str:
    return f"urn:liandong:{city}:{service}"


def checkpoint_of(fields: dict[str, Any]) -> Checkpoint:
    """From an exported line or from a `checkpoint` event's data. Raises ValueError."""
    try:
        told = fields.get("data", fields)
        return Checkpoint(str(told["source"]), str(told["epoch"]), int(told["to_position"]), str(told["chain"]),
                          str(told["algorithm"]), aware(datetime.fromisoformat(told["sealed_at"])),
                          str(told["signature"]))
    except (KeyError, TypeError, AttributeError) as lacking:
        raise ValueError(f"not a checkpoint: {lacking!r}") from lacking


def last(tx: Connection, source: str) -> Checkpoint | None:
    """The latest checkpoint kept."""
    row = tx.execute(_ALL.order_by(checkpoint.c.to_position.desc()).limit(1)).one_or_none()
    return None if row is None else Checkpoint(source, *row)


def after(tx: Connection, source: str, position: int, limit: int) -> list[Checkpoint]:
    """At most `limit` checkpoints beyond a position, in order."""
    chosen = _ALL.where(checkpoint.c.to_position > position).order_by(checkpoint.c.to_position).limit(limit)
    return [Checkpoint(source, *row) for row in tx.execute(chosen)]


def export(tx: Connection, source: str, out: IO[str], since: int = 0, page: int = 1000) -> int:
    """Writes the checkpoints beyond `since`, a line of JSON each; returns how many. Keep the file elsewhere."""
    count = 0
    while found := after(tx, source, since, page):
        out.writelines(canonical(one.to_dict()) + "\n" for one in found)
        count, since = count + len(found), found[-1].to_position
    return count


def exported(path: Path, source: str) -> Iterator[Checkpoint]:
    """The file's checkpoints of one source, as they stand. Raises ValueError naming the line that can't be read."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                one = checkpoint_of(json.loads(line))
            except ValueError as unfit:
                raise ValueError(f"{path.name}:{number}: {unfit}") from unfit
            if one.source == source:
                yield one
