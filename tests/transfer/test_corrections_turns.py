"""更正 of rulings, calls and disputes at work, on both back ends; who may do what its part allows in one state only."""

import json
from datetime import timedelta

import pytest

from services.transfer.api import make
from shared.acts import judged
from shared.acts.model import Rank
from shared.acts.request import Request
from shared.journal.verify import verify
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from tests.offices import People
from tests.transfer.played import Played, make_office, office, played, someone
from tests.transfer.test_corrections import SCAN, correct, kinds, latest, refused, scans

__all__ = ["make_office", "office", "played", "scans"]

RECEIVED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt")
DISPUTED = (*RECEIVED, "dispute")
CLOSED = (*RECEIVED, "accept", "file-case", "record-decision", "serve-decision", "close")
OTHERS = {"reasons": "依三定规定", "joint_action": "true", "to_staffing": "true"}


def may(played: Played, agency: str, act: str) -> str:
    """The code with which the act is refused to the agency's head now; empty where it is allowed."""
    actions = {each.act.name: each for each in played.reads.actions(played.id, someone(agency))}
    refusal = actions[act].refusal
    return refusal.code if refusal else ""


def sound(played: Played) -> bool:
    return verify(played.office.db, played.office.journal, played.office.vault, cases=played.acts.store.hashes).ok


def test_who_ruled_sees_that_it_may_correct_and_nobody_else_who_is_no_party(played: Played) -> None:
    for act in DISPUTED:
        played.do(act)
    assert [may(played, agency, "correct") for agency in ("sfj", "zfb")] == ["WRONG_PARTY"] * 2
    played.do("rule")
    assert [may(played, agency, "correct") for agency in ("sfj", "zjj", "zhzf", "zfb")] == ["", "", "", "WRONG_PARTY"]
    for field, new in OTHERS.items():
        old = "依权责清单" if field == "reasons" else "false"
        answer = correct(played, "rule", field, old, new, by="sfj", rank=Rank.LEADER)
    assert answer["facts"]["number"] == "荣司更字〔2025〕第3号"
    ruling = played.seen("zhzf")["case"]["contests"][0]["ruling"]
    assert {field: str(ruling[field]).lower() for field in OTHERS} == OTHERS
    with pytest.raises(Refused) as wrong:
        correct(played, "rule", "outcome", "receiver", "sender", by="sfj")
    assert refused(wrong) == ["UNKNOWN_FIELD"]
    with pytest.raises(Refused) as wrong:
        correct(played, "rule", "reasons", "依三定规定", "依权责清单", by="sfj", rank=Rank.OFFICER)
    assert refused(wrong) == ["RANK_TOO_LOW"]
    assert sound(played)


@pytest.mark.parametrize("outcome", ["receiver", "third", "sender"])
def test_the_right_day_of_a_ruling_is_the_day_of_all_that_it_decided(played: Played, outcome: str) -> None:
    for act in DISPUTED:
        played.do(act)
    was = day_of(played.clock.now()) + timedelta(days=3)
    played.do("rule", days=3, outcome=outcome, **({"receiver": "scjg"} if outcome == "third" else {}))
    right = was - timedelta(days=1)
    correct(played, "rule", "happened_on", was, right, by="sfj")
    seen = played.seen("sfj")
    case = seen["case"]
    assert (case["contests"][0]["ruled_on"], seen["last_on"]) == (right.isoformat(),) * 2
    eve = (right - timedelta(days=1)).isoformat()
    assert {party["until"] for party in case["parties"] if party["part"] in ("ruler", "interim_holder")} == {eve}
    if outcome == "sender":
        assert case["ended_on"] == right.isoformat()
    if outcome == "third":
        assert (case["legs"][1]["announced_on"], case["legs"][0]["until"]) == (right.isoformat(),) * 2
        assert {party["since"] for party in case["parties"] if party["agency"] == "scjg"} == {right.isoformat()}
    clock = {"receiver": "transfer.review", "third": "transfer.letter", "sender": "transfer.ruling"}[outcome]
    for stands, other in ((right, was), (was, right)):
        found = latest(played, clock)
        assert stands.isoformat() in (found["started_on"], found["met_on"])
        correct(played, "rule", "happened_on", stands, other, by="sfj")
    assert sound(played)


def test_the_reasons_of_a_ruling_to_a_third_agency_are_those_of_its_leg(played: Played) -> None:
    for act in DISPUTED:
        played.do(act)
    played.do("rule", outcome="third", receiver="scjg")
    correct(played, "rule", "reasons", "依权责清单", "依三定规定", by="sfj")
    assert played.seen("scjg")["case"]["legs"][-1]["reason"] == "依三定规定"


def test_the_right_day_of_a_call_that_opened_a_case_is_the_day_of_its_case(played: Played) -> None:
    played.clock.advance(days=1)
    played.do("phone")
    was, at = day_of(played.clock.now()), played.seen("zjj")["case"]["calls"][0]["at"]
    played.clock.advance(days=4)
    right = was - timedelta(days=1)
    correct(played, "phone", "happened_on", was, right)
    seen = played.seen("zhzf")
    call, case = seen["case"]["calls"][0], seen["case"]
    assert (seen["opened_on"], seen["last_on"], case["opened_on"], call["on"]) == (right.isoformat(),) * 4
    assert (case["matter"]["accepted_on"], case["legs"][0]["announced_on"]) == (right.isoformat(),) * 2
    assert {party["since"] for party in case["parties"]} == {right.isoformat()}
    assert call["at"][11:] == at[11:] and call["at"][:10] != at[:10]         # the hour it was said to be at stays
    assert latest(played, "transfer.phone")["started_on"] == right.isoformat()
    played.do("announce")
    with pytest.raises(Refused) as wrong:
        correct(played, "phone", "happened_on", right, day_of(played.clock.now()) + timedelta(days=1))
    assert refused(wrong) == ["OUT_OF_ORDER"]
    correct(played, "phone", "happened_on", right, day_of(played.clock.now()))
    assert latest(played, "transfer.phone")["light"] == "met"
    assert played.seen("zjj")["case"]["matter"]["accepted_on"] == right.isoformat()      # the notice has said it
    assert sound(played)


def test_a_dispute_dated_too_late_is_put_right_and_its_pause_made_up(played: Played) -> None:
    for act in RECEIVED:
        played.do(act)
    due = day_of(played.clock.now()) + timedelta(days=1)
    played.clock.advance(days=21)
    played.office.ticker.step()
    played.do("dispute")
    today = day_of(played.clock.now())
    review = latest(played, "transfer.review")
    assert (review["light"], review["pauses"]) == ("red", [])
    assert kinds(played, "transfer.review")[-1] == "deadline_breached"           # a pause that came too late is no news
    correct(played, "dispute", "happened_on", today, due)
    review = latest(played, "transfer.review")
    assert (review["light"], [each["kind"] for each in review["fired"]]) == ("paused", ["warned", "breached"])
    assert review["pauses"] == [{"since_on": due.isoformat(), "until_on": None, "statutory": False}]
    assert "暂停依内部规则（解释），所依条文没有规定。" in review["explanation"]
    told = {each["clock"]: each for each in judged.page(played.acts.means, someone("sfj"), 9).items}
    undone = told["transfer.review"]
    assert undone["withdrawn"] == 1 and f"时限自{due.year}年{due.month}月{due.day}日起暂停" in undone["why"]
    correct(played, "dispute", "happened_on", due, today)
    played.office.ticker.step()
    assert latest(played, "transfer.review")["light"] == "red"
    assert sound(played)


def test_out_of_a_dispute_it_is_the_state_that_refuses_who_would_rule(played: Played) -> None:
    played.do("announce")
    assert [may(played, agency, "rule") for agency in ("sfj", "zfb", "zjj")] == [
        "WRONG_STATE", "WRONG_PARTY", "WRONG_PARTY"]
    people, path = People(make(played.office), played.office), f"/api/transfer/cases/{played.id}/rule"
    assert [people.post(path, {}, agency, rank=2, seen=1).status for agency in ("sfj", "zfb")] == [409, 403]
    played.id = ""
    played.do("announce", notice={"receiver": "sfj", "way": "platform", "told_to": "司法局"})
    assert [may(played, agency, "rule") for agency in ("sfj", "zfb")] == ["WRONG_PARTY", "WRONG_STATE"]


def test_while_the_police_have_nothing_it_is_the_state_that_refuses_who_could_refer(played: Played) -> None:
    acts = ("deliver-criminal", "return-criminal", "close-criminal", "hand-over-criminal")
    for act in RECEIVED:
        played.do(act)
    assert {may(played, agency, act) for agency in ("zjj", "zhzf") for act in acts} == {"WRONG_STATE"}
    assert {may(played, "sfj", act) for act in acts} == {"WRONG_PARTY"}
    played.do("refer-criminal")
    assert {may(played, "zhzf", act) for act in acts} == {"WRONG_PARTY"}
    assert [may(played, "zjj", act) for act in acts] == ["", "NOT_WITH_POLICE", "NOT_WITH_POLICE", "WRONG_STATE"]


def test_a_true_date_before_the_agency_became_a_party_is_what_is_refused(played: Played) -> None:
    for act in (*RECEIVED, "refuse"):
        played.do(act)
    before = day_of(played.clock.now())
    played.do("reroute", days=2)
    since = day_of(played.clock.now())
    people = People(make(played.office), played.office)
    about = {"name": "现场照片", "kind": "site_photo", "copies": 1, "pages": 1, "original": True, "carrier": "paper",
             "back_entry": {"reason": "纸质先行", "scan": SCAN}}
    path = f"/api/transfer/cases/{played.id}/add-material"
    early = people.post(path, {**about, "happened_on": before.isoformat()}, "scjg")
    assert (early.status, early.codes) == (409, ["BEFORE_PART"])
    assert early.data["refusals"][0]["where"] == "happened_on" and since.isoformat() in json.dumps(early.data)
    played.clock.advance(days=1)
    assert people.post(path, {**about, "happened_on": since.isoformat()}, "scjg").status == 200
    former = people.post(path, {**about, "happened_on": before.isoformat()}, "zhzf")
    assert (former.status, former.codes) == (403, ["WRONG_PARTY"])


def test_after_the_close_the_sender_adds_and_uploads_nothing_until_it_is_reopened(played: Played) -> None:
    for act in CLOSED:
        played.do(act)
    assert [may(played, agency, "add-material") for agency in ("zjj", "zhzf")] == ["CLOSING_PAPERS_ONLY", ""]
    with pytest.raises(Refused) as wrong:
        played.acts.before_content("add-material", someone("zjj"), Request(played.id))       # before its file is taken
    assert (wrong.value.status, refused(wrong)) == (409, ["CLOSING_PAPERS_ONLY"])
    played.acts.before_content("add-material", someone("zhzf"), Request(played.id))
    played.do("report-closure")
    assert [may(played, agency, "add-material") for agency in ("zjj", "zhzf")] == ["CLOSING_PAPERS_ONLY", ""]
    played.do("reopen")
    assert [may(played, agency, "add-material") for agency in ("zjj", "zhzf")] == ["", ""]
