"""Request bodies of the acts by which a case of chapter 4 leaves the straight way: calls at the scene, ends without
transfer, disputes, the police, progress, reopening. The actor of an act that either side may do is `story.actor`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from liandong.story import Seat, Story

POLICE = "gongan"


def phone(story: Story, today: date) -> dict[str, Any]:
    return {
        "called": story.receiver.agency,
        "called_person": f"{story.receiver.officer}（值班）",
        "ordered": "现场责令立即停止违法行为并改正",
        "evidence": "已拍照、录像，制作现场检查记录",
        "refusal": "当事人拒不改正，继续实施违法行为",
        "officer": story.sender.card,
        "cause": story.cause,
        "respondent": dict(story.respondent),
        "facts": story.facts,
    }


def respond(story: Story, today: date) -> dict[str, Any]:
    return {"came": "came", "says": "执法人员到场，制止了违法行为，与移送机关当面交接现场证据"}


def _signed(seat: Seat) -> dict[str, Any]:
    return {"officer": seat.card, "leader": seat.leader}


def keep(story: Story, today: date) -> dict[str, Any]:
    return {
        "reason": "经核对权责清单，该违法行为由本机关管辖。",
        "instead": "由本机关立案调查。",
        **_signed(story.sender),
    }


def end(story: Story, today: date) -> dict[str, Any]:
    return {
        "reason": "当事人已当场改正，没有造成危害后果。",
        "instead": "由本机关列入日常巡查，回头检查一次。",
        **_signed(story.sender),
    }


def cannot_supplement(story: Story, today: date) -> dict[str, Any]:
    return {"reasons": "现场已经恢复原状，所要求的材料无法再取得。", **_signed(story.sender)}


def consent_withdrawal(story: Story, today: date) -> dict[str, Any]:
    return {"officer": story.receiver.card, "says": "同意撤回，材料退回移送机关。"}


def dispute(story: Story, today: date) -> dict[str, Any]:
    return {
        "own_view": "按照权责清单和三定方案，该事项不属于本机关管辖。",
        "attempts": [{"on": today.isoformat(), "says": "双方分管负责人当面协商，未达成一致"}],
        **_signed(story.actor),
    }


def reception_refused(story: Story, today: date) -> dict[str, Any]:
    """What a dispute says besides, where the receiver would not even take the letter."""
    return {
        "refused_by": f"{story.receiver.name}案件受理窗口",
        "refused_on": today.isoformat(),
        "refused_why": "认为不属于本机关职责，不予签收",
    }


def state_view(story: Story, today: date) -> dict[str, Any]:
    return {"view": "权责清单没有列明该事项，处罚依据在对方主管的法规。", "officer": story.actor.card}


def rule(story: Story, today: date) -> dict[str, Any]:
    return {
        "outcome": "receiver",
        "reasons": "按照权责清单和处罚权划转文件，由接收案件机关办理。",
        **_signed(story.actor),
    }


def unaccept(story: Story, today: date) -> dict[str, Any]:
    return {
        "new_facts": "调查查明违法行为发生在另一机关管理的区域。",
        "own_view": "本机关对该区域没有管辖权，应当由移送机关或者第三机关办理。",
        **_signed(story.receiver),
    }


def refer_criminal(story: Story, today: date) -> dict[str, Any]:
    seat = story.actor
    return {
        "police": POLICE,
        "offence": "污染环境罪",
        "reasons": "查明的数额达到刑事立案追诉标准，涉嫌犯罪。",
        "team": [seat.card, seat.second],
        "materials": [1],
        "leader": seat.chief or seat.leader,
    }


def deliver_criminal(story: Story, today: date) -> dict[str, Any]:
    return {"signed_by": "荣成市公安局案管中心（签收）"}


def return_criminal(story: Story, today: date) -> dict[str, Any]:
    return {
        "number": f"荣公不立字〔{today.year}〕第{today.month}{today.day:02d}号",
        "reasons": "犯罪事实显著轻微，不予立案",
    }


def close_criminal(story: Story, today: date) -> dict[str, Any]:
    return {"number": f"荣公立字〔{today.year}〕第{today.month}{today.day:02d}号"}


def hand_over_criminal(story: Story, today: date) -> dict[str, Any]:
    return {"says": "涉案物品及清单、检验报告原件", "taken_by": "荣成市公安局办案民警（签收）"}


def ask_progress(story: Story, today: date) -> dict[str, Any]:
    return {"says": "请告知案件办理进展。"}


def progress(story: Story, today: date) -> dict[str, Any]:
    return {"says": "已完成询问和现场勘验，正在审核处理意见。"}


def reopen(story: Story, today: date) -> dict[str, Any]:
    return {
        "ground": "review",
        "reasons": "复议决定撤销原处罚决定，责令重新作出。",
        "document": f"荣政复决字〔{today.year}〕第12号",
        **_signed(story.receiver),
    }


def correct(story: Story, today: date) -> dict[str, Any]:
    """Who corrects; which entry and field, what stood there and what is right, the caller says."""
    return _signed(story.actor)


BODIES: Mapping[str, Callable[[Story, date], dict[str, Any]]] = {
    "phone": phone,
    "respond": respond,
    "keep": keep,
    "end": end,
    "cannot-supplement": cannot_supplement,
    "consent-withdrawal": consent_withdrawal,
    "dispute": dispute,
    "state-view": state_view,
    "rule": rule,
    "unaccept": unaccept,
    "refer-criminal": refer_criminal,
    "deliver-criminal": deliver_criminal,
    "return-criminal": return_criminal,
    "close-criminal": close_criminal,
    "hand-over-criminal": hand_over_criminal,
    "ask-progress": ask_progress,
    "progress": progress,
    "reopen": reopen,
    "correct": correct,
}
BY_RECEIVER = frozenset({"respond", "consent-withdrawal", "unaccept", "progress", "reopen"})
BY_LEADER = frozenset({"keep", "end", "rule", "unaccept", "reopen"})
BY_CHIEF = frozenset({"refer-criminal", "return-criminal", "close-criminal"})
