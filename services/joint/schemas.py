"""第三章 联合执法: what comes in with its own acts. Shapes only; those of every plan are in shared/plans."""

from services.joint import commands
from services.joint.grounds import Competent, Ground
from shared.forms.parts import OutwardSchema, coded, document_number, materials, said
from shared.forms.schemas import DIGEST, ActSchema, Code, Many, One, ValueSchema
from shared.plans.parts import Content
from shared.plans.schemas import MOST_AGENCIES, ContentSchema, agency_code, handler
from shared.plans.schemas import SCHEMAS as WRITING
from shared.plans.schemas_run import SCHEMAS as RUNNING


class CompetentSchema(ValueSchema):
    makes = Competent
    agency = agency_code("应当查处的行政执法机关")
    basis = said("法律依据", 400)


class GroundSchema(ValueSchema):
    """第十五条: a ground with the facts it stands on."""

    makes = Ground
    code = coded("情形", "grounds:joint.")
    competent = Many("应当查处的行政执法机关", CompetentSchema, most=MOST_AGENCIES, load_default=())
    document = said("上级机关或者市政府安排的文号", 80)
    field_or_area = said("专项治理的领域或者区域", 400)
    main_task_agency = agency_code("承担主要执法任务的机关")
    candidates = Many("可能有权查处的行政执法机关", agency_code("机关"), most=MOST_AGENCIES, load_default=())
    why_undetermined = said("事前难以确定的原因", 4000)
    reason = said("确需组织的理由", 4000)


class DraftSchema(ActSchema):
    makes = commands.Draft
    content = One("联合执法方案", ContentSchema, load_default=Content())
    grounds = Many("组织联合执法的情形", GroundSchema, most=20, load_default=())
    officer = handler()
    lead_because = coded("由本机关拟订方案的理由", "joint_lead_reasons")


class AssignSchema(ActSchema):
    makes = commands.Assign
    title = said("专项治理名称")
    document = said("安排的文号", 80)
    ordered_by = said("作出安排的上级机关或者市政府")
    field_or_area = said("领域或者区域", 400)
    lead = agency_code("主要牵头部门")
    officer = handler()


class DecideDirectlySchema(ActSchema):
    makes = commands.DecideDirectly
    title = said("联合执法的事项")
    kind = coded("文件种类", "government_papers")
    number = said("文号或者批示登记号", 80)
    decided_by = said("作出决定的会议或者领导", 400)
    lead = agency_code("主要牵头部门")
    officer = handler()
    scan = Code("扫描件摘要", pattern=DIGEST, load_default="")


class ProposeEndSchema(ActSchema):
    makes = commands.ProposeEnd
    says = said("提议结束的理由", 4000)
    officer = handler()


class EvaluationSchema(ValueSchema):
    makes = commands.Evaluation
    agency = agency_code("参与部门")
    says = said("评价", 4000)


class ReportSchema(OutwardSchema):
    makes = commands.Report
    number = document_number("总结报告文号")
    result = said("执法总结", 20_000)
    effect = said("执法效果评估", 20_000)
    evaluations = Many("对各参与部门的评价", EvaluationSchema, most=MOST_AGENCIES, load_default=())
    materials = materials("总结报告及附件")


class RemarkSchema(ActSchema):
    makes = commands.Remark
    says = said("对评价的意见", 4000)
    officer = handler()


SCHEMAS: dict[str, type[ActSchema]] = {
    "draft": DraftSchema, "assign": AssignSchema, "decide-directly": DecideDirectlySchema, **WRITING, **RUNNING,
    "propose-end": ProposeEndSchema, "report": ReportSchema, "remark": RemarkSchema,
}
