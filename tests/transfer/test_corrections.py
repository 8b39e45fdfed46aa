"""补录 and 更正 at work, on both back ends: clocks judged by the true date, what fired stays visible, and justice sees
it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.transfer import store
from services.transfer.schemas import SCHEMAS
from shared.acts import judged
from shared.acts.model import Rank
from shared.acts.originals import acts_of
from shared.acts.request import BackEntry, Request
from shared.journal.verify import verify
from shared.kernel.clock import CITY_ZONE, day_of
from shared.kernel.errors import Refused
from tests.situations.transfer.builders import BUILDERS, OFFICER
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]

RECEIVED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt")
FILED = (*RECEIVED, "accept", "file-case")
CLOSED = (*FILED, "record-decision", "serve-decision", "close")
POLICE = (*RECEIVED, "refer-criminal")
SCAN = "sha256:" + "b" * 64


@pytest.fixture(autouse=True)
def scans(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scan has been uploaded."""
    monkeypatch.setattr(office.files, "exists", lambda digest: digest == SCAN)


def entry_of(played: Played, act: str) -> str:
    with played.office.db.read() as tx:
        return [each.id for each in acts_of(played.office.journal.of_stream(tx, played.id)) if each.data["act"] == act][
            -1
        ]


def latest(played: Played, clock: str) -> dict[str, Any]:
    return [each for each in played.reads.deadlines(played.id, someone("sfj")) if each["clock"] == clock][-1]


def kinds(played: Played, clock: str) -> list[str]:
    with played.office.db.read() as tx:
        return [each.type for each in played.office.journal.of_stream(tx, played.id) if each.data.get("clock") == clock]


def correct(played: Played, act: str, field: str, old: Any, new: Any, *, by: str = "", rank: Rank = Rank.CHIEF,
            entry: str = "", **said: Any) -> dict[str, Any]:
    sent = {"entry": entry or entry_of(played, act), "field": field, "old": str(old), "new": str(new), "reason": "笔误",
            "officer": OFFICER, "leader": "李强", **said}
    agency = by or played._by(act, played._case())
    done = played.acts.do("correct", SCHEMAS["correct"]().load(sent).command, someone(agency, rank), played._request())
    return dict(done.answer)


def late(played: Played, act: str, on: date, at: datetime | None = None) -> None:
    """The act as a back-entry."""
    case = played._case()
    sent = {**BUILDERS[act](case, on)}
    if "number" in sent and f"{act}" in ("issue-letter", "accept", "refuse", "request-supplement", "report-closure"):
        sent["number"] = ""
    request = Request(played.id, if_match=played.seen("sfj")["revision"], happened_on=on, happened_at=at,
                      back_entry=BackEntry("当日断网", SCAN))
    played.acts.do(act, SCHEMAS[act]().load(sent).command, someone(played._by(act, case)), request)


def refused(wrong: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in wrong.value.refusals]


STATUTORY = [                       # clock, what goes before, the act that meets it, days until it has run out
    ("transfer.letter", RECEIVED[:2], "issue-letter", 20),
    ("transfer.review", RECEIVED, "accept", 20),
    ("transfer.decision", FILED, "record-decision", 120),
    ("transfer.decision_service", CLOSED[:-2], "serve-decision", 30),
    ("transfer.closure_report", (*CLOSED, "add-material"), "report-closure", 30),
    ("transfer.criminal_delivery", POLICE, "deliver-criminal", 5),
    ("transfer.police_review", (*POLICE, "deliver-criminal"), "close-criminal", 30),
    ("transfer.criminal_handover", (*POLICE, "deliver-criminal", "close-criminal"), "hand-over-criminal", 30),
]


@pytest.mark.parametrize(
    ("limit", "before", "act", "days"), STATUTORY, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_back_entry_within_the_limit_undoes_the_breach_which_stays_visible(
        played: Played, limit: str, before: tuple[str, ...], act: str, days: int) -> None:
    for each in before:
        played.do(each)
    day = day_of(played.clock.now())
    played.clock.advance(days=days)
    played.office.ticker.step()
    assert latest(played, limit)["light"] == "red"
    late(played, act, day, played.clock.now() - timedelta(days=days) if limit.endswith("criminal_delivery") else None)
    seen = latest(played, limit)
    assert (seen["light"], seen["met_on"]) == ("met", day.isoformat())
    assert [each["kind"] for each in seen["fired"]] == ["warned", "breached"]
    assert kinds(played, limit)[-2:] == ["deadline_corrected", "deadline_met"]
    assert verify(played.office.db, played.office.journal, played.office.vault, cases=played.acts.store.hashes).ok


@pytest.mark.parametrize(
    ("limit", "before", "act", "days"), STATUTORY, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_date_put_right_makes_a_late_one_in_time_and_an_other_one_late(
        played: Played, limit: str, before: tuple[str, ...], act: str, days: int) -> None:
    for each in before:
        played.do(each)
    day = day_of(played.clock.now())
    played.clock.advance(days=days)
    played.office.ticker.step()
    played.do(act)
    today = day_of(played.clock.now())
    assert latest(played, limit)["light"] == "met_late"
    hours = limit.endswith("criminal_delivery")
    stood = played.clock.now().astimezone(CITY_ZONE).isoformat(timespec="minutes") if hours else today
    right = (
        (played.clock.now() - timedelta(days=days) + timedelta(hours=1))
        .astimezone(CITY_ZONE)
        .isoformat(timespec="minutes")
        if hours
        else day
    )
    field = "happened_at" if hours else "happened_on"
    answer = correct(played, act, field, stood, right)
    seen = latest(played, limit)
    assert (answer["event"], seen["light"], seen["met_on"]) == ("transfer.corrected", "met", day.isoformat())
    assert "撤回原逾期记录" in _why(played, limit)
    correct(played, act, field, right, stood)
    assert latest(played, limit)["light"] == "met_late"
    assert [each["field"] for each in played.seen("zjj")["case"]["corrections"]] == [field, field]
    assert kinds(played, limit)[-2:] == ["deadline_corrected"] * 2


def _why(played: Played, clock: str) -> str:
    with played.office.db.read() as tx:
        return [str(each.data["why"]) for each in played.office.journal.of_stream(tx, played.id)
                if each.data.get("clock") == clock][-1]


def test_a_start_told_too_early_moves_the_running_clock_and_withdraws_its_breach(played: Played) -> None:
    for act in RECEIVED:
        played.do(act)
    signed = day_of(played.clock.now())
    played.clock.advance(days=14)
    played.office.ticker.step()
    assert latest(played, "transfer.review")["light"] == "red"
    today = day_of(played.clock.now())
    correct(played, "sign-receipt", "happened_on", signed, today, by="zhzf")
    seen = latest(played, "transfer.review")
    assert (seen["light"], seen["started_on"], seen["generation"]) == ("green", today.isoformat(), 2)
    assert played.seen("zjj")["last_on"] == today.isoformat()
    played.clock.advance(days=30)
    played.office.ticker.step()
    assert [
        each["generation"] for each in latest(played, "transfer.review")["fired"] if each["kind"] == "breached"
    ] == [1, 2]


def test_old_and_new_stand_beside_each_other_and_nobody_outside_hears_them(played: Played) -> None:
    played.do("announce")
    answer = correct(played, "announce", "matter.respondent.name", "示例建设有限公司", "示例建筑有限公司")
    case = played.seen("zhzf")["case"]
    kept = case["corrections"][0]
    assert (kept["old"], kept["new"], kept["reason"], kept["by"]) == ("示例建设有限公司", "示例建筑有限公司", "笔误", "zjj")
    assert case["matter"]["respondent"]["name"] == "示例建筑有限公司"
    with played.office.db.read() as tx:
        body = played.office.journal.of_stream(tx, played.id)[-1].body
    assert "示例建" not in body and answer["facts"]["field"] == "matter.respondent.name"
    assert f'"corrects":"{entry_of(played, "announce")}"' in body.replace(" ", "")
    found = played.reads.page(someone("sfj"), {"respondent": "示例建筑有限公司"}, 10).items
    assert played.reads.page(someone("sfj"), {"text": "示例建筑"}, 10).items or found


def test_the_day_a_case_was_opened_moves_its_parties_and_its_clock(played: Played) -> None:
    played.clock.advance(days=1)
    played.do("announce")
    day = day_of(played.clock.now())
    played.clock.advance(days=1)
    right = day - timedelta(days=1)
    with pytest.raises(Refused) as wrong:
        correct(played, "announce", "happened_on", day, right)
    assert refused(wrong) == ["DATE_LATER"]                     # 受理 would lie after the notice
    correct(played, "announce", "matter.accepted_on", day, right)
    correct(played, "announce", "happened_on", day, right)
    seen = played.seen("zjj")
    assert (seen["opened_on"], seen["last_on"], seen["case"]["opened_on"]) == (right.isoformat(),) * 3
    assert {party["since"] for party in seen["case"]["parties"]} == {right.isoformat()}
    assert latest(played, "transfer.letter")["started_on"] == right.isoformat()
    assert latest(played, "transfer.announce")["started_on"] == right.isoformat()


def test_an_outward_document_is_corrected_by_a_document_of_its_own(played: Played) -> None:
    for act in RECEIVED[:3]:
        played.do(act)
    reason = played.seen("zjj")["case"]["legs"][0]["letter"]["reason"]
    with pytest.raises(Refused) as wrong:
        correct(played, "issue-letter", "reason", reason, "依划转文件不再行使处罚权", rank=Rank.OFFICER)
    assert refused(wrong) == ["RANK_TOO_LOW"]
    with pytest.raises(Refused) as wrong:
        correct(played, "issue-letter", "reason", reason, "依划转文件不再行使处罚权", leader="", officer={})
    assert refused(wrong) == ["NO_OFFICER", "NO_LEADER"]
    answer = correct(played, "issue-letter", "reason", reason, "依划转文件不再行使处罚权")
    assert answer["facts"]["number"] == "荣住建更字〔2025〕第1号"
    case = played.seen("zhzf")["case"]
    assert case["legs"][0]["letter"]["reason"] == "依划转文件不再行使处罚权"
    assert case["corrections"][0]["number"] == "荣住建更字〔2025〕第1号"


def test_a_letter_not_yet_delivered_is_voided_and_issued_again_under_a_new_number(played: Played) -> None:
    """The voided letter met nothing: the three days of 22 are judged by the one that takes its place."""
    for act in RECEIVED[:3]:
        played.do(act)
    assert latest(played, "transfer.letter")["light"] == "met"
    played.clock.advance(days=20)
    answer = played.do("reissue-letter")
    assert (answer["event"], answer["state"]) == ("transfer.letter_reissued", "issued")
    assert (answer["facts"]["number"], answer["facts"]["voided"]) == ("荣住建移字〔2025〕第2号", ["荣住建移字〔2025〕第1号"])
    leg = played.seen("zhzf")["case"]["legs"][0]
    assert (leg["letter"]["number"], [each["number"] for each in leg["voided"]]) == (
        "荣住建移字〔2025〕第2号",
        ["荣住建移字〔2025〕第1号"],
    )
    assert latest(played, "transfer.letter")["light"] == "met_late"
    assert latest(played, "transfer.delivery")["light"] in ("green", "yellow")
    with played.office.db.read() as tx:
        ledger = {each["number"]: each["void_reason"] for each in store.NUMBERS.numbers_of(tx, "zjj", 2025)}
    assert ledger == {"荣住建移字〔2025〕第1号": "移送函所列事实有误", "荣住建移字〔2025〕第2号": None}
    played.do("reissue-letter")
    assert latest(played, "transfer.letter")["met_on"] == day_of(played.clock.now()).isoformat()
    correct(played, "reissue-letter", "letter.reason", "不属于本机关管辖", "处罚权已划转")
    with pytest.raises(Refused) as wrong:
        correct(played, "issue-letter", "reason", "不属于本机关管辖", "处罚权已划转")
    assert refused(wrong) == ["SUPERSEDED"]
    played.do("deliver")
    with pytest.raises(Refused) as wrong:
        played.do("reissue-letter")
    assert refused(wrong) == ["ALREADY_DELIVERED"]


def test_what_cannot_be_corrected_is_refused_and_nothing_changes(played: Played) -> None:
    for act in RECEIVED[:4]:
        played.do(act)
    before = played.seen("sfj")
    day = day_of(played.clock.now())
    letter = entry_of(played, "issue-letter")

    def codes(act: str, field: str, old: Any, new: Any, **more: Any) -> list[str]:
        with pytest.raises(Refused) as wrong:
            correct(played, act, field, old, new, **more)
        return refused(wrong)

    assert codes("announce", "happened_on", day, day, by="zhzf") == ["NOT_THE_AUTHOR"]
    assert codes("announce", "happened_on", day, day, by="scjg") == ["NOT_VISIBLE"]
    assert codes("announce", "happened_on", day, day, by="sfj") == ["WRONG_PARTY"]
    assert codes("announce", "x", "", "", entry="nothing") == ["NO_SUCH_ENTRY"]
    assert codes("announce", "notice.receiver", "zhzf", "scjg", reason="") == ["UNKNOWN_FIELD", "NO_CORRECTION_REASON"]
    assert codes("announce", "matter.facts", "别的", "") == ["OTHER_OLD", "NOTHING_NEW"]
    assert codes("announce", "matter.facts", "占道堆放物料", "占道堆放物料") == ["SAME_VALUE"]
    assert codes("announce", "matter.cause", "road_occupation", "nonsense") == ["UNKNOWN_CODE"]
    assert codes("deliver", "happened_on", day, "昨天") == ["BAD_VALUE"]
    assert codes("deliver", "happened_on", day, day - timedelta(days=1)) == ["OUT_OF_ORDER"]
    assert codes("deliver", "happened_on", day, day + timedelta(days=1)) == ["OUT_OF_ORDER"]
    assert codes("issue-letter", "happened_on", day, day + timedelta(days=1), entry=letter) == ["OUT_OF_ORDER"]
    assert played.seen("sfj") == before
    played.do("sign-receipt")
    assert codes("deliver", "delivered_by", "张明", "张三") == ["SUPERSEDED"]


def test_the_same_correction_sent_twice_is_done_once(played: Played) -> None:
    played.do("announce")
    sent = {"entry": entry_of(played, "announce"), "field": "notice.told_to", "old": "综合执法局法制科王芳", "new": "综合执法局法制科李华",
            "reason": "笔误"}
    request = Request(played.id, if_match=1, key="k", body_digest="sha256:1")
    first, again = (
        played.acts.do("correct", SCHEMAS["correct"]().load(sent).command, someone("zjj"), request) for _ in range(2)
    )
    assert not first.replayed and again.replayed and len(played.seen("zjj")["case"]["corrections"]) == 1


def test_justice_reads_what_was_judged_otherwise_and_why_page_by_page(played: Played) -> None:
    for act in RECEIVED[:2]:
        played.do(act)
    day = day_of(played.clock.now())
    played.clock.advance(days=20)
    played.office.ticker.step()
    late(played, "issue-letter", day)
    today = day_of(played.clock.now())
    correct(played, "issue-letter", "happened_on", day, today)
    means = played.acts.means
    first = judged.page(means, someone("sfj"), 2)
    second = judged.page(means, someone("zfb"), 5, first.next)
    assert [item["clock"] for item in first.items] == ["transfer.delivery", "transfer.letter"]
    assert (first.items[1]["withdrawn"], first.items[1]["late"]) == (None, True)
    undone = second.items[-1]
    assert (undone["clock"], undone["withdrawn"], second.next) == ("transfer.letter", 1, "")
    assert (undone["bound"], undone["case"], undone["by"]["event"]) == ("zjj", played.id, "letter_issued")
    assert undone["by"]["back_entry"] == {"reason": "当日断网", "scan": SCAN} and "补录" in undone["why"]
    assert first.items[0]["by"]["correction"] == {"field": "happened_on", "reason": "笔误"}
    with pytest.raises(Refused) as wrong:
        judged.page(means, someone("zjj"), 10)
    assert refused(wrong) == ["FOR_OVERSEERS"]
    told = {each["event"]: each for each in played.reads.history(played.id, someone("zhzf"), 100).items}
    assert told["letter_issued"]["back_entry"]["reason"] == "当日断网"
