"""The end of an agency, told to one service as its follower would tell it."""

import uuid
from dataclasses import replace
from datetime import date

from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.contracts.register import Heir
from shared.law.handlers import HANDLERS
from tests.situations.city import REGISTER

DOCUMENT = "荣政发〔2025〕12号"


def ends(office: Office, code: str, last_day: date, *heirs: Heir, taking: str = "") -> str:
    """Tells the service that the agency is dissolved; the id of the event. `taking`: who takes over its standing."""
    agency = REGISTER.agencies[code]
    registered = replace(agency, until=last_day, heirs=heirs, standing="")
    id = str(uuid.uuid4())
    now = office.clock.now()
    with office.db.write() as tx:
        if taking:
            heir = replace(REGISTER.agencies[taking], standing=agency.standing)
            HANDLERS["agency_changed"](tx, Event(uuid.uuid4().hex, "sharing", "agency_changed", "c", now,
                                                 {"registered": heir.to_dict(), "document": DOCUMENT}))
        HANDLERS["agency_dissolved"](tx, Event(id, "sharing", "agency_dissolved", "c", now,
                                               {"registered": registered.to_dict(), "document": DOCUMENT}))
    return id
