"""第七条、第十五条: the grounds of a plan are tested, not ticked. Pure.

Which facts a ground stands on, the rulebook says (`demands`); how each fact is tested, the chapter's own table. Several
grounds may stand together; every fact that lacks is told at once, under the ground it belongs to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows
from shared.plans.parts import Content


class Coded(Protocol):
    @property
    def code(self) -> str: ...        # as in the rulebook, without its service: 7-1-2, 15-1


G = TypeVar("G", bound=Coded)
Test = Callable[[G, Content, Context], Rows]       # of one fact: conditions, and the refusals where they fail


def routes(service: str, grounds: Iterable[Coded], context: Context) -> frozenset[str]:
    """The routes that these grounds take (9, 17)."""
    known = context.rulebook.grounds
    return frozenset(known[name].route for each in grounds if (name := f"{service}.{each.code}") in known)


def named(service: str, grounds: Sequence[Coded], context: Context, unknown: Refusal, twice: Refusal) -> Rows:
    """What a draft demands already: each ground is one that the rulebook gives a plan, and named once."""
    known, codes = context.rulebook.grounds, [each.code for each in grounds]
    for at, code in enumerate(codes):
        ground = known.get(f"{service}.{code}")
        yield listed(context, f"grounds:{service}.", code, unknown.at(f"grounds.{at}.code"),
                     also=ground and ground.route)
        yield code not in codes[:at], twice.at(f"grounds.{at}.code")


def lacking(service: str, grounds: Iterable[G], tests: Mapping[str, Test[G]], content: Content,
            context: Context) -> Iterator[Refusal]:
    """Every fact that a ground demands and that is not there, or not as it must be."""
    for at, ground in enumerate(grounds):
        for fact in context.rulebook.grounds[f"{service}.{ground.code}"].demands:
            for holds, refusal in tests[fact](ground, content, context):
                if not holds:
                    yield refusal.at(f"grounds.{at}.{refusal.where}")
