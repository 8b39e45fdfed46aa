"""Request bodies of chapter 4's acts with plausible content, for the demo and the sample city.

Every function gives the JSON of one act; keyword arguments of `body` replace or add fields. Here are the acts of the
way from notice to filing; those of the turns a case may take are in bodies_turns.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from liandong import bodies_turns
from liandong.story import Seat, Story

__all__ = ["BODIES", "BY_CHIEF", "BY_LEADER", "BY_RECEIVER", "Seat", "Story", "body"]


def announce(story: Story, today: date) -> dict[str, Any]:
    return {
        "matter": {
            "cause": story.cause,
            "accepted_on": story.accepted_on.isoformat(),
            "respondent": dict(story.respondent),
            "facts": story.facts,
            "provisions": story.provisions,
            "basis": story.basis,
            "ground": "penalty_moved" if story.document else "not_competent",
            **({"document": story.document} if story.document else {}),
            "powers_separated": story.separated,
        },
        "notice": {
            "receiver": story.receiver.agency,
            "way": "phone",
            "told_to": f"{story.receiver.officer}（案件受理窗口）",
        },
        "officer": story.sender.card,
    }


def record_measure(story: Story, today: date) -> dict[str, Any]:
    return {
        "kind": "order_stop",
        "taken_on": today.isoformat(),
        "says": "现场责令立即停止违法行为，并全程录像",
        "officers": [story.sender.card, story.sender.second],
    }


def add_material(story: Story, today: date) -> dict[str, Any]:
    return {
        "name": "现场检查记录",
        "kind": "site_record",
        "copies": 1,
        "pages": 3,
        "original": True,
        "carrier": "paper",
    }


def issue_letter(story: Story, today: date) -> dict[str, Any]:
    return {
        "addressee": story.receiver.agency,
        "case_name": story.title,
        "reason": "不属于本机关管辖" if not story.document else "处罚权已划转",
        "basis": story.basis,
        "materials": [1],
        "officer": story.sender.card,
        "leader": story.sender.leader,
        **({"basic_facts": story.facts} if story.separated or story.document else {}),
    }


def deliver(story: Story, today: date) -> dict[str, Any]:
    return {"way": "platform", "delivered_by": story.sender.officer}


def sign_receipt(story: Story, today: date) -> dict[str, Any]:
    return {
        "letter_number": story.letter_number,
        "sender": story.sender.agency,
        "delivered_by": story.sender.officer,
        "delivered_on": (story.delivered_on or today).isoformat(),
        "sealed": True,
        "remarks": "",
    }


def request_supplement(story: Story, today: date) -> dict[str, Any]:
    due = date.fromordinal(today.toordinal() + 10)
    return {
        "items": [{"says": says, "due_on": due.isoformat()} for says in story.lacking],
        "officer": story.receiver.card,
        "leader": story.receiver.leader,
    }


def supplement(story: Story, today: date) -> dict[str, Any]:
    return {
        "answers": [{"item": number, "says": "已补充，见附件"} for number, _ in enumerate(story.lacking, 1)],
        "officer": story.sender.card,
        "leader": story.sender.leader,
    }


def accept(story: Story, today: date) -> dict[str, Any]:
    return {
        "feedback": "经审查，符合受理条件，决定受理。",
        "officer": story.receiver.card,
        "leader": story.receiver.leader,
    }


def refuse(story: Story, today: date) -> dict[str, Any]:
    return {
        "ground": "not_competent",
        "reasons": "经审查，该事项不属于本机关管辖范围。",
        "returned": [1],
        "legal_ground": "《中华人民共和国行政处罚法》第二十二条",
        "officer": story.receiver.card,
        "leader": story.receiver.leader,
    }


def sign_return(story: Story, today: date) -> dict[str, Any]:
    return {"signed_by": story.sender.officer, "lacks": []}


def reroute(story: Story, today: date) -> dict[str, Any]:
    return {
        "notice": {
            "receiver": story.receiver.agency,
            "way": "phone",
            "told_to": f"{story.receiver.officer}（案件受理窗口）",
        },
        "reason": "按照权责清单，该事项由新的接收机关管辖。",
        "officer": story.sender.card,
    }


def file_case(story: Story, today: date) -> dict[str, Any]:
    story.filed_number = story.filed_number or f"立案〔{today.year}〕{today.month}{today.day:02d}号"
    return {"number": story.filed_number}


def decline_case(story: Story, today: date) -> dict[str, Any]:
    return {
        "reasons": "违法行为轻微并及时改正，没有造成危害后果，决定不予立案。",
        "officer": story.receiver.card,
        "leader": story.receiver.leader,
    }


def record_decision(story: Story, today: date) -> dict[str, Any]:
    story.decision = (f"罚决字〔{today.year}〕{today.month}{today.day:02d}号", today)
    return {"number": story.decision[0]}


def serve_decision(story: Story, today: date) -> dict[str, Any]:
    return {"way": "direct", "served_to": "当事人本人签收"}


def close(story: Story, today: date) -> dict[str, Any]:
    number, on = story.decision or (f"罚决字〔{today.year}〕1号", today)
    done = {"done": True, "on": on.isoformat()}
    return {
        "outcome": "executed",
        "decision_number": number,
        "decision_on": on.isoformat(),
        "rights": {
            "told": done,
            "heard": done,
            "hearing": {"done": False, "reason": "未达到听证标准"},
            "remedies": done,
        },
    }


def report_closure(story: Story, today: date) -> dict[str, Any]:
    return {
        "summary": "处罚决定已经履行完毕，违法行为已经改正。",
        "materials": [story.material],
        "officer": story.receiver.card,
        "leader": story.receiver.leader,
    }


def withdraw(story: Story, today: date) -> dict[str, Any]:
    return {
        "reason": "当事人已经自行改正，本机关依法可以自行处理。",
        "officer": story.sender.card,
        "leader": story.sender.leader,
    }


BODIES: Mapping[str, Callable[[Story, date], dict[str, Any]]] = {
    "announce": announce,
    "record-measure": record_measure,
    "add-material": add_material,
    "issue-letter": issue_letter,
    "deliver": deliver,
    "sign-receipt": sign_receipt,
    "request-supplement": request_supplement,
    "supplement": supplement,
    "accept": accept,
    "refuse": refuse,
    "sign-return": sign_return,
    "reroute": reroute,
    "file-case": file_case,
    "decline-case": decline_case,
    "record-decision": record_decision,
    "serve-decision": serve_decision,
    "close": close,
    "report-closure": report_closure,
    "withdraw": withdraw,
    **bodies_turns.BODIES,
}
BY_RECEIVER = frozenset(
    {
        "sign-receipt",
        "request-supplement",
        "accept",
        "refuse",
        "file-case",
        "decline-case",
        "record-decision",
        "serve-decision",
        "close",
        "report-closure",
        *bodies_turns.BY_RECEIVER,
    }
)
BY_LEADER = frozenset(
    {
        "issue-letter",
        "accept",
        "refuse",
        "file-case",
        "decline-case",
        "record-decision",
        "withdraw",
        *bodies_turns.BY_LEADER,
    }
)
BY_CHIEF = bodies_turns.BY_CHIEF


def body(act: str, story: Story, today: date, **instead: Any) -> dict[str, Any]:
    """The JSON of an act. KeyError for an act that has none here."""
    return {**BODIES[act](story, today), **instead}
