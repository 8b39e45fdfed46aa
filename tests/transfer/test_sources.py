"""What rests on no article is not said to: a refusal names the source that the rulebook gives for what it asks."""

from collections import defaultdict

import pytest

from services.transfer import refusals
from services.transfer.domain import ACTS
from shared.errors import Refusal
from tests.rulebook.builders import rulebook


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
