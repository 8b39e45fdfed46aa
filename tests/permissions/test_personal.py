"""Nothing personal leaves the case: a case with marked persons is played, then all else is searched for them."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from liandong.places import SERVICES
from services.desk.domain import Appoint, EndAppointment, OpenAccount
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.permissions.city import (
    CASES,
    CITIZEN,
    FIRST,
    JUSTICE,
    NAME,
    NUMBER,
    OFFICIALS,
    PHONE,
    SAID,
    SECOND,
    SENDER,
    STRANGER,
    Case,
    City,
)

# Where what a case holds may stand in its service's own database. Citizens' values are sealed even there.
HOLD_ACTS = {"transfer", "collab", "joint", "filing", "query", "tip", "journal_detail"}
HOLD_WORDS = {*HOLD_ACTS, "document_number"}      # the ledger keeps the reason why a number was voided


def leaks(words: set[str], text: str) -> set[str]:
    return {word for word in words if word in text}


@pytest.fixture(scope="session")
def troubled(city: City, case: Case, planned: dict[str, Case], tipped: Case, queried: tuple[Case, Case]) -> City:
    """The city after requests that go wrong in every way, with persons in them; what was logged is kept."""
    person = {"kind": "person", "name": NAME, "number": NUMBER[:-1] + "0", "phone": [PHONE], "address": NAME * 100}
    good = {**person, "number": NUMBER}
    matter: dict[str, Any] = {"matter": {"respondent": person, NAME: 1}, "notice": {"told_to": "慕容筱"}, "officer": "令狐铮"}
    with city.log.listening():
        for body in (matter, {"matter": {**matter["matter"], "respondent": good}}, {NAME: NAME}, [NAME]):
            assert city.post(CASES, body, SENDER).status in (400, 422)
            assert city.post(f"{CASES}/{case.id}/serve-decision", body, SENDER, seen=1).status in (400, 403, 422)
        broken = f'{{"matter": "{NAME}", "respondent": {NUMBER},,}}'.encode()
        token = city.token(SENDER, 2)
        assert city.ask("POST", CASES, token, data=broken, headers={"Content-Type": "application/json"}).status == 400
        plain = city.ask("POST", CASES, token, data=NAME.encode("gb18030"), headers={"Content-Type": "text/plain"})
        assert plain.status == 415
        for search in ({"respondent": NAME}, {"respondent": NUMBER, "text": "擅搭"}, {"filters": {"respondent": NAME}},
                       {NAME: 1}):
            city.post(f"{CASES}/search", search, SENDER)
        for path in (f"{CASES}/{NUMBER}", f"{CASES}/{NUMBER}/accept", f"/api/desk/accounts/{NUMBER}/unlock"):
            city.ask("POST" if path[-1].isalpha() else "GET", path, city.token(SENDER, 2), json={}, kept=False)
        held = {"document": "荣司保〔2025〕1号", "issued_by": "justice", "issued_on": city.today.isoformat(),
                "reason": "复议需要", "person": {"name": NAME, "number": NUMBER}}
        assert city.post("/api/sharing/holds", held, JUSTICE).status == 201
        asked = {"name": NAME, "number": NUMBER, "application": "申请1号"}
        assert len(city.post("/api/transfer/persons/export", asked, SENDER).data["items"]) == 1
        city.post("/api/transfer/persons/export", {**asked, "application": ""}, SENDER)
        stuck(city, case)
        city.suite.catch_up()
    return city


def stuck(city: City, case: Case) -> None:
    """A case whose row can't be read, so that the answer is an error with a stack trace."""
    db = city.suite.offices["transfer"].db
    with db.write() as tx:
        doc = tx.execute(sa.text("select doc from transfer where id = :id"), {"id": case.id}).scalar_one()
        tx.execute(sa.text("update transfer set doc = replace(doc, 'legs', 'gels') where id = :id"), {"id": case.id})
    try:
        assert city.get(f"{CASES}/{case.id}", SENDER).status == 500
    finally:
        with db.write() as tx:
            tx.execute(sa.text("update transfer set doc = :doc where id = :id"), {"id": case.id, "doc": doc})


def rows(city: City, service: str) -> Iterator[tuple[str, str]]:
    """(table, text of a row) of everything in a service's database. An index without content can't be read: what it
    holds is read in the tables below it."""
    with city.suite.offices[service].db.read() as tx:
        for table in set(sa.inspect(tx).get_table_names()) - {"record_words"}:
            for row in tx.execute(sa.text(f'select * from "{table}"')):
                yield table, " ".join(map(str, row))


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_holds_a_citizen_in_the_clear_nor_an_official_outside_the_case(
        troubled: City, case: Case, service: str) -> None:
    for table, text in rows(troubled, service):
        assert not leaks(CITIZEN, text), table
        assert table in HOLD_ACTS or not leaks(OFFICIALS, text), table
        assert table in HOLD_WORDS or not leaks(SAID, text), table


def test_the_case_and_the_whole_act_hold_them_sealed_and_open_for_who_may_see(city: City, case: Case) -> None:
    office = city.suite.offices["transfer"]
    kept = {table for table, text in rows(city, "transfer") if '"cipher":"aes256gcm:' in text}
    assert kept == {"transfer", "journal_detail"}
    seen = city.get(f"{CASES}/{case.id}", SENDER).text
    assert leaks(CITIZEN, seen) == CITIZEN
    with office.db.read() as tx:
        first = office.journal.of_stream(tx, case.id)[0]
        assert office.journal.detail(tx, first.position)


@pytest.mark.parametrize("service", SERVICES)
def test_no_event_that_is_published_names_a_person_or_says_what_was_said(
        troubled: City, case: Case, service: str) -> None:
    office = troubled.suite.offices[service]
    with office.db.read() as tx:
        bodies = [entry.body for entry in office.journal.feed(tx, 0, 100_000)]
    names = {word for account in troubled.accounts.values() for word in (account.name, account.login)}
    assert bodies
    for body in bodies:
        assert not leaks(CITIZEN | OFFICIALS | SAID, body)
        assert not leaks(names, body)


def test_what_is_logged_names_nobody(troubled: City, case: Case) -> None:
    assert len(troubled.log.lines) > 40 and any("Traceback" in line for line in troubled.log.lines)
    for line in troubled.log.lines:
        assert not leaks(CITIZEN | OFFICIALS | SAID, line), line


def test_urls_headers_and_metrics_name_nobody(troubled: City, case: Case) -> None:
    headers = [str(answer.headers) for answer in troubled.answers]
    for text in (*troubled.requests, *headers, troubled.ask("GET", "/metrics").text):
        assert not leaks(CITIZEN | OFFICIALS | SAID, text)


def test_a_problem_does_not_say_again_what_was_wrong_with_a_person(troubled: City, case: Case) -> None:
    """Unknown fields are named by where they stand, and that is the client's own word."""
    problems = [answer for answer in troubled.answers if answer.status >= 400 and answer.data]
    assert {answer.status for answer in problems} >= {400, 403, 415, 422, 500}
    for answer in problems:
        assert not leaks((CITIZEN | OFFICIALS | SAID) - {NAME}, answer.text)
        for refusal in answer.data["refusals"]:
            assert NAME not in str(refusal["values"])
            assert NAME not in refusal["detail"] or refusal["code"] == "FIELD_UNKNOWN"


@pytest.mark.parametrize("name", ["respondent", "text"])
def test_what_is_searched_for_is_no_filter_in_a_url(city: City, case: Case, name: str) -> None:
    answer = city.ask("GET", CASES, city.token(SENDER), query_string={name: "某甲"})
    assert (answer.status, answer.codes) == (400, ["UNKNOWN_FILTER"])
    assert city.post(f"{CASES}/search", {name: "某甲"}, SENDER).status == 200


def test_every_read_of_the_case_is_in_the_access_log(city: City, case: Case) -> None:
    def read() -> int:
        with city.suite.offices["transfer"].db.read() as tx:
            return int(tx.execute(sa.text("select count(*) from access_log where kind = 'read' and agency = :agency"),
                                  {"agency": JUSTICE}).scalar_one())
    for number, path in enumerate(("", "/events", "/materials", "/materials/1"), 1):
        before = read()
        assert city.get(f"{CASES}/{case.id}{path}", JUSTICE).status == 200
        assert read() == before + 1, (number, path)


def test_an_agency_is_not_told_where_else_a_person_serves(city: City, case: Case) -> None:
    office = city.suite.offices["desk"]
    acts = office.acts["accounts"]
    person = acts.do("open-account", OpenAccount("serves.two", Personal("某人"), STRANGER), THE_SUITE, Request()).case_id
    first = acts.do("appoint", Appoint("officer", FIRST), THE_SUITE, Request(person)).answer["facts"]["appointment"]
    acts.do("appoint", Appoint("leader", SECOND), THE_SUITE, Request(person))
    acts.do("end-appointment", EndAppointment(first, "调离"), THE_SUITE, Request(person))
    with office.db.read() as tx:
        told = {agency: [entry.data["employer"] for entry in office.journal.of_stream(tx, person, agency=agency)
                         if "employer" in entry.data] for agency in (STRANGER, FIRST, SECOND)}
    assert told == {STRANGER: [FIRST, SECOND, FIRST], FIRST: [FIRST, FIRST], SECOND: [SECOND]}


def test_the_log_shows_no_database_rows_at_any_level() -> None:
    """SQLAlchemy would tell every row it reads, were its own level not above the root's."""
    assert logging.getLogger("sqlalchemy.engine").getEffectiveLevel() >= logging.WARNING
