"""What the rooms below need to know of chapter 5: how its cases are kept, and whose news it follows."""

from collections.abc import Mapping

from services.sharing import (
    dossiers,
    following_tips,
    keeping_catalogue,
    keeping_queries,
    personal_records,
    store,
    verifying_records,
)
from services.sharing.usecases import KEEPINGS
from shared.access import appointments
from shared.acts.office import Handler, Office, Spec
from shared.law import handlers as law


def own_news(office: Office) -> Mapping[str, Handler]:
    """What it hears from its own journal: what the catalogue should know of, what goes on to the next holder, and that
    an agency came to its end: what it had is handed over."""
    return {
        "agency_dissolved": law.agency_dissolved,
        **keeping_catalogue.own_news(office),
        **keeping_queries.own_news(office),
    }


def transfers_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of transfer: whom a case concerns, and what became of a tip."""
    return dossiers.concerning(office, "transfer", following_tips.transfers_news(office))


# The desk tells who may act, the plans what was found and may be a tip, transfer what became of one. The law is this
# service's own.
FOLLOWS = {"desk": lambda _: appointments.HANDLERS, "sharing": own_news,
           "transfer": transfers_news, "collab": following_tips.plans_news,
           "joint": following_tips.plans_news}
SPEC = Spec("sharing", "信息共享", KEEPINGS, store.TABLES, FOLLOWS, (personal_records.TROVE,),
            (verifying_records.findings,))
