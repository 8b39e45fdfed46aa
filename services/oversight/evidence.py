"""The place of an event in its service's journal: what every piece of evidence tells. Pure."""

from typing import Any


def placed(each: Any) -> dict[str, Any]:
    """Of whatever has them: whose journal, its epoch, the position in it, the event and the digest of its text."""
    return {"service": each.service, "epoch": each.epoch, "position": each.position, "event": each.event,
            "digest": each.digest}
