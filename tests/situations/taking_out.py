"""A chapter without what a situation proves: a guard, one of the kernel's own refusals, a word of an act's row."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from unittest import mock

from shared.acts import corrections as kernel
from shared.acts import doing, materials, model, originals
from shared.acts.machines import NOT_BY_MACHINE, SIGNED_BY_NEEDED
from shared.acts.model import Act, Context, Rank, Viewer
from shared.acts.whose import WRONG_PARTY
from shared.contracts.register import STANDING, SUITE
from shared.kernel.errors import Refusal, demand
from tests.situations.book import Book

MACHINE = "machine"
KERNEL = (WRONG_PARTY, model.RANK_TOO_LOW, NOT_BY_MACHINE, SIGNED_BY_NEEDED, model.WRONG_STATE, model.BEFORE_PART,
          model.DISSOLVED)


@contextmanager
def taken_out(book: Book, proof: str) -> Iterator[Mapping[str, Act]]:
    """The chapter's acts without what is proved: a guard, wherever it stands (in a decision, before the content, in
    the kernel), or a word of an act's row. What stands in the rulebook is taken out there."""
    act, _, what = proof.partition("/")
    if act in book.acts:
        yield {name: _row_without(row, what) if name == act else row for name, row in book.acts.items()
               if what or name != act}
        return
    code = proof if proof in codes(book) else ""
    if not code:
        yield book.acts
        return

    def lenient(*rows: tuple[object, Refusal]) -> None:
        demand(*(row for row in rows if row[1].code != code))

    with ExitStack() as stack:
        for module in (*book.modules, kernel, originals, materials):
            stack.enter_context(mock.patch.object(module, "demand", lenient))
        stack.enter_context(mock.patch.object(doing, "refused_before", _kernel_without(book, code)))
        stack.enter_context(mock.patch.object(Act, "refuses_who", _who_without(code)))      # asked of a new case again
        yield _rows_without(book, code)


@cache
def _rows_without(book: Book, code: str) -> Mapping[str, Act]:
    """The chapter's acts whose guards do not refuse with the code."""
    def sifted(guard: model.Guard) -> model.Guard:
        return lambda case, context: (refusal for refusal in guard(case, context) if refusal.code != code)

    return {name: replace(act, guards=tuple(map(sifted, act.guards)), settled=tuple(map(sifted, act.settled)))
            for name, act in book.acts.items()}


@cache
def codes(book: Book) -> frozenset[str]:
    """All that the chapter's acts refuse and warn of, its own codes and the kernel's: no rank is too low where none is
    asked, and acts that only open a case meet neither a wrong part nor a wrong state."""
    acts = book.chapter.acts
    asked = {model.RANK_TOO_LOW: any(act.rank > Rank.OFFICER for act in acts),
             NOT_BY_MACHINE: not all(act.machine for act in acts),
             SIGNED_BY_NEEDED: any(act.machine and act.rank > Rank.OFFICER for act in acts)}
    kernels = (*(each for each in KERNEL if asked.get(each, any(act.states for act in acts))),
               *(kernel.REFUSALS if book.correctable else ()))
    by_standing = all(act.by <= frozenset({*STANDING, SUITE}) for act in book.chapter.acts)     # nobody has a part then
    return frozenset(refusal.code for refusal in (*book.refusals, *book.warnings, *kernels)
                     if refusal is not model.BEFORE_PART or not by_standing)


def _row_without(act: Act, what: str) -> Act:
    """The row for one state, one part or no machine less."""
    return replace(act, states=act.states - {what}, by=act.by - {what}, machine=act.machine and what != MACHINE)


def _kernel_without(book: Book, code: str) -> Any:
    """`refused_before` that passes over one of the kernel's own refusals and asks on."""
    def asked(act: Act, case: Any, context: Context, titles: Mapping[str, str], _: Any = tuple) -> Refusal | None:
        viewer = context.viewer
        if case is None:
            found = [act.refuses_opening(viewer, context), *(r for guard in act.guards for r in guard(None, context))]
        else:
            free = replace(act, states=frozenset(book.chapter.states))
            found = [
                act.refuses_who(case, viewer, context),
                _rank(act, viewer),
                act.refuses_when(case, context, titles),
                free.refuses_when(case, context, titles),
            ]
        return next((refusal for refusal in found if refusal and refusal.code != code), None)
    return asked


def _who_without(code: str) -> Any:
    refuses_who = Act.refuses_who

    def asked(act: Act, case: Any, viewer: Viewer, context: Context, shown: Any = tuple) -> Refusal | None:
        refusal = refuses_who(act, case, viewer, context, shown)
        return None if refusal and refusal.code == code else refusal
    return asked


def _rank(act: Act, viewer: Viewer) -> Refusal | None:
    return model.RANK_TOO_LOW if viewer.rank < act.rank else None
