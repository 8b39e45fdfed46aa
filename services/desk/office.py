"""What the rooms below need to know of the desk: how accounts are kept, and whose news it follows."""

from services.desk import clients_keys, store
from services.desk.usecases import KEEPING
from shared.acts.office import Spec
from shared.law import handlers as law

# Sharing tells the register. Its own appointments the desk knows in the act's transaction.
FOLLOWS = {"sharing": lambda _: law.HANDLERS}
SPEC = Spec("desk", "人员", (KEEPING, clients_keys.KEEPING), store.TABLES, FOLLOWS)
