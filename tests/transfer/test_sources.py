"""What rests on no article is not said to: a refusal names the source that the rulebook gives for what it asks."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from services.transfer import refusals
from services.transfer.domain import ACTS
from services.transfer.schemas import SCHEMAS
from shared.kernel.errors import Refusal
from tests.rulebook.builders import rulebook
from tests.situations.runner import Run, do
from tests.situations.transfer.book import TRANSFER

ROOT = Path(__file__).resolve().parents[2]


def internal_items() -> set[str]:
    """The items of the chapter's documents that the rulebook calls internal wherever it has them."""
    sources = defaultdict(set)
    for name, rows in rulebook().items.items():
        if name.startswith("transfer."):
            for item in rows:
                sources[item.id].add(str(item.article))
    return {item for item, found in sources.items() if found == {"internal"}}


@pytest.mark.parametrize("refusal", refusals.REFUSALS, ids=lambda refusal: refusal.code)
def test_an_item_that_the_rulebook_calls_internal_is_refused_as_internal(refusal: Refusal) -> None:
    if refusal.where in internal_items():
        assert refusal.article == "internal"


@pytest.mark.parametrize("refusal", [
    refusals.SECOND_REQUEST, refusals.NO_THIRD_REQUEST, refusals.NOT_YET_DUE, refusals.DUE_TOO_EARLY,
    refusals.TOO_FEW_OFFICERS], ids=lambda refusal: refusal.code)
def test_what_is_stricter_than_the_regulation_is_internal(refusal: Refusal) -> None:
    assert refusal.article == "internal"


def test_an_act_whose_event_has_no_article_names_none_of_the_regulation() -> None:
    book = rulebook()
    articles = {act.name: act.article for act in ACTS if not book.events[f"transfer.{act.event}"].articles}
    assert articles and not {name for name, article in articles.items() if article[0].isdigit()}


@pytest.mark.parametrize("outcome", ["executed", "no_penalty", "dropped", "terminated"])
def test_a_close_without_what_the_rulebook_asks_of_every_close_is_refused(outcome: str) -> None:
    day, sent = date(2025, 6, 9), {"办结情形": rulebook().codes["close_outcomes"][outcome]}
    asked = {item.id for item in rulebook().items["transfer.close"] if not item.when}
    titles = {"decision_number": "处理决定文号", "told": "告知", "heard": "陈述、申辩", "hearing": "听证", "remedies": "复议、诉讼途径"}
    assert asked == {*titles, "outcome", "decision_on"}
    assert SCHEMAS["close"]().fields["decision_on"].required
    run = Run(TRANSFER, rulebook())
    for act in (*TRANSFER.paths["file-case"], "record-decision", "serve-decision"):
        assert do(run, {"act": act, "on": day}) == []
    for title in titles.values():
        assert do(run, {"act": "close", "on": day, "with": sent, "without": [title]}), title
    assert do(run, {"act": "close", "on": day, "without": ["办结情形"]}) == ["UNKNOWN_OUTCOME"]
    assert do(run, {"act": "close", "on": day, "with": sent}) == []


def test_the_interface_names_articles_in_words() -> None:
    paths = json.loads((ROOT / "docs" / "generated" / "openapi" / "transfer.json").read_text("utf-8"))["paths"]
    said = {each["operationId"]: each["description"] for path in paths.values() for each in path.values()
            if "operationId" in each and each.get("description", "").startswith("依据：")}
    assert said["issue-letter"] == "依据：第二十二条、附件1。应当由机关负责人作出。"
    assert said["file-case"].startswith("依据：《行政处罚法》第五十四条。")
    assert said["withdraw"].startswith("依据：内部要求，非法定。")
    assert not [each for each in said.values() if each.removeprefix("依据：")[0].isdigit()]
