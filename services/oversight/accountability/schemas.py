"""What comes in over HTTP of accountability."""

from collections.abc import Mapping

from services.oversight.accountability.domain import Enter, RecordResult, ReportAccountability, SetAside, SignReceipt
from shared.acts.succession import ASSIGN
from shared.forms.parts import said
from shared.forms.schemas import ActSchema, Code, Many
from shared.forms.succession import AssignSuccessorSchema

REF = r"[a-z]+/[0-9A-Za-z_-]{1,40}"
HINT = REF + r"/[0-9]{1,9}"             # a deadline, and which of its computations was let pass


def hint() -> Code:
    return Code("问责提示", pattern=HINT, most=80, load_default="")


class EnterSchema(ActSchema):
    """录入问责线索。"""

    makes = Enter
    situations = Many("第三十一条的情形", Code("情形", metadata={"x-codes": "grounds:oversight."}), most=6, load_default=())
    agency = Code("涉及机关", most=40, load_default="")
    facts = said("事实", 4000)
    plan = Code("所涉方案", pattern=REF, most=80, load_default="")
    hint = hint()


class SetAsideSchema(ActSchema):
    """不采纳问责提示。"""

    makes = SetAside
    reason = said("不采纳的理由", 2000)
    hint = hint()


class ReportSchema(ActSchema):
    """报告问责线索。"""

    makes = ReportAccountability
    number = said("报告文号")


class SignReceiptSchema(ActSchema):
    """签收问责线索。"""

    makes = SignReceipt
    number = said("收文号")


class RecordResultSchema(ActSchema):
    """反馈问责结果。"""

    makes = RecordResult
    says = said("处理结果", 4000)


SCHEMAS: Mapping[str, type[ActSchema]] = {
    "enter": EnterSchema, "set-aside": SetAsideSchema, "report": ReportSchema, "sign-receipt": SignReceiptSchema,
    "record-result": RecordResultSchema, ASSIGN: AssignSuccessorSchema,
}
