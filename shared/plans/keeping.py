"""How a service keeps its plans: what `Keeping` is told of a chapter of plans."""

from collections.abc import Iterable

from shared.acts.codes import AGENCIES
from shared.acts.keeping import Filter, Keeping
from shared.acts.model import Chapter
from shared.plans import concerned
from shared.plans.events import ROUTES
from shared.plans.store import PlanTables, columns, summary
from shared.plans.usecases import Hooks


def plans_kept(chapter: Chapter, tables: PlanTables, hooks: Hooks, routes: Iterable[str]) -> Keeping:
    """The keeping of the chapter's plans. `routes`: by which they are approved."""
    return Keeping(chapter, tables.cases, columns, hooks.prepare, hooks.saved, summary,
                   {"lead": Filter("牵头部门", AGENCIES), "route": Filter("报批途径", {each: ROUTES[each] for each in routes}),
                    "text": Filter("文字", ask=tables.words_match, in_url=False)}, look_up=hooks.look_up,
                   news=concerned.news, named=("lead",))
