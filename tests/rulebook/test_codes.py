"""Code lists: every list has a name, every schema's code a list, every list a user; what is out of use is read only."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.collab import refusals as collab
from services.joint import refusals as joint
from services.oversight.accountability import domain as accountability
from services.oversight.conferences.domain import case as conference_case
from services.oversight.filings import domain as filings
from services.oversight.supervision.domain import case as supervision_case
from services.sharing.queries import refusals as query_refusals
from services.sharing.tips import refusals as tip_refusals
from services.transfer import refusals as transfer
from shared.acts import corrections
from shared.acts.codes import listed, listed_on
from shared.acts.model import Context, Rank, Viewer, coded
from shared.contracts.register import Register
from shared.kernel.errors import Refusal
from shared.plans import refusals_running
from shared.rulebook.codes import lists_of
from shared.rulebook.loader import RulebookErrors, load
from shared.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "deploy" / "cities" / "rongcheng" / "rulebook.yaml").read_text("utf-8")
# Lists that no schema names: an act, a view or the rulebook itself reads them, or who reads them is still to come.
READ_ELSEWHERE = {
    "rights": "their titles stand in the refusals of 4", "filing_kinds": "told by the suite's own act receive",
    "grounds:transfer.dispute.": "asked by the act dispute", "grounds:sharing.": "asked by the acts on queries",
}
REFUSING = (accountability, conference_case, filings, supervision_case, transfer, collab, joint, refusals_running,
            query_refusals, tip_refusals, corrections)
NO_CAUSE = Refusal("UNKNOWN_CAUSE", "应当写明案由。", "The cause is required.", "annex 1", where="matter.cause")


@pytest.fixture(scope="module")
def city() -> Rulebook:
    return load(TEXT)


def named(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every code list that a document names, and where."""
    if isinstance(node, dict):
        if "x-codes" in node:
            yield node["x-codes"], place
        for key, value in node.items():
            yield from named(value, f"{place}.{key}")
    elif isinstance(node, list):
        for each in node:
            yield from named(each, place)


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    """List -> one place that names it, in the documents of every service."""
    files = sorted((ROOT / "docs" / "generated" / "openapi").glob("*.json"))
    return {name: place for file in files for name, place in named(json.loads(file.read_text("utf-8")), file.stem)}


def test_every_field_that_takes_a_code_names_a_list_that_the_rulebook_has(city: Rulebook, used: dict[str, str]) -> None:
    assert {place: name for name, place in used.items() if name not in lists_of(city)} == {}


def test_every_list_has_a_user_and_none_is_excused_in_vain(city: Rulebook, used: dict[str, str]) -> None:
    assert lists_of(city).keys() - used.keys() == READ_ELSEWHERE.keys()


def test_every_list_and_every_code_has_a_chinese_title(city: Rulebook) -> None:
    lists = lists_of(city)
    assert [name for name, each in lists.items() if each.title == name] == []
    codes = [code for each in lists.values() for code in each.codes]
    assert [code for code in codes if not any(sign >= "一" for sign in code["title"])] == []


def parted(**days: str) -> Rulebook:
    said = ", ".join(f"{name}: {day}" for name, day in days.items())
    return load(TEXT.replace("    dust: 扬尘污染\n", f"    dust: {{title: 扬尘污染, {said}}}\n"))


@pytest.mark.parametrize(("day", "holds"), [
    (date(2024, 6, 30), False), (date(2024, 7, 1), True), (date(2024, 12, 31), True), (date(2025, 1, 1), False)])
def test_a_code_is_newly_used_on_its_days_only_and_read_for_ever(day: date, holds: bool) -> None:
    law = parted(**{"from": "2024-07-01", "until": "2024-12-31"})
    assert law.has_code("causes", "dust", day) is holds
    assert law.list_of("causes")["dust"] == "扬尘污染"
    told = next(code for code in lists_of(law)["causes"].codes if code["code"] == "dust")
    assert told == {"code": "dust", "title": "扬尘污染", "from": "2024-07-01", "until": "2024-12-31"}


def test_the_refusal_of_a_code_names_it_its_list_its_place_and_its_article(city: Rulebook) -> None:
    day = date(2025, 6, 9)
    assert listed_on(city, "causes", "dust", day, NO_CAUSE) == (True, NO_CAUSE)
    assert listed_on(city, "causes", "", day, NO_CAUSE) == (False, NO_CAUSE), "nothing given: its own words"
    holds, refusal = listed_on(city, "causes", "gossip", day, NO_CAUSE)
    assert not holds
    assert refusal == replace(refusal, code="UNKNOWN_CAUSE", article="annex 1", where="matter.cause", status=422)
    assert refusal.zh == ("「gossip」不在代码表「案由」（causes）中，可以使用的代码见 GET /api/sharing/codes/causes。"
                          "应当写明案由。")
    assert "GET /api/sharing/codes/causes" in refusal.en
    assert refusal.values == {"code": "gossip", "list": "causes"}
    retired = listed_on(parted(until="2024-12-31"), "causes", "dust", day, NO_CAUSE)[1]
    assert retired.zh == ("「dust」扬尘污染已停用或者尚未启用，可以使用的代码见 GET /api/sharing/codes/causes。"
                          "应当写明案由。")


def test_a_short_list_is_told_whole_with_its_titles_but_for_what_may_not_be_used_that_day(city: Rulebook) -> None:
    def refused(list_: str, law: Rulebook) -> Refusal:
        return listed_on(law, list_, "gossip", date(2025, 6, 9), NO_CAUSE)[1]

    excuse = refused("excuses", city)
    for code, title in city.list_of("excuses").items():
        assert f"「{code}」{title}" in excuse.zh and code in excuse.en
    assert excuse.en.isascii()
    grounds = refused("grounds:transfer.", city)
    assert "「not_competent」" in grounds.zh and "refuse." not in grounds.zh, "a ground of refusing is none of sending"


@pytest.mark.parametrize("refusal", [
    each for module in REFUSING for each in vars(module).values() if isinstance(each, Refusal)],
    ids=lambda each: each.code)
def test_no_refusal_says_in_its_own_words_that_a_code_is_in_no_list(refusal: Refusal) -> None:
    """That is said before them, with the code and the list."""
    assert "编码表中" not in refusal.zh and "代码表中" not in refusal.zh and "not coded" not in refusal.en


def test_an_act_goes_by_its_true_date_and_a_ground_is_a_code_like_others() -> None:
    def context(day: date) -> Context:
        now = datetime(2025, 6, 9, 4, tzinfo=UTC)
        return Context(now, day, now, parted(until="2024-12-31"), Register(), Viewer("zjj", Rank.OFFICER))

    assert coded(context(date(2024, 12, 31)), "causes", "dust")
    assert not coded(context(date(2025, 1, 1)), "causes", "dust")
    assert listed(context(date(2025, 1, 1)), "grounds:transfer.refuse.", "unfit", NO_CAUSE)[0]
    assert not listed(context(date(2025, 1, 1)), "grounds:transfer.", "refuse.unfit", NO_CAUSE)[0]


def test_a_version_moves_with_its_list_alone(city: Rulebook) -> None:
    before, after = lists_of(city), lists_of(parted(until="2024-12-31"))
    assert {name for name in before if before[name].version != after[name].version} == {"causes"}


@pytest.mark.parametrize(("old", "new", "says"), [
    ("    dust: 扬尘污染\n", "    dust: {title: 扬尘污染, from: 2025-02-01, until: 2025-01-31}\n", "早于起日"),
    ("    dust: 扬尘污染\n", "    dust: {until: 2025-01-31}\n", "缺少“title”"),
    ("    dust: 扬尘污染\n", "    dust: {title: 扬尘污染, til: 2025-01-31}\n", "不认识的键“til”"),
    ("  causes: 案由\n", "  causes: 案由\n  colours: 颜色\n", "没有“colours”"),
])
def test_what_makes_no_sense_in_a_list_is_told_with_its_line(old: str, new: str, says: str) -> None:
    with pytest.raises(RulebookErrors) as caught:
        load(TEXT.replace(old, new))
    found = [problem for problem in caught.value.problems if says in problem.zh]
    row = next(row for row in new.splitlines() if row.strip() not in old)
    assert [problem.line for problem in found] == [TEXT.replace(old, new).splitlines().index(row) + 1]
