"""What an agency's own system may not do, by the act's row and by what its leader allows it. Pure.

A machine's rank is that of who signed what it does (`signed.py`).
"""

from typing import Protocol

from shared.kernel.errors import Refusal

NOT_BY_MACHINE = Refusal("NOT_BY_MACHINE", "该行为不得由业务系统自动作出。", "A machine client may not do this.", status=403)
NOT_GRANTED = Refusal("NOT_GRANTED", "本机关负责人未准许该业务系统作出这一行为。",
                      "Your agency's leader has not allowed this system to do it.", "internal", 403)
SIGNED_BY_NEEDED = Refusal(
    "SIGNED_BY_NEEDED",
    "该行为应当由机关负责人作出：由业务系统办理的，应当在 signed_by 中写明签批人的任职、签批时间和签批件的摘要。",
    "A leader of the agency must do this: a system says in signed_by whose appointment signed, when, and the digest of "
    "the signed approval.", status=403, where="signed_by")


MACHINE = "machine:"                  # before a client's id, where a journal says who acted


class Actor(Protocol):
    """Whoever acts."""

    @property
    def suite(self) -> bool: ...

    @property
    def machine(self) -> bool: ...

    @property
    def appointment(self) -> str: ...


def actor_of(viewer: Actor) -> str:
    """Who acted, as the journal names it."""
    return "suite" if viewer.suite else (MACHINE if viewer.machine else "") + viewer.appointment


class Machine(Protocol):
    """What is asked of whoever is a machine."""

    @property
    def rank(self) -> int: ...

    @property
    def acts(self) -> frozenset[str] | None: ...

    @property
    def unsigned(self) -> Refusal | None: ...


def refuses(act: str, rank: int, open_to_machines: bool, machine: Machine) -> Refusal | None:
    """The refusal of a machine that would do the act, which needs the rank."""
    if not open_to_machines:
        return NOT_BY_MACHINE
    if machine.acts is not None and act not in machine.acts:
        return NOT_GRANTED
    return machine.unsigned or (SIGNED_BY_NEEDED if machine.rank < rank else None)
