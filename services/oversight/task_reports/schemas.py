"""What comes in over HTTP of task reports."""

from collections.abc import Mapping

from services.oversight.task_reports.domain import RegisterTaskReport
from shared.acts.succession import ASSIGN
from shared.forms.schemas import ActSchema, Text
from shared.forms.succession import AssignSuccessorSchema


class RegisterTaskReportSchema(ActSchema):
    """签收任务落实情况。"""

    makes = RegisterTaskReport
    number = Text("收文号", most=200)


SCHEMAS: Mapping[str, type[ActSchema]] = {"register": RegisterTaskReportSchema, ASSIGN: AssignSuccessorSchema}
