"""An outward document names who handles it and who signs it. Pure."""

from shared.acts.persons import Officer
from shared.kernel.errors import Refusal, Rows

NO_OFFICER = Refusal("NO_OFFICER", "应当写明承办人姓名、执法证号和电话。",
                     "The officer's name, licence number and phone are required.", "internal", where="officer")
NO_LEADER = Refusal("NO_LEADER", "应当写明签发的机关负责人。", "The leader who signs is required.", "internal", where="leader")


def signed(officer: Officer, leader: str) -> Rows:
    """What a document demands of its officer and of the leader who signs."""
    return (officer, NO_OFFICER), (leader, NO_LEADER)
