"""第二十八条 案源共享: how tips are kept, and what an act needs besides its tip."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.tips import store
from services.sharing.tips.commands import ShareTip
from services.sharing.tips.corrections import ROWS
from services.sharing.tips.domain.acts import CHAPTER
from services.sharing.tips.domain.case import Tip
from services.sharing.tips.domain.visibility import disclosed
from shared.acts import originals
from shared.acts.codes import AGENCIES
from shared.acts.findings import formed
from shared.acts.keeping import Filter, Keeping, Means, keep_file
from shared.acts.model import Context
from shared.acts.store import Row


def look_up(tx: Connection, means: Means, row: Row | None, tip: Tip | None, command: ShareTip,
            context: Context) -> ShareTip:
    """Adds what is known of the finding that the tip hands on."""
    ref = formed(context)
    return replace(command, found=store.finding(tx, ref)) if ref else command


def summary(tip: Tip) -> Mapping[str, Any]:
    """What a list shows of a tip, as seen."""
    said = tip.said
    return {"kind": said.kind, "cause": said.cause, "place": said.place, "sharer": tip.sharer, "claimer": tip.claimer}


FILTERS = {
    "kind": Filter("案源类别", "tip_kinds"), "cause": Filter("案由", "causes"), "sharer": Filter("推送机关", AGENCIES),
    "claimer": Filter("认领机关", AGENCIES), "text": Filter("文字", ask=store.words_match, in_url=False),
    "origin": Filter("案件来源", ask=store.comes_from, in_url=False)}
TIPS = Keeping(
    CHAPTER,
    store.TIPS,
    store.columns,
    {"share": look_up},
    {"add-material": keep_file},
    summary,
    filters=FILTERS,
    named=("sharer", "claimer"),
    disclosed=disclosed,
    look_up={"correct": originals.look_up(CHAPTER, ROWS)},
)
