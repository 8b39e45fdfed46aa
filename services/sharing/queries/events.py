"""第五章 信息共享: what the events of queries (27, 22) and tips (28) tell. Pure."""

from shared.contracts.frame import BASIS, BASIS_ENDED, CORRECTION, MATERIAL
from shared.contracts.telling import Audience, Fact, Telling, agency, code, day, flag, ref, text, whole

KINDS = {"ordinary": "查询", "urgent": "特别紧急查询", "assistance": "协助"}
MEANT = (
    agency("asker", "查询机关", "who asks; empty: one outside the register", empty=True, article="27"),
    agency("holder", "持有机关", "who holds what is asked for", article="27"),
    code("kind", "查询类别", "kind of the query", choices=KINDS),
)
QUERY = (*MEANT, BASIS_ENDED)
ASKED = (
    code("category", "信息类别", "category", "record_categories", empty=True, article="27", example="dynamics"),
    code("purpose", "查询目的", "purpose", "query_purposes", empty=True, article="27", example="case_handling"),
    code("assistance", "协助种类", "kind of assistance", "assistance_kinds", empty=True, article="22", example=""),
    code("way", "提出方式", "how it was asked", choices={"platform": "平台", "written": "书面", "phone": "电话"}),
    ref("case", "所办案件", "case it is for", empty=True),
    ref("group", "同组查询", "group of queries asked together", empty=True),
    ref("passed_from", "转自的查询", "query it was passed on from", empty=True, example=""),
    agency("passed_by", "转出机关", "who passed it on", required=False), BASIS,
)
TO_CHECK = flag("law_to_check", "所引法律待核", "the law named is to be looked at by justice", required=False, example=True)
GIVEN = (code("answer", "答复种类", "kind of the answer", "query_answers", article="27", example="full"),
         whole("materials", "附件件数", "how many materials", example=0),
         whole("records", "档案件数", "how many records", example=0))


def query(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*QUERY, *facts))


QUERIES = (
    query("query_asked", "已提出查询", "Query asked", "提出查询、持有机关三个工作日的期限起算时", "a query was asked: its three days begin",
          *ASKED),
    query("urgent_query_asked", "已提出特别紧急查询", "Urgent query asked", "提出特别紧急查询时", "an urgent query was asked", *ASKED),
    query("offline_query_asked", "已登记书面或者电话查询", "Offline query asked", "登记书面、电话查询时",
          "a query on paper or by phone was entered", *ASKED),
    query("urgent_offline_query_asked", "已登记紧急书面或者电话查询", "Urgent offline query asked", "登记特别紧急的书面、电话查询时",
          "an urgent query on paper or by phone was entered", *ASKED),
    query("assistance_asked", "已请求协助", "Assistance asked for", "请求提供备案资料、鉴定、处置意见时", "assistance was asked for",
          *ASKED),
    query("query_admitted", "查询认证通过", "Query admitted", "持有机关认证书面、电话查询通过时", "who asked is who it says"),
    query("query_not_admitted", "查询认证未通过", "Query not admitted", "持有机关认证未通过时", "who asked could not be confirmed"),
    Telling("query_material_added", "查询已添加材料", "Query material added", "查询添加材料时", "a material was added to a query",
            MATERIAL),
    query("query_answered", "查询已答复", "Query answered", "持有机关提供、部分提供、答复查无或者线下查阅时",
          "the holder has answered, whole or in part", *GIVEN, TO_CHECK),
    query("assistance_given", "已提供协助", "Assistance given", "持有机关提供协助时", "the holder has assisted", *GIVEN),
    query("query_passed_on", "查询已转持有机关", "Query passed on", "查询转其他持有机关时", "it went on to who holds it",
          agency("to", "转往机关", "to whom")),
    query("query_refused", "查询已依法拒绝", "Query refused", "持有机关依法拒绝查询时", "the holder has refused on a named law",
          text("law", "法律", "law", 400, article="27", example="中华人民共和国税收征收管理法"),
          text("law_article", "条款", "its article", 200, article="27", example="第八条"), TO_CHECK),
    query("query_complained", "已提出异议", "Query complained of", "查询机关提出异议时", "who asked has complained to justice",
          code("about", "异议所指的状态", "state it complains of", example="refused")),
    query("query_directed", "已责令提供", "Query directed", "处理异议的机关责令提供时", "the holder was directed to answer"),
    query("complaint_dismissed", "异议已驳回", "Complaint dismissed", "异议被驳回时", "the complaint was dismissed"),
    query("query_withdrawn", "查询已撤回", "Query withdrawn", "查询撤回时", "the query was withdrawn"),
    query("query_corrected", "查询已更正", "Query corrected", "更正查询中的行为时", "an earlier act was put right", *CORRECTION,
          TO_CHECK),
)
TIP = (
    agency("sharer", "推送机关", "who shared it", article="28"),
    agency("candidates", "可认领的机关", "who may claim it", many=True, article="28", example=["jiaotong", "shichang"]),
    agency("claimer", "认领机关", "who has claimed it; empty: nobody", empty=True, article="28"),
)
CLAIM = whole("claim", "第几次认领", "which claim, from 1")
TRANSFER = ref("transfer", "移送案件", "transfer it became", empty=True)


HEARD = Audience("推送机关、认领机关或者可认领的机关、司法局和市政府办公室",
                 "who shared it, who has or may claim it, justice and the government office")


def tip(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*TIP, BASIS_ENDED, *facts), HEARD)


TIPS = (
    tip("tip_shared", "案源已推送", "Tip shared", "推送职责不明确的案源时", "a tip was shared: nobody is definitely competent",
        code("kind", "案源类别", "kind of it", "tip_kinds", article="28", example="report"),
        code("cause", "案由", "cause", "causes", example="illegal_building"),
        day("received_on", "收到日期", "day it was received"),
        code("origin_kind", "来源种类", "whence it comes", choices={"finding": "另案线索"}, required=False),
        ref("origin_ref", "来源", "finding it comes from", required=False),
        code("origin_cause", "线索案由", "cause of the finding, where it is another", "causes", required=False,
             example="oil_smoke"), BASIS),
    tip("tip_material_added", "案源已添加材料", "Tip material added", "案源添加材料时", "a material was added", *MATERIAL),
    tip("tip_claimed", "案源已认领", "Tip claimed", "机关认领案源时", "an agency has claimed it", CLAIM),
    tip("tip_passed_on", "案源已转送", "Tip passed on", "认领机关转送案源时", "who had claimed it has passed it on", CLAIM,
        agency("passed_on_by", "转送机关", "who passed it on"), flag("objection", "有异议", "it objects to having it")),
    tip("tip_assigned", "案源已指派", "Tip assigned", "司法局指派案源时", "justice has assigned it", CLAIM),
    tip("tip_transfer_noted", "案源移送已记录", "Tip transfer noted", "由案源开始的移送有进展时", "the transfer it became has moved on",
        TRANSFER, code("transfer_state", "移送状态", "state of the transfer", example="announced"),
        day("noted_on", "日期", "day of it")),
    tip("tip_result_returned", "案源结果已反馈", "Tip result returned", "认领机关反馈办理结果时", "who claimed it has told its result",
        code("outcome", "办理结果", "result", "tip_outcomes", article="28", example="own_case"), TRANSFER),
    tip("tip_withdrawn", "案源已撤回", "Tip withdrawn", "推送机关撤回案源时", "the tip was withdrawn"),
    tip("tip_corrected", "案源已更正", "Tip corrected", "更正案源中的行为时", "an earlier act was put right", *CORRECTION),
)
