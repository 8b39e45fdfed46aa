"""Every route of every service: who gets in at all, and that a case of others answers as one that does not exist."""

import itertools
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from liandong.places import SERVICES
from liandong.suite import app_of
from services.desk.domain import Appoint, EndAppointment, NoContent, OpenAccount
from shared.access.tokens import PASSWORD_ONLY
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.permissions import (
    accountability,
    clients,
    conferences,
    holds,
    plans,
    queries,
    subscriptions,
    supervision,
    task_reports,
    tips,
)
from tests.permissions import city as told
from tests.permissions.city import (
    DISCIPLINE,
    FIRST,
    JUSTICE,
    OFFICE,
    SECOND,
    SENDER,
    STRANGER,
    THIRD,
    Answer,
    Case,
    City,
)
from tests.permissions.making import delivered

PUBLIC, FEED, SIGNED_IN, OWN_PASSWORD, CASE = "公开", "事件流", "登录", "本人密码", "案卷"
STRANGERS = {"transfer": (STRANGER, DISCIPLINE), "oversight": (STRANGER, DISCIPLINE),
             "oversight/task-reports": (STRANGER, SENDER, DISCIPLINE),
             "oversight/supervision": (STRANGER, SENDER, DISCIPLINE),
             "oversight/conferences": (STRANGER, SENDER, THIRD, DISCIPLINE),
             "oversight/accountability": (STRANGER, SENDER, OFFICE),
             "desk": (STRANGER, FIRST, DISCIPLINE), "desk/clients": (STRANGER, FIRST, DISCIPLINE),
             "collab": (STRANGER, SENDER, DISCIPLINE), "joint": (STRANGER, SENDER, DISCIPLINE),
             "sharing/tips": (STRANGER, DISCIPLINE), "sharing/holds": (STRANGER, JUSTICE, OFFICE),
             "sharing/queries": (STRANGER, queries.PASSED_BY, DISCIPLINE),
             "sharing/records": (STRANGER, DISCIPLINE), "sharing/subscriptions": (STRANGER, DISCIPLINE)}
SEERS = {"transfer": (SENDER, THIRD, JUSTICE, OFFICE, FIRST, SECOND), "oversight": (THIRD, JUSTICE, OFFICE),
         "oversight/task-reports": (THIRD, JUSTICE, OFFICE),
         "oversight/supervision": (THIRD, JUSTICE, OFFICE),
         "oversight/conferences": (JUSTICE, OFFICE),
         "oversight/accountability": (THIRD, JUSTICE, DISCIPLINE),
         "desk": (SENDER, JUSTICE, OFFICE), "desk/clients": (SENDER, JUSTICE, OFFICE),
         **dict.fromkeys(plans.PLANS, (plans.LEAD, plans.HELPER, plans.RELATED, JUSTICE, OFFICE)),
         "sharing/tips": (tips.SHARER, tips.CLAIMER), "sharing/holds": (DISCIPLINE,),
         "sharing/queries": (queries.HOLDER, JUSTICE, OFFICE),
         "sharing/records": (FIRST, JUSTICE, OFFICE),
         "sharing/subscriptions": (FIRST, JUSTICE, OFFICE)}
QUERIES = {"/compare": "?from=1&to=1"}
NOWHERE = "01955984-0000-7000-8000-000000000000"


@cache
def table() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "routes.yaml").read_text("utf-8"))
    return loaded


def routes(*kinds: str) -> list[Any]:
    return [pytest.param(service, route, id=route) for service, rows in table().items()
            for kind, found in rows.items() if kind in kinds for route in found]


CLOSED = [*routes(FEED, SIGNED_IN, OWN_PASSWORD, CASE)]


def path_of(route: str, case_id: str = NOWHERE) -> tuple[str, str]:
    """Method and path of a route, with a case's id in its place."""
    method, path = route.split(" ", 1)
    query = next((query for end, query in QUERIES.items() if path.endswith(end)), "")
    return method, path.replace("<case_id>", case_id).replace("<int:number>", "1") + query


def kept_in(service: str, route: str) -> str:
    """Where a route's case stands in STRANGERS, SEERS and `ids`: its service, or of one with several chapters its
    path."""
    chapter = f"{service}/{route.split('/')[3]}"
    return chapter if chapter in STRANGERS else service


def same(answer: Answer) -> tuple[Any, ...]:
    """An answer without what is different in any two."""
    body = {key: value for key, value in (answer.data or {}).items() if key != "request"}
    headers = {key: value for key, value in answer.headers.items() if key not in ("X-Request-Id", "Content-Length")}
    return answer.status, body, headers


@pytest.fixture(scope="session")
def ids(city: City, case: Case, planned: dict[str, Case], queried: tuple[Case, Case], tipped: Case) -> dict[str, str]:
    """A case of each service that STRANGER has no part in."""
    filings = city.get("/api/oversight/filings", JUSTICE).data["items"]
    filing = next(each["id"] for each in filings if each["service"] == "transfer")
    return {"transfer": case.id, "oversight": filing, "desk": city.accounts[SENDER, 1].person,
            "desk/clients": clients.registered(city, SENDER),
            **{service: plan.id for service, plan in planned.items()}, "sharing/queries": queried[1].id,
            "sharing/tips": tipped.id, "oversight/task-reports": task_reports.delivered(city, THIRD),
            "oversight/supervision": supervision.issued(city, THIRD),
            "oversight/conferences": conferences.due(city),
            "oversight/accountability": accountability.reported(city, THIRD),
            "sharing/holds": holds.placed(city), "sharing/records": delivered(city),
            "sharing/subscriptions": subscriptions.opened(city)}


def test_the_table_has_every_route_and_nothing_more(city: City) -> None:
    for service in SERVICES:
        there = {f"{method} {rule.rule}" for rule in app_of(city.suite.offices[service]).url_map.iter_rules()
                 for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
        assert sorted(there) == sorted(route for found in table()[service].values() for route in found)


@pytest.mark.parametrize(("service", "route"), routes(PUBLIC))
def test_what_is_public_asks_for_no_token(city: City, service: str, route: str) -> None:
    method, path = path_of(route)
    assert city.ask(method, path).status == (200 if method == "GET" else 422)


@pytest.mark.parametrize(("service", "route"), CLOSED)
def test_without_a_good_token_every_route_answers_401(city: City, case: Case, service: str, route: str) -> None:
    method, path = path_of(route, case.id)
    now = city.clock.now()
    for token in ("", "x.y.z", city.token(JUSTICE, 2)[:-4], city.token(JUSTICE, 2, signed_by="transfer"),
                  city.token(JUSTICE, 2, expires_at=now), city.token(JUSTICE, 2, issued_at=now + timedelta(hours=1))):
        answer = city.ask(method, path, token)
        assert answer.status == 401 and answer.data["type"].startswith("urn:liandong:problem:TOKEN_"), answer.text


@pytest.mark.parametrize(("service", "route"), CLOSED)
def test_a_service_token_opens_feeds_and_nothing_else(city: City, case: Case, service: str, route: str) -> None:
    method, path = path_of(route, case.id)
    answer = city.ask(method, path, city.suite.offices["oversight"].access.service_token())
    assert answer.status == (200 if path.endswith("/feed") else 403), answer.text


@pytest.mark.parametrize(("service", "route"), CLOSED)
def test_who_has_not_set_an_own_password_can_do_that_only(city: City, case: Case, service: str, route: str) -> None:
    method, path = path_of(route, case.id)
    answer = city.ask(method, path, city.token(JUSTICE, 2, scope=frozenset({PASSWORD_ONLY})))
    if route in table()["desk"][OWN_PASSWORD]:
        assert answer.status in (200, 422)
    else:
        assert (answer.status, answer.codes) == (403, ["PASSWORD_FIRST"])


@pytest.mark.parametrize(("service", "route"), CLOSED)
def test_an_ended_appointment_opens_nothing(city: City, gone: dict[str, str], service: str, route: str) -> None:
    method, path = path_of(route)
    for token in gone.values():
        assert city.ask(method, path, token).codes == ["TOKEN_BAD"]


@pytest.fixture(scope="session")
def gone(city: City, case: Case) -> dict[str, str]:
    """Tokens given before an appointment ended, and before a password was changed."""
    acts = city.suite.offices["desk"].acts["accounts"]
    tokens = {}
    for what in ("ended", "changed"):
        command = OpenAccount(f"gone.{what}", Personal("某人"), JUSTICE)
        person = acts.do("open-account", command, THE_SUITE, Request()).case_id
        held = acts.do("appoint", Appoint("leader", JUSTICE), THE_SUITE, Request(person)).answer["facts"]["appointment"]
        tokens[what] = city.token(JUSTICE, 2, subject=person, appointment=held)
        city.suite.catch_up()
        assert city.ask("GET", f"{told.CASES}/{case.id}", tokens[what]).status == 200
        city.clock.advance(seconds=1)
        if what == "ended":
            acts.do("end-appointment", EndAppointment(held, "调离"), THE_SUITE, Request(person))
        else:
            acts.do("reset-password", NoContent(), THE_SUITE, Request(person))
    city.suite.catch_up()
    return tokens


@pytest.mark.parametrize(("service", "route"), routes(CASE))
def test_a_case_of_others_answers_as_one_that_does_not_exist(
        city: City, ids: dict[str, str], service: str, route: str) -> None:
    """Whatever is sent along; the same words, the same headers."""
    bodies: list[dict[str, Any]] = [{}]
    if not route.startswith("GET"):
        bodies += [{"json": {"nothing": 1}}, {"seen": 3}, {"json": {"happened_on": "2025-03-03"}}]
    for agency, rank, more in itertools.product(STRANGERS[kept_in(service, route)], (1, 2), bodies):
        there, nowhere = (city.ask(*path_of(route, id), city.token(agency, rank), **more)
                          for id in (ids[kept_in(service, route)], NOWHERE))
        assert same(there) == same(nowhere)
        assert there.codes == ["NOT_VISIBLE"] or ("json" in more and route.endswith("/reset-password")), there.text


@pytest.mark.parametrize("agency", [SENDER, FIRST, SECOND, THIRD, STRANGER, DISCIPLINE, OFFICE, JUSTICE])
@pytest.mark.parametrize("id", [NOWHERE, "x", "%00", "..", "a" * 65, "钟离", "%C0%80"])
def test_an_id_that_no_case_has_is_not_there_for_anyone(city: City, agency: str, id: str) -> None:
    every = ("", "/events", "/deadlines", "/materials", "/materials/1")
    of_plans = (*every, "/tasks", "/versions", "/versions/compare?from=1&to=1")
    for base, paths in ((told.CASES, every), (plans.base("collab"), (*of_plans, "/responsibility")),
                        (plans.base("joint"), of_plans)):
        for path in paths:
            answer = city.ask("GET", f"{base}/{id}{path}", city.token(agency))
            assert answer.status == 404, answer.text
        assert city.post(f"{base}/{id}/materials", {}, agency).status == 404


@pytest.mark.parametrize(("service", "route"), [
    each for each in routes(CASE) if "<int:number>" in each.values[1] or each.values[1].startswith("GET")
    if "<record>" not in each.values[1]])               # read by those alone to whom it was given: test_query_given.py
def test_who_sees_a_case_can_open_its_pages(city: City, ids: dict[str, str], service: str, route: str) -> None:
    key = kept_in(service, route)
    for agency in SEERS[key]:
        assert city.ask(*path_of(route, ids[key]), city.token(agency)).status == 200, agency
