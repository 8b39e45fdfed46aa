"""Each appointment has room for so many files that no case names: taken before one is read, given back with a use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.db.database import Database
from shared.files import uses, waiting
from shared.files.store import Stored
from shared.files.waiting import Room
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused


@pytest.fixture
def room(database: Database, clock: HandClock) -> Room:
    return Room(database, clock, files=3, size=1000)


def put(room: Room, name: str, size: int = 10, who: str = "a-1") -> None:
    with room.place(who, size) as place:
        place.stored = Stored(name, size, "application/pdf")


def test_one_file_more_than_may_wait_is_refused_and_another_appointment_has_its_own(room: Room) -> None:
    for name in ("1", "2", "3"):
        put(room, name)
    with pytest.raises(Refused) as refused:
        put(room, "4")
    (told,) = refused.value.refusals
    assert (told.status, told.code) == (429, "FILES_WAITING") and "3 个、30 字节" in told.zh and "3 files" in told.en
    put(room, "4", who="a-2")


def test_bytes_count_too_but_one_large_file_alone_may_wait(room: Room) -> None:
    put(room, "large", 5000, who="a-2")
    put(room, "1", 600)
    with pytest.raises(Refused):
        put(room, "2", 401)
    put(room, "2", 400)


def test_a_file_that_a_case_names_and_one_sent_twice_take_no_more_room(
        room: Room, database: Database, clock: HandClock) -> None:
    for name in ("1", "1", "1", "2", "3"):
        put(room, name)
    with database.write() as tx:
        uses.note(tx, "2", "case", clock.now())
    put(room, "4")
    with database.read() as tx:
        assert waiting.waiting_of(tx, "a-1") == (3, 30)


def test_an_upload_that_fails_gives_its_room_back_and_one_cut_off_after_a_day(
        room: Room, database: Database, clock: HandClock) -> None:
    with pytest.raises(ZeroDivisionError), room.place("a-1", 900):
        raise ZeroDivisionError
    put(room, "1", 900)
    clock.advance(days=1, seconds=1)
    with database.write() as tx:
        assert waiting.sweep(tx, clock.now() - timedelta(days=1)) == 1
        assert waiting.waiting_of(tx, "a-1") == (0, 0)


def test_many_uploads_at_once_have_no_more_room_than_one_after_the_other(room: Room) -> None:
    def send(number: int) -> bool:
        try:
            put(room, f"file {number}")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 3
