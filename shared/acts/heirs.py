"""承继机关: who may go on in the place of a dissolved agency (3, 27), and what justice is told to look at. Pure.

The same for the register, where an heir of all is named, and for each case that justice hands over.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from shared.acts.standing import ENFORCEMENT
from shared.contracts.register import KINDS, LINES, Agency, Register
from shared.kernel.errors import Refusal

ENTRUSTED = "entrusted"

UNLIKE = Refusal("SUCCESSOR_UNLIKE",
                 "承继机关「{heir}」（{heirs}）与被撤销的「{gone}」（{gones}）类别或者隶属不同，应当核对文件确由其承继。",
                 "The successor {heir} is of another kind or line ({heirs}) than {gone} was ({gones}): see that the "
                 "document does name it.", "3, 27", 200)
ENDS = Refusal("SUCCESSOR_ENDS", "承继机关「{heir}」自身存续至{until}，其后这一职责{after}。",
               "The successor {heir} itself exists until {until} only. {after_en}", "3, 27", 200)
WARNINGS = (UNLIKE, ENDS)


def may_succeed(gone: Agency, heir: Agency) -> bool:
    """3: the duties of an enforcement agency go to one that enforces in its own right and does not oversee the others;
    those of an entrusted body may go to another. Whom a standing goes to is said where it is taken."""
    if gone.standing or gone.kind not in ENFORCEMENT:
        return True
    return heir.kind in ENFORCEMENT and not heir.standing and (heir.kind != ENTRUSTED or gone.kind == ENTRUSTED)


def unlike(gone: Agency | None, heir: Agency | None) -> Iterator[Refusal]:
    """It is no reason to refuse: a reform merges what was apart. Where both are known it is said."""
    if gone and heir and gone.code != heir.code and (gone.kind, gone.line) != (heir.kind, heir.line):
        yield UNLIKE.filled(heir=heir.name, heirs=_what(heir), gone=gone.name, gones=_what(gone))


def ending(heir: Agency | None, register: Register) -> Iterator[Refusal]:
    """The register tells an end beforehand: what it is given now goes on to its own heir soon, or to nobody."""
    if heir and heir.until:
        zh, en = register.heirs_in_words(heir, heir.until + timedelta(days=1) if heir.until < date.max else date.max)
        yield ENDS.filled(heir=heir.name, until=heir.until, after=zh.removeprefix("其职责"), after_en=en)


def _what(agency: Agency) -> str:
    return f"{LINES.get(agency.line, agency.line)}，{KINDS.get(agency.kind, agency.kind)}"
