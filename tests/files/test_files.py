"""Materials are whole or absent, named by their content, and only of the types that are taken."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from shared.files.disk import DiskPort
from shared.files.store import CHUNK, Files, Stored
from shared.files.types import HEAD, TYPES, matches
from shared.kernel.errors import Refused

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8
MEGA = 1024 * 1024
HOUR = 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def files(folder: Path) -> Files:
    return Files(DiskPort(folder))


def put(files: Files, content: bytes, claimed: str = "application/pdf", limit: int = MEGA) -> Stored:
    return files.put(io.BytesIO(content), claimed, limit)


def refused(files: Files, content: bytes, claimed: str = "application/pdf", limit: int = MEGA) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        put(files, content, claimed, limit)
    return caught.value.status, caught.value.refusals[0].code


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def age(folder: Path, seconds: float) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - seconds,) * 2)


def test_what_was_stored_comes_back_under_its_digest(files: Files) -> None:
    stored = put(files, PDF)
    assert stored == Stored(f"sha256:{hashlib.sha256(PDF).hexdigest()}", len(PDF), "application/pdf")
    assert files.exists(stored.digest)
    with files.open(stored.digest) as stream:
        assert stream.read() == PDF


def test_the_same_content_is_kept_once(files: Files, folder: Path) -> None:
    assert put(files, PDF) == put(files, PDF)
    assert len(names(folder)) == 1


def test_a_stream_longer_than_one_chunk_is_kept_whole(files: Files) -> None:
    content = PDF + os.urandom(2 * CHUNK)
    with files.open(put(files, content, limit=3 * CHUNK).digest) as stream:
        assert stream.read() == content


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(files: Files, folder: Path) -> None:
    put(files, PDF, limit=len(PDF))
    assert refused(files, PDF + b"x", limit=len(PDF)) == (413, "FILE_TOO_LARGE")
    assert len(names(folder)) == 1, "what is refused leaves nothing behind"


def test_reading_stops_at_the_limit(files: Files) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF-" + b"x" * (size - 5)

    stream = Endless()
    with pytest.raises(Refused):
        files.put(stream, "application/pdf", CHUNK)  # type: ignore[arg-type]
    assert stream.given <= 2 * CHUNK


@pytest.mark.parametrize(("claimed", "content", "code"), [
    ("text/html", b"<script>alert(1)</script>", "FILE_TYPE_NOT_TAKEN"),
    ("image/svg+xml", b"<svg onload='x'/>", "FILE_TYPE_NOT_TAKEN"),
    ("application/x-msdownload", b"MZ\x90\x00", "FILE_TYPE_NOT_TAKEN"),
    ("application/pdf", b"MZ\x90\x00", "FILE_TYPE_DIFFERS"),
    ("image/png", PDF, "FILE_TYPE_DIFFERS"),
    ("text/plain", b"MZ\x00\x01", "FILE_TYPE_DIFFERS"),
    ("video/mp4", b"\x00\x00", "FILE_TYPE_DIFFERS"),
    ("audio/mpeg", b"\xff", "FILE_TYPE_DIFFERS"),
], ids=repr)
def test_a_type_that_is_not_taken_or_not_true_is_refused(files: Files, folder: Path, claimed: str, content: bytes,
                                                         code: str) -> None:
    assert refused(files, content, claimed) == (415, code)
    assert not names(folder)


@pytest.mark.parametrize(("claimed", "content"), [
    ("application/pdf", b"%PDF-1.4"), ("application/ofd", b"PK\x03\x04..."), ("image/jpeg", b"\xff\xd8\xff\xe0"),
    ("image/png", b"\x89PNG\r\n\x1a\n"), ("image/heic", b"\x00\x00\x00\x18ftypheic"), ("image/webp", b"RIFF....WEBP"),
    ("video/mp4", b"\x00\x00\x00\x18ftypisom"), ("video/quicktime", b"\x00\x00\x00\x14ftypqt  "),
    ("audio/mpeg", b"ID3\x04"), ("audio/mpeg", b"\xff\xfb\x90"), ("audio/wav", b"RIFF....WAVE"),
    ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
], ids=repr)
def test_what_is_what_it_claims_is_taken(files: Files, claimed: str, content: bytes) -> None:
    assert put(files, content, claimed).type == claimed


def test_a_photo_does_not_pass_for_a_film() -> None:
    assert not matches("video/mp4", b"\x00\x00\x00\x18ftypheic")
    assert not matches("image/heic", b"\x00\x00\x00\x18ftypisom")


@pytest.mark.parametrize("text", ["现场检查笔录", "plain", "a\tb\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_text_is_taken_in_both_encodings(files: Files, text: str, encoding: str) -> None:
    assert put(files, text.encode(encoding), "text/plain; charset=x").type == "text/plain"


def test_a_character_cut_at_the_end_of_what_is_looked_at_does_no_harm(files: Files) -> None:
    for shift in range(4):
        put(files, (b"x" * shift + ("罚" * HEAD).encode())[:HEAD + 100 * 3], "text/plain")


def test_an_empty_file_is_refused(files: Files) -> None:
    assert refused(files, b"") == (422, "FILE_EMPTY")


def test_no_bytes_whatever_break_the_look_at_them() -> None:
    for content in (b"", b"\x00", b"RIFF", bytes(range(256)), b"\xff" * 5000):
        assert {matches(kind, content) for kind in TYPES} <= {True, False}


@pytest.mark.parametrize("digest", [
    "sha256:../../etc/passwd", "../lock", "", "sha256:" + "A" * 64, "sha256:" + "a" * 63, "sha256:" + "a" * 64 + "\n",
    "sha256:" + "a" * 64, "sm3:" + "a" * 64, "/etc/passwd", "sha256:" + "٣" * 64,
])
def test_a_name_that_is_no_digest_of_a_file_here_finds_nothing(files: Files, digest: str) -> None:
    with pytest.raises(Refused) as caught:
        files.open(digest)
    assert caught.value.status == 404
    assert not files.exists(digest)


def test_a_stream_that_fails_leaves_nothing(files: Files, folder: Path) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.put(Broken(), "application/pdf", MEGA)  # type: ignore[arg-type]
    assert not names(folder)


def test_the_sweep_takes_old_orphans_and_nothing_that_is_named_or_young(files: Files, folder: Path) -> None:
    named, orphan = put(files, PDF), put(files, PDF + b"orphan")
    (folder / "draft" / "left.part").write_bytes(b"cut off")
    age(folder, 2 * HOUR)
    young = put(files, PDF + b"young")
    assert files.sweep({named.digest}) == [orphan.digest]
    assert names(folder) == sorted(stored.digest.removeprefix("sha256:") for stored in (named, young))


def test_nothing_younger_than_an_hour_is_swept_whatever_is_asked(files: Files, folder: Path) -> None:
    put(files, PDF)
    age(folder, HOUR - 60)
    assert files.sweep(set(), timedelta(0)) == []


def test_an_old_orphan_that_is_stored_again_is_young_again(files: Files, folder: Path) -> None:
    put(files, PDF)
    age(folder, 2 * HOUR)
    stored = put(files, PDF)
    assert files.sweep(set()) == []
    files.open(stored.digest).close()


def test_an_old_orphan_that_an_act_is_about_to_name_survives_a_sweep_that_did_not_know(
    files: Files, folder: Path
) -> None:
    scan = put(files, PDF).digest
    age(folder, 25 * HOUR)
    known = frozenset[str]()                    # what the sweep read before the act committed
    assert files.exists(scan)
    assert files.sweep(known, timedelta(days=1)) == []
    age(folder, 25 * HOUR)
    assert files.sweep(known, timedelta(days=1)) == [scan]
    assert not files.exists(scan)


def test_storing_and_sweeping_at_once_never_loses_what_was_just_stored(files: Files, folder: Path) -> None:
    stop = threading.Event()

    def sweep() -> None:
        other = Files(DiskPort(folder))
        while not stop.is_set():
            other.sweep(set())

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        for _ in range(200):
            files.open(put(files, PDF).digest).close()
            age(folder / "sha256", 2 * HOUR)
    finally:
        stop.set()
        sweeper.join()


WRITER = """
import sys
from pathlib import Path
from shared.files.disk import DiskPort
from shared.files.store import Files

class Slow:
    def __init__(self):
        self.first = True
    def seekable(self):
        return False
    def read(self, size):
        if self.first:
            self.first = False
            return b"%PDF-" + b"x" * 100_000
        print("written", flush=True)
        sys.stdin.read()

Files(DiskPort(Path(sys.argv[1]))).put(Slow(), "application/pdf", 10**9)
"""


def test_a_writer_that_is_killed_leaves_a_draft_that_the_sweep_removes(folder: Path) -> None:
    command, pipe = [sys.executable, "-c", WRITER, str(folder)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert [path.suffix for path in folder.rglob("*") if path.is_file() and path.name != "lock"] == [".part"]
    files = Files(DiskPort(folder))
    assert files.sweep(set()) == []
    age(folder, 2 * HOUR)
    assert files.sweep(set()) == []
    assert not names(folder)


def _packed(kind: str, name: str, words: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(name, f"<w:p><w:r><w:t>{words[:1]}</w:t></w:r><w:r><w:t>{words[1:]}</w:t></w:r></w:p><w:p/>")
    return made.getvalue()


DOCX, XLSX = (f"application/vnd.openxmlformats-officedocument.{name}"
              for name in ("wordprocessingml.document", "spreadsheetml.sheet"))


@pytest.mark.parametrize(("kind", "content"), [
    ("text/plain", "机密★10年\n关于某事的报告".encode()),
    ("text/plain", "荣成市文件\n机密★10年\n".encode("gb18030")),
    ("text/csv", "\ufeff【绝密】名单,年份\n".encode()),
    (DOCX, _packed(DOCX, "word/document.xml", "机密★10年")),
    (XLSX, _packed(XLSX, "xl/sharedStrings.xml", "机密★10年")),
], ids=range(5))
def test_a_file_whose_words_begin_with_the_marking_of_a_state_secret_is_not_stored(
        files: Files, kind: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        files.put(io.BytesIO(content), kind, 10_000)
    assert [(each.code, each.where) for each in refused.value.refusals] == [("STATE_SECRET", "file")]


@pytest.mark.parametrize(("kind", "content"), [
    ("text/plain", "涉嫌侵犯商业秘密一案的笔录".encode()),
    (DOCX, _packed(DOCX, "word/document.xml", "保守商业秘密")),
    (DOCX, b"PK\x03\x04 cut off"),
], ids=range(3))
def test_other_words_are_stored_whole(files: Files, kind: str, content: bytes) -> None:
    stored = files.put(io.BytesIO(content), kind, 10_000)
    with files.open(stored.digest) as stream:
        assert stream.read() == content
