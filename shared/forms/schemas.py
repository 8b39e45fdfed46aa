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

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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

    @classmethod
    @cache
    def in_order(cls) -> tuple[str, ...]:
        """The fields in the order in which `makes` takes them, where its values are made of them all by nothing else;
        none where there is more to it."""
        if cls.makes is None or cls.make is not ValueSchema.make or cls.finish is not ValueSchema.finish:
            return ()
        taken = tuple(each.name for each in dataclasses.fields(cls.makes) if each.init and not each.kw_only)
        return taken if {*taken} == {*cls._declared_fields} else ()

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


class SignedBySchema(ValueSchema):
    """签批依据, of an act by the agency's own system that a leader must do: who had signed it, when, and which paper."""

    appointment = Code("签批人的任职", required=True, most=36)
    signed_at = Instant("签批时间", required=True)
    digest = Code("签批件摘要", pattern=DIGEST, required=True)


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
    # an act may have a field of its own of that name: then it says nothing of this
    signed_by: Any = One("签批依据", SignedBySchema)
    origin = One("案件来源", OriginSchema)

    def finish(self, data: dict[str, Any]) -> Loaded:
        """Splits off what every act may say of itself."""
        common = {name: data.pop(name) for name in common_of(type(self)) if name in data}
        return Loaded(self.make(data), common)


_COMMON = dict(ActSchema._declared_fields)
COMMON = frozenset(_COMMON)


@cache
def common_of(schema: type[Schema]) -> frozenset[str]:
    """What an act of this schema may say as every act may: but for what it means something of its own by."""
    return frozenset(name for name, field in _COMMON.items() if schema._declared_fields.get(name) is field)
