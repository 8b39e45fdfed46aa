"""What an act on a plan needs besides its case: numbers allotted or entered, the act that is corrected, files, rows of
tasks. A chapter says its words and what may be corrected; the hooks are the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts import originals
from shared.acts.corrections import Correctable
from shared.acts.keeping import Means, Prepare, Saved, keep_file
from shared.acts.model import Chapter, Context, Outcome, Rank
from shared.acts.store import Row
from shared.numbers.giving import number
from shared.plans.commands import Correct
from shared.plans.plan import Plan
from shared.plans.store import PlanTables

# The word between an agency's short name and the year, by act. A chapter puts its own sign before each: a number of
# one service is never one of another.
WORDS = {"submit": "报字", "review": "审字", "present": "呈字", "review-amendment": "变审字", "present-amendment": "变呈字"}
CORRECTION_WORD = "更字"
# After these, tasks may be others, or another's, or done.
TASK_ACTS = ("approve", "report-task", "decline", "reassign", "review-amendment", "decide-amendment", "terminate",
             "end", "presume-end", "report", "add-closing-report", "note-filing-return", "correct")


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a chapter of plans keeps besides its cases' own rows, as `Keeping` takes it."""

    look_up: Mapping[str, Prepare]
    prepare: Mapping[str, Prepare]
    saved: Mapping[str, Saved]


def hooks(chapter: Chapter, tables: PlanTables, sign: str, words: Mapping[str, str],
          correctable: Mapping[str, Correctable]) -> Hooks:
    """The hooks of a chapter. `sign` stands before every word; `words` are those of its own acts."""
    numbered: dict[str, Prepare] = {act: number(act, sign + word, tables.numbers)
                                    for act, word in {**WORDS, **words}.items()}
    correction = number("correct", sign + CORRECTION_WORD, tables.numbers)
    acts = {act.name for act in chapter.acts}
    saved: dict[str, Saved] = {act: keep_tasks(tables) for act in TASK_ACTS if act in acts}
    return Hooks({"correct": look_up_original(chapter, correctable)},
                 {**numbered, "correct": number_correction(correctable, correction)},
                 {**saved, "add-material": keep_file})


def look_up_original(chapter: Chapter, correctable: Mapping[str, Correctable]) -> Prepare:
    """Finds the act that is corrected; only its author goes on, and of an outward document a leader."""
    def look_up(tx: Connection, means: Means, row: Row | None, case: Plan, command: Correct,
                context: Context) -> Correct:
        assert row is not None
        entry = command.said.entry
        original = originals.find(tx, means.journal, means.documents, chapter, row.id, case, entry, context)
        document = original.act in correctable and correctable[original.act].document
        originals.refuse_others(original, chapter, context, Rank.LEADER if document else Rank.OFFICER)
        return replace(command, said=replace(command.said, original=original))
    return look_up


def number_correction(correctable: Mapping[str, Correctable], correction: Prepare) -> Prepare:
    """A 更正函 has a number of its own; what is no outward document is corrected without one."""
    def prepare(tx: Connection, means: Means, row: Row | None, case: Plan, command: Correct,
                context: Context) -> Correct:
        assert command.said.original is not None
        act = command.said.original.act
        if act not in correctable or not correctable[act].document:
            return replace(command, number="")
        given: Correct = correction(tx, means, row, case, command, context)
        return given
    return prepare


def keep_tasks(tables: PlanTables) -> Saved:
    """The rows of the plan's tasks follow it."""
    def saved(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
              context: Context) -> None:
        tables.keep_tasks(tx, case_id, outcome.case)
    return saved
