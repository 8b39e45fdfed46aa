"""Who may open a case under the regulation, and until when (2, 33): the same for transfers and plans. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from shared.acts.model import Context
from shared.errors import Refusal

ENFORCEMENT = frozenset({"statutory", "authorised", "entrusted"})         # 2: what a 行政执法机关 is

NOT_ENFORCEMENT = Refusal("NOT_ENFORCEMENT", "只有行政执法机关可以发起联动执法。",
                          "Only an enforcement agency opens a case under the regulation.", "2", 403)
BEFORE_FIRST_DAY = Refusal("BEFORE_FIRST_DAY", "办法施行之前不能依其实施联动执法。",
                           "The regulation was not yet in force on that day.", "33", 409)
NO_BASIS = Refusal("NO_BASIS", "办法有效期已届满，且未录入延期文件或者新的依据，不能开启新的案件、方案。",
                   "The regulation has expired and no basis carries it: nothing can be opened.", "33", 409)
BASIS_ENDED = Refusal("BASIS_ENDED", "依据已届满：届满前开启的，继续办理。",
                      "The regulation has expired; what was opened before is finished under it.", "33", status=200)


def enforces(context: Context, agency: str) -> bool:
    """Whether the agency is on the day in the register as an enforcement agency (2)."""
    entry = context.register.get(agency)
    return entry is not None and entry.exists_on(context.happened_on) and entry.kind in ENFORCEMENT


def absent(context: Context, agency: str, otherwise: Refusal) -> Refusal:
    """The refusal of an agency that is named and does not exist on the day: of a dissolved one it says besides who goes
    on in its place."""
    gone = context.register.dissolved(agency, context.happened_on)
    if gone is None:
        return otherwise
    zh, en = context.register.heirs_in_words(gone, context.happened_on)
    return replace(otherwise, zh=f"「{gone.name}」已于{gone.until}撤销，{zh}。{otherwise.zh}",
                   en=f"{gone.name} ended on {gone.until}. {en} {otherwise.en}",
                   values={**otherwise.values, "dissolved": agency, "until": gone.until})


def by_enforcement(_: Any, context: Context) -> Iterable[Refusal]:
    """A guard. Asked before there is a case: whose case it will be."""
    if not enforces(context, context.viewer.agency):
        yield NOT_ENFORCEMENT


def in_force(case: Any | None, context: Context) -> Iterable[Refusal]:
    """A guard (33): a case is opened while the regulation is in force, or after its last day on a basis.

    A running one is finished.
    """
    if case is not None:
        return
    day, rulebook = context.happened_on, context.rulebook
    if rulebook.valid_from is None or day < rulebook.valid_from:
        yield BEFORE_FIRST_DAY
    elif rulebook.settings.get("opening_needs_basis", True) and not rulebook.may_open_on(day):
        yield NO_BASIS


def basis_of(context: Context) -> Mapping[str, Any]:
    """What the event of an opening tells of the basis that carries the expired regulation; empty within validity."""
    day, rulebook = context.happened_on, context.rulebook
    basis = rulebook.basis_on(day) if rulebook.expired_on(day) else None
    return {"basis": basis.document} if basis else {}


def basis_ended(context: Context) -> bool:
    """Whether a running case is finished under a regulation that has expired without a basis (33)."""
    day, rulebook = context.happened_on, context.rulebook
    return rulebook.expired_on(day) and rulebook.basis_on(day) is None
