"""How much a machine client may ask of a service: requests a minute, bytes a day, over all its processes. Never of
people.

A process takes requests in blocks and keeps what it has not used yet, so most requests cost no write. A block is small
against the limit: what a process has taken and not used when its minute ends is at most a twentieth of it.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, Database, UtcInstant
from shared.kernel.clock import CITY_ZONE, Clock
from shared.kernel.errors import Refusal, Refused

machine_quota = sa.Table(
    "machine_quota", SHARED,
    sa.Column("client", sa.String(36), primary_key=True),
    sa.Column("span", sa.String(10), primary_key=True),          # minute: requests; day: bytes
    sa.Column("since", UtcInstant, nullable=False),              # when that minute or day began
    sa.Column("used", sa.BigInteger, nullable=False),
)
MINUTE, DAY = "minute", "day"
BLOCKS = 20                        # of a minute's requests
FLUSH = 4 * 1024 ** 2              # bytes that a process counts before it writes them down
FORGOTTEN = timedelta(days=2)

TOO_MANY_REQUESTS = Refusal(
    "QUOTA_REQUESTS", "业务系统每分钟最多 {most} 次请求，请在 {seconds} 秒后再试。",
    "A machine client has {most} requests a minute. Try again in {seconds} seconds.", "internal", 429)
TOO_MANY_BYTES = Refusal(
    "QUOTA_BYTES", "业务系统今日的流量（{most} 字节）已用完，请在 {seconds} 秒后再试。",
    "A machine client has {most} bytes a day, and they are used. Try again in {seconds} seconds.", "internal", 429)


@dataclass(slots=True)
class _Lease:
    """What this process holds for a client: requests of a minute, and bytes not written down yet."""

    minute: datetime
    left: int = 0
    bytes: int = 0
    closed: Refusal | None = None
    until: datetime | None = None          # nothing is given before


class Quota:
    """The quota of a service's machine clients. Its methods may be called from any thread, in no transaction."""

    def __init__(self, db: Database, clock: Clock, requests: int, size: int) -> None:
        self._db, self._clock, self._requests, self._size = db, clock, requests, size
        self._block = max(1, requests // BLOCKS)
        self._leases: dict[str, _Lease] = {}
        self._lock = threading.Lock()

    def take(self, client: str) -> None:
        """Counts a request before anything is done for it. Raises Refused (429, `seconds` to wait)."""
        now = self._clock.now()
        minute = now.replace(second=0, microsecond=0)
        with self._lock:
            lease = self._leases.setdefault(client, _Lease(minute))
            if lease.until is not None and lease.closed is not None and now < lease.until:
                raise Refused(_waiting(lease.closed, lease.until, now))
            if lease.minute != minute or not lease.left or lease.bytes >= FLUSH:
                self._renew(client, lease, minute, now)
            lease.left -= 1

    def carried(self, client: str, size: int) -> None:
        """Counts bytes that went to or fro; the next request that is too many is refused."""
        with self._lock:
            if lease := self._leases.get(client):
                lease.bytes += size

    def _renew(self, client: str, lease: _Lease, minute: datetime, now: datetime) -> None:
        day = now.astimezone(CITY_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        with self._db.write() as tx:
            used = _add(tx, client, DAY, day, lease.bytes, 1 << 62)[1]
            more = lease.left if lease.minute == minute else 0
            given = _add(tx, client, MINUTE, minute, self._block, self._requests)[0] if used < self._size else 0
        lease.minute, lease.left, lease.bytes, lease.until = minute, more + given, 0, None
        if used >= self._size:
            lease.closed = TOO_MANY_BYTES.filled(most=self._size, seconds="{seconds}")
            lease.until = day + timedelta(days=1)
        elif not lease.left:
            lease.closed = TOO_MANY_REQUESTS.filled(most=self._requests, seconds="{seconds}")
            lease.until = minute + timedelta(minutes=1)
        if lease.until is not None and lease.closed is not None:
            raise Refused(_waiting(lease.closed, lease.until, now))


def sweep(tx: Connection, now: datetime) -> None:
    """Forgets the spans that are over."""
    tx.execute(machine_quota.delete().where(machine_quota.c.since < now - FORGOTTEN))


def _waiting(refusal: Refusal, until: datetime, now: datetime) -> Refusal:
    seconds = int((until - now).total_seconds()) + 1
    return refusal.filled(**{**refusal.values, "seconds": seconds})


def _add(tx: Connection, client: str, span: str, since: datetime, wanted: int, most: int) -> tuple[int, int]:
    """Takes as much of `wanted` as there is; how much that was, and how much is used now."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    tx.execute(insert(machine_quota).values(client=client, span=span, since=since, used=0).on_conflict_do_nothing())
    mine = (machine_quota.c.client == client, machine_quota.c.span == span)
    row = tx.execute(sa.select(machine_quota).where(*mine).with_for_update()).one()
    used = row.used if row.since == since else 0
    given = max(0, min(wanted, most - used))
    tx.execute(machine_quota.update().where(*mine).values(since=since, used=used + given))
    return given, used + given
