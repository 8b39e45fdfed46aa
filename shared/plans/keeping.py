"""How a service keeps its plans: what `Keeping` is told of a chapter of plans."""

from shared.acts.keeping import Keeping
from shared.acts.model import Chapter
from shared.plans import concerned
from shared.plans.store import PlanTables, columns, summary
from shared.plans.usecases import Hooks


def plans_kept(chapter: Chapter, tables: PlanTables, hooks: Hooks) -> Keeping:
    """The keeping of the chapter's plans."""
    return Keeping(chapter, tables.cases, columns, hooks.prepare, hooks.saved, summary,
                   conditions={"text": tables.words_match}, filters=frozenset({"lead", "route"}), look_up=hooks.look_up,
                   news=concerned.news)
