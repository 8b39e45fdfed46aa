"""第二十八条 案源共享 as its situations play it."""

from datetime import date
from typing import Any

from services.sharing.tips import corrections
from services.sharing.tips.commands import NoteTransfer
from services.sharing.tips.domain import claiming, sharing
from services.sharing.tips.domain.acts import CHAPTER
from services.sharing.tips.domain.case import Tip
from services.sharing.tips.refusals import REFUSALS, WARNINGS
from services.sharing.tips.schemas import SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from tests.situations import succeeding
from tests.situations.book import Book, Step
from tests.situations.sharing.tips.builders import BUILDERS, PATHS


def actor(act: Act, tip: Tip | None) -> str:
    """The sharer where it may, but for materials once it is claimed; justice for its own; else who may claim or has
    it."""
    if tip is None or act.name in ("share", "withdraw", "correct"):
        return tip.sharer if tip else "zjj"
    if act.name == "assign":
        return "sfj"
    if act.name == "claim":
        return "zhzf" if "zhzf" in tip.candidates else next(iter(tip.candidates), "zhzf")
    return tip.claimer or (tip.sharer if act.name == "add-material" else "zhzf")


def transfer(tip: Tip | None, day: date, looked_up: Step) -> NoteTransfer:
    """The claimer's transfer, announced; or what the situation says of it."""
    said: dict[str, Any] = {"case": "t-1", "by": tip.claimer if tip else "zhzf", "state": "announced", "on": day,
                            **looked_up}
    return NoteTransfer(**said)


TIPS = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *succeeding.REFUSALS),
    warnings=(*WARNINGS, *heirs.WARNINGS),
    modules=(sharing, claiming, corrections, succession),
    actor=succeeding.by_justice(actor),
    correctable=corrections.ROWS,
    by_suite={"note-transfer": transfer, "succeed": succeeding.ended(lambda tip: tip.claimer or tip.sharer)},
    impossible=succeeding.IMPOSSIBLE,
    uploads=frozenset({"add-material"}),
    views={
        "主要情况": lambda tip: tip.said.facts,
        "当事人": lambda tip: tip.said.respondent.name.value,
        "推送机关": lambda tip: tip.sharer,
        "举报人": lambda tip: tip.said.reporter.name.value,
        "匿名": lambda tip: tip.said.reporter.anonymous,
        "认领机关": lambda tip: [claim.agency for claim in tip.claims],
        "可认领机关": lambda tip: list(tip.candidates),
        "打得开的材料": lambda tip: [each.number for each in tip.materials if each.said.digest],
        "材料": lambda tip: [each.number for each in tip.materials],
        "移送": lambda tip: [[each.said.case, each.said.state] for each in tip.transfers],
        "更正": lambda tip: [[each.field, each.old.value, each.new.value] for each in tip.corrections],
    },
    among=True,
)
