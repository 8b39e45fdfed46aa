"""What tests/succession/test_many shows, with a thousand cases."""

import pytest

from tests.succession.test_many import (
    cases,
    make_office,
    office,
    test_a_process_killed_in_the_middle_leaves_the_rest_to_the_next,
    test_several_tickers_and_both_agencies_at_once_lose_and_double_nothing,
)

__all__ = ["cases", "make_office", "office", "test_a_process_killed_in_the_middle_leaves_the_rest_to_the_next",
           "test_several_tickers_and_both_agencies_at_once_lose_and_double_nothing"]


@pytest.fixture
def many() -> int:
    return 1000
