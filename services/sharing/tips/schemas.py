"""第二十八条 案源共享: what comes in with each act. Shapes only: what the law asks is refused by the domain."""

from collections.abc import Mapping
from typing import ClassVar

from services.sharing.tips import commands as commands
from shared.acts.succession import ASSIGN
from shared.forms.corrections import CorrectSchema
from shared.forms.materials import AddMaterialSchema
from shared.forms.parts import NOBODY, OfficerSchema, OutwardSchema, RespondentSchema, coded, personal, said
from shared.forms.schemas import ActSchema, Code, Day, Flag, One, ValueSchema
from shared.forms.succession import AssignSuccessorSchema


class TipReporterSchema(ValueSchema):
    """投诉人、举报人。"""

    makes = commands.Reporter
    name = personal("举报人姓名")
    phone = personal("举报人电话")
    address = personal("举报人住址")
    anonymous = Flag("匿名", load_default=False)
    confidential = Flag("要求保密", load_default=False)


class ShareTipSchema(ActSchema):
    """推送案源。"""

    makes = commands.ShareTip
    kind = coded("案源类别", "tip_kinds")
    cause = coded("案由", "causes")
    place = said("地点", 400)
    facts = said("主要情况", 4000)
    received_on = Day("收到日期", required=True)
    channel = coded("来源渠道", "tip_channels")
    respondent = One("当事人", RespondentSchema, load_default=commands.NO_ONE)
    reporter = One("举报人", TipReporterSchema, load_default=commands.Reporter())
    competent = Code("明确的有管辖权机关", load_default="")
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class ClaimTipSchema(ActSchema):
    """认领案源。"""

    makes = commands.ClaimTip
    says = said("认领说明", 2000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class PassOnTipSchema(ActSchema):
    """转送案源。"""

    makes = commands.PassOn
    reason = said("转送的理由", 2000)
    to = Code("拟转送机关", load_default="")
    legal_ground = said("法律依据", 400)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class AssignTipSchema(OutwardSchema):
    """指派案源。"""

    makes: ClassVar[type] = commands.AssignTip
    agency = Code("指派机关", load_default="")
    reason = said("指派的理由", 2000)


class ReturnTipResultSchema(OutwardSchema):
    """反馈案源办理结果。"""

    makes: ClassVar[type] = commands.ReturnResult
    outcome = coded("办理结果", "tip_outcomes")
    says = said("核查处理情况", 4000)
    number = said("立案文号", 80)
    transfer = Code("移送案件编号", load_default="")


class WithdrawTipSchema(OutwardSchema):
    """撤回案源。"""

    makes: ClassVar[type] = commands.WithdrawTip
    reason = said("撤回的理由", 2000)


SCHEMAS: Mapping[str, type[ActSchema]] = {
    "share": ShareTipSchema, "add-material": AddMaterialSchema, "claim": ClaimTipSchema, "pass-on": PassOnTipSchema,
    "assign": AssignTipSchema, "return-result": ReturnTipResultSchema, "withdraw": WithdrawTipSchema,
    "correct": CorrectSchema, ASSIGN: AssignSuccessorSchema,
}
