"""第四章 案件移送: the values that several of its acts' schemas share."""

from services.transfer import commands
from shared.forms.parts import RespondentSchema, coded, said
from shared.forms.schemas import Code, Day, Flag, Many, One, ValueSchema

GROUNDS = {commands.NOT_COMPETENT: "无管辖权", commands.PENALTY_MOVED: "处罚权已划转"}


class MatterSchema(ValueSchema):
    makes = commands.Matter
    cause = coded("案由", "causes")
    accepted_on = Day("受理日期", required=True)
    respondent = One("当事人", RespondentSchema, required=True)
    facts = said("涉嫌违法事实", 4000)
    provisions = Many("违反的规定", said("违反的规定", 400), most=20, load_default=())
    ground = coded("移送事由", "grounds:transfer.")
    basis = said("移送依据", 400)
    document = said("划转文件文号")
    powers_separated = Flag("监管权和处罚权分离", load_default=False)


class NoticeSchema(ValueSchema):
    makes = commands.Notice
    receiver = Code("接收案件机关", load_default="")
    way = coded("通报方式", "notice_ways")
    told_to = said("被通报人及其职务")
