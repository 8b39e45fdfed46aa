"""更正: what an act told wrong is said again by its author; both stay readable. Pure.

A chapter has one row for each act: which fields of its command may be corrected, whether its true date may, and where
the case keeps them. Never parties, never state: who has a case and how far it is comes from acts alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, time
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from shared.acts.codes import listed_on
from shared.acts.model import Context, Righted
from shared.contracts.personal import Personal
from shared.deadlines.correcting import Redated
from shared.kernel.clock import CITY_ZONE, aware, day_of, possible
from shared.kernel.errors import Refusal, demand

ON, AT = "happened_on", "happened_at"         # the true date and, where hours count, the true time

NO_SUCH_ENTRY = Refusal("NO_SUCH_ENTRY", "本案没有这一记录，或者该记录不能更正。",
                        "The case has no such entry, or it cannot be corrected.", "internal", 404, "entry")
NOT_THE_AUTHOR = Refusal("NOT_THE_AUTHOR", "更正由作出该行为的机关进行。", "Only the agency that acted corrects what it said.",
                         "internal", 403)
SUPERSEDED = Refusal(
    "SUPERSEDED",
    "该记录已被后来的行为取代或者确认，不能再更正。",
    "Later acts have replaced or confirmed what this one said: it is corrected no more.",
    "internal",
    409,
    "entry",
)
UNKNOWN_FIELD = Refusal(
    "UNKNOWN_FIELD",
    "该行为没有可以更正的「{field}」一栏。",
    "This act has no field {field} that may be corrected.",
    "internal",
    where="field",
)
OTHER_OLD = Refusal(
    "OTHER_OLD", "所填原内容与现有记录不一致。", "The old value is not what stands there now.", "internal", where="old"
)
SAME_VALUE = Refusal("SAME_VALUE", "更正后的内容与原内容相同。", "The new value is the old one.", "internal", where="new")
NOTHING_NEW = Refusal("NOTHING_NEW", "应当写明更正后的内容。", "The right value is required.", "internal", where="new")
BAD_VALUE = Refusal("BAD_VALUE", "更正后的内容不符合该栏的格式。", "The new value does not have the shape of the field.", "internal",
                    where="new")
UNKNOWN_CODE = Refusal("UNKNOWN_CODE", "更正后的内容应当是该栏可选的一种。", "The new value is one of those that the field takes.",
                       "internal", where="new")
NO_CORRECTION_REASON = Refusal(
    "NO_CORRECTION_REASON",
    "应当写明更正的理由。",
    "The reason of the correction is required.",
    "internal",
    where="reason",
)
OUT_OF_ORDER = Refusal(
    "OUT_OF_ORDER",
    "更正后的日期应当在前一行为（{first}）与后一行为（{last}）之间。",
    "The right date lies between the act before ({first}) and the act after ({last}).",
    "internal",
    where="new",
)
DATE_LATER = Refusal(
    "DATE_LATER", "所填日期不得晚于该行为发生之日。", "The date lies after the day of its act.", "internal", where="new"
)
REFUSALS = (NO_SUCH_ENTRY, NOT_THE_AUTHOR, SUPERSEDED, UNKNOWN_FIELD, OTHER_OLD, SAME_VALUE, NOTHING_NEW,
            BAD_VALUE, UNKNOWN_CODE, NO_CORRECTION_REASON, OUT_OF_ORDER, DATE_LATER)


@dataclass(frozen=True, slots=True)
class Original:
    """The act that is corrected, as it stands now: looked up in the journal, earlier corrections applied."""

    entry: str
    act: str
    event: str                        # "transfer.announced"
    agency: str
    command: Any
    on: date
    at: datetime
    timed: bool                       # its time of day is known
    facts: Mapping[str, Any]          # what its event told
    first: date                       # the day of the act it follows
    last: date                        # the day of the act that follows it; today where none does
    opened: bool                      # it opened the case
    moves: bool                       # it is none that only adds to the case
    others_last: date                 # the day of the latest other act that moved the case
    met: frozenset[str]               # ids of the deadlines it met
    told: Any                         # the command and the day as they were first said:
    told_on: date                     # what its event told rests on them
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)   # the case's other acts: entry -> facts


@dataclass(frozen=True, slots=True)
class Correction:
    """What the author says: which entry, which field, old, new and why. Values as text, dates as ISO."""

    entry: str
    field: str
    old: Personal
    new: Personal
    reason: str
    original: Original | None = None  # looked up by the service


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the case keeps it: what stood there and what stands there now."""

    entry: str
    act: str
    field: str
    old: Personal
    new: Personal
    reason: str
    by: str                           # agency code
    on: date                          # the day of the correction
    number: str = ""                  # 文号 of the 更正函
    leader: str = ""
    leg: int = 0                      # the part of the case it belongs to, where the chapter has several


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be corrected: its path in the command, and the list its codes come from."""

    path: str
    codes: str = ""


Put = Callable[[Any, Original, Any, date], Any]       # case, as it stands, right command, right day -> case | None

# the case as corrected -> entries whose events told dates that rest on the one corrected, with these dates as they are
Rests = Callable[[Any, Original, Context], Mapping[str, Mapping[str, date]]]


@dataclass(frozen=True, slots=True)
class Correctable:
    """The row of an act. `put` gives the case with what is right in its place; None where that is no longer its
    place."""

    act: str
    fields: tuple[Field, ...]
    put: Put
    dated: bool = True                # its true date may be corrected too
    timed: bool = False               # hours count from it or to it: its true time may
    document: bool = False            # an outward document: a leader corrects it by a 更正函
    facts: Mapping[str, str] = field(default_factory=dict)   # dates of its event's facts -> the field they come from
    also: Rests | None = None         # dates of facts that are no field of it, or that other acts told


def rightly(case: Any, said: Correction, row: Correctable | None, context: Context) -> tuple[Any, Righted]:
    """The case with what is right, and what else that sets right. Raises Refused, with all that is wrong at once."""
    original = said.original
    assert original is not None
    demand((row, NO_SUCH_ENTRY))
    assert row is not None
    demand((known(row, said.field), UNKNOWN_FIELD.filled(field=said.field)), (said.reason, NO_CORRECTION_REASON))
    old = text_at(original, said.field)
    demand((said.old.value == old, OTHER_OLD), (said.new.value, NOTHING_NEW), (said.new.value != old, SAME_VALUE))
    command, on, at = _said_right(original, said, context, row)
    if (on, at) != (original.on, original.at):
        _in_order(original, on, at, context)
    demand((all(day <= on for day in _days(row, command)), DATE_LATER))
    after = row.put(case, original, command, on)
    demand((after is not None, SUPERSEDED))
    redated = _redated(row, original, command, on, at)
    if redated and row.also:
        redated = replace(redated, others=row.also(after, original, context))
    moved = redated is not None and on != original.on
    return after, Righted(original.entry, redated, max(original.others_last, on) if moved and original.moves else None,
                          on if moved and original.opened else None)


def known(row: Correctable, name: str) -> bool:
    """Whether the field may be corrected."""
    return name in {each.path for each in row.fields} or (name == ON and row.dated) or (name == AT and row.timed)


def text_at(original: Original, name: str) -> str:
    """What stands in the field now, as the text in which old and new are said."""
    if name == ON:
        return original.on.isoformat()
    if name == AT:
        return original.at.astimezone(CITY_ZONE).isoformat(timespec="minutes") if original.timed else ""
    value: Any = original.command
    for step in name.split("."):
        value = getattr(value, step)
    return text_of(value)


def text_of(value: Any) -> str:
    """A value as text: dates as ISO, true and false as such."""
    if isinstance(value, Personal):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def applied(command: Any, name: str, text: str) -> Any:
    """The command with the field said otherwise. Raises ValueError for a text that the field cannot hold."""
    step, _, rest = name.partition(".")
    if rest:
        return replace(command, **{step: applied(getattr(command, step), rest, text)})
    return replace(command, **{step: _value(get_type_hints(type(command))[step], text)})


def _value(kind: Any, text: str) -> Any:
    if get_origin(kind) is UnionType:
        kind = next(each for each in get_args(kind) if each is not type(None))
    if kind is date:
        return _day(text)
    if kind is bool:
        return {"true": True, "false": False}[text]
    return int(text) if kind is int else Personal(text) if kind is Personal else text


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not possible(day):
        raise ValueError(text)
    return day


def _said_right(original: Original, said: Correction, context: Context, row: Correctable) -> tuple[Any, date, datetime]:
    """The command, day and instant as they should have been. Raises Refused for a value the field cannot hold."""
    new = said.new.value
    try:
        if said.field == AT:
            at = datetime.fromisoformat(new)
            at = aware(at if at.tzinfo else at.replace(tzinfo=CITY_ZONE))
            _day(at.date().isoformat())
            return original.command, day_of(at), at
        if said.field == ON:
            day = _day(new)
            at = aware(datetime.combine(day, _clock_time(original), CITY_ZONE))
            return original.command, day, min(at, context.now) if day == day_of(context.now) else at
        command = applied(original.command, said.field, new)
    except (ValueError, KeyError, OverflowError):
        demand((False, BAD_VALUE))
        raise
    codes = next(each.codes for each in row.fields if each.path == said.field)
    demand(*([listed_on(context.rulebook, codes, new, original.on, UNKNOWN_CODE)] if codes else ()))
    return command, original.on, original.at


def _clock_time(original: Original) -> time:
    return original.at.astimezone(CITY_ZONE).time() if original.timed else time(12)


def _in_order(original: Original, on: date, at: datetime, context: Context) -> None:
    last = min(original.last, day_of(context.now))
    demand((original.first <= on <= last and at <= context.now,
            OUT_OF_ORDER.filled(first=original.first, last=last)))


def _days(row: Correctable, command: Any) -> Iterator[date]:
    """The dates among the fields that may be corrected: none lies after the day of the act."""
    for each in row.fields:
        value = command
        for step in each.path.split("."):
            value = getattr(value, step)
        if isinstance(value, date):
            yield value


def _redated(row: Correctable, original: Original, command: Any, on: date, at: datetime) -> Redated | None:
    facts: dict[str, date] = {}
    for fact, source in row.facts.items():
        if source == ON:
            told, was, day = original.told_on, original.on, on
        else:
            told, was, day = (_at(each, source) for each in (original.told, original.command, command))
        if day != was and str(original.facts.get(fact)) == str(told):
            facts[fact] = day
    if not facts and (on, at) == (original.on, original.at):
        return None
    return Redated(original.entry, original.event, on, at, original.on, original.at, facts, original.met)


def _at(command: Any, path: str) -> date:
    for step in path.split("."):
        command = getattr(command, step)
    assert isinstance(command, date)
    return command


def paths(command: type, before: str = "") -> Iterator[str]:
    """Every path in a command's dataclasses: for the check that rows name only what there is."""
    hints = get_type_hints(command)
    for each in fields(command):
        yield before + each.name
        if is_dataclass(kind := hints[each.name]) and isinstance(kind, type):
            yield from paths(kind, f"{before}{each.name}.")
