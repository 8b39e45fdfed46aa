"""第七条: the grounds of a collaborative plan, each with the facts it stands on. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.collab import refusals as no
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows
from shared.plans import grounds as shared
from shared.plans.parts import Content

GOVERNMENT_ENFORCES, GOVERNMENT_DECIDES = "7-3-a", "7-3-b"
UNDER_THREE = frozenset({GOVERNMENT_ENFORCES, GOVERNMENT_DECIDES})     # 7(三): 9(二) and the exception of 10 apply
SUBMIT, APPLY = "submit", "apply"                                       # 9(一): 报送审查; 9(二): 申请


@dataclass(frozen=True, slots=True)
class Means:
    """One of the means and procedures used up (7(二)): what was done, its document, and what came of it."""

    means: str
    document: str                       # 文号 or name of the document
    result: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground and its facts; those that it does not stand on stay empty."""

    code: str                           # coded in the rulebook's grounds: 7-1-1 … 7-4
    effect: str = ""                    # 7-1-1: which bad influence, and how it shows
    people: int = 0                     # 7-1-2: how many
    interests: str = ""                 # 7-1-2: which direct interests of theirs, and how they were counted
    relations: str = ""                 # 7-1-3: which legal relations, and what makes them complex
    obstruction: str = ""               # 7-1-4: who obstructed how
    obstructed_on: date | None = None
    means: tuple[Means, ...] = ()       # 7-2: every one that was used
    law: str = ""                       # 7-3: the law that makes the government act, or decide
    law_article: str = ""
    facts_established: str = ""         # 7-3, 9(二): what the investigation established
    established_on: date | None = None
    reason: str = ""                    # 7-4


def route_of(grounds: Iterable[Ground], context: Context) -> str:
    """9: with a ground of 7(三) among them the plan is applied for."""
    return APPLY if APPLY in shared.routes("collab", grounds, context) else SUBMIT


def named(grounds: Sequence[Ground], context: Context) -> Rows:
    return shared.named("collab", grounds, context, no.UNKNOWN_GROUND, no.GROUND_TWICE)


def lacking(grounds: Sequence[Ground], content: Content, context: Context) -> Iterator[Refusal]:
    """All that lacks for the grounds to stand: one at least, each with every fact it demands."""
    if not grounds:
        yield no.NO_GROUND
    yield from shared.lacking("collab", grounds, FACTS, content, context)


def _effect(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.effect, no.NO_INFLUENCE


def _people(ground: Ground, _: Content, context: Context) -> Rows:
    least = context.rulebook.setting("directly_concerned_people")
    yield ground.people >= least, no.TOO_FEW_PEOPLE.filled(people=ground.people, least=least)


def _interests(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.interests, no.NO_INTERESTS


def _relations(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.relations, no.NO_RELATIONS


def _obstruction(ground: Ground, _: Content, context: Context) -> Rows:
    on = ground.obstructed_on
    yield ground.obstruction, no.NO_OBSTRUCTION
    yield on is not None and on <= context.happened_on, no.OBSTRUCTION_DAY


def _means(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.means, no.NO_MEANS
    for at, each in enumerate(ground.means):
        yield each.means, no.MEANS_UNNAMED.at(f"means.{at}.means")


def _documents(ground: Ground, _: Content, __: Context) -> Rows:
    for at, each in enumerate(ground.means):
        yield each.document, no.MEANS_WITHOUT_DOCUMENT.at(f"means.{at}.document")


def _results(ground: Ground, _: Content, __: Context) -> Rows:
    for at, each in enumerate(ground.means):
        yield each.result, no.MEANS_WITHOUT_RESULT.at(f"means.{at}.result")


def _law(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.law, no.NO_GROUND_LAW
    yield ground.law_article, no.NO_GROUND_ARTICLE


def _established(ground: Ground, _: Content, context: Context) -> Rows:
    on = ground.established_on
    yield ground.facts_established, no.NO_FACTS_ESTABLISHED
    yield on is not None and on <= context.happened_on, no.ESTABLISHED_DAY


def _reason(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.reason, no.NO_GROUND_REASON


FACTS: Mapping[str, shared.Test[Ground]] = {
    "effect": _effect, "people": _people, "interests": _interests, "relations": _relations,
    "obstruction": _obstruction, "means_used": _means, "documents": _documents, "results": _results,
    "law": _law, "facts_established": _established, "reason": _reason,
}
