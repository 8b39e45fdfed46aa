"""What a former party of a case can list, filter by and read, cell by cell, on both back ends: asked when it has left
and again after every later act, nothing has changed."""

from collections.abc import Callable
from typing import Any

import pytest

from services.transfer.states import STATES
from shared.deadlines.rules import GREEN, RED, YELLOW
from tests.situations.city import PLAIN
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]

FILTERS = (*({"state": state} for state in STATES), *({"receiver": agency} for agency in ("zhzf", "scjg")),
           {"sender": "zjj"}, {"cause": PLAIN}, *({"light": light} for light in (GREEN, YELLOW, RED, "met")),
           *({"part": part} for part in ("sender", "receiver", "ruler", "interim_holder", "referrer", "police")),
           {"text": "占道堆放"}, {"respondent": "示例建设有限公司"}, {"letter_number": "荣住建移字〔2025〕第2号"})


def cells(played: Played, agency: str) -> dict[str, Any]:
    """Everything that an agency can ask of the case, by how it is asked."""
    who, reads = someone(agency), played.reads
    found = {str(asked): [item["id"] for item in reads.page(who, asked, 10).items] for asked in FILTERS}
    return {**found, "row": reads.page(who, {}, 10).items, "history": reads.history(played.id, who, 200).items,
            "deadlines": reads.deadlines(played.id, who), "view": reads.view(played.id, who)}


def rerouted(played: Played) -> str:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refuse", "sign-return"):
        played.do(act)
    played.do("reroute", days=1)
    return "zhzf"


def ruled_away(played: Played) -> str:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "dispute", "state-view"):
        played.do(act)
    played.do("rule", days=1, outcome="third", receiver="scjg")
    return "zhzf"


def called_only(played: Played) -> str:
    for act in ("phone", "respond", "add-material"):
        played.do(act)
    played.do("announce", days=1, notice={"receiver": "scjg", "way": "phone", "told_to": "市场监管局值班室"})
    return "zhzf"


WITH_THE_NEXT = ("issue-letter", "deliver", "sign-receipt", "accept", "file-case", "record-decision", "serve-decision",
                 "close", "report-closure")


@pytest.mark.parametrize("leave", [rerouted, ruled_away, called_only])
def test_no_cell_that_a_former_receiver_can_ask_for_changes_with_what_comes_after(
        played: Played, leave: Callable[[Played], str]) -> None:
    former = leave(played)
    left = cells(played, former)
    assert {name for name, found in left.items() if found == [played.id]} >= {str({"part": "receiver"})}
    assert not any(found for name, found in left.items() if name.startswith("{") and "'part'" not in name)
    for act in WITH_THE_NEXT:
        played.do(act, days=1)
        assert cells(played, former) == left, act
    now = cells(played, "scjg")
    assert all(now[str(asked)] == [played.id] for asked in (
        {"state": "reported"}, {"receiver": "scjg"}, {"sender": "zjj"}, {"cause": PLAIN}, {"text": "占道堆放"}))
    assert now["view"]["revision"] > left["view"]["revision"] and now["row"][0]["last_on"] > left["row"][0]["last_on"]


def test_no_cell_that_the_police_can_ask_for_changes_once_they_have_given_the_case_back(played: Played) -> None:
    for act in ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refer-criminal",
                "deliver-criminal"):
        played.do(act)
    assert cells(played, "gongan")[str({"state": "criminal"})] == [played.id]
    played.do("return-criminal", days=1)
    left = cells(played, "gongan")
    assert {name for name, found in left.items() if found == [played.id]} == {str({"part": "police"})}
    for act in ("accept", "file-case", "record-decision", "serve-decision", "close", "report-closure"):
        played.do(act, days=1)
        assert cells(played, "gongan") == left, act
