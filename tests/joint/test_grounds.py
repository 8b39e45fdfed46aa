"""第十五条: a ground is tested, not ticked: a fact that lacks is told under its ground with its article."""

from dataclasses import replace
from typing import Any

import pytest

from services.joint import grounds
from services.joint.grounds import FACTS, Competent, Ground
from tests.joint.made import WHOLE
from tests.plans.written import FIRST, SECOND, content, context
from tests.plans.written import LEAD as LEADING
from tests.situations.city import rulebook


def told(*said: Ground) -> list[tuple[str, str, str]]:
    return [(each.code, each.where, each.article) for each in grounds.lacking(said, content(), context())]


def test_every_ground_of_the_article_is_known_and_no_other() -> None:
    named = {name.removeprefix("joint.") for name, each in rulebook().grounds.items()
             if name.startswith("joint.15") and each.route}
    assert named == set(WHOLE)


def test_every_fact_that_the_rulebook_demands_is_tested() -> None:
    demanded = {fact for name, each in rulebook().grounds.items() if name.startswith("joint.15")
                for fact in each.demands}
    assert demanded == set(FACTS)


@pytest.mark.parametrize("code", WHOLE)
def test_a_ground_with_its_facts_stands(code: str) -> None:
    assert told(WHOLE[code]) == []


BASIS = Competent(SECOND, "道路运输条例第六十三条")


@pytest.mark.parametrize(("code", "without", "refusal", "field", "article"), [
    ("15-1", {"competent": ()}, "TOO_FEW_COMPETENT", "competent", "15"),
    ("15-1", {"competent": (BASIS,)}, "TOO_FEW_COMPETENT", "competent", "15"),
    ("15-1", {"competent": (BASIS, Competent(FIRST, ""))}, "COMPETENT_WITHOUT_BASIS", "competent.1.basis", "15"),
    ("15-1", {"competent": (*WHOLE["15-1"].competent, Competent("gongan", "治安管理处罚法第二条"))}, "COMPETENT_NOT_IN_PLAN",
     "competent.2.agency", "15"),
    ("15-1", {"competent": (*WHOLE["15-1"].competent, Competent(FIRST, "另一依据"))}, "COMPETENT_TWICE",
     "competent.2.agency", "15"),
    ("15-2", {"document": ""}, "NO_ARRANGEMENT", "document", "15"),
    ("15-2", {"field_or_area": ""}, "NO_FIELD_OR_AREA", "field_or_area", "15"),
    ("15-2", {"main_task_agency": ""}, "NO_MAIN_TASK_AGENCY", "main_task_agency", "15"),
    ("15-2", {"main_task_agency": "zfb"}, "NO_MAIN_TASK_AGENCY", "main_task_agency", "15"),
    ("15-3", {"candidates": ()}, "TOO_FEW_CANDIDATES", "candidates", "15"),
    ("15-3", {"candidates": (FIRST, FIRST)}, "TOO_FEW_CANDIDATES", "candidates", "15"),
    ("15-3", {"candidates": (FIRST, LEADING, "jw")}, "CANDIDATE_UNKNOWN", "candidates.2", "15"),
    ("15-3", {"why_undetermined": ""}, "NOT_SAID_WHY_UNDETERMINED", "why_undetermined", "15"),
    ("15-4", {"reason": ""}, "NO_GROUND_REASON", "reason", "15"),
])
def test_a_fact_that_lacks_is_told_under_its_ground(code: str, without: dict[str, Any], refusal: str, field: str,
                                                    article: str) -> None:
    assert told(replace(WHOLE[code], **without)) == [(refusal, f"grounds.0.{field}", article)]


def test_an_agency_that_the_register_does_not_know_is_not_competent() -> None:
    said = replace(WHOLE["15-1"], competent=(*WHOLE["15-1"].competent, Competent("zfb", "依据")))
    assert [code for code, _, __ in told(said)] == ["COMPETENT_UNKNOWN", "COMPETENT_NOT_IN_PLAN"]


def test_every_fact_of_every_ground_that_lacks_is_told_at_once() -> None:
    assert [(code, where) for code, where, _ in told(*map(Ground, WHOLE))] == [
        ("TOO_FEW_COMPETENT", "grounds.0.competent"), ("NO_ARRANGEMENT", "grounds.1.document"),
        ("NO_FIELD_OR_AREA", "grounds.1.field_or_area"), ("NO_MAIN_TASK_AGENCY", "grounds.1.main_task_agency"),
        ("TOO_FEW_CANDIDATES", "grounds.2.candidates"), ("NOT_SAID_WHY_UNDETERMINED", "grounds.2.why_undetermined"),
        ("NO_GROUND_REASON", "grounds.3.reason")]


@pytest.mark.parametrize(("code", "refusal"), [
    ("7-4", "UNKNOWN_GROUND"), ("15-5", "UNKNOWN_GROUND"), ("", "UNKNOWN_GROUND"),
    ("17-direct", "NOT_DECIDED_DIRECTLY"),
])
def test_what_is_no_ground_an_agency_may_name_is_refused_in_a_draft(code: str, refusal: str) -> None:
    found = [each for holds, each in grounds.named([Ground(code)], context()) if not holds]
    assert [(each.code, each.where) for each in found] == [(refusal, "grounds.0.code")]


def test_a_ground_is_named_once() -> None:
    found = [each for holds, each in grounds.named([WHOLE["15-1"], WHOLE["15-1"]], context()) if not holds]
    assert [(each.code, each.where) for each in found] == [("GROUND_TWICE", "grounds.1.code")]
