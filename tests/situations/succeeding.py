"""承继 as every chapter's situations play it: an agency ended the day before, and who goes on in its place, or nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shared.acts import succession
from shared.acts.model import Act
from shared.acts.succession import ASSIGN, Succeed
from shared.contracts.register import Heir, Register, register_of
from tests.situations.book import Sent, Step

DOCUMENT = "荣政发〔2025〕12号"
HEIR = "jtj"
REFUSALS = (succession.NO_SUCCESSOR, succession.NOTHING_LEFT)
IMPOSSIBLE = {(ASSIGN, code): "the form takes no empty text for it"
              for code in ("NO_SUCCESSION_DOCUMENT", "NO_SUCCESSION_REASON")}


def ended(whose: Callable[[Any], str]) -> Callable[[Any, date, Step], Succeed]:
    """What the suite heard. `whose`: the agency of a case that ended, unless the situation names the `former`; `heir`
    as it says, or `split` by cause; else nobody."""
    def succeed(case: Any, day: date, said: Step) -> Succeed:
        split = tuple(Heir(agency, (cause,)) for cause, agency in said.get("split", {}).items())
        heirs = (*split, Heir(said["heir"])) if "heir" in said else split
        former = said.get("former", whose(case) if case is not None else "")
        return Succeed(former, day - timedelta(days=1), DOCUMENT, heirs)
    return succeed


def without(register: Register, former: str, heir: str, day: date) -> Register:
    """The register once the agency has ended on the eve of the day."""
    gone = replace(register.agencies[former], until=day - timedelta(days=1), heirs=(Heir(heir),) if heir else ())
    return register_of((*(each for code, each in register.agencies.items() if code != former), gone))


def assign(_: Any, __: date) -> Sent:
    return {"successor": HEIR, "document": "荣政发〔2025〕13号", "reason": "职责已划入该机关"}


def by_justice(actor: Callable[[Act, Any], str]) -> Callable[[Act, Any], str]:
    """Who does an act: justice names the successor."""
    return lambda act, case: "sfj" if act.name == ASSIGN else actor(act, case)
