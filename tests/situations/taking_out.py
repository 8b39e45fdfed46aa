"""A chapter without what a situation proves: one of its guards, or one of the kernel's own refusals."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from shared.acts import corrections as kernel
from shared.acts import materials, model, originals
from shared.acts.model import Act, Context, Viewer
from shared.errors import Refusal, demand
from tests.situations.book import Book


@contextmanager
def taken_out(book: Book, code: str) -> Iterator[Mapping[str, Act]]:
    """The chapter's acts without one of its guards, wherever it stands: in a decision, before the content, or in the
    kernel."""
    if not code:
        yield book.acts
        return

    def lenient(*rows: tuple[object, Refusal]) -> None:
        demand(*(row for row in rows if row[1].code != code))

    def sifted(guard: model.Guard) -> model.Guard:
        return lambda case, context: (refusal for refusal in guard(case, context) if refusal.code != code)

    with ExitStack() as stack:
        for module in (*book.modules, kernel, originals, materials):
            stack.enter_context(mock.patch.object(module, "demand", lenient))
        stack.enter_context(mock.patch.object(model, "refused_before", _kernel_without(book, code)))
        yield {name: replace(act, guards=tuple(map(sifted, act.guards))) for name, act in book.acts.items()}


def _kernel_without(book: Book, code: str) -> Any:
    """`refused_before` that passes over one of the kernel's own refusals and asks on."""
    def asked(act: Act, case: Any, context: Context, titles: Mapping[str, str]) -> Refusal | None:
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


def _rank(act: Act, viewer: Viewer) -> Refusal | None:
    return model.RANK_TOO_LOW if viewer.rank < act.rank else None
