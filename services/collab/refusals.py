"""第二章 协同执法: what it alone refuses, in the words the officer reads. Pure. What every plan refuses is in shared/plans."""

from shared.kernel.errors import Refusal
from shared.plans.refusals import PLAN_REFUSALS
from shared.plans.refusals import WARNINGS as PLAN_WARNINGS
from shared.plans.refusals_running import OVERTAKEN, RUNNING_REFUSALS
from shared.plans.refusals_running import UNKNOWN_CAUSE as UNKNOWN_CAUSE
from shared.plans.refusals_running import WARNINGS as RUNNING_WARNINGS


def _history(code: str, zh: str, en: str, article: str) -> Refusal:
    return Refusal(code, zh, en, article, status=409)


def _lacks(code: str, zh: str, en: str, article: str, where: str) -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# who
PRESENTED_BY_JUSTICE = Refusal("PRESENTED_BY_JUSTICE", "该方案由司法局呈请市政府。",
                               "Justice presents this plan to the government.", "9", status=403)
PRESENTED_BY_LEAD = Refusal("PRESENTED_BY_LEAD", "按照现行设置，该方案由牵头部门呈请市政府。",
                            "As the rulebook is set, the lead presents this plan to the government.", "9", status=403)

# state and history
NOT_DECLINED = _history("NOT_DECLINED", "没有配合部门表示不能协同。", "No participant has declined.", "internal")
NOT_QUESTIONED = _history("NOT_QUESTIONED", "司法局没有询问本机关不能协同的事由，或者本机关已经答复。",
                          "Justice has asked your agency nothing, or it has answered.", "internal")
NOBODY_ASSISTS = _history("NOBODY_ASSISTS", "方案中已没有其他配合部门：协同执法须有行政执法机关协助、配合，应当变更方案增列，或者终止。",
                          "No participant is left in the plan, and a collaborative action has agencies that assist: "
                          "amend the plan so that it names one, or terminate.", "6")
NOTHING_TO_REASSIGN = _history("NOTHING_TO_REASSIGN", "没有需要调整的配合部门。",
                               "No participant that declined waits to be replaced.", "internal")
REPORT_STANDS = _history("REPORT_STANDS", "执法情况报告已经报送备案；结案报告尚缺的，补交结案报告即可。",
                         "The report was delivered; where the closing report lacks, it is added.", "13")
NO_CLOSING_AWAITED = _history("NO_CLOSING_AWAITED", "没有等待补交的结案报告。", "No closing report is awaited.", "13")
EARLIER_REPORT = _history("EARLIER_REPORT", "退回的备案不是最近一次执法情况报告的。",
                          "The filing that came back is of an earlier report.", "13")

# 7: what the plan is about, and its grounds
NO_CAUSE = _lacks("NO_CAUSE", "应当写明违法事项的案由。", "What the matter is about, by cause, is required.", "internal",
                  "causes")
NO_GROUND = _lacks("NO_GROUND", "应当写明组织协同执法的情形，至少一项。",
                   "At least one ground of a collaborative action is required.", "7", "grounds")
UNKNOWN_GROUND = _lacks("UNKNOWN_GROUND", "组织协同执法的情形不在第七条所列之中。",
                        "This is no ground of article 7.", "7", "grounds")
GROUND_TWICE = _lacks("GROUND_TWICE", "同一情形只写一次。", "A ground is named once.", "7", "grounds")
NO_INFLUENCE = _lacks("NO_INFLUENCE", "以负面影响较大为由的，应当写明造成了什么负面影响。",
                      "The adverse impact the matter has had is required.", "7", "effect")
TOO_FEW_PEOPLE = _lacks("TOO_FEW_PEOPLE", "涉及直接利益的为{people}人，不足{least}人，不构成该情形。",
                        "{people} are directly concerned: the ground asks for {least} or more.", "7", "people")
NO_INTERESTS = _lacks("NO_INTERESTS", "应当写明涉及哪些直接利益、人数如何统计。",
                      "Which direct interests, and how the people were counted, is required.", "7", "interests")
NO_RELATIONS = _lacks("NO_RELATIONS", "以法律关系特别复杂为由的，应当写明涉及哪些法律关系。",
                      "Which legal relations are especially complex is required.", "7", "relations")
NO_OBSTRUCTION = _lacks("NO_OBSTRUCTION", "以暴力阻挠为由的，应当写明何人如何阻挠妨碍查处。",
                        "Who obstructed the investigation by violence, and how, is required.", "7", "obstruction")
OBSTRUCTION_DAY = _lacks("OBSTRUCTION_DAY", "应当写明阻挠发生的日期，且不得晚于报送。",
                         "The day of the obstruction is required; it lies not after the submission.", "7",
                         "obstructed_on")
NO_MEANS = _lacks("NO_MEANS", "应当逐项写明已经依法使用的执法手段和程序。",
                  "Every means and procedure that was used is named.", "7", "means")
MEANS_UNNAMED = _lacks("MEANS_UNNAMED", "应当写明使用了什么手段或者程序。", "Which means or procedure it was is required.", "7",
                       "means")
MEANS_WITHOUT_DOCUMENT = _lacks("MEANS_WITHOUT_DOCUMENT", "每项手段应当写明其执法文书。",
                                "Each means names its enforcement document.", "7", "means")
MEANS_WITHOUT_RESULT = _lacks("MEANS_WITHOUT_RESULT", "每项手段应当写明结果，说明何以不足以制止。",
                              "Each means names what came of it: why it did not stop the violation.", "7", "means")
NO_GROUND_LAW = _lacks("NO_GROUND_LAW", "应当写明规定由市政府作为执法主体，或者须经市政府审查批准的法律。",
                       "The law by which the government enforces, or decides, is required.", "7", "law")
NO_GROUND_ARTICLE = _lacks("NO_GROUND_ARTICLE", "应当写明该法律的条款。", "The article of that law is required.", "7",
                           "law_article")
NO_FACTS_ESTABLISHED = _lacks("NO_FACTS_ESTABLISHED", "申请前应当查清违法事实，写明已经查清的事实。",
                              "The facts are established before the application: say which.", "9", "facts_established")
ESTABLISHED_DAY = _lacks("ESTABLISHED_DAY", "应当写明查清违法事实的日期，且不得晚于申请。",
                         "The day the facts were established is required; it lies not after the application.", "9",
                         "established_on")
NO_GROUND_REASON = _lacks("NO_GROUND_REASON", "应当写明确需组织协同执法的理由。",
                          "Why a collaborative action is needed is required.", "7", "reason")

# 9: who drafts and leads
NO_LEAD_REASON = _lacks("NO_LEAD_REASON", "申请应当写明由本机关牵头的理由：负责前期调查工作，或者负主要责任。",
                        "Why your agency leads is required: it investigated first, or bears the main duty.", "9",
                        "lead_because")
UNKNOWN_LEAD_REASON = _lacks("UNKNOWN_LEAD_REASON", "由本机关牵头的理由应当是规则所列的一项。",
                             "Why the agency leads is one of the listed reasons.", "9", "lead_because")

# 12: declining
UNKNOWN_DECLINE_GROUND = _lacks("UNKNOWN_DECLINE_GROUND", "只有因法定事由才可以不协同。",
                                "Only a statutory ground lets an agency decline.", "12", "ground")
NO_DECLINE_LAW = _lacks("NO_DECLINE_LAW", "应当写明法定事由所依据的法律。", "The law that is the ground is required.", "12", "law")
NO_DECLINE_ARTICLE = _lacks("NO_DECLINE_ARTICLE", "应当写明该法律的条款。", "The article of that law is required.", "12",
                            "law_article")
NO_DECLINE_TEXT = _lacks("NO_DECLINE_TEXT", "应当写明条文内容。", "What the article says is required.", "12", "law_text")
NO_WRITTEN_NOTICE = _lacks("NO_WRITTEN_NOTICE", "应当附本部门致牵头部门的书面通知，先作为材料上传。",
                           "The written notice to the lead, a material that your agency added, is enclosed.", "12",
                           "notice")
NOTICE_NOT_SCANNED = _lacks("NOTICE_NOT_SCANNED", "书面通知“{name}”（第{material}号材料）没有文件：报备案的应当上传扫描件。",
                            "The notice “{name}” (material {material}) has no file: what is filed is uploaded as a "
                            "scan.", "12", "notice")
STILL_NAMED = _lacks("STILL_NAMED", "{name}已经书面通知因法定事由不能协同，方案不得再列它；退回修改期间重新征求其意见、由其同意的除外。",
                     "{name} has given notice that by law it cannot take part: the plan does not name it, unless, "
                     "consulted anew on the returned plan, it agreed.", "12", "content.participants")
NO_QUESTION = _lacks("NO_QUESTION", "应当写明询问的内容。", "The question is required.", "internal", "question")
NEVER_DECLINED = _lacks("NEVER_DECLINED", "该部门没有表示不能协同。", "That agency has not declined.", "internal",
                         "participant")
NO_REPLY = _lacks("NO_REPLY", "应当写明答复的内容。", "The answer is required.", "internal", "says")

# reassigning
NOT_WAITING = _lacks("NOT_WAITING", "该部门没有表示不能协同，或者已经调整。",
                     "That agency has not declined, or has been replaced already.", "internal", "participant")
NO_REASSIGN_REASON = _lacks("NO_REASSIGN_REASON", "应当写明如何调整及其理由。", "How and why it is changed is required.",
                            "internal", "reason")
TASK_NOT_GIVEN = _lacks("TASK_NOT_GIVEN", "第{task}项任务尚未完成，应当写明改由哪个部门承担。",
                        "Task {task} is open: say which agency does it now.", "internal", "tasks")
TASK_NOT_ITS_OWN = _lacks("TASK_NOT_ITS_OWN", "第{task}项任务不是该部门尚未完成的任务，或者写了两次。",
                          "Task {task} is not an open task of that agency, or is named twice.", "internal", "tasks")
TASK_TO_OUTSIDER = _lacks("TASK_TO_OUTSIDER", "任务只能改由牵头部门或者现有的配合部门承担。",
                          "A task goes to the lead or a present participant.", "internal", "tasks")

# 13: the report
NO_REPORT_TEXT = _lacks("NO_REPORT_TEXT", "应当写出执法情况报告。", "The report itself is required.", "13", "says")
NO_DOCUMENTS = _lacks("NO_DOCUMENTS", "应当附执法文书。", "The enforcement documents are enclosed.", "13", "documents")
NOT_ENFORCEMENT_DOCUMENT = _lacks(
    "NOT_ENFORCEMENT_DOCUMENT", "第{material}号材料不是执法文书：执法文书的种类限于{kinds}。",
    "Material {material} is no enforcement document; the kinds that are: {codes}.", "13", "documents")
NO_CLOSING_REPORT = _lacks("NO_CLOSING_REPORT", "应当附结案报告；案件未结的，应当写明未结的案件和原因。",
                           "The closing report is enclosed; where a case is open, say which and why.", "13",
                           "closing_report")
NOT_CLOSING_REPORT = _lacks("NOT_CLOSING_REPORT", "作为结案报告所附的材料，其中应当有种类为结案报告的。",
                            "Of what is enclosed as the closing report one material is of that kind.", "13",
                            "closing_report")
ENCLOSURE_NOT_SCANNED = _lacks("ENCLOSURE_NOT_SCANNED", "“{name}”（第{material}号材料）没有文件：报备案的应当上传扫描件。",
                               "“{name}” (material {material}) has no file: what is filed is uploaded as a scan.", "13",
                               "documents")
NO_CASE_OPEN = _lacks("NO_CASE_OPEN",
                      "写的是没有未结的案件：案件都已办结的，应当附结案报告；结案报告后补的，应当写明哪一案件尚未办结、为什么。",
                      "This says that no case is open: then the closing report is enclosed. Where it follows, "
                      "which case is open, and why, is said.", "13", "open_case")
NO_LATER_CLOSING = _lacks("NO_LATER_CLOSING", "按照现行设置，结案报告应当一并报送，不得后补。",
                          "As the rulebook is set, the closing report goes with the report.", "13", "closing_report")
UNKNOWN_ENCLOSURE = _lacks("UNKNOWN_ENCLOSURE", "所附材料不在本方案的材料之中。", "An enclosure is no material of the plan.", "13",
                           "documents")

# said to the officer, refusing nothing
LEAD_WITHOUT_POWER = Refusal("LEAD_WITHOUT_POWER", "权责清单中牵头部门没有该案由的监管或者处罚职责，方案应当由法定的行政执法机关拟订。",
                             "By the register the lead has no power here: the statutory agency drafts.",
                             "9", status=200)

WARNINGS = (*PLAN_WARNINGS, *RUNNING_WARNINGS, LEAD_WITHOUT_POWER)
OWN = (
    PRESENTED_BY_JUSTICE, PRESENTED_BY_LEAD,
    NOT_DECLINED, NOT_QUESTIONED, NOBODY_ASSISTS, NOTHING_TO_REASSIGN, REPORT_STANDS, NO_CLOSING_AWAITED,
    EARLIER_REPORT,
    NO_CAUSE, NO_GROUND, UNKNOWN_GROUND, GROUND_TWICE, NO_INFLUENCE, TOO_FEW_PEOPLE, NO_INTERESTS, NO_RELATIONS,
    NO_OBSTRUCTION, OBSTRUCTION_DAY, NO_MEANS, MEANS_UNNAMED, MEANS_WITHOUT_DOCUMENT, MEANS_WITHOUT_RESULT,
    NO_GROUND_LAW, NO_GROUND_ARTICLE, NO_FACTS_ESTABLISHED, ESTABLISHED_DAY, NO_GROUND_REASON,
    NO_LEAD_REASON, UNKNOWN_LEAD_REASON,
    UNKNOWN_DECLINE_GROUND, NO_DECLINE_LAW, NO_DECLINE_ARTICLE, NO_DECLINE_TEXT, NO_WRITTEN_NOTICE, NOTICE_NOT_SCANNED,
    STILL_NAMED,
    NO_QUESTION, NEVER_DECLINED, NO_REPLY,
    NOT_WAITING, NO_REASSIGN_REASON, TASK_NOT_GIVEN, TASK_NOT_ITS_OWN, TASK_TO_OUTSIDER,
    NO_REPORT_TEXT, NO_DOCUMENTS, NOT_ENFORCEMENT_DOCUMENT, NO_CLOSING_REPORT, NOT_CLOSING_REPORT, NO_LATER_CLOSING,
    UNKNOWN_ENCLOSURE, ENCLOSURE_NOT_SCANNED, NO_CASE_OPEN,
)
REFUSALS = (*PLAN_REFUSALS, *RUNNING_REFUSALS, *OVERTAKEN, *OWN)
