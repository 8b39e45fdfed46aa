"""What carrying out and amending a plan refuses, in the words the officer reads. Pure. 409 history, 422 content.

A refusal without an article takes that of the act: the two chapters name others.
"""

from shared.acts.furthest import LONG_AGO as LONG_AGO
from shared.acts.rights import RIGHT_DENIED as RIGHT_DENIED
from shared.acts.rights import RIGHT_LATER as RIGHT_LATER
from shared.acts.rights import RIGHT_OPEN as RIGHT_OPEN
from shared.kernel.errors import Refusal
from shared.numbers.doubted import NUMBER_FORM as NUMBER_FORM
from shared.numbers.doubted import NUMBER_YEAR as NUMBER_YEAR


def _history(code: str, zh: str, en: str, article: str = "") -> Refusal:
    return Refusal(code, zh, en, article, status=409)


def _lacks(code: str, zh: str, en: str, where: str, article: str = "") -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# history
NOT_DISPATCHED = _history("NOT_DISPATCHED", "没有等待本部门确认的调度。", "No dispatch awaits your agency's confirmation.")
NO_TASK_LEFT = _history("NO_TASK_LEFT", "本部门没有未完成的工作任务。", "Your agency has no task that is still to be done.")
LIMIT_RAN_OUT = _history("LIMIT_RAN_OUT", "执法时限已经届满，应当先变更方案再启动。",
                         "The time limit has run out: amend the plan before the action begins.", "internal")
ALREADY_ENDED = _history("ALREADY_ENDED", "执法活动已经结束。", "The action has been ended.")
LIMIT_NOT_PAST = _history("LIMIT_NOT_PAST", "执法时限尚未届满，不能推定结束。",
                          "The time limit has not run out: no end is presumed.", "internal")
EXTENSION_OPEN = _history("EXTENSION_OPEN", "时限届满前提出的延期正在审查、报批，不能推定结束。",
                          "An amendment of the time limit, proposed in time, is open: no end is presumed.", "internal")
NOT_HANDED_ON = _history("NOT_HANDED_ON", "方案没有这一条应当移送的线索，或者不是该机关发现的。",
                         "The plan has no such finding of that agency to hand on.", "internal")
HANDED_ON_BEFORE = _history("HANDED_ON_BEFORE", "该线索已经移送。", "The finding has been handed on.", "internal")
NO_UNCLEAR_LEFT = _history("NO_UNCLEAR_LEFT", "本部门没有尚不明确、还未查明的线索。",
                           "Your agency has no unclear finding that is still to be settled.", "internal")
AMENDMENT_OPEN = _history("AMENDMENT_OPEN", "已有变更方案正在办理。", "An amendment is under way.", "internal")
NO_AMENDMENT = _history("NO_AMENDMENT", "没有正在办理的变更方案。", "No amendment is under way.", "internal")
AMENDMENT_REVIEWED = _history("AMENDMENT_REVIEWED", "变更方案已经审查。", "The amendment has been reviewed.", "internal")
AMENDMENT_NOT_REVIEWED = _history("AMENDMENT_NOT_REVIEWED", "变更方案尚未审查通过。",
                                  "The amendment has not passed its review.", "internal")
AMENDMENT_PRESENTED = _history("AMENDMENT_PRESENTED", "变更方案已经呈报市政府。", "The amendment has been presented.", "internal")
AMENDMENT_NOT_PRESENTED = _history("AMENDMENT_NOT_PRESENTED", "变更方案尚未呈报市政府。",
                                   "The amendment has not been presented.", "internal")
AMENDMENT_OVERTAKEN = _history("AMENDMENT_OVERTAKEN", "提出变更以后方案已有新的版本，应当退回后重新提出。",
                               "The plan has a newer version since: the amendment is returned and proposed anew.",
                               "internal")

# dispatch
NO_ORDER = _lacks("NO_ORDER", "应当写明调度指令的内容。", "What is ordered is required.", "order")
NO_MEETING = _lacks("NO_MEETING", "应当写明集合地点和现场负责人。", "The place to meet and who commands there are required.",
                    "meeting")
MEETING_PAST = _lacks("MEETING_PAST", "集合时间不得早于调度之日。", "They cannot meet before the day of the dispatch.",
                       "meeting.at")
NOBODY_DISPATCHED = _lacks("NOBODY_DISPATCHED", "应当写明调度哪些部门。", "Which agencies are dispatched is required.",
                           "agencies")
DISPATCHED_STRANGER = _lacks("DISPATCHED_STRANGER", "被调度的应当是方案现在的牵头部门或者配合、参与部门，不是下达调度的机关，每个部门只写一次。",
                             "Those dispatched are the plan's present lead or participants, not who gives the order, "
                             "each once.", "agencies")
ORDERED_OFFICER = _lacks("ORDERED_OFFICER", "指定的执法人员应当写明姓名、执法证号和电话。",
                         "An officer who is named has a name, a licence and a phone.", "agencies")
TOO_FEW_ORDERED = _lacks("TOO_FEW_ORDERED", "每个被调度的部门应当写明到场的执法人员及其执法证号、电话，不得少于{officers}名；确认时可以更换。",
                         "Of each agency at least {officers} officers, with licence and phone, are named; the "
                         "confirmation may name others.", "agencies", "行政处罚法 42")
ORDERED_TWICE = _lacks("ORDERED_TWICE", "同一执法人员（以执法证号为准）在同一部门的名单中只写一次。",
                       "An officer, told by the licence, is named once for an agency.", "agencies")
UNKNOWN_DISPATCH = _lacks("UNKNOWN_DISPATCH", "没有这次调度，或者不需要本部门确认。",
                          "That dispatch does not await your agency's confirmation.", "dispatch")
TOO_FEW_COME = _lacks("TOO_FEW_COME", "应当写明到场的执法人员及其执法证号、电话，不得少于{officers}名。",
                      "At least {officers} officers who come, with licence and phone, are required.", "officers",
                      "行政处罚法 42")
NO_INABILITY = _lacks("NO_INABILITY", "不能到场的，应当说明原因。", "Why the agency cannot come is required.", "reason")

# tasks
NOTHING_REPORTED = _lacks("NOTHING_REPORTED", "应当写明报告哪些任务的落实情况。", "Which tasks are reported on is required.",
                          "tasks")
NOT_OWN_TASK = _lacks("NOT_OWN_TASK", "第{task}项任务不是本部门未完成的任务。",
                      "Task {task} is no open task of your agency.", "tasks")
TASK_TOLD_TWICE = _lacks("TASK_TOLD_TWICE", "同一任务在一次报告中只写一次。", "A task is reported once in a report.", "tasks")
NO_PROGRESS = _lacks("NO_PROGRESS", "应当写明任务落实情况。", "How the task stands is required.", "tasks")
UNKNOWN_MATERIAL = _lacks("UNKNOWN_MATERIAL", "所附材料不在本方案材料之中。", "The plan has no such material.", "materials",
                          "internal")

# decisions and findings
UNKNOWN_DECISION = _lacks("UNKNOWN_DECISION", "应当写明处理决定的种类。", "The kind of decision is required.", "kind")
NO_DECISION_NUMBER = _lacks("NO_DECISION_NUMBER", "应当写明处理决定的文号。", "The decision's number is required.", "number")
DECIDED_BEFORE = _lacks("DECIDED_BEFORE", "本部门该文号的处理决定已经记录。",
                        "Your agency's decision of that number is recorded already.", "number")
UNKNOWN_CAUSE = _lacks("UNKNOWN_CAUSE", "应当写明案由。", "The cause is needed.", "cause")
NO_RESPONDENT = _lacks("NO_RESPONDENT", "应当写明当事人的类别和姓名或者名称。", "The respondent's kind and name are required.",
                       "respondent")
FINE_SHAPE = _lacks("FINE_SHAPE", "只有行政处罚决定有罚款，金额不得为负。",
                    "Only a penalty has a fine, and it is not negative.", "fine")
NO_FACTS = _lacks("NO_FACTS", "应当写明发现的情况。", "What was found is required.", "facts")
UNKNOWN_REMIT = _lacks("UNKNOWN_REMIT", "应当写明线索属于本部门、其他部门还是尚不明确。",
                       "Whose the matter is must be said: own, another's, or unclear.", "remit")
NO_OWN_CASE = _lacks("NO_OWN_CASE", "属于本部门查处的，应当另行立案并写明立案文号。",
                     "What is in your own remit is a case of its own: its number is required.", "own_case")
UNKNOWN_REMIT_AGENCY = _lacks("UNKNOWN_REMIT_AGENCY", "应当写明属于哪个部门：名录中的行政执法机关，且不是本部门。",
                              "Whose it is: an enforcement agency of the register, not your own.", "agency")
NOT_UNCLEAR = _lacks("NOT_UNCLEAR", "本部门没有这一条尚待查明的线索。",
                     "Your agency has no such finding that is still to be settled.", "finding", "internal")
NOT_SETTLED = _lacks("NOT_SETTLED", "属于本部门查处的，应当写明立案文号；不需要查处的，应当写明理由；只能写明其中一项。",
                     "Either the number of the own case or the reason why nothing is pursued, not both.", "reason",
                     "internal")

# the end
NO_START_SAID = _lacks("NO_START_SAID", "应当写明启动情况。", "How it begins is required.", "says")
NO_END_SAID = _lacks("NO_END_SAID", "应当写明结束情况。", "How it ended is required.", "says")
END_DAY = _lacks("END_DAY", "推定结束的，应当写明实际结束日期，不得早于启动，也不得晚于推定之日。",
                 "Of an end that was presumed the true day is required: from the start to the day presumed.",
                 "ended_on", "internal")
OTHER_END_DAY = _lacks("OTHER_END_DAY", "结束日期就是该行为的发生日期。", "The day of the end is the act's own true date.",
                       "ended_on", "internal")

# amendment
NOTHING_CHANGED = _lacks("NOTHING_CHANGED", "变更后的方案与现行方案相同。",
                         "The amended plan is the same as the present one.", "content", "internal")
NOT_MINOR = _lacks("NOT_MINOR", "变更涉及{items}，应当按原路径报市政府批准。",
                   "It changes {items}, which the government approves.", "minor", "internal")
LIMIT_OVER = _lacks("LIMIT_OVER", "执法时限已经届满，不能再变更时限。", "The time limit has run out and can no longer be changed.",
                    "content.time_limit", "internal")
TASK_LIMIT_OVER = _lacks("TASK_LIMIT_OVER", "第{task}项任务的完成期限已经届满，其日期的变更应当按原路径报市政府批准。",
                         "The last day of task {task} is over: the government approves a change of its dates.",
                         "content.tasks", "internal")
DONE_TASK_CHANGED = _lacks("DONE_TASK_CHANGED", "第{task}项任务已经完成，不能变更。",
                           "Task {task} is finished and can no longer be changed.", "content.tasks", "internal")
NO_HANDOVER = _lacks("NO_HANDOVER", "更换牵头部门的，应当附交接清单，逐项写明名称、种类和份数。",
                     "Where the lead is replaced, what is handed over is listed: title, kind, copies.", "handover",
                     "internal")
NOTHING_TO_HAND_OVER = _lacks("NOTHING_TO_HAND_OVER", "牵头部门未更换，没有交接。", "The lead stays: nothing is handed over.",
                              "handover", "internal")
NO_AMENDMENT_OPINION = _lacks("NO_AMENDMENT_OPINION", "应当写明对变更方案的审查意见。",
                              "The opinion on the amendment is required.", "opinion", "internal")
NO_REJECTION_REASONS = _lacks("NO_REJECTION_REASONS", "应当写明不批准变更的理由。",
                              "Why the amendment is not approved is required.", "reasons", "internal")

DATES_DISAGREE = _lacks("DATES_DISAGREE", "更正后的日期与方案其他日期矛盾。", "The right date disagrees with other dates of the plan.",
                        "new", "internal")

# said to the officer, refusing nothing
TWO_FINES = Refusal("TWO_FINES", "本方案另有处理决定对同一当事人的同一违法行为罚款，不得给予两次以上罚款。",
                    "Another decision of this plan fines the same respondent for the same act: no second fine.",
                    "行政处罚法 29", status=200)
ONE_ACT_PERHAPS = Refusal(
    "ONE_ACT_PERHAPS",
    "本方案另有机关以其他案由对同一当事人罚款；属于同一个违法行为违反多个法律规范的，按照罚款数额高的规定处罚。",
    "Another agency of this plan fines the same respondent under another cause: if it is one act that violates several "
    "norms, the higher fine alone is imposed.", "行政处罚法 29", status=200)

SHARE_AS_TIP = Refusal(
    "SHARE_AS_TIP", "尚不明确属于哪个部门的线索，可以作为案源推送（信息共享，来源填写本线索），由有管辖权的机关认领。",
    "What is unclear may be shared as a tip, with this finding as its origin: whoever is competent claims it.", "28",
    status=200)

TASKS_OPEN = Refusal("TASKS_OPEN", "尚有任务没有报告完成：{tasks}。", "Tasks are not reported as finished: {tasks}.", "internal",
                     status=200)

WARNINGS = (TWO_FINES, SHARE_AS_TIP, TASKS_OPEN, NUMBER_FORM, NUMBER_YEAR, LONG_AGO)
# of one chapter alone: in a joint action one act may violate several norms (14); a reassignment makes a version
SEVERAL_NORMS, OVERTAKEN = (ONE_ACT_PERHAPS,), (AMENDMENT_OVERTAKEN,)
RUNNING_REFUSALS = (
    RIGHT_DENIED, RIGHT_LATER, RIGHT_OPEN,
    NOT_DISPATCHED, NO_TASK_LEFT, LIMIT_RAN_OUT, ALREADY_ENDED, LIMIT_NOT_PAST, EXTENSION_OPEN, NOT_HANDED_ON,
    HANDED_ON_BEFORE, NO_UNCLEAR_LEFT, NOT_UNCLEAR, NOT_SETTLED, AMENDMENT_OPEN, NO_AMENDMENT,
    AMENDMENT_REVIEWED, AMENDMENT_NOT_REVIEWED, AMENDMENT_PRESENTED,
    AMENDMENT_NOT_PRESENTED,
    NO_ORDER, NO_MEETING, MEETING_PAST, NOBODY_DISPATCHED, DISPATCHED_STRANGER, ORDERED_OFFICER,
    TOO_FEW_ORDERED, ORDERED_TWICE,
    UNKNOWN_DISPATCH,
    TOO_FEW_COME, NO_INABILITY,
    NOTHING_REPORTED, NOT_OWN_TASK, TASK_TOLD_TWICE, NO_PROGRESS, UNKNOWN_MATERIAL,
    UNKNOWN_DECISION, NO_DECISION_NUMBER, DECIDED_BEFORE, UNKNOWN_CAUSE, NO_RESPONDENT, FINE_SHAPE, NO_FACTS,
    UNKNOWN_REMIT, NO_OWN_CASE, UNKNOWN_REMIT_AGENCY,
    NO_START_SAID, NO_END_SAID, END_DAY, OTHER_END_DAY,
    NOTHING_CHANGED, NOT_MINOR, LIMIT_OVER, TASK_LIMIT_OVER, DONE_TASK_CHANGED, NO_HANDOVER, NOTHING_TO_HAND_OVER,
    NO_AMENDMENT_OPINION, NO_REJECTION_REASONS, DATES_DISAGREE,
)
