"""An agency is dissolved under way, in the whole suite: its successor closes its cases, and every service knows."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from liandong.bodies import Story
from liandong.demo_day import at
from liandong.player import Player, Told
from liandong.seed import found_city
from shared.kernel.clock import HandClock
from shared.kernel.settings import settings_from
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, OFFICE, small_city
from tests.suites import prepared

DAY, LAST = date(2025, 9, 23), date(2025, 9, 25)
DOCUMENT = "荣政发〔2025〕20号（示例）"


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Player]:
    """The people of a small city, founded and level."""
    small_city(tmp_path)
    told = {"LIANDONG_HOME": str(tmp_path), "LIANDONG_CITY_FOLDER": str(tmp_path / "city")}
    with prepared(settings_from(told), HandClock(at(DAY, 9))) as suite:
        yield Player(suite, suite.clock, found_city(suite))
    shutil.rmtree(tmp_path / "data")


def under_way(played: Player) -> Told:
    """A case that the enforcement bureau has received."""
    case = Told(Story(played.seat(HOUSING), played.seat(ENFORCEMENT), "illegal_extension", "擅自加建案",
                      {"kind": "organisation", "name": "荣成某某商贸有限公司"}, "擅自加建。", ["《城乡规划法》第四十条"],
                      "《中华人民共和国行政处罚法》第二十二条", DAY))
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt"):
        played.act(case, act)
    return case


def registration(played: Player, code: str) -> dict[str, Any]:
    found = played.get("/api/sharing/agencies", JUSTICE, code=code).data["items"][0]
    return dict(played.get(f"/api/sharing/agencies/{found['id']}", JUSTICE).data)


def asked(played: Player, code: str, act: str, rank: int = 2, by: str = JUSTICE, **body: Any) -> Any:
    case = registration(played, code)
    return played.post(f"/api/sharing/agencies/{case['id']}/{act}", {"document": DOCUMENT, **body}, by, rank,
                       case["revision"])


def dissolve(played: Player, code: str, **body: Any) -> Any:
    return asked(played, code, "dissolve", last_day=LAST.isoformat(), **body)


def board(played: Player, case: Told) -> dict[str, tuple[str, str, str]]:
    items = played.get("/api/oversight/deadlines", JUSTICE, case=case.id).data["items"]
    return {each["clock"]: (each["bound"], each["due_on"], each["light"]) for each in items}


def test_the_successor_closes_a_case_that_was_under_way(played: Player) -> None:
    case = under_way(played)
    before = board(played, case)["transfer.review"]
    assert dissolve(played, ENFORCEMENT, successor=HOUSING).status == 200
    assert registration(played, ENFORCEMENT)["state"] == "dissolving"
    assert played.act(case, "ask-progress", expect=409).codes == ["WRONG_STATE"], "until its last day it goes on"
    played.move_to(at(LAST + timedelta(days=1), 0))
    assert registration(played, ENFORCEMENT)["state"] == "dissolved"
    after = board(played, case)["transfer.review"]
    assert before[0] == ENFORCEMENT and after[0] == HOUSING and before[1] == after[1]
    shown = played.get(case.path, HOUSING).data
    assert [(each["part"], each["agency"], each["until"], each["after"]) for each in shown["case"]["parties"]][1:] == [
        ("receiver", ENFORCEMENT, LAST.isoformat(), ""), ("receiver", HOUSING, None, ENFORCEMENT)]
    case.revision = shown["revision"]
    case.story.receiver = played.seat(HOUSING)
    for act in ("accept", "file-case"):
        played.act(case, act)
    assert played.get(case.path, HOUSING).data["state"] == "accepted"


def test_no_deadline_runs_for_the_last_day_itself(played: Player) -> None:
    dissolve(played, ENFORCEMENT, successor=HOUSING)
    sharing = played.get("/api/oversight/deadlines", JUSTICE, service="sharing").data["items"]
    assert {each["clock"] for each in sharing} <= {"sharing.entrustment"}


def test_a_last_day_in_the_past_takes_effect_at_once(played: Player) -> None:
    case = under_way(played)
    assert asked(played, ENFORCEMENT, "dissolve", last_day="2025-09-20", successor=HOUSING).status == 200
    assert registration(played, ENFORCEMENT)["state"] == "dissolved"
    assert board(played, case)["transfer.review"][0] == HOUSING


def test_a_dissolution_that_is_taken_back_before_its_day_changes_nothing(played: Player) -> None:
    case = under_way(played)
    dissolve(played, ENFORCEMENT, successor=HOUSING)
    assert asked(played, ENFORCEMENT, "revoke-dissolution", reason="机构改革方案调整").status == 200
    played.move_to(at(LAST + timedelta(days=2), 9))
    assert registration(played, ENFORCEMENT)["state"] == "in_register"
    assert board(played, case)["transfer.review"][0] == ENFORCEMENT
    played.act(case, "accept")


def test_it_is_not_taken_back_once_the_day_is_over(played: Player) -> None:
    dissolve(played, ENFORCEMENT, successor=HOUSING)
    case = registration(played, ENFORCEMENT)
    played.clock.move_to(at(LAST + timedelta(days=1), 0))
    refused = played.post(f"/api/sharing/agencies/{case['id']}/revoke-dissolution",
                          {"document": DOCUMENT, "reason": "误"}, JUSTICE, 2, case["revision"])
    assert (refused.status, refused.codes) == (409, ["DISSOLUTION_IN_EFFECT"])


def test_the_successor_reads_the_feed_and_the_ledger_of_the_former_and_nobody_else_does(played: Player) -> None:
    under_way(played)
    feed = "/api/transfer/feed"
    assert played.get(feed, HOUSING, of=ENFORCEMENT).status == 403
    dissolve(played, ENFORCEMENT, successor=HOUSING)
    played.move_to(at(LAST + timedelta(days=1), 9))
    own = played.get(feed, ENFORCEMENT).data["items"]
    assert own and played.get(feed, HOUSING, of=ENFORCEMENT).data["items"] == own
    assert played.get(feed, OFFICE, of=ENFORCEMENT).codes == ["FEED_OF_ANOTHER"]
    for agency, status in ((HOUSING, 200), (JUSTICE, 200)):
        told = played.client.get("/api/transfer/numbers", query_string={"agency": ENFORCEMENT},
                                 headers=played._who(agency, 1))
        assert told.status_code == status


def test_the_standing_of_justice_goes_to_its_successor_without_a_moment_between(played: Player) -> None:
    case = under_way(played)
    assert dissolve(played, JUSTICE).codes == ["STANDING_NEEDS_SUCCESSOR"]
    assert dissolve(played, JUSTICE, successor=HOUSING).codes == ["STANDING_NOT_TAKEN"]
    assert dissolve(played, JUSTICE, successor=OFFICE, takes_standing=True).codes == ["STANDING_OF_ITS_OWN"]
    assert dissolve(played, JUSTICE, successor=HOUSING, takes_standing=True).status == 200
    played.move_to(at(LAST + timedelta(days=1), 9))
    for office in played.suite.offices.values():
        assert office.law.now().register.standing_agencies("justice") == {HOUSING}, office.name
    sharing = played.suite.sharing
    with sharing.db.read() as tx:
        told = [(each.type, each.stream) for each in (sharing.journal.entry(tx, one.id) for one in
                sharing.journal.feed(tx, 0, 10_000)) if each and each.type in ("agency_changed", "agency_dissolved")]
    assert [name for name, _ in told] == ["agency_changed", "agency_dissolved"]
    assert played.get(case.path, JUSTICE).status == 404, "it reads what it was a party to, and no more as overseer"
    assert played.get("/api/oversight/deadlines", HOUSING, case=case.id).data["items"]


def test_what_bound_justice_by_its_standing_binds_who_has_it_now(played: Player) -> None:
    case = under_way(played)
    played.act(case, "dispute", by=ENFORCEMENT)
    assert board(played, case)["transfer.ruling"][0] == JUSTICE
    dissolve(played, JUSTICE, successor=HOUSING, takes_standing=True)
    played.move_to(at(LAST + timedelta(days=1), 9))
    items = played.get("/api/oversight/deadlines", HOUSING, case=case.id).data["items"]
    assert {each["bound"] for each in items if each["clock"] == "transfer.ruling"} == {HOUSING}


def test_everyone_dissolved_may_sign_in_to_read_and_no_act_of_theirs_is_done(played: Player) -> None:
    case = under_way(played)
    dissolve(played, ENFORCEMENT, successor=HOUSING)
    played.move_to(at(LAST + timedelta(days=1), 9))
    assert played.get(case.path, ENFORCEMENT).data["state"] == "received"
    refused = played.act(case, "accept", by=ENFORCEMENT, expect=403)
    assert refused.codes == ["AGENCY_DISSOLVED"]
