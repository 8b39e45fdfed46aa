"""文号: what an act's document gets, played in the service of chapter 4 on both back ends."""

import pytest

from shared.acts.office import Office
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused
from tests.situations.city import rulebook
from tests.transfer.played import Played, make_office, office

__all__ = ["make_office", "office"]


@pytest.fixture
def ready(office: Office, clock: HandClock) -> list[Played]:
    """Cases whose letters are to be issued."""
    cases = [Played(office, clock) for _ in range(3)]
    for case in cases:
        case.do("announce")
        case.do("add-material")
    return cases


def refused(case: Played, number: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        case.do("issue-letter", number=number)
    return [refusal.code for refusal in refused.value.refusals]


def test_a_number_misread_far_ahead_is_refused_and_moves_no_series(ready: list[Played]) -> None:
    most = rulebook().settings["number_jump"]
    for wrong in (999_999, most + 1):
        assert refused(ready[0], f"荣住建移字〔2025〕第{wrong}号") == ["NUMBER_TOO_FAR"]
    assert ready[0].do("issue-letter")["facts"]["number"] == "荣住建移字〔2025〕第1号"
    ahead = f"荣住建移字〔2025〕第{most + 1}号"
    assert ready[1].do("issue-letter", number=ahead)["facts"]["number"] == ahead
    assert ready[2].do("issue-letter")["facts"]["number"] == f"荣住建移字〔2025〕第{most + 2}号"


def test_a_number_is_used_once_and_carries_the_agencys_own_word(ready: list[Played]) -> None:
    used = ready[0].do("issue-letter")["facts"]["number"]
    assert refused(ready[1], used) == ["NUMBER_TAKEN"]
    assert refused(ready[1], "荣综执移字〔2025〕第2号") == ["OTHER_WORD"]
    assert refused(ready[1], "荣住建移字[2025]第2号") == ["BAD_NUMBER"]
    assert ready[1].do("issue-letter")["facts"]["number"] == "荣住建移字〔2025〕第2号"
