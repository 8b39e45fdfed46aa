"""What an enforcement agency is (3), on a day: of a kind that enforces, and there."""

from datetime import date

import pytest

from shared.acts.standing import ENFORCEMENT, enforces_on
from shared.contracts.register import KINDS, Agency

FIRST, LAST = date(2024, 3, 1), date(2025, 6, 30)


def agency(kind: str) -> Agency:
    return Agency("zhujian", "住建局", kind, "municipal", FIRST, LAST)


def test_each_kind_of_the_register_but_other_authorities_enforces() -> None:
    assert set(KINDS) - ENFORCEMENT == {"other"} and set(KINDS) > ENFORCEMENT
    assert {kind for kind in KINDS if enforces_on(agency(kind), FIRST)} == ENFORCEMENT


@pytest.mark.parametrize(("day", "enforces"), [
    (date(2024, 2, 29), False), (FIRST, True), (LAST, True), (date(2025, 7, 1), False)])
def test_it_enforces_from_its_first_day_to_its_last(day: date, enforces: bool) -> None:
    assert enforces_on(agency("statutory"), day) == enforces


def test_what_the_register_has_not_does_not_enforce() -> None:
    assert not enforces_on(None, FIRST)
