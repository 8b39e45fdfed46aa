"""Looks up the act that a correction is about: in the case's journal, as it stands after earlier corrections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts.convert import Documents
from shared.acts.correct import Correct
from shared.acts.corrections import AT, NO_SUCH_ENTRY, NOT_THE_AUTHOR, ON, Correctable, Corrected, Original, applied
from shared.acts.keeping import Means, Prepare
from shared.acts.machines import MACHINE
from shared.acts.model import CHIEF_ONLY, RANK_TOO_LOW, Act, Chapter, Context, Rank
from shared.acts.store import Row
from shared.acts.succession import forebears
from shared.deadlines.model import MET
from shared.journal.log import Journal
from shared.journal.model import Entry
from shared.kernel.clock import CITY_ZONE, aware, day_of
from shared.kernel.errors import Refused, demand

CORRECT = "correct"                   # the act's name in every chapter that has it


@dataclass(frozen=True, slots=True)
class Said:
    """When an act truly happened, as its entry and its corrections say. `timed`: its time of day is known."""

    entry: Entry
    on: date
    at: datetime
    timed: bool


def look_up(chapter: Chapter, rows: Mapping[str, Correctable]) -> Prepare:
    """The hook of 更正: finds the act that is corrected; only its author goes on, and of an outward document a leader.
    `rows`: what may be corrected, by act."""
    def found(tx: Connection, means: Means, row: Row | None, case: Any, command: Correct, context: Context) -> Correct:
        assert row is not None
        entry = command.said.entry
        original = find(tx, means.journal, means.documents, chapter, row.id, case, entry, context)
        document = original.act in rows and rows[original.act].document
        refuse_others(original, chapter, context, Rank.LEADER if document else Rank.OFFICER, case)
        return replace(command, said=replace(command.said, original=original))
    return found


def find(
    tx: Connection,
    journal: Journal,
    documents: Documents,
    chapter: Chapter,
    case_id: str,
    case: Any,
    entry_id: str,
    context: Context,
) -> Original:
    """The act behind an entry. Raises Refused where the case has none, or none whose content is still kept."""
    entries = acts_of(journal.of_stream(tx, case_id))
    entry = next((each for each in entries if each.id == entry_id), None)
    if entry is None or entry.actor == "suite":
        raise Refused(NO_SUCH_ENTRY)
    return _original(tx, journal, documents, chapter, case_id, case, entry, entries, context)


def opening(tx: Connection, journal: Journal, documents: Documents, chapter: Chapter, case_id: str, case: Any,
            context: Context) -> Original:
    """The act that opened the case, whoever did it, the suite too. Raises Refused where its content is not kept."""
    entries = acts_of(journal.of_stream(tx, case_id))
    return _original(tx, journal, documents, chapter, case_id, case, entries[0], entries, context)


def _original(tx: Connection, journal: Journal, documents: Documents, chapter: Chapter, case_id: str, case: Any,
              entry: Entry, entries: Sequence[Entry], context: Context) -> Original:
    detail = journal.detail(tx, entry.position)
    if detail is None:
        raise Refused(NO_SUCH_ENTRY)
    act = chapter.act(entry.data["act"])
    told: Any = documents.load(act.command, detail["command"], f"{case_id}/command")     # where the detail has it
    corrections: tuple[Corrected, ...] = case.corrections
    said = said_of(entry, detail, corrections)
    movers = _movers(chapter, entries)
    days = {each.id: _day(each, corrections) for each in entries}
    first, last = _between(entry, entries, movers, days, day_of(context.now))
    others = [days[each.id] for each in movers if each.id != entry.id]
    met = frozenset(each.data["deadline"] for kind in ("deadline_met", "deadline_corrected")
                    for each in journal.caused(tx, entry.id, kind, case_id) if each.data["state"] == MET)
    return Original(
        entry.id,
        act.name,
        f"{chapter.service}.{entry.type}",
        entry.agency,
        _right(told, entry, corrections),
        said.on,
        said.at,
        said.timed,
        entry.data,
        first,
        last,
        entry.id == entries[0].id,
        any(each.id == entry.id for each in movers),
        max(others, default=date.min),
        met,
        told,
        entry.occurred_on,
        {each.id: each.data for each in entries if each.id != entry.id},
    )


def _right(command: Any, entry: Entry, corrections: Iterable[Corrected]) -> Any:
    """The command of an entry as earlier corrections left it."""
    for each in corrections:
        if each.entry == entry.id and each.field not in (ON, AT):
            command = applied(command, each.field, each.new.value)
    return command


def refuse_others(original: Original, chapter: Chapter, context: Context, rank: Rank, case: Any) -> None:
    """Only its author corrects an act, or who succeeded it, in all or in this case, at the rank the act asks, and no
    lower than `rank`. Raises Refused."""
    own = context.viewer.agency
    authors = {own, *context.register.forebears(own, day_of(context.now)), *forebears(case, own)}
    demand((original.agency in authors, NOT_THE_AUTHOR))
    act = chapter.act(original.act)
    demand(
        (context.viewer.rank >= max(act.rank, rank), act.named(CHIEF_ONLY if act.rank is Rank.CHIEF else RANK_TOO_LOW))
    )


def said_of(entry: Entry, detail: Any, corrections: Iterable[Corrected] = ()) -> Said:
    """The true date and time of an act: as asked, else the moment of entry on its own day, else noon of its day."""
    on, text = entry.occurred_on, (detail or {}).get("request", {}).get("happened_at")
    for each in corrections:
        if each.entry == entry.id and each.field == ON:
            on = date.fromisoformat(each.new.value)
            if text:
                text = datetime.combine(
                    on, datetime.fromisoformat(text).astimezone(CITY_ZONE).time(), CITY_ZONE
                ).isoformat()
        elif each.entry == entry.id and each.field == AT:
            text = each.new.value
            on = day_of(datetime.fromisoformat(text))
    if text:
        return Said(entry, on, aware(datetime.fromisoformat(text)), True)
    if on == entry.occurred_on == day_of(entry.recorded_at):
        return Said(entry, on, entry.recorded_at, True)
    return Said(entry, on, aware(datetime.combine(on, time(12), CITY_ZONE)), False)


def reasons(tx: Connection, journal: Journal, entry: Entry, signature: bool) -> dict[str, Any]:
    """Why an act was entered late or corrected, as its author said, and who signed what a machine did, where the reader
    may know the `signature` (`signed.reads_signature`); empty where it was neither, or was erased."""
    asked = entry.data.get("back_entry") or "corrected" in entry.data or entry.actor.startswith(MACHINE)
    detail = journal.detail(tx, entry.position) if asked else None
    if not detail:
        return {}
    machine = {"client": entry.actor.removeprefix(MACHINE)} if entry.actor.startswith(MACHINE) else {}
    signed = detail["request"].get("signed_by") if machine and signature else None
    late, said = (
        detail["request"].get("back_entry"),
        detail["command"].get("said") if "corrected" in entry.data else None,
    )
    return {**({"back_entry": {"reason": late["reason"], "scan": late["scan"]}} if late else {}),
            **({"correction": {"field": said["field"], "reason": said["reason"]}} if said else {}),
            **machine, **({"signed_by": signed} if signed else {})}


def last_at(tx: Connection, journal: Journal, chapter: Chapter, case_id: str, case: Any) -> datetime | None:
    """The true time of the latest act that moved the case; None where only its day is known."""
    corrections: tuple[Corrected, ...] = getattr(case, "corrections", ())
    last = _movers(chapter, acts_of(journal.of_stream(tx, case_id)))[-1]
    said = said_of(last, journal.detail(tx, last.position), corrections)
    return said.at if said.timed else None


def acts_of(entries: Iterable[Entry]) -> list[Entry]:
    """The acts among a case's entries but corrections, in order."""
    return [each for each in entries if each.data.get("act", CORRECT) != CORRECT]


def _movers(chapter: Chapter, entries: Sequence[Entry]) -> list[Entry]:
    """The acts that move the case in their order: the one that opened it, and all that do not only add."""
    def moves(act: Act) -> bool:
        return act.ordered and not act.adds_only

    return [each for each in entries if each.id == entries[0].id or moves(chapter.act(each.data["act"]))]


def _between(entry: Entry, entries: Sequence[Entry], movers: Sequence[Entry], days: dict[str, date],
             today: date) -> tuple[date, date]:
    """The days between which the act lies: after the act it follows, before the one that follows it."""
    place = next((number for number, each in enumerate(movers) if each.id == entry.id), None)
    if place is None:
        return days[entries[0].id], today
    later = movers[place + 1:] if place else entries[1:]
    last = min((days[each.id] for each in (later[:1] if place else later)), default=today)
    return days[movers[place - 1].id] if place else date.min, last


def _day(entry: Entry, corrections: Iterable[Corrected]) -> date:
    return said_of(entry, None, corrections).on
