"""Storing and opening materials, whatever they lie on."""

import hashlib
from collections.abc import Container, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Protocol

from shared.contracts.classified import forbidden
from shared.files.types import HEAD, TYPES, bare, matches
from shared.files.words import head_words
from shared.kernel.errors import Refusal, Refused

CHUNK = 1024 * 1024
YOUNGEST_ORPHAN = timedelta(hours=1)    # its commit may still be under way
SETTLED = timedelta(minutes=1)          # no act that asked for a file before that is still under way

TOO_LARGE = Refusal("FILE_TOO_LARGE", "文件超过 {limit} 字节的上限。", "The file is larger than {limit} bytes.",
                    article="internal", status=413, where="file")
TYPE_NOT_TAKEN = Refusal("FILE_TYPE_NOT_TAKEN", "不接收该类型的文件：{type}。", "Files of type {type} are not taken.",
                         article="internal", status=415, where="file")
TYPE_DIFFERS = Refusal("FILE_TYPE_DIFFERS", "文件内容与所称类型 {type} 不符。",
                       "The content is not of the claimed type {type}.", article="internal", status=415, where="file")
EMPTY = Refusal("FILE_EMPTY", "文件为空。", "The file is empty.", article="internal", where="file")
NO_SUCH_FILE = Refusal("NO_SUCH_FILE", "没有该文件。", "There is no such file.", article="internal", status=404)


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: digest ("sha256:…", its name), size in bytes, media type as claimed and found true."""

    digest: str
    size: int
    type: str


class Draft(Protocol):
    """A file being written: not yet under any name, gone when dropped or when the process dies."""

    def write(self, chunk: bytes) -> None: ...

    def keep(self, digest: str) -> None:
        """On stable storage under its name when this returns. A file of that name that is there already stays whole."""

    def drop(self) -> None: ...


class FilePort(Protocol):
    """Where files lie. Names are digests; an adapter refuses any other name with KeyError."""

    def draft(self) -> Draft: ...

    def open(self, digest: str) -> BinaryIO:
        """Raises KeyError where there is none."""

    def renew(self, digest: str) -> None:
        """It counts as new from now on. Raises KeyError where there is none."""

    def remove(self, digest: str, older_than: timedelta) -> bool:
        """Removes a file that is old enough; whether it is gone now, or never was."""

    def sweep(self, known: Container[str], older_than: timedelta) -> Iterator[str]:
        """Removes what is not `known` and older, drafts too; yields the digests that went."""

    def partial(self, id: str, at: int) -> AbstractContextManager[BinaryIO]:
        """The upload's bytes, to go on writing at `at`, where whatever stands after is cut off. What was written is on
        stable storage when the context ends, however it ends."""

    def open_partial(self, id: str) -> BinaryIO: ...

    def drop_partial(self, id: str) -> None: ...

    def old_partials(self, older_than: timedelta) -> list[str]:
        """The uploads of which something lies there, and that nobody wrote for so long."""

    def alone(self, id: str) -> AbstractContextManager[bool]:
        """Whether nobody else writes the upload while the context lasts."""


class Files:
    """Materials of a service."""

    def __init__(self, port: FilePort) -> None:
        self._port = port

    def put(self, stream: BinaryIO, claimed_type: str, limit: int,
            expected: tuple[str, Refusal] | None = None) -> Stored:
        """Stores the stream; `limit` in bytes. It is on stable storage when this returns, so a commit may name it.
        `expected`: its digest, and the refusal of any other.

        Raises Refused: 413 over the limit, 415 for a type not taken or not what it claims, 422 for an empty file,
        or one whose words begin with the marking of a state secret.
        """
        kind = bare(claimed_type)
        if kind not in TYPES:
            raise Refused(TYPE_NOT_TAKEN.filled(type=kind))
        if stream.seekable() and (secret := forbidden(head_words(kind, stream))):
            raise Refused(secret.at("file"))
        draft = self._port.draft()
        try:
            stored = _copy(stream, draft, kind, limit)
            if expected and stored.digest != expected[0]:
                raise Refused(expected[1])
            draft.keep(stored.digest)
        except BaseException:
            draft.drop()
            raise
        return stored

    def open(self, digest: str) -> BinaryIO:
        """The file as a stream. Raises Refused (404)."""
        try:
            return self._port.open(digest)
        except KeyError:
            raise Refused(NO_SUCH_FILE) from None

    def exists(self, digest: str) -> bool:
        """Whether there is a file of that digest, for an act that will name it: a sweep under way then leaves it.
        False for what is no digest at all."""
        try:
            self._port.renew(digest)
        except KeyError:
            return False
        return True

    def remove(self, digest: str) -> bool:
        """Removes a file that no commit names any more; whether it is gone. One just stored, or asked for by an act
        under way, stays for another time."""
        return self._port.remove(digest, SETTLED)

    def sweep(self, known: Container[str], older_than: timedelta = YOUNGEST_ORPHAN) -> list[str]:
        """Removes the files that no commit names and that are old enough; never one younger than an hour.

        `known` must have been read when the sweep begins: what is stored or named after that is too young to go.
        """
        return list(self._port.sweep(known, max(older_than, YOUNGEST_ORPHAN)))

    def partial(self, id: str, at: int) -> AbstractContextManager[BinaryIO]:
        return self._port.partial(id, at)

    def open_partial(self, id: str) -> BinaryIO:
        return self._port.open_partial(id)

    def drop_partial(self, id: str) -> None:
        self._port.drop_partial(id)

    def old_partials(self, older_than: timedelta) -> list[str]:
        return self._port.old_partials(older_than)

    def alone(self, id: str) -> AbstractContextManager[bool]:
        return self._port.alone(id)


def _copy(stream: BinaryIO, draft: Draft, kind: str, limit: int) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise Refused(TOO_LARGE.filled(limit=limit))
        if len(head) < HEAD:
            head += chunk[:HEAD - len(head)]
        digest.update(chunk)
        draft.write(chunk)
    if not size:
        raise Refused(EMPTY)
    if not matches(kind, head):
        raise Refused(TYPE_DIFFERS.filled(type=kind))
    return Stored(f"sha256:{digest.hexdigest()}", size, kind)
