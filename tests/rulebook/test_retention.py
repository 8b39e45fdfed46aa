"""How long a class of records is kept: counted in months from its last event, to the end of the month where that is
shorter."""

from datetime import date

import pytest

from shared.rulebook.loader import load
from shared.rulebook.model import Retention, Source
from tests.rulebook.builders import changed, rulebook


@pytest.mark.parametrize(("months", "last", "until"), [
    (1, date(2025, 1, 31), date(2025, 2, 28)),
    (1, date(2024, 1, 31), date(2024, 2, 29)),
    (12, date(2024, 2, 29), date(2025, 2, 28)),
    (6, date(2025, 8, 31), date(2026, 2, 28)),
    (120, date(2025, 9, 29), date(2035, 9, 29)),
    (0, date(2025, 9, 29), None),
])
def test_the_last_day_it_is_kept(months: int, last: date, until: date | None) -> None:
    assert Retention("x.y", "", Source(internal=True), months).kept_until(last) == until


def test_the_city_says_for_each_class_how_long_and_whence() -> None:
    for rule in rulebook().retention.values():
        assert rule.months > 0 and rule.says and (rule.source.statutory or rule.question == "retention"), rule.id


def test_a_class_may_be_kept_for_ever() -> None:
    text = changed("transfer.cases: {keeps: {years: 10}", "transfer.cases: {keeps: {for_ever: true}")
    assert load(text).retention["transfer.cases"].kept_until(date(2025, 9, 29)) is None
