"""Files on a disk: `sha256/ab/abcdef…`, drafts in `draft/`, uploads in pieces in `upload/`. Any number of processes may
share the folder."""

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
        self._uploads = folder / "upload"
        for made in (self._drafts, self._uploads, self._kept):
            made.mkdir(parents=True, exist_ok=True)
        self._lock.touch()
        for parent in (self._kept, folder):         # also what a process had made that was killed before it synced
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
        self._make_folder(path.parent)
        with self._locked(fcntl.LOCK_SH):
            draft.replace(path)
            _sync_folder(path.parent)

    def _make_folder(self, folder: Path) -> None:
        """One of the 256, with the first file that goes there: a service that keeps few files makes few. Whoever sees
        it made has the lock only after it was synced."""
        if not folder.exists():
            with self._locked(fcntl.LOCK_EX):
                folder.mkdir(exist_ok=True)
                _sync_folder(self._kept)

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

    @contextmanager
    def partial(self, id: str, at: int) -> Iterator[BinaryIO]:
        path = self._upload(id)
        fresh = not path.exists()
        with path.open("r+b" if not fresh else "x+b") as file:
            file.truncate(at)           # what a process wrote that was killed before it could say so
            file.seek(at)
            try:
                yield file
            finally:
                file.flush()
                os.fsync(file.fileno())
                if fresh:
                    _sync_folder(self._uploads)

    def open_partial(self, id: str) -> BinaryIO:
        return self._upload(id).open("rb")

    def drop_partial(self, id: str) -> None:
        self._upload(id).unlink(missing_ok=True)
        self._upload(id).with_suffix(".lock").unlink(missing_ok=True)

    def old_partials(self, older_than: timedelta) -> list[str]:
        before = time.time() - older_than.total_seconds()
        return sorted({path.stem for path in self._uploads.iterdir() if path.stat().st_mtime < before})

    @contextmanager
    def alone(self, id: str) -> Iterator[bool]:
        with self._upload(id).with_suffix(".lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def _upload(self, id: str) -> Path:
        return self._uploads / f"{uuid.UUID(id)}.part"

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
