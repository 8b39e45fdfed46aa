"""Files that come in pieces, and go on after whatever cut them off.

An upload is announced with its size, type and digest. Each piece is on stable storage before the row says that it is
there, so a process that is killed loses at most the piece under way. When all has come, the file is checked as any
other and gets its name; one that nobody goes on with goes after a day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, Database, UtcInstant, one_at_a_time
from shared.files.store import CHUNK, TOO_LARGE, TYPE_NOT_TAKEN, Files
from shared.files.types import TYPES, bare
from shared.files.waiting import file_waiting, too_many, waiting_of
from shared.kernel.clock import Clock
from shared.kernel.errors import Refusal, Refused
from shared.kernel.ids import new_id

upload = sa.Table(
    "upload", SHARED,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("appointment", sa.String(64), nullable=False),     # whose it is: a person's appointment or a client
    sa.Column("digest", sa.String(80), nullable=False),          # as announced
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("type", sa.String(100), nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),        # bytes on stable storage
    sa.Column("done", sa.Boolean, nullable=False),               # the file has its name
    sa.Column("touched_at", UtcInstant, nullable=False, index=True),
    sa.Index("upload_of_whom", "appointment", "digest", unique=True),
)
KEPT = timedelta(days=1)
PIECE = 16 * 1024 ** 2              # bytes of a piece at most

NO_UPLOAD = Refusal("NO_SUCH_UPLOAD", "没有这一上传，或者已过期。", "There is no such upload, or it has expired.", "internal", 404)
GAP = Refusal("UPLOAD_OFFSET", "已收到 {received} 字节，请从此处续传。", "{received} bytes are here: go on from there.", "internal",
              409, "Upload-Offset")
BUSY = Refusal("UPLOAD_BUSY", "该上传的另一分片正在接收，请稍后重试。", "Another piece of this upload is coming in. Try again shortly.",
               "internal", 409)
PAST_END = Refusal("UPLOAD_PAST_END", "分片超出所称的大小 {size} 字节。", "The piece goes past the size of {size} bytes.",
                   "internal", 413, "Upload-Offset")
PIECE_TOO_LARGE = Refusal("PIECE_TOO_LARGE", "一个分片最多 {most} 字节。", "A piece has at most {most} bytes.", "internal", 413)
INCOMPLETE = Refusal("UPLOAD_INCOMPLETE", "文件尚未传完：已收到 {received} 字节，共 {size} 字节。",
                     "The file is not whole yet: {received} of {size} bytes are here.", "internal", 409)
DIFFERS = Refusal("DIGEST_DIFFERS", "收到的内容与所称的摘要不符，已清除，请重新上传。",
                  "What came has another digest than was said. It is dropped: send it anew.", "internal", 422, "digest")


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload under way, or done."""

    id: str
    appointment: str
    digest: str
    size: int
    type: str
    received: int
    done: bool
    touched_at: datetime

    def expires_at(self) -> datetime:
        return self.touched_at + KEPT


class Uploads:
    """The uploads of a service. An upload of another's is not there."""

    def __init__(self, db: Database, clock: Clock, files: Files, limit: int, waiting: tuple[int, int]) -> None:
        """`limit`: bytes of a file. `waiting`: how many files, and bytes, may wait for an appointment."""
        self._db, self._clock, self._files, self._limit = db, clock, files, limit
        self._most, self._most_bytes = waiting

    def begin(self, appointment: str, digest: str, size: int, type: str) -> tuple[Upload, bool]:
        """The upload of this file, and whether it is new: announced twice it is the one that is there. Raises Refused:
        413, 415, 429."""
        kind = bare(type)
        if kind not in TYPES:
            raise Refused(TYPE_NOT_TAKEN.filled(type=kind))
        if size > self._limit:
            raise Refused(TOO_LARGE.filled(limit=self._limit))
        with self._db.write() as tx:
            one_at_a_time(tx, f"files:{appointment}")
            there = _row(tx, upload.c.appointment == appointment, upload.c.digest == digest)
            if there and (there.size, there.type) == (size, kind) and not self._gone(there):
                return there, False
            if there:
                _drop(tx, there)
            count, waiting = waiting_of(tx, appointment)
            if count >= self._most or (waiting and waiting + size > self._most_bytes):
                raise Refused(too_many(count, waiting))
            now = self._clock.now()
            made = Upload(new_id(now), appointment, digest, size, kind, 0, False, now)
            tx.execute(upload.insert(), asdict(made))
            tx.execute(file_waiting.insert(), {"appointment": appointment, "digest": _place(made.id), "size": size,
                                               "at": now})
        if there:
            self._files.drop_partial(there.id)
        return made, True

    def get(self, appointment: str, id: str) -> Upload:
        """Raises Refused (404)."""
        with self._db.read() as tx:
            found = _row(tx, upload.c.appointment == appointment, upload.c.id == id)
        if found is None or self._gone(found):
            raise Refused(NO_UPLOAD)
        return found

    def add(self, appointment: str, id: str, offset: int, stream: BinaryIO) -> Upload:
        """Takes a piece that begins at `offset`; what of it is here already is passed over. What came before the stream
        broke off is kept. Raises Refused: 404, 409 where bytes before it lack or another piece comes in, 413."""
        self.get(appointment, id)
        with self._alone(id):
            now = self.get(appointment, id)
            if offset > now.received:
                raise Refused(GAP.filled(received=now.received))
            if now.done:
                return now
            received = now.received
            try:
                with self._files.partial(id, received) as file:
                    for chunk in _news(stream, received - offset):
                        if received + len(chunk) > now.size:
                            raise Refused(PAST_END.filled(size=now.size))
                        file.write(chunk)
                        received += len(chunk)
            finally:
                if received > now.received:
                    now = self._note(now, received)
            return now

    def finish(self, appointment: str, id: str) -> Upload:
        """The file whole, checked, under its name. Again: the same answer. Raises Refused: 404, 409 where it is not
        whole, 415 and 422 for what is not taken: then it is dropped."""
        self.get(appointment, id)
        with self._alone(id):
            now = self.get(appointment, id)
            if now.done:
                return now
            if now.received < now.size:
                raise Refused(INCOMPLETE.filled(received=now.received, size=now.size))
            try:
                with self._files.open_partial(id) as file:
                    self._files.put(file, now.type, self._limit, expected=(now.digest, DIFFERS))
            except Refused:
                self._end(now)
                raise
            done = replace(now, done=True, touched_at=self._clock.now())
            with self._db.write() as tx:
                tx.execute(upload.update().where(upload.c.id == id).values(done=True, touched_at=done.touched_at))
                _forget(tx, appointment, now.digest, _place(id))
                tx.execute(file_waiting.insert(), {"appointment": appointment, "digest": now.digest, "size": now.size,
                                                   "at": done.touched_at})
        self._files.drop_partial(id)
        return done

    def abandon(self, appointment: str, id: str) -> None:
        """What came of it goes. Raises Refused (404)."""
        found = self.get(appointment, id)
        with self._alone(id):
            self._end(found)

    def sweep(self) -> int:
        """Drops the uploads nobody went on with; how many. What lies there of an upload that is none any more, for a
        process ended in between, goes too."""
        with self._db.write() as tx:
            old = [Upload(**row._mapping) for row in tx.execute(
                sa.select(upload).where(upload.c.touched_at < self._clock.now() - KEPT))]
            for each in old:
                _drop(tx, each)
            known = set(tx.execute(sa.select(upload.c.id)).scalars())
        for id in {*(each.id for each in old), *self._files.old_partials(KEPT)} - known:
            self._files.drop_partial(id)
        return len(old)

    def _end(self, now: Upload) -> None:
        with self._db.write() as tx:
            _drop(tx, now)
        self._files.drop_partial(now.id)

    def _note(self, now: Upload, received: int) -> Upload:
        """The bytes are on stable storage; from now on the row says so."""
        moved = replace(now, received=received, touched_at=self._clock.now())
        with self._db.write() as tx:
            tx.execute(upload.update().where(upload.c.id == now.id).values(
                received=received, touched_at=moved.touched_at))
            tx.execute(file_waiting.update().where(file_waiting.c.digest == _place(now.id)).values(
                at=moved.touched_at))
        return moved

    def _gone(self, found: Upload) -> bool:
        return found.touched_at < self._clock.now() - KEPT

    @contextmanager
    def _alone(self, id: str) -> Iterator[None]:
        with self._files.alone(id) as mine:
            if not mine:
                raise Refused(BUSY)
            yield


def _news(stream: BinaryIO, known: int) -> Iterator[bytes]:
    """The stream's chunks without the first `known` bytes."""
    while chunk := stream.read(CHUNK):
        if known >= len(chunk):
            known -= len(chunk)
            continue
        yield chunk[known:]
        known = 0


def _place(id: str) -> str:
    """Under what its room is kept while it comes in."""
    return f"upload:{id}"


def _row(tx: Connection, *wanted: sa.ColumnElement[bool]) -> Upload | None:
    row = tx.execute(sa.select(upload).where(*wanted)).first()
    return Upload(**row._mapping) if row else None


def _drop(tx: Connection, each: Upload) -> None:
    tx.execute(upload.delete().where(upload.c.id == each.id))
    _forget(tx, each.appointment, _place(each.id))


def _forget(tx: Connection, appointment: str, *digests: str) -> None:
    tx.execute(file_waiting.delete().where(file_waiting.c.appointment == appointment,
                                           file_waiting.c.digest.in_(digests)))
