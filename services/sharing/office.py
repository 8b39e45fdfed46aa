"""What the rooms below need to know of chapter 5: how its cases are kept, and whose news it follows."""

from services.sharing import store
from services.sharing.usecases import KEEPINGS
from shared.access import appointments
from shared.acts.office import Spec

# The desk tells who may act. The law is this service's own.
FOLLOWS = {"desk": lambda _: appointments.HANDLERS}
SPEC = Spec("sharing", "信息共享", KEEPINGS, store.TABLES, FOLLOWS)
