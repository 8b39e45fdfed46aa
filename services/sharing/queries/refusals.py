"""第二十七条 查询: all it refuses, in the words the officer reads. Pure. 403 who, 409 history, 422 content."""

from shared.acts.materials import MATERIAL_COUNT as MATERIAL_COUNT
from shared.acts.materials import MATERIAL_UNNAMED as MATERIAL_UNNAMED
from shared.acts.materials import NO_DIGEST as NO_DIGEST
from shared.acts.materials import UNKNOWN_CARRIER as UNKNOWN_CARRIER
from shared.acts.signing import NO_LEADER as NO_LEADER
from shared.acts.signing import NO_OFFICER as NO_OFFICER
from shared.acts.standing import BASIS_ENDED as BASIS_ENDED
from shared.acts.standing import BEFORE_FIRST_DAY as BEFORE_FIRST_DAY
from shared.acts.standing import NO_BASIS as NO_BASIS
from shared.kernel.errors import Refusal


def _history(code: str, zh: str, en: str, article: str = "") -> Refusal:
    return Refusal(code, zh, en, article, status=409)


def _lacks(code: str, zh: str, en: str, article: str, where: str) -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# who
NOT_BETWEEN_AGENCIES = Refusal(
    "NOT_BETWEEN_AGENCIES", "查询和协助在行政执法机关办案中进行，本机关不是行政执法机关。",
    "Only an enforcement agency asks and is asked; yours is none.", status=403)

# state and history
PASSED_BEFORE = _history("PASSED_BEFORE", "该机关已经将本查询转出，不得转回。",
                         "That agency has passed this query on: it is not passed back.", "27")
NOT_LATE = _history("NOT_LATE", "持有机关的办理期限尚未届满，不能提出异议。",
                    "The holder's time has not run out: there is nothing to complain of yet.", "internal")
COMPLAINT_OPEN = _history("COMPLAINT_OPEN", "已提出异议，尚未处理。", "A complaint is open already.", "internal")
COMPLAINT_DECIDED = _history("COMPLAINT_DECIDED", "对该答复的异议已经处理，不再重复提出。",
                             "A complaint about this answer has been decided.", "internal")
NO_COMPLAINT = _history("NO_COMPLAINT", "没有待处理的异议。", "No complaint is open.", "internal")
ASSISTANCE_ASKED = _history("ASSISTANCE_ASKED", "请求的是办案协助，应当以提供备案资料、鉴定、处置意见办理。",
                            "Assistance was asked for: it is given as such.", "22")
RECORDS_ASKED = _history("RECORDS_ASKED", "请求的是执法档案查询，应当以提供查询服务办理。",
                         "Records were asked for: the query is answered.", "27")

# asking
UNKNOWN_CATEGORY = _lacks("UNKNOWN_CATEGORY", "应当写明查询哪一类执法档案信息。", "The category of records is required.",
                          "27", "question.category")
NO_QUESTION = _lacks("NO_QUESTION", "应当写明查询的内容。", "What is asked is required.", "27", "question.says")
RESPONDENT_UNNAMED = _lacks("RESPONDENT_UNNAMED", "查询对象应当写明类别和姓名或者名称。",
                            "Whom it is about has a kind and a name.", "27", "question.respondent")
BAD_PERIOD = _lacks("BAD_PERIOD", "所查期间的起日不得晚于止日，起日、止日都不得晚于提出之日。",
                    "The time asked of ends after it begins, and not after the day of asking.", "27", "question.until")
UNKNOWN_PURPOSE = _lacks("UNKNOWN_PURPOSE", "应当写明查询目的的类别。", "The kind of purpose is required.", "27", "purpose")
NO_PURPOSE = _lacks("NO_PURPOSE", "应当写明查询目的。", "The purpose is required.", "27", "purpose_says")
NO_CASE = _lacks("NO_CASE", "为办理案件或者联动执法查询的，应当写明所为的案件。",
                 "A query for a case or an action names it.", "27", "case")
BAD_CASE = _lacks("BAD_CASE", "平台内的案件应当写明服务和案件编号，以「/」相连；平台外的写明其案号。",
                  "A case of the suite is named by its service and id, joined by a slash.", "27", "case")
UNKNOWN_HOLDER = _lacks("UNKNOWN_HOLDER", "应当写明在册的持有机关。", "The holder is an agency of the register.", "27",
                        "holder")
SAME_AGENCY = _lacks("SAME_AGENCY", "查询机关和持有机关不能是同一机关。", "An agency does not ask itself.", "27", "holder")
NO_URGENT_REASON = _lacks("NO_URGENT_REASON", "特别紧急的，应当写明理由。", "The reason of the urgency is required.", "27",
                          "urgent_reason")
NO_CASE_IN_HAND = _lacks("NO_CASE_IN_HAND", "请求提供资料、鉴定、意见的，应当写明正在查处的案件。",
                         "Assistance is for a case in hand, which is named.", "22", "case")
UNKNOWN_ASSISTANCE = _lacks("UNKNOWN_ASSISTANCE", "应当写明需要备案资料、技术鉴定还是处置参考意见。",
                            "The kind of assistance is required.", "22", "assistance")
UNKNOWN_ASKER = _lacks("UNKNOWN_ASKER", "应当写明查询机关：在册的行政执法机关，或者册外机关的名称，二者择一。",
                       "The asking agency is one of the register, or the name of one outside it.", "27", "asker")
UNKNOWN_WAY = _lacks("UNKNOWN_WAY", "应当写明是书面还是电话查询。", "In writing or by phone?", "27", "way")
NO_PAPER = _lacks("NO_PAPER", "书面查询应当写明来函文号。", "A query in writing has the number of its letter.", "internal",
                  "paper")
NO_CONTACT = _lacks("NO_CONTACT", "应当写明提出查询的人员及其单位、电话。", "Who asked, and where to reach them, is required.",
                    "internal", "contact")

# authentication
NO_PROOF = _lacks("NO_PROOF", "应当写明以何认证。", "By what it was authenticated is required.", "27", "proof")
NO_REASON = _lacks("NO_REASON", "应当写明理由。", "The reason is required.", "internal", "reason")

# answering
UNKNOWN_ANSWER = _lacks(
    "UNKNOWN_ANSWER",
    "答复应当是提供、查无或者线下查阅；部分提供、转持有机关、拒绝各有其行为。",
    "It is given, not found, or read offline; the other answers are acts of their own.",
    "27",
    "kind",
)
NOTHING_GIVEN = _lacks("NOTHING_GIVEN", "应当附所提供的材料、档案或者写明内容。",
                       "What is given is required: materials, records or words.", "27", "materials")
NOT_THE_HOLDERS = _lacks("NOT_THE_HOLDERS", "所列材料不是持有机关在本查询中添加的材料。",
                         "Not materials that the holder added to this query.", "internal", "materials")
UNKNOWN_RECORD = _lacks("UNKNOWN_RECORD", "第{nth}项：平台上没有编号为{record}的档案。",
                        "Number {nth}: no record has the id {record}.", "27", "records")
OTHERS_RECORD = _lacks("OTHERS_RECORD", "第{nth}项：档案{record}不由本机关持有，不能由本机关提供。",
                       "Number {nth}: your agency does not hold the record {record}.", "27", "records")
BESIDE_THE_QUERY = _lacks("BESIDE_THE_QUERY",
                          "第{nth}项：档案{record}不在所查的类别、期间之内，或者与查询对象无关。",
                          "Number {nth}: the record {record} is of another category, time or respondent.",
                          "27", "records")
NO_SEARCH = _lacks("NO_SEARCH", "查无的，应当写明查找的范围。", "Where it was looked for is required.", "27", "says")
NONE_BUT_GIVEN = _lacks("NONE_BUT_GIVEN", "查无的，不能同时提供材料或者档案。", "Not found, and yet something is given.", "27",
                        "kind")
NO_OFFLINE = _lacks("NO_OFFLINE", "线下查阅应当写明地点、时间和联系单位。",
                    "Read offline: the place, the time and the contact office are required.", "27", "offline")
OFFLINE_CONTENT = _lacks("OFFLINE_CONTENT", "线下查阅的内容不得上平台，只写地点、时间和联系单位。",
                         "What is read offline is not on the platform: the place, time and office only.", "27", "says")
NO_REST = _lacks("NO_REST", "部分提供的，应当写明未提供的部分。", "What is not given is required.", "27", "rest")

# the ground of a refusal
REFUSED_AS_SECRET = _lacks(
    "REFUSED_AS_SECRET", "不得以保守秘密、不便提供为由拒绝查询；确属国家秘密的，答复线下查阅，按保密规定提供。",
    "Secrecy alone refuses no query; what is a state secret is read offline by the rules of secrecy.", "27",
    "withheld.law")
NO_LAW = _lacks("NO_LAW", "拒绝应当写明法律名称。", "A refusal names its law.", "27", "withheld.law")
NOT_A_LAW = _lacks("NOT_A_LAW", "所写不是法律、法规的全称，也不是规则数据所列的法律。",
                   "Not the full name of a law or regulation, nor one of the rulebook.", "27", "withheld.law")
NO_LAW_ARTICLE = _lacks("NO_LAW_ARTICLE", "拒绝应当写明所依据的条款，如：第二十条。", "A refusal names the article of its law.",
                        "27", "withheld.law_article")
NO_LAW_TEXT = _lacks("NO_LAW_TEXT", "规则数据没有收录该法律或者该条款的，应当引用条款原文全文，由司法局核对。",
                         "The rulebook does not know this law or article: its text is quoted in full.", "27",
                         "withheld.law_text")
UNLISTED_LAW = _lacks("UNLISTED_LAW", "规则数据没有收录该法律或者该条款，不得据以拒绝；确有依据的，报司法局收录。",
                      "The rulebook does not know this law or article: nothing is withheld by it.", "27",
                      "withheld.law")
LAW_TO_CHECK = Refusal("LAW_TO_CHECK", "规则数据没有收录该法律或者该条款，已提示司法局核对。",
                       "The rulebook does not know this law or article: justice is told to look.", "27", status=200)
NO_LAW_REASON = _lacks("NO_LAW_REASON", "拒绝应当写明理由。", "A refusal gives its reason.", "27", "withheld.reason")

# complaints
NO_DIRECTION = _lacks("NO_DIRECTION", "责令提供应当写明提供什么。", "What is to be given is required.", "27", "what")

WARNINGS = (BASIS_ENDED, LAW_TO_CHECK)
REFUSALS = tuple(value for value in dict(globals()).values() if isinstance(value, Refusal) and value not in WARNINGS)
