"""What an act of chapter 4 needs besides its case: numbers allotted or entered, and what `others` looks up."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.engine import Connection

from services.transfer import store
from services.transfer.case import Transfer
from services.transfer.commands import ReissueLetter, Withdraw
from services.transfer.corrections import ROWS
from services.transfer.domain import CHAPTER
from services.transfer.others import look_up, look_up_call, look_up_decision, look_up_file_number
from services.transfer.refusals import BAD_NUMBER
from shared.acts import originals
from shared.acts.keeping import Means, Prepare, Saved, keep_file
from shared.acts.model import Context, Outcome
from shared.acts.store import Row
from shared.acts.succession import forebears
from shared.numbers.giving import number, number_correction

# The word between an agency's short name and the year, by act.
WORDS = {"issue-letter": "移字", "request-supplement": "补字", "accept": "受字", "refuse": "退字", "rule": "明字",
         "report-closure": "结字"}
CORRECTION_WORD = "更字"
NUMBER: Mapping[str, Prepare] = {
    **{act: number(act, word, store.NUMBERS) for act, word in WORDS.items()},
    "issue-letter": number("issue-letter", WORDS["issue-letter"], store.NUMBERS, BAD_NUMBER),
}


def void_letter(tx: Connection, means: Means, case_id: str, outcome: Outcome[Transfer], command: Withdraw,
                context: Context) -> None:
    """The withdrawn letter's number is voided; those of letters that went out and came back stand."""
    store.NUMBERS.void_numbers(tx, _numbering(outcome.case, context), outcome.facts["voided"], context.happened_on,
                               command.reason)


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
    return replace(command, letter=NUMBER["issue-letter"](tx, means, row, case, command.letter, context))


def void_replaced(tx: Connection, means: Means, case_id: str, outcome: Outcome[Transfer], command: ReissueLetter,
                  context: Context) -> None:
    """The number of the letter that was replaced is voided."""
    store.NUMBERS.void_numbers(
        tx, _numbering(outcome.case, context), outcome.facts["voided"], context.happened_on, command.void_reason
    )


def _numbering(case: Transfer, context: Context) -> frozenset[str]:
    """Whose numbers the case's documents have: the acting agency's, and those that it took over with the case."""
    own = context.viewer.agency
    return forebears(case, own) | {own}


LOOK_UP: Mapping[str, Prepare] = {"correct": originals.look_up(CHAPTER, ROWS), "reissue-letter": look_up_letter}
PREPARE: Mapping[str, Prepare] = {"announce": look_up, "phone": look_up_call, **NUMBER,
                                  "record-decision": look_up_decision, "close": look_up_decision,
                                  "file-case": look_up_file_number,
                                  "correct": number_correction(CORRECTION_WORD, store.NUMBERS, ROWS),
                                  "reissue-letter": number_letter}
SAVED: Mapping[str, Saved] = {"withdraw": void_letter, "reissue-letter": void_replaced, "add-material": keep_file}
