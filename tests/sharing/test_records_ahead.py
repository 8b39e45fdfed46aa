"""A delivery is made ready before it takes its turn at writing; what has changed by then is made anew."""

from typing import Any

import pytest
import sqlalchemy as sa

from services.sharing.archive import repository
from services.sharing.archive.delivery_files import gathered, objects
from services.sharing.archive.domain import AddRecords
from services.sharing.archive.record_verification import findings
from services.sharing.archive.store import RECORD
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from tests.offices import MakeOffice, People
from tests.sharing.archive import deliver, found, record
from tests.sharing.catalogue import of, small_city

ZONGHE = Viewer("zonghe", Rank.OFFICER, "p", "a", "某某")


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


def ready(office: Office, *records: dict[str, Any]) -> AddRecords:
    return repository.ahead(office.means, gathered(objects(list(records))), ZONGHE)


def kept(office: Office) -> list[tuple[str, str, int, bool]]:
    """(id, the agency's own, version, current) in the order of delivery."""
    with office.db.read() as tx:
        return [(row.id, row.external_id, row.version, row.current)
                for row in tx.execute(sa.select(RECORD).order_by(RECORD.c.nr))]


def test_what_was_made_ready_is_what_is_kept_so_that_nothing_is_sealed_while_others_wait(office: Office) -> None:
    command = ready(office, record("1"), record("2"))
    made = [row["id"] for row in command.ready.value.rows]
    done = office.acts["records"].do("add-records", command, ZONGHE, Request())
    assert [id_ for id_, *_ in kept(office)] == made
    assert (done.answer["facts"]["new"], done.answer["facts"]["unchanged"]) == (2, 0)


def test_what_another_delivery_changed_meanwhile_is_made_anew(office: Office, people: People) -> None:
    late = ready(office, record("1"), record("2", title="改过的标题"), record("3"))
    deliver(people, record("1"), record("2"))
    told = office.acts["records"].do("add-records", late, ZONGHE, Request()).answer["facts"]
    assert (told["new"], told["unchanged"], told["replaced"]) == (1, 1, 1)
    assert [row[1:] for row in kept(office)] == [("1", 1, True), ("2", 1, False), ("2", 2, True), ("3", 1, True)]
    assert [each["title"] for each in found(people, "zonghe", text="改过")] == ["改过的标题"]


def test_a_delivery_takes_no_more_statements_for_every_record_that_it_replaces(office: Office, people: People) -> None:
    def statements(count: int, title: str) -> int:
        told: list[str] = []
        command = ready(office, *(record(str(each), title=title) for each in range(count)))
        with office.db.write() as tx:
            sa.event.listen(tx, "before_cursor_execute", lambda *about: told.append(about[2]))
            done = office.acts["records"].do_in(tx, "add-records", command, ZONGHE, Request())
        assert done.answer["facts"]["replaced"] == count
        return len(told)

    deliver(people, *(record(str(each)) for each in range(40)))
    assert statements(2, "某公司改名案") == statements(40, "某公司再改名案")
    assert len(found(people, "zonghe", text="再改名")) == 40 and found(people, "zonghe", text="占道") == []


def test_a_delivery_that_is_wrong_is_made_nothing_of(office: Office) -> None:
    command = repository.ahead(office.means, gathered(objects([{**record("1"), "occurred_on": "x"}])), ZONGHE)
    assert command.ready.value == ()


def test_a_person_sealed_ahead_is_read_by_the_holder(office: Office, people: People) -> None:
    of_person = record("1", respondent_kind="person", respondent="钟离浥尘", access="open")
    office.acts["records"].do("add-records", ready(office, of_person), ZONGHE, Request())
    (row,) = found(people, "zonghe", respondent="钟离浥尘")
    opened = people.post(f"/api/sharing/records/{row['id']}/open", {}, "zonghe", 1)
    assert opened.data["respondent"]["name"] == "钟离浥尘"
    with office.db.read() as tx:
        assert not list(findings(tx, office.means))
