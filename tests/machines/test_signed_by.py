"""What an agency's system may do: what its leader allows and, of what a leader must do, what a leader signed."""

import json
from datetime import timedelta
from typing import Any

import pytest

from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.contracts.envelope import stamp
from shared.contracts.machines import MACHINE_ACTS, code_of
from tests.machines.conftest import CASES, System, system
from tests.permissions.city import FIRST, JUSTICE, OFFICE, SENDER, SIGNED, City, announce

DIGEST = "sha256:" + "a" * 64
LETTER: dict[str, Any] = {"addressee": FIRST, "case_name": "占道案", "reason": "属他局职责之理由",
                          "basis": "行政处罚法第二十二条", "materials": [1], **SIGNED}


def test_the_desk_knows_the_acts_that_the_rows_open_to_machines() -> None:
    rows = {code_of(name, keeping.chapter.path, act.name) for name in SERVICES for keeping in spec_of(name).keepings
            for act in keeping.chapter.acts if act.machine}
    assert rows == MACHINE_ACTS


def announced(sender: System) -> tuple[str, int]:
    city = sender.city
    opened = sender.post(CASES, announce(FIRST, city.today))
    assert opened.status == 201, opened.text
    about = {"name": "现场检查记录", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "paper"}
    added = sender.post(f"{CASES}/{opened.data['id']}/add-material", about)
    assert added.status == 200, added.text
    return opened.data["id"], added.data["revision"]


def signed(city: City, agency: str = SENDER, rank: int = 2, **more: Any) -> dict[str, Any]:
    return {"signed_by": {"appointment": city.accounts[agency, rank].appointment, "signed_at": stamp(city.clock.now()),
                          "digest": DIGEST, **more}}


def test_a_leader_s_act_by_a_system_needs_a_signature_and_keeps_it_as_evidence(sender: System) -> None:
    city = sender.city
    case, revision = announced(sender)
    path = f"{CASES}/{case}/issue-letter"
    bare = sender.post(path, LETTER, seen=revision)
    assert (bare.status, bare.codes, bare.data["article"]) == (403, ["SIGNED_BY_NEEDED"], "22, annex 1")
    officer = sender.post(path, {**LETTER, **signed(city, rank=1)}, seen=revision)
    assert officer.codes == ["SIGNED_BY_NEEDED"], "who signed is no leader"
    issued = sender.post(path, {**LETTER, **signed(city)}, seen=revision)
    assert issued.status == 200, issued.text
    entry = next(each for each in sender.get(f"{CASES}/{case}/events").data["items"]
                 if each["event"] == "letter_issued")
    assert entry["client"] == sender.id
    assert entry["signed_by"]["digest"] == DIGEST
    assert entry["signed_by"]["appointment"] == city.accounts[SENDER, 2].appointment


@pytest.mark.parametrize(("more", "code"), [
    ({"agency": FIRST}, "SIGNED_BY_UNKNOWN"),
    ({"appointment": "nobody"}, "SIGNED_BY_UNKNOWN"),
    ({"days": 1}, "SIGNED_BY_LATER"),
    ({"days": -4000}, "SIGNED_BY_NOT_HELD"),
])
def test_a_signature_is_of_the_own_agency_held_then_and_not_after_the_act(
        sender: System, more: dict[str, Any], code: str) -> None:
    city = sender.city
    case, revision = announced(sender)
    said = signed(city, more.get("agency", SENDER))
    if "appointment" in more:
        said["signed_by"]["appointment"] = more["appointment"]
    said["signed_by"]["signed_at"] = stamp(city.clock.now() + timedelta(days=more.get("days", 0)))
    answer = sender.post(f"{CASES}/{case}/issue-letter", {**LETTER, **said}, seen=revision)
    assert (answer.status, answer.codes) == (403, [code]), answer.text


@pytest.mark.parametrize(("wrong", "more", "where"), [
    ({"signed_at": "2026-03-02T10:00:00"}, {}, "signed_by.signed_at"),
    ({"digest": "zz"}, {}, "signed_by.digest"),
    ({"appointment": ""}, {}, "signed_by.appointment"),
    ({}, {"materials": "all"}, "materials"),
], ids=("a time without a zone", "no digest", "no appointment", "something else"))
def test_what_is_wrong_beside_or_in_a_signature_is_named_and_not_taken_for_a_lack_of_it(
        sender: System, wrong: dict[str, Any], more: dict[str, Any], where: str) -> None:
    case, revision = announced(sender)
    body = {**LETTER, **signed(sender.city, **wrong), **more}
    answer = sender.city.client.post(f"{CASES}/{case}/issue-letter", json=body, headers={
        "Authorization": f"Bearer {sender.token}", "Idempotency-Key": "k", "If-Match": f'"{revision}"'})
    told = json.loads(answer.get_data())
    assert (answer.status_code, [each["where"] for each in told["refusals"]]) == (422, [where]), told
    unsigned = {name: each for name, each in body.items() if name != "signed_by"} | {"materials": "all"}
    assert sender.post(f"{CASES}/{case}/issue-letter", unsigned, seen=revision).codes == ["SIGNED_BY_NEEDED"]


def test_a_signature_before_the_case_was_opened_is_refused_with_both_days(sender: System) -> None:
    city = sender.city
    city.pass_days(3)
    case, revision = announced(sender.sign_in())
    said = signed(city, signed_at=stamp(city.clock.now() - timedelta(days=2)))
    answer = sender.post(f"{CASES}/{case}/issue-letter", {**LETTER, **said}, seen=revision)
    assert (answer.status, answer.codes) == (403, ["SIGNED_BY_EARLIER"])
    refusal = answer.data["refusals"][0]
    days = {"day": city.today - timedelta(days=2), "opened": city.today}
    assert refusal["values"] == {name: day.isoformat() for name, day in days.items()}
    assert all(day.isoformat() in refusal["detail"] for day in days.values())


@pytest.mark.parametrize(("reader", "reads"), [
    (SENDER, True), (JUSTICE, True), (OFFICE, False), (FIRST, False)])
def test_who_signed_is_read_by_the_own_agency_and_by_justice_alone(city: City, reader: str, reads: bool) -> None:
    its = system(city, SENDER)
    case, revision = announced(its)
    issued = its.post(f"{CASES}/{case}/issue-letter", {**LETTER, **signed(city)}, seen=revision)
    assert issued.status == 200, issued.text
    answer = city.get(f"{CASES}/{case}/events", reader, limit="200")
    told = {each["event"]: each for each in answer.data["items"]}["letter_issued"]
    assert ("signed_by" in told, DIGEST in answer.text) == (reads, reads)
    assert (city.accounts[SENDER, 2].appointment in answer.text) == reads
    assert told["client"] == its.id


def test_a_person_says_of_nobody_that_he_signed(sender: System) -> None:
    case, revision = announced(sender)
    city = sender.city
    answer = city.post(f"{CASES}/{case}/issue-letter", {**LETTER, **signed(city)}, SENDER, 2, seen=revision)
    assert (answer.status, answer.codes) == (422, ["SIGNED_BY_PERSON"])


def test_a_system_does_what_its_leader_allowed_and_nothing_else(city: City) -> None:
    poor = system(city, SENDER, frozenset({"transfer.cases.announce", "collab.plans.add-material"}))
    case = poor.post(CASES, announce(FIRST, city.today)).data["id"]
    about = {"name": "材料", "kind": "site_record", "copies": 1, "pages": 1, "original": True, "carrier": "paper"}
    refused = poor.post(f"{CASES}/{case}/add-material", about)
    assert (refused.status, refused.codes) == (403, ["NOT_GRANTED"])
    actions = {each["act"]: each for each in poor.get(f"{CASES}/{case}").data["actions"]}
    assert actions["add-material"]["refusal"]["code"] == "NOT_GRANTED"
    assert poor.post(f"{CASES}/{case}/withdraw", {}, seen=1).codes == ["NOT_BY_MACHINE"]


def test_a_system_does_no_more_once_the_desk_s_word_has_come(city: City) -> None:
    its = system(city, SENDER)
    city.clock.advance(seconds=1)
    assert city.post(f"/api/desk/clients/{its.id}/suspend", {"reason": "异常"}, SENDER, 2, seen=1).status == 200
    city.suite.catch_up()
    assert its.get(CASES).codes == ["TOKEN_BAD"]
