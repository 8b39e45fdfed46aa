"""The reference that an agency's own system gives is its own for ever: the same again is the same case, another content
a conflict that says where, and nobody else ever sees it."""

import io
import json
from typing import Any

import pytest

from tests.machines.conftest import CASES, System, system
from tests.permissions import queries, tips
from tests.permissions.city import FIRST, SECOND, SENDER, City, announce


def ref(id: str, name: str = "banan") -> dict[str, Any]:
    return {"external_ref": {"system": name, "id": id}}


def test_the_same_opening_pushed_again_next_year_is_the_same_case(city: City) -> None:
    its = system(city, SENDER)
    body = {**announce(FIRST, city.today), **ref("A-1")}
    first = its.post(CASES, body)
    assert first.status == 201
    city.clock.advance(days=400)
    for office in city.suite.offices.values():
        office.housekeep()
    again = its.sign_in().post(CASES, body)
    assert (again.status, again.data) == (200, first.data) and again.headers["Idempotent-Replayed"] == "true"
    other = its.post(CASES, {**body, "happened_on": city.today.isoformat()})
    assert (other.status, other.codes) == (409, ["REF_TAKEN"])
    assert other.data["address"] == other.headers["Location"] == f"{CASES}/{first.data['id']}"
    found = its.get(CASES, query_string={"external_ref": "banan:A-1"}).data["items"]
    assert [each["id"] for each in found] == [first.data["id"]]
    assert its.get(f"{CASES}/{first.data['id']}").data["external_refs"] == [{"system": "banan", "id": "A-1"}]


def test_nobody_else_sees_or_meets_an_agency_s_references(city: City, sender: System) -> None:
    case = sender.post(CASES, {**announce(FIRST, city.today), **ref("B-1")}).data["id"]
    receiver = system(city, FIRST)
    assert receiver.get(f"{CASES}/{case}").data["external_refs"] == []
    assert receiver.get(CASES, query_string={"external_ref": "banan:B-1"}).data["items"] == []
    own = receiver.post(CASES, {**announce(SECOND, city.today), **ref("B-1")})
    assert own.status == 201 and own.data["id"] != case
    assert "B-1" not in receiver.get(f"{CASES}/{case}/events").text


def test_every_act_takes_a_reference_and_is_done_once(city: City, sender: System) -> None:
    case = sender.post(CASES, {**announce(FIRST, city.today), **ref("C-1")}).data["id"]
    about = {"name": "材料", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "paper"}
    path = f"{CASES}/{case}/add-material"
    first, again = (sender.post(path, {**about, **ref("C-2")}) for _ in range(2))
    assert first.data == again.data and again.headers["Idempotent-Replayed"] == "true"
    assert len(sender.get(f"{CASES}/{case}/materials").data["items"]) == 1
    assert sender.post(path, {**about, "name": "另一材料", **ref("C-2")}).codes == ["REF_TAKEN"]


def test_a_conflict_says_in_which_collection_the_case_stands(city: City) -> None:
    tip = city.post(tips.BASE, {**tips.shared(city), **ref("D-1")}, SENDER)
    assert tip.status == 201, tip.text
    query = city.post(queries.BASE, {**queries.asked(FIRST), **ref("D-1")}, SENDER)
    assert (query.status, query.data["address"]) == (409, f"{tips.BASE}/{tip.data['id']}")


@pytest.mark.parametrize("said", ["oa", "oa:", ":4711", ""])
def test_a_reference_that_is_not_a_system_and_its_number_is_no_filter(city: City, said: str) -> None:
    answer = city.get(CASES, SENDER, external_ref=said)
    assert (answer.status, answer.codes) == (400, ["BAD_EXTERNAL_REF"]), answer.text


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/json"])
def test_a_delivery_has_a_reference_whatever_it_comes_as(city: City, kind: str) -> None:
    its, id = system(city, FIRST), f"E-{len(kind)}"
    record = {"id": id, "category": "dynamics", "title": "立案", "occurred_on": "2025-03-03"}
    at, body = "/api/sharing/records", record
    if kind.endswith("ndjson"):
        at += f"?external_ref=banan:{id}"
    else:
        body = {"records": [record], **ref(id)}

    def deliver(title: str) -> Any:
        record["title"] = title
        return its.ask("POST", at, data=json.dumps(body).encode(), headers={"Content-Type": kind})
    first, again, other = deliver("立案"), deliver("立案"), deliver("结案")
    assert (first.status, again.status, other.status) == (201, 200, 409), (first.text, other.text)
    assert other.data["address"] == f"/api/sharing/records/{first.data['id']}"
    listed = its.get("/api/sharing/records", query_string={"external_ref": f"banan:{id}"}).data["items"]
    assert [each["id"] for each in listed] == [first.data["id"]]


def test_a_material_pushed_again_is_one_and_another_file_under_its_reference_a_conflict(
        city: City, sender: System) -> None:
    case = sender.post(CASES, {**announce(FIRST, city.today), **ref("F-1")}).data["id"]

    def push(text: bytes) -> Any:
        about = {"name": "照片", "kind": "site_record", "copies": 1, "pages": 1, "original": True,
                 "carrier": "electronic", **ref("F-2")}
        form = {"about": json.dumps(about), "file": (io.BytesIO(b"%PDF-1.4\n" + text), "a.pdf", "application/pdf")}
        return sender.ask("POST", f"{CASES}/{case}/materials", data=form)
    first, again, other = push(b"one"), push(b"one"), push(b"two")
    assert first.data == again.data and other.codes == ["REF_TAKEN"]
    assert other.headers["Location"] == f"{CASES}/{case}"
