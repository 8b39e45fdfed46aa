"""The chapter without what a situation proves: one of its guards, or one of the kernel's own refusals."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from services.transfer import afterwards, corrections, criminal, disputes, receiving, scene, sending
from services.transfer.domain import CHAPTER
from shared.acts import corrections as kernel
from shared.acts import model, originals
from shared.acts.model import Act, Context, Viewer
from shared.errors import Refusal, demand

ACTS: dict[str, Act] = {act.name: act for act in CHAPTER.acts}


@contextmanager
def taken_out(code: str) -> Iterator[None]:
    """The chapter without one of its guards, wherever it stands: in a decision, before the content, or in the
    kernel."""
    if not code:
        yield
        return

    def lenient(*rows: tuple[object, Refusal]) -> None:
        demand(*(row for row in rows if row[1].code != code))

    def sifted(guard: model.Guard) -> model.Guard:
        return lambda case, context: (refusal for refusal in guard(case, context) if refusal.code != code)

    acts = {name: replace(act, guards=tuple(map(sifted, act.guards))) for name, act in ACTS.items()}
    with ExitStack() as stack:
        for module in (sending, receiving, scene, afterwards, disputes, criminal, corrections, kernel, originals):
            stack.enter_context(mock.patch.object(module, "demand", lenient))
        stack.enter_context(mock.patch.dict(ACTS, acts))
        stack.enter_context(mock.patch.object(model, "refused_before", _kernel_without(code)))
        yield


def _kernel_without(code: str) -> Any:
    """`refused_before` that passes over one of the kernel's own refusals and asks on."""
    def asked(act: Act, case: Any, context: Context, titles: Mapping[str, str]) -> Refusal | None:
        viewer = context.viewer
        if case is None:
            found = [act.refuses_opening(viewer, context), *(r for guard in act.guards for r in guard(None, context))]
        else:
            free = replace(act, states=frozenset(CHAPTER.states))
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


