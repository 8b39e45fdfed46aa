"""Which records are about what was asked: by category, by day, and by whom."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.sharing.queries.commands import NO_RESPONDENT, Question
from services.sharing.queries.records import concerns
from shared.acts import whom
from shared.acts.persons import Respondent
from shared.contracts.personal import Personal
from shared.crypto.keys import FileKeys
from shared.crypto.vault import Vault

NAME, CODE = "示例建设有限公司", "91110000600037341L"
ABOUT = Respondent("organisation", Personal(NAME), Personal(CODE))
ASKED = Question("该公司的处罚", "dynamics", ABOUT, date(2022, 1, 1), date(2024, 12, 31))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(FileKeys(tmp_path))


def row(vault: Vault, name: str = NAME, code: str = "", **said: Any) -> dict[str, Any]:
    return {"category": "dynamics", "occurred_on": date(2023, 6, 2), "title": "占道案", "text": "",
            "respondent_key": whom.respondent_key(code or name, vault),
            "respondent_name_key": whom.respondent_key(name, vault), **said}


@pytest.mark.parametrize(("said", "about"), [
    ({}, True), ({"category": "warnings"}, False), ({"occurred_on": date(2021, 12, 31)}, False),
    ({"occurred_on": date(2022, 1, 1)}, True), ({"occurred_on": date(2024, 12, 31)}, True),
    ({"occurred_on": date(2025, 1, 1)}, False), ({"name": "别的公司"}, False), ({"name": "曾用名", "code": CODE}, True),
    ({"name": "别的公司", "text": f"与{NAME}共同占道"}, True), ({"name": ""}, False), ({"name": "", "title": f"{NAME}案"}, True),
])
def test_a_record_is_about_what_was_asked(vault: Vault, said: dict[str, Any], about: bool) -> None:
    assert concerns(row(vault, **said), ASKED, vault) is about


def test_what_a_question_leaves_open_any_record_fits(vault: Vault) -> None:
    assert concerns(row(vault, "别的公司", category="warnings"), Question("有无记录", respondent=NO_RESPONDENT), vault)
