"""第三十条 联席会议: what the events of conferences tell. Pure."""

from dataclasses import replace

from shared.contracts.frame import bound_items, succession
from shared.contracts.telling import (
    AGENCY,
    Audience,
    Fact,
    Telling,
    agency,
    code,
    day,
    fact_of,
    number,
    ref,
    text,
    thing,
    whole,
)

OFFICES = Audience("司法局和市政府办公室", "justice and the government office")
ALL = Audience("参会机关、议定事项责任机关、司法局和市政府办公室", "members, owners of resolutions, justice and the government office")
MEMBER = Audience("该参会机关、司法局和市政府办公室", "that member, justice and the government office")
REPORTER = Audience("报告机关、司法局和市政府办公室", "who reported, justice and the government office")
SESSION = whole("session", "第几次会议", "which conference, from 1")
WHO = agency("member", "参会机关", "member")
ITEM = (whole("item", "议题序号", "number of the item"), code("kind", "议题类别", "kind", "agenda_kinds", example="dispute"),
        ref("ref", "所涉案件", "case it is about", empty=True, example="transfer/019a474c-b200-7000-980d-d7258bea32db"))
REPORTED = (
    text("resolution", "议定事项", "resolution", many=True, example=["1"]),
    whole("report", "第几次报告", "which report of the conference, from 1"),
    whole("reported", "报告的议定事项", "resolutions reported on", many=True, article="29", example=[1]),
)
DONE = text("tasks", "办结的议定事项", "resolutions that are done", many=True, example=["1"])


def agencies(name: str, zh: str, en: str) -> Fact:
    return fact_of(AGENCY, name, zh, en, many=True, example=["zonghe"])


def conference(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact, to: Audience = ALL) -> Telling:
    return Telling(name, zh, en, when, sent, (SESSION, *facts), to)


EVENTS: tuple[Telling, ...] = (
    conference("conference_due", "应当召集联席会议", "Conference due", "新的会议周期开始时",
               "the period for the next conference has begun",
               ref("previous", "上一次会议", "conference before; empty: none was held", empty=True), to=OFFICES),
    conference("conference_called", "已召集联席会议", "Conference called", "司法局召集联席会议，或者改期、改地点时",
               "justice has called it, or called it anew for another day or place",
               day("meets_on", "会议日期", "day it meets"), agencies("members", "参会机关", "members")),
    conference("agenda_set", "已设置议题", "Agenda set", "司法局设置议题时", "justice has set the agenda",
               thing("items", "议题", "items", *ITEM, many=True)),
    conference("attendance_recorded", "已报名参会", "Attendance recorded", "参会机关报送参会回执时",
               "a member has said who attends", WHO, to=MEMBER),
    conference("absence_recorded", "已登记缺席", "Absence recorded", "司法局登记缺席时",
               "justice has recorded that a member is absent", WHO, to=MEMBER),
    conference("conference_held", "已召开联席会议", "Conference held", "联席会议召开时", "it was held",
               agencies("present", "到会机关", "who was present"), agencies("absent", "缺席机关", "who was absent")),
    conference("resolution_recorded", "已登记议定事项", "Resolutions recorded", "登记纪要和议定事项时", "its minutes are recorded",
               number("纪要", "minutes", example="荣司联纪〔2025〕1号"),
               bound_items("resolution", "议定事项", "resolutions, each with its owner and its day", article="30")),
    conference("resolution_reported", "已报告议定事项落实情况", "Resolution reported", "责任机关报告议定事项的落实情况时",
               "an owner has reported on a resolution", *REPORTED, DONE, to=REPORTER),
    conference("resolution_done", "议定事项已办结", "Resolution done", "责任机关报告议定事项办结时",
               "an owner has reported that it is done",
               *REPORTED, DONE, to=REPORTER),
    *(replace(each, name=f"conference_{each.name}", zh=f"联席会议事项{each.zh}", en=f"Conference {each.en.lower()}",
              audience=ALL)
      for each in succession(SESSION)),
)
