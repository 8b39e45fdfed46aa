"""Request bodies of the acts on plans of chapters 2 and 3 with plausible content, for the demo and the sample city.

Every function gives the JSON of one act; keyword arguments of `plan_body` replace or add fields. The lead acts, unless
the story says who else does.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from liandong.story import PlanStory, Seat
from shared.kernel.clock import CITY_ZONE

Body = dict[str, Any]
NOT_APPLICABLE = {"done": False, "reason": "不适用"}


def _signed(seat: Seat) -> Body:
    return {"officer": seat.card, "leader": seat.leader}


def _reasoned(reason: str) -> Callable[[PlanStory, date], Body]:
    return lambda story, today: {"reason": reason, **_signed(story.actor)}


def draft(story: PlanStory, today: date) -> Body:
    because = {"lead_because": story.lead_because} if story.lead_because else {}
    causes = {"causes": story.causes} if story.service == "collab" else {}
    return {"content": story.content, "grounds": story.grounds, **causes, **because, "officer": story.actor.card}


def assign(story: PlanStory, today: date) -> Body:
    return {
        "title": story.content["title"],
        "ordered_by": "山东省海洋局",
        "lead": story.lead.agency,
        "officer": story.actor.card,
    }


def decide_directly(story: PlanStory, today: date) -> Body:
    return {
        "title": story.content["title"],
        "kind": "minutes",
        "number": f"市政府专题会议纪要〔{today.year}〕{today.month}号",
        "decided_by": f"市政府专题会议（{today.month}月{today.day}日）",
        "lead": story.lead.agency,
        "officer": story.actor.card,
        "scan": story.scan,
    }


def consult(story: PlanStory, today: date) -> Body:
    due = today + timedelta(days=5)
    return {"agencies": story.present, "due_on": due.isoformat(), "officer": story.actor.card}


def answer_consultation(story: PlanStory, today: date) -> Body:
    return {"answer": "agree", "says": "无不同意见，按方案派员参加。", "officer": story.actor.card}


def submit(story: PlanStory, today: date) -> Body:
    return _signed(story.actor)


def review(story: PlanStory, today: date) -> Body:
    says = "情形成立，主体适格，任务分工明确，建议批准。"
    return {"passed": True, "opinion": says, **_signed(story.actor)}


def present(story: PlanStory, today: date) -> Body:
    return {"to": "市政府主要领导", **_signed(story.actor)}


def _paper(story: PlanStory, today: date, act: str) -> Body:
    serial = f"{today.month}{today.day:02d}"
    return {
        "kind": "instruction",
        "number": f"政批〔{today.year}〕第{serial}号",
        "decided_by": "市长（批示）",
        "scan": story.papers[act],
    }


def approve(story: PlanStory, today: date) -> Body:
    return {"paper": _paper(story, today, "approve")}


def return_plan(story: PlanStory, today: date) -> Body:
    return {"paper": _paper(story, today, "return-plan"), "reasons": "请进一步明确各部门分工和完成期限。"}


def reject(story: PlanStory, today: date) -> Body:
    return {"paper": _paper(story, today, "reject"), "reasons": "由法定机关依法独立查处即可，不组织联动执法。"}


def record_measure(story: PlanStory, today: date) -> Body:
    return {
        "what": "现场责令立即停止违法行为，固定证据",
        "where": "违法行为发生地",
        "taken_on": today.isoformat(),
        "officers": [story.actor.card, story.actor.second],
        "effect": "违法行为已停止，当事人签收责令改正通知书",
    }


def record_continuation(story: PlanStory, today: date) -> Body:
    return {"how": "由本机关列入日常巡查，依法独立立案查处，每周复查一次。", **_signed(story.actor)}


def add_related(story: PlanStory, today: date) -> Body:
    return {"reason": "该部门在方案批准前仍有日常监管职责，应当继续履行。"}


def start(story: PlanStory, today: date) -> Body:
    return {"says": "召开部署会，各部门任务和联络人已经落实。", "officer": story.actor.card}


def dispatch(story: PlanStory, today: date) -> Body:
    at = datetime.combine(today + timedelta(days=1), time(8, 30), CITY_ZONE)
    others = [story.lead.agency] if story.service == "joint" else []
    return {
        "order": "按方案分组到场，携带执法记录仪，服从现场指挥。",
        "meeting": {"at": at.isoformat(), "place": "市综合行政执法局门前广场", "commander": story.lead.second},
        "agencies": [{"agency": agency, "officers": [seat.card, seat.second], "says": "携带执法记录仪"}
                     for agency in (*others, *story.present) for seat in (story.seats[agency],)],
        "officer": story.actor.card,
    }


def confirm_dispatch(story: PlanStory, today: date) -> Body:
    return {"dispatch": story.dispatches, "comes": True, "officers": [story.actor.card, story.actor.second]}


def report_task(story: PlanStory, today: date) -> Body:
    own = story.tasks_of(story.actor.agency)
    return {
        "tasks": [{"task": number, "done": True, "says": "已按方案完成，情况见附件。"} for number in own],
        "officer": story.actor.card,
    }


def record_decision(story: PlanStory, today: date) -> Body:
    told = {"done": True, "on": today.isoformat()}
    return {
        "kind": "penalty",
        "number": f"罚决字〔{today.year}〕{today.month}{today.day:02d}号",
        "cause": story.causes[0],
        "respondent": story.content["respondents"][0],
        "fine": 500_000,
        "rights": {
            "told": told,
            "heard": told,
            "hearing": {"done": False, "reason": "未达到听证标准"},
            "remedies": told,
        },
        **_signed(story.actor),
    }


def record_finding(story: PlanStory, today: date) -> Body:
    return {"remit": "other", "officer": story.actor.card}


def decline(story: PlanStory, today: date) -> Body:
    return {
        "ground": "statutory",
        "law": "《中华人民共和国行政处罚法》",
        "law_article": "第二十六条",
        "law_text": "协助事项属于被请求机关职权范围内的，应当依法予以协助。",
        "notice": story.papers["decline"],
        **_signed(story.actor),
    }


def question_decline(story: PlanStory, today: date) -> Body:
    return {
        "participant": story.away[-1],
        "question": "该项任务为何不在你机关职权范围之内？由哪个部门负责？",
        "officer": story.actor.card,
    }


def answer_question(story: PlanStory, today: date) -> Body:
    return {"says": "该片区的此项职责已经划出，不在本机关权责清单之内，本机关无权办理。", "officer": story.actor.card}


def reassign(story: PlanStory, today: date) -> Body:
    gone = story.away[-1]
    return {
        "participant": gone,
        "tasks": [{"task": number, "agency": story.lead.agency} for number in story.tasks_of(gone)],
        "reason": "该部门因法定事由不能协同，其任务由牵头部门承担。",
        **_signed(story.actor),
    }


def amend(story: PlanStory, today: date) -> Body:
    return {"content": story.proposed, "reason": "现场情况变化，需要调整。", "minor": False, **_signed(story.actor)}


def review_amendment(story: PlanStory, today: date) -> Body:
    return {"passed": True, "opinion": "变更必要，未超出原批准的范围。", **_signed(story.actor)}


def decide_amendment(story: PlanStory, today: date) -> Body:
    return {"approved": True, "paper": _paper(story, today, "decide-amendment")}


def end(story: PlanStory, today: date) -> Body:
    return {"says": "方案确定的任务已经完成。", "officer": story.actor.card}


def report(story: PlanStory, today: date) -> Body:
    """13 of a collaborative plan, 20 of a joint one: of that everyone that took part is evaluated."""
    if story.service == "joint":
        return {
            "result": "各部门按方案完成任务，违法行为得到查处，案件分别依法处理。",
            "effect": "违法问题集中整治到位，复查未见反弹，群众投诉明显减少。",
            "evaluations": [
                {"agency": agency, "says": "出动及时，配合密切，任务按期完成。"}
                for agency in (*story.present, *story.former)
            ],
            "materials": [story.papers["report"]],
            **_signed(story.actor),
        }
    return {
        "says": "违法行为已经制止，案件已依法处理，方案任务全部完成。",
        "documents": [story.papers["documents"]],
        "closing_report": [story.papers["report"]],
        **_signed(story.actor),
    }


def remark(story: PlanStory, today: date) -> Body:
    return {"says": "实际出动八人次，评价中记为六人次，请予核实。", "officer": story.actor.card}


BODIES: Mapping[str, Callable[[PlanStory, date], Body]] = {
    "draft": draft,
    "assign": assign,
    "decide-directly": decide_directly,
    "consult": consult,
    "answer-consultation": answer_consultation,
    "submit": submit,
    "withdraw": _reasoned("当事人已经自行改正，不再需要联动执法。"),
    "review": review,
    "present": present,
    "approve": approve,
    "return-plan": return_plan,
    "reject": reject,
    "record-interim-measure": record_measure,
    "record-continuation": record_continuation,
    "add-related": add_related,
    "start": start,
    "dispatch": dispatch,
    "confirm-dispatch": confirm_dispatch,
    "report-task": report_task,
    "record-decision": record_decision,
    "record-finding": record_finding,
    "decline": decline,
    "question-decline": question_decline,
    "answer-question": answer_question,
    "reassign": reassign,
    "amend": amend,
    "review-amendment": review_amendment,
    "present-amendment": present,
    "decide-amendment": decide_amendment,
    "suspend": _reasoned("气象部门发布大风蓝色预警，海上、户外作业暂停。"),
    "resume": _reasoned("预警解除，恢复执法。"),
    "terminate": _reasoned("当事人已经自行拆除，执法对象不复存在。"),
    "propose-end": end,
    "end": end,
    "report": report,
    "remark": remark,
}


def plan_body(act: str, story: PlanStory, today: date, **instead: Any) -> Body:
    """The JSON of an act. KeyError for an act that has none here."""
    return {**BODIES[act](story, today), **instead}
