"""第三条, 第二十七条第一项: what becomes of the 权责清单 of a dissolved agency. Pure.

Each power goes to who continues its matter (行政诉讼法 26 ¶6: who goes on exercising it): the register shows it as the
heir's, with the document that moved it, so that whose a matter is stays as clear as it was. What nobody continues is
told to justice. An entrusted body has no power of its own to leave: what it did was its principal's (行政处罚法 20).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.sharing.register.agencies import DOES, ENTRUSTED, NOTHING_CHANGED, Registration, told_whole
from shared.acts.model import Context, Outcome
from shared.contracts.register import Agency, Heir, Power, Register, heir_of
from shared.kernel.errors import Refusal, demand

POWERS_PASS = Refusal("POWERS_PASS", "撤销生效之日起，权责清单随职责转移：{powers}。",
                      "From the day it takes effect its powers go over: {powers}.", status=200)
POWERS_LEFT = Refusal("POWERS_LEFT", "下列权责没有机关承接，应当另行明确：{powers}。",
                      "Nobody takes over these powers; who has them must be laid down: {powers}.", status=200)
WARNINGS = (POWERS_PASS, POWERS_LEFT)


@dataclass(frozen=True, slots=True)
class TakePowers:
    """What the agency takes over of a dissolved one's 权责清单."""

    former: str
    powers: tuple[Power, ...]
    document: str                       # 文号 by which it was dissolved, or its heir named: 划转文件


def take_powers(case: Registration, command: TakePowers, _: Context) -> Outcome[Registration]:
    """Each power with its basis, as moved by the document; one that the agency has itself stays as it is."""
    new = lacking(case.agency, command.powers)
    demand((new, NOTHING_CHANGED))
    moved = tuple(replace(each, document=command.document) for each in new)
    after = replace(case, agency=replace(case.agency, powers=(*case.agency.powers, *moved)),
                    documents=(*case.documents, command.document))
    outcome = told_whole(after)
    return replace(outcome, facts={**outcome.facts, "former": command.former})


def lacking(agency: Agency, powers: Iterable[Power]) -> tuple[Power, ...]:
    """Those of the powers that the agency has not."""
    own = {(each.cause, each.does) for each in agency.powers}
    return tuple(each for each in powers if (each.cause, each.does) not in own)


def shared_out(gone: Agency, heirs: Iterable[Heir], register: Register, day: date) -> Mapping[str, tuple[Power, ...]]:
    """Who takes over which powers on the day, by code, each heir as it stands by then; under the empty code, what
    nobody does. Of an entrusted body nothing goes over."""
    if gone.kind == ENTRUSTED:
        return {}
    heirs, found = tuple(heirs), dict[str, tuple[Power, ...]]()
    for power in gone.powers:
        named = heir_of(heirs, (power.cause,))
        heir = register.heir(named, (power.cause,), day) if named else ""
        found[heir] = (*found.get(heir, ()), power)
    return found


def told_where(gone: Agency, heirs: Iterable[Heir], context: Context, day: date) -> Iterable[Refusal]:
    """To justice, with the act that orders it: which powers go to whom, and which to nobody."""
    shares = shared_out(gone, heirs, context.register, day)
    causes = context.rulebook.codes.get("causes", {})

    def words(powers: Iterable[Power]) -> str:
        return "、".join(f"{causes.get(each.cause, each.cause)}（{DOES[each.does]}）" for each in powers)

    if told := "；".join(f"{context.register.name_of(code)}承接{words(shares[code])}" for code in shares if code):
        yield POWERS_PASS.filled(powers=told)
    if left := shares.get(""):
        yield POWERS_LEFT.filled(powers=words(left))
