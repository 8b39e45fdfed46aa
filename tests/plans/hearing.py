"""News told to a service of plans as a follower would tell it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from shared.acts.office import Handler, Office
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.contracts.envelope import Event
from shared.plans.following import own_news


def heard(office: Office, handlers: Callable[[Office], Mapping[str, Handler]], source: str, name: str, subject: str,
          data: Mapping[str, Any]) -> None:
    """One event of another service, handled in a transaction of its own."""
    told = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in data.items()}
    with office.db.write() as tx:
        handlers(office)[name](tx, Event(uuid.uuid4().hex, source, name, subject, office.clock.now(), told))


def hear_own_news(office: Office) -> None:
    """What time has brought, told to the service by its own journal."""
    office.ticker.step()
    follower = Follower(office.db, office.name, office.name, own_news(office), office.clock, LocalFeed(office))
    while follower.step():
        pass
