"""Supervision (督查) of the matrix and of the routes: of a deadline that oversight has heard was let pass."""

import itertools
from dataclasses import replace
from datetime import timedelta

from services.oversight.office import FOLLOWS
from tests.oversight.told import deadline, deadline_event
from tests.permissions.city import JUSTICE, City

KEY = ("oversight", "supervision")
BASE = "/api/oversight/supervision"
SEATS = {"issuer": "nongye", "custodian": "weijian"}      # in truth the issuer is justice or the government office
_NUMBERS = itertools.count(1)


def issued(city: City, target: str) -> str:
    """The id of one that justice has issued and the target has to answer."""
    id = f"missed-{next(_NUMBERS)}"
    late = deadline(id, city.today - timedelta(days=3), bound=target, case=f"case-{id}", breached_generation=1)
    oversight = city.suite.offices["oversight"]
    with oversight.db.write() as tx:
        heard = replace(deadline_event(late, "breached"), epoch="e", position=1, body=id)
        FOLLOWS["transfer"](oversight)[heard.name](tx, heard)
    body = {"kind": "reminder", "target": target, "deadlines": [f"transfer/{id}"], "says": "请即办理",
            "answer_by": (city.today + timedelta(days=30)).isoformat()}
    answer = city.post(BASE, body, JUSTICE)
    assert answer.status == 201, answer.text
    return str(answer.data["id"])


def closed(city: City, target: str) -> str:
    """The id of one that was answered and closed."""
    id = issued(city, target)
    for seen, (act, body, agency) in enumerate((("answer", {"says": "已办"}, target),
                                                ("close", {"result": "已办"}, JUSTICE)), 1):
        answer = city.post(f"{BASE}/{id}/{act}", body, agency, seen=seen)
        assert answer.status == 200, answer.text
    return id
