"""第二十八条 案源共享: all it refuses, in the words the officer reads. Pure. 409 history, 422 content."""

from shared.acts.findings import BAD_FINDING as BAD_FINDING
from shared.acts.findings import FINDING_HANDED_ON as FINDING_HANDED_ON
from shared.acts.findings import OTHERS_FINDING as OTHERS_FINDING
from shared.acts.findings import UNKNOWN_FINDING as UNKNOWN_FINDING
from shared.acts.furthest import LONG_AGO as LONG_AGO
from shared.acts.materials import MATERIAL_COUNT as MATERIAL_COUNT
from shared.acts.materials import MATERIAL_UNNAMED as MATERIAL_UNNAMED
from shared.acts.materials import NO_DIGEST as NO_DIGEST
from shared.acts.materials import UNKNOWN_CARRIER as UNKNOWN_CARRIER
from shared.acts.signing import NO_LEADER as NO_LEADER
from shared.acts.signing import NO_OFFICER as NO_OFFICER
from shared.acts.standing import BASIS_ENDED as BASIS_ENDED
from shared.acts.standing import BEFORE_FIRST_DAY as BEFORE_FIRST_DAY
from shared.acts.standing import NO_BASIS as NO_BASIS
from shared.acts.standing import NOT_ENFORCEMENT as NOT_ENFORCEMENT
from shared.kernel.errors import Refusal


def _history(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, zh, en, "internal", 409)


def _lacks(code: str, zh: str, en: str, where: str, article: str = "28") -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# history
CLAIMED_BEFORE = _history("CLAIMED_BEFORE", "该案源已由{name}（{agency}）认领或者接受指派。",
                          "{name} ({agency}) has the tip already.")
TOO_EARLY_TO_ASSIGN = _history("TOO_EARLY_TO_ASSIGN", "仍在等待认领，自{since}起无人认领的方可指派。",
                               "It may be assigned from {since} on, where nobody has claimed it by then.")
OBJECTED_BEFORE = _history("OBJECTED_BEFORE", "本机关对指派已提出过异议，司法局再次指派的应当办理。",
                           "Your agency has objected once; assigned again, it handles the tip.")
TRANSFER_RUNS = _history("TRANSFER_RUNS", "本机关已就该案源移送案件，应当反馈结果，不能再转送。",
                         "Your agency has begun a transfer from it: tell the result, it is not passed on.")
NEVER_ITS_OWN = _history("NEVER_ITS_OWN", "移送该案件的机关没有认领过这一案源。",
                         "The agency that sends the transfer never had the tip.")

# 28, 22: what is no tip
MUST_BE_TRANSFER = _lacks(
    "MUST_BE_TRANSFER",
    "有管辖权的机关是明确的：{name}（{agency}），应当依照第二十二条移送，不作为案源推送。请在案件移送（{route}）向该机关事先通报。",
    "The competent agency is definite: {name} ({agency}). It is a transfer (article 22), no tip: announce it to that "
    "agency at {route}.",
    "competent", "22, 28")
OWN_CASE = _lacks("OWN_CASE", "有管辖权的正是本机关，应当由本机关办理，不作为案源推送。",
                  "Your own agency is the competent one: it is a case of its own, no tip.", "cause")
UNKNOWN_COMPETENT = _lacks("UNKNOWN_COMPETENT", "有明确的有管辖权机关的，应当移送给该机关，不作为案源推送；"
                           "该机关应当是当日名录中的行政执法机关。没有明确的，不填此栏。",
                           "Where an agency is definitely competent it is a transfer to that one, an enforcement "
                           "agency of the register on that day, and no tip; where none is, a tip names none.",
                           "competent", "22, 28")

# 28: what a tip says
UNKNOWN_KIND = _lacks("UNKNOWN_KIND", "应当写明是投诉、举报还是违法线索。", "Whether it is a complaint, report or lead is required.",
                      "kind")
UNKNOWN_CAUSE = _lacks("UNKNOWN_CAUSE", "应当写明案由。", "The cause is needed.", "cause")
NO_FACTS = _lacks("NO_FACTS", "应当写明主要情况。", "The facts are required.", "facts")
NO_PLACE = _lacks("NO_PLACE", "应当写明地点。", "The place is required.", "place", "internal")
UNKNOWN_CHANNEL = _lacks("UNKNOWN_CHANNEL", "应当写明来源渠道。", "How it was received is required.", "channel", "internal")
RECEIVED_LATER = _lacks("RECEIVED_LATER", "收到日期不得晚于推送日期。", "It was received after the day it is shared.",
                        "received_on", "internal")
UNKNOWN_RESPONDENT = _lacks("UNKNOWN_RESPONDENT", "写明当事人的，应当写明其类别和姓名或者名称。",
                            "A respondent has its kind and name.", "respondent", "internal")
NO_REPORTER = _lacks("NO_REPORTER", "投诉、举报应当写明投诉人、举报人，或者注明匿名。",
                     "A complaint or report names who made it, or says that it is anonymous.", "reporter", "internal")
ANONYMOUS_NAMED = _lacks("ANONYMOUS_NAMED", "注明匿名的，不得填写姓名。", "Who is anonymous has no name.", "reporter.anonymous",
                         "internal")
NAMES_REPORTER = _lacks("NAMES_REPORTER", "此栏出现了举报人的姓名、电话或者住址，请删去：举报人只能在举报人一栏填写。",
                        "It holds the reporter's name, phone or address: they stand in their own fields alone.",
                        "facts", "internal")

# claimed, passed on, assigned
NO_REASON = _lacks("NO_REASON", "应当写明理由。", "A reason is required.", "reason", "internal")
NO_LEGAL_GROUND = _lacks("NO_LEGAL_GROUND", "对指派提出异议的，应当写明法律依据。", "An objection names its law and article.",
                         "legal_ground", "internal")
JUSTICE_DECIDES = _lacks("JUSTICE_DECIDES", "指派的案源有异议的退司法局另行决定，不得自行转送其他机关。",
                         "An assigned tip goes back to justice, which decides: no other agency is named.", "to",
                         "internal")
UNKNOWN_CANDIDATE = _lacks("UNKNOWN_CANDIDATE", "应当是名录中的其他行政执法机关，且不是推送机关。",
                           "Another enforcement agency of the register is named, not the sharer.", "to", "3")
PASSED_ON_BEFORE = _lacks("PASSED_ON_BEFORE", "该机关已经转送过这一案源。", "That agency has passed the tip on before.", "to",
                          "internal")
UNKNOWN_ASSIGNEE = _lacks(
    "UNKNOWN_ASSIGNEE",
    "应当指派给名录中的行政执法机关；属于推送机关自己职责的，由其撤回后办理。",
    "It is assigned to an enforcement agency of the register; the sharer withdraws what is its own.",
    "agency",
    "3",
)

# results
UNKNOWN_OUTCOME = _lacks("UNKNOWN_OUTCOME", "结果应当是已立案查处、不构成违法或者已移送。",
                         "The result is an own case, no violation, or a transfer.", "outcome")
NO_RESULT = _lacks("NO_RESULT", "应当写明核查处理情况。", "What was found and done is required.", "says")
NO_CASE_NUMBER = _lacks("NO_CASE_NUMBER", "已立案查处的，应当写明立案文号。", "The number of the own case is required.", "number")
UNKNOWN_TRANSFER = _lacks("UNKNOWN_TRANSFER", "已移送的，应当写明本机关依该案源移送、尚未撤回或者终止的案件。",
                          "The transfer that your agency began from the tip, and that stands, is named.", "transfer")

# said to the officer, refusing nothing
REPORTER_APART = Refusal(
    "REPORTER_APART", "举报人信息只有推送机关和认领机关可以查看，每次查看均有记录；请核对主要情况和材料不能使人推知举报人。",
    "Only sharer and claimer see the reporter, each look is logged. See that facts and materials do not give it away.",
    "internal", 200)
OWN_POWER = Refusal("OWN_POWER", "权责清单中本机关对该案由有权责，请确认不属于本机关管辖。",
                    "By the register your agency has a power for this cause: see that it is not its own.", "28", 200)
OTHER_CAUSE = Refusal("OTHER_CAUSE", "案由与所依据的另案线索登记的案由不同，请核对；已告知司法局。",
                      "The finding that it hands on has another cause: look again; justice is told.", "10",
                      200)
WARNINGS = (REPORTER_APART, OWN_POWER, OTHER_CAUSE, LONG_AGO, BASIS_ENDED)
REFUSALS = tuple(value for value in tuple(globals().values())
                 if isinstance(value, Refusal) and value not in WARNINGS)
