"""The documents of the services themselves are valid, and complete by their acts."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from liandong.docs import openapi_documents
from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.contracts.register import SUITE
from shared.http.components import resolved


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return {Path(name).stem: json.loads(text) for name, text in openapi_documents()}


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


FILES = frozenset({"application/octet-stream", "application/x-ndjson"})


def is_told(schema: dict[str, Any], document: dict[str, Any]) -> bool:
    """Whether an object's fields are named, in every way it may come."""
    if name := schema.get("$ref", "").removeprefix("#/components/schemas/"):
        return is_told(document["components"]["schemas"][name], document)
    return all(is_told(each, document) for each in schema["oneOf"]) if "oneOf" in schema else bool(
        schema.get("properties")) and set(schema.get("required", ())) <= set(schema["properties"])


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_names_its_fields_or_is_a_file_or_empty(made: dict[str, dict[str, Any]], service: str) -> None:
    untold = []
    for address, operations in made[service]["paths"].items():
        for method, operation in operations.items():
            for status, told in operation["responses"].items() if isinstance(operation, dict) else ():
                kinds = resolved(told, made[service]).get("content", {})
                if status[0] == "2" and status != "204" and not (kinds and all(
                        kind["schema"]["type"] == "string" if name in FILES else is_told(kind["schema"], made[service])
                        for name, kind in kinds.items())):
                    untold.append(f"{method} {address} {status}")
    assert untold == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_that_takes_a_token_tells_that_it_may_be_missing_or_its_quota_spent(
        made: dict[str, dict[str, Any]], service: str) -> None:
    def headers(operation: dict[str, Any]) -> Any:
        return resolved(operation["responses"]["429"], made[service])["headers"]

    lacking = [f"{method} {address}" for address, operations in made[service]["paths"].items()
               for method, operation in operations.items() if isinstance(operation, dict) and "responses" in operation
               and {} not in operation["security"] and not (
                   "401" in operation["responses"] and "Retry-After" in headers(operation))]
    assert lacking == []
