"""The tables that every service has in its own database, gathered: what migrations and tests make.

A room declares its tables on `shared.db.database.SHARED`; standing in ROOMS is what makes them part of every service.
"""

from shared.access import appointments, log, quota
from shared.acts import appointed, erasing, handing, repeats, whom
from shared.bus import tables as bus
from shared.db.database import SHARED
from shared.deadlines import tables as deadlines
from shared.files import uploads, uses, waiting
from shared.journal import carrying, sent
from shared.journal import tables as journal
from shared.law import holds, queues, subscriptions
from shared.law import tables as law

ROOMS = (journal, repeats, deadlines, uses, waiting, appointments, log, law, bus, appointed, handing,
         holds, whom, erasing, quota, uploads, subscriptions, queues, sent, carrying)

__all__ = ("ROOMS", "SHARED")
