"""Each reader gets what it may, in order, and sees a loss by itself through `prev`."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.feed import Mark
from shared.journal import reading
from tests.journal.conftest import Making
from tests.journal.entries import entry


def test_an_agency_gets_what_it_was_told_and_prev_is_its_own(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", "A"), entry("2", "A", "B"), entry("3"), entry("4", "B"), entry("5", "A")])
    with making.db.read() as tx:
        assert [(one.position, one.prev) for one in making.journal.feed(tx, 0, 10, "A")] == [(2, 0), (3, 2), (6, 3)]
        assert [(one.position, one.prev) for one in making.journal.feed(tx, 3, 10, "A")] == [(6, 3)]
        assert [(one.position, one.prev) for one in making.journal.feed(tx, 4, 10, "B")] == [(5, 3)]
        assert making.journal.feed(tx, 6, 10, "A") == []
        assert making.journal.feed(tx, 0, 10, "nobody") == []


def test_siblings_get_everything_one_after_the_other(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry(str(number)) for number in range(5)])
    with making.db.read() as tx:
        assert [(one.position, one.prev) for one in making.journal.feed(tx, 2, 2)] == [(3, 2), (4, 3)]
        assert {one.epoch for one in making.journal.feed(tx, 0, 9)} == {making.journal.head(tx).epoch}


AGENCIES = st.frozensets(st.sampled_from("ABCD"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(audiences=st.lists(AGENCIES, min_size=1, max_size=8), page=st.integers(1, 4))
def test_pages_of_any_size_chain_up_the_same_for_feed_and_relay(making: Making, audiences: list[frozenset[str]],
                                                                page: int) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", audience=told) for told in audiences])
    with making.db.read() as tx:
        relayed: dict[str, list[tuple[int, int]]] = {}
        after = 0
        while batch := making.journal.for_relay(tx, after, page):
            for one in batch:
                for agency, prev in (("", one.position - 1), *one.told):
                    relayed.setdefault(agency, []).append((prev, one.position))
            after = batch[-1].position
        for agency in ("", "A", "B", "C", "D"):
            fed, after = [], 0
            while found := making.journal.feed(tx, after, page, agency or None):
                fed += [(one.prev, one.position) for one in found]
                after = found[-1].position
            assert relayed.get(agency, []) == fed
            assert [prev for prev, _ in fed] == [0, *(position for _, position in fed)][:len(fed)]


def pages(making: Making, sizes: reading.Sizes, limit: int, most: int) -> list[reading.Read]:
    """A's feed to its end, `sizes` learning from each page."""
    found: list[reading.Read] = []
    with making.db.read() as tx:
        wanted, mark, more = reading.Wanted("A"), Mark(making.journal.head(tx).epoch, 0, 0), True
        while more:
            begun = reading.begin(tx, wanted, mark.position, limit, sizes)
            read = reading.page(tx, wanted, mark, begun, limit, most)
            sizes.learn(read, limit)
            found, mark, more = [*found, read], read.mark, read.more
    return found


def test_a_page_is_the_same_however_many_entries_are_asked_for_first(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry(str(nth), *("AB" if nth % 3 else "B"), data={"receiver": "甲" * (nth * 7 % 40)})
                                   for nth in range(60)])
    for limit, most in ((1000, 3000), (7, 10 ** 6), (1000, 10 ** 6), (1000, 1)):
        told = []
        for room in (1, 5, 500):
            sizes = reading.Sizes()
            sizes._room = room
            told.append(pages(making, sizes, limit, most))
        assert told[0] == told[1] == told[2]
        assert sum(len(page.items) for page in told[0]) == 40
        assert all(len(page.items) == 1 or sum(len(item) + 1 for item in page.items) <= most for page in told[0])


def test_a_page_asks_for_about_as_many_entries_as_the_one_before_had(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", "A") for _ in range(40)])
    sizes = reading.Sizes()
    count = len(pages(making, sizes, 1000, 4000)[0].items)
    assert 1 < count < 40 and count <= sizes.likely(1000) - 1 <= count * 1.05
    assert sizes.likely(3) == 4, "never more than one beyond the limit"
    assert pages(making, sizes, 30, 10 ** 6) and sizes.likely(1000) == 31


def test_a_case_has_its_history_in_order(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1"), entry("2"), entry("1", type="deadline_started"),
                                   entry("1", type="accepted")])
    with making.db.read() as tx:
        history = making.journal.of_stream(tx, "1")
        assert [(one.position, one.type) for one in history] == [
            (2, "announced"), (4, "deadline_started"), (5, "accepted")]
        assert history[0].data["receiver"] == "B"
        assert (history[0].actor, history[0].on_behalf_of, history[0].agency) == ("apt-1", "L", "A")
        assert making.journal.entry(tx, history[2].id) == history[2]
        assert making.journal.entry(tx, "none") is None


def test_an_agency_reads_of_a_history_what_it_was_told(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", "A"), entry("1", "A", "B", type="rerouted"), entry("2", "B")])
    with making.db.read() as tx:
        assert [one.position for one in making.journal.of_stream(tx, "1", agency="A")] == [2, 3]
        assert [one.position for one in making.journal.of_stream(tx, "1", agency="B")] == [3]
        assert [one.position for one in making.journal.of_stream(tx, "1", after=2, limit=1)] == [3]
        assert making.journal.of_stream(tx, "1", agency="C") == []


def test_an_agencys_page_is_read_from_its_index_alone(making: Making) -> None:
    """A small agency among many entries: no scan of the journal, on either back end."""
    with making.db.write() as tx:
        for _ in range(4):
            making.journal.append(tx, [entry(str(number), "big", detail={}) for number in range(500)])
        making.journal.append(tx, [entry("one", "small")])
    with making.db.write() as tx:
        tx.exec_driver_sql("ANALYZE journal")
        tx.exec_driver_sql("ANALYZE journal_audience")
    page = ("SELECT journal.body FROM journal_audience JOIN journal ON journal.position = journal_audience.position "
            "WHERE journal_audience.agency = 'small' AND journal_audience.position > 3 "
            "ORDER BY journal_audience.position LIMIT 100")
    with making.db.read() as tx:
        if making.db.sqlite:
            plan = " ".join(row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {page}"))
            assert "SCAN" not in plan
        else:
            plan = json.dumps(tx.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {page}").scalar())
            assert "Seq Scan" not in plan
