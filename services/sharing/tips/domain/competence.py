"""第二十八条 案源共享: whose a tip may be, read off the 权责清单 of the register. Pure."""

from dataclasses import dataclass
from datetime import date

from shared.acts.codes import of_list
from shared.acts.model import Context
from shared.acts.standing import enforces_on
from shared.contracts.register import Register
from shared.rulebook.model import Rulebook

PUNISH, SUPERVISE = "punish", "supervise"
SETTING, ANY = "tip_sole_power", "any"          # which power makes its only holder definitely competent
TRANSFERS = "POST /api/transfer/cases"          # where a transfer begins


@dataclass(frozen=True, slots=True)
class Whose:
    """What the register says of a cause on a day. `definite`: its one competent agency; empty where there are several
    or none. `candidates`: who may claim a tip of it."""

    definite: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an agency is told of a cause before it shares a tip of it. `definite`: the one competent agency, itself
    perhaps; `route`: where a transfer to that one begins, for it is no tip then (22); `candidates`: who may claim a tip
    of the cause. All empty where there is nothing to tell."""

    definite: str = ""
    route: str = ""
    candidates: tuple[str, ...] = ()


def proposed(cause: str, sharer: str, register: Register, rulebook: Rulebook, day: date) -> Proposed:
    """Of no cause nothing is proposed. Raises Refused (400) for a cause that is not coded."""
    if not cause:
        return Proposed()
    of_list("cause", cause, rulebook, "causes")
    found = whose(cause, sharer, register, rulebook, day)
    if found.definite:
        return Proposed(found.definite, "" if found.definite == sharer else TRANSFERS)
    return Proposed(candidates=found.candidates)


def whose(cause: str, sharer: str, register: Register, rulebook: Rulebook, day: date,
          without: frozenset[str] = frozenset()) -> Whose:
    """`without`: who may not claim it any more. Candidates are those with a power for the cause; where there are none,
    every enforcement agency but those that oversee."""
    holders = {power: register.holders(cause, power, day) for power in (PUNISH, SUPERVISE)}
    counted = frozenset[str]().union(*holders.values()) if rulebook.setting(SETTING) == ANY else holders[PUNISH]
    others = {code for code, agency in register.agencies.items() if enforces_on(agency, day)} - {sharer} - without
    able = others & (holders[PUNISH] | holders[SUPERVISE])
    all_of_them = {code for code in others if not register.standing(code)}
    return Whose(next(iter(counted)) if len(counted) == 1 else "", tuple(sorted(able or all_of_them)))


def whose_is(cause: str, sharer: str, context: Context, without: frozenset[str] = frozenset()) -> Whose:
    return whose(cause, sharer, context.register, context.rulebook, context.happened_on, without)
