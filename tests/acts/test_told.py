"""Metrics tell each act that is tried, by its result, with the time it took."""

from collections import Counter
from collections.abc import Callable

import pytest

from shared.acts.office import Office
from shared.acts.request import Request
from shared.acts.told import RESULTS
from shared.kernel.errors import Refused
from tests.acts import commands
from tests.acts.conftest import leader, officer
from tests.figures import figure, within


def told(act: str) -> Counter[str]:
    """How often the act was told, by result."""
    return Counter({result: int(figure("liandong_acts_total", service="transfer", act=act, result=result))
                    for result in RESULTS})


def timed() -> Counter[str]:
    """How many acts were timed, by result."""
    return Counter({result: int(figure("liandong_act_seconds_count", service="transfer", result=result))
                    for result in RESULTS})


def announce(office: Office, **given: str) -> str:
    return office.acts["cases"].do("announce", commands.announce(**given), officer("zhujian"), Request()).case_id


def ok(office: Office) -> None:
    announce(office)


def refused(office: Office) -> None:
    with pytest.raises(Refused):
        announce(office, facts="")


def conflict(office: Office) -> None:
    case = announce(office)
    with pytest.raises(Refused) as stale:
        office.acts["cases"].do("issue-letter", commands.issue_letter(), leader("zhujian"), Request(case, if_match=9))
    assert stale.value.status == 412


def error(office: Office) -> None:
    with pytest.raises(AttributeError):
        office.acts["cases"].do("announce", None, officer("zhujian"), Request())


@pytest.mark.parametrize("act, tries", [
    ("announce", ok), ("announce", refused), ("issue-letter", conflict), ("announce", error)],
    ids=lambda given: getattr(given, "__name__", given))
def test_an_act_is_counted_and_timed_by_its_result(office: Office, act: str, tries: Callable[[Office], None]) -> None:
    before, before_timed = told(act), timed()
    tries(office)
    assert told(act) - before == Counter({tries.__name__: 1})
    assert timed()[tries.__name__] == before_timed[tries.__name__] + 1


def test_an_act_takes_less_than_a_second_as_its_service_level_asks(office: Office) -> None:
    before = within("liandong_act_seconds", 1, service="transfer", result="ok")
    announce(office)
    assert within("liandong_act_seconds", 1, service="transfer", result="ok") == before + 1
