"""第四章 案件移送: all it refuses, in the words the officer reads. Pure. 403 who, 409 history, 422 content."""

from dataclasses import replace

from services.transfer import doubtful
from services.transfer.origins import BAD_FINDING as BAD_FINDING
from services.transfer.origins import BAD_TIP as BAD_TIP
from services.transfer.origins import FINDING_FOR_OTHER as FINDING_FOR_OTHER
from services.transfer.origins import FINDING_HANDED_ON as FINDING_HANDED_ON
from services.transfer.origins import OTHERS_FINDING as OTHERS_FINDING
from services.transfer.origins import TIP_HANDED_ON as TIP_HANDED_ON
from services.transfer.origins import UNKNOWN_FINDING as UNKNOWN_FINDING
from services.transfer.origins import UNKNOWN_TIP as UNKNOWN_TIP
from shared.acts.furthest import LONG_AGO as LONG_AGO
from shared.acts.materials import MATERIAL_COUNT as MATERIAL_COUNT
from shared.acts.materials import MATERIAL_UNNAMED as UNNAMED
from shared.acts.materials import NO_DIGEST as NO_DIGEST
from shared.acts.materials import UNKNOWN_CARRIER as UNKNOWN_CARRIER
from shared.acts.rights import RIGHT_DENIED as RIGHT_DENIED
from shared.acts.rights import RIGHT_EARLIER as RIGHT_EARLIER
from shared.acts.rights import RIGHT_LATER as RIGHT_LATER
from shared.acts.rights import RIGHT_OPEN as RIGHT_OPEN
from shared.acts.signing import NO_LEADER as NO_LEADER
from shared.acts.signing import NO_OFFICER as NO_OFFICER
from shared.acts.standing import BASIS_ENDED as BASIS_ENDED
from shared.acts.standing import BEFORE_FIRST_DAY as BEFORE_FIRST_DAY
from shared.acts.standing import NO_BASIS as NO_BASIS
from shared.acts.standing import NOT_ENFORCEMENT as NOT_ENFORCEMENT
from shared.kernel.errors import Refusal
from shared.numbers.shape import BAD_OWN_NUMBER as BAD_OWN_NUMBER


def _history(code: str, zh: str, en: str, article: str = "") -> Refusal:
    return Refusal(code, zh, en, article, status=409)


def _lacks(code: str, zh: str, en: str, article: str, where: str) -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# state and history
NUMBER_USED = _history("NUMBER_USED", "该文号已在本案使用，重新移送应当使用新文号。",
                       "The number was used in this case: a new letter has a new number.", "22")
ALREADY_DELIVERED = _history("ALREADY_DELIVERED", "移送函已经送达。", "The letter has been delivered.", "22")
NO_THIRD_REQUEST = _history("NO_THIRD_REQUEST", "补正要求已经两次提出，不得再次要求补正。",
                            "A supplement was asked for twice: no third request.", "internal")
SECOND_REQUEST = _history("SECOND_REQUEST", "补正应当一次告知；再次要求补正的，限于补正材料本身的问题，并应当写明。",
                          "A supplement is asked for once; a second request names the faults of the supplement itself.",
                          "internal")
NOT_YET_DUE = _history("NOT_YET_DUE", "补正期限尚未届满，不能不予受理。",
                       "The time to supplement has not run out: no refusal yet.", "internal")
NOTHING_OUTSTANDING = _history(
    "NOTHING_OUTSTANDING", "没有要求补正、补正期限尚未届满或者已经补正的，不能以逾期未补正为由不予受理。",
    "No supplement was asked for, its time runs still, or it was made: no refusal for the lack of it.", "23")
NO_SUPPLEMENT_MADE = _history(
    "NO_SUPPLEMENT_MADE", "移送机关已说明无法补正，没有补正材料，不得再次要求补正，应当按现有材料审查决定。",
    "The sender said that it cannot supplement: there is no supplement whose faults a second request could name.",
    "internal")
RETURN_SIGNED = _history("RETURN_SIGNED", "退回材料已经签收。", "The return has been signed for.", "23")
REFUSED_BEFORE = _history("REFUSED_BEFORE", "该机关已以无管辖权为由退回本案，未经司法行政部门明确不得再次移送该机关。",
                          "That agency refused for want of competence: back to it only after a ruling.", "24")
ALREADY_FILED = _history("ALREADY_FILED", "本案已经立案。", "The case has been filed.", "行政处罚法 54")
NOT_FILED = _history("NOT_FILED", "本案尚未立案。受理不等于立案。",
                     "The case has not been filed; accepting is not filing.", "行政处罚法 54")
ALREADY_DECIDED = _history("ALREADY_DECIDED", "本案已经作出处理决定。", "The decision has been recorded.", "行政处罚法 57")
DECISION_NUMBER_USED = _history(
    "DECISION_NUMBER_USED", "该文号是恢复办理前原处理决定的文号，重新作出的决定应当使用新文号。",
    "It is the number of the decision that stood before the case was reopened: a new decision has a new number.",
    "行政处罚法 57")
DECISION_STANDS = _history(
    "DECISION_STANDS", "已经作出处理决定，不能撤销受理；决定未经撤销，同一违法行为不得由其他机关再次处理。",
    "A decision was made: its acceptance is not undone. While it stands, no other agency decides the same act again.",
    "行政处罚法 29")
NOT_YET_DECIDED = _history("NOT_YET_DECIDED", "尚未记录处理决定。", "No decision is recorded yet.", "行政处罚法 61")
ALREADY_SERVED = _history("ALREADY_SERVED", "处理决定书已经送达。", "The decision has been served.", "行政处罚法 61")
NOT_DECIDED = _history("NOT_DECIDED", "尚未记录处理决定，不能以处罚已执行或者不予处罚办结。",
                       "No decision is recorded: the case cannot close as executed or without penalty.", "行政处罚法 57")
NOT_SERVED = _history("NOT_SERVED", "尚未记录处理决定书的送达，不能以处罚已执行或者不予处罚办结。",
                      "The decision is not recorded as served: the case cannot close as executed or without penalty.",
                      "行政处罚法 61")
REPORT_STANDS = _history("REPORT_STANDS", "结案报告已经通报并备案，司法行政部门未退回补报。",
                         "The closure was reported, and justice has not returned the filing.", "25")
EARLIER_REPORT = _history("EARLIER_REPORT", "退回的备案不是最近一次结案报告的。",
                          "The filing that came back is of an earlier report.", "25")
ALREADY_RETURNED = _history("ALREADY_RETURNED", "该结案报告的备案已经退回。", "That filing has been returned already.", "25")

CLOSING_PAPERS_ONLY = _history(
    "CLOSING_PAPERS_ONLY", "案件已经办结，只能由接收机关添加结案材料；移送机关有新的事实的，商请接收机关恢复办理。",
    "The case is closed: its receiver adds closing papers only. New facts are a ground to reopen it.", "internal")

BOUND_BY_RULING = _history("BOUND_BY_RULING", "争议已经明确由本机关办理，不得再以无管辖权为由拒绝。",
                           "A ruling names your agency: it refuses for want of competence no more.", "24")
OWN_DISPUTE = _history("OWN_DISPUTE", "提请的一方已在提请中说明意见，由对方陈述意见。",
                       "Your agency said its view in its request: the other side states its own.", "24")
VIEW_STATED = _history("VIEW_STATED", "已经陈述意见。", "The view has been stated.", "24")
NOT_WITH_POLICE = _history("NOT_WITH_POLICE", "案件尚未送交公安机关。", "The case has not been delivered to the police.",
                           "国务院令第310号 7")
ALREADY_WITH_POLICE = _history("ALREADY_WITH_POLICE", "案件已经送交公安机关。", "The police have received the case.",
                               "国务院令第310号 7")
ALREADY_HANDED_OVER = _history("ALREADY_HANDED_OVER", "涉案物品和材料已经移交。", "Objects and materials have been handed over.",
                               "国务院令第310号 12")
ALREADY_CONSENTED = _history("ALREADY_CONSENTED", "已经同意撤回。", "The withdrawal has been consented to.", "internal")
NO_CONSENT = _history("NO_CONSENT", "待补正期间撤回移送的，应当先经接收机关同意。",
                      "While a supplement is awaited, a withdrawal needs the receiver's consent.", "internal")
NO_PRESUMPTION = _history("NO_PRESUMPTION", "按照现行设置，逾期不签收的不推定接收。",
                          "As the rulebook is set, no reception is presumed.", "internal")
ALREADY_PRESUMED = _history("ALREADY_PRESUMED", "本次送达已经推定接收。", "Reception has been presumed already.", "internal")
NOT_PRESUMED = _history("NOT_PRESUMED", "本次送达没有推定接收。", "No reception has been presumed.", "internal")
NOT_CALLED = _history("NOT_CALLED", "没有待答复的现场电话告知。", "No call from the scene awaits an answer.", "22")

# 22: the notice and what the case is about
UNKNOWN_CAUSE = _lacks("UNKNOWN_CAUSE", "应当写明案由。", "The cause is needed.", "annex 1", "matter.cause")
ACCEPTED_LATER = _lacks("ACCEPTED_LATER", "受理日期不得晚于通报日期。",
                        "Taken up after it was announced.", "annex 1", "matter.accepted_on")
ACCEPTED_AFTER_CALL = _lacks(
    "ACCEPTED_AFTER_CALL", "受理日期不得晚于本案首次现场电话告知的日期（{called}）。",
    "Taken up after its first call from the scene ({called}).", "annex 1", "matter.accepted_on")
ACCEPTED_AFTER_FIRST = _lacks(
    "ACCEPTED_AFTER_FIRST", "本案接续已撤回的案件，受理日期不得晚于该案的受理日期（{first}）。",
    "It takes up a withdrawn case: not taken up later than that was ({first}).", "annex 1", "matter.accepted_on")
NO_RESPONDENT = _lacks("NO_RESPONDENT", "应当写明当事人的类别和姓名或者名称。", "The respondent's kind and name are required.",
                       "annex 1", "matter.respondent")
NO_FACTS = _lacks("NO_FACTS", "应当写明涉嫌违法事实。", "The facts are required.", "22", "matter.facts")
NO_PROVISIONS = _lacks("NO_PROVISIONS", "应当写明涉嫌违反的规定。",
                       "The provisions violated are required.", "22", "matter.provisions")
NO_TRANSFER_BASIS = _lacks("NO_TRANSFER_BASIS", "应当写明移送依据：法律、法规的名称和条款，或者有关规定的名称、文号；移送依据不同于违反的规定。",
                           "The legal basis is required, by law and article or the number of a document, apart from "
                           "the provisions violated.", "21", "matter.basis")
UNKNOWN_GROUND = _lacks("UNKNOWN_GROUND", "移送事由只能是无管辖权或者处罚权已划转。",
                        "A case is handed over for want of competence or because the penalty power was moved.",
                        "21", "matter.ground")
NO_TRANSFER_DOCUMENT = _lacks("NO_TRANSFER_DOCUMENT", "处罚权已划转的，应当写明划转文件的文号。",
                              "Where the penalty power was moved, the number of the document that moved it is asked.",
                              "21", "matter.document")
UNKNOWN_WAY = _lacks("UNKNOWN_WAY", "应当写明通报方式：当面、电话、书面或者平台。",
                     "How the receiver was told is required: in person, by phone, in writing, on the platform.",
                     "22", "notice.way")
NO_PHONE_NOTICE = _lacks("NO_PHONE_NOTICE", "按照现行设置，电话告知不作为事先通报。",
                         "As the rulebook is set, a phone call is no notice.", "22", "notice.way")
NOBODY_TOLD = _lacks("NOBODY_TOLD", "应当写明被通报人。", "Who was told is required.", "22", "notice.told_to")
SAME_AGENCY = _lacks("SAME_AGENCY", "不能向本机关移送案件。", "A case is not handed to its own agency.", "21", "notice.receiver")
UNKNOWN_RECEIVER = _lacks(
    "UNKNOWN_RECEIVER", "接收机关「{receiver}」当日不在执法机关名录中，或者不是行政执法机关。名录见 GET /api/sharing/agencies。",
    "On that day the register has no enforcement agency “{receiver}”. GET /api/sharing/agencies lists them.", "3",
    "notice.receiver")
NO_REASON = _lacks("NO_REASON", "应当说明理由。", "A reason is required.", "", "reason")

# 22 ¶2, ¶3: materials and measures
UNKNOWN_MEASURE = _lacks("UNKNOWN_MEASURE", "应当写明先期处置的种类。",
                         "The kind of measure is required.", "22", "kind")
MEASURE_LATER = _lacks("MEASURE_LATER", "处置日期不得晚于录入的行为日期。", "The measure was taken after its record.", "22", "taken_on")
MEASURE_EMPTY = _lacks("MEASURE_EMPTY", "应当写明处置内容。", "What was done is required.", "22", "says")
TOO_FEW_OFFICERS = _lacks("TOO_FEW_OFFICERS", "应当写明执法人员及其执法证号、电话，不得少于{officers}名。",
                          "At least {officers} officers with licence and phone are required.", "internal", "officers")
MATERIAL_UNNAMED = replace(UNNAMED, article="annex 1")       # the letter lists them by name
UNKNOWN_MATERIAL = _lacks("UNKNOWN_MATERIAL", "所列材料不在本案材料之中。", "The case has no such material.", "annex 1", "materials")

# 22 ¶3: calls from the scene, and their end without transfer
UNKNOWN_CALLED = _lacks("UNKNOWN_CALLED", "被告知的机关当日不在执法机关名录中，或者不是行政执法机关。",
                        "On that day the register has no such enforcement agency to call.", "3", "called")
CALLED_OTHER = _lacks("CALLED_OTHER", "本案中应当告知本案的接收机关。", "In a running case its receiver is called.", "22", "called")
NOBODY_CALLED = _lacks("NOBODY_CALLED", "应当写明接听人及其职务。", "Who took the call is required.", "22", "called_person")
NO_ORDER = _lacks("NO_ORDER", "应当写明已经责令的事项。", "What was ordered at the scene is required.", "22", "ordered")
NO_EVIDENCE_FIXED = _lacks("NO_EVIDENCE_FIXED", "应当写明固定违法事实和保存证据的情况。",
                           "How facts and evidence were fixed is required.", "22", "evidence")
NO_STUBBORNNESS = _lacks("NO_STUBBORNNESS", "应当写明拒不改正的情况。", "How correction was refused is required.", "22", "refusal")
UNKNOWN_RESPONSE = _lacks("UNKNOWN_RESPONSE", "应当写明已到场或者未到场。", "Whether the agency came is required.", "22", "came")
NO_RESPONSE = _lacks("NO_RESPONSE", "应当写明到场处置的情况，或者未到场的原因。",
                     "What was done at the scene, or why nobody came, is required.", "22", "says")
NOTHING_INSTEAD = _lacks("NOTHING_INSTEAD", "应当写明不再移送后如何处理。", "What is done instead is required.", "internal",
                         "instead")

# annex 1: the letter
BAD_NUMBER = replace(BAD_OWN_NUMBER, article="annex 1")       # of the letter, whose form the annex gives
OTHER_ADDRESSEE = _lacks("OTHER_ADDRESSEE", "移送函的受文机关应当是被通报的接收机关。",
                         "The letter is addressed to the agency that was told.", "annex 1", "addressee")
NO_CASE_NAME = _lacks("NO_CASE_NAME", "移送函应当写明案件名称。", "The letter names the case.", "annex 1", "case_name")
NO_LETTER_REASON = _lacks("NO_LETTER_REASON", "移送函应当写明移送原因。", "The letter says why.", "annex 1", "reason")
NO_LETTER_BASIS = _lacks("NO_LETTER_BASIS", "移送函应当写明移送依据：法律、法规的名称和条款，或者有关规定的名称、文号。",
                         "The letter names its legal basis: the law and its article, or the number of a document.",
                         "annex 1", "basis")
NO_MATERIALS = _lacks("NO_MATERIALS", "移送函应当附移送材料目录及有关材料、证据。",
                      "A letter lists and encloses the materials.", "22", "materials")
NO_BASIC_FACTS = _lacks("NO_BASIC_FACTS", "监管权和处罚权分离的，应当附基本违法事实的书面材料。",
                        "Powers are separated: a written statement of the basic facts is required.",
                        "22", "basic_facts")
NO_EVIDENCE = _lacks("NO_EVIDENCE", "监管权和处罚权分离的，应当附初步证据：现场检查记录、现场照片或者举报投诉材料。",
                     "Powers are separated: preliminary evidence is required.", "22", "materials")

PLATFORM_TIME = _lacks(
    "PLATFORM_TIME", "平台通报、平台送达以平台记录的时间为准，不能补录；当面、电话、书面、邮寄或者直接送达的，可以补录。",
    "What goes by the platform happened when the platform says: it is not entered late. Other ways may be.",
    "internal", "way")

# 23: delivery, annex 2, review
UNKNOWN_DELIVERY = _lacks("UNKNOWN_DELIVERY", "送达方式应当为平台、邮政特快专递或者直接送达。",
                          "Delivery is on the platform, by EMS or to a person.", "22", "way")
NO_DELIVERER = _lacks("NO_DELIVERER", "应当写明送达人。", "Who delivered is required.", "annex 2", "delivered_by")
NO_EMS_NUMBER = _lacks("NO_EMS_NUMBER", "邮寄送达应当写明邮件号码。", "Delivery by EMS needs its number.", "internal", "ems_number")
NO_PLACE = _lacks("NO_PLACE", "直接送达应当写明送达地点和收件人。",
                  "Delivery to a person needs the place and the person.", "internal", "place")
OTHER_LETTER = _lacks("OTHER_LETTER", "接收回执所填移送函文号与本案移送函不一致。",
                      "The receipt names another letter.", "annex 2", "letter_number")
OTHER_SENDER = _lacks("OTHER_SENDER", "接收回执所填移送机关与本案移送机关不一致。",
                      "The receipt names another sender.", "annex 2", "sender")
DELIVERED_BEFORE_LETTER = _lacks("DELIVERED_BEFORE_LETTER", "送达日期不得早于移送函发出日期。",
                                 "Delivered before the letter was issued.", "annex 2", "delivered_on")
SIGNED_EARLY = _lacks("SIGNED_EARLY", "签收日期不得早于送达日期。", "Signed before delivered.", "annex 2", "delivered_on")
OTHER_DELIVERY = _lacks("OTHER_DELIVERY", "接收回执所填送达日期与已记录的送达日期不一致。",
                        "The receipt names another day of delivery than the one recorded.", "annex 2", "delivered_on")
NO_SIGNATURE = _lacks("NO_SIGNATURE", "接收回执应当有受移送机关签章，或者代收人的姓名和身份。",
                      "A receipt needs the receiver's seal, or a collector's name and role.", "annex 2", "collector")
NO_ITEMS = _lacks("NO_ITEMS", "应当逐项写明需要补正的材料。", "Each thing to supplement is named.", "23", "items")
DUE_TOO_EARLY = _lacks("DUE_TOO_EARLY", "补正期限应当晚于告知日期。",
                       "The time to supplement ends after the request.", "internal", "items")
ITEMS_UNANSWERED = _lacks("ITEMS_UNANSWERED", "应当对要求补正的每一项逐项答复。",
                          "Every item asked for needs an answer.", "23", "answers")
NO_FEEDBACK = _lacks("NO_FEEDBACK", "受理决定应当书面反馈移送机关。", "Acceptance is fed back in writing.", "23", "feedback")
UNKNOWN_REFUSAL = _lacks("UNKNOWN_REFUSAL", "应当写明不予受理的理由类别。",
                         "The kind of ground of the refusal is required.",
                         "23", "ground")
NO_REASONS = _lacks("NO_REASONS", "决定不予受理的，应当说明理由。", "A refusal gives its reasons.", "23", "reasons")
NO_LEGAL_GROUND = _lacks("NO_LEGAL_GROUND", "以该理由不予受理的，应当写明法律依据。",
                         "A refusal on this ground names its law and article.", "23", "legal_ground")
NO_RETURN_LIST = _lacks("NO_RETURN_LIST", "应当列明退回的材料。", "The materials that go back are listed.", "23", "returned")
NOT_RECEIVED = _lacks("NOT_RECEIVED", "所列材料不在移送或者补正的材料之中。",
                      "A material listed was never handed over.", "23", "returned")
NOBODY_SIGNED = _lacks("NOBODY_SIGNED", "退回签收应当写明签收人。", "Who signed for the return is required.", "23", "signed_by")
NOT_ON_RETURN_LIST = _lacks("NOT_ON_RETURN_LIST", "所称缺少的材料不在移送或者补正的材料之中。",
                            "A material said to lack was never handed over.", "23", "lacks")

# 24: disputes and rulings
NO_OWN_VIEW = _lacks("NO_OWN_VIEW", "应当写明本机关意见及其依据。", "Your agency's view and its basis are required.", "24",
                     "own_view")
TOO_FEW_ATTEMPTS = _lacks("TOO_FEW_ATTEMPTS", "提请前应当与对方协商，至少写明{least}次协商的日期和情况。",
                          "At least {least} attempt(s) to agree, with day and result, are required.", "internal",
                          "attempts")
ATTEMPT_LATER = _lacks("ATTEMPT_LATER", "协商日期不得晚于提请日期。", "An attempt to agree lies after the request.",
                       "internal", "attempts")
NO_RECEPTION_REFUSED = _lacks("NO_RECEPTION_REFUSED", "接收之前提请的，应当写明拒绝接收的人员、日期和理由。",
                              "Before reception: who refused it, when and why.", "24", "refused_by")
RECEPTION_DAY = _lacks("RECEPTION_DAY", "拒绝接收的日期不得早于发函，也不得晚于提请。",
                       "Reception was refused between letter and request.", "24", "refused_on")
NO_NEW_FACTS = _lacks("NO_NEW_FACTS", "撤销受理应当写明受理后发现的管辖方面的新事实。",
                      "Only new facts about competence undo an acceptance: name them.", "24", "new_facts")
NO_VIEW = _lacks("NO_VIEW", "应当写明意见。", "The view itself is required.", "24", "view")
UNKNOWN_RULING = _lacks("UNKNOWN_RULING", "应当明确由接收机关、第三机关办理，或者由移送机关自行处理。",
                        "A ruling names the receiver, a third agency, or the sender.", "24", "outcome")
THIRD_IS_PARTY = _lacks("THIRD_IS_PARTY", "第三机关不能是争议双方。", "The third agency is neither side.", "24", "receiver")
UNKNOWN_THIRD = _lacks("UNKNOWN_THIRD", "第三机关当日不在执法机关名录中，或者不是行政执法机关。",
                       "On that day the register has no such enforcement agency.", "3", "receiver")

# 21 ¶2: the criminal track
UNKNOWN_POLICE = _lacks("UNKNOWN_POLICE", "应当写明名录中的公安机关，且不能是本案的移送机关或者接收机关。",
                        "A police agency of the register, neither the sender nor the receiver, is required.",
                        "国务院令第310号 5", "police")
NO_OFFENCE = _lacks("NO_OFFENCE", "应当写明涉嫌的罪名。", "The suspected offence is required.", "国务院令第310号 6", "offence")
NO_SUSPICION = _lacks("NO_SUSPICION", "应当写明涉嫌犯罪的事实和理由。", "Why a crime is suspected is required.",
                      "国务院令第310号 6", "reasons")
TEAM_TOO_SMALL = _lacks("TEAM_TOO_SMALL", "应当有不少于{officers}名执法人员组成专案组，写明执法证号和电话。",
                        "A team of at least {officers} officers with licence and phone is required.",
                        "国务院令第310号 5", "team")
NO_CRIMINAL_FILE = _lacks("NO_CRIMINAL_FILE", "应当附移送书、调查报告、涉案物品清单等本案材料。",
                          "The reference, the report and the list of objects, materials of the case, are enclosed.",
                          "国务院令第310号 6", "materials")
NO_POLICE_RECEIPT = _lacks("NO_POLICE_RECEIPT", "应当写明在移送书回执上签字的人。", "Who signed the receipt is required.",
                           "国务院令第310号 7", "signed_by")
NO_POLICE_NUMBER = _lacks("NO_POLICE_NUMBER", "应当写明公安机关通知书的文号。", "The number of the police's notice is required.",
                          "国务院令第310号 8", "number")
NO_POLICE_REASONS = _lacks("NO_POLICE_REASONS", "应当写明公安机关不予立案的理由。", "The police's reasons are required.",
                           "国务院令第310号 8", "reasons")
NOTHING_HANDED_OVER = _lacks("NOTHING_HANDED_OVER", "应当写明移交的物品和材料。", "What was handed over is required.",
                             "国务院令第310号 12", "says")
NOBODY_TOOK = _lacks("NOBODY_TOOK", "应当写明接收人。", "Who took it is required.", "国务院令第310号 12", "taken_by")

# turns after acceptance and close
NO_PROGRESS = _lacks("NO_PROGRESS", "应当写明办理进展。", "How the case stands is required.", "internal", "says")
UNKNOWN_REOPENING = _lacks("UNKNOWN_REOPENING", "恢复办理应当依据行政复议决定、法院判决或者新的事实。",
                           "A case is reopened on a review, a judgment or new facts.", "internal", "ground")
NO_REOPENING_DOCUMENT = _lacks("NO_REOPENING_DOCUMENT", "依据复议决定或者判决恢复办理的，应当写明文号。",
                               "The number of the review decision or judgment is required.", "internal", "document")

# 25 and 4: the end
NO_FILE_NUMBER = _lacks("NO_FILE_NUMBER", "应当写明立案文号。", "The file number is required.", "行政处罚法 54", "number")
NO_DECISION_NUMBER = _lacks("NO_DECISION_NUMBER", "应当写明处理决定的文号。", "The decision's number is required.", "25", "number")
UNKNOWN_SERVICE = _lacks("UNKNOWN_SERVICE", "应当写明处理决定书的送达方式。", "How the decision was served is required.",
                         "行政处罚法 61", "way")
NOBODY_SERVED = _lacks("NOBODY_SERVED", "应当写明签收人或者送达凭证。",
                       "Who took the decision, or the proof of service, is required.", "行政处罚法 61", "served_to")
DECISION_DAY = _lacks("DECISION_DAY", "决定日期不得早于立案日期，也不得晚于办结日期。",
                      "The decision lies between the filing and the end of the case.", "25", "decision_on")
UNKNOWN_OUTCOME = _lacks("UNKNOWN_OUTCOME", "办结情形应当为处罚已执行、不予处罚、撤案或者终结。",
                         "A case ends executed, without penalty, dropped or terminated.", "25", "outcome")
OTHER_DECISION = _lacks("OTHER_DECISION", "所填处理决定与已记录的处理决定不一致。",
                        "It names another decision than the one recorded.", "25", "decision_number")
NO_SUMMARY = _lacks("NO_SUMMARY", "结案报告应当写明处理结果。", "The report says how the case ended.", "25", "summary")
NO_REPORT = _lacks("NO_REPORT", "所附材料应当是本案材料，其中应当有种类为结案报告的材料。",
                   "Materials of the case are enclosed, one of them of the kind closing report.", "25", "materials")

NO_VOID_REASON = _lacks("NO_VOID_REASON", "作废重发的，应当写明作废的理由。", "Why the letter is voided is required.", "internal",
                        "void_reason")
DATES_DISAGREE = _lacks("DATES_DISAGREE", "更正后的日期与本案其他日期矛盾。", "The right date disagrees with other dates of the case.",
                        "internal", "new")

# said to the officer, refusing nothing
SAME_RESPONDENT = Refusal("SAME_RESPONDENT", "同一当事人、同一案由另有未结案件，可以关联。",
                          "There is an open case of the same respondent and cause; they may be related.", "22", 200)
WITHDRAWN_BEFORE = Refusal(
    "WITHDRAWN_BEFORE", "本机关曾撤回同一当事人、同一案由的移送；本案是接续该案的，应当在“所接续的已撤回案件”中写明。",
    "Your agency withdrew a case of the same respondent and cause: if this one takes it up again, name it.", "22", 200)
RECEIVER_WITHOUT_POWER = Refusal("RECEIVER_WITHOUT_POWER", "权责清单中接收机关没有该案由的处罚权。",
                                 "By the register the receiver has no penalty power for this cause.", "21", status=200)
POWERS_DIFFER = Refusal("POWERS_DIFFER", "权责清单显示该案由监管权和处罚权分离，与所填不一致。",
                        "By the register the powers are separated for this cause.", "22", status=200)
ONE_SIDED = Refusal("ONE_SIDED", "对方尚未陈述意见。", "The other side has not stated its view.", "24", status=200)

WARNINGS = (ONE_SIDED, SAME_RESPONDENT, WITHDRAWN_BEFORE, RECEIVER_WITHOUT_POWER, POWERS_DIFFER, FINDING_FOR_OTHER,
            *doubtful.WARNINGS, RIGHT_EARLIER, LONG_AGO, BASIS_ENDED)
REFUSALS = tuple(value for value in tuple(globals().values())
                 if isinstance(value, Refusal) and value not in (*WARNINGS, UNNAMED))
