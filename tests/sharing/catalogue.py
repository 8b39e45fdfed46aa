"""A small city in which agencies publish their catalogues over HTTP."""

from collections.abc import Sequence, Set
from functools import cache
from typing import Any

import yaml

from services.sharing.api import make
from services.sharing.domain import PublishRulebook, RegisterAgency
from services.sharing.office import SPEC
from services.sharing.schemas import RegisterSchema
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.kernel.settings import CITIES
from tests.offices import Answer, MakeOffice, People

CITY = CITIES / "rongcheng"
PATH = "/api/sharing/catalogue"
FEW = frozenset({"sifa", "zhengfuban", "zhujian", "zonghe", "yatou"})
MORE = FEW | {"jijian", "haoyunjiao"}           # one that is entrusted among them
ENTRY: dict[str, Any] = {
    "title": "占道经营行政处罚案件", "category": "dynamics", "description": "立案、处罚决定和执行情况",
    "columns": [{"name": "决定文号"}], "ways": ["records"], "rhythm": "monthly", "office": "法制科"}


def small_city(make_office: MakeOffice, text: str = "", agencies: Set[str] = FEW) -> Office:
    """The office with the sample city's rulebook (or another text of it) and a few of its agencies."""
    office = make_office(SPEC)
    text = text or (CITY / "rulebook.yaml").read_text("utf-8")
    office.acts["rulebooks"].do("publish", PublishRulebook(text), THE_SUITE, Request())
    for code, command in _registered():
        if code in agencies:
            office.acts["agencies"].do("register", command, THE_SUITE, Request())
    return office


@cache
def _registered() -> Sequence[tuple[str, RegisterAgency]]:
    """What the sample city registers, by the agency's code."""
    rows = yaml.load((CITY / "sample" / "agencies.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return [(row["code"], RegisterSchema().load(row).command) for row in rows]


def of(office: Office) -> People:
    return People(make(office), office)


def publish(people: People, agency: str, data_on: str, **said: Any) -> Answer:
    """An entry of the agency; it is published."""
    answer = people.post(PATH, {"entry": {**ENTRY, **said}, "data_on": data_on}, agency, 1)
    assert answer.status == 201, answer.data
    return answer


def titles(answer: Answer) -> list[str]:
    """What was found, in no order: entries of one instant have none."""
    assert answer.status == 200, answer.data
    return sorted(item["title"] for item in answer.data["items"])
