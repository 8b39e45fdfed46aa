"""Whence a case comes: from a tip (28), or from what was found in a joint or collaborative action (10). Pure.

An officer says it when the case is opened. A finding is handed on by the agency that made it, a tip by the one that has
claimed it, each in one case at a time; what the notice tells of it lets the plan or the tip see what became of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from shared.acts import findings
from shared.acts.findings import BAD_FINDING as BAD_FINDING
from shared.acts.findings import FINDING, FORM, ID
from shared.acts.findings import FINDING_HANDED_ON as FINDING_HANDED_ON
from shared.acts.findings import OTHERS_FINDING as OTHERS_FINDING
from shared.acts.findings import UNKNOWN_FINDING as UNKNOWN_FINDING
from shared.acts.findings import Found as Found
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows

TIP = "tip"
FORMS = {FINDING: FORM, TIP: re.compile(ID)}      # of each kind the form that its ref has

BAD_TIP = Refusal("BAD_TIP", "案件来自案源的，来源编号应当写明案源编号。", "A case from a tip names it by its id.", "28",
                  where="origin.ref")
UNKNOWN_TIP = Refusal(
    "UNKNOWN_TIP", "没有本机关认领或者接受指派的这一案源；刚刚认领的，请稍后再试。",
    "Your agency has claimed no such tip. One claimed just now: try again shortly.", "28", where="origin.ref")
TIP_HANDED_ON = Refusal("TIP_HANDED_ON", "该案源已由另一案件移送。", "Another case hands on the tip already.", "28",
                        where="origin.ref")
FINDING_FOR_OTHER = Refusal(
    "FINDING_FOR_OTHER", "线索记录写明的有管辖权的机关，不是本次告知的机关。",
    "The finding names another agency than the one told.", "10, 19", status=200)


def whence(found: Found | None, context: Context) -> Rows:
    """Where the case comes from a finding or a tip: which, whose it is, and that no other case hands it on."""
    yield from findings.whence(found, context)
    if context.origin.get("kind") == TIP:
        yield from _of_tip(found, context)


def _of_tip(found: Found | None, context: Context) -> Rows:
    """Of another's tip no more is told than of one that there is not."""
    own = found is not None and found.by == context.viewer.agency
    yield formed(context), BAD_TIP
    yield own or not formed(context), UNKNOWN_TIP
    yield not own or not (found and found.case), TIP_HANDED_ON


def named_other(found: Found | None, receiver: str) -> Iterator[Refusal]:
    """Said where another is told than the agency that the finding names."""
    if found and found.names not in ("", receiver):
        yield replace(FINDING_FOR_OTHER, values={"named": found.names})


def origin_facts(context: Context) -> dict[str, Any]:
    """What the notice tells of a case that comes from a finding or a tip; of any other, nothing."""
    kind = context.origin.get("kind")
    return {"origin_kind": kind, "origin_ref": formed(context)} if kind in FORMS else {}


def formed(context: Context) -> str:
    """The ref of the finding or tip that the case comes from; empty where it comes from none, or names none."""
    kind, ref = context.origin.get("kind", ""), str(context.origin.get("ref", ""))
    return ref if kind in FORMS and FORMS[kind].fullmatch(ref) else ""
