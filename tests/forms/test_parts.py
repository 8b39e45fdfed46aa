"""What chapters share of what comes in: a respondent's number is checked, 第四条's block says what was done."""

from datetime import date
from typing import Any

import pytest
from marshmallow import ValidationError

from shared.acts.persons import NOTHING, Respondent
from shared.acts.rights import Right, Rights
from shared.contracts.personal import Personal
from shared.forms.parts import NOT_A_CREDIT_CODE, NOT_AN_IDENTITY_NUMBER, RespondentSchema, RightsSchema


@pytest.mark.parametrize(("kind", "number", "wrong"), [
    ("organisation", "91110000600037341L", None),
    ("organisation", "91110000600037341A", NOT_A_CREDIT_CODE),
    ("organisation", "110101199003074514", NOT_A_CREDIT_CODE),
    ("person", "110101199003074514", None),
    ("person", "110101199003074515", NOT_AN_IDENTITY_NUMBER),
    ("person", "", None),
])
def test_the_number_of_a_respondent_is_checked_by_its_algorithm(kind: str, number: str, wrong: Any) -> None:
    sent = {"kind": kind, "name": "示例建设有限公司", "number": number}
    if wrong is None:
        assert RespondentSchema().load(sent).number == Personal(number)
        return
    with pytest.raises(ValidationError) as refused:
        RespondentSchema().load(sent)
    assert refused.value.messages == {"number": [wrong]}


def test_a_number_written_in_groups_is_kept_in_its_compact_form() -> None:
    sent = {"kind": "organisation", "name": "某公司", "number": "91110000 600037341l"}
    assert RespondentSchema().load(sent) == Respondent("organisation", Personal("某公司"), Personal("91110000600037341L"))


def test_a_respondent_of_whom_nothing_is_said_yet_reaches_the_domain() -> None:
    assert RespondentSchema().load({}) == Respondent("", NOTHING)


def test_a_right_that_is_not_mentioned_is_open() -> None:
    sent = {"told": {"done": True, "on": "2025-06-09"}, "hearing": {"done": False, "reason": "小额"}}
    rights = RightsSchema().load(sent)
    assert rights == Rights(Right(True, date(2025, 6, 9)), Right(False), Right(False, None, "小额"), Right(False))
    assert [bool(right) for right in (rights.told, rights.heard, rights.hearing)] == [True, False, True]
