"""Where a case that the board or a filing names is read over HTTP. Pure."""

COLLECTIONS = {"transfer": "cases", "collab": "plans", "joint": "plans"}
# Of services of several chapters: how the names of a chapter's clocks begin.
BY_CLOCK = {
    "sharing.tip": "tips", "sharing.hold": "holds", "sharing.entrustment": "agencies", "sharing.": "queries",
    "oversight.filing": "filings", "oversight.task_report": "task-reports", "oversight.conference": "conferences",
    "oversight.minutes": "conferences", "oversight.resolution": "conferences",
    "oversight.accountability": "accountability", "oversight.": "supervision",
}


def address_of(service: str, clock: str, case: str) -> str:
    """The path of the case; empty where none is known."""
    path = COLLECTIONS.get(service) or next((to for begins, to in BY_CLOCK.items() if clock.startswith(begins)), "")
    return f"/api/{service}/{path}/{case}" if path else ""
