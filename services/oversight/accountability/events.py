"""第三十一条 问责线索: what the events of accountability tell. Pure."""

from dataclasses import replace

from shared.contracts.frame import succession
from shared.contracts.telling import AGENCY, Audience, Telling, agency, code, fact_of, ref

REPORTER = Audience("报告机关", "who reports")
PARTIES = Audience("报告机关、司法局和纪检监察机关", "who reported, justice and discipline")
MATTER = (
    agency("meant", "涉及机关", "agency that is meant"),
    code("situations", "情形", "situations of article 31", "grounds:oversight.", many=True, article="31",
         example=["31-5"]),
    agency("reporter", "报告机关", "who reports", empty=True),
    fact_of(AGENCY, "offices", "收件机关", "to whom it was reported", many=True, example=["jijian"]),
    ref("plan", "方案", "plan it is of; empty: none", empty=True,
        example="collab/019a474c-b200-7000-980d-d7258bea32db"),
)


def matter(name: str, zh: str, en: str, when: str, sent: str, to: Audience = PARTIES) -> Telling:
    return Telling(name, zh, en, when, sent, MATTER, to)


EVENTS: tuple[Telling, ...] = (
    matter("accountability_entered", "已录入问责线索", "Accountability entered", "录入问责线索、尚未报告时",
           "it was entered and is not reported yet", REPORTER),
    matter("hint_set_aside", "不采纳问责提示", "Hint set aside", "不采纳问责提示或者已录入的线索时",
           "it was set aside with a reason", REPORTER),
    matter("accountability_reported", "已报告问责线索", "Accountability reported", "同时报告纪检监察机关和司法局时",
           "it was reported to discipline and justice in one act"),
    matter("accountability_received", "问责线索已签收", "Accountability received", "纪检监察机关签收时",
           "discipline has signed for it"),
    matter("accountability_concluded", "已反馈问责结果", "Accountability concluded", "纪检监察机关反馈结果时",
           "discipline has told what came of it"),
    *(replace(each, name=f"accountability_{each.name}", zh=f"问责线索{each.zh}", en=f"Accountability {each.en.lower()}",
              audience=PARTIES) for each in succession(*MATTER)),
)
