"""The documents of the services themselves are valid, and complete by their acts."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from liandong.docs import documents
from liandong.suite import SERVICES, spec_of
from shared.contracts.register import SUITE

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return {Path(name).stem: json.loads(text) for name, text in documents(ROOT) if "openapi" in name}


@pytest.mark.parametrize("service", SERVICES)
def test_the_document_of_a_service_is_valid(made: dict[str, dict[str, Any]], service: str) -> None:
    validate(made[service])


@pytest.mark.parametrize("service", SERVICES)
def test_every_act_that_is_not_the_suites_alone_has_a_path(made: dict[str, dict[str, Any]], service: str) -> None:
    told = {operation.get("operationId", "") for path in made[service]["paths"].values()
            for operation in path.values() if isinstance(operation, dict)}
    chapters = [keeping.chapter for keeping in spec_of(service).keepings]
    lacking = [act.name for chapter in chapters for act in chapter.acts if act.by != frozenset({SUITE}) and not told & {
        f"{f'{chapter.path}-' if len(chapters) > 1 else ''}{opening}{act.name}" for opening in ("", "open-")}]
    assert lacking in ([], ["change-password", "reset-password"])


@pytest.mark.parametrize("service", SERVICES)
def test_every_field_that_comes_in_has_a_chinese_title(made: dict[str, dict[str, Any]], service: str) -> None:
    schemas = made[service]["components"]["schemas"]
    untitled = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        if schema.get("additionalProperties") is False
        for field, told in schema["properties"].items()
        if not any(sign >= "\u4e00" for sign in told.get("title", ""))
    ]
    assert untitled == []
