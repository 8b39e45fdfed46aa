"""The tables of news, in every service's own database."""

import sqlalchemy as sa

from shared.db.database import SHARED, UtcInstant

relay_cursor = sa.Table(
    "relay_cursor", SHARED,
    sa.Column("carrier", sa.Text, primary_key=True),          # where it is published to: amqp
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),     # the last one the broker confirmed
)

follower_cursor = sa.Table(
    "follower_cursor", SHARED,
    sa.Column("consumer", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),              # empty: nothing of the source was seen yet
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("last_id", sa.Text, nullable=False),            # of the entry there: tells two epochs' logs apart
    sa.Column("last_at", UtcInstant),                         # when it was recorded; none: not known
)

parked = sa.Table(
    "parked", SHARED,
    sa.Column("consumer", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),              # its name; empty where the text can't be read
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),           # none: it only waits behind an earlier one of its stream
    sa.Column("next_try", UtcInstant),                        # none: at once, when it is the first of its stream
    sa.Column("parked_at", UtcInstant, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("dropped_at", UtcInstant),                      # given up: it stays readable, holds nobody
    sa.Column("dropped_by", sa.Text, nullable=False, default=""),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Index("parked_stream", "consumer", "source", "stream", "position"),
)
