"""The contract as files: schemas are schemas, open to what is added; each sample does what it says; independent
validators agree."""

import io
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from liandong.contract import FRAME, Published, data_schema, envelope_schema, published
from liandong.contract_acts import commands
from liandong.contract_examples import examples, fits
from liandong.contract_fieldmap import ACTS, EVENTS, field_map
from liandong.contract_files import GENERATED, SAMPLES, SCHEMAS, bulk
from liandong.contract_shapes import Shape, shapes
from liandong.law import CITY
from liandong.places import SERVICES
from shared.rulebook.loader import load
from tests.contracts import node

ROOT = Path(__file__).resolve().parents[2]
ALL = published()
each_event = pytest.mark.parametrize("event", ALL, ids=lambda event: f"{event.service}.{event.name}")


def openapi() -> dict[str, str]:
    return {service: (ROOT / GENERATED / "openapi" / f"{service}.json").read_text("utf-8") for service in SERVICES}


@cache
def written() -> dict[str, str]:
    """What `make docs` writes below build/."""
    return dict(bulk(ROOT, openapi()))


def sample_of(event: Published) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(written()[f"{SAMPLES}/{event.service}/{event.name}.json"])
    return told


def closed(node: Any) -> list[Any]:
    """Every object that refuses what it does not name."""
    if isinstance(node, dict):
        own = [node] if node.get("additionalProperties") is False or node.get("unevaluatedProperties") is False else []
        return own + [found for value in node.values() for found in closed(value)]
    return [found for value in node for found in closed(value)] if isinstance(node, list) else []


@each_event
def test_an_event_has_a_schema_that_is_open_to_what_is_added(event: Published) -> None:
    schema = json.loads(written()[f"{SCHEMAS}/{event.service}/{event.name}.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == event.schema_id and not closed(schema)


@each_event
def test_the_good_sample_of_an_event_is_as_its_schema_says_with_more_fields_too(event: Published) -> None:
    good = sample_of(event)["good"]
    assert (good["type"], good["dataschema"]) == (event.type, event.schema_id)
    more = {**good["data"], "a_field_of_a_later_release": {"any": "thing"}}
    for schema, value in ((envelope_schema(), good), (data_schema(event), good["data"]), (data_schema(event), more)):
        assert not list(Draft202012Validator(schema).iter_errors(value))


@each_event
def test_what_may_lack_lacks_in_a_sample_of_its_own_which_is_as_the_schema_says_too(event: Published) -> None:
    """An entry of before a field was added stands in journals for good."""
    told = sample_of(event)
    own = [fact for fact in event.facts if fact.name not in FRAME]
    may_lack = {fact.name for fact in own if not fact.required} & {*told["good"]["data"]}
    assert ("least" in told) == bool(may_lack)
    if may_lack:
        least = told["least"]["data"]
        assert {*least} == {*told["good"]["data"]} - may_lack
        assert not list(Draft202012Validator(data_schema(event)).iter_errors(least))


@each_event
def test_every_bad_sample_of_an_event_is_refused_by_its_schema(event: Published) -> None:
    bad = sample_of(event)["bad"]
    assert len(bad) >= 2
    for each in bad:
        assert each["zh"] and each["en"].isascii()
        assert list(Draft202012Validator(data_schema(event)).iter_errors(each["event"]["data"])), each["en"]


def test_every_act_with_a_route_has_a_schema_that_is_strict() -> None:
    found = commands(openapi())
    assert len(found) > 150 and len({command.name for command in found}) == len(found)
    for command in found:
        schema = json.loads(written()[f"{SCHEMAS}/acts/{command.name}.json"])
        Draft202012Validator.check_schema(schema)
        assert list(Draft202012Validator(schema).iter_errors({"no_such_field": 1})), command.name


def test_the_asyncapi_document_is_valid_to_the_specifications_own_parser() -> None:
    node.installed()
    try:
        ran = node.run("node", "check.mjs", str(ROOT / GENERATED / "asyncapi.json"))
    except subprocess.CalledProcessError as wrong:
        pytest.fail(f"{wrong.stdout}{wrong.stderr}", pytrace=False)
    assert ran.stdout.startswith("valid 3.0.0 "), ran.stdout


def test_the_asyncapi_parser_refuses_a_document_that_is_wrong(tmp_path: Path) -> None:
    document = json.loads((ROOT / GENERATED / "asyncapi.json").read_text("utf-8"))
    wrong = {key: document[key] for key in ("asyncapi", "info")} | {"channels": {"one": {"messages": {"m": {
        "$ref": "#/components/messages/none"}}}}}
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), "utf-8")
    node.installed()
    with pytest.raises(subprocess.CalledProcessError):
        node.run("node", "check.mjs", str(tmp_path / "wrong.json"))


def test_asyncapi_tells_of_every_way_and_of_every_event() -> None:
    document = json.loads((ROOT / GENERATED / "asyncapi.json").read_text("utf-8"))
    assert set(document["channels"]) == {"agency-queue", "feed", "webhook", *(f"{name}-events" for name in SERVICES)}
    assert {message["name"] for message in document["components"]["messages"].values()} == {
        "delivered", *(event.type for event in ALL)}
    assert set(document["components"]["schemas"]["Headers"]["properties"]) == {"epoch", "position", "prev"}


def test_the_lock_of_the_parser_names_no_host_and_pins_every_package() -> None:
    text = (node.HERE / "package-lock.json").read_text("utf-8")
    packages = [told for name, told in json.loads(text)["packages"].items() if name]
    assert "://" not in text and all(told["version"] and told["integrity"] for told in packages)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_catalogue_names_every_event_and_field(language: str) -> None:
    page = (ROOT / GENERATED / f"events.{language}.md").read_text("utf-8")
    for event in ALL:
        key = f"<service>.{event.name}" if event.shared else f"{event.service}.{event.name}"
        assert f"### `{key}` {event.telling.zh if language == 'zh' else event.telling.en}\n" in page


def test_the_field_map_is_the_same_every_time_and_reads_as_an_office_would_want_it() -> None:
    events = [event for event in ALL if event.service == "oversight"]
    found = commands({"oversight": openapi()["oversight"]})
    twice = [field_map(events, {}, found, load(CITY / "rulebook.yaml")) for _ in range(2)]
    assert twice[0] == twice[1]
    book = load_workbook(io.BytesIO((ROOT / "docs/field-map.xlsx").read_bytes()))
    assert book.sheetnames == ["说明", "事件", "行为", "代码表"]
    for name, columns in (("事件", EVENTS), ("行为", ACTS)):
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(columns)
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref and sheet.max_row > 1000
    rows = {(row[0].value, row[1].value, row[4].value) for row in book["事件"].iter_rows(min_row=2)}
    assert {(event.service, event.name, fact.name + ("[]" if fact.many else "")) for event in ALL if not event.shared
            for fact in event.facts} <= rows


def test_every_field_of_an_act_has_an_example_that_is_not_its_title() -> None:
    book = load_workbook(io.BytesIO((ROOT / "docs/field-map.xlsx").read_bytes()))
    at = {name: ACTS.index(name) for name in ("行为", "字段", "字段名称", "样例")}
    rows = [{name: row[column].value for name, column in at.items()} for row in book["行为"].iter_rows(min_row=2)]
    assert [row for row in rows if row["样例"] in (None, "", "{}", "[{}]", "[]")
            or str(row["样例"]).strip('[]"') == row["字段名称"]] == []


def test_an_example_is_one_that_its_field_takes() -> None:
    rulebook, wrong = load(CITY / "rulebook.yaml"), []
    for command in commands(openapi()):
        found = shapes(command.schema)
        for path, value in examples(found, rulebook).items():
            one = value[0] if found[path].many else value
            if isinstance(one, str) and found[path].kind == "string" and not fits(one, found[path]):
                wrong.append((command.name, path, one))
    assert wrong == []


def test_an_example_is_what_the_acts_own_event_tells_where_the_field_takes_it() -> None:
    found = {"number": Shape("string", "文号", False, length=20)}
    rulebook = load(CITY / "rulebook.yaml")
    assert examples(found, rulebook, [{"number": "荣司备〔2025〕9号"}]) == {"number": "荣司备〔2025〕9号"}
    assert examples(found, rulebook, [{"number": "荣" * 21}]) != {"number": "荣" * 21}
