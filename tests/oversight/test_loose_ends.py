"""What other chapters leave for oversight is on the board with its clock, and each item leads to where it is explained.

Findings, filings that came back and unclaimed tips have their situations beside their chapters; here are the rest.
"""

from typing import Any

import pytest

from liandong.rebuild import rebuild_service
from liandong.suite import Suite, app_of
from shared.contracts.register import Heir
from tests.oversight.papers import TABLES
from tests.oversight.test_plans_reach_the_board import BOARD, CASES, City, notice, suite
from tests.plans import bodies
from tests.plans.bodies import HELPER, JUSTICE, LATER, OFFICE
from tests.served import Asking
from tests.sharing.tips import FIRST, Tipping
from tests.succession.ending import ends

__all__ = ["suite"]

Shown = list[tuple[str, str, str]]


def board(city: City, agency: str = JUSTICE, **asked: str) -> Shown:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    items = city.get(f"{BOARD}?limit=200&{query}", agency)["items"]
    return sorted((item["clock"], item["bound"], item["light"]) for item in items)


def explained(suite: Suite, item: dict[str, Any], agency: str) -> tuple[int, dict[str, Any]]:
    """What the item's own service says of it."""
    office = suite.offices[item["service"]]
    answer = Asking(office, app_of(office).test_client()).get(item["explained_at"], agency, 1)
    return answer.status_code, answer.get_json()


def test_a_task_report_that_an_office_does_not_register_turns_red_for_that_office(suite: Suite) -> None:
    """29: each office's duty is its own."""
    city = City(suite, "joint")
    city.plan.running()
    city.plan.do("report-task", {"tasks": [{"task": 2, "done": True, "says": "已清理"}], **bodies.BY})
    clock = "oversight.task_report"
    assert board(city, clock=clock) == [(clock, JUSTICE, "green"), (clock, OFFICE, "green")]
    report, = city.get("/api/oversight/task-reports", JUSTICE)["items"]
    city.post(f"/api/oversight/task-reports/{report['id']}/register", {}, JUSTICE, report["revision"])
    city.days(14)
    assert board(city, clock=clock) == [(clock, JUSTICE, "met"), (clock, OFFICE, "red")]
    assert board(city, HELPER, clock=clock) == [], "who reported has done its part"


def test_a_finding_that_was_handed_on_and_is_not_followed_up_turns_red_in_its_own_case(suite: Suite) -> None:
    city = City(suite, "collab")
    city.plan.running().do("record-finding")
    suite.catch_up()
    case = city.post(CASES, notice(city, LATER, f"collab/{city.plan.id}/1"), HELPER)["id"]
    assert board(city, clock="collab.hand_on") == [("collab.hand_on", HELPER, "met")]
    city.days(14)
    assert ("transfer.letter", HELPER, "red") in board(city, case=case)


@pytest.mark.parametrize(("heirs", "holder"), [((Heir(LATER, staff=True),), LATER), ((), JUSTICE)])
def test_a_dissolved_agency_leaves_its_clocks_to_its_successor_or_to_justice(
        suite: Suite, heirs: tuple[Heir, ...], holder: str) -> None:
    """On the board they are bound in its place, with the day that was due before."""
    tip = Tipping(suite.offices["sharing"])
    tip.do("share")
    tip.do("claim")
    city = City(suite, "collab")
    asked = f"{BOARD}?case={tip.id}&clock=sharing.tip_result"
    before, = city.get(asked, JUSTICE)["items"]
    assert before["bound"] == FIRST
    last = suite.clock.now().date()
    city.days(1)
    assert [each["bound"] for each in city.get(asked, JUSTICE)["items"]] == [FIRST], "nobody has told of its end"
    for office in suite.offices.values():
        ends(office, FIRST, last, *heirs)
        office.tick()           # as what heard of it in the news would
    live = [each for each in city.get(asked, JUSTICE)["items"] if each["state"] == "open"]
    assert [(each["bound"], each["due_on"]) for each in live] == [(holder, before["due_on"])]
    status, said = explained(suite, live[0], holder)
    assert (status, said["due_on"], said["bound"]) == (200, before["due_on"], holder)


def test_a_deadline_of_the_board_is_explained_by_its_days_to_its_parties_alone(suite: Suite) -> None:
    tip = Tipping(suite.offices["sharing"])
    tip.do("share")
    tip.do("claim")
    city = City(suite, "collab")
    shown = city.get(f"{BOARD}?case={tip.id}&clock=sharing.tip_result", JUSTICE)["items"][0]
    assert shown["bound"] == FIRST
    status, told = explained(suite, shown, FIRST)
    assert (status, told["address"]) == (200, f"/api/sharing/tips/{tip.id}")
    assert (told["due_on"], told["days"] != []) == (shown["due_on"], True)
    assert explained(suite, shown, LATER)[0] == 404


def test_every_item_of_the_board_is_explained_in_its_service_to_whom_the_board_shows_it(suite: Suite) -> None:
    city = City(suite, "collab")
    city.plan.reported()
    items = city.get(f"{BOARD}?limit=200", JUSTICE)["items"]
    assert {item["service"] for item in items} == {"collab", "oversight"}
    for item in items:
        status, told = explained(suite, item, JUSTICE)
        assert status == 200 and told["explanation"], item
        assert {name: told[name] for name in ("case", "clock", "bound", "due_on", "light")} == {
            name: item[name] for name in ("case", "clock", "bound", "due_on", "light")}
        assert told["address"].endswith(f"/{item['case']}")


def test_the_command_rebuilds_the_board_of_a_suite_and_news_goes_on_after_it(suite: Suite) -> None:
    """As the login that owns the tables: the service's own role reads and writes the new ones."""
    city = City(suite, "collab")
    city.plan.running().do("record-finding")
    shown = board(city)
    office, said = suite.offices["oversight"], []
    with office.db.read() as tx:
        before = {table.name: sorted(map(tuple, tx.execute(table.select())), key=repr) for table in TABLES}
    rebuild_service("oversight", suite.settings, said.append)
    with office.db.read() as tx:
        assert {table.name: sorted(map(tuple, tx.execute(table.select())), key=repr) for table in TABLES} == before
    assert any(line == f"board: {len(before['board'])} rows" for line in said), said
    assert board(city) == shown
    city.days(14)
    assert ("collab.hand_on", HELPER, "red") in board(city)
