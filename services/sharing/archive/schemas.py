"""What comes in about archive records: deliveries, searches, looks. Shapes only; the domain refuses the rest."""

import re
import unicodedata
from typing import Any

from marshmallow import ValidationError
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotANumber

from services.sharing.archive.domain import LISTS, MOST, PERSON, TITLES, AddRecords, Line, Record
from shared.acts.persons import NOTHING
from shared.contracts.apart import Apart
from shared.contracts.personal import Personal
from shared.forms.parts import (
    NOT_A_CREDIT_CODE,
    NOT_AN_IDENTITY_NUMBER,
    coded,
    identity_number,
    said,
)
from shared.forms.schemas import ActSchema, Code, Day, Many, One, PersonalField, Text, ValueSchema, Whole
from shared.http import paging

CODE_LIKE = re.compile(r"(?=(?:[A-Za-z-]*[0-9]){8})[0-9A-Za-z-]{12,24}")      # meant as a 统一社会信用代码
LONGEST = 20_000                  # characters of a record's text


def _coded(name: str) -> Code:
    """Whatever is written: the domain says of which list it is none, by the list's title."""
    return Code(TITLES[name], pattern=".+", most=80, load_default="", metadata={"x-codes": LISTS[name]})


class RecordSchema(ValueSchema):
    """一条执法档案。"""

    makes = Record
    id = Text(TITLES["id"], required=True, most=120)
    category = _coded("category")
    title = said(TITLES["title"], 200)
    occurred_on = Day(TITLES["occurred_on"], required=True)
    kind = _coded("kind")
    text = said(TITLES["text"], LONGEST)
    cause = _coded("cause")
    penalty_item = _coded("penalty_item")
    number = said(TITLES["number"], 80)
    respondent_kind = _coded("respondent_kind")
    respondent = PersonalField(TITLES["respondent"], least=0, most=200, load_default=NOTHING)
    respondent_number = PersonalField(TITLES["respondent_number"], least=0, most=40, load_default=NOTHING)
    access = _coded("access")
    retention = _coded("retention")

    def make(self, data: dict[str, Any]) -> Record:
        """The number is checked by its own algorithm and kept in its compact form."""
        if data["respondent_number"]:
            person = data["respondent_kind"] == PERSON
            try:
                number = (identity_number if person else uscc.validate)(data["respondent_number"].value)
            except NotANumber:
                wrong = NOT_AN_IDENTITY_NUMBER if person else NOT_A_CREDIT_CODE
                raise ValidationError({"respondent_number": [wrong]}) from None
            data["respondent_number"] = Personal(number)
        return Record(**data)


class FrameSchema(ActSchema):
    """What a delivery in JSON says of itself besides its records."""


class AddRecordsSchema(FrameSchema):
    """报送执法档案: records as one JSON object; as NDJSON or XLSX they come without this frame."""

    records = Many("执法档案", RecordSchema, most=MOST, load_default=())

    def make(self, data: dict[str, Any]) -> AddRecords:
        return AddRecords(Apart(tuple(Line(nth, record) for nth, record in enumerate(data["records"], 1))))


class LookSchema(ValueSchema):
    """Why somebody looks at records of other agencies: asked by the domain, kept for their holders."""

    purpose = coded("查询目的", "record_purposes")
    reason = said("查询事由", 400)
    case = said("所办案件", 120)


class FiltersSchema(ValueSchema):
    """Which records."""

    agency = said("报送机关", 40)
    category = said(TITLES["category"], 80)
    cause = said(TITLES["cause"], 80)
    since = Day("发生日期自")
    until = Day("发生日期至")


class SearchRecordsSchema(LookSchema):
    """检索执法档案。"""

    text = said("检索词", 600)
    respondent = PersonalField("当事人（名称或者证件号码，须完全一致）", least=0, most=200, load_default=NOTHING)
    filters = One("筛选条件", FiltersSchema, load_default=dict)
    limit = Whole("每页数量", least=1, most=paging.MOST, load_default=paging.DEFAULT)
    after = said("上一页的 next", 200)


class OpenRecordSchema(LookSchema):
    """查阅一条执法档案。"""

    version = Whole("版本（不写的为最新）", least=1)


class OrganisationField(Text):
    """A name, or a 统一社会信用代码, which is checked: a slip of the pen must not read as if nothing were known."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        code = "".join(unicodedata.normalize("NFKC", text).split())
        if not CODE_LIKE.fullmatch(code):
            return text
        try:
            return uscc.validate(code.upper())
        except NotANumber:
            raise ValidationError([NOT_A_CREDIT_CODE]) from None


class DossierSchema(LookSchema):
    """一企一档。"""

    organisation = OrganisationField("企业（名称或者统一社会信用代码，须完全一致）", required=True, most=200)
    limit = Whole("每页档案、案件各多少", least=1, most=paging.MOST, load_default=paging.MOST)
    after = said("上一页的 next", 200)


SCHEMAS = {"add-records": AddRecordsSchema}
