"""What the events of every service tell alike: the frame of an act's event, deadlines, succession, the journal's own.
Pure."""

from collections.abc import Iterable

from shared.contracts.telling import (
    CODE,
    ID,
    INSTANT,
    Audience,
    Fact,
    Telling,
    agency,
    code,
    day,
    fact_of,
    flag,
    number,
    ref,
    text,
    thing,
    whole,
)

OCCURRED_ON = day("occurred_on", "发生日期", "true date of what happened")
# An act's event; which acts, articles and states, its chapter's ACTS say
ACT_FRAME = (
    OCCURRED_ON,
    Fact("act", "行为", "act that raised it", CODE),
    text("article", "条文", "article the act rests on; internal: none", 80, example="22"),
    agency("agency", "作出机关", "agency that acted; empty: the suite", empty=True),
    code("state", "办后状态", "state of the case after it", required=False),
    flag("back_entry", "补录", "entered later than its true date", required=False, example=True),
    agency("in_name_of", "委托机关", "agency in whose name an entrusted body acted", required=False,
           article="行政处罚法 20"),
)
BASIS_ENDED = flag("basis_ended", "依据已届满", "the regulation has expired and no basis carries it", required=False,
                   article="33", example=True)
BASIS = text("basis", "延续依据", "document that carries the expired regulation", required=False, article="33",
             example="荣政办字〔2026〕示例1号")
FORMER = agency("former", "被撤销机关", "agency that ended")
SUCCESSOR = agency("successor", "承继机关", "agency that takes over")
DOCUMENT = number("依据文件", "document it rests on", "document", example="荣政发〔2025〕12号")
LAST_DAY = day("last_day", "最后一日", "last day of the agency that ended")
CUSTODIAN = agency("custodian", "代管机关", "justice, where nobody takes over", empty=True)
ITEM = text("item", "事项序号", "item", 200, empty=True, example="1")
BOUND = agency("bound", "承担机关", "agency that is bound", empty=True)


def bound_items(name: str, zh: str, en: str, **more: object) -> Fact:
    """Items, each with who is bound and until when: an empty day says that it is over."""
    until = day("until", "截止日期", "last day; empty: it is over", required=False, empty=True)
    return thing(name, zh, en, ITEM, BOUND, until, many=True, **more)


HANDED = thing("succession", "承继", "from whom to whom parts went", agency("from", "原机关", "from"),
               agency("to", "现机关", "to", empty=True),
               code("parts", "身份", "parts that were given", many=True, required=False, example=["receiver"]))
BOTH_SIDES = code("one_agency", "同一机关的身份", "parts that are both the same agency's since the succession", many=True,
                  required=False, example=["sender", "receiver"])
PARTIES = Audience("案件各方、司法局和市政府办公室", "the parties, justice and the government office")
OVERSEERS = Audience("司法局、市政府办公室和纪检监察机关", "justice, the government office and discipline")
SIBLINGS = Audience("仅平台各服务", "the suite's services only")
CANARY = Audience("仅平台各服务和探测代码", "the suite's services and the canary only")
WITHIN = (SIBLINGS, CANARY)         # no agency is told, or chooses it


def succession(*facts: Fact) -> tuple[Telling, ...]:
    """The two events of a chapter whose cases go over to a successor, with what the chapter's events tell besides."""
    return (
        Telling("succeeded", "已承继", "Succeeded", "一方机关被撤销，其案件由承继机关接续时",
                "a party ended and its successor, or justice, has taken over its part",
                (FORMER, SUCCESSOR.or_empty(), DOCUMENT, LAST_DAY, CUSTODIAN, HANDED, BOTH_SIDES, *facts)),
        Telling("successor_assigned", "已指定承继机关", "Successor assigned", "司法局为代管的案件指定承继机关时",
                "justice has named who takes over a case it held",
                (FORMER, SUCCESSOR, DOCUMENT, HANDED, BOTH_SIDES, *facts)),
    )


CORRECTION = (
    ref("corrected", "被更正的记录", "entry that is corrected"),
    code("corrected_act", "被更正的行为", "act that is corrected", example="deliver"),
    text("field", "被更正的字段", "field that is corrected", example="happened_on"),
    number("更正函", "letter of correction", empty=True),
    day("was_on", "原日期", "true date before", required=False),
    day("right_on", "更正后日期", "true date as corrected", required=False),
)
RETURNED_FILING = (
    ref("filing", "备案件", "filing that justice returned"),
    day("returned_on", "退回日期", "day of the return"),
    whole("report", "第几次报告", "which report of the case, from 1"),
)
MATERIAL = (whole("material", "材料序号", "number of the material in the case"),
            code("kind", "材料种类", "kind of the material", "material_kinds", example="site_record"))

_UNITS = {"working_days": "工作日", "calendar_days": "日", "hours": "小时", "until": "至某日"}
_STATES = {"open": "计时中", "paused": "中止", "met": "已完成", "cancelled": "已终止"}
_ONCE = (
    day("due_on", "原最后一日", "last day before", nullable=True),
    fact_of(INSTANT, "due_at", "原到期时间", "end before"),
    fact_of(INSTANT, "yellow_at", "原转黄时间", "yellow from, before"),
    whole("generation", "原核算次数", "computation before"),
    flag("provisional", "原暂定", "provisional before"),
    flag("late", "原逾期完成", "met late, before", nullable=True),
)
DEADLINE = (
    OCCURRED_ON,
    fact_of(ID, "deadline", "期限编号", "id of the deadline"),
    code("clock", "时限", "clock of the rulebook", example="transfer.letter"),
    ref("case", "案件", "case it is of"),
    BOUND,
    ITEM,
    whole("generation", "核算次数", "computation of the same start, from 1"),
    code("state", "计时状态", "state of the deadline", choices=_STATES),
    text("article", "条文", "article; empty: internal", 80, empty=True, example="22"),
    text("law", "其他法律", "another law's name; empty: the regulation", 200, empty=True, example=""),
    flag("statutory", "法定", "set by law"),
    text("says", "规则文字", "the rule in words", 4000, example="通报后三个工作日内发出移送函"),
    code("unit", "单位", "unit of the amount", choices=_UNITS),
    whole("amount", "数量", "amount", example=3),
    ref("started_by", "起算记录", "entry that started it"),
    day("started_on", "起算日", "day it starts from, which does not count"),
    fact_of(INSTANT, "started_at", "起算时间", "instant it starts from"),
    day("due_on", "最后一日", "last day; null: counted in hours", nullable=True),
    fact_of(INSTANT, "due_at", "到期时间", "breached from this instant on"),
    fact_of(INSTANT, "yellow_at", "转黄时间", "yellow from this instant on"),
    flag("provisional", "暂定", "reaches into a year whose calendar is not known"),
    flag("late", "逾期完成", "met late; null: not settled", nullable=True),
    day("met_on", "完成日期", "day it was met", nullable=True),
    fact_of(INSTANT, "met_at", "完成时间", "instant it was met", nullable=True),
    day("paused_on", "中止日期", "day since which it stands still, or stood still when it was met", required=False),
    flag("warned", "已预警", "the warning has fired"),
    flag("breached", "已逾期", "the breach has fired and stands"),
    text("rulebook", "规则版本", "version of the rulebook", example="sha256:3b65776ce389af3f"),
    text("calendar", "日历版本", "version of the calendar", example="sha256:bf14142a2a39de54"),
    text("why", "说明", "why, in words", 4000, empty=True, example=""),
)
_BY = code("by", "引起的事件", "event that caused it", required=False, example="transfer.accepted")
_WAS = thing("was", "原期限", "as it was", *_ONCE)
_WITHDRAWN = thing("withdrawn", "撤回的记录", "what had fired and is withdrawn; empty: nothing",
                   code("kind", "种类", "warned or breached", required=False, example="breached"),
                   whole("generation", "核算次数", "of which computation", required=False))


def _deadline(kind: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    told = Audience("案件各方和承担机关、司法局、市政府办公室", "the parties, who is bound, justice, the government office")
    return Telling(f"deadline_{kind}", zh, en, when, sent, (*DEADLINE, *facts), told, "internal")


DEADLINES = (
    _deadline("started", "期限起算", "Deadline started", "期限开始计算时", "a clock has begun to run"),
    _deadline("warned", "期限预警", "Deadline warned", "期限临近、转黄时", "it has turned yellow"),
    _deadline("breached", "期限逾期", "Deadline breached", "到期未办、转红时", "its end has passed and it is not met"),
    _deadline("met", "期限完成", "Deadline met", "期限内或者逾期后办理完成时", "what it asks for was done, in time or late", _BY),
    _deadline("moved", "期限变动", "Deadline moved", "因日历、规则变化而重新核算时", "calendar or rulebook have moved it",
              _WAS.may(), _WITHDRAWN.may(), _BY,
              agency("was_bound", "原承担机关", "who was bound before", required=False)),
    _deadline("paused", "期限中止", "Deadline paused", "期限中止计算时", "it stands still", _BY,
              whole("used", "已用", "units used", required=False), whole("left", "剩余", "units left", required=False)),
    _deadline("resumed", "期限恢复", "Deadline resumed", "期限恢复计算时", "it runs again", _BY, _WAS.may(),
              whole("used", "已用", "units used", required=False), whole("left", "剩余", "units left", required=False)),
    _deadline("cancelled", "期限终止", "Deadline cancelled", "期限不再需要办理时", "it is owed no more", _BY),
    _deadline("corrected", "期限更正", "Deadline corrected", "因补录、更正而重新判断时",
              "a true date put right has it judged anew", _WAS, _WITHDRAWN, _BY),
)
JOURNAL = (
    Telling("checkpoint", "检查点", "Checkpoint", "日志封存、签名时", "the journal's chain was sealed and signed", (
        OCCURRED_ON, code("source", "来源", "source", example="urn:liandong:rongcheng:transfer"),
        text("epoch", "纪元", "epoch"),
        whole("to_position", "至第几条", "sealed up to this position"), text("chain", "链值", "value of the chain"),
        text("algorithm", "算法", "algorithm", example="sha256"),
        text("signature", "签名", "signature", 2000),
        fact_of(INSTANT, "sealed_at", "封存时间", "instant of the seal")), OVERSEERS, "internal"),
    Telling("probe", "探测", "Probe", "每分钟一次，不涉及任何案件", "once a minute, of no case, to time the way of the news",
            (OCCURRED_ON,), CANARY, "internal"),
    Telling("epoch_opened", "新纪元", "Epoch opened", "日志首次启用、恢复或者切换后重新开始时",
            "the journal began, or began anew after a restore or a switch", (
                OCCURRED_ON, text("epoch", "纪元", "epoch", example="bc236824a04c199b"),
                text("binding", "所绑定的数据库", "database it is bound to", 400, example="sqlite:1"),
                text("why", "原因", "why", 400, example="first start")), SIBLINGS, "internal"),
    Telling("personal_data_erased", "个人信息已删除", "Personal data erased", "依法删除个人信息时", "personal data were erased", (
        OCCURRED_ON, whole("positions", "所删的记录", "positions whose details were deleted", many=True, example=[78]),
        text("reason", "事由", "reason", 400, example="consent_withdrawn"),
        number("依据文件", "document it rests on", "document", required=False)), SIBLINGS, "个人信息保护法 47"),
    Telling("follower_settled", "跟随位置已确定", "Follower settled", "运维人员确定跟随位置时", "ops settled where a follower stands", (
        OCCURRED_ON, code("source", "来源服务", "service that is followed", example="transfer"),
        thing("from", "原位置", "from", text("epoch", "纪元", "epoch", empty=True), whole("position", "位置", "position")),
        thing("to", "现位置", "to", text("epoch", "纪元", "epoch", empty=True), whole("position", "位置", "position"))),
        SIBLINGS, "internal"),
)
CONCERNED = Audience("该机关", "the agency itself")


def _delivery(state: str, zh: str, en: str, when: str, sent: str) -> Telling:
    return Telling(f"delivery_{state}", zh, en, when, sent, (
        OCCURRED_ON, agency("agency", "机关", "agency that is sent to"),
        code("carrier", "推送方式", "carrier", choices={"queue": "消息队列", "webhook": "网络回调", "feed": "事件流"},
             example="queue"),
        text("subscription", "订阅", "subscription; none: the agency's queue", 80, required=False),
        text("why", "原因", "why", 400, required=False, example="connection refused")), CONCERNED, "internal")


CARRYING = (
    _delivery("failing", "推送失败", "Delivery failing", "向机关系统推送开始失败时",
              "what is sent to the agency's system begins to fail"),
    _delivery("paused", "推送暂停", "Delivery paused", "向机关系统的推送被暂停时",
              "nothing is sent to the agency's system until it resumes"),
    _delivery("resumed", "推送恢复", "Delivery resumed", "推送恢复正常时", "what is sent to the agency's system arrives again"),
)
EVERYWHERE = (*DEADLINES, *JOURNAL, *CARRYING)
TOLD = tuple(each for each in EVERYWHERE if each.audience not in WITHIN)      # to agencies, by every service


def names_with(own: Iterable[str], also: Iterable[Telling] = EVERYWHERE) -> tuple[str, ...]:
    """The names of all events of a service that has these, by name. `also`: what every service has besides."""
    return tuple(sorted({*own, *(each.name for each in also)}))
