"""What an act of chapter 3 needs besides its case: its words for document numbers, and the scan of a direct decision.
The other hooks are every plan's."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from services.joint.commands import DecideDirectly
from services.joint.corrections import ROWS
from services.joint.domain import CHAPTER
from services.joint.plan import Joint
from services.joint.store import PLANS
from shared.acts.keeping import Means
from shared.acts.model import Context, Outcome
from shared.acts.store import Row
from shared.files import uses, waiting
from shared.plans.usecases import hooks

SIGN = "联"            # before every word: 荣住建联报字〔2025〕第1号
WORDS = {"report": "总字"}
DECIDE_DIRECTLY = "decide-directly"


def own_scan(tx: Connection, means: Means, row: Row | None, case: Joint | None, command: DecideDirectly,
             context: Context) -> DecideDirectly:
    """The scan is one that who acts has uploaded; any other is none."""
    own = waiting.uploaded(tx, context.viewer.appointment, command.scan) and means.files.exists(command.scan)
    return command if own else replace(command, scan="")


def keep_scan(tx: Connection, means: Means, case_id: str, outcome: Outcome[Joint], command: DecideDirectly,
              context: Context) -> None:
    """The scan is kept as long as the plan names it."""
    uses.note(tx, command.scan, case_id, context.now)


_EVERY = hooks(CHAPTER, PLANS, SIGN, WORDS, ROWS)
HOOKS = replace(_EVERY, prepare={**_EVERY.prepare, DECIDE_DIRECTLY: own_scan},
                saved={**_EVERY.saved, DECIDE_DIRECTLY: keep_scan})
