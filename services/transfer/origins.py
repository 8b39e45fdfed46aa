"""Whence a case comes: from a tip (28), or from what was found in a joint or collaborative action (10). Pure.

An officer says it when the case is opened. What the notice tells of it lets the plan see that its finding is handed on.
"""

import re
from typing import Any

from services.transfer import refusals as no
from shared.acts.model import Context
from shared.errors import Rows

FINDING, TIP = "finding", "tip"
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Of each kind the form that its ref has: ids and numbers alone, so that an event may tell it.
FORMS = {FINDING: re.compile(rf"(?:collab|joint)/{_ID}/[1-9][0-9]{{0,5}}"), TIP: re.compile(_ID)}


def whence(context: Context) -> Rows:
    """A finding is named by its plan and its number there."""
    return ((context.origin.get("kind") != FINDING or _formed(context), no.BAD_FINDING),)


def origin_facts(context: Context) -> dict[str, Any]:
    """What the notice tells of a case that comes from a finding or a tip; of any other, nothing."""
    kind = context.origin.get("kind")
    if kind not in FORMS:
        return {}
    return {"origin_kind": kind, "origin_ref": context.origin["ref"] if _formed(context) else ""}


def _formed(context: Context) -> bool:
    return FORMS[context.origin["kind"]].fullmatch(context.origin.get("ref", "")) is not None
