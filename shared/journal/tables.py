"""The journal's tables, in every service's own database. What may be done to them stands in `ddl.py`."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from shared.db.database import SHARED, UtcInstant

# Ids are compared byte by byte on both back ends: shorter indexes' time, and the same order everywhere.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

journal_head = sa.Table(
    "journal_head", SHARED,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("binding", sa.Text, nullable=False),       # what the epoch is bound to: see epochs.py
)

journal = sa.Table(
    "journal", SHARED,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", Id, nullable=False, unique=True),
    sa.Column("stream", Id, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("recorded_at", UtcInstant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("on_behalf_of", sa.Text, nullable=False),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("causation", Id, nullable=False),
    sa.Column("body", sa.Text, nullable=False),           # text, never jsonb: it is published as it stands
    sa.Column("detail_hash", sa.Text, nullable=False),
    sa.Column("state_hash", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("journal_stream", "stream", "position"),
    # Times come in the order of the rows: a few pages say where a day lies, and an insert costs nothing.
    sa.Index("journal_recorded", "recorded_at", postgresql_using="brin",
             postgresql_with={"autosummarize": "on", "pages_per_range": "32"}),
)
# One event causes one entry of a type on a case. Deadline entries follow their act and may be several.
_CAUSED = sa.text("causation <> '' AND type NOT LIKE 'deadline%'")
sa.Index("journal_caused_once", journal.c.causation, journal.c.type, journal.c.stream, unique=True,
         postgresql_where=_CAUSED, sqlite_where=_CAUSED)
# What clocks were judged otherwise: few among many, and justice reads them as one list.
_JUDGED_ANEW = sa.text("type = 'deadline_corrected'")
sa.Index("journal_judged_anew", journal.c.position, postgresql_where=_JUDGED_ANEW, sqlite_where=_JUDGED_ANEW)

journal_detail = sa.Table(
    "journal_detail", SHARED,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("salt", sa.Text, nullable=False),
)

journal_audience = sa.Table(
    "journal_audience", SHARED,
    sa.Column("agency", Id, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Index("journal_audience_position", "position", "agency"),
    sqlite_with_rowid=False,
)

journal_erasure = sa.Table(
    "journal_erasure", SHARED,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("entry", Id, nullable=False),               # id of the entry that tells of the erasure
)

verification = sa.Table(
    "verification", SHARED,
    sa.Column("held", sa.Boolean, primary_key=True),      # whether all that was verified held
    sa.Column("at", UtcInstant, nullable=False),          # when it last did, or last did not
)

checkpoint = sa.Table(
    "checkpoint", SHARED,
    sa.Column("to_position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chain", sa.Text, nullable=False),
    sa.Column("algorithm", sa.Text, nullable=False),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("sealed_at", UtcInstant, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
)
