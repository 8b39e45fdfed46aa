"""第四章 案件移送: what its events tell besides the frame of every act's event. Pure."""

from dataclasses import replace

from services.transfer.states import STATES
from shared.contracts.frame import (
    BASIS,
    BASIS_ENDED,
    CORRECTION,
    MATERIAL,
    RETURNED_FILING,
    succession,
)
from shared.contracts.telling import (
    ID,
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
    whole,
)

KEY = text("respondent_key", "当事人摘要", "keyed digest of the respondent: the same for the same respondent, no name", 200,
           required=False, empty=True,
           example="hmac-sha256:1-e521f1:20b684d6e903462c4af983252bda903650451bf6927c269bdf")
CASE = (
    agency("sender", "移送机关", "sending agency", example="zhujian"),
    agency("receiver", "接收机关", "receiving agency", example="zonghe"),
    whole("leg", "第几程", "which receiver's leg, from 1"),
    BASIS_ENDED,
    KEY,
)
CAUSE = code("cause", "案由", "cause", "causes", article="22", example="illegal_building")
WAY = code("way", "通报方式", "how it was told", "notice_ways", article="22", example="phone")
NOTIFIED = day("notified_on", "通报日期", "day of the notice, from which the letter's three days count", article="22")
CALL = whole("call", "第几次告知", "which call, from 1")
CALLED = agency("called", "被告知机关", "agency that was called")
DISPUTE = whole("dispute", "第几次争议", "which dispute, from 1")
REFERRAL = whole("referral", "第几次移送公安", "which reference to the police, from 1")
FROM_STATE = code("from_state", "原状态", "state before it", choices=STATES)
DELIVERED_ON = day("delivered_on", "送达日期", "day of delivery", article="23, annex 2")
LETTER = number("移送函", "letter", article="22, annex 1", example="荣住建移字〔2025〕第1号")
MATERIALS = whole("materials", "材料件数", "how many materials")
DEADLINE = fact_of(ID, "deadline", "逾期的期限", "deadline whose end presumes reception")
NOTE = whole("note", "第几次询问或者告知", "which note on progress, from 1")
ROUND = whole("round", "第几次补正", "which supplement, from 1")
VOIDED = text("voided", "作废的文号", "numbers that are void now", 200, many=True, example=["荣住建移字〔2025〕第1号"])


def _of(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*CASE, *facts))


def _ruled(name: str, zh: str, en: str, when: str, sent: str) -> Telling:
    return _of(name, zh, en, when, sent, DISPUTE,
               number("明确意见", "ruling", example="荣司明字〔2025〕第1号"),
               code("outcome", "明确结果", "who goes on with it", "ruling_outcomes", article="24", example="receiver"),
               day("notified_on", "告知日期", "day from which the next clock counts"),
               flag("joint_action", "建议联合执法", "proposes a joint action", article="15"),
               flag("to_staffing", "送机构编制部门", "the question goes to the staffing office"))


EVENTS = (
    _of("announced", "已事先通报", "Announced", "移送机关向接收机关事先通报时", "the sender has told the receiver of the case",
        WAY, NOTIFIED, day("accepted_on", "受理日期", "day on which the sender accepted the case", article="annex 1"),
        CAUSE,
        code("ground", "移送事由", "ground of the transfer", "grounds:transfer.", article="22", example="not_competent"),
        flag("powers_separated", "监管权和处罚权分离", "supervision and penalty are two agencies'", article="22"),
        ref("related", "相关案件", "related cases", many=True, example=[]),
        ref("after", "撤回后再次移送的原案", "case withdrawn before", required=False),
        day("first_announced_on", "首次通报日期", "day of the first notice", required=False),
        whole("days_since_first", "距首次通报天数", "days since the first notice", required=False),
        ref("withdrawn_before", "此前撤回的案件", "cases withdrawn before", many=True, required=False),
        code("origin_kind", "来源种类", "whence it comes", required=False,
             choices={"finding": "另案线索", "tip": "案源"}),
        ref("origin_ref", "来源", "tip or finding it comes from", required=False), BASIS),
    _of("phone_opened", "已现场电话告知", "Phoned", "移送机关现场电话告知、案件由此开始时", "a call from the scene has opened a case",
        CALL, CALLED, CAUSE, BASIS),
    _of("phone_notified", "再次电话告知", "Phoned again", "案件办理中再次现场电话告知时",
        "a call from the scene was made in a case", CALL, CALLED),
    _of("phone_responded", "已到场处置", "Call answered", "被告知机关说明是否到场及如何处置时",
        "who was called has said whether it came and what it did", CALL,
        code("came", "到场情况", "whether it came", "responses", article="22", example="came")),
    Telling("measure_recorded", "已先期处置", "Measure recorded", "记录先期处置措施时", "a first measure was recorded", (
        code("kind", "先期处置种类", "kind of the measure", "measure_kinds", article="22", example="photos"),
        day("taken_on", "处置日期", "day of the measure"), KEY)),
    Telling("material_added", "已添加材料", "Material added", "案件添加材料时", "a material was added to the case",
            (*MATERIAL, KEY)),
    _of("letter_issued", "已发出移送函", "Letter issued", "移送机关发出移送函（附件1）时", "the letter of annex 1 was issued", LETTER,
        MATERIALS),
    _of("letter_reissued", "已作废重发移送函", "Letter issued again", "移送函作废、以新文号重发时",
        "a wrong letter was voided and issued again under a new number", LETTER, MATERIALS, VOIDED),
    _of("delivered", "已送达", "Delivered", "移送函送达接收机关时", "the letter was delivered",
        code("way", "送达方式", "how it was delivered", "delivery_ways", article="22", example="platform")),
    _of("received", "已出具接收回执", "Received", "接收机关出具接收回执（附件2）时", "the receiver has signed the receipt of annex 2",
        LETTER, DELIVERED_ON, flag("presumed", "曾推定接收", "reception had been presumed"),
        day("presumption_undone", "撤销的推定日期", "day of the presumption that is undone", required=False)),
    _of("received_late", "推定接收后出具回执", "Received late", "已推定接收、接收机关补出回执时",
        "the receiver has signed after reception had been presumed", LETTER, DELIVERED_ON,
        flag("presumed", "曾推定接收", "reception had been presumed", example=True)),
    _of("reception_presumed", "已推定接收", "Reception presumed", "送达后逾期未出具回执、系统推定接收时",
        "nobody signed in time and the suite presumes reception", DEADLINE, replace(DELIVERED_ON, nullable=True),
        flag("presumed", "推定接收", "reception is presumed", example=True)),
    _of("presumption_undone", "推定接收已撤销", "Presumption undone", "因更正不再推定接收时",
        "a date put right has undone the presumed reception", DEADLINE,
        flag("presumed", "推定接收", "reception is presumed"), day("presumed_on", "推定日期", "day it had been presumed from")),
    _of("supplement_requested", "已告知补正", "Supplement requested", "接收机关书面告知补正时",
        "the receiver has asked in writing for what lacks", number("补正告知书", "request", example="荣综执补字〔2025〕第1号"),
        whole("items", "补正项数", "how many items are asked for", article="23"),
        day("supplement_by", "补正期限", "day by which they are asked for"),
        flag("second", "再次补正", "it is the second request")),
    _of("supplemented", "已补正", "Supplemented", "移送机关补正或者说明无法补正时", "the sender has supplemented, or said that it cannot",
        ROUND, MATERIALS, flag("unable", "无法补正", "it cannot be supplemented")),
    _of("accepted", "已受理", "Accepted", "接收机关受理时", "the receiver has accepted the case",
        number("受理告知书", "acceptance", example="荣综执受字〔2025〕第1号")),
    _of("refused", "已退回", "Refused", "接收机关不予受理、退回时", "the receiver has refused the case and returns it",
        number("不予受理通知书", "refusal", example="荣综执退字〔2025〕第1号"),
        code("ground", "不予受理的理由", "ground of the refusal", "grounds:transfer.refuse.", article="23",
             example="not_competent"),
        whole("refusals", "第几次不予受理", "which refusal of the case, from 1"),
        flag("bounced", "多次退回", "refused more than once")),
    _of("return_signed", "已签收退回", "Return signed for", "移送机关签收退回的案卷时", "the sender has signed for what came back",
        whole("lacks", "缺少件数", "how many things lack", example=0)),
    _of("rerouted", "已重新确定接收机关", "Rerouted", "移送机关重新确定接收机关并通报时", "the sender has told another receiver", WAY,
        NOTIFIED),
    _of("ended", "已终止移送", "Ended", "移送机关自行处理或者终止移送时", "the sender keeps the case, or nobody goes on with it",
        flag("kept", "自行处理", "the sender goes on itself")),
    _of("disputed", "已提请协调争议", "Disputed", "提请协调执法争议或者撤销受理时", "a dispute was taken to justice", DISPUTE,
        code("ground", "争议的情形", "what it is about", "grounds:transfer.dispute.", article="24", example="competence"),
        FROM_STATE, agency("interim_holder", "暂时办理机关", "agency that keeps acting until the ruling"),
        agency("rulers", "明确争议的机关", "agencies that may rule", many=True, example=["sifa"])),
    _of("view_stated", "已陈述意见", "View stated", "争议一方陈述意见时", "a side of the dispute has stated its view", DISPUTE),
    _ruled("ruled_received", "明确由接收机关审查", "Ruled: received", "明确意见使案件回到审查时",
           "the ruling has the receiver examine the case"),
    _ruled("ruled_accepted", "明确由接收机关办理", "Ruled: accepted", "撤销受理后明确仍由接收机关办理时",
           "the ruling has the receiver go on with the case"),
    _ruled("ruled_issued", "明确由接收机关接收", "Ruled: to be received", "明确意见要求接收机关接收时",
           "the ruling has the receiver sign for the letter"),
    _ruled("ruled_announced", "明确由第三机关办理", "Ruled: a third agency", "明确意见指定第三机关时",
           "the ruling names a third agency, and is its notice"),
    _ruled("ruled_ended", "明确由移送机关处理", "Ruled: the sender", "明确意见由移送机关自行处理时",
           "the ruling has the sender keep the case"),
    _of("withdrawal_consented", "已同意撤回", "Withdrawal consented to", "接收机关同意撤回时",
        "the receiver has consented to a withdrawal", ROUND),
    _of("withdrawn", "已撤回移送", "Withdrawn", "移送机关撤回移送时", "the sender has withdrawn the transfer", VOIDED),
    _of("referred_criminal", "已移送公安", "Referred to the police", "因涉嫌犯罪决定移送公安时",
        "the case goes to the police as a suspected crime", REFERRAL, FROM_STATE,
        agency("referrer", "移送公安的机关", "agency that refers it", article="21"),
        agency("police", "公安机关", "the police", article="21", empty=True, example="gongan")),
    _of("criminal_delivered", "已送交公安", "Delivered to the police", "案卷送交公安时", "the file was handed to the police",
        REFERRAL),
    _of("returned_criminal", "公安已退回", "Returned by the police", "公安不予立案、退回行政处理时",
        "the police have returned the case", REFERRAL, number("不予立案通知书", "notice", empty=True),
        code("to_state", "恢复的状态", "state it returns to", choices=STATES)),
    _of("criminal_closed", "公安已立案", "Filed by the police", "公安立案时", "the police have filed the case", REFERRAL,
        number("立案通知书", "notice", empty=True)),
    _of("criminal_handed_over", "已移交涉案物品和材料", "Things handed over", "公安立案后移交涉案物品和材料时",
        "things and papers were handed to the police", REFERRAL),
    _of("case_filed", "已立案", "Case filed", "接收机关立案时", "the receiver has filed the case",
        text("number", "立案文号", "file number", 200, empty=True, example="综执立〔2025〕8号")),
    _of("progress_asked", "已询问进展", "Progress asked for", "移送机关询问办理进展时", "the sender has asked how the case stands",
        NOTE),
    _of("progress_given", "已告知进展", "Progress given", "接收机关告知办理进展时", "the receiver has said how the case stands", NOTE),
    _of("decision_recorded", "已作出处理决定", "Decision recorded", "接收机关作出处理决定时", "the receiver has decided the case",
        number("处理决定", "decision", example="综执罚〔2025〕21号")),
    _of("decision_served", "处理决定已送达", "Decision served", "处理决定书送达当事人时", "the decision was served on the respondent",
        code("way", "送达方式", "how it was served", "service_ways", article="行政处罚法 61", example="direct")),
    _of("closed", "已办结", "Closed", "接收机关办结或者不予立案时", "the receiver has closed the case, or not filed it",
        code("outcome", "办结情形", "how it ended", "close_outcomes", article="25", example="executed"),
        number("处理决定", "decision", "decision_number", required=False, empty=True),
        day("decision_on", "处理决定日期", "day of the decision", required=False, nullable=True)),
    _of("closure_reported", "已通报结案", "Closure reported", "接收机关向移送机关通报并报备案时",
        "the closing report went to the sender and is filed with justice",
        number("结案报告", "closing report", example="荣综执结字〔2025〕第1号"), whole("report", "第几次报告", "which report, from 1"),
        day("closed_on", "办结日期", "day the case was closed"),
        agency("filed_with", "备案机关", "with whom it is filed", many=True, article="25", example=["sifa"])),
    _of("filing_returned", "备案已退回", "Filing returned", "司法局退回结案报告的备案时", "justice has returned the filing",
        *RETURNED_FILING),
    _of("reopened", "已恢复办理", "Reopened", "因复议、判决或者新的事实恢复办理时", "review, judgment or new facts have reopened the case",
        code("ground", "恢复办理的依据", "ground", "reopen_grounds", example="review"),
        text("document", "复议决定或者判决文号", "number of the decision or judgment", 200, empty=True),
        day("closed_on", "原办结日期", "day it had been closed"), whole("times", "第几次恢复", "how often, from 1")),
    _of("corrected", "已更正", "Corrected", "更正此前的行为时", "an earlier act was put right", *CORRECTION),
    *succession(*CASE),
)
