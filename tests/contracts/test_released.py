"""What a release promised is kept: no event, act or answer of it is lost, no field of one is lost or narrower."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from liandong.contract import published
from liandong.contract_acts import commands
from liandong.contract_answers import answers
from liandong.contract_files import release
from liandong.contract_release import FOLDER, broken, folded, promised, released, unfolded
from liandong.errors import SuiteError
from liandong.places import SERVICES

ROOT = Path(__file__).resolve().parents[2]
ANNOUNCED, ACCEPT = "liandong.transfer.announced.v1", "transfer.cases.accept"
FEED, LINES = "GET /api/transfer/feed 200 application/json", "GET /api/transfer/feed 200 application/x-ndjson"
OPENED, BULK = "POST /api/transfer/cases 201 application/json", "POST /api/transfer/cases/bulk 200 application/json"
DAY = "GET /api/transfer/reconciliation 200 application/json"
RELEASED = released(ROOT)
Told = dict[str, Any]


@cache
def promised_now() -> Told:
    openapi = {service: (ROOT / f"docs/generated/openapi/{service}.json").read_text("utf-8") for service in SERVICES}
    return promised("next", published(), commands(openapi), answers(openapi))


def now() -> Told:
    return copy.deepcopy(promised_now())


@pytest.mark.parametrize("version", RELEASED)
def test_no_event_act_or_answer_of_a_release_is_lost_or_narrower(version: str) -> None:
    assert broken(RELEASED[version], now()) == []


def of_event(change: Callable[[Told], object]) -> Callable[[Told], object]:
    return lambda told: change(told["events"][ANNOUNCED])


def of_act(change: Callable[[Told], object]) -> Callable[[Told], object]:
    return lambda told: change(told["acts"][ACCEPT])


def of_answer(name: str, change: Callable[[Told], object]) -> Callable[[Told], object]:
    return lambda told: change(told["answers"][name])


CHANGES: list[tuple[str, Callable[[Told], object]]] = [
    ("liandong.transfer.announced.v1 is gone", lambda told: told["events"].pop(ANNOUNCED)),
    ("way is gone", of_event(lambda fields: fields.pop("way"))),
    ("leg was integer and is string", of_event(lambda fields: fields["leg"].update(type="string"))),
    ("leg was integer and is a list of integer", of_event(lambda fields: fields["leg"].update(many=True))),
    ("way may lack now", of_event(lambda fields: fields["way"].pop("required"))),
    ("way may be null now", of_event(lambda fields: fields["way"].update(nullable=True))),
    ("sender may be empty now", of_event(lambda fields: fields["sender"].update(empty=True))),
    ("state has no announced any more", of_event(lambda fields: fields["state"]["codes"].remove("announced"))),
    ("cause was of the list causes and is of none", of_event(lambda fields: fields["cause"].pop("list"))),
    ("article had 80 characters at most and has more", of_event(lambda fields: fields["article"].update(length=81))),
    ("transfer.cases.accept is gone", lambda told: told["acts"].pop(ACCEPT)),
    ("number is gone", of_act(lambda fields: fields.pop("number"))),
    ("number is required now", of_act(lambda fields: fields["number"].update(required=True))),
    ("number has 10 characters at most and had 80", of_act(lambda fields: fields["number"].update(length=10))),
    ("number takes only a, b and took any string", of_act(lambda fields: fields["number"].update(codes=["a", "b"]))),
    ("number has another pattern", of_act(lambda fields: fields["number"].update(pattern="^[0-9]+$"))),
    ("number has another form", of_act(lambda fields: fields["number"].update(form="uuid"))),
    ("number has 2 characters at least and had no limit", of_act(lambda fields: fields["number"].update(shortest=2))),
    ("number was of the list none and is of causes", of_act(lambda fields: fields["number"].update(list="causes"))),
    ("number may not be empty any more", of_act(lambda fields: fields["number"].pop("empty"))),
    ("number was string and is integer", of_act(lambda fields: fields["number"].update(type="integer"))),
    ("origin.kind has no desk any more", of_act(lambda fields: fields["origin.kind"]["codes"].remove("desk"))),
    ("external_ref is required now", of_act(lambda fields: fields["external_ref"].update(required=True))),
    ("external_ref.more is new and required",
     of_act(lambda fields: fields.update({"external_ref.more": {"type": "string", "required": True}}))),
    (f"{FEED} is gone", lambda told: told["answers"].pop(FEED)),
    (f"{LINES} is gone", lambda told: told["answers"].pop(LINES)),
    (f"{OPENED} is gone", lambda told: told["answers"].pop(OPENED)),
    (f"{DAY} (2) is gone", lambda told: told["answers"].pop(f"{DAY} (2)")),
    (f"{FEED}: more is gone", of_answer(FEED, lambda fields: fields.pop("more"))),
    ("items[].prev was integer and is string",
     of_answer(FEED, lambda fields: fields["items[].prev"].update(type="string"))),
    ("items[].position may lack now", of_answer(FEED, lambda fields: fields["items[].position"].pop("required"))),
    ("next may be null now", of_answer(FEED, lambda fields: fields["next"].update(nullable=True))),
    ("header Feed-Next is gone", of_answer(LINES, lambda fields: fields.pop("header Feed-Next"))),
    ("header ETag is gone", of_answer(OPENED, lambda fields: fields.pop("header ETag"))),
    ("items[].refusals[].code is gone", of_answer(BULK, lambda fields: fields.pop("items[].refusals[].code"))),
    ("digest is gone", of_answer(DAY, lambda fields: fields.pop("digest"))),
    ("new is new and required", of_act(lambda fields: fields.update(new={"type": "string", "required": True}))),
]


@pytest.mark.parametrize(("said", "change"), CHANGES, ids=[said for said, _ in CHANGES])
def test_a_change_that_would_break_a_reader_is_named_with_the_right_way(
        said: str, change: Callable[[Told], object]) -> None:
    old = now()
    new = copy.deepcopy(old)
    change(new)
    found = broken(old, new)
    assert len(found) == 1 and said in found[0] and "beside" in found[0]


BOUNDS = [
    ({}, {"least": 1}, "has 1 at least and had no limit"),
    ({"least": 0}, {"least": 1}, "has 1 at least and had 0"),
    ({"most": 9}, {"most": 8}, "has 8 at most and had 9"),
    ({"most": 9}, {"most": 0}, "has 0 at most and had 9"),
    ({}, {"fewest": 1}, "has 1 entries at least and had no limit"),
    ({"entries": 9}, {"entries": 8}, "has 8 entries at most and had 9"),
    ({}, {"closed": True}, "takes no other field any more"),
    ({"nullable": True}, {}, "may not be null any more"),
]


@pytest.mark.parametrize(("was", "now_", "said"), BOUNDS, ids=[said for _, _, said in BOUNDS])
def test_what_is_asked_may_be_bounded_less_and_not_more(was: Told, now_: Told, said: str) -> None:
    def released_with(field: Told) -> Told:
        return {"events": {}, "acts": {"a": {"f": {"type": "integer", **field}}}, "answers": {}}
    assert [said in each for each in broken(released_with(was), released_with(now_))] == [True]
    assert broken(released_with(now_), released_with(was)) == []


TOLD = [
    ({"most": 9}, {}, "had 9 at most and has more"),
    ({"least": 1}, {"least": 0}, "had 1 at least and has less"),
    ({"pattern": "^[a-z]+$"}, {}, "has not the pattern ^[a-z]+$ any more"),
    ({"form": "uuid"}, {}, "has not the form uuid any more"),
    ({"codes": ["a"]}, {}, "has no a any more"),
]


@pytest.mark.parametrize(("was", "now_", "said"), TOLD, ids=[said for _, _, said in TOLD])
def test_what_is_told_stays_within_what_was_said_of_it(was: Told, now_: Told, said: str) -> None:
    def released_with(field: Told) -> Told:
        told = {"f": {"type": "string", **field}}
        return {"events": {"liandong.a.b.v1": told}, "acts": {}, "answers": {"GET /a 200 application/json": told}}
    assert [said in each for each in broken(released_with(was), released_with(now_))] == [True, True]
    assert broken(released_with(now_), released_with(was)) == []


def test_a_release_keeps_the_bounds_of_numbers_and_lists() -> None:
    kept = [field for fields in RELEASED["0.1.0"]["acts"].values() for field in fields.values()]
    assert {name for name in ("least", "most", "fewest", "entries", "closed", "shortest")
            if not any(name in field for field in kept)} == set()


@pytest.mark.parametrize("change", [
    of_event(lambda fields: fields.update(more={"type": "string", "required": True})),
    of_event(lambda fields: fields["state"]["codes"].append("another")),
    of_act(lambda fields: fields.update(more={"type": "string"})),
    of_act(lambda fields: fields["number"].update(length=800)),
    lambda told: told["events"].update({"liandong.transfer.announced.v2": {}}),
    of_answer(FEED, lambda fields: fields.update({"items[].more": {"type": "string", "required": True}})),
    lambda told: told["answers"].update({f"{DAY} (3)": {}, "GET /api/transfer/more 200 application/json": {}}),
])
def test_a_release_may_be_added_to(change: Callable[[Told], object]) -> None:
    old = now()
    new = copy.deepcopy(old)
    change(new)
    assert broken(old, new) == []


def test_the_file_of_a_release_tells_each_field_once_and_loses_none() -> None:
    file = folded(now())
    assert unfolded(json.loads(json.dumps(file))) == json.loads(json.dumps(now()))
    assert len({json.dumps([name.partition("#")[0], told]) for name, told in file["fields"].items()}) == len(
        file["fields"])


@pytest.mark.parametrize("file", sorted((ROOT / FOLDER).glob("*.json")), ids=lambda file: file.stem)
def test_the_file_of_a_release_is_small_enough_to_be_compared(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text) < 400_000 and max(map(len, text.splitlines())) < 500


def test_what_was_released_is_frozen_once(tmp_path: Path) -> None:
    openapi = {"oversight": (ROOT / "docs/generated/openapi/oversight.json").read_text("utf-8")}
    file = release(tmp_path, "0.9.0", openapi)
    told = unfolded(json.loads(file.read_text("utf-8")))
    assert (told["version"], "oversight.filings.register" in told["acts"]) == ("0.9.0", True)
    assert "digest" in told["answers"]["GET /api/oversight/reconciliation 200 application/json"]
    with pytest.raises(SuiteError, match="stays as it is"):
        release(tmp_path, "0.9.0", openapi)


def test_the_version_of_the_suite_that_is_or_was_released_is_frozen() -> None:
    assert "0.1.0" in RELEASED


@pytest.mark.parametrize("service", SERVICES)
def test_every_good_answer_of_a_service_is_held_whether_it_reads_or_acts(service: str) -> None:
    document = json.loads((ROOT / f"docs/generated/openapi/{service}.json").read_text("utf-8"))
    there = {f"{method.upper()} {address} {status}" for address, operations in document["paths"].items()
             for method, operation in operations.items() if method != "parameters"
             for status in operation["responses"] if status.startswith("2")}
    held = {" ".join(name.split()[:3]) for name in now()["answers"]}
    assert there <= held and {method.split()[0] for method in there} >= {"GET", "POST"}
