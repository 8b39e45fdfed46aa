"""另案线索 (10) as the origin of a case: what was found in a joint or collaborative action is handed on by the agency
that made it, in a transfer (22) or, where nobody says whose it is, as a tip (28). Pure.

An officer names the finding when the case is opened; what the opening tells of it lets the plan see that it is handed
on. Each service that hands findings on knows them from the plans' journals.
"""

import re
from dataclasses import dataclass, replace

from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows

FINDING = "finding"
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FORM = re.compile(rf"(?:collab|joint)/{ID}/[1-9][0-9]{{0,5}}")     # ids and numbers alone, so that an event may tell it

BAD_FINDING = Refusal(
    "BAD_FINDING", "案件来自联动执法中发现的，来源编号应当写明方案和线索序号：collab 或者 joint、方案编号、线索序号，以「/」相连。",
    "A case from a finding names it: collab or joint, the plan's id and the finding's number, joined by slashes.",
    "10, 19", where="origin.ref")
UNKNOWN_FINDING = Refusal(
    "UNKNOWN_FINDING", "本系统尚未收到该线索；属于发现机关自己职责、或者已经查明不需要查处的线索，无需移送。",
    "No such finding has been told yet; one in the finder's own remit, or that came to nothing, is not handed on.",
    "10", where="origin.ref")
OTHERS_FINDING = Refusal(
    "OTHERS_FINDING", "该线索不是本机关发现的，应当由发现的机关移送。",
    "Another agency made the finding, and hands it on.", "10", where="origin.ref")
FINDING_HANDED_ON = Refusal(
    "FINDING_HANDED_ON", "该线索已由另一案件移送，或者已作为案源推送。", "Another case or tip hands on the finding already.",
    "10", where="origin.ref")


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the finding or tip that a case comes from: told by the journals of others, and by the cases
    here."""

    by: str                             # the agency that made the finding; that has claimed the tip
    names: str = ""                     # the agency that a finding says is competent; empty where that is unclear
    case: str = ""                      # another case that hands it on, neither withdrawn nor ended
    cause: str = ""                     # under which it was recorded


def formed(context: Context) -> str:
    """The ref of the finding that the case comes from; empty where it comes from none, or names none."""
    ref = str(context.origin.get("ref", "")) if context.origin.get("kind") == FINDING else ""
    return ref if FORM.fullmatch(ref) else ""


def whence(found: Found | None, context: Context) -> Rows:
    """A finding is named by its plan and its number there; the agency that made it hands it on, once."""
    if context.origin.get("kind") != FINDING:
        return
    article = article_of(ref := formed(context))
    yield ref, BAD_FINDING
    yield found or not ref, replace(UNKNOWN_FINDING, article=article)
    if found:
        yield found.by == context.viewer.agency, replace(OTHERS_FINDING, article=article)
        yield not found.case, replace(FINDING_HANDED_ON, article=article)


def article_of(ref: str) -> str:
    """What a finding rests on: 19 in a joint action, 10 in a collaborative one."""
    return "19" if ref.startswith("joint/") else "10"
