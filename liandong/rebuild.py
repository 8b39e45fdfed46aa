"""`liandong rebuild`: what a service keeps of others' news and of nothing else, made anew from their journals."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import sqlalchemy as sa

from liandong.errors import SuiteError
from liandong.offices import Echo, counted, office_of
from services.oversight.board.projection import PROJECTIONS
from services.oversight.office import FOLLOWS as OVERSIGHT
from services.sharing.dossiers import handlers, plan_store
from shared.acts.office import Office
from shared.bus.feeds import LocalFeed
from shared.bus.projecting import Projection
from shared.bus.rebuilding import CannotRebuild, heard_by, rebuild
from shared.kernel.settings import Settings
from shared.plans import concerned


def whom_plans_name(sharing: Office, plans: Mapping[str, Office], echo: Echo) -> None:
    """The journals of plans from before they told whom they name say nothing of that: it is asked of the plans as they
    are. When each name came is not known, so it is as if it came now, and nobody who has left a plan is pointed to it.
    """
    for source, office in plans.items():
        acts, added = office.acts["plans"], 0
        with sharing.db.write() as tx:          # nothing of these is handled meanwhile: an erasure comes after
            at = heard_by(tx, sharing.name, (source,), lock=True).upto.get(source, 0)
            known = plan_store.known(tx, source)
            with office.db.read() as theirs:
                rows = acts.store.many(theirs, known)
            for row in rows:
                keys = concerned.news(None, acts.store.case_of(row), office.vault).get(concerned.KEYS, ())
                added += bool(plan_store.named(tx, source, row.id, keys, (), at))
        if added:
            echo(f"{source}: {counted(added, 'plan')} from before its journal told whom it names")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What of a service is made anew, of whose news, and what is added that no journal tells."""

    projections: Sequence[Projection]
    sources: Sequence[str]
    besides: Callable[[Office, Mapping[str, Office], Echo], None] = lambda *_: None


REBUILT = {"oversight": Rebuilt(PROJECTIONS, tuple(OVERSIGHT)),
           "sharing": Rebuilt((handlers.PROJECTION,), handlers.SOURCES, whom_plans_name)}


def rebuild_service(name: str, settings: Settings, echo: Echo) -> None:
    """Makes a service's projections anew and says what is in them. Raises SuiteError."""
    if name not in REBUILT:
        raise SuiteError(f"{name} keeps nothing that can be made anew: {' and '.join(REBUILT)} do")
    anew = REBUILT[name]
    with ExitStack() as opened:
        office = opened.enter_context(office_of(name, settings))
        told = {source: office if source == name else opened.enter_context(office_of(source, settings))
                for source in anew.sources}
        try:
            rebuild(office, anew.projections, {source: LocalFeed(each) for source, each in told.items()}, echo)
        except CannotRebuild as cannot:
            raise SuiteError(str(cannot)) from cannot
        anew.besides(office, told, echo)
        with office.db.read() as tx:
            for table in (table for projection in anew.projections for table in projection.tables):
                count = tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                echo(f"{table.name}: {counted(count, 'row')}")
