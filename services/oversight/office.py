"""What the rooms below need to know of chapter 6: how its cases are kept, and whose news it follows."""

from collections.abc import Callable, Mapping

from services.oversight import store
from services.oversight.accountability.repository import ACCOUNTABILITY
from services.oversight.board.deadlines import DEADLINE_EVENTS
from services.oversight.board.projection import PROJECTIONS
from services.oversight.conferences import repository as conferences_repository
from services.oversight.conferences.repository import CONFERENCES
from services.oversight.filings.repository import FILINGS, news_of
from services.oversight.supervision import repository as supervision_repository
from services.oversight.supervision import store as supervision_store
from services.oversight.supervision.repository import SUPERVISION
from services.oversight.task_reports.repository import TASK_REPORTS
from shared import law
from shared.access import appointments
from shared.acts.office import Handler, Office, Spec
from shared.bus.projecting import keeping

_EVIDENCE = dict.fromkeys(DEADLINE_EVENTS, supervision_store.told)


def _kept(handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """Of each event first what the projections tell; of a deadline's the evidence of its breach, which is none: it
    stands for ever."""
    return keeping(PROJECTIONS, {**_EVIDENCE, **handlers})


def laws_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of sharing: the law, and that with it the first period of the conference begins."""
    first = {name: conferences_repository.begins_with(office, law.HANDLERS[name])
             for name in conferences_repository.FIRST}
    return {**law.HANDLERS, **first}


def own_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of itself: each part of the chapter heeds the others."""
    return {**supervision_repository.news_of(office), **conferences_repository.own_news(office)}


# Sharing tells the law, the desk who may act; every service tells its deadlines, this one's own among them; chapters 2
# to 5 tell who has a part in a case, chapters 2 to 4 what is filed, chapters 2 and 3
# how tasks are carried out, and so does the answer to a supervision. What happens in a case stands in the ledgers.
FOLLOWS: Mapping[str, Callable[[Office], Mapping[str, Handler]]] = {
    "sharing": lambda office: _kept(laws_news(office)),
    "desk": lambda _: _kept(appointments.HANDLERS),
    "transfer": lambda office: _kept(news_of(office, "transfer")),
    "collab": lambda office: _kept(news_of(office, "collab")),
    "joint": lambda office: _kept(news_of(office, "joint")),
    "oversight": lambda office: _kept(own_news(office)),
}
SPEC = Spec("oversight", "督查和责任追究", (FILINGS, TASK_REPORTS, SUPERVISION, CONFERENCES, ACCOUNTABILITY), store.TABLES,
            FOLLOWS)
