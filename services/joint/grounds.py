"""第十五条: the grounds of a joint plan, each with the facts it stands on. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.joint import refusals as no
from shared.acts.model import Context
from shared.acts.standing import absent, enforces
from shared.kernel.errors import Refusal, Rows
from shared.plans import grounds as shared
from shared.plans.parts import Content

CAMPAIGN = "15-2"                                    # 上级机关和市政府安排的专项治理
DIRECT = "17-direct"                                 # 市政府直接决定: the decision is the ground
APPLY, ASSIGNED, DIRECTED = "apply", "assigned", "direct"       # the routes of 17
SEVERAL = 2                                          # 多个机关: one alone is no joint action


@dataclass(frozen=True, slots=True)
class Competent:
    """One of the agencies that the law lets investigate (15(一)), and on which basis."""

    agency: str                         # code
    basis: str                          # law and article


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground and its facts; those that it does not stand on stay empty."""

    code: str                           # coded in the rulebook's grounds: 15-1 … 15-4
    competent: tuple[Competent, ...] = ()      # 15-1
    document: str = ""                  # 15-2: 文号 of the arrangement
    field_or_area: str = ""             # 15-2
    main_task_agency: str = ""          # 15-2: code
    candidates: tuple[str, ...] = ()    # 15-3: codes
    why_undetermined: str = ""          # 15-3
    reason: str = ""                    # 15-4


def named(grounds: Sequence[Ground], context: Context) -> Rows:
    """As every plan's; and that the government decided is no ground an agency can give itself."""
    yield from shared.named("joint", grounds, context, no.UNKNOWN_GROUND, no.GROUND_TWICE)
    for at, each in enumerate(grounds):
        yield each.code != DIRECT, no.NOT_DECIDED_DIRECTLY.at(f"grounds.{at}.code")


def lacking(grounds: Sequence[Ground], content: Content, context: Context) -> Iterator[Refusal]:
    """Every fact that lacks for these grounds to stand."""
    return shared.lacking("joint", grounds, FACTS, content, context)


def _competent(ground: Ground, content: Content, context: Context) -> Rows:
    agencies = [each.agency for each in ground.competent]
    yield len(set(agencies)) >= SEVERAL, no.TOO_FEW_COMPETENT
    for at, each in enumerate(ground.competent):
        unknown = absent(context, each.agency, no.COMPETENT_UNKNOWN)
        yield enforces(context, each.agency), unknown.at(f"competent.{at}.agency")
        yield each.agency not in agencies[:at], no.COMPETENT_TWICE.at(f"competent.{at}.agency")
        yield (each.agency in (content.lead, *content.agencies),
               no.COMPETENT_NOT_IN_PLAN.at(f"competent.{at}.agency"))
        yield each.basis, no.COMPETENT_WITHOUT_BASIS.at(f"competent.{at}.basis")


def _document(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.document, no.NO_ARRANGEMENT


def _field(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.field_or_area, no.NO_FIELD_OR_AREA


def _main_task(ground: Ground, _: Content, context: Context) -> Rows:
    unknown = absent(context, ground.main_task_agency, no.NO_MAIN_TASK_AGENCY)
    yield enforces(context, ground.main_task_agency), unknown


def _candidates(ground: Ground, _: Content, context: Context) -> Rows:
    yield len(set(ground.candidates)) >= SEVERAL, no.TOO_FEW_CANDIDATES
    for at, each in enumerate(ground.candidates):
        yield enforces(context, each), absent(context, each, no.CANDIDATE_UNKNOWN).at(f"candidates.{at}")


def _undetermined(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.why_undetermined, no.NOT_SAID_WHY_UNDETERMINED


def _reason(ground: Ground, _: Content, __: Context) -> Rows:
    yield ground.reason, no.NO_GROUND_REASON


FACTS: Mapping[str, shared.Test[Ground]] = {
    "agencies_with_basis": _competent, "document": _document, "field_or_area": _field,
    "main_task_agency": _main_task, "candidates": _candidates, "why_undetermined": _undetermined, "reason": _reason,
}
