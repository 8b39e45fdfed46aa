"""The client kit against a suite that runs: what the fakes of its own tests take for granted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from liandong_client import SERVICES, Client, Event, Login, NewEpoch, Place, Reader, Refused, SqliteStore, told_by
from liandong_client.stores import CITY

from liandong.bodies import body
from tests.examples.telling import case_with, items
from tests.liandong.people import People, today
from tests.liandong.running import HOUSING, Process


@pytest.fixture
def client(suite: Process, people: People) -> Client:
    """An officer of 住建局 at work with the kit."""
    login = people.login(HOUSING)
    return Client(f"http://127.0.0.1:{suite.port}", Login(login=login, password=people.accounts()[login][0]))


@pytest.fixture
def machine(suite: Process, keys: dict[str, str]) -> Client:
    """The system of 住建局, by its key."""
    return Client(f"http://127.0.0.1:{suite.port}", Login(api_key=keys[HOUSING]), language="en")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore(tmp_path / "own.sqlite")
    yield kept
    kept.close()


def test_many_cases_are_opened_once_however_often_they_are_sent(client: Client, people: People) -> None:
    openings = [{**body("announce", people.case().story, today()), "external_ref": {"system": "oa", "id": f"many-{n}"}}
                for n in range(3)]
    first, again = (list(client.open_many("transfer", "cases", openings)) for _ in range(2))
    assert [each["status"] for each in (*first, *again)] == [201] * 3 + [200] * 3
    assert [each["external_ref"]["id"] for each in first] == ["many-0", "many-1", "many-2"]
    found = [each["id"] for each in client.items("transfer", "cases", external_ref="oa:many-1")]
    assert len(found) == 1


def test_a_file_comes_in_pieces_into_the_case(client: Client, people: People, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liandong_client.client.PIECE", 1000)
    file, case = tmp_path / "note.txt", case_with(people)
    file.write_text("现场情况说明。" * 150, "utf-8")
    about = {"name": "情况说明", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "electronic"}
    done = client.upload_in_pieces("transfer", f"cases/{case.id}", about, file, kind="text/plain")
    assert client.download(f"/api/transfer/cases/{case.id}/materials/1") == file.read_bytes()
    again = client.upload("transfer", f"cases/{case.id}", {**about, "name": "另一份"}, file, kind="text/plain")
    assert again.answer["facts"]["material"] == 2 and done.id == case.id


def test_a_refusal_tells_its_article_in_the_language_asked_for(machine: Client, people: People) -> None:
    case = case_with(people, "add-material")
    with pytest.raises(Refused) as refused:
        machine.act("transfer", f"cases/{case.id}", "deliver", {"way": "platform", "delivered_by": "x"}, if_match=99)
    assert refused.value.status in (409, 412) and refused.value.code and "。" not in refused.value.detail
    with pytest.raises(Refused) as refused:
        machine.act("transfer", f"cases/{case.id}", "issue-letter", {}, if_match=case.revision)
    assert refused.value.status == 403


def test_what_the_feeds_give_is_typed_and_a_day_is_the_same_on_both_sides(
        machine: Client, people: People, store: SqliteStore) -> None:
    case_with(people, "add-material", "issue-letter")
    got: list[Event] = []
    reader = Reader(machine, SERVICES, store)
    reader.run(got.append, follow=False)
    assert {event.source for event in got} >= {"transfer", "sharing"} and all(told_by(event) for event in got)
    day = datetime.now(UTC).astimezone(CITY).date()
    compared = reader.compare("transfer", day)
    assert compared.holds and not compared.complete
    assert compared.mine.count == len([each for each in got if each.source == "transfer"
                                       and each.time.astimezone(CITY).date() == day]) > 0
    lost = next(each for each in got if each.source == "transfer" and each.time.astimezone(CITY).date() == day)
    store.connection.execute("DELETE FROM liandong_seen WHERE id = ?", (lost.id,))
    assert not reader.compare("transfer", day).holds


def test_chosen_events_are_read_and_a_reader_waits_for_the_next(machine: Client, people: People, store: SqliteStore
                                                                ) -> None:
    types, got = ("transfer.letter_issued", "transfer.delivered"), list[str]()
    reader = Reader(machine, SERVICES, store, types=types)
    assert reader.sources == ("transfer",)
    reader.run(lambda event: got.append(event.key), follow=False)
    before = len(got)
    case_with(people, "add-material", "issue-letter", "deliver")
    reader.run(lambda event: got.append(event.key), stopping=lambda: len(got) >= before + 2)
    assert got[before:] == list(types) and set(got) == set(types)


def test_a_foreign_epoch_is_told_and_reconciled(machine: Client, people: People, store: SqliteStore) -> None:
    """As after a restore: the place is one of a life that the journal no longer leads."""
    got: list[Event] = []
    reader = Reader(machine, "transfer", store)
    reader.run(got.append, follow=False)
    with store.transaction():
        store.move("transfer", Place("0" * 12, 5))
    with pytest.raises(NewEpoch) as new:
        reader.run(got.append, follow=False)
    told = reader.reconcile("transfer", got.append)
    assert (told.new, told.lost, told.epoch) == (0, frozenset(), new.value.epoch)
    assert told.again == len(got) == len(items(people, HOUSING))
