"""Records that were given with an answer: read by who asked, in the version given, and the holder sees each look."""

import uuid
from typing import Any

import pytest

from services.sharing.api import make
from shared.acts.office import Office
from shared.kernel.clock import HandClock
from tests.served import Asking, codes
from tests.sharing.test_queries import BASE, Queries, office
from tests.situations.sharing.queries.builders import question

__all__ = ["office"]
NAME, NUMBER = "钟离浥尘", "110105194912310038"
PERSON = {"respondent_kind": "person", "respondent": NAME, "respondent_number": NUMBER,
          "title": f"{NAME}占道案", "text": f"对{NAME}责令改正。"}
ABOUT = {"kind": "person", "name": NAME, "number": NUMBER}


@pytest.fixture
def queries(office: Office, clock: HandClock) -> Queries:
    return Queries(office, clock, Asking(office, make(office).test_client()))


def given(queries: Queries, record: str, by: str) -> tuple[int, Any]:
    answer = queries.people.get(f"{BASE}/{queries.id}/records/{record}", by)
    return answer.status_code, answer.get_json()


def about_a_person() -> dict[str, Any]:
    return {**question(), "respondent": ABOUT}


@pytest.mark.parametrize(("said", "code"), [
    ({}, ""), ({"by": "jtj"}, "OTHERS_RECORD"), ({"category": "warnings"}, "BESIDE_THE_QUERY")])
def test_a_record_that_is_given_is_the_holders_and_is_about_what_was_asked(
        queries: Queries, said: dict[str, Any], code: str) -> None:
    good, other, none = queries.record(), queries.record(**said), str(uuid.uuid4())
    queries.do("ask", "zjj")
    wrong = queries.try_("answer", "zhzf", records=[good, other, none])
    told = [(each["code"], each["where"]) for each in wrong.get_json()["refusals"]]
    assert (wrong.status_code, told) == (
        422, [*([(code, "records.1")] if code else []), ("UNKNOWN_RECORD", "records.2")])
    assert queries.try_("answer", "zhzf", records=[good, other]).status_code == (422 if code else 200)


@pytest.mark.parametrize(("asks", "act", "asked"), [
    ("ask", "answer", {"question": about_a_person()}), ("ask", "answer-partly", {"question": about_a_person()}),
    ("ask-assistance", "give-assistance", {"question": {"says": "此人的备案资料", "respondent": ABOUT}})])
def test_what_an_answer_of_records_alone_gives_is_read_whole_by_who_asked(
        queries: Queries, asks: str, act: str, asked: dict[str, Any]) -> None:
    record = queries.record(**PERSON)
    queries.do(asks, "zjj", **asked)
    assert given(queries, record, "zjj")[0] == 404, "nothing is given yet"
    queries.do(act, "zhzf", says="", records=[record])
    status, told = given(queries, record, "zjj")
    assert (status, told["text"], told["title"]) == (200, f"对{NAME}责令改正。", f"{NAME}占道案")
    assert (told["respondent"]["name"], told["respondent"]["number"], told["own"]) == (NAME, NUMBER, False)
    assert "external_id" not in told and "delivery" not in str(told["versions"])
    said = queries.get("", "zjj")["case"]["answers"][0]["said"]
    assert (said["records"], said["versions"]) == ([record], [1])
    closed = queries.people.post(f"/api/sharing/records/{record}/open", {
        "purpose": "case", "reason": "办理案件", "case": "荣住建立〔2025〕第3号"}, "zjj")
    assert codes(closed) == ["ON_REQUEST_ONLY"], "the archive itself stays as it was"


def test_the_version_that_was_given_stays_and_a_later_one_is_not_given(queries: Queries) -> None:
    record = queries.record(id="r-7", text="罚款一千元。")
    queries.do("ask", "zjj")
    queries.do("answer", "zhzf", says="", records=[record])
    queries.record(id="r-7", text="罚款两千元。", access="on_request")
    told = given(queries, record, "zjj")[1]
    assert (told["version"], told["text"]) == (1, "罚款一千元。")
    assert [each["version"] for each in told["versions"]] == [1]


def test_none_but_who_asked_and_who_holds_reads_it_and_the_holder_sees_each_look(queries: Queries) -> None:
    record, other = queries.record(), queries.record()
    queries.do("ask", "zjj")
    queries.do("answer", "zhzf", says="", records=[record])
    queries.clock.advance(hours=1)
    assert given(queries, other, "zjj")[1]["refusals"][0]["code"] == "NOT_GIVEN"
    assert given(queries, record, "zfb")[1]["refusals"][0]["code"] == "GIVEN_TO_THE_ASKER"
    assert given(queries, record, "jtj")[0] == 404
    assert given(queries, record, "zjj")[0] == 200
    queries.clock.advance(minutes=1)
    look = queries.get("/accesses", "zhzf")["items"][0]
    assert (look["agency"], look["what"], look["title"], look["subject"]) == (
        "zjj", "record", "查阅档案", f"{queries.id}/{record}")
    queries.clock.advance(minutes=1)
    first = queries.get("/accesses?limit=1", "zhzf")
    queries.clock.advance(minutes=1)
    rest = queries.get(f"/accesses?limit=1&after={first['next']}", "zhzf")
    assert first["items"][0]["what"] == "accesses", "the holder's own look at the looks is one"
    assert rest["items"] == [look]
    (noted,) = queries.people.get("/api/sharing/records/accesses", "zhzf").get_json()["items"]
    assert (noted["agency"], noted["what"], noted["records"]) == ("zjj", "given", [record])
    assert (noted["purpose"], noted["reason"], noted["case"]) == (
        "case_handling", "查处占道堆放物料一案，核实有无前科", f"sharing/{queries.id}")
    assert given(queries, record, "zhzf")[0] == 200, "its holder"
    assert len(queries.people.get("/api/sharing/records/accesses", "zhzf").get_json()["items"]) == 1


def test_who_decides_on_a_complaint_reads_what_was_given(queries: Queries) -> None:
    record = queries.record()
    queries.do("ask", "zjj")
    queries.do("answer", "zhzf", says="", records=[record])
    assert given(queries, record, "sfj")[0] == 403
    queries.do("complain", "zjj")
    assert given(queries, record, "sfj")[0] == 200


def test_an_answer_that_gave_records_is_corrected_as_any_other(queries: Queries) -> None:
    record = queries.record()
    queries.do("ask", "zjj")
    queries.do("answer", "zhzf", says="见档案", records=[record])
    answered = next(each["entry"] for each in queries.get("/events", "zhzf")["items"]
                    if each["event"] == "query_answered")
    queries.do("correct", "zhzf", entry=answered, field="says", old="见档案", new="见所附档案", reason="笔误",
               officer={"name": "张明", "licence": "37108201001", "phone": "0631-7560001"}, leader="李强")
    assert queries.get("", "zjj")["case"]["answers"][0]["said"]["says"] == "见所附档案"
    assert given(queries, record, "zjj")[0] == 200
