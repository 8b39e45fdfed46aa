"""Positions are gapless, in the order of the commits, and belong to nothing that was rolled back."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.envelope import canonical, event_of
from shared.db.database import Database
from shared.journal.append import NotOpened
from shared.journal.log import Journal
from shared.journal.tables import journal_detail
from shared.kernel.clock import HandClock
from tests.journal.conftest import Making
from tests.journal.entries import entry

THREADS, EACH = 16, 15


def test_positions_are_gapless_under_sixteen_threads(making: Making) -> None:
    def work(thread: int) -> list[int]:
        firsts = []
        for number in range(EACH):
            with making.db.write() as tx:
                case = f"case-{thread}-{number}"
                batch = [entry(case, "A"), entry(case, type="deadline_started")]
                firsts.append(making.journal.append(tx, batch).first)
        return firsts

    with ThreadPoolExecutor(THREADS) as pool:
        firsts = [first for found in pool.map(work, range(THREADS)) for first in found]
    with making.db.read() as tx:
        positions = [one.position for one in making.journal.feed(tx, 0, 10_000)]
        assert making.journal.head(tx).position == len(positions)
    assert positions == list(range(1, 2 * THREADS * EACH + 2))
    assert sorted(firsts) == list(range(2, 2 * THREADS * EACH + 2, 2))


def test_positions_follow_the_order_of_the_commits_as_any_reader_sees_them(making: Making) -> None:
    """A reader that polls while others write never sees a position before a smaller one is there."""
    over = threading.Event()

    def read() -> list[int]:
        seen: list[int] = []
        while True:
            last = over.is_set()
            with making.db.read() as tx:
                seen += [one.position for one in making.journal.feed(tx, seen[-1] if seen else 0, 1000)]
            if last:
                return seen

    def work(thread: int) -> None:
        for _ in range(EACH):
            with making.db.write() as tx:
                making.journal.append(tx, [entry(f"case-{thread}")])

    with ThreadPoolExecutor(9) as pool:
        reader = pool.submit(read)
        list(pool.map(work, range(8)))
        over.set()
        assert reader.result() == list(range(1, 8 * EACH + 2))


def test_a_transaction_rolled_back_leaves_no_gap(making: Making) -> None:
    with pytest.raises(ZeroDivisionError), making.db.write() as tx:
        making.journal.append(tx, [entry("lost")])
        raise ZeroDivisionError
    with making.db.write() as tx:
        assert making.journal.append(tx, [entry("kept")]).first == 2
    with making.db.read() as tx:
        assert [one.subject for one in making.journal.feed(tx, 1, 10)] == ["kept"]


def test_the_body_is_the_text_published_and_tells_the_true_day(making: Making, clock: HandClock) -> None:
    with making.db.write() as tx:
        appended = making.journal.append(tx, [entry("case-1", "A", causation="cause-1")])
    with making.db.read() as tx:
        one, = making.journal.feed(tx, 1, 10)
    event = event_of(one.body)
    assert one.body == appended.bodies[0]
    assert (event.source, event.name, event.subject, event.time) == ("transfer", "announced", "case-1", clock.now())
    assert event.data == {"receiver": "B", "occurred_on": "2025-09-29"}
    assert (event.revision, event.causation) == (1, "cause-1")


def test_detail_and_audience_are_in_no_body(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("case-1", "secret-agency")])
    with making.db.read() as tx:
        body = making.journal.feed(tx, 1, 10)[0].body
        assert making.journal.detail(tx, 2) == {"respondent": "某公司"}
        assert making.journal.detail(tx, 1) is None
    assert "某公司" not in body
    assert "secret-agency" not in body


def test_the_same_id_twice_is_refused_and_nothing_of_the_batch_stays(making: Making) -> None:
    one = entry("case-1")
    with making.db.write() as tx:
        making.journal.append(tx, [one])
    with pytest.raises(sa.exc.IntegrityError), making.db.write() as tx:
        making.journal.append(tx, [entry("case-2"), one])
    with making.db.read() as tx:
        assert making.journal.head(tx).position == 2


def test_an_event_causes_an_entry_of_a_type_on_a_case_once(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [
            entry("case-1", type="filed", causation="cause"), entry("case-2", type="filed", causation="cause"),
            entry("case-1", type="deadline_started", causation="cause"),
            entry("case-1", type="deadline_started", causation="cause")])
    with making.db.read() as tx:
        told = [one.type for one in making.journal.of_stream(tx, "case-1")]
        assert told == ["filed", "deadline_started", "deadline_started"]
    with pytest.raises(sa.exc.IntegrityError), making.db.write() as tx:
        making.journal.append(tx, [entry("case-1", type="filed", causation="cause")])


def test_a_journal_never_opened_takes_nothing(database: Database, clock: HandClock) -> None:
    journal = Journal("transfer", "rongcheng", clock)
    with pytest.raises(NotOpened), database.write() as tx:
        journal.append(tx, [entry()])
    with pytest.raises(NotOpened), database.read() as tx:
        journal.head(tx)
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 0


def test_an_empty_batch_is_a_mistake(making: Making) -> None:
    with pytest.raises(ValueError, match="empty"), making.db.write() as tx:
        making.journal.append(tx, [])


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
JSON = st.dictionaries(TEXTS, st.recursive(st.none() | st.booleans() | st.integers(-2**53, 2**53) | TEXTS,
                                           lambda inner: st.lists(inner, max_size=3), max_leaves=5), max_size=4)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=JSON, detail=JSON, told=st.frozensets(TEXTS, max_size=4))
def test_any_json_comes_out_as_it_went_in(making: Making, data: dict, detail: dict, told: frozenset[str]) -> None:
    with making.db.write() as tx:
        first = making.journal.append(tx, [entry("case-1", data=data, detail=detail, audience=told)]).first
    with making.db.read() as tx:
        kept, = making.journal.for_relay(tx, first - 1, 1)
        assert json.loads(kept.body)["data"] == {**data, "occurred_on": "2025-09-29"}
        assert (making.journal.detail(tx, first) or {}) == detail
        assert {agency for agency, _ in kept.told} == told


def test_each_entry_of_a_batch_keeps_its_own_detail_or_none(making: Making) -> None:
    told = [{"says": 'a "quoted" \\ word\n'}, None, {"says": "乙" * 5000}, None]
    with making.db.write() as tx:
        first = making.journal.append(tx, [entry("case-1", "A", detail=each) for each in told]).first
    with making.db.read() as tx:
        rows = tx.execute(sa.select(journal_detail.c.position, journal_detail.c.detail)).all()
    assert dict(map(tuple, rows)) == {first + at: canonical(each) for at, each in enumerate(told) if each}
