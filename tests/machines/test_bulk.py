"""Openings in bulk: line by line, each by itself, and a file that is sent again does one thing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from marshmallow import Schema

from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.http.bulk import LONGEST, short
from shared.kernel.errors import Refusal
from tests.machines.conftest import CASES, System, system
from tests.permissions import tips
from tests.permissions.city import FIRST, NAME, SECOND, SENDER, Answer, City, announce

BULK = f"{CASES}/bulk"


def sent(its: System, lines: list[Any], at: str = BULK, kind: str = "application/x-ndjson",
         language: str = "zh") -> Answer:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return its.ask("POST", at, data=text.encode(), headers={
        "Content-Type": kind, "Idempotency-Key": "", "Accept-Language": language})


def line(city: City, id: str, receiver: str = FIRST, **more: Any) -> dict[str, Any]:
    return {**announce(receiver, city.today), "external_ref": {"system": "bulk", "id": id}, **more}


def test_each_line_is_opened_or_refused_by_itself_and_the_answer_says_which(city: City, sender: System) -> None:
    answer = sent(sender, [line(city, "1"), "{broken", "", line(city, "2", receiver="nobody"),
                           {**announce(FIRST, city.today)}, line(city, "3", act="withdraw"), line(city, "4", SECOND)])
    assert answer.status == 200, answer.text
    told = [(each["line"], each["status"], each.get("code", "")) for each in answer.data["items"]]
    assert told == [(1, 201, ""), (2, 400, "BROKEN_JSON"), (4, 422, told[2][2]), (5, 422, "REF_NEEDED"),
                    (6, 422, "NO_SUCH_OPENING"), (7, 201, "")]
    assert (answer.data["opened"], answer.data["already"], answer.data["refused"]) == (2, 0, 4)
    assert answer.data["items"][2]["external_ref"] == {"system": "bulk", "id": "2"}
    refusal = answer.data["items"][2]["refusals"][0]
    assert refusal["detail"] and not refusal["detail"].isascii(), "in Chinese"
    for each in (answer.data["items"][0], answer.data["items"][5]):
        assert sender.get(each["address"]).data["id"] == each["id"]


def test_a_file_sent_again_does_one_thing(city: City, sender: System) -> None:
    lines = [line(city, f"again-{number}") for number in range(5)]
    first, again = sent(sender, lines), sent(sender, lines)
    assert [each["status"] for each in first.data["items"]] == [201] * 5
    assert [each["status"] for each in again.data["items"]] == [200] * 5
    assert [each["id"] for each in first.data["items"]] == [each["id"] for each in again.data["items"]]
    single = sender.post(CASES, lines[0])
    assert (single.status, single.data["id"]) == (200, first.data["items"][0]["id"]), "a call of its own is the same"
    other = sent(sender, [{**lines[0], "notice": {**lines[0]["notice"], "receiver": SECOND}}]).data["items"][0]
    assert (other["status"], other["code"]) == (409, "REF_TAKEN")
    assert other["address"] == first.data["items"][0]["address"]


def test_half_a_file_that_went_through_is_passed_over_the_next_time(city: City, sender: System) -> None:
    lines = [line(city, f"half-{number}") for number in range(4)]
    sent(sender, lines[:2])
    assert [each["status"] for each in sent(sender, lines).data["items"]] == [200, 200, 201, 201]


def test_what_is_no_file_or_too_long_opens_nothing(city: City, sender: System) -> None:
    assert sent(sender, [line(city, "x")], kind="application/json").codes == ["UNSUPPORTED_TYPE"]
    assert sent(sender, ["", "  "]).codes == ["NO_LINES"]
    many = sent(sender, ["{}"] * 501)
    assert (many.status, many.codes) == (413, ["TOO_MANY_LINES"])
    long = sent(sender, [json.dumps({"facts": "x" * 1_048_600})]).data["items"][0]
    assert (long["status"], long["code"]) == (413, "TOO_LARGE")


def test_five_hundred_lines_are_answered_within_a_megabyte(city: City, sender: System) -> None:
    wrong = {"external_ref": {"system": "bulk", "id": "编" * 200}, **{f"f{number}": 1 for number in range(40)}}
    answer = sent(sender, [wrong] * 500)
    assert len(answer.data["items"]) == 500 and len(answer.text.encode()) < 1_000_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_lines_refusals_are_told_as_a_call_of_its_own_tells_them(city: City, sender: System, language: str) -> None:
    one = line(city, f"told-{language}", receiver="nobody")
    for wrong, value in ((one, {"receiver": "nobody"}), ({**one, "noitce": 1}, {"near": "notice", "title": "事先通报"}),
                         ({**one, "happened_on": "昨天"}, {"value": "昨天"})):
        alone = sender.post(CASES, wrong, headers={"Accept-Language": language}).data["refusals"]
        together = sent(sender, [wrong], language=language).data["items"][0]["refusals"]
        assert together == alone and all(each["article_zh"] for each in together)
        assert value in [each["values"] for each in together]


def test_of_a_lines_refusal_what_is_long_is_cut_or_left_out() -> None:
    long = Refusal("LONG", "长" * 400, "long" * 100, "22", values={"cases": ["transfer/1"] * 50, "most": 5})
    with Flask(__name__).test_request_context():
        told = short(long)
    assert (len(told["detail"]), told["values"], told["article_zh"]) == (LONGEST, {"most": 5}, "第二十二条")


def test_a_line_that_is_refused_tells_nothing_personal(city: City, sender: System) -> None:
    refused = sent(sender, [line(city, "secret", receiver="nobody")])
    assert NAME not in refused.text


def test_a_system_opens_in_bulk_what_it_may_open_and_nothing_else(city: City) -> None:
    poor = system(city, SENDER, frozenset({"sharing.tips.share"}))
    assert sent(poor, [line(city, "p-1")]).data["items"][0]["code"] == "NOT_GRANTED"
    tip = {**tips.shared(city), "external_ref": {"system": "bulk", "id": "t-1"}}
    assert sent(poor, [tip], f"{tips.BASE}/bulk").data["items"][0]["status"] == 201


def test_every_service_that_takes_cases_from_agencies_takes_them_in_bulk(city: City, sender: System) -> None:
    asked = {f"/api/{name}/{keeping.chapter.path}/bulk" for name in SERVICES for keeping in spec_of(name).keepings
             if any(act.name == "add-material" for act in keeping.chapter.acts)}
    assert {sent(sender, ["{}"], at).status for at in asked} == {200} and len(asked) == 5


@contextmanager
def asked_of_the_database(city: City) -> Iterator[list[Any]]:
    """Every statement that the service executes meanwhile, as the object that it is."""
    engine, found = city.suite.offices["transfer"].db.engine, list[Any]()

    def before(_connection: Any, statement: Any, *_: Any) -> None:
        found.append(statement)

    sa.event.listen(engine, "before_execute", before)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_execute", before)


def test_what_a_line_asks_the_database_is_built_once_and_not_for_each_line(city: City, sender: System) -> None:
    sent(sender, [line(city, "built-0")])
    with asked_of_the_database(city) as first:
        sent(sender, [line(city, "built-1")])
    with asked_of_the_database(city) as more:
        assert sent(sender, [line(city, f"built-{number}") for number in range(2, 6)]).data["opened"] == 4
    selects = [statement for statement in more if isinstance(statement, sa.Select)]
    assert len(selects) >= 12 and len({id(each) for each in selects}) <= 6, "each anew"
    assert len(more) <= 4 * len(first), "a line asks no more because others stand before it"


def test_the_forms_of_a_file_are_made_once_and_not_for_each_line(
        city: City, sender: System, monkeypatch: pytest.MonkeyPatch) -> None:
    made, init = list[str](), Schema.__init__

    def counted(self: Schema, *args: Any, **more: Any) -> None:
        made.append(type(self).__name__)
        init(self, *args, **more)

    monkeypatch.setattr(Schema, "__init__", counted)
    sent(sender, [line(city, "forms-0")])
    of_one, made[:] = len(made), []
    sent(sender, [line(city, f"forms-{number}") for number in range(1, 6)])
    assert len(made) == of_one > 0
