"""What the rooms below need to know of chapter 3: how its plans are kept, and whose news it follows."""

from services.joint.domain import CHAPTER
from services.joint.grounds import APPLY, ASSIGNED, DIRECTED
from services.joint.store import PLANS, TABLES
from services.joint.usecases import HOOKS
from shared.access import appointments
from shared.acts.office import Spec
from shared.plans.following import own_news, sharings_news, transfers_news
from shared.plans.keeping import plans_kept

# Sharing tells the law and that a finding became a tip, the desk who may act, transfer that one was handed on, its own
# journal that time ran out.
FOLLOWS = {"sharing": sharings_news, "desk": lambda _: appointments.HANDLERS, "transfer": transfers_news,
           "joint": own_news}
SPEC = Spec("joint", "联合执法", (plans_kept(CHAPTER, PLANS, HOOKS, (APPLY, ASSIGNED, DIRECTED)),), TABLES, FOLLOWS)
