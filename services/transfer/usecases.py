"""What an act of chapter 4 needs besides its case: numbers allotted or entered, other cases of the respondent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from services.transfer import store
from services.transfer.case import Transfer
from services.transfer.commands import AddMaterial, Announce, Correct, ReissueLetter, Withdraw
from services.transfer.corrections import ROWS
from services.transfer.domain import CHAPTER
from services.transfer.refusals import BAD_NUMBER, BAD_OWN_NUMBER
from services.transfer.turns import Phone
from shared.acts import originals
from shared.acts.keeping import Means, Prepare, Saved
from shared.acts.model import Context, Outcome, Rank
from shared.acts.store import Row
from shared.errors import Refusal, Refused
from shared.files import uses

NUMBER_TAKEN = Refusal("NUMBER_TAKEN", "文号「{number}」已经用过（含作废的），不得重复使用。",
                       "The document number {number} has been used (voided ones count).", "internal", 409, "number")
OTHER_WORD = Refusal("OTHER_WORD", "文号机关代字应当是本机关的「{word}」。", "The number must carry your agency's own word {word}.",
                     "internal", where="number")
OTHER_YEAR = Refusal(
    "OTHER_YEAR",
    "文号年份应当是文书作出的年份（{year}）。",
    "The number must be of the year of the document ({year}).",
    "internal",
    where="number",
)
NO_SHORT = Refusal(
    "NO_SHORT",
    "本机关在名录中没有机关代字，请录入纸质文号。",
    "The register has no short name for your agency: enter the number of the paper.",
    "internal",
    where="number",
)

NOT_WITHDRAWN = Refusal(
    "NOT_WITHDRAWN",
    "所接续的案件不是本机关已撤回的案件。",
    "The case taken up again is none that your agency withdrew.",
    "22",
    where="after",
)

# The word between an agency's short name and the year, by act.
WORDS = {"issue-letter": "移字", "request-supplement": "补字", "accept": "受字", "refuse": "退字", "rule": "明字",
         "report-closure": "结字", "correct": "更字"}
OPEN = frozenset(CHAPTER.states) - CHAPTER.final
SHAPE = re.compile(r"^(?P<word>[^〔〕\s]+)〔(?P<year>[0-9]{4})〕第?(?P<serial>[1-9][0-9]{0,5})号$")


def look_up(
    tx: Connection, means: Means, row: Row | None, case: Transfer | None, command: Announce, context: Context
) -> Announce:
    """Adds the respondent's open cases, and the first notice of the withdrawn case that this one takes up again."""
    key = store.respondent_key(command.matter.respondent, means.vault)
    same = store.open_cases_of(tx, key, command.matter.cause, OPEN, but=row.id if row else "") if key else ()
    first = store.first_announced_on(tx, command.after, context.viewer.agency) if command.after else None
    if command.after and first is None:
        raise Refused(NOT_WITHDRAWN)
    return replace(command, open_same=same, first_announced_on=first)


def look_up_call(tx: Connection, means: Means, row: Row | None, case: Transfer | None, command: Phone,
                 context: Context) -> Phone:
    """Adds the respondent's open cases to the call that opens one."""
    key = store.respondent_key(command.respondent, means.vault)
    if row is not None or not key:
        return command
    return replace(command, open_same=store.open_cases_of(tx, key, command.cause, OPEN))


def number(act: str) -> Prepare:
    """The hook that gives an act's document its number: the next of the agency's series, or the one on the paper."""
    def prepare(tx: Connection, means: Means, row: Row | None, case: Transfer, command: Any, context: Context) -> Any:
        own = context.register.get(context.viewer.agency)
        word = f"{own.short}{WORDS[act]}" if own and own.short else ""
        if command.number:
            _enter(tx, row, command.number, word, act, context)
            return command
        if not word:
            raise Refused(NO_SHORT)
        year = context.happened_on.year
        serial = store.next_serial(tx, context.viewer.agency, word, year)
        text = f"{word}〔{year}〕第{serial}号"
        _use(tx, row, text, word, year, serial, act, context, entered=False)
        return replace(command, number=text)
    return prepare


def _enter(tx: Connection, row: Row | None, text: str, word: str, act: str, context: Context) -> None:
    shape = SHAPE.match(text)
    if shape is None:
        raise Refused(BAD_NUMBER if act == "issue-letter" else BAD_OWN_NUMBER)
    if word and shape["word"] != word:
        raise Refused(OTHER_WORD.filled(word=word))
    agency, year, serial = context.viewer.agency, int(shape["year"]), int(shape["serial"])
    if year != context.happened_on.year:
        raise Refused(OTHER_YEAR.filled(year=context.happened_on.year))
    store.raise_series(tx, agency, shape["word"], year, serial)
    if store.taken(tx, agency, shape["word"], year, serial):
        raise Refused(NUMBER_TAKEN.filled(number=text))
    _use(tx, row, text, shape["word"], year, serial, act, context, entered=True)


def _use(tx: Connection, row: Row | None, text: str, word: str, year: int, serial: int, act: str, context: Context, *,
         entered: bool) -> None:
    assert row is not None
    store.use_number(tx, {"agency": context.viewer.agency, "number": text, "word": word, "year": year, "serial": serial,
                          "case": row.id, "act": act, "entered": entered})


def void_letter(tx: Connection, means: Means, case_id: str, outcome: Outcome[Transfer], command: Withdraw,
                context: Context) -> None:
    """The withdrawn letter's number is voided; those of letters that went out and came back stand."""
    store.void_numbers(tx, context.viewer.agency, outcome.facts["voided"], context.happened_on, command.reason)


def keep_file(tx: Connection, means: Means, case_id: str, outcome: Outcome[Transfer], command: AddMaterial,
              context: Context) -> None:
    """A material's file is kept as long as the case names it."""
    if command.digest:
        uses.note(tx, command.digest, case_id, context.now)


def unused(ledger: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The stretches of each series that no row of the ledger (in order) has: left by a paper number entered ahead.

    They are not allotted, but can still be entered from their papers."""
    found: list[dict[str, Any]] = []
    last: dict[tuple[str, int], int] = {}
    for row in ledger:
        series = row["word"], row["year"]
        first = last.get(series, 0) + 1
        if row["serial"] > first:
            found.append({"word": row["word"], "year": row["year"], "from": first, "to": row["serial"] - 1})
        last[series] = row["serial"]
    return found


def look_up_original(tx: Connection, means: Means, row: Row | None, case: Transfer, command: Correct,
                     context: Context) -> Correct:
    """Finds the act that is corrected; only its author goes on, and of an outward document a leader."""
    assert row is not None
    original = originals.find(tx, means.journal, means.documents, CHAPTER, row.id, case, command.said.entry, context)
    document = original.act in ROWS and ROWS[original.act].document
    originals.refuse_others(original, CHAPTER, context, Rank.LEADER if document else Rank.OFFICER)
    return replace(command, said=replace(command.said, original=original))


def number_correction(tx: Connection, means: Means, row: Row | None, case: Transfer, command: Correct,
                     context: Context) -> Correct:
    """A 更正函 has a number of its own; what is no outward document is corrected without one."""
    assert command.said.original is not None
    if command.said.original.act not in ROWS or not ROWS[command.said.original.act].document:
        return replace(command, number="")
    numbered: Correct = number("correct")(tx, means, row, case, command, context)
    return numbered


def look_up_letter(tx: Connection, means: Means, row: Row | None, case: Transfer, command: ReissueLetter,
                   context: Context) -> ReissueLetter:
    """Finds the act whose letter is voided; where there is none, the state refuses."""
    assert row is not None
    letter = next((each for each in reversed(originals.acts_of(means.journal.of_stream(tx, row.id)))
                   if each.data["act"] in ("issue-letter", "reissue-letter")), None)
    if letter is None:
        return command
    original = originals.find(tx, means.journal, means.documents, CHAPTER, row.id, case, letter.id, context)
    return replace(command, replaces=original)


def number_letter(tx: Connection, means: Means, row: Row | None, case: Transfer, command: ReissueLetter,
                   context: Context) -> ReissueLetter:
    """The letter that takes the place of another has a number of its own."""
    return replace(command, letter=number("issue-letter")(tx, means, row, case, command.letter, context))


def void_replaced(tx: Connection, means: Means, case_id: str, outcome: Outcome[Transfer], command: ReissueLetter,
                  context: Context) -> None:
    """The number of the letter that was replaced is voided."""
    store.void_numbers(tx, context.viewer.agency, outcome.facts["voided"], context.happened_on, command.void_reason)


LOOK_UP: Mapping[str, Prepare] = {"correct": look_up_original, "reissue-letter": look_up_letter}
PREPARE: Mapping[str, Prepare] = {"announce": look_up, "phone": look_up_call, **{act: number(act) for act in WORDS},
                                "correct": number_correction, "reissue-letter": number_letter}
SAVED: Mapping[str, Saved] = {"withdraw": void_letter, "reissue-letter": void_replaced, "add-material": keep_file}
