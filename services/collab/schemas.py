"""第二章 协同执法: what comes in with its own acts. Shapes only; those of every plan are in shared/plans."""

from services.collab import commands
from services.collab.grounds import Ground, Means
from shared.forms.parts import OutwardSchema, coded, document_number, materials, said
from shared.forms.schemas import ActSchema, Code, Day, Many, One, ValueSchema, Whole
from shared.plans.parts import Content
from shared.plans.schemas import MOST_TASKS, ContentSchema, agency_code, handler
from shared.plans.schemas import SCHEMAS as WRITING
from shared.plans.schemas_run import SCHEMAS as RUNNING


class MeansSchema(ValueSchema):
    makes = Means
    means = said("执法手段或者程序", 1000)
    document = said("执法文书")
    result = said("结果", 2000)


class GroundSchema(ValueSchema):
    """第七条: a ground with the facts it stands on."""

    makes = Ground
    code = coded("情形", "grounds:collab.")
    effect = said("负面影响", 4000)
    people = Whole("涉及直接利益的人数", load_default=0)
    interests = said("涉及的直接利益和统计方法", 4000)
    relations = said("复杂的法律关系", 4000)
    obstruction = said("暴力阻挠的情况", 4000)
    obstructed_on = Day("阻挠发生日期")
    means = Many("已使用的执法手段和程序", MeansSchema, most=50, load_default=())
    law = said("法律、法规")
    law_article = said("条文", 100)
    facts_established = said("查清的违法事实", 20_000)
    established_on = Day("查清日期")
    reason = said("确需组织的理由", 4000)


class DraftSchema(ActSchema):
    makes = commands.Draft
    content = One("协同执法方案", ContentSchema, load_default=Content())
    causes = Many("案由", Code("案由", load_default=""), most=20, load_default=(), metadata={"x-codes": "causes"})
    grounds = Many("组织协同执法的情形", GroundSchema, most=20, load_default=())
    officer = handler()
    lead_because = coded("由本机关拟订方案的理由", "collab_lead_reasons")


class DeclineSchema(OutwardSchema):
    makes = commands.Decline
    ground = coded("法定事由", "grounds:collab.decline.")
    law = said("法律、法规")
    law_article = said("条文", 100)
    law_text = said("条文内容", 4000)
    number = document_number("书面通知文号")
    notice = Whole("书面通知的材料序号", load_default=0)


class QuestionDeclineSchema(ActSchema):
    makes = commands.QuestionDecline
    participant = agency_code("配合部门")
    question = said("询问内容", 4000)
    officer = handler()


class AnswerQuestionSchema(ActSchema):
    makes = commands.AnswerQuestion
    says = said("答复内容", 4000)
    officer = handler()


class GivenSchema(ValueSchema):
    makes = commands.Given
    task = Whole("任务序号", least=1, most=100_000, required=True)
    agency = agency_code("接手的部门")


class ReassignSchema(OutwardSchema):
    makes = commands.Reassign
    participant = agency_code("不能协同的配合部门")
    tasks = Many("调整的任务", GivenSchema, most=MOST_TASKS, load_default=())
    reason = said("调整的理由", 2000)


class ReportSchema(OutwardSchema):
    makes = commands.Report
    number = document_number("执法情况报告文号")
    says = said("执法情况", 20_000)
    documents = materials("执法文书")
    closing_report = materials("结案报告")
    open_case = said("尚未办结的案件及原因", 2000)


class AddClosingReportSchema(OutwardSchema):
    makes = commands.AddClosingReport
    number = document_number("结案报告报送文号")
    closing_report = materials("结案报告")


SCHEMAS: dict[str, type[ActSchema]] = {
    "draft": DraftSchema, **WRITING, **RUNNING, "decline": DeclineSchema, "question-decline": QuestionDeclineSchema,
    "answer-question": AnswerQuestionSchema,
    "reassign": ReassignSchema, "report": ReportSchema, "add-closing-report": AddClosingReportSchema,
}
