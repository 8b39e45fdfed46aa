"""一企一档: what it points to of plans is filled from their journals, of older ones from what they are; both back ends."""

from dataclasses import replace
from typing import Any

import pytest

from liandong.errors import SuiteError
from liandong.rebuild import rebuild_service
from liandong.suite import Suite, app_of
from services.sharing.dossiers import plan_store as store
from shared.plans import concerned
from tests.oversight.test_plans_reach_the_board import City, suite
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD, OFFICE, OTHER, STRANGER
from tests.plans.test_left import helper_leaves
from tests.served import Asking
from tests.sharing.archive import WHY

__all__ = ["suite"]

SHOP, TABLES = "示例商贸有限公司", (store.PLAN, store.NAMED, store.MEMBER)
EVERYONE = (LEAD, HELPER, OTHER, JUSTICE, OFFICE, STRANGER, LATER)
Rows = dict[str, list[tuple[Any, ...]]]


def pointed(suite: Suite) -> set[str]:
    """Who is pointed to a plan by the dossier of the shop."""
    suite.catch_up()
    sharing = suite.offices["sharing"]
    asking = Asking(sharing, app_of(sharing).test_client())
    told = {agency: asking.post("/api/sharing/dossiers", {"organisation": SHOP, **WHY}, agency, 1).get_json()
            for agency in EVERYONE}
    return {agency for agency, each in told.items() if each["cases"]}


def kept(suite: Suite) -> Rows:
    with suite.offices["sharing"].db.read() as tx:
        return {table.name: sorted(map(tuple, tx.execute(table.select())), key=repr) for table in TABLES}


def lose(suite: Suite, *tables: Any) -> None:
    """As it stands after the upgrade that brought the tables: the follower is past the news of older plans."""
    with suite.offices["sharing"].db.write() as tx:
        for table in tables:
            tx.execute(table.delete())


@pytest.mark.parametrize("service", ["collab", "joint"])
def test_plans_that_were_heard_of_before_the_upgrade_are_found_after_a_rebuild(suite: Suite, service: str) -> None:
    city = City(suite, service)
    city.plan.running()
    before, whole = pointed(suite), kept(suite)
    assert before == {LEAD, HELPER, OTHER, JUSTICE, OFFICE} and all(whole.values())
    lose(suite, *TABLES)
    assert pointed(suite) == set()
    said: list[str] = []
    rebuild_service("sharing", suite.settings, said.append)
    assert kept(suite) == whole and pointed(suite) == before
    assert {f"plan_member: {len(whole['plan_member'])} rows", "plan_heard: 1 row"} <= {*said}
    assert not any("from before" in line for line in said), "their journals tell all"


def test_a_plan_whose_journal_never_told_whom_it_names_is_found_by_who_is_in_it_now(
        suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """As its events were before they told digests of respondents; who has left learns nothing by the rebuild."""
    city = City(suite, "collab")
    acts = suite.offices["collab"].acts["plans"]
    with monkeypatch.context() as before:
        before.setattr(acts, "keeping", replace(acts.keeping, news=lambda *_: {}))
        city.plan.running()
        helper_leaves(city.plan)
    assert pointed(suite) == set() and kept(suite)["plan_heard"]
    said: list[str] = []
    rebuild_service("sharing", suite.settings, said.append)
    assert "collab: 1 plan from before its journal told whom it names" in said
    assert pointed(suite) == {LEAD, OTHER, JUSTICE, OFFICE}
    rebuild_service("sharing", suite.settings, said.append)
    assert pointed(suite) == {LEAD, OTHER, JUSTICE, OFFICE}, "and again the same"


def test_a_plan_whose_persons_were_erased_names_nobody_that_a_rebuild_could_find(suite: Suite) -> None:
    city = City(suite, "collab")
    city.plan.running()
    collab = suite.offices["collab"]
    acts = collab.acts["plans"]
    with collab.db.read() as tx:
        row = acts.store.get(tx, city.plan.id)
        assert row is not None
        assert concerned.news(None, acts.store.case_of(row), collab.vault)
        assert concerned.news(None, acts.store.shut_case_of(row), collab.vault) == {}, "as when its values are gone"


def test_what_keeps_nothing_of_the_kind_says_which_do(suite: Suite) -> None:
    with pytest.raises(SuiteError, match="desk keeps nothing that can be made anew: oversight and sharing do"):
        rebuild_service("desk", suite.settings, print)
