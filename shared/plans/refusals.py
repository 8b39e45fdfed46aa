"""What drafting and approving a plan refuses, in the words the officer reads. Pure. 409 history, 422 content.

A refusal without an article takes that of its item of the plan, or of the act: the two chapters name others.
"""

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


def _lacks(code: str, zh: str, en: str, where: str, article: str = "") -> Refusal:
    return Refusal(code, zh, en, article, where=where)


# history
NOT_CONSULTED = _history("NOT_CONSULTED", "牵头部门没有征求本部门的意见。", "The lead has not asked your agency.")
ALREADY_ANSWERED = _history("ALREADY_ANSWERED", "本部门已经答复意见。", "Your agency has answered.")
ALREADY_CONTINUED = _history("ALREADY_CONTINUED", "已经写明如何继续履行职责。",
                             "How the duties go on has been recorded.", "5")

# drafting
LEAD_IS_OTHER = _lacks("LEAD_IS_OTHER", "拟订方案的机关应当是方案的牵头部门。", "The agency that drafts the plan leads it.",
                       "content.lead")
NOBODY_CONSULTED = _lacks("NOBODY_CONSULTED", "应当写明征求哪些部门的意见，每个部门只写一次。",
                          "Which agencies are asked is required, each once.", "agencies", "internal")
CONSULTED_STRANGER = _lacks("CONSULTED_STRANGER", "征求意见的部门应当是方案所列的配合、参与部门，且是名录中的行政执法机关。",
                            "The agencies asked are participants of the plan and enforcement agencies of the register.",
                            "agencies", "internal")
ANSWER_DAY_PAST = _lacks("ANSWER_DAY_PAST", "答复期限应当晚于征求意见之日。", "The answer is due after the day it is asked.",
                         "due_on", "internal")
UNKNOWN_ANSWER = _lacks("UNKNOWN_ANSWER", "应当答复同意、建议修改或者不同意。", "The answer is to agree, amend or object.",
                        "answer", "internal")
ANSWER_EMPTY = _lacks("ANSWER_EMPTY", "建议修改或者不同意的，应当写明意见。", "What to amend, or why not, is required.", "says",
                      "internal")
NO_REASON = _lacks("NO_REASON", "应当说明理由。", "A reason is required.", "reason", "internal")

# the plan's items
NO_TITLE = _lacks("NO_TITLE", "应当写明方案名称。", "The plan's title is required.", "content.title", "internal")
RESPONDENT_UNNAMED = _lacks("RESPONDENT_UNNAMED", "当事人应当写明类别和姓名或者名称。", "A respondent has a kind and a name.",
                            "content.respondents", "internal")
NO_SITUATION = _lacks("NO_SITUATION", "应当写明违法事项的基本情况。", "The violation is to be described.",
                      "content.situation")
NO_NECESSITY = _lacks("NO_NECESSITY", "应当写明为什么需要这次行动：协同的理由，或者联合的必要性。", "Why the action is needed is required.",
                      "content.necessity")
NO_TASKS = _lacks("NO_TASKS", "应当写明工作任务及其分工。", "The tasks, and whose they are, are required.", "content.tasks")
TASK_NUMBER_TWICE = _lacks("TASK_NUMBER_TWICE", "任务序号应当从一起编，不得重复。", "Tasks are numbered from 1, each once.",
                           "content.tasks")
TASK_EMPTY = _lacks("TASK_EMPTY", "任务应当写明名称和内容。", "A task has a title and says what is to be done.",
                    "content.tasks")
TASK_OF_STRANGER = _lacks("TASK_OF_STRANGER", "承担任务的应当是方案的牵头部门或者配合、参与部门。",
                          "A task belongs to the lead or a participant.", "content.tasks")
TASK_BACKWARDS = _lacks("TASK_BACKWARDS", "任务的完成日期不得早于开始日期。", "A task cannot end before it begins.",
                        "content.tasks")
TASK_PAST_LIMIT = _lacks("TASK_PAST_LIMIT", "任务的完成日期不得晚于执法时限。", "A task cannot end after the plan's time limit.",
                         "content.tasks")
UNKNOWN_LEAD = _lacks("UNKNOWN_LEAD", "牵头部门当日不在执法机关名录中，或者不是行政执法机关。",
                      "On that day the register has no such enforcement agency to lead.", "content.lead", "3")
NO_PARTICIPANTS = _lacks("NO_PARTICIPANTS", "应当写明配合、参与部门。", "The participants are required.",
                         "content.participants")
PARTICIPANT_TWICE = _lacks("PARTICIPANT_TWICE", "同一配合、参与部门不得重复列入。", "A participant is named once.",
                           "content.participants")
PARTICIPANT_LEADS = _lacks("PARTICIPANT_LEADS", "牵头部门不得同时列为配合、参与部门。", "The lead cannot be a participant as well.",
                           "content.participants")
UNKNOWN_PARTICIPANT = _lacks("UNKNOWN_PARTICIPANT", "所列部门当日不在执法机关名录中，或者不是行政执法机关。",
                             "On that day the register has no such enforcement agency.", "content.participants", "3")
NO_DUTIES = _lacks("NO_DUTIES", "应当写明该部门的工作职责和分工。", "The agency's duties and share are required.",
                   "content.participants")
NO_TIME_LIMIT = _lacks("NO_TIME_LIMIT", "应当写明执法时限。", "The time limit is required.", "content.time_limit")
TIME_LIMIT_PAST = _lacks("TIME_LIMIT_PAST", "执法时限不得早于报送或者提出变更之日。",
                         "The time limit cannot lie in the past.", "content.time_limit")
NO_FUNDS = _lacks("NO_FUNDS", "应当写明执法经费；由各部门自行承担的，也应当写明。",
                  "The funds are required, if only that each agency bears its own.", "content.funds")
FUND_SHAPE = _lacks("FUND_SHAPE", "每项经费应当写明用途、金额和来源，金额不得为负。",
                    "Each fund has a purpose, an amount that is not negative, and a source.", "content.funds")
NO_SAFEGUARDS = _lacks("NO_SAFEGUARDS", "应当写明保障措施。", "The safeguards are required.", "content.safeguards")
NO_CONTINGENCY = _lacks("NO_CONTINGENCY", "应当有应急预案。", "The contingency plan is required.", "content.contingency")
CONTINGENCY_EMPTY = _lacks("CONTINGENCY_EMPTY", "应急预案应当写明可能发生的情况和处置措施。",
                           "The contingency plan says what may happen and what is done then.", "content.contingency")
NOBODY_DECIDES = _lacks("NOBODY_DECIDES", "应急预案应当写明由谁决定及其联系电话。",
                        "The contingency plan names who decides, and the phone.", "content.contingency.decides")

# review and approval
NO_OPINION = _lacks("NO_OPINION", "应当写明审核意见。", "The written opinion is required.", "opinion")
NO_RETURN_REASONS = _lacks("NO_RETURN_REASONS", "退回修改的，应当写明理由。", "Why it is returned is required.", "opinion")
NOBODY_PRESENTED_TO = _lacks("NOBODY_PRESENTED_TO", "应当写明呈请、提报的会议或者领导。",
                             "The meeting or leader it is presented to is required.", "to")
UNKNOWN_PAPER = _lacks("UNKNOWN_PAPER", "应当写明市政府的决定见于批示、会议纪要还是批复。",
                       "The decision stands on an instruction, minutes or a reply.", "paper.kind", "internal")
OTHER_PAPER = _lacks("OTHER_PAPER", "该方案应当由市政府有关会议或者市政府主要领导批准，以会议纪要或者批示为凭。",
                     "This plan is decided by a meeting or the head of the government, on minutes or an instruction.",
                     "paper.kind")
NO_PAPER_NUMBER = _lacks("NO_PAPER_NUMBER", "应当写明批示、会议纪要或者批复的文号。", "The paper's number is required.",
                         "paper.number", "internal")
PAPER_USED = _lacks("PAPER_USED", "「{number}」已是本方案另一项决定的文件：每项决定有其自己的文件。",
                    "{number} is the paper of another decision on this plan: each has its own.", "paper.number",
                    "internal")
NOBODY_DECIDED = _lacks("NOBODY_DECIDED", "应当写明作出决定的会议（名称和届次）或者领导。",
                        "The meeting, by name and number, or the leader who decided is required.", "paper.decided_by")
NO_PAPER_SCAN = _lacks("NO_PAPER_SCAN", "应当附批示、会议纪要或者批复的扫描件：由办理人本人先作为“批示、纪要、批复”类材料上传，且不是另一项决定的文件。",
                       "The scan is required: a material of the kind approval with its file, uploaded by yourself, and "
                       "the paper of no other decision.",
                       "paper.scan", "internal")
CONDITION_EMPTY = _lacks("CONDITION_EMPTY", "原则同意的，应当逐条写明所附条件。", "Each condition is to be written out.",
                         "conditions", "internal")
NO_DECISION_REASONS = _lacks("NO_DECISION_REASONS", "应当写明市政府退回修改或者不予批准的理由。",
                             "Why the government returned or rejected it is required.", "reasons")

# article 5
MEASURE_EMPTY = _lacks("MEASURE_EMPTY", "应当写明采取了什么必要措施。", "Which measure was taken is required.", "what")
NO_MEASURE_PLACE = _lacks("NO_MEASURE_PLACE", "应当写明采取措施的地点。", "Where it was done is required.", "where")
MEASURE_LATER = _lacks("MEASURE_LATER", "采取措施的日期不得晚于录入的行为日期。", "The measure cannot lie after the day of its record.",
                       "taken_on")
MEASURE_EARLIER = _lacks("MEASURE_EARLIER", "采取措施的日期不得早于开始拟订方案之前{days}日：以前的措施不是本方案批复前的措施。",
                         "The measure lies more than {days} days before the plan was opened: it is none of its own.",
                         "taken_on")
TOO_FEW_OFFICERS = _lacks("TOO_FEW_OFFICERS", "应当写明执法人员及其执法证号、电话，不得少于{officers}名。",
                          "At least {officers} officers with licence and phone are required.", "officers", "internal")
NO_EFFECT = _lacks("NO_EFFECT", "应当写明措施的效果。", "The measure's effect is required.", "effect")
NO_CONTINUATION = _lacks("NO_CONTINUATION", "应当写明如何继续履行职责。", "How the duties go on is required.", "how", "5")
UNKNOWN_RELATED = _lacks("UNKNOWN_RELATED", "增列的部门当日不在执法机关名录中，或者不是行政执法机关。",
                         "On that day the register has no such enforcement agency.", "agency", "3")
ALREADY_IN_PLAN = _lacks("ALREADY_IN_PLAN", "该部门已在本方案之中。", "The agency is in the plan.", "agency", "5")

# said to the officer, refusing nothing
CONSULTED_SILENT = Refusal("CONSULTED_SILENT", "尚有被征求意见的部门没有答复。", "Agencies that were consulted have not answered.",
                           "internal", status=200)
LIMIT_HAS_PASSED = Refusal("LIMIT_HAS_PASSED", "方案的执法时限在批准之日前已经届满，应当变更方案。",
                           "The plan's time limit had run out before its approval: the plan is to be amended.",
                           "internal", status=200)

WARNINGS = (CONSULTED_SILENT, LIMIT_HAS_PASSED, BASIS_ENDED)
# needed or possible only where the chapter says so: the items that 18 asks for besides, and 17's papers
TEN_ITEMS = (NO_DUTIES, NO_FUNDS, NO_SAFEGUARDS, NO_CONTINGENCY)
MEETING_OR_HEAD = (OTHER_PAPER,)
PLAN_REFUSALS = (
    NO_LEADER, NO_OFFICER, BEFORE_FIRST_DAY, NO_BASIS, NOT_ENFORCEMENT, BAD_OWN_NUMBER,
    NOT_CONSULTED, ALREADY_ANSWERED, ALREADY_CONTINUED,
    LEAD_IS_OTHER, NOBODY_CONSULTED, CONSULTED_STRANGER, ANSWER_DAY_PAST, UNKNOWN_ANSWER, ANSWER_EMPTY, NO_REASON,
    NO_TITLE, RESPONDENT_UNNAMED, NO_SITUATION, NO_NECESSITY, NO_TASKS, TASK_NUMBER_TWICE, TASK_EMPTY,
    TASK_OF_STRANGER, TASK_BACKWARDS, TASK_PAST_LIMIT, UNKNOWN_LEAD, NO_PARTICIPANTS, PARTICIPANT_TWICE,
    PARTICIPANT_LEADS, UNKNOWN_PARTICIPANT, NO_TIME_LIMIT, TIME_LIMIT_PAST, FUND_SHAPE, CONTINGENCY_EMPTY,
    NOBODY_DECIDES,
    NO_OPINION, NO_RETURN_REASONS, NOBODY_PRESENTED_TO, UNKNOWN_PAPER, NO_PAPER_NUMBER, PAPER_USED, NOBODY_DECIDED,
    NO_PAPER_SCAN, CONDITION_EMPTY, NO_DECISION_REASONS,
    MEASURE_EMPTY, NO_MEASURE_PLACE, MEASURE_LATER, MEASURE_EARLIER, TOO_FEW_OFFICERS, NO_EFFECT, NO_CONTINUATION,
    UNKNOWN_RELATED, ALREADY_IN_PLAN,
)
