"""指定承继机关: what comes in where justice names who goes on with what a dissolved agency left to nobody."""

from shared.acts.succession import AssignSuccessor
from shared.forms.schemas import ActSchema, Code, Text


class AssignSuccessorSchema(ActSchema):
    """指定承继机关。"""

    makes = AssignSuccessor
    successor = Code("承继机关", most=40, required=True)
    document = Text("依据文件文号", required=True, most=200)
    reason = Text("理由", required=True)
