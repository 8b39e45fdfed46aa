"""SLA gauges are read from the board at each scrape; their labels come from the register and the rulebook only."""

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from services.oversight.metrics import DeadlineCollector, export
from shared.acts.office import Office
from shared.clock import HandClock, day_of
from shared.deadlines.model import CANCELLED, MET, PAUSED, Deadline
from tests.oversight.told import deadline, deadline_event, hear

Sample = tuple[tuple[str, ...], float]


def scrape(office: Office, name: str) -> dict[tuple[str, ...], float]:
    """The samples of a family by their label values, in the order of the labels below."""
    registry = CollectorRegistry()
    export(office, registry)
    order = {"liandong_deadlines_open": ("agency", "clock", "statutory", "light"),
             "liandong_deadlines_settled": ("agency", "clock", "statutory", "window", "outcome")}[name]
    families = {family.name: family for family in text_string_to_metric_families(generate_latest(registry).decode())}
    return {tuple(sample.labels[label] for label in order): sample.value for sample in families[name].samples}


def tell(office: Office, *told: Deadline) -> None:
    hear(office, *map(deadline_event, told))


def test_open_deadlines_are_counted_by_the_light_of_the_moment(office: Office, clock: HandClock) -> None:
    today = day_of(clock.now())
    tell(office, deadline("late", today - timedelta(days=1)), deadline("today", today), deadline("today-2", today),
         deadline("later", today + timedelta(days=5)), deadline("paused", today, state=PAUSED),
         deadline("met", today, state=MET, late=False), deadline("gone", today, state=CANCELLED),
         deadline("other", today, bound="zonghe", clock="transfer.receipt", statutory=False),
         deadline("unknown", today - timedelta(days=1), provisional=True))
    letter = ("zhujian", "transfer.letter", "true")
    assert scrape(office, "liandong_deadlines_open") == {
        (*letter, "red"): 1, (*letter, "yellow"): 2, (*letter, "green"): 1, (*letter, "paused"): 1,
        (*letter, "overdue_unconfirmed"): 1, ("zonghe", "transfer.receipt", "false", "yellow"): 1}
    clock.advance(days=1)
    assert scrape(office, "liandong_deadlines_open")[*letter, "red"] == 3


def test_a_breach_that_a_back_entry_undid_lowers_the_gauge(office: Office, clock: HandClock) -> None:
    late = deadline("d1", day_of(clock.now()) - timedelta(days=1))
    tell(office, late)
    assert scrape(office, "liandong_deadlines_open") == {("zhujian", "transfer.letter", "true", "red"): 1}
    hear(
        office,
        deadline_event(
            deadline("d1", day_of(clock.now()) - timedelta(days=1), state=MET, late=False, generation=2), "corrected"
        ),
    )
    assert scrape(office, "liandong_deadlines_open") == {}


def test_settled_deadlines_stand_in_every_window_that_holds_the_day_they_were_due(
    office: Office, clock: HandClock
) -> None:
    today = day_of(clock.now())
    for days in (1, 6, 8, 29, 31, 89, 91):
        tell(office, deadline(f"met-{days}", today - timedelta(days=days), state=MET, late=False))
    tell(office, deadline("late", today - timedelta(days=10), state=MET, late=True),
         deadline("early", today + timedelta(days=2), state=MET, late=False),
         deadline("open", today - timedelta(days=1)), deadline("gone", today - timedelta(days=1), state=CANCELLED))
    letter = ("zhujian", "transfer.letter", "true")
    assert scrape(office, "liandong_deadlines_settled") == {
        (*letter, "7d", "met"): 2, (*letter, "30d", "met"): 4, (*letter, "90d", "met"): 6,
        (*letter, "7d", "met_late"): 0, (*letter, "30d", "met_late"): 1, (*letter, "90d", "met_late"): 1}


def test_labels_that_neither_register_nor_rulebook_know_are_one(office: Office, clock: HandClock) -> None:
    today = day_of(clock.now())
    tell(
        office,
        *(deadline(f"d{number}", today, bound=f"stranger-{number}", clock=f"made.up_{number}") for number in range(5)),
    )
    assert scrape(office, "liandong_deadlines_open") == {("other", "other", "true", "yellow"): 5}


def test_nothing_is_read_when_the_collector_is_registered(office: Office) -> None:
    office.db.dispose()
    assert [family.name for family in DeadlineCollector(office).describe()] == [
        "liandong_deadlines_open", "liandong_deadlines_settled"]


def test_a_process_has_one_exporter(office: Office) -> None:
    registry = CollectorRegistry()
    export(office, registry)
    with pytest.raises(ValueError, match="Duplicated"):
        export(office, registry)


def test_an_empty_board_gives_no_samples(office: Office) -> None:
    assert scrape(office, "liandong_deadlines_open") == {}
    assert scrape(office, "liandong_deadlines_settled") == {}
