"""Whence a case comes: from a tip (28), or from what was found in a joint or collaborative action (10). Pure.

An officer says it when the case is opened. A finding is handed on by the agency that made it, in one case at a time;
what the notice tells of it lets the plan see that it is handed on, and to whom.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shared.acts.model import Context
from shared.errors import Refusal, Rows

FINDING, TIP = "finding", "tip"
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Of each kind the form that its ref has: ids and numbers alone, so that an event may tell it.
FORMS = {FINDING: re.compile(rf"(?:collab|joint)/{_ID}/[1-9][0-9]{{0,5}}"), TIP: re.compile(_ID)}

BAD_FINDING = Refusal(
    "BAD_FINDING", "案件来自联动执法中发现的，来源编号应当写明方案和线索序号：collab 或者 joint、方案编号、线索序号，以「/」相连。",
    "A case from a finding names it: collab or joint, the plan's id and the finding's number, joined by slashes.",
    "10", where="origin.ref")
UNKNOWN_FINDING = Refusal(
    "UNKNOWN_FINDING", "本系统尚未收到该线索；属于发现机关自己职责的线索，无需移送。",
    "No such finding has been told yet; one in the finder's own remit is not handed on.", "10", where="origin.ref")
OTHERS_FINDING = Refusal(
    "OTHERS_FINDING", "该线索不是本机关发现的，应当由发现的机关移送。",
    "Another agency made the finding, and hands it on.", "10", where="origin.ref")
FINDING_HANDED_ON = Refusal(
    "FINDING_HANDED_ON", "该线索已由另一案件移送。", "Another case hands on the finding already.", "10", where="origin.ref")
FINDING_FOR_OTHER = Refusal(
    "FINDING_FOR_OTHER", "线索记录写明的有管辖权的机关，不是本次告知的机关。",
    "The finding names another agency than the one told.", "10", status=200)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the finding that a case comes from: told by the journals of the plans, and by the cases here."""

    by: str                             # the agency that made it
    names: str = ""                     # the agency that it says is competent; empty where that is unclear
    case: str = ""                      # another case that hands it on, neither withdrawn nor ended


def whence(found: Found | None, context: Context) -> Rows:
    """A finding is named by its plan and its number there; the agency that made it hands it on, once."""
    if context.origin.get("kind") != FINDING:
        return
    formed = _formed(context)
    yield formed, BAD_FINDING
    yield found or not formed, UNKNOWN_FINDING
    if found:
        yield found.by == context.viewer.agency, OTHERS_FINDING
        yield not found.case, FINDING_HANDED_ON


def named_other(found: Found | None, receiver: str) -> Iterator[Refusal]:
    """Said where another is told than the agency that the finding names."""
    if found and found.names not in ("", receiver):
        yield replace(FINDING_FOR_OTHER, values={"named": found.names})


def origin_facts(context: Context) -> dict[str, Any]:
    """What the notice tells of a case that comes from a finding or a tip; of any other, nothing."""
    kind = context.origin.get("kind")
    if kind not in FORMS:
        return {}
    return {"origin_kind": kind, "origin_ref": context.origin["ref"] if _formed(context) else ""}


def finding_named(context: Context) -> str:
    """The ref of the finding that the case comes from; empty where it comes from none, or names none."""
    return context.origin["ref"] if context.origin.get("kind") == FINDING and _formed(context) else ""


def _formed(context: Context) -> bool:
    return FORMS[context.origin["kind"]].fullmatch(context.origin.get("ref", "")) is not None
