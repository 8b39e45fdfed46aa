"""Files in pieces: gone on with after whatever cut them off, checked as any other, seen by nobody else."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.machines.conftest import CASES, System, system
from tests.permissions.city import FIRST, SENDER, Answer, City, announce

UPLOADS = "/api/transfer/uploads"


def file(size: int, of: str = "a") -> bytes:
    return (b"%PDF-1.4\n" + of.encode() * size)[:size]


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def begun(its: System, content: bytes, **more: Any) -> Answer:
    return its.post(UPLOADS, {"digest": digest(content), "size": len(content), "type": "application/pdf", **more})


def put(its: System, id: str, offset: int, piece: bytes) -> Answer:
    return its.ask("PUT", f"{UPLOADS}/{id}", data=piece,
                   headers={"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"})


def test_a_file_comes_in_pieces_is_finished_and_named_by_an_act(city: City, sender: System) -> None:
    content = file(3000)
    first = begun(sender, content)
    assert first.status == 201 and first.headers["Location"] == f"{UPLOADS}/{first.data['id']}"
    id = first.data["id"]
    assert put(sender, id, 0, content[:1000]).data["received"] == 1000
    assert sender.get(f"{UPLOADS}/{id}").headers["Upload-Offset"] == "1000"
    gap = put(sender, id, 2000, content[2000:])
    assert (gap.status, gap.codes) == (409, ["UPLOAD_OFFSET"])
    assert sender.post(f"{UPLOADS}/{id}/finish", {}).codes == ["UPLOAD_INCOMPLETE"]
    assert put(sender, id, 500, content[500:2500]).data["received"] == 2500, "what is here is passed over"
    assert put(sender, id, 0, content[:1000]).data["received"] == 2500, "a piece sent again changes nothing"
    assert put(sender, id, 2500, content[2500:] + b"x").codes == ["UPLOAD_PAST_END"]
    assert put(sender, id, 2500, content[2500:]).data["received"] == 3000
    done, again = (sender.post(f"{UPLOADS}/{id}/finish", {}) for _ in range(2))
    assert done.data["done"] is True and done.data == again.data
    assert begun(sender, content).data["id"] == id, "announced again it is the same"
    case = sender.post(CASES, announce(FIRST, city.today)).data["id"]
    about = {"name": "照片", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "electronic",
             "digest": digest(content), "external_ref": {"system": "banan", "id": id}}
    added, repeated = (sender.post(f"{CASES}/{case}/materials", about) for _ in range(2))
    assert added.status == 200 and added.data == repeated.data, added.text
    assert sender.get(f"{CASES}/{case}/materials/1").text.encode() == content


def test_an_upload_is_nobody_else_s(city: City, sender: System) -> None:
    content = file(100, "b")
    id = begun(sender, content).data["id"]
    nowhere = "01955984-0000-7000-8000-000000000000"
    for other in (system(city, FIRST), system(city, SENDER)):
        for asked in (other.get(f"{UPLOADS}/{id}"), put(other, id, 0, content), other.ask("DELETE", f"{UPLOADS}/{id}"),
                      other.post(f"{UPLOADS}/{id}/finish", {})):
            assert (asked.status, asked.codes) == (404, ["NO_SUCH_UPLOAD"])
        assert other.get(f"{UPLOADS}/{nowhere}").data["detail"] == other.get(f"{UPLOADS}/{id}").data["detail"]
        assert begun(other, content).data["id"] != id, "the same file of another is another upload"
    put(sender, id, 0, content)
    sender.post(f"{UPLOADS}/{id}/finish", {})
    thief = system(city, FIRST)
    case = thief.post(CASES, announce(SENDER, city.today)).data["id"]
    about = {"name": "照片", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "electronic",
             "digest": digest(content)}
    assert thief.post(f"{CASES}/{case}/materials", about).codes == ["FILE_NOT_UPLOADED"]


@pytest.mark.parametrize(("said", "code"), [
    ({"type": "text/html"}, "FILE_TYPE_NOT_TAKEN"),
    ({"size": 104_857_601}, "FILE_TOO_LARGE"),
    ({"name": "绝密★启用前.pdf"}, "STATE_SECRET"),
])
def test_what_is_not_taken_is_refused_before_a_byte_comes(
        sender: System, said: dict[str, Any], code: str) -> None:
    assert begun(sender, file(50), **said).codes == [code]


@pytest.mark.parametrize(("type", "text", "code"), [
    ("application/pdf", "no pdf at all", "FILE_TYPE_DIFFERS"),
    ("text/plain", "机密★五年\n内容", "STATE_SECRET"),
])
def test_what_came_is_checked_as_any_other_file_and_dropped_where_it_is_not_taken(
        sender: System, type: str, text: str, code: str) -> None:
    content = text.encode()
    id = begun(sender, content, type=type).data["id"]
    put(sender, id, 0, content)
    assert sender.post(f"{UPLOADS}/{id}/finish", {}).codes == [code]
    assert sender.get(f"{UPLOADS}/{id}").status == 404


def test_another_content_than_was_announced_is_dropped(sender: System) -> None:
    content = file(64, "c")
    id = begun(sender, content).data["id"]
    put(sender, id, 0, content[:-1] + b"!")
    answer = sender.post(f"{UPLOADS}/{id}/finish", {})
    assert (answer.status, answer.codes) == (422, ["DIGEST_DIFFERS"])
    assert begun(sender, content).status == 201, "it is sent anew"


def test_what_nobody_goes_on_with_goes_after_a_day_and_gives_its_room_back(city: City) -> None:
    its, office = system(city, FIRST), city.suite.offices["transfer"]
    ids = [begun(its, file(64, chr(100 + number))).data["id"] for number in range(office.settings.waiting_files)]
    put(its, ids[0], 0, file(64, "d")[:10])
    full = begun(its, file(64, "z"))
    assert (full.status, full.codes, full.headers["Retry-After"]) == (429, ["FILES_WAITING"], "60")
    city.clock.advance(days=1, seconds=1)
    office.housekeep()
    its.sign_in()
    assert its.get(f"{UPLOADS}/{ids[0]}").status == 404
    assert begun(its, file(64, "z")).status == 201
    assert len(list((office.settings.home / "files" / "transfer" / "upload").glob("*.part"))) == 0


def test_what_is_given_up_is_gone(sender: System) -> None:
    id = begun(sender, file(64, "e")).data["id"]
    assert sender.ask("DELETE", f"{UPLOADS}/{id}").status == 204
    assert sender.get(f"{UPLOADS}/{id}").status == 404


KILLED = """
import os, signal, sys
from pathlib import Path
from shared.kernel.clock import SystemClock
from shared.db.database import Database, sqlite_url
from shared.files.disk import DiskPort
from shared.files.store import Files
from shared.files.uploads import Uploads
class Dies:
    def __init__(self, text): self.parts = [text[:1000], text[1000:1500]]
    def read(self, _):
        if not self.parts: os.kill(os.getpid(), signal.SIGKILL)
        return self.parts.pop(0)
home, id = Path(sys.argv[1]), sys.argv[2]
files = Files(DiskPort(home / "files"))
uploads = Uploads(Database(sqlite_url(home / "db.sqlite")), SystemClock(), files, 10**6, (9, 10**6))
uploads.add("c-1", id, int(sys.argv[3]), Dies(sys.stdin.buffer.read()))
"""


def test_a_process_killed_under_a_piece_loses_that_piece_alone(tmp_path: Path) -> None:
    from io import BytesIO

    from shared.db.database import SHARED, Database, sqlite_url
    from shared.files.disk import DiskPort
    from shared.files.store import Files
    from shared.files.uploads import Uploads
    from shared.kernel.clock import SystemClock

    db = Database(sqlite_url(tmp_path / "db.sqlite"))
    with db.write() as tx:
        SHARED.create_all(tx)
    files = Files(DiskPort(tmp_path / "files"))
    uploads = Uploads(db, SystemClock(), files, 10 ** 6, (9, 10 ** 6))
    content = file(4000, "k")
    id = uploads.begin("c-1", digest(content), len(content), "application/pdf")[0].id
    uploads.add("c-1", id, 0, BytesIO(content[:700]))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), id, "700"], input=content[700:],
                            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])})
    assert killed.returncode == -signal.SIGKILL
    assert uploads.get("c-1", id).received == 700, "what was not said to be here is not"
    assert uploads.add("c-1", id, 700, BytesIO(content[700:])).received == 4000
    assert uploads.finish("c-1", id).done
    with files.open(digest(content)) as stored:
        assert stored.read() == content
    db.dispose()
