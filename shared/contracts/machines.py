"""Which acts an agency's own system may do: what the rows of all services say, in one place for the desk, which knows
no other service. A test holds it against the rows. Pure.

An act is named by service, collection and name, as its address is.
"""

_OPEN = {
    "transfer.cases": "announce phone respond record-measure add-material issue-letter deliver sign-receipt accept "
                      "refuse file-case ask-progress progress record-decision serve-decision",
    "collab.plans": "record-interim-measure draft add-material record-finding report-task",
    "joint.plans": "record-interim-measure draft add-material report-task record-finding",
    "sharing.catalogue": "refresh",
    "sharing.queries": "add-material",
    "sharing.tips": "share add-material",
    "sharing.records": "add-records",
}
MACHINE_ACTS = frozenset(f"{place}.{act}" for place, acts in _OPEN.items() for act in acts.split())


def code_of(service: str, path: str, act: str) -> str:
    """How an act is named where machines are told what they may do; without an act, how all of its collection begin."""
    return f"{service}.{path}.{act}"
