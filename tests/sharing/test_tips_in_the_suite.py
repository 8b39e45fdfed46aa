"""Tips, transfers and plans in one suite, on both back ends: each hears the others by their journals alone, and both
sides show what one makes of the other."""

from collections.abc import Callable
from typing import Any

import pytest

from liandong.suite import Suite, app_of
from tests.oversight.test_plans_reach_the_board import suite
from tests.plans.acting import SERVICES as PLANS
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER
from tests.served import Asking, codes
from tests.sharing.tips import FIRST, JUSTICE, OFFICE, SECOND, SHARER, STRANGER, THIRD, TIPS, Tipping
from tests.situations.transfer.builders import BUILDERS

__all__ = ["suite"]

CASES, BOARD = "/api/transfer/cases", "/api/oversight/deadlines"


class Played:
    """A tip in the suite, and what transfer and oversight answer when all news has arrived."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.tip = Tipping(suite.offices["sharing"])
        self._others = {name: Asking(suite.offices[name], app_of(suite.offices[name]).test_client())
                        for name in ("transfer", "oversight")}

    def does(self, act: str, by: str = "", **said: Any) -> dict[str, Any]:
        done = self.tip.do(act, by, **said)
        self.suite.catch_up()
        return done

    def get(self, path: str, by: str) -> dict[str, Any]:
        self.suite.catch_up()
        told: dict[str, Any] = self._others[path.split("/")[2]].get(path, by, 1).get_json()
        return told

    def announce(self, by: str, origin: dict[str, str], receiver: str = STRANGER) -> Any:
        """The answer to a notice of a case from this origin."""
        sent = BUILDERS["announce"](None, self._today())
        body = {**sent, "notice": {**sent["notice"], "receiver": receiver}, "origin": origin}
        answer = self._others["transfer"].post(CASES, body, by)
        self.suite.catch_up()
        return answer

    def withdraw(self, by: str, case: str) -> None:
        body = BUILDERS["withdraw"](None, self._today())
        answer = self._others["transfer"].post(f"{CASES}/{case}/withdraw", body, by, 2, revision=1)
        assert answer.status_code == 200, answer.get_json()
        self.suite.catch_up()

    def _today(self) -> Any:
        return self.suite.clock.now().date()

    @property
    def origin(self) -> dict[str, str]:
        return {"kind": "tip", "ref": self.tip.id}

    def board(self, by: str) -> list[tuple[str, str, str]]:
        items = self.get(f"{BOARD}?case={self.tip.id}", by)["items"]
        return sorted((item["clock"], item["bound"], item["light"]) for item in items)


@pytest.fixture
def played(suite: Suite) -> Played:
    return Played(suite)


def test_a_claimed_tip_becomes_a_transfer_and_both_sides_show_it(played: Played) -> None:
    played.does("share")
    assert codes(played.announce(FIRST, played.origin)) == ["UNKNOWN_TIP"], "nobody has claimed it"
    played.does("claim")
    for by in (SHARER, SECOND, JUSTICE):
        assert codes(played.announce(by, played.origin)) == ["UNKNOWN_TIP"], by
    case = played.announce(FIRST, played.origin).get_json()["id"]
    for by in (FIRST, STRANGER, JUSTICE):
        assert played.get(f"{CASES}/{case}", by)["origin"] == played.origin
    (handed,) = played.tip.read(by=SHARER)["case"]["transfers"]
    assert (handed["said"]["case"], handed["said"]["by"], handed["said"]["state"]) == (case, FIRST, "announced")
    assert played.tip.read(by=THIRD)["case"]["transfers"] == []
    assert codes(played.announce(FIRST, played.origin)) == ["TIP_HANDED_ON"]
    assert codes(played.tip.ask("pass-on")) == ["TRANSFER_RUNS"]
    played.withdraw(FIRST, case)
    (handed,) = played.tip.read(by=JUSTICE)["case"]["transfers"]
    assert handed["said"]["state"] == "withdrawn"
    again = played.announce(FIRST, played.origin).get_json()["id"]
    played.does("return-result", outcome="transferred", transfer=again)
    assert [each["said"]["state"] for each in played.tip.read()["case"]["transfers"]] == ["withdrawn", "announced"]


def test_who_has_passed_a_tip_on_or_told_another_result_transfers_it_no_more(played: Played) -> None:
    played.does("share")
    played.does("claim")
    played.does("pass-on")
    assert codes(played.announce(FIRST, played.origin)) == ["UNKNOWN_TIP"]
    played.does("claim", SECOND)
    played.does("return-result", SECOND)
    assert codes(played.announce(SECOND, played.origin)) == ["UNKNOWN_TIP"]


def test_the_board_shows_justice_what_nobody_claims_and_the_claimer_its_result(played: Played) -> None:
    played.does("share")
    assert played.board(JUSTICE) == [("sharing.tip_claim", JUSTICE, "green")]
    assert played.board(STRANGER) == []
    for _ in range(14):
        played.suite.clock.advance(days=1)
        played.suite.catch_up()
    assert played.board(JUSTICE) == played.board(OFFICE) == [("sharing.tip_claim", JUSTICE, "red")]
    played.does("assign")
    result = ("sharing.tip_result", FIRST, "green")
    assert played.board(FIRST)[-1] == result and played.board(SHARER)[-1] == result
    assert result not in played.board(SECOND), "who might have claimed it hears nothing after"
    played.does("return-result")
    assert played.board(JUSTICE) == [("sharing.tip_claim", JUSTICE, "met_late"), ("sharing.tip_result", FIRST, "met")]


@pytest.fixture
def finding(suite: Suite) -> Callable[..., tuple[Acting, dict[str, str]]]:
    """A running plan with a finding of HELPER's, and the origin that names it."""
    def found(service: str, **said: str) -> tuple[Acting, dict[str, str]]:
        plan = Acting(service, suite.offices[service], suite.clock).running()
        body = {"cause": "sand_mining", "facts": "河滩有采砂痕迹", "remit": "unclear", **said}
        told = plan.do("record-finding", {**body, "officer": {"name": "张明", "licence": "1", "phone": "1"}})
        suite.catch_up()
        assert ("SHARE_AS_TIP" in [each["code"] for each in told["warnings"]]) == (body["remit"] == "unclear")
        return plan, {"kind": "finding", "ref": f"{service}/{plan.id}/1"}
    return found


@pytest.mark.parametrize("service", PLANS)
def test_a_finding_of_which_nobody_says_whose_it_is_becomes_a_tip_and_its_plan_shows_it(
        played: Played, finding: Callable[..., tuple[Acting, dict[str, str]]], service: str) -> None:
    plan, origin = finding(service)
    people = played.tip.people
    proposed = people.get(f"{TIPS}/proposals", HELPER).get_json()["findings"]
    assert proposed == [{"ref": origin["ref"], "cause": "sand_mining"}]
    assert people.get(f"{TIPS}/proposals", SHARER).get_json()["findings"] == []
    body = {**played.tip.sent("share"), "kind": "lead", "origin": origin}
    assert codes(played.tip.ask("share", body, SHARER)) == ["OTHERS_FINDING"]
    played.does("share", HELPER, kind="lead", origin=origin)
    (noted,) = plan.read(by=HELPER)["case"]["findings"]
    assert (noted["handed_on"]["case"], noted["handed_on"]["kind"]) == (played.tip.id, "tip")
    assert played.tip.read(by=HELPER)["origin"] == origin
    assert people.get(f"{TIPS}/proposals", HELPER).get_json()["findings"] == []
    assert codes(played.tip.ask("share", body, HELPER)) == ["FINDING_HANDED_ON"]
    assert codes(played.announce(HELPER, origin)) == ["FINDING_HANDED_ON"], "nor by a transfer"
    found = people.post(f"{TIPS}/search", {"origin": origin["ref"]}, HELPER).get_json()["items"]
    assert [each["id"] for each in found] == [played.tip.id]
    played.does("withdraw", HELPER)
    assert played.announce(HELPER, origin).status_code == 201, "a tip that was withdrawn hands nothing on"


@pytest.mark.parametrize("service", PLANS)
def test_a_finding_that_turned_out_to_be_nothing_is_neither_a_tip_nor_a_transfer(
        suite: Suite, played: Played, finding: Callable[..., tuple[Acting, dict[str, str]]], service: str) -> None:
    plan, origin = finding(service)
    plan.do("settle-finding", by=HELPER)
    suite.catch_up()
    assert played.tip.people.get(f"{TIPS}/proposals", HELPER).get_json()["findings"] == []
    body = {**played.tip.sent("share"), "kind": "lead", "origin": origin}
    assert codes(played.tip.ask("share", body, HELPER)) == ["UNKNOWN_FINDING"]
    assert codes(played.announce(HELPER, origin)) == ["UNKNOWN_FINDING"]


def test_a_finding_that_names_an_agency_or_is_transferred_is_no_tip(
        played: Played, finding: Callable[..., tuple[Acting, dict[str, str]]]) -> None:
    _, named = finding("joint", remit="other", agency=SECOND)
    _, unclear = finding("collab")
    body = {**played.tip.sent("share"), "kind": "lead"}
    answer = played.tip.ask("share", {**body, "origin": named}, HELPER)
    assert codes(answer) == ["MUST_BE_TRANSFER"] and answer.get_json()["refusals"][0]["values"]["agency"] == SECOND
    case = played.announce(HELPER, unclear).get_json()["id"]
    assert codes(played.tip.ask("share", {**body, "origin": unclear}, HELPER)) == ["FINDING_HANDED_ON"]
    played.withdraw(HELPER, case)
    assert played.tip.ask("share", {**body, "origin": unclear}, HELPER).status_code == 201
