"""第二章、第三章 方案: what comes in until a plan is approved, and with its amendments. Shapes only.

What the law asks is refused by the domain, with its article: so nearly everything may be left out here, and the officer
hears at once all that lacks.
"""

from shared.forms.corrections import CorrectSchema
from shared.forms.materials import AddMaterialSchema
from shared.forms.parts import (
    NOBODY,
    OfficerSchema,
    OutwardSchema,
    RespondentSchema,
    coded,
    document_number,
    said,
)
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, ValueSchema, Whole
from shared.plans import commands, parts

MOST_TASKS = 1000
MOST_AGENCIES = 200
MOST_AMOUNT = 10**13        # in 分: a hundred thousand million yuan


def agency_code(title: str) -> Code:
    """An agency, by its code; left out or empty, the law says what lacks."""
    return Code(title, load_default="")


def handler() -> One:
    """Who handles an act that is no outward document."""
    return One("承办人", OfficerSchema, load_default=NOBODY)


class TaskSchema(ValueSchema):
    makes = parts.Task
    number = Whole("任务序号", least=1, most=100_000, required=True)
    title = said("任务名称")
    says = said("任务内容", 2000)
    agency = agency_code("负责部门")
    from_on = Day("开始日期", required=True)
    due_on = Day("完成期限", required=True)


class ParticipantSchema(ValueSchema):
    makes = parts.Participant
    agency = agency_code("参与、配合部门")
    duties = said("工作职责和分工", 4000)


class FundSchema(ValueSchema):
    makes = parts.Fund
    purpose = said("用途")
    amount = Whole("金额（分）", most=MOST_AMOUNT, required=True)
    source = said("来源")


class ContingencySchema(ValueSchema):
    makes = parts.Contingency
    events = said("可能发生的情况", 4000)
    measures = said("处置措施", 4000)
    decides = said("决定人及其职务")
    phone = said("联系电话", 40)


class ContentSchema(ValueSchema):
    """方案: its items, as far as they are written."""

    makes = parts.Content
    title = said("方案名称")
    lead = agency_code("牵头部门")
    situation = said("违法事项（的基本情况）", 20_000)
    necessity = said("理由、必要性", 20_000)
    respondents = Many("当事人", RespondentSchema, load_default=())
    tasks = Many("工作任务", TaskSchema, most=MOST_TASKS, load_default=())
    participants = Many("参与、配合部门", ParticipantSchema, most=MOST_AGENCIES, load_default=())
    lead_duties = said("牵头部门的工作职责和分工", 4000)
    time_limit = Day("执法时限", allow_none=True)
    funds = Many("执法经费", FundSchema, most=100, load_default=())
    safeguards = said("保障措施", 20_000)
    contingency = One("应急预案", ContingencySchema, allow_none=True)


class PaperSchema(ValueSchema):
    """The government's paper."""

    makes = parts.Paper
    kind = coded("文件种类", "government_papers")
    number = said("文号或者批示登记号", 80)
    decided_by = said("作出决定的会议或者领导", 400)
    scan = Whole("扫描件的材料序号", load_default=0)


NO_PAPER = parts.Paper("", "", "", 0)


def government_paper() -> One:
    return One("市政府文件", PaperSchema, load_default=NO_PAPER)


# drafting

class ConsultSchema(ActSchema):
    makes = commands.Consult
    agencies = Many("征求意见的部门", agency_code("部门"), most=MOST_AGENCIES, load_default=())
    due_on = Day("答复期限", required=True)
    officer = handler()


class AnswerSchema(ActSchema):
    makes = commands.Answer
    answer = coded("答复", "consultation_answers")
    says = said("意见", 4000)
    officer = handler()


class SubmitSchema(OutwardSchema):
    makes = commands.Submit
    number = document_number("报送文号")


class WithdrawSchema(OutwardSchema):
    makes = commands.Withdraw
    reason = said("撤回的理由", 2000)


# review and approval

class ReviewSchema(OutwardSchema):
    makes = commands.Review
    passed = Flag("通过", required=True)
    number = document_number("审查、审核意见文号")
    opinion = said("审查、审核意见", 20_000)


class PresentSchema(OutwardSchema):
    makes = commands.Present
    number = document_number("呈请、提报文号")
    to = said("呈报的会议或者领导", 400)


class ApproveSchema(ActSchema):
    makes = commands.Approve
    paper = government_paper()
    conditions = Many("原则同意的条件", said("条件", 2000), most=50, load_default=())


class SendBackSchema(ActSchema):
    makes = commands.SendBack
    paper = government_paper()
    reasons = said("退回修改的理由", 4000)


class RejectSchema(ActSchema):
    makes = commands.Reject
    paper = government_paper()
    reasons = said("不予批准的理由", 4000)


# amendment

class HandedSchema(ValueSchema):
    makes = parts.Handed
    title = said("交接事项")
    kind = coded("交接种类", "handover_kinds")
    copies = Whole("份数", most=10_000, load_default=0)


class AmendSchema(OutwardSchema):
    makes = commands.Amend
    content = One("变更后的方案", ContentSchema, load_default=parts.Content())
    reason = said("变更的理由", 4000)
    minor = Flag("一般变更", load_default=False)
    handover = Many("交接清单", HandedSchema, load_default=())


class ReviewAmendmentSchema(OutwardSchema):
    makes = commands.ReviewAmendment
    passed = Flag("通过", required=True)
    number = document_number("审核意见文号")
    opinion = said("审核意见", 20_000)


class PresentAmendmentSchema(OutwardSchema):
    makes = commands.PresentAmendment
    number = document_number("呈请、提报文号")
    to = said("呈报的会议或者领导", 400)


class DecideAmendmentSchema(ActSchema):
    makes = commands.DecideAmendment
    approved = Flag("批准", required=True)
    paper = government_paper()
    reasons = said("不予批准的理由", 4000)


SCHEMAS: dict[str, type[ActSchema]] = {
    "consult": ConsultSchema, "answer-consultation": AnswerSchema, "submit": SubmitSchema, "withdraw": WithdrawSchema,
    "review": ReviewSchema, "present": PresentSchema, "approve": ApproveSchema, "return-plan": SendBackSchema,
    "reject": RejectSchema, "amend": AmendSchema, "review-amendment": ReviewAmendmentSchema,
    "present-amendment": PresentAmendmentSchema, "decide-amendment": DecideAmendmentSchema,
    "add-material": AddMaterialSchema, "correct": CorrectSchema,
}
