"""What the rooms below need to know of the desk: how accounts are kept, and whose news it follows."""

from collections.abc import Mapping

from services.desk import store
from services.desk.usecases import KEEPING
from shared.acts.office import Handler, Office, Spec
from shared.law import handlers as law


def follows(_: Office) -> Mapping[str, Mapping[str, Handler]]:
    """Sharing tells the register. Its own appointments the desk knows in the act's transaction."""
    return {"sharing": law.HANDLERS}


SPEC = Spec("desk", "人员", (KEEPING,), store.TABLES, follows)
