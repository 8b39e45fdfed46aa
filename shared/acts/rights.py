"""第四条: the respondent's rights, each granted on a day or not applicable and why. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.acts.furthest import long_ago
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows

RIGHT_OPEN = Refusal("RIGHT_OPEN", "应当写明已保障当事人的权利（{right}）及日期，或者不适用的理由。",
                     "The respondent's right ({right}): the day it was granted, or why it does not apply.",
                     "4", where="rights")
RIGHT_LATER = Refusal("RIGHT_LATER", "保障当事人权利（{right}）的日期不得晚于办结日期。",
                      "The respondent's right ({right}) is said to be granted after the case was closed.",
                      "4", where="rights")
RIGHT_DENIED = Refusal("RIGHT_DENIED", "给予行政处罚的，应当已保障当事人的权利（{right}），不能写为不适用（行政处罚法第四十四条、第四十五条、第六十一条）。",
                       "A penalty was given: the respondent's right ({right}) is never inapplicable.",
                       "4", where="rights")
RIGHT_EARLIER = Refusal("RIGHT_EARLIER", "保障当事人权利（{right}）的日期早于移送机关受理本案之日（{since}）；不是在并案处理的在先案件中保障的，请核对。",
                        "The respondent's right ({right}) is said to be granted before the sender took the case up "
                        "({since}): see whether it was in an earlier case that this one was joined to.",
                        "internal", 200, "rights")
RIGHTS = ("told", "heard", "hearing", "remedies")         # their titles are in the rulebook
ALWAYS = ("told", "heard", "remedies")                    # of whoever is punished; a hearing is of grave penalties only


@dataclass(frozen=True, slots=True)
class Right:
    """One of the respondent's rights: granted on a day, or not applicable and why."""

    done: bool
    on: date | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return self.on is not None if self.done else bool(self.reason)


@dataclass(frozen=True, slots=True)
class Rights:
    told: Right                         # 告知
    heard: Right                        # 陈述、申辩
    hearing: Right                      # 听证
    remedies: Right                     # 复议、诉讼途径


def protected(rights: Rights, context: Context, where: str = "rights") -> Rows:
    """What an act that ends a case demands of its field `where`; each right that is open is told apart."""
    for name, title in _titled(context):
        right, place = getattr(rights, name), f"{where}.{name}"
        yield right, RIGHT_OPEN.filled(right=title).at(place)
        yield not right.on or right.on <= context.happened_on, RIGHT_LATER.filled(right=title).at(place)


def granted_before(rights: Rights, since: date, context: Context, where: str = "rights") -> Iterator[Refusal]:
    """Warnings of rights that are said to be granted before the case's first day: so it is where it was joined to an
    older one (并案)."""
    for name, title in _titled(context):
        on = getattr(rights, name).on
        if on and on < since:
            yield RIGHT_EARLIER.filled(right=title, since=since).at(f"{where}.{name}")


def long_granted(rights: Rights, context: Context, where: str = "rights") -> Iterator[Refusal]:
    """Warnings of rights that are said to be granted so long ago that the year may be mistyped."""
    for name, title in _titled(context):
        yield from long_ago(getattr(rights, name).on, context.happened_on, context.rulebook, f"{where}.{name}",
                            f"保障当事人权利（{title}）的日期")


def _titled(context: Context) -> Iterator[tuple[str, str]]:
    titles = context.rulebook.codes.get("rights", {})
    return ((name, titles.get(name, name)) for name in RIGHTS)


def never_denied(rights: Rights, context: Context, where: str = "rights") -> Rows:
    """What a penalty demands besides (行政处罚法 44, 45, 61): these rights were granted, no reason stands for them."""
    titles = context.rulebook.codes.get("rights", {})
    for name in ALWAYS:
        right = getattr(rights, name)
        yield right.done or not right, RIGHT_DENIED.filled(right=titles.get(name, name)).at(f"{where}.{name}")
