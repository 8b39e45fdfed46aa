"""Files on a disk: `sha256/ab/abcdef…`, drafts in `draft/`. Any number of processes may share the folder."""

import fcntl
import os
import re
import time
import uuid
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})", re.ASCII)


class DiskPort:
    """A folder of files. Ages are by the machine's clock: they guard against other processes, not against the law."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drafts, self._kept, self._lock = folder / "draft", folder / "sha256", folder / "lock"
        for made in (self._drafts, *(self._kept / f"{first:02x}" for first in range(256))):
            made.mkdir(parents=True, exist_ok=True)
        self._lock.touch()
        for parent in (self._kept, folder):         # so that keeping a file has only its own folder to sync
            _sync_folder(parent)

    def draft(self) -> "DiskDraft":
        return DiskDraft(self, self._drafts / f"{uuid.uuid4().hex}.part")

    def open(self, digest: str) -> BinaryIO:
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            raise KeyError(digest) from None

    def renew(self, digest: str) -> None:
        path = self._path(digest)
        with self._locked(fcntl.LOCK_SH):
            try:
                os.utime(path)
            except FileNotFoundError:
                raise KeyError(digest) from None

    def keep(self, draft: Path, digest: str) -> None:
        """Gives a finished draft its name. The shared lock holds a sweep back, which else could take the old file of
        the same name for an orphan and remove the new one in its place."""
        path = self._path(digest)
        with self._locked(fcntl.LOCK_SH):
            draft.replace(path)
            _sync_folder(path.parent)

    def remove(self, digest: str, older_than: timedelta) -> bool:
        path = self._path(digest)
        return self._remove(path, time.time() - older_than.total_seconds()) or not path.exists()

    def sweep(self, known: Container[str], older_than: timedelta) -> Iterator[str]:
        before = time.time() - older_than.total_seconds()
        for draft in self._drafts.glob("*.part"):
            self._remove(draft, before)
        for path in sorted(self._kept.glob("*/*")):
            digest = f"sha256:{path.name}"
            if digest not in known and self._remove(path, before):
                yield digest

    def _remove(self, path: Path, before: float) -> bool:
        with self._locked(fcntl.LOCK_EX):
            try:
                if path.stat().st_mtime >= before:
                    return False
                path.unlink()
            except FileNotFoundError:
                return False
        return True

    def _path(self, digest: str) -> Path:
        match = _DIGEST.fullmatch(digest)
        if match is None:
            raise KeyError(digest)
        return self._kept / match[1][:2] / match[1]

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        with self._lock.open("rb") as lock:         # a handle of its own: the lock holds between threads too
            fcntl.flock(lock, how)
            yield


class DiskDraft:
    """A file under a name that nobody asks for."""

    def __init__(self, disk: DiskPort, path: Path) -> None:
        self._disk, self._path = disk, path
        self._file = path.open("xb")

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)

    def keep(self, digest: str) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._disk.keep(self._path, digest)

    def drop(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
