"""第七条: a ground is tested, not ticked: a fact that lacks is told under its ground with its article."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.collab import grounds
from services.collab.grounds import FACTS, Ground, Means
from shared.kernel.errors import Refusal
from tests.collab.made import WHOLE
from tests.plans.written import DAY, content, context
from tests.situations.city import lawbook, rulebook

LATER = DAY + timedelta(days=1)


def lacking(*said: Ground, settings: tuple[tuple[str, Any], ...] = ()) -> list[Refusal]:
    book = lawbook(settings=settings)
    return list(grounds.lacking(said, content(), context(rulebook=book)))


def told(*said: Ground) -> set[tuple[str, str, str]]:
    return {(each.code, each.where, each.article) for each in lacking(*said)}


def test_every_ground_of_the_article_is_known_and_no_other() -> None:
    named = {name.removeprefix("collab.") for name, each in rulebook().grounds.items()
             if name.startswith("collab.") and each.route}
    assert named == set(WHOLE)


def test_every_fact_that_the_rulebook_demands_is_tested() -> None:
    demanded = {fact for name, each in rulebook().grounds.items() if name.startswith("collab.7")
                for fact in each.demands}
    assert demanded == set(FACTS)


@pytest.mark.parametrize("code", WHOLE)
def test_a_ground_with_its_facts_stands(code: str) -> None:
    assert lacking(WHOLE[code]) == []


@pytest.mark.parametrize(("code", "without", "refusal", "field", "article"), [
    ("7-1-1", {"effect": ""}, "NO_INFLUENCE", "effect", "7"),
    ("7-1-2", {"people": 0}, "TOO_FEW_PEOPLE", "people", "7"),
    ("7-1-2", {"people": 49}, "TOO_FEW_PEOPLE", "people", "7"),
    ("7-1-2", {"interests": ""}, "NO_INTERESTS", "interests", "7"),
    ("7-1-3", {"relations": ""}, "NO_RELATIONS", "relations", "7"),
    ("7-1-4", {"obstruction": ""}, "NO_OBSTRUCTION", "obstruction", "7"),
    ("7-1-4", {"obstructed_on": None}, "OBSTRUCTION_DAY", "obstructed_on", "7"),
    ("7-1-4", {"obstructed_on": LATER}, "OBSTRUCTION_DAY", "obstructed_on", "7"),
    ("7-2", {"means": ()}, "NO_MEANS", "means", "7"),
    ("7-3-a", {"law": ""}, "NO_GROUND_LAW", "law", "7"),
    ("7-3-a", {"law_article": ""}, "NO_GROUND_ARTICLE", "law_article", "7"),
    ("7-3-a", {"facts_established": ""}, "NO_FACTS_ESTABLISHED", "facts_established", "9"),
    ("7-3-a", {"established_on": None}, "ESTABLISHED_DAY", "established_on", "9"),
    ("7-3-b", {"law": ""}, "NO_GROUND_LAW", "law", "7"),
    ("7-3-b", {"law_article": ""}, "NO_GROUND_ARTICLE", "law_article", "7"),
    ("7-3-b", {"facts_established": ""}, "NO_FACTS_ESTABLISHED", "facts_established", "9"),
    ("7-3-b", {"established_on": LATER}, "ESTABLISHED_DAY", "established_on", "9"),
    ("7-4", {"reason": ""}, "NO_GROUND_REASON", "reason", "7"),
])
def test_a_fact_that_lacks_is_told_under_its_ground(code: str, without: dict[str, Any], refusal: str, field: str,
                                                    article: str) -> None:
    assert told(replace(WHOLE[code], **without)) == {(refusal, f"grounds.0.{field}", article)}


@pytest.mark.parametrize(("means", "refusal", "field"), [
    (Means("", "荣综执改字〔2025〕第7号", "逾期未改"), "MEANS_UNNAMED", "means"),
    (Means("责令改正", "", "逾期未改"), "MEANS_WITHOUT_DOCUMENT", "document"),
    (Means("责令改正", "荣综执改字〔2025〕第7号", ""), "MEANS_WITHOUT_RESULT", "result"),
])
def test_each_means_has_its_document_and_its_result(means: Means, refusal: str, field: str) -> None:
    ground = replace(WHOLE["7-2"], means=(*WHOLE["7-2"].means, means))
    assert told(ground) == {(refusal, f"grounds.0.means.2.{field}", "7")}


def test_the_number_of_people_is_the_rulebooks() -> None:
    fewer = replace(WHOLE["7-1-2"], people=30)
    assert [each.code for each in lacking(fewer)] == ["TOO_FEW_PEOPLE"]
    assert lacking(fewer, settings=(("directly_concerned_people", 30),)) == []
    refusal = lacking(fewer)[0]
    assert refusal.values == {"people": 30, "least": 50} and "30人" in refusal.zh and "50人" in refusal.zh


def test_every_fact_of_every_ground_that_lacks_is_told_at_once() -> None:
    bare = [Ground(code) for code in WHOLE]
    codes = [each.code for each in lacking(*bare)]
    assert codes == [
        "NO_INFLUENCE", "TOO_FEW_PEOPLE", "NO_INTERESTS", "NO_RELATIONS", "NO_OBSTRUCTION", "OBSTRUCTION_DAY",
        "NO_MEANS",
        "NO_GROUND_LAW", "NO_GROUND_ARTICLE", "NO_FACTS_ESTABLISHED", "ESTABLISHED_DAY",
        "NO_GROUND_LAW", "NO_GROUND_ARTICLE", "NO_FACTS_ESTABLISHED", "ESTABLISHED_DAY", "NO_GROUND_REASON"]
    places = {each.where.split(".")[1] for each in lacking(*bare)}
    assert places == {str(at) for at in range(len(WHOLE))}


def test_a_plan_without_a_ground_is_refused() -> None:
    assert told() == {("NO_GROUND", "grounds", "7")}


@pytest.mark.parametrize(("codes", "route"), [
    (("7-1-1",), "submit"), (("7-1-2",), "submit"), (("7-1-3",), "submit"), (("7-1-4",), "submit"),
    (("7-2",), "submit"), (("7-4",), "submit"), (("7-1-1", "7-2", "7-4"), "submit"), ((), "submit"),
    (("7-3-a",), "apply"), (("7-3-b",), "apply"), (("7-1-1", "7-3-b"), "apply"), (("7-3-a", "7-4"), "apply"),
])
def test_the_grounds_give_the_route(codes: tuple[str, ...], route: str) -> None:
    assert grounds.route_of([WHOLE[code] for code in codes], context()) == route


@pytest.mark.parametrize("code", ["7", "7-5", "15-1", "decline.statutory", "statutory", ""])
def test_what_is_no_ground_of_the_article_is_refused_in_a_draft(code: str) -> None:
    refused = [refusal for holds, refusal in grounds.named([Ground(code)], context()) if not holds]
    assert [(each.code, each.where) for each in refused] == [("UNKNOWN_GROUND", "grounds.0.code")]


def test_a_ground_is_named_once() -> None:
    twice = [WHOLE["7-4"], WHOLE["7-2"], WHOLE["7-4"]]
    refused = [refusal for holds, refusal in grounds.named(twice, context()) if not holds]
    assert [(each.code, each.where) for each in refused] == [("GROUND_TWICE", "grounds.2.code")]


def test_the_day_of_an_obstruction_may_be_the_day_of_the_submission() -> None:
    assert lacking(replace(WHOLE["7-1-4"], obstructed_on=DAY)) == []
    assert lacking(replace(WHOLE["7-3-a"], established_on=date(DAY.year, DAY.month, DAY.day))) == []
