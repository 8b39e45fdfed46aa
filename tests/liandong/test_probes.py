"""What everybody reads of a city is the same with probes in its journals and without, and the journals hold."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from liandong.contract import published
from liandong.places import SERVICES
from liandong.player import Answer, Player
from services.sharing.subscriptions.domain import event_types
from shared.journal import probe
from shared.journal.model import PROBE
from shared.kernel.clock import HandClock, SystemClock, day_of
from tests.liandong.played import announced, played
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, run

READ = ("/api/oversight/deadlines", "/api/oversight/deadlines/counts", "/api/oversight/scorecards",
        "/api/oversight/ledgers/transfers", "/api/transfer/cases", "/api/sharing/agencies")
MOMENT = ("as_of", "heard")         # what an answer says of when it was asked and of how far the sources were heard


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    with played(tmp_path / "home", HandClock(SystemClock().now())) as player:
        announced(player)
        player.move_to(player.clock.now() + timedelta(minutes=1))      # so that a ledger as of now has it
        yield player


def probed(player: Player, rounds: int) -> None:
    """Each service writes so many probes, and all followers hear of them."""
    for _ in range(rounds):
        player.move_to(player.clock.now() + timedelta(minutes=1))
        for office in player.suite.offices.values():
            probe.write(office.db, office.journal, office.settings.canary)
        player.suite.catch_up()


def told(player: Player, agency: str) -> dict[str, Any]:
    """What an agency reads, but for how far the sources were heard."""
    answers = {path: player.get(path, agency) for path in READ}
    assert {answer.status for answer in answers.values()} <= {200, 403}
    return {path: {key: value for key, value in answer.data.items() if key not in MOMENT}
            for path, answer in answers.items()}


def feeds(player: Player, agency: str) -> list[dict[str, Any]]:
    return [player.get(f"/api/{service}/feed", agency).data for service in player.suite.offices]


@pytest.mark.parametrize("agency", [JUSTICE, HOUSING, ENFORCEMENT])
def test_no_agency_reads_anything_of_a_probe(player: Player, agency: str) -> None:
    before = told(player, agency), feeds(player, agency)
    probed(player, 3)
    assert (told(player, agency), feeds(player, agency)) == before
    assert any(data.get("items") for data in before[0].values())


def test_how_far_the_board_has_heard_moves_on_with_them(player: Player) -> None:
    def heard() -> dict[str, str]:
        return {each["service"]: each["recorded_at"]
                for each in player.get("/api/oversight/deadlines", JUSTICE).data["as_of"]}

    before = heard()
    probed(player, 1)
    assert all(heard()[service] > instant for service, instant in before.items() if instant)


def test_no_agency_may_read_the_canarys_feed(player: Player) -> None:
    assert player.get("/api/transfer/feed", JUSTICE, of="canary").status == 403


def test_the_journals_hold_and_the_board_is_made_anew_as_it_was(player: Player) -> None:
    probed(player, 2)
    before = told(player, JUSTICE)
    for office in player.suite.offices.values():
        office.sealer.seal()
    home = player.suite.settings.home
    verified = run("verify", home=home)
    assert verified.code == 0, verified.out
    rebuilt = run("rebuild", "oversight", home=home)
    assert rebuilt.code == 0, rebuilt.errors
    assert told(player, JUSTICE) == before


def test_a_report_as_of_a_day_that_is_over_says_what_it_said(player: Player) -> None:
    today = day_of(player.clock.now())
    player.move_to(player.clock.now() + timedelta(days=2))

    def report() -> Answer:
        return player.get(f"/api/oversight/reports/{today:%Y-%m}", JUSTICE, as_of=today.isoformat())

    before = report()
    probed(player, 2)
    assert report().data["ledgers"] == before.data["ledgers"]


def test_every_service_declares_it_and_no_subscription_may_choose_it() -> None:
    assert {each.service for each in published() if each.name == PROBE} == set(SERVICES)
    assert not [each for each in event_types() if each.endswith(f".{PROBE}")]
