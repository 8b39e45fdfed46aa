"""What comes in: value objects, and the content of acts with the fields that every act has.

A service writes one schema an act:

    class AnnounceSchema(ActSchema):
        makes = Announce                                  # the command, a dataclass of the domain
        receiver = Code("接收机关", required=True)
        respondent = One("当事人", RespondentSchema, required=True)

    class RespondentSchema(ValueSchema):
        makes = Respondent
        name = PersonalField("姓名或者名称", required=True)

    SCHEMAS = {"announce": AnnounceSchema, …}

A field that is not given takes the dataclass's own default. What isn't just a field for a field overrides `make`.
Schemas check shapes; what the law requires is the domain's to refuse.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, missing, post_load

from shared.forms.fields import Code, Day, Flag, Instant, Many, One, OneOf, PersonalField, Text, Whole, refuse

__all__ = ["ActSchema", "Code", "Day", "Flag", "Instant", "Loaded", "Many", "One", "OneOf", "PersonalField", "Text",
           "ValueSchema", "Whole", "refuse"]

DIGEST = r"sha256:[0-9a-f]{64}|sm3:[0-9a-f]{64}"
ORIGINS = {"desk": "平台录入", "machine": "业务系统推送", "tip": "案源", "finding": "另案线索", "imported": "历史导入"}


class ValueSchema(Schema):
    """An object of known fields only; `makes` is the dataclass it becomes (none: a plain dict)."""

    makes: ClassVar[type | None] = None

    class Meta:
        unknown = RAISE

    def make(self, data: dict[str, Any]) -> Any:
        """The value of the loaded fields."""
        return data if self.makes is None else self.makes(**data)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Any:
        return self.finish(data)

    def finish(self, data: dict[str, Any]) -> Any:
        """What `load` returns."""
        return self.make(data)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded act: the domain's command, and what it says of itself as every act may (keys of COMMON)."""

    command: Any
    common: Mapping[str, Any]


class BackEntrySchema(ValueSchema):
    """补录: why the act is entered after its day, and the scan of its paper."""

    reason = Text("补录原因", required=True, most=1000)
    scan = Code("扫描件摘要", pattern=DIGEST, required=True)


class ExternalRefSchema(ValueSchema):
    """The act's id in the agency's own system: unique for the agency for ever."""

    system = Code("业务系统", required=True, most=64)
    id = Text("业务系统编号", required=True, most=200)


class OriginSchema(ValueSchema):
    """Where a case comes from."""

    kind = OneOf("来源", ORIGINS, required=True)
    ref = Text("来源编号", most=200)


class ActSchema(ValueSchema):
    """The content of an act. `load` returns Loaded."""

    happened_on = Day("实际发生日期")
    happened_at = Instant("实际发生时间")
    back_entry = One("补录", BackEntrySchema)
    in_name_of = Code("委托机关", load_default=missing)
    external_ref = One("业务系统引用", ExternalRefSchema)
    origin = One("案件来源", OriginSchema)

    def finish(self, data: dict[str, Any]) -> Loaded:
        """Splits off what every act may say of itself."""
        common = {name: data.pop(name) for name in COMMON if name in data}
        return Loaded(self.make(data), common)


COMMON = frozenset(ActSchema._declared_fields)
