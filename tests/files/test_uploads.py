"""Uploads in pieces on both back ends: one at a time, kept over a broken stream, their room that of other files."""

import hashlib
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from shared.db.database import Database
from shared.files.disk import DiskPort
from shared.files.store import Files
from shared.files.uploads import Uploads
from shared.files.waiting import uploaded, waiting_of
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused

CONTENT = b"%PDF-1.4\n" + b"x" * 991
DIGEST = "sha256:" + hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def uploads(database: Database, clock: HandClock, tmp_path: Path) -> Uploads:
    return Uploads(database, clock, Files(DiskPort(tmp_path / "files")), 10_000, (3, 2_500))


def begun(uploads: Uploads, whose: str = "a-1", digest: str = DIGEST) -> str:
    return uploads.begin(whose, digest, len(CONTENT), "application/pdf")[0].id


def refused(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.refusals[0].code


class Broken(BytesIO):
    """A stream that breaks off when it is read again."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionError("gone")
        return super().read(size)


def test_what_came_before_the_stream_broke_off_is_kept(uploads: Uploads) -> None:
    id = begun(uploads)
    with pytest.raises(ConnectionError):
        uploads.add("a-1", id, 0, Broken(CONTENT[:300]))
    assert uploads.get("a-1", id).received == 300
    assert uploads.add("a-1", id, 300, BytesIO(CONTENT[300:])).received == 1000
    assert uploads.finish("a-1", id).done


def test_while_a_piece_comes_in_another_is_told_to_wait(uploads: Uploads) -> None:
    id = begun(uploads)

    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if not self.tell():
                assert refused(lambda: uploads.add("a-1", id, 0, BytesIO(CONTENT))) == "UPLOAD_BUSY"
                assert refused(lambda: uploads.finish("a-1", id)) == "UPLOAD_BUSY"
            return super().read(size)
    assert uploads.add("a-1", id, 0, Slow(CONTENT)).received == 1000


def test_uploads_under_way_and_done_take_the_room_of_other_files(uploads: Uploads, database: Database) -> None:
    id = begun(uploads)
    begun(uploads, digest="sha256:" + "1" * 64)
    assert refused(lambda: begun(uploads, digest="sha256:" + "2" * 64)) == "FILES_WAITING", "bytes"
    assert begun(uploads, "a-2")
    uploads.add("a-1", id, 0, BytesIO(CONTENT))
    uploads.finish("a-1", id)
    with database.read() as tx:
        assert waiting_of(tx, "a-1") == (2, 2000) and uploaded(tx, "a-1", DIGEST)
        assert not uploaded(tx, "a-2", DIGEST)


def test_another_size_said_of_the_same_file_begins_anew(uploads: Uploads) -> None:
    id = begun(uploads)
    uploads.add("a-1", id, 0, BytesIO(CONTENT[:10]))
    other, fresh = uploads.begin("a-1", DIGEST, 999, "application/pdf")
    assert fresh and other.id != id and other.received == 0
    assert refused(lambda: uploads.get("a-1", id)) == "NO_SUCH_UPLOAD"


def test_an_upload_that_is_gone_on_with_lives_on(uploads: Uploads, clock: HandClock) -> None:
    id = begun(uploads)
    for end in (100, 200, 300):
        clock.advance(hours=20)
        assert uploads.sweep() == 0
        assert uploads.add("a-1", id, end - 100, BytesIO(CONTENT[end - 100:end])).received == end
    clock.advance(hours=25)
    assert uploads.sweep() == 1 and refused(lambda: uploads.get("a-1", id)) == "NO_SUCH_UPLOAD"


def test_what_lies_there_of_no_upload_goes(uploads: Uploads, tmp_path: Path) -> None:
    id = begun(uploads)
    uploads.add("a-1", id, 0, BytesIO(CONTENT[:10]))
    folder = tmp_path / "files" / "upload"
    (folder / "01955984-0000-7000-8000-000000000000.part").write_bytes(b"left over")
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    uploads.sweep()
    assert {path.stem for path in folder.iterdir()} == {id}, "an upload under way stays"
