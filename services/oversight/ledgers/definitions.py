"""台账 (29, 30): which ledgers there are, and for each column which events tell it. Plain values; pure.

A ledger is a projection of events, so it shows what events tell: numbers, days, agencies, coded words, and no name of a
respondent. `rows.py` says how a row comes of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.oversight.accountability import domain as accountability
from services.oversight.filings import domain as filings
from services.oversight.supervision.domain import case
from shared.plans.states import PRIVATE
from shared.plans.states import STATES as PLAN_STATES

DAY, AGENCY, CODE, TEXT, COUNT, STATE, LATE = "day", "agency", "code", "text", "count", "state", "late"
SEVERAL = "several"                     # how many agencies: who they are stands in the case
CASE = "case"                           # the id of another case
CASES = "cases"                         # cases of other ledgers, as service/id or service/id/clock: shown as letters
                                        # name them; its own case where no fact tells them
CHAPTER = "chapter"                     # of which service the case is
CLOCKS = "clocks"                       # what the clocks of the rulebook demand, as a list of codes
OUTSIDE = "册外机关"                      # who asked a query, where the register has it not: no event names it
SHARING = "sharing"                     # the service that tells the register
WIDTHS = {DAY: 10.5, AGENCY: 13, CODE: 12, TEXT: 13, COUNT: 6, SEVERAL: 7, CASE: 18.5, STATE: 9, LATE: 6,
          CASES: 26, CHAPTER: 9}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. `events`: those that tell it, none for every event with the fact; `fact`: of the event, empty for its
    true date; `of`: where it tells several things, of each only these of its facts, joined by a stroke. `words`: what
    codes mean that stand in no list of the rulebook."""

    id: str
    title: str
    tells: str
    events: frozenset[str] = frozenset()
    fact: str = ""
    codes: str = ""                     # a list of the rulebook; {service} in it: the service of the case
    words: Mapping[str, str] | None = None
    part: bool = False                  # an agency, or several, with a part in the case
    of: tuple[str, ...] = ()
    nobody: str = ""                    # an agency that the register has not: what it is called

    @property
    def width(self) -> float:
        """In characters of a sheet, in which what is longer is wrapped."""
        return WIDTHS[self.tells]


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One ledger, of which there is one object. `began`: what is done on the day by which a row is counted; `opens`:
    the events with which it begins; `item`: the fact that tells several rows of one case apart. `place`: where the
    case is read, after /api/. `anew`: with which event which columns begin anew, as another has the case now or another
    document asks."""

    id: str
    title: str
    article: str
    services: Mapping[str, str]         # whose cases, each in Chinese
    began: str
    opens: frozenset[str]
    columns: tuple[Column, ...]
    place: str
    item: str = ""
    drafts: frozenset[str] = frozenset()        # states of which nobody but its parties knows
    about: str = ""                     # the column of an agency that the row is about and that has no part in it
    names: tuple[str, ...] = ()         # the columns that name its case in a letter
    roles: tuple[str, str] = ("", "")   # the columns by which a period is counted: whose, and with whom
    anew: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, id: str) -> Column:
        return next(column for column in self.columns if column.id == id)


def on(id: str, title: str, *events: str) -> Column:
    """The true date of the last of these events."""
    return Column(id, title, DAY, frozenset(events))


def day(id: str, title: str, fact: str, *events: str) -> Column:
    return Column(id, title, DAY, frozenset(events), fact)


def party(id: str, title: str, nobody: str = "") -> Column:
    """Who has a part now, one agency or several, as every event tells it."""
    return Column(id, title, AGENCY, fact=id, part=True, nobody=nobody)


def several(id: str, title: str) -> Column:
    """How many have a part now, as every event tells them."""
    return Column(id, title, SEVERAL, fact=id, part=True)


def code(id: str, title: str, fact: str, codes: str, *events: str) -> Column:
    return Column(id, title, CODE, frozenset(events), fact, codes)


def text(id: str, title: str, fact: str, *events: str) -> Column:
    return Column(id, title, TEXT, frozenset(events), fact)


def count(id: str, title: str, *events: str) -> Column:
    """How many of these events there were."""
    return Column(id, title, COUNT, frozenset(events))


def _state(words: Mapping[str, str]) -> Column:
    return Column("state", "状态", STATE, fact="state", words=words)


OVERDUE = Column("late", "法定逾期（各方合计）", LATE)      # how many deadlines set by law were, or are, over, whoever owes
TRANSFER_STATES = {
    "phoned": "已电话告知", "announced": "已通报待移送", "issued": "已移送待接收", "received": "审查中", "supplementing": "待补正",
    "accepted": "已受理", "refused": "已退回", "disputed": "争议协调中", "closed": "已办结", "reported": "已通报结案",
    "withdrawn": "已撤回", "ended": "已终止", "criminal": "已移送公安", "criminal-closed": "公安已立案",
}
QUERY_STATES = {
    "asked": "待认证", "admitted": "待答复", "assisting": "待提供协助", "answered": "已答复", "refused": "已拒绝",
    "passed-on": "已转持有机关", "not-admitted": "未通过认证", "complained": "异议处理中", "directed": "责令提供中",
    "withdrawn": "已撤回",
}
TIP_STATES = {"shared": "待认领", "claimed": "已认领", "done": "已反馈", "withdrawn": "已撤回"}
ASKED = ("query_asked", "urgent_query_asked", "offline_query_asked", "urgent_offline_query_asked", "assistance_asked")
RULED = ("ruled_received", "ruled_accepted", "ruled_issued", "ruled_announced", "ruled_ended")
LETTERS = ("letter_issued", "letter_reissued")
# What a receiver did with what it was sent, and what it handled: another's notice begins it anew, a reopened case the
# last of it. A ruling that sets a refusal aside leaves the letter.
REFUSAL = ("refused_on", "refusal_ground")
HANDLED = ("decided_on", "decision", "closed_on", "outcome", "reported_on", "report")
LEG = ("announced_on", "letter", "issued_on", "delivered_on", "received_on", "supplements", "accepted_on", "acceptance",
       *REFUSAL, "filed_on", "filing", *HANDLED, OVERDUE.id)

TRANSFERS = Kind("transfers", "案件移送台账", "22, 23, 25", {"transfer": "案件移送"}, "通报或者电话告知",
                 frozenset({"announced", "phone_opened"}), (
    party("sender", "移送机关"), party("receiver", "接收机关"),
    code("cause", "案由", "cause", "causes", "announced", "phone_opened"),
    code("ground", "移送事由", "ground", "grounds:transfer.", "announced"),
    on("announced_on", "通报日期", "announced", "rerouted", "ruled_announced"),
    text("letter", "移送函文号", "number", *LETTERS), on("issued_on", "移送日期", *LETTERS),
    on("delivered_on", "送达日期", "delivered"), on("received_on", "回执日期", "received", "received_late"),
    count("supplements", "补正次数", "supplement_requested"), on("accepted_on", "受理日期", "accepted"),
    text("acceptance", "受理文号", "number", "accepted"), on("refused_on", "退回日期", "refused"),
    code("refusal_ground", "不予受理理由", "ground", "grounds:transfer.refuse.", "refused"),
    on("filed_on", "立案日期", "case_filed"), text("filing", "立案文号", "number", "case_filed"),
    on("decided_on", "处理决定日期", "decision_recorded"), text("decision", "处理决定文号", "number", "decision_recorded"),
    on("closed_on", "办结日期", "closed"), code("outcome", "办结情形", "outcome", "close_outcomes", "closed"),
    on("reported_on", "通报结案日期", "closure_reported"), text("report", "结案报告文号", "number", "closure_reported"),
    _state(TRANSFER_STATES), OVERDUE), "transfer/cases", names=("cause", "letter"),
    roles=("sender", "receiver"),
    anew={**dict.fromkeys(("rerouted", "ruled_announced"), LEG), "reopened": HANDLED,
          **dict.fromkeys(("ruled_received", "ruled_accepted", "ruled_issued"), REFUSAL)})
DISPUTES = Kind("disputes", "执法争议台账", "24", {"transfer": "案件移送"}, "提请明确", frozenset({"disputed"}), (
    Column("cases", "争议案件", CASES),
    party("sender", "移送机关"), party("receiver", "接收机关"), on("disputed_on", "提请日期", "disputed"),
    code("ground", "争议情形", "ground", "grounds:transfer.dispute.", "disputed"),
    Column("interim_holder", "暂时办理机关", AGENCY, frozenset({"disputed"}), "interim_holder"),
    on("ruled_on", "明确日期", *RULED), text("ruling", "明确意见文号", "number", *RULED),
    code("outcome", "明确结果", "outcome", "ruling_outcomes", *RULED),
), "transfer/cases", "dispute", roles=("sender", "receiver"))
# A plan's title is free text and stands in no event: its grounds and causes are coded.
OPENS_PLAN = ("drafted", "lead_assigned", "decided_directly")
PLANS = Kind("plans", "协同执法、联合执法台账", "9, 13, 17, 20", {"collab": "协同执法", "joint": "联合执法"},
             "开始拟订方案或者直接决定", frozenset(OPENS_PLAN), (
    Column("chapter", "类别", CHAPTER), party("lead", "牵头部门"), party("participants", "配合或者参与部门"),
    code("grounds", "情形", "grounds", "grounds:{service}.", *OPENS_PLAN, "revised", "submitted"),
    code("causes", "案由（协同）", "causes", "causes", "drafted", "revised", "submitted"),
    on("drafted_on", "拟订日期", *OPENS_PLAN), on("submitted_on", "报送日期", "submitted"),
    text("submission", "报送文号", "number", "submitted"), on("approved_on", "批准日期", "approved", "decided_directly"),
    text("approval", "批准文号", "number", "approved", "decided_directly"), on("started_on", "启动日期", "started"),
    day("time_limit", "执法时限", "time_limit", "submitted", "approved", "started", "amended"),
    count("amendments", "变更次数", "amended"), count("decisions", "处理决定数", "decision_recorded"),
    count("findings", "另案线索数", "finding_recorded", "finding_to_hand_on"),
    count("declines", "不能协同次数", "participation_declined"),
    day("ended_on", "结束日期", "ended_on", "ended", "end_presumed", "end_corrected"),
    on("reported_on", "报告日期", "reported"),
    text("report", "报告文号", "number", "reported"), _state(PLAN_STATES), OVERDUE),
    "{service}/plans", drafts=PRIVATE, names=("submission", "approval"), roles=("lead", "participants"))
OWN = {"oversight": "督查和责任追究"}
FILINGS = Kind("filings", "备案台账", "12, 13, 25", OWN, "报送备案", frozenset({"filing_received"}), (
    code("kind", "备案种类", "kind", "filing_kinds", "filing_received"), party("filed_by", "报备案机关"),
    text("number", "备案文书文号", "number", "filing_received"), day("filed_on", "报备案日期", "filed_on", "filing_received"),
    text("filing_number", "备案号", "filing_number", "filing_registered"),
    on("registered_on", "登记日期", "filing_registered"),
    on("returned_on", "退回日期", "filing_returned"),
    code("ground", "退回事由", "ground", "filing_return_reasons", "filing_returned"), _state(filings.STATES), OVERDUE),
    "oversight/filings", names=("kind", "number", "filing_number"), roles=("filed_by", ""))
QUERIES = Kind("queries", "信息查询台账", "22, 27", {"sharing": "信息共享"}, "提出查询或者请求协助", frozenset(ASKED), (
    party("asker", "查询机关", nobody=OUTSIDE), party("holder", "持有机关"),
    Column("kind", "查询类别", CODE, frozenset(ASKED), "kind",
           words={"ordinary": "查询", "urgent": "特别紧急查询", "assistance": "协助"}),
    code("category", "信息类别", "category", "record_categories", *ASKED),
    code("purpose", "查询目的", "purpose", "query_purposes", *ASKED), on("asked_on", "提出日期", *ASKED),
    on("answered_on", "答复日期", "query_answered", "assistance_given"),
    code("answer", "答复种类", "answer", "query_answers", "query_answered", "assistance_given"),
    on("refused_on", "拒绝日期", "query_refused"), text("law", "拒绝所依法律", "law", "query_refused"),
    text("law_article", "条款", "law_article", "query_refused"), on("complained_on", "异议日期", "query_complained"),
    _state(QUERY_STATES), OVERDUE), "sharing/queries", names=("kind", "category"),
    roles=("asker", "holder"))
# The reporter stands in no event, and so in no ledger. Who may claim a tip sees it while it may.
TIPS = Kind("tips", "问题线索（案源）台账", "28", {"sharing": "信息共享"}, "推送案源", frozenset({"tip_shared"}), (
    party("sharer", "推送机关"), code("kind", "类别", "kind", "tip_kinds", "tip_shared"),
    code("cause", "案由", "cause", "causes", "tip_shared"), on("shared_on", "推送日期", "tip_shared"),
    several("candidates", "可认领机关数"), party("claimer", "认领机关"), on("claimed_on", "认领日期", "tip_claimed"),
    on("assigned_on", "指派日期", "tip_assigned"), count("passings", "转送次数", "tip_passed_on"),
    on("passed_on", "转送日期", "tip_passed_on"), on("resulted_on", "反馈日期", "tip_result_returned"),
    code("outcome", "办理结果", "outcome", "tip_outcomes", "tip_result_returned"),
    Column("transfer", "移送案件编号", CASE, frozenset({"tip_result_returned"}), "transfer"),
    on("withdrawn_on", "撤回日期", "tip_withdrawn"),
    _state(TIP_STATES), OVERDUE), "sharing/tips", names=("kind", "cause"), roles=("sharer", "claimer"))

ANSWER = ("number", "answered_on", "explained_on", "ground", "accepted_on", "rejected_on")     # to a document
SUPERVISION = Kind("supervision", "督办台账", "29", OWN, "首次发文", frozenset({"supervision_issued"}), (
    party("target", "被督查机关"), Column("cases", "督办案件", CASES, fact="breaches", of=("service", "case", "clock")),
    Column("clocks", "逾期的期限", CODE, fact="breaches", codes=CLOCKS, of=("clock",)), party("issuer", "督查机关"),
    code("kind", "文书种类", "kind", "supervision_kinds", "supervision_issued"),
    text("number", "督查文书文号", "number", "supervision_issued"),
    count("steps", "发文次数", "supervision_issued"),
    on("issued_on", "发出日期", "supervision_issued"), day("answer_by", "答复期限", "answer_by", "supervision_issued"),
    on("answered_on", "答复日期", "supervision_answered"), on("explained_on", "延误说明日期", "delay_explained"),
    code("ground", "延误事由", "ground", "excuses", "delay_explained"), on("accepted_on", "说明采纳日期", "explanation_accepted"),
    on("rejected_on", "说明不采纳日期", "explanation_rejected"), on("closed_on", "销号日期", "supervision_closed"),
    _state(case.STATES)), "oversight/supervision", names=("kind", "number"), roles=("target", "issuer"),
    anew={"supervision_issued": ANSWER})
# Who is meant has no part in it; its parties alone know of it, justice too only once it is reported.
ACCOUNTABILITY = Kind("accountability", "问责线索台账", "31", OWN, "录入或者不采纳提示",
                      frozenset({"accountability_entered", "hint_set_aside"}), (
    Column("meant", "涉及机关", AGENCY, fact="meant"), party("reporter", "报告机关"), party("offices", "收件机关"),
    code("situations", "情形", "situations", "grounds:oversight."), on("entered_on", "录入日期", "accountability_entered"),
    on("set_aside_on", "不采纳日期", "hint_set_aside"), on("reported_on", "报告日期", "accountability_reported"),
    on("received_on", "签收日期", "accountability_received"), on("concluded_on", "反馈结果日期", "accountability_concluded"),
    _state(accountability.STATES)), "oversight/accountability", drafts=frozenset(accountability.STATES), about="meant",
    roles=("meant", "reporter"))

KINDS: Mapping[str, Kind] = {
    each.id: each for each in (TRANSFERS, PLANS, FILINGS, DISPUTES, SUPERVISION, QUERIES, TIPS, ACCOUNTABILITY)}


def kinds_of(service: str) -> Iterable[Kind]:
    """The ledgers in which a service's cases stand."""
    return (kind for kind in KINDS.values() if service in kind.services)
