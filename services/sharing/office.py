"""What the rooms below need to know of chapter 5: how its cases are kept, and whose news it follows."""

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from services.sharing import store
from services.sharing.archive import index_verification, record_verification
from services.sharing.archive import store as records_store
from services.sharing.catalogue import repository as catalogue_repository
from services.sharing.dossiers import dossier
from services.sharing.dossiers import handlers as dossier_plans
from services.sharing.personal_data import records
from services.sharing.queries import repository as queries_repository
from services.sharing.subscriptions import repository as subscriptions_repository
from services.sharing.tips import handlers as following_tips
from services.sharing.usecases import KEEPINGS
from shared.access import appointments
from shared.acts.office import Handler, Office, Spec
from shared.contracts.envelope import Event
from shared.law import handlers as law


def own_news(office: Office) -> Mapping[str, Handler]:
    """What it hears from its own journal: what the catalogue should know of, what goes on to the next holder, and that
    an agency came to its end: what it had is handed over."""
    subscriptions = subscriptions_repository.own_news(office)

    def agency_dissolved(tx: Connection, event: Event) -> None:
        law.agency_dissolved(tx, event)
        subscriptions["agency_dissolved"](tx, event)

    return {
        "agency_dissolved": agency_dissolved,
        **catalogue_repository.own_news(office),
        **queries_repository.own_news(office),
    }


def transfers_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of transfer: whom a case concerns, and what became of a tip."""
    return dossier.concerning(office, "transfer", following_tips.transfers_news(office))


# The desk tells who may act, the plans whom they name and what was found and may be a tip, transfer whom a case is
# about and what became of a tip. The law is this service's own.
FOLLOWS = {"desk": lambda _: appointments.HANDLERS, "sharing": own_news,
           "transfer": transfers_news, "collab": dossier_plans.plans_news,
           "joint": dossier_plans.plans_news}
SPEC = Spec("sharing", "信息共享", KEEPINGS, store.TABLES, FOLLOWS, (records.TROVE,),
            (record_verification.findings, index_verification.findings), (records_store.sweep_reasons,))
