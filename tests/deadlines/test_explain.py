"""The sentence a deadline says of itself, and the data behind it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from shared.deadlines.model import CANCELLED
from shared.deadlines.rules import apply, explain, fire
from shared.rulebook.model import Basis
from tests.deadlines.builders import (
    CALENDAR,
    DECISION,
    LETTER,
    LIMIT,
    OWN_DATES,
    REPORT,
    RULEBOOK,
    URGENT,
    after,
    at,
    happened,
    rulebook,
    started,
    with_work,
)

NOTICE = date(2025, 9, 29)


@pytest.mark.parametrize("deadline, sentence", [
    (started(LETTER, NOTICE),
     "自通报之日起三个工作日内发出移送函：应于2025年10月10日（星期五）24时前办理，自2025年9月29日次日起算3个工作日"
     "（9月30日、10月9日、10月10日；10月1日至8日国庆节、中秋节不计）。依据：《荣成市行政执法联动办法》第二十二条。"),
    (started(DECISION, NOTICE),
     "自立案之日起九十日内作出行政处罚决定：应于2025年12月28日（星期日）24时前办理，自2025年9月29日次日起算90日。"
     "依据：《行政处罚法》第六十条。"),
    (started(URGENT, NOTICE, at=at(NOTICE, 22)),
     "特别紧急的查询四小时内提供：应于2025年9月30日（星期二）2时00分前办理，自2025年9月29日22时00分起算4小时。"
     "依据：内部时限，非法定期限。"),
    (started(LIMIT, NOTICE, facts={"limit": date(2025, 12, 1)}),
     "在执法时限内结束：应于2025年12月1日（星期一）24时前办理，以2025年12月1日为期限。依据：《荣成市行政执法联动办法》第十八条。"),
    (started(OWN_DATES, NOTICE, facts={"tasks": [{"item": "3", "bound": "GAJ", "until": "2025-12-01"}]}),
     "按方案定的日期完成工作任务：应于2025年12月1日（星期一）24时前办理，以2025年12月1日为期限。依据：方案自定日期，非法定期限。"),
])
def test_the_sentence_names_the_last_day_the_days_counted_and_the_article(deadline, sentence):
    assert explain(deadline, RULEBOOK, CALENDAR).zh == sentence


def test_over_an_unknown_year_it_says_which_year_is_missing():
    said = explain(started(REPORT, date(2026, 12, 28)), RULEBOOK, CALENDAR).zh
    assert "（12月29日至31日、2027年1月4日、1月5日；2027年1月1日至3日元旦（暂定）、周六、周日不计）" in said
    assert said.endswith("2027年放假安排尚未公布，按现有资料推算，暂定。")


def test_calendar_days_that_roll_say_where_to():
    rolls = replace(DECISION, rolls=True)
    assert "起算90日，遇非工作日顺延至12月29日。" in explain(started(rolls, NOTICE), rulebook(rolls), CALENDAR).zh


def test_paused_days_are_named_as_such():
    disputed = happened("transfer.disputed", date(2025, 10, 9))
    stopped = after(apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), disputed))
    assert explain(stopped, RULEBOOK, CALENDAR).zh.endswith("自2025年10月9日起暂停，恢复后续算剩余期限。")
    resumed = after(apply(RULEBOOK, CALENDAR, (stopped,), happened("transfer.returned", date(2025, 10, 13))))
    assert "10月9日至13日时限暂停不计" in explain(resumed, RULEBOOK, CALENDAR).zh


def test_that_a_statutory_limit_stood_still_is_said_to_be_the_suites_reading_and_not_the_laws():
    """行政处罚法 60 knows no pause: who reads the deadline must not take one for the law's."""
    said = "暂停依内部规则（解释），所依条文没有规定。"
    running = started(DECISION, NOTICE)
    assert said not in explain(running, RULEBOOK, CALENDAR).zh
    stopped = after(apply(RULEBOOK, CALENDAR, (running,), happened("transfer.disputed", date(2025, 10, 9))))
    resumed = after(apply(RULEBOOK, CALENDAR, (stopped,), happened("transfer.returned", date(2025, 10, 13))))
    for deadline in (stopped, resumed):
        told = explain(deadline, RULEBOOK, CALENDAR)
        assert f"《行政处罚法》第六十条。{said}" in told.zh
        assert [each["statutory"] for each in told.data["pauses"]] == [False]
    internal = started(URGENT, NOTICE, at=at(NOTICE, 9))
    for event, hour in (("held", 10), ("went_on", 12)):
        again = happened(f"sharing.{event}", NOTICE, at=at(NOTICE, hour))
        internal = after(apply(RULEBOOK, CALENDAR, (internal,), again))
    assert said not in explain(internal, RULEBOOK, CALENDAR).zh


def test_a_pause_that_came_too_late_is_not_named():
    late = happened("transfer.disputed", date(2025, 10, 11))
    told = explain(after(apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), late)), RULEBOOK, CALENDAR)
    assert "暂停" not in told.zh and told.data["pauses"] == []


def test_how_it_ended_is_said_last():
    issued = happened("transfer.letter_issued", date(2025, 10, 11))
    met = after(apply(RULEBOOK, CALENDAR, (started(LETTER, NOTICE),), issued))
    assert explain(met, RULEBOOK, CALENDAR).zh.endswith("已于2025年10月11日办理，已逾期。")


def test_one_that_ended_after_it_was_over_says_that_it_was():
    running = started(LETTER, NOTICE)
    assert explain(replace(running, state=CANCELLED), RULEBOOK, CALENDAR).zh.endswith("该时限已终止。")
    while fired := fire(running, at(date(2025, 11, 1), 12)):
        running = fired.deadline
    assert explain(replace(running, state=CANCELLED), RULEBOOK, CALENDAR).zh.endswith("该时限终止前已经逾期。")


def test_after_its_last_day_the_regulation_is_cited_with_what_carries_it():
    late = started(LETTER, date(2026, 9, 30))
    assert "第二十二条（依据已届满）" in explain(late, RULEBOOK, CALENDAR).zh
    carried = rulebook(LETTER, bases=(Basis("荣政发〔示例〕1号", "延期", "extension", date(2026, 2, 18)),))
    assert "第二十二条（依荣政发〔示例〕1号）" in explain(late, carried, CALENDAR).zh


def test_the_data_are_plain_and_hold_every_day_with_its_reason_and_the_versions():
    data = explain(started(LETTER, NOTICE), RULEBOOK, CALENDAR).data
    json.dumps(data)
    assert [each["day"] for each in data["days"] if each["counts"]] == ["2025-09-30", "2025-10-09", "2025-10-10"]
    assert {"day": "2025-10-06", "counts": False, "why": "中秋节", "known": True} in data["days"]
    assert (data["started_on"], data["due_on"]) == ("2025-09-29", "2025-10-10")
    assert (data["article"], data["statutory"]) == ("22", True)
    assert (data["rulebook"], data["calendar"], data["current"]) == ("law-1", CALENDAR.version, True)


def test_data_of_another_calendar_say_that_they_differ():
    other = with_work(CALENDAR, date(2027, 1, 3))
    assert explain(started(LETTER, date(2026, 12, 30)), RULEBOOK, other).data["current"] is False
    assert explain(started(LETTER, NOTICE), rulebook(REPORT), CALENDAR).data["current"] is None
