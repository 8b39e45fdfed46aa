"""What comes in: each field with its 中文 title. Shapes only; what the law requires is the domain's to refuse."""

from collections.abc import Mapping

from services.oversight.filings.domain import RegisterFiling, ReturnFiling
from shared.acts.succession import ASSIGN
from shared.forms.schemas import ActSchema, Code, Many, Text
from shared.forms.succession import AssignSuccessorSchema


class RegisterSchema(ActSchema):
    """登记备案。"""

    makes = RegisterFiling
    number = Text("备案号", required=True, most=200)


class ReturnSchema(ActSchema):
    """退回补报。"""

    makes = ReturnFiling
    ground = Code("退回事由", required=True, metadata={"x-codes": "filing_return_reasons"})
    reason = Text("理由", required=True, most=2000)
    lacks = Many("需补报的内容", Text("需补报的内容", most=500), required=True, most=50)


SCHEMAS: Mapping[str, type[ActSchema]] = {"register": RegisterSchema, "return": ReturnSchema,
                                         ASSIGN: AssignSuccessorSchema}
