"""What comes in of the catalogue: each field with its 中文 title."""

from collections.abc import Mapping

from services.sharing.catalogue import domain
from shared.acts.succession import ASSIGN
from shared.forms.parts import coded, said
from shared.forms.schemas import ActSchema, Code, Day, Many, One, ValueSchema
from shared.forms.succession import AssignSuccessorSchema


class ColumnSchema(ValueSchema):
    """数据项。"""

    makes = domain.Column
    name = said("数据项名称", 100)
    says = said("数据项说明", 400)


class ContentSchema(ValueSchema):
    """目录条目的内容。"""

    makes = domain.Content
    title = said("条目名称")
    category = coded("执法档案信息类别", domain.CATEGORIES)
    description = said("内容说明", 2000)
    columns = Many("数据项", ColumnSchema, most=100, load_default=())
    ways = Many("取得方式", Code("取得方式"), most=10, load_default=(), metadata={"x-codes": domain.WAYS})
    interface = said("接口说明（不写网络地址）", 1000)
    rhythm = coded("更新周期", domain.RHYTHMS)
    office = said("联系科室")
    penalty_items = Many("涉及的处罚事项", Code("处罚事项"), most=100, load_default=(),
                         metadata={"x-codes": domain.ITEMS})


class PublishEntrySchema(ActSchema):
    """公布目录条目。"""

    makes = domain.Publish
    entry = One("目录条目", ContentSchema, load_default=domain.Content())
    data_on = Day("数据截止日期", required=True)


class ReviseEntrySchema(ActSchema):
    """修改目录条目：写全修改后的条目。"""

    makes = domain.Revise
    entry = One("目录条目", ContentSchema, load_default=domain.Content())
    data_on = Day("数据截止日期", required=True)
    reason = said("修改理由", 1000)


class RefreshEntrySchema(ActSchema):
    """更新目录数据日期。"""

    makes = domain.Refresh
    data_on = Day("数据截止日期", required=True)


class WithdrawEntrySchema(ActSchema):
    """撤下目录条目。"""

    makes = domain.Withdraw
    reason = said("撤下理由", 1000)


CATALOGUE: Mapping[str, type[ActSchema]] = {
    "publish": PublishEntrySchema, "revise": ReviseEntrySchema, "refresh": RefreshEntrySchema,
    "withdraw": WithdrawEntrySchema, ASSIGN: AssignSuccessorSchema,
}
