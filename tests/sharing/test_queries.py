"""Queries over HTTP, on both back ends: asked, answered in time and late, refused on a law only, passed on, complained
of."""

import io
import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from services.sharing.api import make
from services.sharing.archive.store import RECORD
from services.sharing.office import SPEC
from services.sharing.queries.repository import own_news
from shared.acts.office import Office
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.contracts.envelope import event_of
from shared.deadlines import store as deadlines
from shared.kernel.clock import HandClock, day_of
from shared.law import tables
from tests.offices import MakeOffice
from tests.served import Asking, codes
from tests.situations.city import REGISTER, RONGCHENG, calendar, rulebook
from tests.situations.sharing.queries.builders import BUILDERS, OUTWARD

BASE = "/api/sharing/queries"
PDF = b"%PDF-1.4\n% a decision\n"


@pytest.fixture
def office(make_office: MakeOffice, clock: HandClock) -> Office:
    office = make_office(SPEC)
    with office.db.write() as tx:
        text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
        tables.put_rulebook(tx, rulebook().version, rulebook().id, text, clock.now())
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, clock.now())
        tables.put_agencies(tx, REGISTER.agencies.values())
    return office


@dataclass
class Queries:
    """Whoever asks and answers, and the query under way."""

    office: Office
    clock: HandClock
    people: Asking
    id: str = ""
    revision: int = 0

    @property
    def today(self) -> date:
        return day_of(self.clock.now())

    def try_(self, act: str, by: str, /, **said: Any) -> TestResponse:
        """What is sent by default, with something said otherwise."""
        body = {**BUILDERS[act](None, self.today), **said}
        if act.startswith("ask"):
            path = BASE if act == "ask" else f"{BASE}/{act}"
            return self.people.post(path, body, by)
        return self.people.post(f"{BASE}/{self.id}/{act}", body, by, revision=self.revision)

    def do(self, act: str, by: str, /, **said: Any) -> dict[str, Any]:
        answer = self.try_(act, by, **said)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        done: dict[str, Any] = answer.get_json()
        self.id, self.revision = done["id"], done["revision"]
        return done

    def get(self, page: str, by: str) -> Any:
        answer = self.people.get(f"{BASE}/{self.id}{page}", by)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def found(self, by: str, **asked: Any) -> list[str]:
        return [each["id"] for each in self.people.post(f"{BASE}/search", asked, by).get_json()["items"]]

    def upload(self, by: str, content: bytes = PDF) -> int:
        about = {"name": "行政处罚决定书", "kind": "decision", "copies": 1, "pages": 3, "original": False,
                 "carrier": "electronic"}
        answer = self.people.client.post(
            f"{BASE}/{self.id}/materials",
            data={"about": json.dumps(about), "file": (io.BytesIO(content), "a.pdf", "application/pdf")},
            headers={"Authorization": f"Bearer {self.people.token(by, 1)}", "Idempotency-Key": uuid.uuid4().hex},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        number: int = answer.get_json()["facts"]["material"]
        return number

    def record(self, by: str = "zhzf", **said: Any) -> str:
        """A record of what the builders ask for; its id."""
        about = {"id": uuid.uuid4().hex, "category": "dynamics", "title": "示例建设有限公司占道案", "occurred_on": "2023-06-02",
                 "respondent_kind": "organisation", "respondent": "示例建设有限公司", **said}
        answer = self.people.post("/api/sharing/records", about, by)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        with self.office.db.read() as tx:
            found: str = tx.scalar(sa.select(RECORD.c.id).where(RECORD.c.external_id == about["id"]))
        return found

    def file(self, number: int, by: str) -> bytes:
        answer = self.people.get(f"{BASE}/{self.id}/materials/{number}", by)
        assert answer.status_code == 200
        content = answer.data
        answer.close()
        return content

    def hear(self) -> None:
        """What time has brought, and what the service tells itself."""
        self.office.ticker.step()
        follower = Follower(
            self.office.db, "sharing", "sharing", own_news(self.office), self.clock, LocalFeed(self.office)
        )
        while follower.step():
            pass

    def lights(self, by: str = "sfj") -> dict[str, str]:
        return {each["clock"]: each["light"] for each in self.get("/deadlines", by)["items"]}


@pytest.fixture
def queries(office: Office, clock: HandClock) -> Queries:
    return Queries(office, clock, Asking(office, make(office).test_client()))


def test_a_query_refused_as_secret_is_refused_that_refusal_and_answered_in_time(queries: Queries) -> None:
    queries.do("ask", "zjj")
    secret = queries.try_("refuse", "zhzf", withheld={"law": "", "law_article": "", "reason": "保密，不便提供"})
    assert (secret.status_code, codes(secret)) == (422, ["REFUSED_AS_SECRET", "NO_LAW", "NO_LAW_ARTICLE"])
    assert [each["article"] for each in secret.get_json()["refusals"]] == ["27", "27", "27"]
    assert queries.get("", "zjj")["state"] == "admitted"
    number = queries.upload("zhzf")
    assert queries.get("/materials", "zjj")["items"] == []
    queries.do("answer", "zhzf", materials=[number], records=[queries.record()])
    assert queries.lights() == {"sharing.query": "met"}
    digest = queries.get("/materials", "zjj")["items"][0]["said"]["digest"]
    assert digest.startswith("sha256:")
    assert queries.file(number, "zjj") == PDF


def test_an_answer_after_the_third_working_day_is_late_and_may_be_complained_of_before(queries: Queries) -> None:
    queries.do("ask", "zjj")
    early = queries.try_("complain", "zjj")
    assert (early.status_code, codes(early)) == (409, ["NOT_LATE"])
    queries.clock.advance(days=12)
    queries.hear()
    assert queries.lights()["sharing.query"] == "red"
    assert queries.do("complain", "zjj")["state"] == "admitted"
    assert codes(queries.try_("direct-answer", "zhzf")) == ["WRONG_PARTY"]
    assert queries.do("direct-answer", "sfj")["state"] == "directed"
    refused = queries.try_("refuse", "zhzf")
    assert (refused.status_code, codes(refused)) == (409, ["WRONG_STATE"])
    queries.do("answer", "zhzf")
    assert queries.lights() == {
        "sharing.query": "met_late",
        "sharing.complaint": "met",
        "sharing.directed_answer": "met",
    }


def test_a_query_that_is_passed_on_is_opened_at_the_next_holder_once_with_what_the_asker_enclosed(
        queries: Queries) -> None:
    queries.do("ask-urgent", "zjj")
    queries.upload("zjj", PDF + b"letter")
    queries.upload("zhzf")
    queries.do("pass-on", "zhzf")
    first, passed_on, passed_at = queries.id, queries.today, queries.clock.now()
    queries.clock.advance(days=1)
    queries.hear()
    queries.hear()
    items = queries.people.get(f"{BASE}?passed_from={first}", "zjj").get_json()["items"]
    assert [(each["holder"], each["state"], each["kind"], each["opened_on"]) for each in items] == [
        ("scjg", "admitted", "urgent", passed_on.isoformat())]
    queries.id, queries.revision = items[0]["id"], items[0]["revision"]
    assert [each["added_by"] for each in queries.get("", "scjg")["case"]["materials"]] == ["zjj"]
    assert queries.file(1, "scjg") == PDF + b"letter"
    assert queries.people.get(f"{BASE}/{queries.id}", "zhzf").status_code == 404
    back = queries.try_("pass-on", "scjg", to="zhzf")
    assert (back.status_code, codes(back)) == (409, ["PASSED_BEFORE"])
    with queries.office.db.read() as tx:
        opened = queries.office.journal.of_stream(tx, queries.id)[0]
        cause = queries.office.journal.of_stream(tx, first)
        started = {each.started_at for each in deadlines.for_case(tx, queries.id)}
    assert started == {passed_at}
    assert opened.actor == "suite" and opened.causation in {entry.id for entry in cause}
    queries.office.housekeep()
    assert queries.file(1, "zjj")


def test_what_was_asked_on_paper_is_entered_by_the_holder_and_authenticated_within_the_three_days(
        queries: Queries) -> None:
    queries.do("ask-offline", "zhzf")
    assert queries.get("", "zjj")["state"] == "asked"
    assert codes(queries.try_("answer", "zhzf")) == ["WRONG_STATE"]
    queries.do("admit", "zhzf")
    queries.do("answer", "zhzf", kind="none", says="查找了三年的档案，没有记录")
    assert queries.lights() == {"sharing.query": "met", "sharing.authentication": "met"}
    outside = {**BUILDERS["ask-offline"](None, queries.today), "outside": "威海市环翠区综合执法局"}
    del outside["asker"]
    answer = queries.people.post(f"{BASE}/ask-offline", outside, "zhzf")
    assert answer.status_code == 201
    shown = queries.people.get(f"{BASE}/{answer.get_json()['id']}", "zhzf").get_json()
    assert shown["case"]["parties"][0]["outside"] == "威海市环翠区综合执法局"


def test_of_classified_matter_there_is_a_place_and_a_time_on_the_platform_and_nothing_else(queries: Queries) -> None:
    queries.do("ask", "zjj")
    offline = {"place": "综合执法局保密室", "when": "2025年6月11日上午", "office": "办公室 0631-7560010"}
    assert codes(queries.try_("answer", "zhzf", kind="offline", offline=offline)) == ["OFFLINE_CONTENT"]
    queries.do("answer", "zhzf", kind="offline", says="", offline=offline)
    said = queries.get("", "zjj")["case"]["answers"][0]["said"]
    assert (said["kind"], said["says"], said["offline"]) == ("offline", "", offline)


def test_a_query_is_found_by_its_words_by_whom_it_is_about_and_by_what_it_is_for(queries: Queries) -> None:
    queries.do("ask", "zjj")
    for asked in ({"text": "处罚"}, {"text": "前科"}, {"respondent": "示例建设有限公司"}, {"respondent": "91110000600037341l"},
                  {"filters": {"holder": "zhzf"}}, {"filters": {"batch": "g-1"}}, {"filters": {"kind": "ordinary"}},
                  {"filters": {"for_case": BUILDERS["ask"](None, queries.today)["case"]}}):
        for agency in ("zjj", "zhzf", "sfj", "zfb"):
            assert queries.found(agency, **asked) == [queries.id], (agency, asked)
        assert queries.found("jtj", **asked) == []
    for asked in ({"text": "没有的话"}, {"respondent": "示例建设"}, {"filters": {"kind": "urgent"}}):
        assert queries.found("zjj", **asked) == []
    assert queries.people.get(f"{BASE}?respondent=x", "zjj").status_code == 400


def test_the_holder_sees_who_opened_what_and_when(queries: Queries) -> None:
    queries.do("ask", "zjj")
    record, number = queries.record(access="open"), queries.upload("zhzf")
    queries.do("answer", "zhzf", materials=[number], records=[record])
    queries.clock.advance(hours=1)
    assert queries.file(number, "zjj")
    items = queries.get("/accesses", "zhzf")["items"]
    assert (items[0]["agency"], items[0]["person"], items[0]["subject"]) == ("zjj", "p-zjj-2", f"{queries.id}/{number}")
    queries.clock.advance(hours=1)
    why = {"purpose": "case", "reason": "办理案件", "case": "荣住建立〔2025〕第3号"}
    assert queries.people.post(f"/api/sharing/records/{record}/open", why, "zjj").status_code == 200
    items = queries.get("/accesses", "zhzf")["items"]
    looks = {(each["what"], each["title"], each["subject"]) for each in items}
    assert looks == {("record", "查阅档案", record), ("material", "打开材料", f"{queries.id}/{number}"),
                     ("accesses", "查看查阅记录", queries.id)}
    assert date.fromisoformat(items[0]["at"][:10]) in (queries.today, queries.today - timedelta(days=1))
    asker = queries.people.get(f"{BASE}/{queries.id}/accesses", "zjj")
    assert (asker.status_code, codes(asker)) == (403, ["HOLDERS_ONLY"])
    assert queries.people.get(f"{BASE}/{queries.id}/accesses", "jtj").status_code == 404
    queries.clock.advance(hours=1)
    queries.get("", "zhzf")
    queries.clock.advance(hours=1)
    assert queries.get("/accesses", "zfb")["items"][0]["agency"] == "zhzf", "the holder's own look is a look, too"


def test_an_answer_is_corrected_with_old_and_new_readable_and_its_clock_judged_anew(queries: Queries) -> None:
    queries.do("ask", "zjj")
    queries.clock.advance(days=1)
    queries.do("answer", "zhzf")
    entry = queries.get("/events", "zhzf")["items"]
    answered = next(each["entry"] for each in entry if each["event"] == "query_answered")
    old = BUILDERS["answer"](None, queries.today)["says"]
    said = {"entry": answered, "field": "says", "old": old, "new": "共有行政处罚三件", "reason": "笔误", **OUTWARD}
    queries.do("correct", "zhzf", **said)
    kept = queries.get("", "zjj")["case"]
    assert (kept["corrections"][0]["old"], kept["answers"][0]["said"]["says"]) == (old, "共有行政处罚三件")
    assert codes(queries.try_("correct", "zjj", **{**said, "old": "共有行政处罚三件", "new": "x"})) == ["NOT_THE_AUTHOR"]


def test_an_answer_given_in_time_and_entered_late_undoes_the_breach(queries: Queries) -> None:
    queries.do("ask", "zjj")
    given = queries.today
    queries.clock.advance(days=12)
    queries.hear()
    scan = queries.people.client.post(
        f"{BASE}/scans", data={"file": (io.BytesIO(PDF), "scan.pdf", "application/pdf")},
        headers={"Authorization": f"Bearer {queries.people.token('zhzf', 1)}"}).get_json()["digest"]
    late = queries.try_("answer", "zhzf", happened_on=given.isoformat())
    assert codes(late) == ["NEEDS_BACK_ENTRY"]
    queries.do("answer", "zhzf", happened_on=given.isoformat(), back_entry={"reason": "网络中断", "scan": scan})
    assert queries.lights() == {"sharing.query": "met"}
    listed = queries.people.get("/api/sharing/corrections", "sfj").get_json()["items"]
    assert [(each["case"], each["clock"]) for each in listed] == [(queries.id, "sharing.query")]
    assert codes(queries.people.get("/api/sharing/corrections", "zhzf")) == ["FOR_OVERSEERS"]


def test_an_assistance_is_asked_for_a_case_in_hand_and_given(queries: Queries) -> None:
    sent = BUILDERS["ask-assistance"](None, queries.today)
    nothing = queries.people.post(f"{BASE}/ask-assistance", {**sent, "case": ""}, "zjj")
    assert codes(nothing) == ["NO_CASE_IN_HAND"]
    queries.do("ask-assistance", "zjj")
    queries.do("give-assistance", "zhzf")
    assert queries.lights() == {"sharing.assistance": "met"}


def test_no_event_of_a_query_tells_whom_it_is_about_or_what_was_said(queries: Queries) -> None:
    queries.do("ask", "zjj")
    queries.do("refuse", "zhzf")
    queries.do("complain", "zjj")
    queries.do("dismiss", "sfj")
    with queries.office.db.read() as tx:
        feed = queries.office.journal.feed(tx, 0, 1000, None)
    told = [event_of(each.body) for each in feed if event_of(each.body).subject == queries.id]
    assert {event.name for event in told} >= {"query_asked", "query_refused", "query_complained", "complaint_dismissed"}
    assert not [event for event in told if any(word in str(event.data) for word in ("示例", "前科", "纳税人", "所引条款"))]
