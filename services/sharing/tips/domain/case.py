"""第二十八条 案源共享: the tip that the acts build, and its states. Pure: frozen values, no rule of law here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.sharing.tips.commands import (
    AssignTip,
    ClaimTip,
    NoteTransfer,
    PassOn,
    ReturnResult,
    ShareTip,
    WithdrawTip,
)
from shared.acts.corrections import Corrected
from shared.acts.materials import Material
from shared.acts.model import Context, Outcome, Party
from shared.acts.standing import BASIS_ENDED, basis_ended
from shared.kernel.errors import Refusal

SHARED, CLAIMED, DONE, WITHDRAWN = "shared", "claimed", "done", "withdrawn"
STATES = {SHARED: "待认领", CLAIMED: "已认领", DONE: "已反馈", WITHDRAWN: "已撤回"}
FINAL = frozenset({DONE, WITHDRAWN})
SHARER, CLAIMER, CANDIDATE = "sharer", "claimer", "candidate"
GONE = frozenset({"withdrawn", "ended"})           # states in which a transfer hands nothing on any more


@dataclass(frozen=True, slots=True)
class Claim:
    """An agency's time with the tip: how it came by it, and how it left it. `lost`: who might have claimed it too."""

    number: int
    agency: str
    on: date
    claimed: ClaimTip | None = None
    assigned: AssignTip | None = None   # 指派 by justice instead
    lost: tuple[str, ...] = ()
    passed_on: PassOn | None = None
    passed_on_on: date | None = None
    handed: int = 0                     # how many materials there were when it left
    held_by: str = ""                   # who has it in the place of an agency that was dissolved

    @property
    def holder(self) -> str:
        return self.held_by or self.agency

    @property
    def objected(self) -> bool:
        """Whether the agency was assigned the tip and sent it back."""
        return self.assigned is not None and self.passed_on is not None


@dataclass(frozen=True, slots=True)
class Handed:
    """A transfer that began from the tip: of which claim, and what became of it so far."""

    claim: int
    said: NoteTransfer

    @property
    def stands(self) -> bool:
        return self.said.state not in GONE


@dataclass(frozen=True, slots=True)
class Tip:
    """案源."""

    state: str
    parties: tuple[Party, ...]
    sharer: str
    said: ShareTip
    shared_on: date                     # since when it waits to be claimed, or waited last
    claims: tuple[Claim, ...] = ()
    materials: tuple[Material, ...] = ()
    transfers: tuple[Handed, ...] = ()
    result: ReturnResult | None = None
    resulted_on: date | None = None
    withdrawal: WithdrawTip | None = None
    withdrawn_on: date | None = None
    corrections: tuple[Corrected, ...] = ()

    @property
    def claim(self) -> Claim | None:
        """The claim under which an agency has it now."""
        last = self.claims[-1] if self.claims else None
        return last if last and last.passed_on is None else None

    @property
    def claimer(self) -> str:
        return self.claim.holder if self.claim else ""

    @property
    def candidates(self) -> tuple[str, ...]:
        """Who may claim it now."""
        return tuple(party.agency for party in self.parties if party.part == CANDIDATE and party.until is None)

    @property
    def passed_on_by(self) -> frozenset[str]:
        return frozenset(claim.agency for claim in self.claims if claim.passed_on)

    def moved(self, state: str) -> "Tip":
        return replace(self, state=state)

    def with_claim(self, claim: Claim) -> "Tip":
        """The tip with its last claim replaced."""
        return replace(self, claims=(*self.claims[:-1], claim))

    def without(self, day: date, part: str) -> "Tip":
        """The tip in which nobody has the part from the day on: the last day is the one before, for on the day itself
        another may have it."""
        eve = day - timedelta(days=1)
        return replace(self, parties=tuple(replace(party, until=eve) if party.part == part and party.until is None
                                           else party for party in self.parties))

    def offered(self, agencies: Iterable[str], day: date) -> "Tip":
        """The tip as these may claim it from the day on."""
        return replace(self, shared_on=day,
                       parties=(*self.parties, *(Party(CANDIDATE, agency, day) for agency in agencies)))

    def given(self, claim: Claim) -> "Tip":
        """The tip as the agency of the claim has it."""
        free = self.without(claim.on, CANDIDATE)
        return replace(free, parties=(*free.parties, Party(CLAIMER, claim.agency, claim.on)),
                       claims=(*self.claims, claim))


def done(tip: Tip, context: Context, facts: Mapping[str, Any], *warnings: Refusal) -> Outcome[Tip]:
    """The outcome of an act, with the facts that every event of the chapter tells. A running tip is finished after the
    regulation has expired (33); its events and the officer are told so."""
    common: dict[str, Any] = {"sharer": tip.sharer, "claimer": tip.claimer, "candidates": list(tip.candidates)}
    if basis_ended(context):
        common["basis_ended"] = True
        warnings = (*warnings, BASIS_ENDED)
    return Outcome(tip, {**common, **facts}, warnings=warnings)
