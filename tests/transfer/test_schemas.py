"""What comes in with an act of chapter 4: every act has its schema, every field its title."""

from collections.abc import Iterator
from dataclasses import fields as parts_of
from datetime import date
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from services.transfer import commands
from services.transfer.domain import ACTS
from services.transfer.schemas import SCHEMAS
from shared.acts.corrections import Correction
from shared.acts.persons import Officer
from shared.contracts.personal import Personal
from shared.contracts.register import SUITE
from shared.forms.schemas import common_of

RESPONDENT = {"kind": "organisation", "name": "示例建设有限公司", "number": "91110000600037341L"}
ANNOUNCE = {
    "matter": {"cause": "site", "accepted_on": "2025-09-01", "respondent": RESPONDENT, "facts": "未设围挡",
               "provisions": ["某条例第三十条"], "ground": "not_competent", "basis": "行政处罚法第二十三条"},
    "notice": {"receiver": "zhzf", "way": "platform", "told_to": "值班室 王"},
    "officer": {"name": "李", "licence": "37100001", "phone": "0631-7560000"},
}


def all_fields(schema: Schema) -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in schema.fields.items():
        yield f"{type(schema).__name__}.{name}", field
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from all_fields(inner.schema)


def test_every_act_that_has_a_route_has_a_schema_that_makes_its_command() -> None:
    routed = {act.name: act.command for act in ACTS if act.by != frozenset({SUITE})}
    assert {name: schema.makes for name, schema in SCHEMAS.items()} == routed


def test_every_field_has_a_chinese_title() -> None:
    for schema in SCHEMAS.values():
        for name, field in all_fields(schema()):
            assert any("一" <= sign <= "鿿" for sign in field.metadata.get("title", "")), name


INSIDE = {"correct": Correction, "reissue-letter": commands.IssueLetter}     # what a command holds whole, said flat


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_field_is_a_field_of_the_command(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema.makes is not None
    inside = INSIDE.get(name)
    parts = {part.name for part in parts_of(schema.makes)} | {
        part.name for part in (parts_of(inside) if inside else ())
    }
    assert set(schema().fields) - common_of(schema) <= parts


def test_an_announcement_becomes_its_command() -> None:
    command = SCHEMAS["announce"]().load(ANNOUNCE).command
    assert command.matter.accepted_on == date(2025, 9, 1)
    assert command.matter.respondent.name == Personal("示例建设有限公司")
    assert command.officer == Officer("李", "37100001", "0631-7560000")


def test_what_the_service_looks_up_cannot_be_sent() -> None:
    with pytest.raises(ValidationError):
        SCHEMAS["announce"]().load({**ANNOUNCE, "open_same": ["1"]})


def test_an_act_without_content_reaches_the_domain_that_tells_all_that_lacks() -> None:
    for name in ("issue-letter", "accept", "refuse", "request-supplement", "supplement", "withdraw", "report-closure"):
        command = SCHEMAS[name]().load({}).command
        assert not command.officer and not command.leader
