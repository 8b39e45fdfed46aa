"""What a service brings to its acts: the means they stand on, and how it keeps a chapter's cases."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.engine import Connection

from shared.acts.convert import Documents
from shared.acts.model import Chapter, Context, Outcome, Viewer
from shared.acts.store import CaseTables, Row
from shared.contracts.register import Register
from shared.crypto.vault import Vault
from shared.db.database import Database
from shared.files import uses
from shared.files.store import Files
from shared.journal.log import Journal
from shared.kernel.clock import Clock
from shared.kernel.errors import Refusal, Refused
from shared.kernel.settings import Settings
from shared.law.store import Law, Snapshot

Prepare = Callable[[Connection, "Means", Row | None, Any, Any, Context], Any]      # row, case, command -> command
Against = Callable[[Connection, Any, Context], Mapping[str, Iterable[Refusal]]]    # case -> by act
Saved = Callable[[Connection, "Means", str, Outcome[Any], Any, Context], None]     # case id, outcome, command


@dataclass(frozen=True, slots=True)
class Means:
    """What acts stand on in a service: its stores and ports."""

    service: str
    city: str
    db: Database
    clock: Clock
    vault: Vault
    documents: Documents
    journal: Journal
    law: Law
    files: Files
    ring: Callable[[], None]          # wakes the followers after a commit
    refused: Callable[[Viewer, str, str, Refused], None]   # logs a refused attempt: viewer, act, case
    settings: Settings


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be filtered by; the API's description and its refusals come from it. `ask`: the condition, where
    it is not that a column of this name has the value."""

    title: str                        # 中文
    codes: str | Mapping[str, str] = ""     # its values: a list of the rulebook, one that codes.py names, code -> 中文
    ask: Callable[["Means", str], ColumnElement[bool]] | None = None
    in_url: bool = True               # False: what is searched for may be personal, and is asked for in a body


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a service keeps a chapter: its tables, its columns, and what an act does besides the case's own row."""

    chapter: Chapter
    tables: CaseTables
    columns: Callable[[Any, Vault], Mapping[str, Any]] = lambda case, vault: {}
    prepare: Mapping[str, Prepare] = field(default_factory=dict)
    saved: Mapping[str, Saved] = field(default_factory=dict)
    summary: Callable[[Any], Mapping[str, Any]] = lambda case: {}     # what a list shows of a case as seen
    filters: Mapping[str, Filter] = field(default_factory=dict)       # what a list may be filtered by, and searches
    tells: frozenset[str] = frozenset()                               # columns that every event of the case tells
    news: Callable[[Any, Any, Vault], Mapping[str, Any]] = lambda before, after, vault: {}  # told where an act moves it
    look_up: Mapping[str, Prepare] = field(default_factory=dict)      # what an act is about, before anything else of it
    ended: frozenset[str] = frozenset()                               # states in which it is over; else the final ones
    told_of: bool = True                                              # who asks is told what its cases hold of him
    disclosed: Callable[[Any, Viewer, Register], Any] | None = None   # a case as he is told of it: more than is seen
    forget: Callable[[Connection, str], None] | None = None           # what else of a case goes with its personal data
    today: Callable[[Any, Snapshot, datetime], Mapping[str, Any]] = lambda case, snapshot, now: {}   # said as of now
    named: tuple[str, ...] = ()       # agencies' codes of the summary: `lead`, or of several `receipts.holder`
    # What the tables have against an act, whatever it says: so `actions` shows it; a real attempt is refused for it by
    # what it looks up.
    against: Against = lambda tx, case, context: {}


def keep_file(tx: Connection, means: Means, case_id: str, outcome: Outcome[Any], command: Any,
              context: Context) -> None:
    """Of the act that adds a material: its file is kept as long as the case names it."""
    if command.digest:
        uses.note(tx, command.digest, case_id, context.now)
