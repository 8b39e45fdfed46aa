"""Ids are UUIDv7 of the suite's own clock."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.ids import made_at, new_id

INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))


@given(instant=INSTANTS)
def test_an_id_is_a_uuid_of_version_seven_of_its_instant(instant: datetime) -> None:
    made = uuid.UUID(new_id(instant))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@given(instant=INSTANTS, later=st.integers(1, 10**12))
def test_ids_sort_as_their_instants(instant: datetime, later: int) -> None:
    assert new_id(instant) < new_id(instant + timedelta(microseconds=later))


def test_ids_of_one_instant_differ() -> None:
    assert len({new_id(datetime(2026, 1, 1, tzinfo=UTC)) for _ in range(1000)}) == 1000


def test_a_naive_instant_makes_no_id() -> None:
    with pytest.raises(ValueError, match="zone"):
        new_id(datetime(2026, 1, 1))


@given(INSTANTS)
def test_an_id_tells_of_which_instant_it_was_made(instant: datetime) -> None:
    assert made_at(new_id(instant)) == instant


def test_what_is_no_id_of_ours_tells_no_instant() -> None:
    for other in ("0" * 36, "x", str(uuid.uuid4())):
        with pytest.raises(ValueError):
            made_at(other)
