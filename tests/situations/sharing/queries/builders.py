"""第二十七条 查询: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.sharing.queries.domain.case import Query
from tests.situations.book import Step

Sent = dict[str, Any]
OFFICER = {"name": "张明", "licence": "37108201001", "phone": "0631-7560001"}
OUTWARD: Sent = {"officer": OFFICER, "leader": "李强"}
CASE = "transfer/01955984-0000-7000-8000-000000000001"


def question() -> Sent:
    return {"says": "该公司近三年的行政处罚和许可档案", "category": "dynamics",
            "respondent": {"kind": "organisation", "name": "示例建设有限公司", "number": "91110000600037341L"},
            "since": "2022-01-01", "until": "2024-12-31"}


def ask(_: Query | None, day: date) -> Sent:
    return {"question": question(), "purpose": "case_handling", "purpose_says": "查处占道堆放物料一案，核实有无前科",
            "case": CASE, "officer": OFFICER, "holder": "zhzf", "group": "g-1"}


def ask_urgent(case: Query | None, day: date) -> Sent:
    return {**ask(case, day), "urgent_reason": "现场正在拆除，须立即核实许可"}


def ask_offline(_: Query | None, day: date) -> Sent:
    asked = {name: value for name, value in ask(None, day).items() if name not in ("holder", "group")}
    return {
        **asked,
        "asker": "zjj",
        "way": "written",
        "paper": f"荣住建函〔{day.year}〕5号",
        "contact": "住建局法规科王芳 0631-7560009",
    }


def ask_assistance(_: Query | None, day: date) -> Sent:
    return {"question": {"says": "该工程的施工图审查备案资料"}, "assistance": "filing_data", "case": CASE,
            "officer": OFFICER, "holder": "zhzf"}


def admit(_: Query, day: date) -> Sent:
    return {"proof": "来函加盖公章，已电话回访核实", "officer": OFFICER}


def not_admit(_: Query, day: date) -> Sent:
    return {"reason": "来函未加盖公章，回访无人承认", **OUTWARD}


def add_material(_: Query, day: date) -> Sent:
    return {"name": "行政处罚决定书", "kind": "decision", "copies": 1, "pages": 3, "original": False,
            "carrier": "electronic", "digest": "sha256:" + "a" * 64}


def answer(_: Query, day: date) -> Sent:
    return {"kind": "full", "says": "共有行政处罚两件，许可一件", "officer": OFFICER}


def answer_partly(_: Query, day: date) -> Sent:
    return {"says": "行政处罚两件", "rest": "举报人信息", **OUTWARD,
            "withheld": {"law": "中华人民共和国个人信息保护法", "law_article": "第三十四条", "reason": "超出履行职责所必需"}}


def give_assistance(_: Query, day: date) -> Sent:
    return {"says": "施工图审查合格书及备案表", "officer": OFFICER}


def pass_on(_: Query, day: date) -> Sent:
    return {"to": "scjg", "reason": "该项许可档案已移交市场监管局", "officer": OFFICER}


def refuse(_: Query, day: date) -> Sent:
    return {"withheld": {"law": "中华人民共和国税收征收管理法", "law_article": "第八条", "reason": "依法为纳税人的情况保密",
                         "law_text": "税务机关应当依法为纳税人、扣缴义务人的情况保密。"},
            **OUTWARD}


def complain(_: Query, day: date) -> Sent:
    return {"reason": "所引条款不涉及所查的处罚档案", "officer": OFFICER}


def direct_answer(_: Query, day: date) -> Sent:
    return {"what": "近三年的行政处罚决定书", "reason": "处罚决定应当共享", **OUTWARD}


def dismiss(_: Query, day: date) -> Sent:
    return {"reason": "拒绝有法律依据", **OUTWARD}


def withdraw(_: Query, day: date) -> Sent:
    return {"reason": "已从公开渠道查得"}


def correct(_: Query, day: date) -> Sent:
    """What is corrected, old and new are the step's to say."""
    return {"entry": "e", "field": "", "old": "", "new": "", "reason": "笔误", **OUTWARD}


def assign(_: Query, day: date) -> Sent:
    return {"successor": "scjg", "document": "荣政办〔2025〕6号", "reason": "该事项划入市场监管局"}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {
    "ask": ask,
    "ask-urgent": ask_urgent,
    "ask-offline": ask_offline,
    "ask-assistance": ask_assistance,
    "admit": admit,
    "not-admit": not_admit,
    "add-material": add_material,
    "answer": answer,
    "answer-partly": answer_partly,
    "give-assistance": give_assistance,
    "pass-on": pass_on,
    "refuse": refuse,
    "complain": complain,
    "direct-answer": direct_answer,
    "dismiss": dismiss,
    "withdraw": withdraw,
    "correct": correct,
    "assign-successor": assign,
}

LATE: Step = {"act": "complain", "looked_up": {"late": True}}
PATHS: Mapping[str, tuple[str | Step, ...]] = {      # `given: {after: …}`: the acts up to and with this one
    **{act: (act,) for act in ("ask", "ask-urgent", "ask-offline", "ask-assistance", "receive-passed")},
    **{act: ("ask-offline", act) for act in ("admit", "not-admit")},
    **{act: ("ask", act) for act in ("add-material", "answer", "answer-partly", "pass-on", "refuse", "withdraw")},
    "give-assistance": ("ask-assistance", "give-assistance"),
    "complain": ("ask", "refuse", "complain"), "complain-late": ("ask", LATE),
    "complain-late-offline": ("ask-offline", LATE), "complain-late-assistance": ("ask-assistance", LATE),
    "complain-assistance": ("ask-assistance", "refuse", "complain"),
    "direct-answer": ("ask", "refuse", "complain", "direct-answer"),
    "direct-assistance": ("ask-assistance", "refuse", "complain", "direct-answer"),
    "dismiss": ("ask", "refuse", "complain", "dismiss"),
}
