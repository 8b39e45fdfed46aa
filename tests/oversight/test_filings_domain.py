"""Filings: who may register or return one, what is refused, what is told. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.oversight.filings.domain import CHAPTER, Filing, ReceiveFiling, RegisterFiling, ReturnFiling, told
from shared.acts.doing import perform
from shared.acts.model import THE_SUITE, Context, Outcome, Rank, Viewer
from shared.contracts.register import register_of
from shared.kernel.errors import Refused
from shared.rulebook.model import Rulebook
from tests.oversight.told import AGENCIES

NOW = datetime(2025, 9, 29, 1, tzinfo=UTC)
CODES = {"filing_return_reasons": {"incomplete": "材料不齐"}}
RECEIVED = ReceiveFiling("closing_report", "transfer", "case-1", 1, "荣综执结字〔2025〕第1号", "zonghe", date(2025, 9, 26))
RETURN = ReturnFiling("incomplete", "缺少处罚决定书", ("处罚决定书",))
REGISTER = RegisterFiling("荣司备〔2025〕1号")
JUSTICE = Viewer("sifa", Rank.OFFICER)


def context(viewer: Viewer) -> Context:
    return Context(NOW, date(2025, 9, 29), NOW, Rulebook(codes=CODES), register_of(AGENCIES), viewer)


def do(act: str, command: Any, viewer: Viewer = JUSTICE, case: Filing | None = None) -> Outcome[Filing]:
    return perform(CHAPTER.act(act), case, command, context(viewer), CHAPTER.states)


def filing() -> Filing:
    return do("receive", RECEIVED, THE_SUITE).case


def refused(act: str, command: Any, viewer: Viewer = JUSTICE, case: Filing | None = None) -> list[str]:
    with pytest.raises(Refused) as caught:
        do(act, command, viewer, case)
    return [refusal.code for refusal in caught.value.refusals]


def test_what_was_delivered_waits_for_justice() -> None:
    outcome = do("receive", RECEIVED, THE_SUITE)
    assert (outcome.event, outcome.state) == ("filing_received", "received")
    assert outcome.facts["case"] == "case-1"
    assert told(None, outcome.case, outcome.event, context(THE_SUITE)) == {"zonghe", "sifa", "zhengfuban"}


def test_justice_registers_it_under_a_number_and_a_date() -> None:
    outcome = do("register", REGISTER, case=filing())
    assert (outcome.state, outcome.case.registered_on) == ("registered", date(2025, 9, 29))
    assert outcome.facts["filing_number"] == "荣司备〔2025〕1号"


def test_justice_returns_it_with_what_lacks_and_the_event_names_case_and_report() -> None:
    outcome = do("return", RETURN, case=filing())
    assert (outcome.event, outcome.state) == ("filing_returned", "returned")
    assert {name: outcome.facts[name] for name in ("chapter", "case", "report", "ground", "lacks")} == {
        "chapter": "transfer", "case": "case-1", "report": 1, "ground": "incomplete", "lacks": 1}


@pytest.mark.parametrize(("act", "command", "codes"), [
    ("register", RegisterFiling(""), ["NO_FILING_NUMBER"]),
    ("return", ReturnFiling("mood", "", ()), ["UNKNOWN_GROUND", "NO_REASON", "NOTHING_LACKS"]),
    ("return", replace(RETURN, lacks=()), ["NOTHING_LACKS"]),
])
def test_all_that_lacks_is_told_at_once(act: str, command: Any, codes: list[str]) -> None:
    assert refused(act, command, case=filing()) == codes


@pytest.mark.parametrize("act", ["register", "return"])
@pytest.mark.parametrize("before", ["register", "return"])
def test_a_filing_is_settled_once(before: str, act: str) -> None:
    commands: dict[str, Any] = {"register": REGISTER, "return": RETURN}
    settled = do(before, commands[before], case=filing()).case
    assert refused(act, commands[act], case=settled) == ["WRONG_STATE"]


@pytest.mark.parametrize("agency", ["zonghe", "zhujian", "zhengfuban", "jijian", "nobody"])
def test_nobody_but_justice_registers_or_returns(agency: str) -> None:
    for act, command in (("register", REGISTER), ("return", RETURN)):
        assert refused(act, command, Viewer(agency, Rank.CHIEF), filing()) == ["WRONG_PARTY"]


def test_only_the_suite_opens_a_filing() -> None:
    for agency in AGENCIES:
        assert refused("receive", RECEIVED, Viewer(agency.code, Rank.CHIEF)) == ["WRONG_PARTY"]
