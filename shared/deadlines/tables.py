"""The tables of deadlines, in every service's own database."""

import sqlalchemy as sa

from shared.db.database import SHARED, UtcInstant
from shared.deadlines.model import LIVE

deadline = sa.Table(
    "deadline", SHARED,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case", sa.Text, nullable=False),
    sa.Column("clock", sa.Text, nullable=False),
    sa.Column("bound", sa.Text, nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("started_by", sa.Text, nullable=False),
    sa.Column("started_on", sa.Date, nullable=False),
    sa.Column("started_at", UtcInstant, nullable=False),
    sa.Column("due_at", UtcInstant, nullable=False),
    sa.Column("yellow_at", UtcInstant, nullable=False),
    sa.Column("provisional", sa.Boolean, nullable=False),
    sa.Column("rulebook", sa.Text, nullable=False),
    sa.Column("calendar", sa.Text, nullable=False),
    sa.Column("says", sa.Text, nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("law", sa.Text, nullable=False),
    sa.Column("statutory", sa.Boolean, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("amount", sa.Integer, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("until_on", sa.Date),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("pauses", sa.Text, nullable=False),         # canonical JSON: a deadline is paused seldom
    sa.Column("met_on", sa.Date),
    sa.Column("met_at", UtcInstant),
    sa.Column("late", sa.Boolean),
    sa.Column("warned_generation", sa.Integer, nullable=False),
    sa.Column("breached_generation", sa.Integer, nullable=False),
    sa.Column("next_look", UtcInstant),                   # only: look again then; the status is computed
    sa.Index("deadline_case", "case"),
)
_DUE = deadline.c.next_look.is_not(None)
sa.Index("deadline_next_look", deadline.c.next_look, deadline.c.id, postgresql_where=_DUE, sqlite_where=_DUE)
_LIVE = deadline.c.state.in_([sa.literal_column(f"'{state}'") for state in LIVE])
sa.Index("deadline_one_running", deadline.c.case, deadline.c.clock, deadline.c.bound, deadline.c.item, unique=True,
         postgresql_where=_LIVE, sqlite_where=_LIVE)
# What a calendar or a rulebook may still move, in the order in which it is gone through.
UNSETTLED = sa.or_(_LIVE, sa.and_(deadline.c.state == sa.literal_column("'met'"), deadline.c.provisional))
sa.Index("deadline_unsettled", deadline.c.id, postgresql_where=UNSETTLED, sqlite_where=UNSETTLED)

# What fired, for good: the key holds each kind to once a generation.
firing = sa.Table(
    "deadline_firing", SHARED,
    sa.Column("deadline", sa.Text, sa.ForeignKey("deadline.id"), primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, primary_key=True),         # warned | breached
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("fired_at", UtcInstant, nullable=False),
)
