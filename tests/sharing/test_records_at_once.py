"""Two deliveries of archive records at the same moment: one waits for the other, both succeed, neither is half done."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from services.sharing.archive import index_verification, record_verification, repository
from services.sharing.archive.store import RECORD
from shared.acts.office import Office
from tests.offices import Answer, MakeOffice
from tests.sharing.archive import deliver, found, record
from tests.sharing.catalogue import of, small_city

Deliveries = tuple[tuple[str, list[dict[str, Any]]], ...]


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


def records(first: int, last: int) -> list[dict[str, Any]]:
    return [record(str(number), text=f"第{number}号现场检查记录") for number in range(first, last + 1)]


def both(office: Office, monkeypatch: pytest.MonkeyPatch, *said: tuple[str, list[dict[str, Any]]]) -> list[Answer]:
    """Delivers both; each is made ready on what was there before either, so that one is overtaken by the other."""
    made, ready, calls = repository._made, threading.Barrier(2, timeout=60), list[str]()

    def together(*given: Any) -> repository.Ready:
        calls.append("made")
        if len(calls) <= 2:
            ready.wait()
        return made(*given)

    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as pool:
        patched.setattr(repository, "_made", together)
        answers = list(pool.map(
            lambda each: deliver(of(office), *each[1], agency=each[0], key=each[0] + each[1][0]["id"]), said))
    assert len(calls) == 3, "the one that waited was made anew on what the other had left, and only that one"
    return answers


def held(office: Office) -> list[Any]:
    with office.db.read() as tx:
        return list(tx.execute(sa.select(RECORD).order_by(RECORD.c.nr)))


def assert_whole(office: Office, answers: list[Answer]) -> None:
    """Numbered without a gap, each record with its delivery, which holds as many as it told; nothing that verify
    finds."""
    rows = held(office)
    assert [row.nr for row in rows] == list(range(1, len(rows) + 1))
    told = [answer.data["facts"]["new"] for answer in answers]
    assert sorted(Counter(row.delivery for row in rows).values()) == sorted(told)
    with office.db.read() as tx:
        assert not list(record_verification.findings(tx, office.means))
        assert not list(index_verification.findings(tx, office.means))
        told_of = [each for each in office.journal.feed(tx, 0, 1000, None) if '"act":"add-records"' in each.body]
    assert len(told_of) == 2


def test_deliveries_of_two_agencies_at_once_are_both_whole(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = both(office, monkeypatch, ("zonghe", records(1, 30)), ("zhujian", records(1, 40)))
    assert [(each.status, each.data["facts"]["new"]) for each in answers] == [(201, 30), (201, 40)]
    assert Counter(row.agency for row in held(office)) == {"zonghe": 30, "zhujian": 40}
    assert_whole(office, answers)
    assert len(found(of(office), "zonghe", text="第30号", limit=10)) == 2


def test_of_two_deliveries_of_one_agency_what_both_hold_is_there_once(
        office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = both(office, monkeypatch, ("zonghe", records(1, 40)), ("zonghe", records(21, 60)))
    facts = [each.data["facts"] for each in answers]
    assert [each.status for each in answers] == [201, 201]
    assert sorted((each["new"], each["unchanged"]) for each in facts) == [(20, 20), (40, 0)]
    assert Counter(row.external_id for row in held(office)) == {str(number): 1 for number in range(1, 61)}
    assert_whole(office, answers)
