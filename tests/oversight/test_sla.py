"""SLA gauges are read from the board at each scrape; their labels come from the register and the rulebook only."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import pytest
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from services.oversight.sla import collector
from services.oversight.sla.collector import (
    AGENCIES,
    AS_OF,
    CLOCKS,
    FOLDS,
    OPEN,
    SETTLED,
    USED,
    DeadlineCollector,
    export,
)
from shared.acts.office import Office
from shared.bus.tables import follower_cursor
from shared.contracts.envelope import Event, canonical
from shared.deadlines.model import CANCELLED, MET, PAUSED, Change, Deadline, Happened, Pause
from shared.deadlines.rules import apply, fire
from shared.kernel.clock import HandClock, start_of
from shared.law import tables
from tests.oversight.told import DAY, deadline, deadline_event, hear, plan_event
from tests.situations.city import calendar, rulebook

Samples = dict[tuple[str, ...], float]
LETTER = ("zhujian", "transfer.letter", "true")


def scrape(office: Office, name: str) -> Samples:
    """The samples of a family by their label values, in the order of its labels."""
    return samples_of(text(office), name)


def samples_of(scraped: str, name: str) -> Samples:
    order = collector.FAMILIES[name][1]
    return {tuple(sample.labels[label] for label in order): sample.value for sample in families(scraped)[name].samples}


@lru_cache(maxsize=1)
def families(scraped: str) -> dict[str, Metric]:
    """The families of a text by name; read once for all that is asked of it."""
    return {family.name: family for family in text_string_to_metric_families(scraped)}


def text(office: Office) -> str:
    registry = CollectorRegistry()
    export(office, registry)
    return generate_latest(registry).decode()


def tell(office: Office, *told: Deadline) -> None:
    hear(office, *map(deadline_event, told))


def days(number: int) -> date:
    """So many days after the day on which the clock of these tests stands."""
    return DAY + timedelta(days=number)


# open, settled

def test_open_deadlines_are_counted_by_the_light_of_the_moment(office: Office, clock: HandClock) -> None:
    tell(office, deadline("late", days(-1)), deadline("today"), deadline("today-2"), deadline("later", days(5)),
         deadline("paused", state=PAUSED), deadline("met", state=MET, late=False), deadline("gone", state=CANCELLED),
         deadline("other", bound="zonghe", clock="transfer.receipt", statutory=False),
         deadline("unknown", days(-1), provisional=True))
    assert scrape(office, OPEN) == {
        (*LETTER, "red"): 1, (*LETTER, "yellow"): 2, (*LETTER, "green"): 1, (*LETTER, "paused"): 1,
        (*LETTER, "unconfirmed"): 1, ("zonghe", "transfer.receipt", "false", "yellow"): 1}
    clock.advance(days=1)
    assert scrape(office, OPEN)[*LETTER, "red"] == 3


def test_settled_deadlines_stand_in_every_window_that_holds_the_day_they_were_due(office: Office) -> None:
    for number in (1, 6, 8, 29, 31, 89, 91):
        tell(office, deadline(f"met-{number}", days(-number), state=MET, late=False, met_on=days(-number)))
    tell(office, deadline("late", days(-10), state=MET, late=True, met_on=DAY),
         deadline("early", days(2), state=MET, late=False, met_on=DAY))
    assert scrape(office, SETTLED) == {
        (*LETTER, "7d", "met"): 2, (*LETTER, "30d", "met"): 4, (*LETTER, "90d", "met"): 6,
        (*LETTER, "30d", "met_late"): 1, (*LETTER, "90d", "met_late"): 1}


def test_what_became_of_each_deadline_that_was_due_is_one_of_six_outcomes(office: Office) -> None:
    """What stands still, and what no calendar confirms yet, is not settled."""
    over = days(-1)
    tell(office, deadline("met", over, state=MET, late=False, met_on=over),
         deadline("late", over, state=MET, late=True, met_on=DAY), deadline("open", over),
         deadline("called-off", over, state=CANCELLED),
         deadline("over-then-called-off", over, state=CANCELLED, breached_generation=1),
         deadline("still", over, state=PAUSED), deadline("unknown", over, provisional=True),
         deadline("met-unknown", over, state=MET, late=None, met_on=DAY, provisional=True))
    undone = deadline("undone", over, breached_generation=1)
    hear(office, deadline_event(undone, "breached"), withdrawn(replace(undone, state=CANCELLED, generation=2)))
    assert {key[-1]: number for key, number in scrape(office, SETTLED).items() if "7d" in key} == {
        "met": 1, "met_late": 1, "breached": 2, "cancelled": 1, "withdrawn": 1}


def withdrawn(after: Deadline) -> Event:
    """The event of a correction that undoes the breach of its deadline's first generation."""
    event = deadline_event(after, "corrected", why="更正")
    return replace(event, data={**event.data, "withdrawn": {"kind": "breached", "generation": 1}})


def test_figures_of_a_plan_that_is_drafted_still_are_in_no_window(office: Office) -> None:
    hear(office, plan_event("drafted", "draft"),
         deadline_event(deadline("draft", days(-1), case="plan-1", clock="collab.draft"), source="collab"))
    assert scrape(office, OPEN) == scrape(office, SETTLED) == scrape(office, USED) == {}
    hear(office, plan_event("submitted", "submitted"))
    assert scrape(office, SETTLED)["zhujian", "collab.draft", "true", "7d", "breached"] == 1


# a breach undone

def test_a_breach_that_a_back_entry_undoes_leaves_the_gauges_again(office: Office, clock: HandClock) -> None:
    """22: the letter went out on paper in time, and is entered after its day has passed; by the rules of deadlines."""
    law, days, case = rulebook(), calendar(), "case-1"
    announced = Happened("e1", "transfer.announced", case, date(2025, 9, 22), start_of(date(2025, 9, 22)),
                         dict.fromkeys(("accepted_on", "notified_on"), "2025-09-22"), {"sender": ("zhujian",)})
    began = next(each for each in apply(law, days, (), announced) if each.deadline.clock == "transfer.letter")
    warned = fire(began.deadline, clock.now())
    breached = fire(warned.deadline, clock.now()) if warned else None
    assert warned and breached
    hear(office, *map(change_event, (began, warned, breached)))
    assert scrape(office, OPEN) == {(*LETTER, "red"): 1} and of_letter(office) == {"breached": 1}
    issued = Happened("e2", "transfer.letter_issued", case, date(2025, 9, 24), start_of(date(2025, 9, 24)))
    undone = [each for each in apply(law, days, (breached.deadline,), issued)
              if each.deadline.id == breached.deadline.id]
    assert [each.kind for each in undone] == ["corrected", "met"]
    hear(office, *map(change_event, undone[:1]))
    assert of_letter(office) == {"breached": 1}, "open and over still, as long as it is not met"
    hear(office, *map(change_event, undone[1:]))
    assert scrape(office, OPEN) == {} and of_letter(office) == {"met": 1}


def change_event(change: Change) -> Event:
    """The event of a change, as it is read off the journal."""
    event = deadline_event(change.deadline, change.kind)
    return replace(event, id=f"e-{change.kind}", data=json.loads(canonical(
        {**change.data, "occurred_on": change.on})))


def of_letter(office: Office) -> dict[str, float]:
    """What became of the letters that were due in the last week, by outcome."""
    return {key[-1]: number for key, number in scrape(office, SETTLED).items() if key[:4] == (*LETTER, "7d")}


# days used

@pytest.fixture
def days_known(office: Office) -> None:
    """The city's calendar, by which 28 September, a Sunday, is worked and October begins with a holiday."""
    with office.db.write() as tx:
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, office.clock.now())


def used(office: Office, *key: str) -> list[float]:
    """The ratios of an agency's clock in a window, at half, nine tenths and all."""
    samples = scrape(office, USED)
    return [samples[*key, each] for each in ("0.5", "0.9", "1")]


@pytest.mark.usefixtures("days_known")
def test_the_days_used_are_working_days_of_the_citys_calendar(office: Office) -> None:
    """Three days up to Thursday 25 September: the day before is the second of them, 28 September the fifth."""
    due = date(2025, 9, 25)
    for name, on in (("in-time", date(2025, 9, 24)), ("last-day", due), ("late", date(2025, 9, 29))):
        tell(office, met(name, due, on))
    assert used(office, "zhujian", "transfer.letter", "7d") == [pytest.approx(1), pytest.approx(2), pytest.approx(2)]
    tell(office, met("late", due, date(2025, 9, 28)), met("first", due, date(2025, 9, 23)))
    assert used(office, "zhujian", "transfer.letter", "7d") == [
        pytest.approx(2 / 3), pytest.approx(5 / 3), pytest.approx(5 / 3)]


def met(id: str, due: date, on: date, **more: object) -> Deadline:
    return deadline(id, due, state=MET, late=on > due, met_on=on, **more)


@pytest.mark.usefixtures("days_known")
def test_one_that_is_missed_uses_a_day_more_with_each_working_day(office: Office, clock: HandClock) -> None:
    tell(office, deadline("open", date(2025, 9, 26)))                           # a Friday
    assert used(office, "zhujian", "transfer.letter", "7d")[-1] == pytest.approx(5 / 3), "28 September was worked"
    clock.advance(days=1)
    assert used(office, "zhujian", "transfer.letter", "7d")[-1] == pytest.approx(2)
    clock.advance(days=3)
    assert used(office, "zhujian", "transfer.letter", "7d")[-1] == pytest.approx(2), "1 October is a holiday"


def test_days_in_which_the_clock_stood_still_before_it_was_met_are_not_used(office: Office) -> None:
    """Three days from 1 September, held from 2 to 19 September: the last day moved, and the amount did not."""
    tell(office, met("held", date(2025, 9, 24), date(2025, 9, 23), started_on=date(2025, 9, 1)))
    assert used(office, "zhujian", "transfer.letter", "7d") == [pytest.approx(2 / 3)] * 3


def test_one_that_is_met_while_its_clock_stands_still_has_used_the_days_before_it_stopped(office: Office) -> None:
    """Three days up to 25 September, a Thursday: stopped on Wednesday, one was used, whenever it was met after that."""
    stopped = Pause(date(2025, 9, 24), start_of(date(2025, 9, 24)))
    for name, on in (("soon", date(2025, 9, 24)), ("after-its-day", date(2025, 9, 29))):
        tell(office, replace(met(name, date(2025, 9, 25), on), late=False, pauses=(stopped,)))
    assert used(office, "zhujian", "transfer.letter", "7d") == [pytest.approx(1 / 3)] * 3


@pytest.mark.usefixtures("days_known")
def test_a_pause_of_one_that_was_over_and_one_that_has_ended_change_nothing_of_what_was_used(office: Office) -> None:
    over = Pause(date(2025, 9, 26), start_of(date(2025, 9, 26)))
    ended = replace(over, since_on=date(2025, 9, 22), until_on=date(2025, 9, 22), until=start_of(date(2025, 9, 22)))
    tell(office, met("over", date(2025, 9, 25), date(2025, 9, 29), pauses=(over,)),
         met("ended", date(2025, 9, 25), date(2025, 9, 25), pauses=(ended,)))
    assert used(office, "zhujian", "transfer.letter", "7d") == [pytest.approx(1), pytest.approx(2), pytest.approx(2)]


def test_what_is_not_counted_in_working_days_or_does_not_count_for_compliance_has_no_ratio(office: Office) -> None:
    tell(office, met("hours", days(-1), days(-1), unit="hours", amount=24),
         met("date", days(-1), days(-1), unit="until", amount=0), met("none", days(-1), days(-1), amount=0),
         deadline("gone", days(-1), state=CANCELLED),
         deadline("over", days(-1), state=CANCELLED, breached_generation=1),
         replace(met("stood-still", days(-5), days(-1)), late=False))
    assert scrape(office, USED) == {}
    assert sum(scrape(office, SETTLED).values()) == 6 * 3


def test_what_was_met_long_before_its_last_day_has_used_none(office: Office) -> None:
    tell(office, met("at-once", days(-1), DAY - timedelta(days=600), amount=200))
    assert used(office, "zhujian", "transfer.letter", "7d") == [0, 0, 0]


# as of when

def test_each_source_has_the_instant_up_to_which_it_was_heard(office: Office, clock: HandClock) -> None:
    assert scrape(office, AS_OF) == {}
    with office.db.write() as tx:
        for source, last_at in (("transfer", clock.now()), ("desk", None)):
            tx.execute(follower_cursor.insert(), {"consumer": "oversight", "source": source, "epoch": "e",
                                                  "position": 7, "last_id": "", "last_at": last_at})
    assert scrape(office, AS_OF) == {("transfer",): clock.now().timestamp()}


# labels

def test_labels_that_neither_register_nor_rulebook_know_are_one(office: Office) -> None:
    tell(office, *(deadline(f"d{number}", bound=f"stranger-{number}", clock=f"made.up_{number}")
                   for number in range(5)), deadline("nobody", bound=""))
    assert scrape(office, OPEN) == {
        ("other", "other", "true", "yellow"): 5, ("other", "transfer.letter", "true", "yellow"): 1}


def test_agencies_and_clocks_that_the_figures_name_have_their_names_told_and_no_others(office: Office) -> None:
    assert scrape(office, AGENCIES) == scrape(office, CLOCKS) == {}
    tell(office, deadline("runs"), met("settled", days(-1), days(-2), bound="zonghe", clock="transfer.receipt"),
         deadline("stranger", bound="stranger", clock="made.up"))
    clocks = rulebook().clocks
    assert scrape(office, AGENCIES) == {("zhujian", "荣成市住房和城乡建设局"): 1, ("zonghe", "荣成市综合行政执法局"): 1}
    assert scrape(office, CLOCKS) == {(each, clocks[each].says): 1 for each in ("transfer.letter", "transfer.receipt")}


def test_no_case_person_or_number_is_in_a_label(office: Office) -> None:
    """Whatever a deadline's event tells besides agency, clock and statutory, the text of a scrape has none of it."""
    secret = {"case": "0199aaaa-bbbb-7ccc", "item": "张三 371082199001011234",
              "says": "荣住建移字〔2025〕第3号", "article": "98", "law": "行政强制法", "started_by": "0199ffff"}
    tell(office, *(replace(each, **secret) for each in (
        deadline("0199deadbeef", days(-1)), met("0199deadbee2", days(-2), days(-1)), deadline("0199deadbee3"))))
    told = text(office)
    samples = [line for line in told.splitlines() if not line.startswith("#")]
    assert len(samples) == 22
    assert not [value for value in (*secret.values(), "0199dead") if value in told]
    words = {value for line in samples for value in re.findall(r'"([^"]*)"', line)}
    assert words <= {"zhujian", "transfer.letter", "true", "red", "yellow", "breached", "met_late", "7d", "30d", "90d",
                     "0.5", "0.9", "1", "used_ratio_clocks", "clocks", "agencies",
                     "荣成市住房和城乡建设局", rulebook().clocks["transfer.letter"].says}


# the exporter

def test_only_what_there_is_some_of_is_told(office: Office) -> None:
    assert scrape(office, OPEN) == scrape(office, SETTLED) == scrape(office, USED) == {}
    assert set(scrape(office, FOLDS).values()) == {0}
    tell(office, deadline("d1"))
    assert scrape(office, OPEN) == {(*LETTER, "yellow"): 1} and scrape(office, SETTLED) == {}


def test_nothing_is_read_when_the_collector_is_registered(office: Office) -> None:
    office.db.dispose()
    assert {family.name for family in DeadlineCollector(office).describe()} == {OPEN, SETTLED, USED, AGENCIES, CLOCKS,
                                                                                AS_OF, FOLDS}


def test_a_process_has_one_exporter(office: Office) -> None:
    registry = CollectorRegistry()
    export(office, registry)
    with pytest.raises(ValueError, match="Duplicated"):
        export(office, registry)
