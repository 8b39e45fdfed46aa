"""第二十八条 案源共享: whose a tip may be, read off the 权责清单 of the register. Pure."""

from dataclasses import dataclass
from datetime import date

from shared.acts.model import Context
from shared.acts.standing import ENFORCEMENT
from shared.contracts.register import Register
from shared.rulebook.model import Rulebook

PUNISH, SUPERVISE = "punish", "supervise"
SETTING, ANY = "tip_sole_power", "any"          # which power makes its only holder definitely competent


@dataclass(frozen=True, slots=True)
class Whose:
    """What the register says of a cause on a day. `definite`: its one competent agency; empty where there are several
    or none. `candidates`: who may claim a tip of it."""

    definite: str
    candidates: tuple[str, ...]


def whose(cause: str, sharer: str, register: Register, rulebook: Rulebook, day: date,
          without: frozenset[str] = frozenset()) -> Whose:
    """`without`: who may not claim it any more. Candidates are those with a power for the cause; where there are none,
    every enforcement agency but those that oversee."""
    holders = {power: register.holders(cause, power, day) for power in (PUNISH, SUPERVISE)}
    counted = frozenset[str]().union(*holders.values()) if rulebook.settings.get(SETTING) == ANY else holders[PUNISH]
    others = {code for code, agency in register.agencies.items() if agency.exists_on(day)
              and agency.kind in ENFORCEMENT} - {sharer} - without
    able = others & (holders[PUNISH] | holders[SUPERVISE])
    all_of_them = {code for code in others if not register.standing(code)}
    return Whose(next(iter(counted)) if len(counted) == 1 else "", tuple(sorted(able or all_of_them)))


def whose_is(cause: str, sharer: str, context: Context, without: frozenset[str] = frozenset()) -> Whose:
    return whose(cause, sharer, context.register, context.rulebook, context.happened_on, without)
