"""Who may open a case under the regulation, and until when (3, 33): the same for transfers and plans. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from shared.acts.model import Context
from shared.contracts.register import Agency
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal

ENFORCEMENT = frozenset({"statutory", "authorised", "entrusted"})         # 3: what a 行政执法机关 is

NOT_ENFORCEMENT = Refusal("NOT_ENFORCEMENT", "只有行政执法机关可以发起联动执法。",
                          "Only an enforcement agency opens a case under the regulation.", "3", 403)
BEFORE_FIRST_DAY = Refusal("BEFORE_FIRST_DAY", "办法施行之前不能依其实施联动执法。",
                           "The regulation was not yet in force on that day.", "33", 409)
NO_BASIS = Refusal("NO_BASIS", "办法有效期已届满，且未录入延期文件或者新的依据，不能开启新的案件、方案。",
                   "The regulation has expired and no basis carries it: nothing can be opened.", "33", 409)
BASIS_ENDED = Refusal("BASIS_ENDED", "依据已届满：届满前开启的，继续办理。",
                      "The regulation has expired; what was opened before is finished under it.", "33", status=200)


def enforces_on(agency: Agency | None, day: date) -> bool:
    """Whether it is on the day an enforcement agency (3). None: what the register has not."""
    return agency is not None and agency.exists_on(day) and agency.kind in ENFORCEMENT


def enforces(context: Context, agency: str) -> bool:
    """Whether the agency is on the day of the act in the register as an enforcement agency."""
    return enforces_on(context.register.get(agency), context.happened_on)


def absent(context: Context, agency: str, otherwise: Refusal) -> Refusal:
    """The refusal of an agency that is named and does not exist on the day, or does not enforce: of a dissolved one it
    says besides who goes on in its place, of another what is wrong with it."""
    gone = context.register.dissolved(agency, context.happened_on)
    if gone is None:
        return otherwise if agency in ("", *otherwise.values.values()) else _strange(context, agency, otherwise)
    zh, en = context.register.heirs_in_words(gone, context.happened_on)
    return replace(otherwise, zh=f"「{gone.name}」已于{gone.until}撤销，{zh}。{otherwise.zh}",
                   en=f"{gone.name} ended on {gone.until}. {en} {otherwise.en}",
                   values={**otherwise.values, "dissolved": agency, "until": gone.until})


def _strange(context: Context, agency: str, otherwise: Refusal) -> Refusal:
    """Of an agency that may be misspelt, not yet be there, or be none that enforces; else as it is."""
    entry = context.register.get(agency)
    if entry is None:
        zh, en = f"名录中没有「{agency}」。", f"The register has no {agency}."
    elif entry.since > context.happened_on:
        zh, en = f"「{entry.name}」自{entry.since}起设立。", f"{entry.name} exists from {entry.since} on."
    elif entry.kind not in ENFORCEMENT:
        zh, en = f"「{entry.name}」不是行政执法机关。", f"{entry.name} is no enforcement agency."
    else:
        return otherwise
    return replace(otherwise, zh=zh + otherwise.zh, en=f"{en} {otherwise.en}")


def by_enforcement(_: Any, context: Context) -> Iterable[Refusal]:
    """A guard. Asked before there is a case: whose case it will be."""
    if not enforces_then(context, context.viewer.agency):
        yield NOT_ENFORCEMENT


def enforces_then(context: Context, agency: str) -> bool:
    """Whether it enforces on the day, or on a day outside the regulation's time, which is told as such, today."""
    first, today = context.rulebook.valid_from, day_of(context.now)
    known = first is not None and first <= context.happened_on <= today
    return enforces(context if known else replace(context, happened_on=today), agency)


def in_force(case: Any | None, context: Context) -> Iterable[Refusal]:
    """A guard (33): a case is opened while the regulation is in force, or after its last day on a basis.

    A running one is finished.
    """
    if case is not None:
        return
    day, rulebook = context.happened_on, context.rulebook
    if day > day_of(context.now):
        return                          # that it lies in the future is told as what is wrong with the day
    if rulebook.valid_from is None or day < rulebook.valid_from:
        yield BEFORE_FIRST_DAY
    elif rulebook.setting("opening_needs_basis") and not rulebook.may_open_on(day):
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
