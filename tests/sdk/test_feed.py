"""Reading feeds: each event once, in the order of its source, also after a crash, a gap and a new epoch."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from liandong_client import Event, FileStore, GapOpen, NewEpoch, Place, Reader, Refused, SqliteStore, Unreachable
from liandong_client.stores import Had, Store

from tests.sdk.faking import Answer, Asked, Feeds, Server, text_of

MakeStore = Callable[[], Any]


@pytest.fixture(params=[FileStore, SqliteStore])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Opens the same store as often as it is called: what a process finds that starts again."""
    with ExitStack() as opened:

        def make() -> Any:
            store = request.param(tmp_path / "kept")
            if isinstance(store, SqliteStore):
                opened.callback(store.close)
            return store

        yield make


def read(server: Server, store: Store, *sources: str, **more: Any) -> list[int]:
    """What a reader hands over until the feeds' end."""
    got: list[Event] = []
    Reader(server.client(), sources or ("transfer",), store, **more).run(got.append, follow=False)
    return [event.position for event in got]


def test_everything_is_read_in_order_page_by_page_and_once(make_store: MakeStore) -> None:
    feeds = Feeds(transfer=[2, 5, 9, 11, 12])
    server = Server(feeds)
    assert read(server, make_store(), limit=2) == [2, 5, 9, 11, 12]
    assert read(server, make_store(), limit=2) == []
    feeds.positions["transfer"].append(20)
    assert read(server, make_store(), limit=2) == [20]
    assert make_store().place("transfer") == Place("e1", 20, "e1.20")


def test_a_long_poll_waits_for_as_long_as_it_said(make_store: MakeStore) -> None:
    feeds = Feeds(transfer=[1])
    server, got = Server(feeds), list[int]()

    def rule(asked: Asked) -> Answer:
        if asked.query.get("after") == "e1.1":
            feeds.positions["transfer"] = [1, 2]
        return feeds(asked)

    server.rule = rule
    Reader(server.client(), "transfer", make_store(), wait=7).run(
        lambda event: got.append(event.position), stopping=lambda: len(got) == 2)
    assert got == [1, 2] and [asked.query.get("wait") for asked in server.asked][:2] == [None, "7"]


def test_an_iterated_event_counts_when_the_next_one_is_asked_for(make_store: MakeStore) -> None:
    server = Server(Feeds(transfer=[1, 2, 3]))
    events = iter(Reader(server.client(), "transfer", make_store()))
    assert [next(events).position, next(events).position] == [1, 2]
    assert make_store().place("transfer").position == 1
    events.close()      # type: ignore[attr-defined]


def test_what_a_handler_fails_at_comes_again_and_nothing_before_it(make_store: MakeStore) -> None:
    server, got = Server(Feeds(transfer=[1, 2, 3, 4])), list[int]()

    def fails(event: Event) -> None:
        if event.position == 3:
            raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        Reader(server.client(), "transfer", make_store()).run(fails, follow=False)
    Reader(server.client(), "transfer", make_store()).run(lambda event: got.append(event.position), follow=False)
    assert got == [3, 4]


def test_effect_and_place_are_one_transaction(tmp_path: Path) -> None:
    server, store = Server(Feeds(transfer=[1, 2, 3])), SqliteStore(tmp_path / "own.sqlite")
    store.connection.execute("CREATE TABLE work (id TEXT PRIMARY KEY)")

    def handler(event: Event) -> None:
        store.connection.execute("INSERT INTO work VALUES (?)", (event.id,))
        if event.position == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Reader(server.client(), "transfer", store).run(handler, follow=False, batch=1)
    rows = [row[0] for row in store.connection.execute("SELECT id FROM work ORDER BY id")]
    assert (rows, store.place("transfer").position) == (["transfer-1", "transfer-2"], 2)
    store.close()


# several sources

def test_no_source_waits_for_the_backlog_of_another(make_store: MakeStore) -> None:
    feeds, others = Feeds(transfer=range(1, 101), sharing=[1, 2], desk=[7]), Barrier(2)

    def rule(asked: Asked) -> Answer:
        if "after" in asked.query and "transfer" in asked.path and asked.query["after"] == "e1.10":
            others.wait(30)         # the backlog goes on when another was asked
        if "after" not in asked.query and "sharing" in asked.path:
            others.wait(30)
        return feeds(asked)

    got: list[Event] = []
    Reader(Server(rule).client(), ("transfer", "sharing", "desk"), make_store(), limit=10).run(got.append, follow=False)
    by_source = {source: [event.position for event in got if event.source == source] for source in
                 ("transfer", "sharing", "desk")}
    assert by_source == {"transfer": [*range(1, 101)], "sharing": [1, 2], "desk": [7]}
    assert max(at for at, event in enumerate(got) if event.source != "transfer") < 101, "not behind the whole backlog"


# what goes wrong

def test_a_hole_in_a_feed_stops_the_reader(make_store: MakeStore) -> None:
    def rule(asked: Asked) -> Answer:
        items = [{"position": 9, "prev": 5, "epoch": "e1", "body": text_of(9)}]
        return Answer(200, {"epoch": "e1", "next": "e1.9", "items": items})

    store = make_store()
    with store.transaction():
        store.move("transfer", Place("e1", 2))
    with pytest.raises(GapOpen, match="after 2 comes 9"):
        read(Server(rule), store)
    assert store.place("transfer").position == 2


def test_chosen_types_are_asked_for_by_source_and_the_mark_is_kept_as_it_is(make_store: MakeStore) -> None:
    def rule(asked: Asked) -> Answer:
        last = asked.query.get("after", "")
        items = [{"position": 9, "prev": 0, "epoch": "e1", "body": text_of(9)}] if not last else []
        return Answer(200, {"epoch": "e1", "next": "e1.20-9" if not last else "e1.30-9", "more": not last,
                            "items": items})

    server, types = Server(rule), ("transfer.announced", "transfer.letter_issued", "sharing.tip_claimed")
    assert read(server, make_store(), "transfer", "desk", types=types) == [9]
    assert [asked.query["types"] for asked in server.asked] == ["announced,letter_issued"] * 2
    assert [asked.query.get("after") for asked in server.asked] == [None, "e1.20-9"]
    assert make_store().place("transfer") == Place("e1", 9, "e1.30-9")


def test_the_feed_of_an_agency_that_ended_is_asked_for_by_its_code(make_store: MakeStore) -> None:
    server = Server(Feeds(transfer=[3, 4]))
    assert read(server, make_store(), of="yuzheng", limit=1) == [3, 4]
    assert {asked.query.get("of") for asked in server.asked} == {"yuzheng"}


def test_a_feed_without_a_place_to_wait_in_is_left_alone_for_as_long_as_it_asks(make_store: MakeStore) -> None:
    """Else a reader would ask without a pause."""
    feeds, got = Feeds(transfer=[1]), list[int]()
    server = Server(lambda asked: replace(feeds(asked), headers={"Retry-After": "3600"}))
    Reader(server.client(), "transfer", make_store()).run(
        lambda event: got.append(event.position), stopping=lambda: len(server.asked) >= 2 and bool(got))
    assert len(server.asked) == 2


def test_a_reader_that_can_reach_nothing_says_so_unless_it_follows(make_store: MakeStore) -> None:
    with pytest.raises(Unreachable):
        read(Server(lambda asked: Answer(lost=True)), make_store())


def test_who_may_not_read_hears_it(make_store: MakeStore) -> None:
    with pytest.raises(Refused, match="FEEDS_ONLY"):
        read(Server(lambda asked: Answer(403, {"code": "FEEDS_ONLY"})), make_store())


def test_in_a_new_epoch_the_reader_stops_reads_anew_and_tells_what_is_lost(tmp_path: Path) -> None:
    """A restore lost 3 and gave its position to another event; what is had is not handled again."""
    feeds, store, got = Feeds(transfer=[1, 2, 3]), SqliteStore(tmp_path / "own.sqlite"), list[str]()
    server = Server(feeds)
    reader = Reader(server.client(), "transfer", store, limit=2)
    reader.run(lambda event: got.append(event.id), follow=False)
    feeds.epoch, feeds.positions["transfer"] = "e2", [1, 2, 3, 4]
    feeds.ids = {("transfer", 3): "other-3", ("transfer", 4): "other-4"}
    with pytest.raises(NewEpoch) as new:
        reader.run(lambda event: got.append(event.id), follow=False)
    assert (new.value.source, new.value.epoch, new.value.after) == ("transfer", "e2", "e2.0")
    assert len(got) == 3
    told = reader.reconcile("transfer", lambda event: got.append(event.id))
    assert (told.new, told.again, told.lost, told.epoch) == (2, 2, {"transfer-3"}, "e2")
    assert got[3:] == ["other-3", "other-4"] and store.place("transfer").mark == "e2.4"
    reader.run(lambda event: got.append(event.id), follow=False)
    assert len(got) == 5
    store.close()


def test_reconciling_cut_off_is_gone_on_with_and_handles_nothing_twice(tmp_path: Path) -> None:
    feeds, store, got = Feeds(transfer=[1, 2, 3, 4]), SqliteStore(tmp_path / "own.sqlite"), list[str]()
    reader = Reader(Server(feeds).client(), "transfer", store, limit=2)
    reader.run(lambda event: got.append(event.id), follow=False)
    feeds.epoch = "e2"
    with store.transaction():
        store.move("transfer", Place("e2", 2))      # as far as it came
    reader.run(lambda event: got.append(event.id), follow=False)
    assert len(got) == 4 and store.place("transfer").mark == "e2.4"
    store.close()


def test_a_file_is_replaced_whole_and_read_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    store = FileStore(kept)
    with store.transaction():
        store.move("transfer", Place("e1", 5))
    assert json.loads(kept.read_text()) == {"transfer": {"epoch": "e1", "position": 5, "given": ""}}
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert FileStore(kept).place("transfer").mark == "e1.5" and FileStore(kept).place("desk").mark == ""


# proof

def test_a_day_is_compared_by_count_places_and_a_digest_over_the_ids(tmp_path: Path) -> None:
    """The events of the fake feeds are all of 2026-01-01, 08:00 by the city's clock."""
    digest = "sha256:" + hashlib.sha256(b"transfer-2\ntransfer-5\n").hexdigest()
    feeds, told = Feeds(transfer=[2, 5]), {"count": 2, "first": 2, "last": 5, "digest": digest, "complete": True}
    server = Server(lambda asked: Answer(200, told) if asked.path.endswith("/reconciliation") else feeds(asked))
    store = SqliteStore(tmp_path / "own.sqlite")
    reader = Reader(server.client(), "transfer", store)
    reader.run(lambda event: None, follow=False)
    compared = reader.compare("transfer", date(2026, 1, 1))
    assert compared.holds and compared.complete and server.asked[-1].query == {"date": "2026-01-01"}
    told.update(count=3, last=6)
    assert not reader.compare("transfer", date(2026, 1, 1)).holds
    assert store.had("transfer", date(2026, 1, 2)) == Had(0, None, None, "sha256:" + hashlib.sha256().hexdigest())
    store.close()
    with pytest.raises(TypeError, match="SqliteStore"):
        Reader(server.client(), "transfer", FileStore(tmp_path / "f")).compare("transfer", date(2026, 1, 1))
