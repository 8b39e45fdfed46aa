"""What the rooms below need to know of chapter 5: how its cases are kept, and whose news it follows."""

from services.sharing import following_tips, keeping_catalogue, store
from services.sharing.usecases import KEEPINGS
from shared.access import appointments
from shared.acts.office import Spec

# The desk tells who may act, its own journal what came in that the catalogue should know of, the plans what was found
# and may be a tip, transfer what became of one. The law is its own.
FOLLOWS = {"desk": lambda _: appointments.HANDLERS, "sharing": keeping_catalogue.own_news,
           "transfer": following_tips.transfers_news, "collab": following_tips.plans_news,
           "joint": following_tips.plans_news}
SPEC = Spec("sharing", "信息共享", KEEPINGS, store.TABLES, FOLLOWS)
