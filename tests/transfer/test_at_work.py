"""The chapter at work in its service, on both back ends: a case sent back, handed on, decided, reported and reported
again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.transfer.api import make
from services.transfer.office import own_news
from shared.acts.filings import NoteFilingReturn
from shared.acts.office import Office
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from tests.offices import People
from tests.situations.city import PLAIN, SEPARATED
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played, someone
from tests.transfer.test_corrections import correct

__all__ = ["make_office", "office", "played"]

Do = Callable[..., dict[str, Any]]


def refused(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refuse"):
        played.do(act)


def test_a_case_goes_from_notice_over_a_refusal_and_a_supplement_to_a_report_made_again(played: Played) -> None:
    refused(played)
    for act in (
        "sign-return",
        "reroute",
        "issue-letter",
        "deliver",
        "sign-receipt",
        "request-supplement",
        "supplement",
        "accept",
        "file-case",
        "record-measure",
        "record-decision",
        "serve-decision",
        "close",
        "report-closure",
    ):
        if act == "record-measure":
            with pytest.raises(Refused):
                played.do(act)
        else:
            played.do(act, days=1)
    played.suite("note-filing-return", NoteFilingReturn("f-1", day_of(played.clock.now()), 1))
    answer = played.do("report-closure", days=1)
    assert (answer["state"], answer["facts"]["report"], answer["facts"]["number"][:4]) == ("reported", 2, "荣市监结")
    lights = {each["clock"]: each["light"] for each in played.reads.deadlines(played.id, someone("sfj"))}
    assert set(lights.values()) == {"met"}
    with played.office.db.read() as tx:
        told = [entry.type for entry in played.office.journal.of_stream(tx, played.id) if "deadline" not in entry.type]
    assert told[:6] == ["announced", "material_added", "letter_issued", "delivered", "received", "refused"]
    assert told[-3:] == ["closure_reported", "filing_returned", "closure_reported"]


def test_a_former_receiver_reads_its_leg_and_the_state_in_which_it_left(played: Played) -> None:
    refused(played)
    left = day_of(played.clock.now())
    for act in ("reroute", "issue-letter", "deliver", "sign-receipt", "accept"):
        played.do(act, days=1)
    shown = played.seen("zhzf")
    assert (shown["state"], shown["last_on"]) == ("refused", left.isoformat())
    assert "scjg" not in str(shown["case"])
    assert not any(action["allowed"] for action in shown["actions"])
    history = [entry["event"] for entry in played.reads.history(played.id, someone("zhzf"), 200).items]
    assert "refused" in history and not {"rerouted", "accepted"} & set(history)
    listed = played.reads.page(someone("zhzf"), {}, 10).items[0]
    assert (listed["state"], listed["receiver"]) == ("refused", "zhzf")
    for asked in ({"state": "accepted"}, {"state": "refused"}, {"receiver": "scjg"}, {"light": "green"}):
        assert played.reads.page(someone("zhzf"), asked, 10).items == ()
    assert len(played.reads.page(someone("zhzf"), {"part": "receiver"}, 10).items) == 1
    assert len(played.reads.page(someone("zjj"), {"receiver": "scjg"}, 10).items) == 1
    with pytest.raises(Refused) as hidden:
        played.seen("jtj")
    assert hidden.value.status == 404


def test_who_refused_and_lost_the_case_on_one_day_was_a_party_on_that_day(played: Played) -> None:
    refused(played)
    played.do("reroute")
    today, shown = day_of(played.clock.now()).isoformat(), played.seen("zhzf")
    own = [party for party in shown["case"]["parties"] if party["agency"] == "zhzf"]
    assert (shown["opened_on"], shown["last_on"]) == (today, today)
    assert [(party["since"], party["until"]) for party in own] == [(today, today)]
    assert not any(action["allowed"] for action in shown["actions"])


def test_a_search_finds_words_in_capitals_and_in_small_letters_alike(played: Played) -> None:
    matter = BUILDERS["announce"](None, day_of(played.clock.now()))["matter"]
    played.do("announce", matter={**matter, "facts": "在 Ä座 Shop-B 门前擅自搭建"})
    for text in ("shop-b", "SHOP-B", "ä座", "Ä座", "擅自"):
        assert len(played.reads.page(someone("zjj"), {"text": text}, 10).items) == 1, text
    for text in ("shop_b", "shop%"):
        assert not played.reads.page(someone("zjj"), {"text": text}, 10).items, text


def test_a_withdrawal_voids_the_number_of_its_letter_and_not_that_of_the_one_that_came_back(played: Played) -> None:
    refused(played)
    for act in ("reroute", "issue-letter"):
        played.do(act)
    played.do("withdraw", reason="当事人已改正")
    with played.office.db.read() as tx:
        rows = tx.execute(
            sa.text("select number, void_reason from document_number where word = '荣住建移字' order by serial")
        )
        assert [(number[-3:], reason) for number, reason in rows] == [("第1号", None), ("第2号", "当事人已改正")]


def test_a_number_of_another_year_than_the_documents_is_refused_and_moves_no_series(played: Played) -> None:
    played.do("announce")
    played.do("add-material")
    year = day_of(played.clock.now()).year
    for wrong in (year - 1, year + 1):
        with pytest.raises(Refused) as refused:
            played.do("issue-letter", number=f"荣住建移字〔{wrong}〕第7号")
        assert [refusal.code for refusal in refused.value.refusals] == ["OTHER_YEAR"]
    assert played.do("issue-letter")["facts"]["number"] == f"荣住建移字〔{year}〕第1号"


def test_a_case_taken_up_again_after_a_withdrawal_counts_anew_and_tells_the_first_notice(played: Played) -> None:
    played.do("announce")
    first, day = played.id, day_of(played.clock.now())
    played.do("withdraw")
    again = Played(played.office, played.clock)
    about = {**BUILDERS["announce"](None, day)["matter"], "accepted_on": day.isoformat()}
    answer = again.do("announce", days=7, after=first, matter=about)
    assert answer["facts"]["first_announced_on"] in (day, day.isoformat())
    letter = next(
        each for each in again.reads.deadlines(again.id, someone("zjj")) if each["clock"] == "transfer.letter"
    )
    assert date.fromisoformat(str(letter["started_on"])) == day + timedelta(days=7)


def hear_own_news(played: Played) -> None:
    """What time has brought, told to the service by its own journal."""
    office = played.office
    office.ticker.step()
    follower = Follower(office.db, "transfer", "transfer", own_news(office), office.clock, LocalFeed(office))
    while follower.step():
        pass


def lights(played: Played) -> dict[str, str]:
    return {each["clock"]: each["light"] for each in played.reads.deadlines(played.id, someone("sfj"))}


def test_reception_is_presumed_when_nobody_signs_and_a_late_receipt_leaves_the_review_running(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver"):
        played.do(act)
    delivered = day_of(played.clock.now())
    played.clock.advance(days=4)
    hear_own_news(played)
    hear_own_news(played)
    assert (played.seen("zhzf")["state"], lights(played)["transfer.receipt"]) == ("issued", "red")
    review = next(
        each for each in played.reads.deadlines(played.id, someone("zhzf")) if each["clock"] == "transfer.review"
    )
    assert date.fromisoformat(str(review["started_on"])) == delivered
    assert (review["mark"], str(review["explanation"])[:6]) == ("推定接收", "【推定接收】")
    history = played.reads.history(played.id, someone("zhzf"), 200).items
    presumed = [entry for entry in history if entry["event"] == "reception_presumed"]
    assert len(presumed) == 1 and presumed[0]["occurred_on"] == delivered.isoformat()
    answer = played.do("sign-receipt", days=1)
    assert (answer["event"], answer["state"]) == ("transfer.received_late", "received")


def delivered_and_left(played: Played) -> tuple[date, date]:
    """Delivered, and nobody signed for two weeks; the day of the delivery, and which day it is now."""
    for act in ("announce", "add-material", "issue-letter", "deliver"):
        played.do(act)
    delivered = day_of(played.clock.now())
    played.clock.advance(days=14)
    hear_own_news(played)
    assert presumed(played) == ["reception_presumed"]
    return delivered, day_of(played.clock.now())


def presumed(played: Played) -> list[str]:
    """What the suite presumed, and undid of it."""
    history = played.reads.history(played.id, someone("sfj"), 200).items
    return [each["event"] for each in history if each["event"] in ("reception_presumed", "presumption_undone")]


def test_what_was_presumed_by_a_wrong_date_is_undone_and_a_receipt_in_time_is_one(played: Played) -> None:
    delivered, today = delivered_and_left(played)
    correct(played, "deliver", "happened_on", delivered, today)
    hear_own_news(played)
    hear_own_news(played)
    assert presumed(played) == ["reception_presumed", "presumption_undone"]
    assert (lights(played)["transfer.review"], lights(played)["transfer.receipt"]) == ("cancelled", "green")
    assert played.seen("zjj")["case"]["legs"][0]["presumed_on"] is None
    assert played.do("sign-receipt")["event"] == "transfer.received"
    assert lights(played)["transfer.review"] == "green"


def test_what_was_presumed_from_a_wrong_date_is_presumed_from_the_right_one(played: Played) -> None:
    delivered, today = delivered_and_left(played)
    right = today - timedelta(days=7)
    correct(played, "deliver", "happened_on", delivered, right)
    hear_own_news(played)
    hear_own_news(played)
    assert presumed(played) == ["reception_presumed", "presumption_undone", "reception_presumed"]
    assert played.seen("zjj")["case"]["legs"][0]["presumed_on"] == right.isoformat()
    review = [each for each in played.reads.deadlines(played.id, someone("sfj")) if each["clock"] == "transfer.review"]
    assert [(each["started_on"], each["light"] == "cancelled") for each in review] == [
        (delivered.isoformat(), True), (right.isoformat(), False)]


def test_a_correction_of_other_things_leaves_a_presumption_as_it_is(played: Played) -> None:
    delivered_and_left(played)
    correct(played, "deliver", "delivered_by", "张明", "李明")
    correct(played, "issue-letter", "reason", "不属于本机关管辖", "处罚权已划转")
    hear_own_news(played)
    assert presumed(played) == ["reception_presumed"]


def test_what_was_signed_for_before_the_news_came_is_not_presumed(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver"):
        played.do(act)
    played.clock.advance(days=4)
    played.office.ticker.step()
    played.do("sign-receipt")
    hear_own_news(played)
    assert "reception_presumed" not in [
        entry["event"] for entry in played.reads.history(played.id, someone("sfj"), 200).items
    ]
    assert lights(played)["transfer.receipt"] == "met_late"


def test_a_dispute_is_ruled_on_by_justice_and_the_third_agency_takes_the_case_to_its_end(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "dispute", "state-view"):
        played.do(act)
    listed = played.reads.page(someone("sfj"), {"part": "ruler"}, 10).items
    assert [item["id"] for item in listed] == [played.id]
    answer = played.do("rule", days=2, outcome="third", receiver="scjg")
    assert (answer["event"], answer["state"], answer["facts"]["number"][-3:]) == (
        "transfer.ruled_announced",
        "announced",
        "第1号",
    )
    for act in (
        "issue-letter",
        "deliver",
        "sign-receipt",
        "accept",
        "file-case",
        "close",
        "report-closure",
        "reopen",
        "close",
        "report-closure",
    ):
        played.do(act, days=1)
    shown = played.seen("zhzf")
    assert (shown["state"], shown["case"]["contests"][0]["ruling"]["outcome"]) == ("disputed", "third")
    history = [entry["event"] for entry in played.reads.history(played.id, someone("zhzf"), 200).items]
    assert "ruled_announced" in history and not {"accepted", "reopened"} & set(history)
    assert len(played.seen("scjg")["case"]["handled"]) == 1
    assert played.reads.page(someone("sfj"), {"part": "ruler", "state": "disputed"}, 10).items == ()


def test_a_case_goes_to_the_police_and_comes_back_to_where_it_was(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refer-criminal"):
        played.do(act)
    assert played.seen("gongan")["state"] == "criminal"
    played.do("deliver-criminal")
    assert played.do("return-criminal", days=2)["state"] == "received"
    assert lights(played)["transfer.review"] == "green" and lights(played)["transfer.criminal"] == "met"
    played.do("accept")
    assert (played.seen("gongan")["state"], played.seen("gongan")["case"]["filed"]) == ("criminal", None)


def test_an_open_case_of_the_same_respondent_is_pointed_out(played: Played) -> None:
    played.do("announce")
    answer = Played(played.office, played.clock).do("announce")
    assert [warning["code"] for warning in answer["warnings"]] == ["SAME_RESPONDENT"]


def test_a_paper_number_entered_ahead_leaves_no_gap_that_the_ledger_does_not_show(
    office: Office, clock: HandClock
) -> None:
    people = People(make(office), office)
    for number in ("荣住建移字〔2025〕第3号", "", "荣住建移字〔2025〕第2号"):
        case = Played(office, clock)
        for act in ("announce", "add-material"):
            case.do(act)
        case.do("issue-letter", number=number)
        ledger = people.get("/api/transfer/numbers", "zjj").data
    assert [row["serial"] for row in ledger["items"]] == [2, 3, 4]
    assert ledger["unused"] == [{"word": "荣住建移字", "year": 2025, "from": 1, "to": 1}]
    pages = [people.get("/api/transfer/numbers", "zjj", limit="1").data]
    while after := pages[-1]["next"]:
        pages.append(people.get("/api/transfer/numbers", "zjj", limit="1", after=after).data)
    assert [[row["serial"] for row in page["items"]] for page in pages] == [[2], [3], [4]]
    assert [page["unused"] for page in pages] == [ledger["unused"], [], []]
    assert people.get("/api/transfer/numbers", "zjj", after="MQ").codes == ["BAD_AFTER"]


def test_receivers_and_separated_powers_are_proposed_from_the_register(office: Office) -> None:
    people = People(make(office), office)
    proposed = people.get("/api/transfer/proposals", "zjj", cause=SEPARATED).data
    assert ([each["code"] for each in proposed["items"]], proposed["powers_separated"]) == (["zhzf"], True)
    for agency, cause in (("zhzf", SEPARATED), ("zjj", PLAIN)):
        proposed = people.get("/api/transfer/proposals", agency, cause=cause).data
        assert proposed == {"items": [], "powers_separated": False}
    for query, code in (("cause", "BAD_FILTER"), ("cuase", "UNKNOWN_PARAMETER")):
        assert people.get("/api/transfer/proposals", "zjj", **{query: "no-such-cause"}).codes == [code]
