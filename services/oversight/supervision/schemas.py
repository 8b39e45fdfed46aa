"""What comes in over HTTP of supervision (督查)."""

from collections.abc import Mapping

from services.oversight.supervision.domain.case import Answer, Close, Explain, Issue, Judge, StepUp
from shared.acts.succession import ASSIGN
from shared.forms.schemas import ActSchema, Code, Day, Many, Text
from shared.forms.succession import AssignSuccessorSchema

KINDS = {"x-codes": "supervision_kinds"}
REF = r"[a-z]+/[0-9A-Za-z-]{1,36}"


class IssueSchema(ActSchema):
    """发出督查文书。"""

    makes = Issue
    kind = Code("文书种类", required=True, metadata=KINDS)
    target = Code("被督查机关", required=True)
    deadlines = Many("逾期的期限", Code("逾期的期限", pattern=REF), most=50)
    says = Text("督查要求")
    number = Text("文号", most=200)
    answer_by = Day("答复期限")


class StepUpSchema(ActSchema):
    """再发督查文书。"""

    makes = StepUp
    kind = Code("文书种类", required=True, metadata=KINDS)
    says = Text("督查要求")
    number = Text("文号", most=200)
    answer_by = Day("答复期限")


class AnswerSchema(ActSchema):
    """答复督查。"""

    makes = Answer
    says = Text("落实情况")
    done_on = Day("办结日期")


class ExplainSchema(ActSchema):
    """延误说明。"""

    makes = Explain
    ground = Code("延误事由", required=True, metadata={"x-codes": "excuses"})
    reason = Text("理由")


class AcceptSchema(ActSchema):
    """采纳延误说明。"""

    makes = Judge
    reason = Text("理由", most=2000)


class RejectSchema(ActSchema):
    """不采纳延误说明。"""

    makes = Judge
    reason = Text("理由", most=2000)


class CloseSchema(ActSchema):
    """销号。"""

    makes = Close
    result = Text("结果", most=2000)


SCHEMAS: Mapping[str, type[ActSchema]] = {
    "issue": IssueSchema, "step-up": StepUpSchema, "answer": AnswerSchema, "explain": ExplainSchema,
    "accept-explanation": AcceptSchema, "reject-explanation": RejectSchema, "close": CloseSchema,
    ASSIGN: AssignSuccessorSchema,
}
