"""A city has 15,000 series at most, however many agencies and clocks it has; what is cut for it is told, and no figure
of an agency or of the city changes. A scrape reads the board by its indexes, in the same statements always."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.oversight.board.writing import board_row, keep_deadlines
from services.oversight.sla import figures as sla
from services.oversight.sla.collector import AGENCIES, FOLDS, OPEN, SERIES, SETTLED, USED
from services.oversight.sla.figures import OTHER, Figures
from services.oversight.sla.series_limit import quantile, series, within
from shared.acts.office import Office
from shared.contracts.register import Agency
from shared.deadlines.model import MET
from shared.law import tables
from tests.oversight.test_sla import samples_of, text
from tests.oversight.told import DAY, SINCE, deadline, deadline_event
from tests.situations.city import rulebook

MOST = 15_000
CLOCKS = {name: clock.source.statutory for name, clock in rulebook().clocks.items()}
MANY = tuple(f"agency{number:02}" for number in range(60))
EACH = {"open": {}, "late": {"state": MET, "late": True, "met_on": DAY},
        "met": {"state": MET, "late": False, "met_on": DAY - timedelta(days=2)}}


@pytest.fixture
def full(office: Office) -> Office:
    """A register of sixty agencies, each with deadlines of every clock there is: some run, some were met late."""
    told = [deadline(f"{agency}-{nth}-{name}", DAY - timedelta(days=1), bound=agency, clock=clock,
                     statutory=CLOCKS[clock], **more)
            for agency in MANY for nth, clock in enumerate(CLOCKS) for name, more in EACH.items()]
    with office.db.write() as tx:
        tables.put_agencies(tx, (Agency(agency, agency, "statutory", "city", SINCE) for agency in MANY))
        keep_deadlines(tx, [board_row("transfer", deadline_event(each).data) for each in told], [])
    return office


def test_sixty_agencies_with_every_clock_have_no_more_series_than_a_city_may(full: Office) -> None:
    """And what is cut changes no figure of an agency, of the city, or of a clock that is named."""
    whole, scraped = unfolded(full), text(full)
    assert SERIES == MOST and series(whole) > 4 * MOST, "else nothing is shown"
    samples = [line for line in scraped.splitlines() if not line.startswith("#")]
    assert MOST - 500 < len(samples) <= MOST
    folded = samples_of(scraped, FOLDS)
    assert folded["used_ratio_clocks",] == len(CLOCKS) and folded["clocks",] > 0 == folded["agencies",]
    assert {key[0] for key in samples_of(scraped, USED)} == {*MANY}
    assert {agency for agency, _ in samples_of(scraped, AGENCIES)} <= {*MANY}, "as far as there is room"
    for name, counted in ((OPEN, whole.running), (SETTLED, whole.settled)):
        told = samples_of(scraped, name)
        assert sums(told, 0, 3) == sums(counted, 0, 3), "by agency and light, or agency and window"
        named = {key: number for key, number in told.items() if key[1] != OTHER}
        clocks = {key[1] for key in named}
        assert clocks and sums(named, 1).items() <= sums(counted, 1).items(), "by clock"
        of_law = {clock for clock, statutory in CLOCKS.items() if statutory}
        assert clocks <= of_law or of_law <= clocks, "internal ones go first"


def sums(counted: Mapping[tuple[str, ...], float], *places: int) -> dict[tuple[str, ...], float]:
    """The figures added up by what stands at these places of their labels."""
    found: Counter[tuple[str, ...]] = Counter()
    for key, number in counted.items():
        found[tuple(key[place] for place in places)] += int(number)
    return dict(found)


def unfolded(office: Office) -> Figures:
    with office.db.read() as tx:
        return sla.figures(tx, office.law.snapshot(tx), office.clock.now())


def test_agencies_go_last_and_those_with_the_fewest_deadlines_first() -> None:
    figures = Figures(running=Counter({(f"a{number:03}", "transfer.letter", "true", "red"): number + 1
                                       for number in range(30)}))
    told, folded = within(figures, 11)
    assert folded == {"used_ratio_clocks": 0, "clocks": 1, "agencies": 20}
    assert {key[0] for key in told.running} == {OTHER, *(f"a{number:03}" for number in range(20, 30))}
    assert told.running.total() == figures.running.total()
    assert within(figures, 30) == (figures, dict.fromkeys(folded, 0)), "as many as it may"


@pytest.mark.parametrize(("percent", "ratio"), ((50, 0.5), (51, 1.0), (90, 1.0), (91, 3.0), (100, 3.0)))
def test_a_quantile_is_the_least_ratio_that_so_many_do_not_exceed(percent: int, ratio: float) -> None:
    assert quantile(Counter({1.0: 4, 0.5: 5, 3.0: 1}), percent) == ratio


# what a scrape reads

def test_a_scrape_sends_as_many_statements_for_many_deadlines_as_for_none(office: Office) -> None:
    text(office)                                            # the law is read once
    with sent(office) as none:
        text(office)
    row = deadline_event(deadline("d")).data
    with office.db.write() as tx:
        keep_deadlines(tx, [board_row("transfer", {**row, "deadline": f"d{number}", "bound": f"agency{number % 9}"})
                            for number in range(200)], [])
    with sent(office) as many:
        text(office)
    assert len(many) == len(none) <= 5


def test_a_scrape_reads_the_board_by_its_indexes(office: Office) -> None:
    with sent(office) as told:
        text(office)
    plans = [plan_of(office, *each) for each in told if "board" in each[0]]
    assert len(plans) == 2
    for plan, index in zip(plans, ("board_by_state", "board_by_due"), strict=True):
        assert index in plan and not re.search(r"Seq Scan on board |SCAN board(?!_)", plan), plan


@contextmanager
def sent(office: Office) -> Iterator[list[tuple[str, object]]]:
    """The statements sent meanwhile, with their parameters."""
    statements: list[tuple[str, object]] = []

    def note(_1, _2, statement, parameters, _3, _4) -> None:  # type: ignore[no-untyped-def]
        statements.append((statement, parameters))

    sa.event.listen(office.db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(office.db.engine, "before_cursor_execute", note)


def plan_of(office: Office, statement: str, parameters: object) -> str:
    """How the database would do it if the table were too large to be read whole."""
    with office.db.read() as tx:
        if not office.db.sqlite:
            tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
        words = "EXPLAIN QUERY PLAN" if office.db.sqlite else "EXPLAIN"
        return "\n".join(str(row) for row in tx.exec_driver_sql(f"{words} {statement}", parameters))
