"""What is uploaded and not used has an end: over HTTP, for scans and materials alike."""

import io
import uuid
from dataclasses import replace

import sqlalchemy as sa

from services.transfer.api import make
from services.transfer.office import SPEC
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.served import Asking, codes

__all__ = ["make_office"]


def test_whoever_lets_uploads_lie_gets_no_more_of_them_until_a_day_has_gone(
        make_office: MakeOffice, clock: HandClock) -> None:
    office = make_office(SPEC)
    office.settings = replace(office.settings, waiting_files=2)
    people = Asking(office, make(office).test_client())

    def upload(kind: str = "application/pdf", who: str = "zjj") -> tuple[int, list[str]]:
        content = io.BytesIO(b"%PDF-1.7\n" + uuid.uuid4().bytes)
        answer = people.client.post("/api/transfer/cases/scans", data={"file": (content, "scan.pdf", kind)}, headers={
            "Authorization": f"Bearer {people.token(who, 1)}", "Accept-Language": "en"})
        return answer.status_code, codes(answer) if answer.status_code != 200 else []

    assert upload("image/x-unknown") == (415, ["FILE_TYPE_NOT_TAKEN"])
    assert [upload(), upload()] == [(200, [])] * 2
    assert upload() == (429, ["FILES_WAITING"])
    assert upload(who="scj") == (200, [])
    clock.advance(days=1, seconds=1)
    office.housekeep()
    assert upload() == (200, [])


def test_a_file_that_is_called_a_state_secret_is_refused_and_not_stored(make_office: MakeOffice) -> None:
    office = make_office(SPEC)
    people = Asking(office, make(office).test_client())

    def upload(name: str) -> tuple[int, list[str]]:
        answer = people.client.post("/api/transfer/cases/scans", data={
            "file": (io.BytesIO(b"%PDF-1.7\n" + uuid.uuid4().bytes), name, "application/pdf")}, headers={
            "Authorization": f"Bearer {people.token('zjj', 1)}", "Accept-Language": "en"})
        return answer.status_code, codes(answer) if answer.status_code != 200 else []

    assert upload("关于某事的报告（机密）.pdf") == (422, ["STATE_SECRET"])
    assert not list((office.settings.home / "files").rglob("sha256/*/*"))
    with office.db.read() as tx:
        query = sa.text("select outcome, agency, what, subject from access_log where kind = 'refused'")
        logged = tx.execute(query).all()
    assert logged == [("STATE_SECRET", "zjj", "scans", "")]
    assert upload("侵犯商业秘密案笔录.pdf") == (200, [])
