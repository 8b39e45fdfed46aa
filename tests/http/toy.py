"""A chapter as small as can be that still has every kind of act: what routes are tested on."""

from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from shared.acts.keeping import Filter, Keeping
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank
from shared.acts.office import Spec
from shared.acts.store import case_tables
from shared.contracts.personal import Personal
from shared.contracts.register import SUITE
from shared.forms.schemas import ActSchema, Code, Many, One, PersonalField, Text, ValueSchema
from shared.kernel.errors import Refusal, demand

TABLES = sa.MetaData()
CASES = case_tables("toy", TABLES, sa.Column("cause", sa.String(40), nullable=False))
NO_NOTES = Refusal("NO_NOTES", "应当附说明。", "Notes are required.", where="notes")
NO_REASON = Refusal("NO_REASON", "应当写明理由。", "A reason is required.", where="reason")


@dataclass(frozen=True, slots=True)
class Who:
    name: Personal
    phone: Personal = field(default_factory=lambda: Personal(""))


@dataclass(frozen=True, slots=True)
class Start:
    receiver: str
    cause: str
    who: Who


@dataclass(frozen=True, slots=True)
class Decide:
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    text: str


@dataclass(frozen=True, slots=True)
class Toy:
    state: str
    parties: tuple[Party, ...]
    cause: str
    who: Who
    notes: tuple[str, ...] = ()

    def moved(self, state: str) -> "Toy":
        return replace(self, state=state)


def start(_: Any, command: Start, context: Context) -> Outcome[Toy]:
    parties = (Party("sender", context.viewer.agency, context.happened_on),
               Party("receiver", command.receiver, context.happened_on))
    return Outcome(Toy("started", parties, command.cause, command.who), {"cause": command.cause})


def decide(case: Toy, command: Decide, context: Context) -> Outcome[Toy]:
    demand((command.reason, NO_REASON), (command.notes, NO_NOTES))
    return Outcome(replace(case, notes=(*case.notes, *command.notes)))


def note(case: Toy, command: Note, context: Context) -> Outcome[Toy]:
    return Outcome(replace(case, notes=(*case.notes, command.text)))


ACTS = (
    Act(
        "start",
        "开始",
        "22",
        by=frozenset({"sender"}),
        opens=True,
        to=("started",),
        event="started",
        command=Start,
        decide=start,
    ),
    Act(
        "call",
        "电话",
        "22",
        by=frozenset({"sender"}),
        opens=True,
        to=("started",),
        event="called",
        command=Start,
        decide=start,
        states=frozenset({"decided"}),
    ),
    Act(
        "decide",
        "决定",
        "23",
        by=frozenset({"receiver"}),
        rank=Rank.LEADER,
        states=frozenset({"started"}),
        to=("decided",),
        event="decided",
        command=Decide,
        decide=decide,
    ),
    Act(
        "note",
        "记录",
        "22",
        by=frozenset({"sender", "receiver"}),
        states=frozenset({"started", "decided"}),
        adds_only=True,
        event="noted",
        command=Note,
        decide=note,
    ),
    Act(
        "expire",
        "推定",
        "internal",
        by=frozenset({SUITE}),
        states=frozenset({"started"}),
        to=("decided",),
        event="expired",
        command=Decide,
        decide=decide,
    ),
)


def told(before: Any, after: Toy, event: str, context: Context) -> frozenset[str]:
    return frozenset(party.agency for party in after.parties)


CHAPTER = Chapter("toy", "玩具", "cases", ACTS, {"started": "已开始", "decided": "已决定"}, frozenset({"decided"}), Toy, told,
                  lambda case, viewer, register: case)
KEEPING = Keeping(CHAPTER, CASES, lambda case, vault: {"cause": case.cause}, summary=lambda case: {"cause": case.cause},
                  filters={"cause": Filter("案由")})
SPEC = Spec("toy", "玩具", (KEEPING,), TABLES, lambda office: {})


class WhoSchema(ValueSchema):
    makes = Who
    name = PersonalField("姓名", required=True)
    phone = PersonalField("电话")


class StartSchema(ActSchema):
    makes = Start
    receiver = Code("接收机关", required=True)
    cause = Code("案由", required=True)
    who = One("当事人", WhoSchema, required=True)


class DecideSchema(ActSchema):
    makes = Decide
    reason = Text("理由", least=0)
    notes = Many("说明", Text("说明"))


class NoteSchema(ActSchema):
    makes = Note
    text = Text("内容", required=True)


SCHEMAS = {"start": StartSchema, "call": StartSchema, "decide": DecideSchema, "note": NoteSchema}
BODY = {"receiver": "zfj", "cause": "c-1", "who": {"name": "王小明", "phone": "13800001111"}}
