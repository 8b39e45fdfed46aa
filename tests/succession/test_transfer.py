"""A side of a transfer is dissolved: who succeeds it goes on with the case, its clock and its papers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.transfer import store
from services.transfer.api import make
from services.transfer.office import plans_news
from services.transfer.schemas import SCHEMAS
from shared.acts.model import Rank
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.contracts.register import Heir
from shared.deadlines import store as deadlines
from shared.deadlines.model import Deadline
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from tests.offices import People
from tests.situations.city import PLAIN, SEPARATED
from tests.situations.transfer.builders import BUILDERS
from tests.succession.ending import DOCUMENT, ends
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]

WHOLE = (Heir("scjg", staff=True),)
NUMBERS = "/api/transfer/numbers"
RECEIVED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt")


def live(played: Played) -> tuple[Deadline, ...]:
    with played.office.db.read() as tx:
        return tuple(each for each in deadlines.for_case(tx, played.id) if each.live)


def events(played: Played, agency: str) -> list[str]:
    return [each["event"] for each in played.reads.history(played.id, someone(agency), 100).items]


def refused(do: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as caught:
        do()
    return [each.code for each in caught.value.refusals]


def act(played: Played, name: str, by: str, **said: Any) -> dict[str, Any]:
    """An act by an agency, whoever's it is."""
    sent = {**BUILDERS[name](played._case(), day_of(played.clock.now())), **said}
    command = SCHEMAS[name]().load(sent).command
    revision = played.reads.view(played.id, someone("sfj"))["revision"]
    return dict(played.acts.do(name, command, someone(by), Request(played.id, if_match=revision)).answer)


def test_the_successor_of_a_receiver_has_the_case_with_every_day_that_has_counted(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    before = live(played)
    played.clock.advance(days=1)
    last = day_of(played.clock.now()) - timedelta(days=1)
    event = ends(played.office, "zhzf", last, *WHOLE)
    assert played.office.tick()[0] == 1
    case, after = played._case(), live(played)
    assert case.receiver == "scjg" and case.leg.notice.receiver == "zhzf", "what was said stays as it was said"
    its = [(each.agency, each.since, each.until, each.after) for each in case.parties if each.part == "receiver"]
    assert its[0][0] == "zhzf" and its[0][2] == last
    assert its[1] == ("scjg", last + timedelta(days=1), None, "zhzf")
    assert [each.bound for each in after if each.clock == "transfer.review"] == ["scjg"]
    assert [(each.id, each.started_on, each.due_on, each.generation) for each in after] == [
        (each.id, each.started_on, each.due_on, each.generation) for each in before]
    told = played.office.journal.caused
    with played.office.db.read() as tx:
        entry, = told(tx, event, "succeeded")
    assert entry.data["former"] == "zhzf" and entry.data["successor"] == "scjg" and entry.data["document"] == DOCUMENT
    assert entry.occurred_on == last + timedelta(days=1)
    moved = [each for each in played.reads.history(played.id, someone("scjg"), 100).items
             if each["event"] == "deadline_moved"]
    assert [each["data"]["bound"] for each in moved] == ["scjg"] and "承继" in moved[0]["data"]["why"]
    assert act(played, "accept", "scjg")["state"] == "accepted"


def test_the_former_agency_reads_what_it_had_and_acts_no_more(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    revision = played.seen("zhzf")["revision"]
    ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    played.office.tick()
    act(played, "accept", "scjg")
    shown = played.seen("zhzf")
    assert (shown["state"], shown["revision"]) == ("received", revision)
    assert shown["case"]["legs"][0]["acceptance"] is None and shown["case"]["matter"]["facts"]
    assert {each["refusal"]["code"] for each in shown["actions"]} == {"AGENCY_DISSOLVED"}
    assert "市场监管局" in shown["actions"][0]["refusal"]["zh"]
    assert [each["state"] for each in played.reads.page(someone("zhzf"), {}, 10).items] == ["received"]
    assert "accepted" not in events(played, "zhzf") and events(played, "zhzf")[-1] == "succeeded"
    assert refused(lambda: act(played, "accept", "zhzf")) == ["AGENCY_DISSOLVED"]
    assert refused(lambda: act(played, "state-view", "zhzf")) == ["AGENCY_DISSOLVED"]


def test_the_successor_reads_the_history_of_the_former(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    assert not played.reads.page(someone("scjg"), {}, 10).items
    ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    played.office.tick()
    heard = events(played, "scjg")
    assert [each for each in heard if not each.startswith("deadline")] == [
        "announced", "material_added", "letter_issued", "delivered", "received", "succeeded"]


def test_a_sender_that_is_dissolved_leaves_its_letters_and_their_numbers_to_its_successor(played: Played) -> None:
    for name in RECEIVED[:2]:
        played.do(name)
    number = played.do("issue-letter")["facts"]["number"]
    ends(played.office, "zjj", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    played.office.tick()
    assert played._case().sender == "scjg"
    act(played, "withdraw", "scjg")
    with played.office.db.read() as tx:
        from services.transfer.store import NUMBERS
        ledger = NUMBERS.numbers_of(tx, "zjj", day_of(played.clock.now()).year)
    assert [(each["number"], each["voided_on"] is not None) for each in ledger] == [(number, True)]


def test_where_both_sides_become_one_agency_the_event_says_so_and_it_goes_on_with_the_case(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    event = ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), Heir("zjj"))
    played.office.tick()
    with played.office.db.read() as tx:
        entry, = played.office.journal.caused(tx, event, "succeeded")
    assert entry.data["one_agency"] == ["sender", "receiver"]
    assert act(played, "accept", "zjj")["state"] == "accepted"


def test_of_a_split_each_reads_the_numbers_of_the_cases_it_took_over_and_a_stranger_none(played: Played) -> None:
    for name in RECEIVED[:2]:
        played.do(name)
    number = played.do("issue-letter")["facts"]["number"]
    people, cause = People(make(played.office), played.office), played._case().matter.cause
    asked = {"agency": "zjj"}
    assert people.get(NUMBERS, "scjg", **asked).status == 404
    ends(played.office, "zjj", day_of(played.clock.now()) - timedelta(days=1), Heir("scjg", (cause,)), Heir("jtj"))
    played.office.tick()
    told = people.get(NUMBERS, "scjg", **asked)
    assert told.status == 200 and [each["number"] for each in told.data["items"]] == [number]
    rest = people.get(NUMBERS, "jtj", **asked)
    assert (rest.status, rest.data["items"]) == (200, []), "it took over other matters"
    assert people.get(NUMBERS, "gongan", **asked).status == 404
    wrong = people.get(NUMBERS, "scjg", agencies="zjj")
    assert (wrong.status, wrong.codes) == (400, ["UNKNOWN_PARAMETER"])


def test_a_receipt_may_name_the_sender_that_signed_the_letter(played: Played) -> None:
    for name in RECEIVED[:4]:
        played.do(name)
    ends(played.office, "zjj", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    played.office.tick()
    assert act(played, "sign-receipt", "zhzf", sender="zjj")["state"] == "received"


def test_a_split_goes_by_the_cause_of_the_case_and_else_to_who_has_the_rest(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    cause = played._case().matter.cause
    other = next(each for each in (PLAIN, SEPARATED) if each != cause)
    yesterday = day_of(played.clock.now()) - timedelta(days=1)
    ends(played.office, "zhzf", yesterday, Heir("jtj", (cause,)), Heir("scjg", (other,)), Heir("gongan"))
    played.office.tick()
    assert played._case().receiver == "jtj"


def test_of_a_split_without_a_rest_justice_holds_what_nobody_got_until_it_names_one(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    due = {each.clock: each.due_on for each in live(played)}
    ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), Heir("jtj", ("no_such_cause",)))
    played.office.tick()
    case = played._case()
    assert [each.agency for each in case.parties if each.part == "custodian" and each.until is None] == ["sfj"]
    assert {each.bound for each in live(played)} == {"sfj"} and case.receiver == "zhzf"
    command = SCHEMAS["assign-successor"]().load(
        {"successor": "scjg", "document": "荣政发〔2025〕13号", "reason": "职责划入"}).command
    asked = Request(played.id, if_match=played.seen("sfj")["revision"])
    assert refused(lambda: played.acts.do("assign-successor", command, someone("zfb"), asked)) == ["WRONG_PARTY"]
    assert refused(lambda: played.acts.do("assign-successor", command, someone("sfj", Rank.OFFICER), asked)) == [
        "RANK_TOO_LOW"]
    played.acts.do("assign-successor", command, someone("sfj"), asked)
    case = played._case()
    assert case.receiver == "scjg" and not any(each.part == "custodian" and each.until is None for each in case.parties)
    assert {each.clock: each.due_on for each in live(played)} == due
    assert {each.bound for each in live(played)} == {"scjg"}
    assert act(played, "accept", "scjg")["state"] == "accepted"


def test_what_has_fired_stays_fired_and_fires_no_second_time(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    played.clock.advance(days=14)
    played.office.tick()
    fired = [each for each in events(played, "sfj") if each in ("deadline_warned", "deadline_breached")]
    assert fired.count("deadline_breached") == 1
    ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    played.office.tick()
    played.clock.advance(days=3)
    played.office.tick()
    assert [each for each in events(played, "sfj") if each in ("deadline_warned", "deadline_breached")] == fired
    review, = (each for each in live(played) if each.clock == "transfer.review")
    assert review.breached and review.bound == "scjg"


def test_an_heir_that_is_dissolved_itself_hands_the_case_on(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    today = day_of(played.clock.now())
    ends(played.office, "zhzf", today - timedelta(days=3), Heir("jtj", staff=True))
    ends(played.office, "jtj", today - timedelta(days=1), *WHOLE)
    played.office.tick()
    assert played._case().receiver == "scjg"


def test_a_case_that_was_handed_over_is_not_handed_over_again(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    ends(played.office, "zhzf", day_of(played.clock.now()) - timedelta(days=1), *WHOLE)
    assert [played.office.tick()[0] for _ in range(3)] == [1, 0, 0]


def test_a_last_day_to_come_stops_no_act_until_it_is_over(played: Played) -> None:
    for name in RECEIVED:
        played.do(name)
    from dataclasses import replace

    from shared.law import tables
    from tests.situations.city import REGISTER
    today = day_of(played.clock.now())
    with played.office.db.write() as tx:
        tables.put_agencies(tx, [replace(REGISTER.agencies["zhzf"], until=today, heirs=WHOLE)])
    assert act(played, "accept", "zhzf")["state"] == "accepted"
    played.clock.advance(days=1)
    assert refused(lambda: act(played, "file-case", "zhzf")) == ["AGENCY_DISSOLVED"]


def test_who_names_a_dissolved_agency_is_told_who_succeeds_it(played: Played) -> None:
    ends(played.office, "zhzf", date(2025, 1, 2), *WHOLE)
    with pytest.raises(Refused) as caught:
        played.do("announce")
    assert [each.code for each in caught.value.refusals] == ["UNKNOWN_RECEIVER"]
    refusal = caught.value.refusals[0]
    assert "市场监管局" in refusal.zh and "接收机关「zhzf」" in refusal.zh and "/api/sharing/agencies" in refusal.en
    assert refusal.values["receiver"] == "zhzf"


def test_a_finding_of_a_plan_is_handed_on_by_who_succeeded_its_finder(played: Played) -> None:
    plan = "01955984-0000-7000-8000-000000000001"
    with played.office.db.write() as tx:
        store.put_finding(tx, f"collab/{plan}/1", "zhzf", "scjg")
        store.put_finding(tx, f"collab/{plan}/2", "zjj", "scjg")
    told = {"former": "zhzf", "successor": "jtj"}
    with played.office.db.write() as tx:
        plans_news(played.office)["succeeded"](tx, Event("e", "collab", "succeeded", plan, played.clock.now(), told))
        found = [store.finding(tx, f"collab/{plan}/{number}", "") for number in (1, 2)]
    assert [each and each.by for each in found] == ["jtj", "zjj"]
