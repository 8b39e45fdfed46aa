"""第三章 联合执法: what it alone refuses, in the words the officer reads. Pure. What every plan refuses is in shared/plans."""

from shared.kernel.errors import Refusal
from shared.plans.refusals import MEETING_OR_HEAD, PLAN_REFUSALS, TEN_ITEMS
from shared.plans.refusals import WARNINGS as PLAN_WARNINGS
from shared.plans.refusals_running import RUNNING_REFUSALS, SEVERAL_NORMS
from shared.plans.refusals_running import WARNINGS as RUNNING_WARNINGS


def _history(code: str, zh: str, en: str, article: str) -> Refusal:
    return Refusal(code, zh, en, article, status=409)


def _lacks(code: str, zh: str, en: str, article: str, where: str) -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# state and history
END_PROPOSED = _history("END_PROPOSED", "已经提议结束，等待司法局决定。", "The end has been proposed: justice decides.",
                        "internal")
END_NOT_PROPOSED = _history("END_NOT_PROPOSED", "主要牵头部门尚未提议结束。", "The lead has not proposed the end.",
                            "internal")
REMARKED = _history("REMARKED", "已经对评价提出意见。", "Your agency has remarked on its evaluation.",
                    "internal")

# 15: the grounds
NO_GROUND = _lacks("NO_GROUND", "应当写明组织联合执法的情形，至少一项。", "At least one ground of a joint action is required.",
                   "15", "grounds")
UNKNOWN_GROUND = _lacks("UNKNOWN_GROUND", "组织联合执法的情形不在第十五条所列之中。", "This is no ground of article 15.", "15",
                        "grounds")
GROUND_TWICE = _lacks("GROUND_TWICE", "同一情形只写一次。", "A ground is named once.", "15", "grounds")
NOT_DECIDED_DIRECTLY = _lacks("NOT_DECIDED_DIRECTLY", "市政府直接决定的，由市政府办公室录入决定，不由牵头部门填写。",
                              "A direct decision of the government is recorded by its office, not by the lead.", "17",
                              "grounds")
ORDER_IS_GROUND = _lacks("ORDER_IS_GROUND", "已由市政府办公室录入专项治理的安排，不再另填。",
                         "The arrangement has been recorded by the government office: it is not named again.", "15",
                         "grounds")
CAMPAIGN_BY_ORDER = _lacks("CAMPAIGN_BY_ORDER", "按照现行设置，专项治理的安排和主要牵头部门由市政府办公室录入。",
                           "As the rulebook is set, the government office records a campaign and who leads it.", "17",
                           "grounds")
MAIN_TASK_ELSEWHERE = _lacks("MAIN_TASK_ELSEWHERE", "安排确定的承担主要执法任务的机关不是本机关，应当由其拟订方案。",
                             "The arrangement names another agency for the main task: it drafts the plan.", "17",
                             "grounds")
TOO_FEW_COMPETENT = _lacks("TOO_FEW_COMPETENT", "应当写明两个以上依法应当查处的行政执法机关。",
                           "Two agencies or more that the law lets investigate are required.", "15", "competent")
COMPETENT_UNKNOWN = _lacks("COMPETENT_UNKNOWN", "该机关当日不在执法机关名录中，或者不是行政执法机关。",
                           "On that day the register has no such enforcement agency.", "15", "competent")
COMPETENT_TWICE = _lacks("COMPETENT_TWICE", "同一机关只写一次。", "An agency is named once.", "15", "competent")
COMPETENT_NOT_IN_PLAN = _lacks("COMPETENT_NOT_IN_PLAN", "应当查处的机关应当列为主要牵头部门或者参与部门。",
                               "Who must investigate is the plan's lead or a participant.", "15", "competent")
COMPETENT_WITHOUT_BASIS = _lacks("COMPETENT_WITHOUT_BASIS", "应当写明该机关查处的法律依据。",
                                 "The legal basis of that agency is required.", "15", "competent")
NO_ARRANGEMENT = _lacks("NO_ARRANGEMENT", "应当写明上级机关或者市政府安排的文号。",
                        "The number of the document that arranges the campaign is required.", "15", "document")
NO_FIELD_OR_AREA = _lacks("NO_FIELD_OR_AREA", "应当写明专项治理的领域或者区域。",
                          "The field or area of the campaign is required.", "15", "field_or_area")
NO_MAIN_TASK_AGENCY = _lacks("NO_MAIN_TASK_AGENCY", "应当写明名录中承担主要执法任务的行政执法机关。",
                             "The enforcement agency, of the register, that carries the main task is required.", "15",
                             "main_task_agency")
TOO_FEW_CANDIDATES = _lacks("TOO_FEW_CANDIDATES", "应当写明两个以上可能有权查处的行政执法机关。",
                            "Two agencies or more that may be competent are required.", "15", "candidates")
CANDIDATE_UNKNOWN = _lacks("CANDIDATE_UNKNOWN", "该机关当日不在执法机关名录中，或者不是行政执法机关。",
                           "On that day the register has no such enforcement agency.", "15", "candidates")
NOT_SAID_WHY_UNDETERMINED = _lacks("NOT_SAID_WHY_UNDETERMINED", "应当写明为何事前难以确定具体行政执法机关。",
                                   "Why the agency cannot be determined beforehand is required.", "15",
                                   "why_undetermined")
NO_GROUND_REASON = _lacks("NO_GROUND_REASON", "应当写明确需组织联合执法的理由。", "Why a joint action is needed is required.",
                          "15", "reason")

# 17: who drafts and leads
NO_LEAD_REASON = _lacks("NO_LEAD_REASON", "申请应当写明由本机关拟订方案的理由：首先发现，或者承担主要执法任务。",
                        "Why your agency drafts is required: it found the matter first, or bears the main task.", "17",
                        "lead_because")
UNKNOWN_LEAD_REASON = _lacks("UNKNOWN_LEAD_REASON", "由本机关拟订方案的理由应当是规则所列的一项。",
                             "Why the agency drafts is one of the listed reasons.", "17", "lead_because")
NOBODY_ORDERED = _lacks("NOBODY_ORDERED", "应当写明作出安排的上级机关或者市政府。",
                        "Who arranged it, a higher organ or the government, is required.", "17", "ordered_by")
REPLY_DECIDES_NOTHING = _lacks("REPLY_DECIDES_NOTHING", "市政府直接决定的，以会议纪要或者批示为凭；批复是对申请的答复。",
                               "A direct decision stands on minutes or an instruction: a reply answers an application.",
                               "17", "kind")
NO_DECISION_SCAN = _lacks("NO_DECISION_SCAN", "应当附市政府决定（批示、会议纪要）的扫描件：先上传，再写明其摘要。",
                          "The scan of the decision is required: upload it yourself, then name its digest.", "17",
                          "scan")

# 20: end and report
NO_END_REASON = _lacks("NO_END_REASON", "应当写明提议结束的理由。", "Why the action may end is required.", "internal",
                       "says")
NO_RESULT = _lacks("NO_RESULT", "应当写明执法总结。", "The summary of the action is required.", "20", "result")
NO_EFFECT_ASSESSED = _lacks("NO_EFFECT_ASSESSED", "应当评估执法效果。",
                            "An assessment of the effect is required.", "20", "effect")
NOT_EVALUATED = _lacks("NOT_EVALUATED", "应当对{name}的执法情况作出评价。", "{name} took part and is evaluated.", "20",
                       "evaluations")
TOOK_NO_PART = _lacks("TOOK_NO_PART", "{name}不在应当评价的参与部门之列：没有参与执法，或者是现在的牵头部门。",
                      "{name} is not evaluated: it took no part, or leads now.", "20",
                      "evaluations")
EVALUATED_TWICE = _lacks("EVALUATED_TWICE", "对{name}的评价写了两次。", "{name} is evaluated once.", "20", "evaluations")
EMPTY_EVALUATION = _lacks("EMPTY_EVALUATION", "对{name}的评价没有内容。", "What is said of {name} is empty.", "20",
                          "evaluations")
NO_REPORT = _lacks("NO_REPORT", "应当附联合执法总结报告。", "The report itself is enclosed.", "20", "materials")
NOT_SUMMARY_REPORT = _lacks("NOT_SUMMARY_REPORT", "所附材料中应当有种类为联合执法总结报告的。",
                            "Of what is enclosed one material is of the kind summary report.", "20", "materials")
NO_REMARK = _lacks("NO_REMARK", "应当写明意见。", "The remark is required.", "internal", "says")

OWN = (
    END_PROPOSED, END_NOT_PROPOSED, REMARKED,
    NO_GROUND, UNKNOWN_GROUND, GROUND_TWICE, NOT_DECIDED_DIRECTLY, ORDER_IS_GROUND, CAMPAIGN_BY_ORDER,
    MAIN_TASK_ELSEWHERE, TOO_FEW_COMPETENT, COMPETENT_UNKNOWN, COMPETENT_TWICE, COMPETENT_NOT_IN_PLAN,
    COMPETENT_WITHOUT_BASIS, NO_ARRANGEMENT, NO_FIELD_OR_AREA, NO_MAIN_TASK_AGENCY, TOO_FEW_CANDIDATES,
    CANDIDATE_UNKNOWN, NOT_SAID_WHY_UNDETERMINED, NO_GROUND_REASON,
    NO_LEAD_REASON, UNKNOWN_LEAD_REASON, NOBODY_ORDERED, REPLY_DECIDES_NOTHING, NO_DECISION_SCAN,
    NO_END_REASON, NO_RESULT, NO_EFFECT_ASSESSED, NOT_EVALUATED, TOOK_NO_PART, EVALUATED_TWICE, EMPTY_EVALUATION,
    NO_REPORT, NOT_SUMMARY_REPORT, NO_REMARK,
)
REFUSALS = (*PLAN_REFUSALS, *TEN_ITEMS, *MEETING_OR_HEAD, *RUNNING_REFUSALS, *OWN)
WARNINGS = (*PLAN_WARNINGS, *RUNNING_WARNINGS, *SEVERAL_NORMS)
