"""An agency's own systems (业务系统): which may act, what each may do, and who answers for it. Internal. Pure.

The agency's leader registers them. A client may do the acts its leader set, each of which must be open to machines by
its row; an act that a leader must do needs besides the leader's own signature (`shared/acts/signed.py`). Keys stand in
a table of their own: no act has one in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.standing import absent
from shared.acts.succession import NOTHING_LEFT, SUCCEED, Succeed, handed, has
from shared.contracts.envelope import stamp
from shared.contracts.machines import MACHINE_ACTS
from shared.contracts.register import SUITE, Register
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand

KEEPER = "keeper"
ACTIVE, SUSPENDED, ENDED = "active", "suspended", "ended"
STATES = {ACTIVE: "在用", SUSPENDED: "已暂停", ENDED: "已注销"}

NOT_FOR_MACHINES = Refusal("NOT_FOR_MACHINES", "没有以下行为，或者其不得由业务系统作出：{acts}。",
                           "There are no such acts, or no machine may do them: {acts}.", "internal", where="acts")
NO_ACTS = Refusal("NO_ACTS", "应当列明业务系统可以作出的行为，或者注明只用于查阅。",
                  "Say which acts the system may do, or that it only reads.", "internal", where="acts")
NOBODY_ANSWERS = Refusal("NOBODY_ANSWERS", "应当写明由本机关的哪一项任职负责，且该任职现时有效。",
                         "Name the appointment of your agency, held today, that answers for the system.", "internal",
                         where="answers")
NOTHING_CHANGED = Refusal("NOTHING_CHANGED", "没有要变更的内容。", "Nothing is changed.", "internal")
NO_ROTATION = Refusal("NO_ROTATION", "没有正在进行的密钥更换。", "No rotation of its key is under way.", "internal", 409)
ROTATING = Refusal("ROTATING", "密钥正在更换：新旧密钥同时有效，请先完成更换。",
                   "A rotation is under way: both keys hold. Finish it first.", "internal", 409)
NO_REASON = Refusal("NO_REASON", "应当说明原因。", "The reason is required.", "internal", where="reason")
NO_NAME = Refusal("NO_NAME", "应当写明业务系统的名称。", "The system needs a name.", "internal", where="name")
REFUSALS = (NOT_FOR_MACHINES, NO_ACTS, NOBODY_ANSWERS, NOTHING_CHANGED, NO_ROTATION, ROTATING, NO_REASON,
            NO_NAME)


@dataclass(frozen=True, slots=True)
class Client:
    """A system of an agency. `answers`: the appointment of who answers for it."""

    state: str
    name: str
    answers: str
    acts: tuple[str, ...]                # sorted: transfer.cases.announce
    parties: tuple[Party, ...]
    rotating: bool = False               # the key before holds too

    def moved(self, state: str) -> "Client":
        return replace(self, state=state)

    @property
    def keeper(self) -> str:
        """Whose system it is, or was last."""
        keepers = [party for party in self.parties if party.part == KEEPER]
        return next((party.agency for party in keepers if party.until is None), keepers[-1].agency)


@dataclass(frozen=True, slots=True)
class RegisterClient:
    """`answers_at`: where the appointment is held today; looked up before the act is decided. `reads_only`: it may do
    nothing. `agency`: of the suite's own making; a person registers for the own agency."""

    name: str
    answers: str
    acts: tuple[str, ...] = ()
    reads_only: bool = False
    agency: str = ""
    answers_at: str = ""


@dataclass(frozen=True, slots=True)
class ChangeClient:
    """What is given is as it shall be from now on; what is not stays."""

    name: str = ""
    answers: str = ""
    acts: tuple[str, ...] = ()
    reads_only: bool = False
    answers_at: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """An act that says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """An act that says nothing but that it was done."""


def register(_: None, command: RegisterClient, context: Context) -> Outcome[Client]:
    agency = command.agency or context.viewer.agency
    exists = context.viewer.suite or context.register.exists(agency, context.happened_on)
    demand((command.name, NO_NAME), *_acts(command.acts, command.reads_only, needed=True),
           (command.answers and command.answers_at == agency, NOBODY_ANSWERS),
           (exists, absent(context, agency, NOBODY_ANSWERS)))
    made = Client(ACTIVE, command.name, command.answers, tuple(sorted(set(command.acts))),
                  (Party(KEEPER, agency, context.happened_on),))
    return Outcome(made, {"keeper": agency, **_told(made)})


def change(case: Client, command: ChangeClient, context: Context) -> Outcome[Client]:
    """Tokens given before hold no more: the system fetches one that says what it may do now."""
    given = command.acts or command.reads_only
    acts = tuple(sorted(set(command.acts))) if given else case.acts
    changed = replace(case, name=command.name or case.name, answers=command.answers or case.answers, acts=acts)
    demand(*_acts(command.acts, command.reads_only, needed=False),
           (not command.answers or command.answers_at == case.keeper, NOBODY_ANSWERS),
           (changed != case, NOTHING_CHANGED))
    return Outcome(changed, {**_told(changed), "valid_after": stamp(context.now)})


def rotate(case: Client, _: Nothing, context: Context) -> Outcome[Client]:
    """A new key; the one before holds until the rotation is finished."""
    return Outcome(replace(case, rotating=True))


def finish(case: Client, _: Nothing, context: Context) -> Outcome[Client]:
    """The tokens got by the old key end with it; a system that has the new one fetches another."""
    return Outcome(replace(case, rotating=False), {"valid_after": stamp(context.now)})


def suspend(case: Client, command: Because, context: Context) -> Outcome[Client]:
    demand((command.reason, NO_REASON))
    return Outcome(case, {"valid_after": stamp(context.now)})


def resume(case: Client, _: Nothing, context: Context) -> Outcome[Client]:
    return Outcome(case)


def end(case: Client, command: Because, context: Context) -> Outcome[Client]:
    demand((command.reason, NO_REASON))
    return Outcome(replace(case, rotating=False), {"valid_after": stamp(context.now)})


def succeed(case: Client, command: Succeed, context: Context) -> Outcome[Client]:
    """A dissolved agency's systems act no more: whoever takes over registers its own. Who has its people looks after
    what they did."""
    demand((any(has(each, command.former) for each in case.parties), NOTHING_LEFT))
    heir = next((each.agency for each in command.heirs if each.staff), "")
    heir = context.register.heir(heir, (), day_of(context.now)) if heir else ""
    after = replace(case, rotating=False, parties=handed(case.parties, command.former, heir, context.happened_on))
    return Outcome(after, {"former": command.former, "successor": heir, "document": command.document,
                           "last_day": command.last_day, "valid_after": stamp(context.now)})


def not_rotating(case: Client | None, _: Context) -> Iterable[Refusal]:
    if case is not None and case.rotating:
        yield ROTATING


def under_rotation(case: Client | None, _: Context) -> Iterable[Refusal]:
    if case is not None and not case.rotating:
        yield NO_ROTATION


def _told(case: Client) -> dict[str, Any]:
    return {"answers": case.answers, "acts": list(case.acts)}


def _acts(acts: tuple[str, ...], reads_only: bool, *, needed: bool) -> Iterable[tuple[object, Refusal]]:
    closed = sorted({each for each in acts if each not in MACHINE_ACTS})
    yield not closed, NOT_FOR_MACHINES.filled(acts="、".join(closed))
    yield (bool(acts) != reads_only) or not (needed or acts), NO_ACTS


OWN = frozenset({KEEPER})
IN_USE = frozenset({ACTIVE, SUSPENDED})

ACTS = (
    Act("register", "登记业务系统", "internal", by=OWN | {SUITE}, rank=Rank.LEADER, opens=True, to=(ACTIVE,),
        event="client_registered", command=RegisterClient, decide=register),
    Act("change", "变更业务系统", "internal", by=OWN, rank=Rank.LEADER, states=IN_USE, event="client_changed",
        command=ChangeClient, decide=change),
    Act("rotate-key", "更换密钥", "internal", by=OWN, rank=Rank.LEADER, states=IN_USE, guards=(not_rotating,),
        event="client_key_rotated", command=Nothing, decide=rotate),
    Act("finish-rotation", "完成更换密钥", "internal", by=OWN, rank=Rank.LEADER, states=IN_USE, guards=(under_rotation,),
        event="client_rotation_finished", command=Nothing, decide=finish),
    Act("suspend", "暂停业务系统", "internal", by=OWN, rank=Rank.LEADER, states=frozenset({ACTIVE}), to=(SUSPENDED,),
        event="client_suspended", command=Because, decide=suspend),
    Act("resume", "恢复业务系统", "internal", by=OWN, rank=Rank.LEADER, states=frozenset({SUSPENDED}), to=(ACTIVE,),
        event="client_resumed", command=Nothing, decide=resume),
    Act("end", "注销业务系统", "internal", by=OWN, rank=Rank.LEADER, states=IN_USE, to=(ENDED,),
        event="client_ended", command=Because, decide=end),
    Act(SUCCEED, "承继", "internal", by=frozenset({SUITE}), states=frozenset(STATES), to=(ENDED,), ordered=False,
        event="client_ended", command=Succeed, decide=succeed),
)


def told(before: Client | None, after: Client, event: str, context: Context) -> frozenset[str]:
    """Whose system it is alone: what an agency's systems may do is nobody else's to know."""
    return frozenset({after.keeper} | ({before.keeper} if before else set()))


def seen(case: Client, viewer: Viewer, register: Register) -> Client:
    return case


def summary(case: Client) -> dict[str, Any]:
    """What a list shows of a client."""
    return {"name": case.name, "keeper": case.keeper, "answers": case.answers, "acts": len(case.acts),
            "rotating": case.rotating}


# No clock runs on a system: all of its states are final in that sense.
CHAPTER = Chapter("desk", "业务系统", "clients", ACTS, STATES, frozenset(STATES), Client, told, seen, internal=True)
