"""What the suite does to plans on news: an action that nobody ended, a finding handed on; on both back ends."""

from datetime import timedelta
from typing import Any

from shared.plans.following import sharings_news, transfers_news
from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD
from tests.plans.hearing import hear_own_news, heard

TRANSFER = "01955984-0000-7000-8000-00000000000a"
TIP = "01955984-0000-7000-8000-00000000000b"


def test_the_end_of_an_action_that_nobody_ended_is_presumed_on_its_last_day_and_flagged(acting: Acting) -> None:
    acting.running()
    limit = acting.today + timedelta(days=30)
    acting.clock.advance(days=29)
    hear_own_news(acting.office)
    assert acting.read()["state"] == "running"
    acting.clock.advance(days=20)
    for _ in range(2):
        hear_own_news(acting.office)
    seen = acting.read()
    assert (seen["state"], seen["case"]["ending"]["on"]) == ("ended", limit.isoformat())
    assert seen["case"]["ending"]["presumed"] and not seen["case"]["ending"]["by"]
    history = [each["event"] for each in acting.read("/events?limit=200", HELPER)["items"]]
    assert history.count("end_presumed") == 1
    report = "report" if acting.service == "collab" else "summary"
    running = {each["clock"]: each for each in acting.read("/deadlines", JUSTICE)["items"]}
    assert running[f"{acting.service}.{report}"]["light"] in ("green", "yellow")


def test_an_action_ended_in_time_is_not_presumed_to_have_ended(acting: Acting) -> None:
    acting.ended()
    acting.clock.advance(days=60)
    hear_own_news(acting.office)
    assert acting.read()["case"]["ending"]["presumed"] is None


def extension(acting: Acting) -> dict[str, Any]:
    content = acting.read()["case"]["versions"][0]["content"]
    later = acting.today + timedelta(days=60)
    return {"content": {**content, "time_limit": later.isoformat()}, "reason": "处数增加", **bodies.SIGNED}


def sent_back(acting: Acting) -> None:
    acting.do("review-amendment", {**bodies.PLAIN["review-amendment"], "passed": False})


def test_no_end_is_presumed_while_an_extension_asked_for_in_time_is_open_and_it_follows_when_that_is_not_given(
        acting: Acting) -> None:
    acting.running()
    acting.clock.advance(days=29)
    acting.do("amend", extension(acting))
    acting.clock.advance(days=20)
    hear_own_news(acting.office)
    assert acting.read()["state"] == "running"
    sent_back(acting)
    acting.clock.advance(days=20)
    hear_own_news(acting.office)
    assert acting.read()["state"] == "ended"


def test_an_extension_asked_for_before_the_start_holds_the_presumption_back_too_until_it_is_not_given(
        acting: Acting) -> None:
    acting.approved()
    acting.do("amend", extension(acting))
    acting.do("start")
    acting.clock.advance(days=60)
    hear_own_news(acting.office)
    assert acting.read()["state"] == "running"
    sent_back(acting)
    hear_own_news(acting.office)
    assert acting.read()["state"] == "ended"


def announced(acting: Acting, ref: str, by: str = HELPER, kind: str = "finding") -> None:
    data: dict[str, Any] = {"origin_kind": kind, "origin_ref": ref, "agency": by, "occurred_on": acting.today,
                            "receiver": LATER}
    heard(acting.office, transfers_news, "transfer", "announced", TRANSFER, data)


def test_a_transfer_that_began_from_a_finding_is_noted_in_the_plan(acting: Acting) -> None:
    acting.running().do("record-finding")
    announced(acting, f"{acting.service}/{acting.id}/1")
    finding, = acting.read(by=HELPER)["case"]["findings"]
    assert (finding["handed_on"]["case"], finding["handed_on"]["by"]) == (TRANSFER, HELPER)
    assert finding["handed_on"]["receiver"] == LATER, "whom the finding names or not"
    lights = {each["clock"]: each["light"] for each in acting.read("/deadlines", JUSTICE)["items"]}
    assert lights[f"{acting.service}.hand_on"] == "met"


def test_a_finding_that_was_shared_as_a_tip_is_noted_in_the_plan(acting: Acting) -> None:
    acting.running().do("record-finding")
    data: dict[str, Any] = {"origin_kind": "finding", "origin_ref": f"{acting.service}/{acting.id}/1", "agency": HELPER,
                            "occurred_on": acting.today}
    heard(acting.office, sharings_news, "sharing", "tip_shared", TIP, data)
    finding, = acting.read(by=HELPER)["case"]["findings"]
    assert (finding["handed_on"]["case"], finding["handed_on"]["kind"]) == (TIP, "tip")
    noted = next(each for each in acting.read("/events", HELPER)["items"] if each["event"] == "finding_handed_on")
    assert noted["data"]["tip"] == TIP and "transfer" not in noted["data"]
    lights = {each["clock"]: each["light"] for each in acting.read("/deadlines", JUSTICE)["items"]}
    assert lights[f"{acting.service}.hand_on"] == "met"


def test_what_names_no_finding_of_a_plan_says_nothing_to_it(acting: Acting) -> None:
    acting.running().do("record-finding")
    own = f"{acting.service}/{acting.id}"
    other = {"collab": "joint", "joint": "collab"}[acting.service]
    for ref in (f"{own}/2", f"{own}/x", own, f"{other}/{acting.id}/1", f"{acting.service}/nowhere/1", "", f"{own}/1/1",
                f"{own}/0"):
        announced(acting, ref)
    announced(acting, f"{own}/1", kind="tip")
    announced(acting, f"{own}/1", by=LEAD)
    assert acting.read(by=HELPER)["case"]["findings"][0]["handed_on"] is None
