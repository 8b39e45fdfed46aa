"""What comes in: each field with its 中文 title. Shapes only; what the law requires is the domain's to refuse."""

from collections.abc import Mapping
from typing import Any, ClassVar

from services.sharing.archive.schemas import SCHEMAS as RECORDS
from services.sharing.catalogue.schemas import CATALOGUE
from services.sharing.domain import LoadCalendar, PublishRulebook, SetBasis
from services.sharing.personal_data.schemas import HOLDS
from services.sharing.queries.schemas import QUERIES
from services.sharing.register.agencies import DOES, ChangeAgency, Entrustment, Profile, RegisterAgency
from services.sharing.register.dissolution import Dissolve, RevokeDissolution, Share
from services.sharing.register.successors import NameHeir
from services.sharing.subscriptions.schemas import SUBSCRIPTIONS
from services.sharing.tips.schemas import SCHEMAS as TIPS
from shared.contracts.register import KINDS, LINES, Agency, Power
from shared.forms.parts import coded
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, OneOf, Text, ValueSchema

STANDINGS = {"": "无", "justice": "司法行政部门", "government_office": "市政府办公室", "discipline": "纪检监察机关"}
LONGEST_FILE = 500_000          # characters of a rulebook's or a year's text


class WholeText(Text):
    """A file's text exactly as it was written: its digest is its version."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        super()._deserialize(value, attr, data, **kwargs)
        return value


class PowerSchema(ValueSchema):
    """权责清单的一项。"""

    makes = Power
    cause = Code("案由编码", required=True, metadata={"x-codes": "causes"})
    does = OneOf("职责", DOES, required=True)
    basis = Text("依据", least=0, most=400)
    document = Text("划转文件文号", least=0, most=200)


class EntrustmentSchema(ValueSchema):
    """委托书。"""

    makes = Entrustment
    document = Text("委托书", required=True, most=200)
    until = Day("委托期限", required=True)


class RegisterSchema(ActSchema):
    """登记行政执法机关。"""

    document = Text("批准文件文号", required=True, most=200)
    code = Code("机关代码", pattern=r"[a-z0-9]+(-[a-z0-9]+)*", most=40, required=True)
    name = Text("名称", required=True, most=200)
    kind = OneOf("类别", KINDS, required=True)
    line = OneOf("隶属关系", LINES, required=True)
    since = Day("设立日期", required=True)
    standing = OneOf("职能", STANDINGS)
    entrusted_by = Code("委托机关", most=40)
    short = Text("机关代字", most=20)
    powers = Many("权责清单", PowerSchema)
    legal_basis = Many("执法依据", Text("执法依据", most=400))
    entrustment = One("委托", EntrustmentSchema)
    samples = Many("执法文书样式", Text("执法文书样式", most=200))
    legal_head = Text("法治机构负责人", most=100)
    enforcement_head = Text("执法机构负责人", most=100)

    superior = Text("上级主管机关", most=200)

    _profile: ClassVar = ("entrustment", "samples", "legal_head", "enforcement_head", "superior")

    def make(self, data: dict[str, Any]) -> RegisterAgency:
        profile = Profile(**{name: data.pop(name) for name in self._profile if name in data})
        document = data.pop("document")
        return RegisterAgency(Agency(**data), document, profile)


class ChangeSchema(ActSchema):
    """变更登记。"""

    makes = ChangeAgency
    document = Text("批准文件文号", required=True, most=200)
    name = Text("名称", most=200)
    kind = OneOf("类别", KINDS)
    line = OneOf("隶属关系", LINES)
    standing = OneOf("职能", STANDINGS)
    entrusted_by = Text("委托机关", least=0, most=40)
    short = Text("机关代字", least=0, most=20)
    powers = Many("权责清单", PowerSchema)
    legal_basis = Many("执法依据", Text("执法依据", most=400))
    entrustment = One("委托", EntrustmentSchema)
    samples = Many("执法文书样式", Text("执法文书样式", most=200))
    legal_head = Text("法治机构负责人", least=0, most=100)
    enforcement_head = Text("执法机构负责人", least=0, most=100)
    superior = Text("上级主管机关", least=0, most=200)


class MatterSchema(ValueSchema):
    """按事项划分的一项。"""

    makes = Share
    successor = Code("承继机关", most=40, required=True)
    causes = Many("案由", Code("案由", metadata={"x-codes": "causes"}), least=1)


class DissolveSchema(ActSchema):
    """撤销。"""

    makes = Dissolve
    document = Text("批准文件文号", required=True, most=200)
    last_day = Day("最后存续日期", required=True)
    successor = Code("承继机关", most=40)
    split = Many("按事项划分", MatterSchema)
    takes_standing = Flag("承接职能")
    staff_to = Code("人员转入机关", most=40)


class RevokeDissolutionSchema(ActSchema):
    """撤回撤销登记。"""

    makes = RevokeDissolution
    document = Text("批准文件文号", required=True, most=200)
    reason = Text("理由", required=True)


class NameHeirSchema(ActSchema):
    """补充指定承继机关。"""

    makes = NameHeir
    successor = Code("承继机关", most=40, required=True)
    document = Text("批准文件文号", required=True, most=200)
    reason = Text("理由", required=True)


class PublishSchema(ActSchema):
    """发布规则。"""

    makes = PublishRulebook
    text = WholeText("规则文本", required=True, most=LONGEST_FILE)


class LoadSchema(ActSchema):
    """载入年度日历。"""

    makes = LoadCalendar
    text = WholeText("年度日历文本", required=True, most=LONGEST_FILE)


class SetSchema(ActSchema):
    """确定依据。"""

    makes = SetBasis
    document = Text("文号", required=True, most=200)
    title = Text("名称", required=True, most=400)
    kind = coded("类别", "basis_kinds")
    since = Day("自", required=True)
    until = Day("至")
    sample = Flag("示例")


SCHEMAS: Mapping[str, Mapping[str, type[ActSchema]]] = {
    "agencies": {"register": RegisterSchema, "change": ChangeSchema, "dissolve": DissolveSchema,
                 "revoke-dissolution": RevokeDissolutionSchema, "name-heir": NameHeirSchema},
    "rulebooks": {"publish": PublishSchema},
    "calendars": {"load": LoadSchema},
    "bases": {"set": SetSchema},
    "catalogue": CATALOGUE,
    "queries": QUERIES,
    "tips": TIPS,
    "records": RECORDS,
    "holds": HOLDS,
    "subscriptions": SUBSCRIPTIONS,
}
