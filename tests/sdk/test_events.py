"""Events of the kit: read whatever is added later, and typed as the released schemas say."""

import dataclasses
import importlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from liandong_client import event_of, told_by
from liandong_client.bodies.transfer import Announced, Delivered

from liandong import docs_kit
from liandong.contract import Published, data_schema, published
from liandong.contract_files import samples
from tests.sdk.faking import text_of

ROOT = Path(__file__).resolve().parents[2]
DELIVERED = {"act": "deliver", "agency": "zhujian", "article": "22", "leg": 1, "occurred_on": "2026-01-02",
             "receiver": "zonghe", "sender": "zhujian", "way": "platform"}


def test_an_event_is_read_with_all_that_its_envelope_says() -> None:
    text = text_of(7, caserevision=3, causationid="c", corrects="k", traceparent="t", added_later={"x": 1})
    event = event_of(text.encode(), epoch="e1", position=7, prev=3)
    assert (event.id, event.key, event.subject, event.revision) == ("transfer-7", "transfer.announced", "case-7", 3)
    assert (event.causation, event.corrects, event.traceparent, event.text) == ("c", "k", "t", text)
    assert event.time == datetime(2026, 1, 1, tzinfo=UTC) and (event.epoch, event.prev) == ("e1", 3)


def test_a_body_is_read_by_key_and_by_attribute_and_what_it_does_not_tell_is_none() -> None:
    data = event_of(text_of(1, data={"receiver": "zonghe", "nested": {"way": "phone"}})).data
    assert (data["receiver"], data.receiver, data.nested.way, data.never_told) == ("zonghe", "zonghe", "phone", None)
    assert dict(data) == {"receiver": "zonghe", "nested": {"way": "phone"}}
    with pytest.raises(KeyError):
        data["never_told"]


def test_an_event_can_not_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        event_of(text_of(1)).subject = "another"        # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "other.event"}', text_of(1).replace("2026-", "then-")])
def test_what_is_no_event_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not an event of Liandong"):
        event_of(text)


# typed bodies

def test_a_typed_body_passes_over_what_it_does_not_know() -> None:
    told = told_by(event_of(text_of(1, name="delivered", data={**DELIVERED, "added_later": 1})))
    assert isinstance(told, Delivered)
    assert (told.receiver, told.occurred_on, told.state) == ("zonghe", date(2026, 1, 2), None)
    assert not hasattr(told, "added_later")


@pytest.mark.parametrize("source, name", [("transfer", "added_later"), ("added_later", "announced")])
def test_an_event_that_is_not_known_yet_has_no_typed_body(source: str, name: str) -> None:
    assert told_by(event_of(text_of(1, source, name))) is None


def test_the_body_of_another_event_and_half_a_body_are_refused() -> None:
    event = event_of(text_of(1, name="delivered", data=DELIVERED))
    with pytest.raises(ValueError, match=r"is no transfer\.announced"):
        Announced.of(event)
    with pytest.raises(ValueError, match="receiver"):
        Delivered.of(event_of(text_of(1, name="delivered", data={**DELIVERED, "receiver": None}).replace(
            '"receiver": null, ', "")))


def test_the_typed_bodies_are_those_of_the_events() -> None:
    """`make docs` writes them."""
    files = dict(docs_kit.bodies())
    assert {f"{docs_kit.BODIES}/{path.name}" for path in (ROOT / docs_kit.BODIES).glob("*.py")} == set(files)
    assert not [name for name, text in files.items() if (ROOT / name).read_text("utf-8") != text]


def body_of(event: Published) -> Any:
    """Its class: of its service's module, or of those for every service."""
    module = importlib.import_module(f"liandong_client.bodies.{'every' if event.shared else event.service}")
    return getattr(module, "".join(part.capitalize() for part in event.name.split("_")))


@pytest.mark.parametrize("event", published(), ids=lambda event: f"{event.service}.{event.name}")
def test_every_event_has_its_class_with_all_that_its_schema_names(event: Published) -> None:
    body, schema = body_of(event), data_schema(event)
    fields = {field.name.rstrip("_"): field.default is dataclasses.MISSING for field in dataclasses.fields(body)}
    assert (event.name if event.shared else f"{event.service}.{event.name}") == body.KEY
    assert fields == {name: name in schema["required"] for name in schema["properties"]}


def test_every_golden_sample_is_read_into_its_class() -> None:
    told = samples(ROOT)
    assert len(told) == len(published())
    for event in published():
        sample = told[event.service, event.name]
        assert type(told_by(event_of(json.dumps(sample["good"])))) is body_of(event)
    least = [each["least"] for each in told.values() if "least" in each]
    assert least and all(told_by(event_of(json.dumps(each))) for each in least), "of before a field was added"
