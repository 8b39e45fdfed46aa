"""Small laws for tests."""

RULEBOOK = """\
rulebook: {id}
title: {title}
valid: {{from: {first}, to: {last}}}
counting: {{day_of_event: not_counted, last_day: until_midnight, zone: Asia/Shanghai}}
running_cases: {running}
chapters: {{四: {{title: 案件移送, service: transfer}}}}
articles: {{"22": {{chapter: 四, title: 移送, says: 移送案件应当事先通报}}}}
parties: {{transfer: {{sender: 移送机关}}}}
events: {{transfer: {{announced: 已通报, letter_issued: 已发函}}}}
clocks:
  transfer.letter:
    source: "22"
    says: 三个工作日内发函
    bound: sender
    starts: [transfer.announced]
    meets: [transfer.letter_issued]
    amount: {{working_days: 3}}
    yellow: {{working_days_left: 1}}
    states: [announced]
"""


def rulebook(id: str = "rongcheng-2021", *, title: str = "荣成市行政执法联动办法", first: str = "2021-02-18",
             last: str = "2026-02-17", running: str = "keep") -> str:
    """The text of a rulebook with one clock."""
    return RULEBOOK.format(id=id, title=title, first=first, last=last, running=running)
