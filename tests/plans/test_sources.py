"""What rests on no article is not said to: refusals and acts of plans name the source that the rulebook gives."""

import importlib
from collections import Counter

import pytest

from shared.kernel.errors import Refusal
from tests.rulebook.builders import rulebook

SERVICES = ("collab", "joint")


def refusals(service: str) -> tuple[Refusal, ...]:
    found: tuple[Refusal, ...] = importlib.import_module(f"services.{service}.refusals").REFUSALS
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_an_act_whose_event_has_no_article_names_none_of_the_regulation(service: str) -> None:
    acts = importlib.import_module(f"services.{service}.domain").ACTS
    events = rulebook().events
    assert not [act.name for act in acts
                if bool(events[f"{service}.{act.event}"].articles) != (act.article != "internal")]


@pytest.mark.parametrize("service", SERVICES)
def test_every_refusal_has_a_code_of_its_own(service: str) -> None:
    warnings = importlib.import_module(f"services.{service}.refusals").WARNINGS
    codes = Counter(each.code for each in (*refusals(service), *warnings))
    assert not [code for code, count in codes.items() if count > 1]


@pytest.mark.parametrize("service", SERVICES)
def test_articles_of_the_regulation_are_those_of_the_chapter_or_of_the_general_ones(service: str) -> None:
    """A collaborative plan is refused by chapter 2, a joint one by chapter 3, both by what holds for all."""
    general = {"3", "4", "5", "33"}
    own = {str(number) for number in (range(6, 14) if service == "collab" else range(14, 21))}
    numbered = {each.code: each.article for each in refusals(service) if each.article[:1].isdigit()}
    assert {code for code, article in numbered.items() if article not in own | general} == set()


@pytest.mark.parametrize(("module", "groups"), [
    ("refusals", ("PLAN_REFUSALS", "WARNINGS", "TEN_ITEMS", "MEETING_OR_HEAD")),
    ("refusals_running", ("RUNNING_REFUSALS", "WARNINGS", "SEVERAL_NORMS", "OVERTAKEN"))])
def test_every_refusal_that_both_chapters_share_stands_in_one_list(module: str, groups: tuple[str, ...]) -> None:
    shared = importlib.import_module(f"shared.plans.{module}")
    listed = Counter(each for group in groups for each in getattr(shared, group))
    assert listed == Counter(dict.fromkeys((each for each in vars(shared).values() if isinstance(each, Refusal)), 1))


@pytest.mark.parametrize("service", SERVICES)
def test_every_refusal_that_a_chapter_words_stands_in_its_list(service: str) -> None:
    own = importlib.import_module(f"services.{service}.refusals")
    assert {each for each in vars(own).values() if isinstance(each, Refusal)} <= {*own.REFUSALS, *own.WARNINGS}
