"""第二十七条 查询: what comes in with each act. Shapes only: what the law asks is refused by the domain, with its article."""

from collections.abc import Mapping
from typing import Any

from services.sharing.queries import commands as commands
from services.sharing.queries.domain.answers import FULL, PARTIAL
from shared.forms.corrections import CorrectSchema
from shared.forms.materials import AddMaterialSchema
from shared.forms.parts import NOBODY, OfficerSchema, OutwardSchema, RespondentSchema, coded, materials, said
from shared.forms.schemas import ActSchema, Code, Day, Many, One, ValueSchema
from shared.forms.succession import AssignSuccessorSchema


class QuestionSchema(ValueSchema):
    """The question of an assistance names no category."""

    makes = commands.Question
    says = said("查询内容", 4000)
    category = coded("执法档案信息类别", "record_categories")
    respondent = One("查询对象", RespondentSchema, load_default=commands.NO_RESPONDENT)
    since = Day("所查期间起")
    until = Day("所查期间止")


class _AskingSchema(ActSchema):
    makes = commands.Ask
    question = One("查询", QuestionSchema, required=True)
    case = said("所为案件（服务/案件编号）", 80)
    outside_case = said("平台外的案号")
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class _QuerySchema(_AskingSchema):
    purpose = coded("查询目的类别", "query_purposes")
    purpose_says = said("查询目的", 2000)


class AskSchema(_QuerySchema):
    holder = Code("持有机关", load_default="")
    group = Code("同批查询编号", most=64, load_default="")


class AskUrgentSchema(AskSchema):
    urgent_reason = said("紧急理由", 1000)


class AskOfflineSchema(_QuerySchema):
    urgent_reason = said("紧急理由", 1000)
    asker = Code("查询机关", load_default="")
    outside = said("册外查询机关名称")
    way = coded("查询方式", "query_ways")
    paper = said("来函文号", 80)
    contact = said("提出查询的人员、单位和电话")


class AskAssistanceSchema(_AskingSchema):
    assistance = coded("协助种类", "assistance_kinds")
    holder = Code("持有机关", load_default="")
    group = Code("同批查询编号", most=64, load_default="")


class AdmitSchema(ActSchema):
    makes = commands.Admit
    proof = said("认证依据", 1000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class NotAdmitSchema(OutwardSchema):
    makes = commands.NotAdmit
    reason = said("未通过认证的理由", 2000)


class OfflineSchema(ValueSchema):
    makes = commands.Offline
    place = said("查阅地点")
    when = said("查阅时间")
    office = said("联系单位和电话")


class WithheldSchema(ValueSchema):
    makes = commands.Withheld
    law = said("法律名称")
    law_article = said("条款", 80)
    reason = said("理由", 2000)
    law_text = said("条款原文", 4000)


class _GivingSchema(ActSchema):
    makes = commands.Answer
    officer = One("承办人", OfficerSchema, load_default=NOBODY)
    says = said("答复内容", 20_000)
    materials = materials("提供的材料")
    records = Many("提供的档案", Code("档案编号", most=80), load_default=())


class AnswerSchema(_GivingSchema):
    kind = coded("答复种类", "query_answers")
    offline = One("线下查阅", OfflineSchema, load_default=commands.Offline())


class AnswerPartlySchema(_GivingSchema):
    offline = One("线下查阅", OfflineSchema, load_default=commands.Offline())
    rest = said("未提供的部分", 2000)
    withheld = One("法定事由", WithheldSchema, load_default=commands.Withheld())
    leader = said("签发的机关负责人", 100)

    def make(self, data: dict[str, Any]) -> commands.Answer:
        return commands.Answer(PARTIAL, **data)


class GiveAssistanceSchema(_GivingSchema):
    def make(self, data: dict[str, Any]) -> commands.Answer:
        return commands.Answer(FULL, **data)


class PassQueryOnSchema(ActSchema):
    makes = commands.PassOn
    to = Code("转往的持有机关", load_default="")
    reason = said("转出的理由", 2000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class RefuseSchema(OutwardSchema):
    makes = commands.Refuse
    withheld = One("法定事由", WithheldSchema, load_default=commands.Withheld())


class ComplainSchema(ActSchema):
    makes = commands.Complain
    reason = said("异议的理由", 2000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class DirectAnswerSchema(OutwardSchema):
    makes = commands.DirectAnswer
    what = said("责令提供的内容", 2000)
    reason = said("理由", 2000)


class DismissSchema(OutwardSchema):
    makes = commands.Dismiss
    reason = said("驳回的理由", 2000)


class WithdrawSchema(ActSchema):
    makes = commands.Withdraw
    reason = said("撤回的理由", 2000)


QUERIES: Mapping[str, type[ActSchema]] = {
    "ask": AskSchema, "ask-urgent": AskUrgentSchema, "ask-offline": AskOfflineSchema,
    "ask-assistance": AskAssistanceSchema, "admit": AdmitSchema, "not-admit": NotAdmitSchema,
    "add-material": AddMaterialSchema, "answer": AnswerSchema, "answer-partly": AnswerPartlySchema,
    "give-assistance": GiveAssistanceSchema, "pass-on": PassQueryOnSchema, "refuse": RefuseSchema,
    "complain": ComplainSchema, "direct-answer": DirectAnswerSchema, "dismiss": DismissSchema,
    "withdraw": WithdrawSchema, "correct": CorrectSchema, "assign-successor": AssignSuccessorSchema,
}
