"""Whatever is told, and in whatever order the cases' news reaches it, the board shows what each case told last."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.oversight.board import deadlines as board
from services.oversight.board import figures
from services.oversight.board.projection import PROJECTION
from services.oversight.office import SPEC
from services.oversight.store import BOARD, PARTIES, PRIVATE
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.contracts.register import register_of
from shared.deadlines.model import CANCELLED, MET, OPEN
from shared.law.store import Snapshot
from tests.offices import MakeOffice
from tests.oversight.told import AGENCIES, case_event, deadline, deadline_event, hear, plan_event

CASES = {"case-1": "transfer", "plan-1": "collab", "plan-2": "joint"}
ENFORCING, OVERSEEING = ("zhujian", "zonghe", "shichang"), ("sifa", "zhengfuban")
REGISTER = register_of(AGENCIES)


@dataclass(frozen=True)
class Acted:
    """An act that says who has a part in the case now, the sender or lead first, and in which state it is."""

    case: str
    parties: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Told:
    """What became of a deadline of the case."""

    case: str
    number: int
    bound: str
    state: str

    @property
    def id(self) -> str:
        return f"{self.case}-{self.number}"


@dataclass
class Known:
    """What the board must know of a case: what was told last."""

    parties: frozenset[str] = frozenset()
    private: bool = False
    deadlines: dict[str, Told] = field(default_factory=dict)

    def hears(self, step: Acted | Told) -> None:
        if isinstance(step, Told):
            self.deadlines[step.id] = step
        else:
            self.parties, self.private = frozenset(step.parties), step.state == "draft"

    def shows(self, agency: str) -> set[tuple[str, str, str]]:
        """The deadlines of the case that the agency sees."""
        whole = agency in self.parties or (agency in OVERSEEING and not self.private)
        return {(id, each.bound, each.state) for id, each in self.deadlines.items() if whole or each.bound == agency}


NAMES = st.sampled_from(sorted(CASES))
STEPS = st.one_of(
    st.builds(Acted, NAMES, st.lists(st.sampled_from(ENFORCING), min_size=2, max_size=3, unique=True).map(tuple),
              st.sampled_from(("draft", "submitted", "running", "ended"))),
    st.builds(Told, NAMES, st.integers(0, 2), st.sampled_from(ENFORCING), st.sampled_from((OPEN, MET, CANCELLED))))


def event(step: Acted | Told) -> Event:
    source = CASES[step.case]
    if isinstance(step, Told):
        late = False if step.state == MET else None
        told = deadline(step.id, bound=step.bound, case=step.case, state=step.state, late=late)
        return deadline_event(told, source=source)
    if source == "transfer":
        return case_event("announced", {"sender": step.parties[0], "receiver": step.parties[1]}, step.case)
    return plan_event("drafted", step.state, step.parties[0], step.parties[1:], source=source, plan=step.case)


def model(steps: Sequence[Acted | Told]) -> dict[str, Known]:
    known = {case: Known() for case in CASES}
    for step in steps:
        known[step.case].hears(step)
        if isinstance(step, Acted) and CASES[step.case] == "transfer":       # two sides, known from the first notice
            known[step.case].parties, known[step.case].private = frozenset(step.parties[:2]), False
    return known


def shown(office: Office, agency: str) -> set[tuple[str, str, str]]:
    with office.db.read() as tx:
        page = board.page(tx, Viewer(agency, Rank.OFFICER), Snapshot(register=REGISTER), office.clock.now(), {}, 100)
    return {(item["deadline"], item["bound"], item["state"]) for item in page.items}


def rows(office: Office) -> list[list[tuple[object, ...]]]:
    with office.db.read() as tx:
        return [sorted(map(tuple, tx.execute(table.select())), key=repr) for table in (BOARD, PARTIES, PRIVATE)]


def told(office: Office, steps: Sequence[Acted | Told]) -> list[list[tuple[object, ...]]]:
    """The rows of a board that starts empty and hears these."""
    with office.db.write() as tx:
        for table in (BOARD, PARTIES, PRIVATE):
            tx.execute(table.delete())
    hear(office, *map(event, steps))
    return rows(office)


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return make_office(SPEC)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14), order=st.permutations(sorted(CASES)))
def test_the_board_shows_each_agency_what_its_cases_told_last_whichever_case_is_heard_first(
        office: Office, steps: list[Acted | Told], order: list[str]) -> None:
    as_told = told(office, steps)
    known = model(steps)
    for agency in (*ENFORCING, *OVERSEEING, "jijian", "nobody"):
        wanted = set().union(*(each.shows(agency) for each in known.values()))
        assert shown(office, agency) == wanted, agency
    by_case = sorted(steps, key=lambda step: order.index(step.case))         # one case after the other
    assert told(office, by_case) == as_told
    hear(office, *map(event, steps))
    assert rows(office) == as_told, "all of it once more, over what is there"
    counted(office, known)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14), cuts=st.lists(st.integers(1, 5), max_size=6))
def test_runs_of_any_length_leave_the_rows_that_each_event_by_itself_leaves(
        office: Office, steps: list[Acted | Told], cuts: list[int]) -> None:
    """As a rebuild takes them, also over what is there."""
    as_told = told(office, steps)
    for _ in range(2):
        taken(office, steps, cuts)
        assert rows(office) == as_told
    with office.db.write() as tx:
        for table in (BOARD, PARTIES, PRIVATE):
            tx.execute(table.delete())
    taken(office, steps, cuts)
    assert rows(office) == as_told


def taken(office: Office, steps: Sequence[Acted | Told], cuts: Sequence[int]) -> None:
    """Of each source its events in order, so many at once as the cuts say, then all that is left."""
    with office.db.write() as tx:
        for source in CASES.values():
            left = [event(step) for step in steps if CASES[step.case] == source]
            for cut in (*cuts, len(steps)):
                PROJECTION.take(tx, source, left[:cut])
                left = left[cut:]


def counted(office: Office, known: dict[str, Known]) -> None:
    """Counts by agency and light are those of what each sees."""
    for agency in (*ENFORCING, *OVERSEEING):
        seen = set().union(*(each.shows(agency) for each in known.values()))
        with office.db.read() as tx:
            found = figures.counts(tx, Viewer(agency, Rank.OFFICER), Snapshot(register=REGISTER), office.clock.now(),
                                   ["agency"], {})
        assert {item["agency"]: item["number"] for item in found.items} == Counter(bound for _, bound, _ in seen)
