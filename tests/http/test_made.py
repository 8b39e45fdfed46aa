"""One schema serves all threads: whoever loads what with it at once, each gets the answer of its own body."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from marshmallow import Schema

from services.collab.schemas import SCHEMAS as COLLAB
from services.transfer.schemas import SCHEMAS as TRANSFER
from shared.forms.schemas import Loaded
from shared.http import bodies
from shared.kernel.errors import Refused
from tests.plans import bodies as plans
from tests.served import SINCE

THREADS, TIMES = 8, 30
OFFICER = {"name": "令狐铮", "licence": "SD990417", "phone": "0631-7990417"}
MATTER = {"cause": "road_occupation", "accepted_on": "2025-03-03", "facts": "擅搭棚屋一处", "provisions": ["条例第十四条"],
          "respondent": {"kind": "unit", "name": "示例商贸"}, "ground": "not_competent", "basis": "行政处罚法第二十二条"}
ANNOUNCED: dict[str, Any] = {"matter": MATTER, "officer": OFFICER,
                             "notice": {"receiver": "zonghe", "way": "phone", "told_to": "慕容筱"}}
DRAFTED = plans.draft("collab", SINCE)


def asked(good: dict[str, Any], inner: str) -> list[dict[str, Any]]:
    """A good body, and bodies that are wrong at other depths each."""
    within = good[inner]
    return [good, {}, {**good, "externl_ref": 1}, {**good, inner: {**within, "nmae": 1}}, {**good, inner: 3},
            {**good, "happened_on": "昨天"}, {**good, "happened_on": "2025-03-04", "origin": {"kind": "desk"}}]


def told(schema: Schema, body: dict[str, Any]) -> Any:
    try:
        return bodies.load(schema, body)
    except Refused as refused:
        return [(each.code, each.where, each.zh, each.values) for each in refused.refusals]


def kept(schema: Schema) -> list[dict[str, Any]]:
    """What the schema holds now, and each of its fields."""
    return [{name: value.copy() if isinstance(value, dict | set | list) else value
             for name, value in vars(each).items()} for each in (schema, *schema.fields.values())]


@pytest.mark.parametrize("schema, good, inner", [
    (TRANSFER["announce"], ANNOUNCED, "matter"), (COLLAB["draft"], DRAFTED, "content"),
], ids=["announce", "draft"])
def test_threads_that_load_good_and_bad_bodies_at_once_get_each_its_own_answer(
        schema: type[Schema], good: dict[str, Any], inner: str) -> None:
    wanted = [(body, told(schema(), body)) for body in asked(good, inner)]
    answers = [answer for _, answer in wanted]
    assert isinstance(answers[0], Loaded) and isinstance(answers[2], list)
    assert all(answers.count(answer) == 1 for answer in answers), "by its answer each body is known"
    bodies.made.cache_clear()           # as after a start: what a schema makes of itself once, several make at once
    together = Barrier(THREADS)

    def load(first: int) -> list[bool]:
        together.wait()
        turns = [wanted[(first + number) % len(wanted)] for number in range(TIMES)]
        return [told(bodies.made(schema), body) == answer for body, answer in turns]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)         # a thread gives way in the middle of a load
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            own = list(pool.map(load, range(THREADS)))
    finally:
        sys.setswitchinterval(interval)
    assert own == [[True] * TIMES] * THREADS
    shared = bodies.made(schema)
    assert told(shared, good) == answers[0]
    before = kept(shared)
    for body, answer in wanted:
        assert (told(shared, body), kept(shared)) == (answer, before), "nothing is left for the next request"
