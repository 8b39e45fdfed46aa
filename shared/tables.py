"""The tables that every service has in its own database, gathered: what migrations and tests make.

A room declares its tables on `shared.db.SHARED`; being imported here is what makes them part of every service.
"""

import shared.access.appointments
import shared.access.log
import shared.acts.repeats
import shared.bus.tables
import shared.deadlines.tables
import shared.files.uses
import shared.journal.tables
import shared.law.tables
from shared.db import SHARED

__all__ = ("SHARED",)
