"""What an act on a plan needs besides its case: numbers allotted or entered, the act that is corrected, files, rows of
tasks. A chapter says its words and what may be corrected; the hooks are the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts import originals
from shared.acts.corrections import Correctable
from shared.acts.keeping import Means, Prepare, Saved, keep_file
from shared.acts.machines import actor_of
from shared.acts.model import Chapter, Context, Outcome
from shared.acts.store import Row
from shared.acts.succession import ASSIGN, SUCCEED
from shared.numbers.giving import number, number_correction
from shared.plans.plan import Plan
from shared.plans.store import PlanTables

# The word between an agency's short name and the year, by act. A chapter puts its own sign before each: a number of
# one service is never one of another.
WORDS = {"submit": "报字", "review": "审字", "present": "呈字", "review-amendment": "变审字", "present-amendment": "变呈字"}
CORRECTION_WORD = "更字"
UPLOAD = "add-material"
ON_PAPER = ("approve", "return-plan", "reject", "decide-amendment")         # acts that record a paper of the government
# After these, tasks may be others, or another's, or done.
TASK_ACTS = ("approve", "report-task", "decline", "reassign", "review-amendment", "decide-amendment", "terminate",
             "end", "presume-end", "report", "add-closing-report", "note-filing-return", "correct", SUCCEED, ASSIGN)


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
    correction = number_correction(sign + CORRECTION_WORD, tables.numbers, correctable)
    acts = {act.name for act in chapter.acts}
    saved: dict[str, Saved] = {act: keep_tasks(tables) for act in TASK_ACTS if act in acts}
    papers: dict[str, Prepare] = dict.fromkeys(ON_PAPER, own_paper)
    return Hooks({"correct": originals.look_up(chapter, correctable)}, {**numbered, **papers, "correct": correction},
                 {**saved, UPLOAD: keep_file})


def own_paper(tx: Connection, means: Means, row: Row | None, plan: Plan, command: Any, context: Context) -> Any:
    """The scan of the government's paper is one that who acts has uploaded to the plan; any other is none."""
    assert row is not None
    own = any(entry.actor == actor_of(context.viewer) and entry.data.get("act") == UPLOAD
              and entry.data.get("material") == command.paper.scan for entry in means.journal.of_stream(tx, row.id))
    return command if own else replace(command, paper=replace(command.paper, scan=0))


def keep_tasks(tables: PlanTables) -> Saved:
    """The rows of the plan's tasks follow it."""
    def saved(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
              context: Context) -> None:
        tables.keep_tasks(tx, case_id, outcome.case)
    return saved
