"""What the rooms below need to know of chapter 2: how its plans are kept, and whose news it follows."""

from services.collab.domain import CHAPTER
from services.collab.grounds import APPLY, SUBMIT
from services.collab.store import PLANS, TABLES
from services.collab.usecases import HOOKS
from shared.access import appointments
from shared.acts.hearing import filing_news
from shared.acts.office import Spec
from shared.plans.following import own_news, sharings_news, transfers_news
from shared.plans.keeping import plans_kept

# Sharing tells the law and that a finding became a tip, the desk who may act, oversight that a filing came back,
# transfer that a finding was handed on, its own journal that time ran out.
FOLLOWS = {"sharing": sharings_news, "desk": lambda _: appointments.HANDLERS,
           "oversight": lambda office: filing_news(office.acts["plans"]), "transfer": transfers_news,
           "collab": own_news}
SPEC = Spec("collab", "协同执法", (plans_kept(CHAPTER, PLANS, HOOKS, (SUBMIT, APPLY)),), TABLES, FOLLOWS)
