"""What a plan must hold: every item that lacks and every part without its shape, all at once. Pure.

Which items a chapter asks for, and by which article, its rulebook lists; a part that is there has its shape in every
chapter. Articles come from the list: a part of an item that the law does not ask for is internal.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from shared.acts.codes import listed
from shared.acts.model import Context
from shared.acts.standing import absent, enforces
from shared.kernel.errors import Refusal, Rows
from shared.plans import refusals as no
from shared.plans.parts import Content
from shared.rulebook.model import Item

NAMES = {"violation": "situation", "reason": "necessity"}          # a chapter's own name for an item
UNLISTED = "internal"


def lacking(content: Content, items: Iterable[Item], context: Context) -> Iterator[Refusal]:
    """All that stands between the content and a whole plan, each with the article of its item and where it is."""
    articles = {NAMES.get(item.id, item.id): item.article for item in items}
    for name, (given, shaped) in ITEMS.items():
        article = articles.get(name, UNLISTED)
        for holds, refusal in (*(given(content) if name in articles else ()), *shaped(content, context)):
            if not holds:
                yield refusal if refusal.article else replace(refusal, article=article)


def _nothing(_: Content) -> Rows:
    return ()


def _no_shape(_: Content, __: Context) -> Rows:
    return ()


def _titled(content: Content, _: Context) -> Rows:
    yield content.title, no.NO_TITLE


def _respondents(content: Content, context: Context) -> Rows:
    for at, each in enumerate(content.respondents):
        unnamed = no.RESPONDENT_UNNAMED.at(f"content.respondents.{at}")
        yield listed(context, "respondent_kinds", each.kind, unnamed, also=each.name)


def _situation(content: Content) -> Rows:
    yield content.situation, no.NO_SITUATION


def _necessity(content: Content) -> Rows:
    yield content.necessity, no.NO_NECESSITY


def _tasks(content: Content) -> Rows:
    yield content.tasks, no.NO_TASKS


def _tasks_shaped(content: Content, _: Context) -> Rows:
    agencies, seen, limit = {content.lead, *content.agencies}, set[int](), content.time_limit
    for at, task in enumerate(content.tasks):
        rows = ((task.number >= 1 and task.number not in seen, no.TASK_NUMBER_TWICE, ".number"),
                (task.title and task.says, no.TASK_EMPTY, ""),
                (task.agency in agencies, no.TASK_OF_STRANGER, ".agency"),
                (task.from_on <= task.due_on, no.TASK_BACKWARDS, ".due_on"),
                (limit is None or task.due_on <= limit, no.TASK_PAST_LIMIT, ".due_on"))
        for holds, refusal, field in rows:
            if not holds:                       # of hundreds of tasks the place is told of those only
                yield False, refusal.at(f"content.tasks.{at}{field}")
        seen.add(task.number)


def _lead_shaped(content: Content, context: Context) -> Rows:
    yield enforces(context, content.lead), absent(context, content.lead, no.UNKNOWN_LEAD)


def _participants(content: Content) -> Rows:
    yield content.participants, no.NO_PARTICIPANTS


def _participants_shaped(content: Content, context: Context) -> Rows:
    seen = set[str]()
    for at, each in enumerate(content.participants):
        where = f"content.participants.{at}.agency"
        if not enforces(context, each.agency):      # of dozens, too, the place is told of those only
            yield False, absent(context, each.agency, no.UNKNOWN_PARTICIPANT).at(where)
        if each.agency == content.lead:
            yield False, no.PARTICIPANT_LEADS.at(where)
        if each.agency in seen:
            yield False, no.PARTICIPANT_TWICE.at(where)
        seen.add(each.agency)


def _duties(content: Content) -> Rows:
    yield content.lead_duties, no.NO_DUTIES.at("content.lead_duties")
    for at, each in enumerate(content.participants):
        if not each.duties:
            yield False, no.NO_DUTIES.at(f"content.participants.{at}.duties")


def _time_limit(content: Content) -> Rows:
    yield content.time_limit, no.NO_TIME_LIMIT


def _time_limit_shaped(content: Content, context: Context) -> Rows:
    yield content.time_limit is None or content.time_limit >= context.happened_on, no.TIME_LIMIT_PAST


def _funds(content: Content) -> Rows:
    yield content.funds, no.NO_FUNDS


def _funds_shaped(content: Content, _: Context) -> Rows:
    for at, fund in enumerate(content.funds):
        yield fund.purpose and fund.source and fund.amount >= 0, no.FUND_SHAPE.at(f"content.funds.{at}")


def _safeguards(content: Content) -> Rows:
    yield content.safeguards, no.NO_SAFEGUARDS


def _contingency(content: Content) -> Rows:
    yield content.contingency, no.NO_CONTINGENCY


def _contingency_shaped(content: Content, _: Context) -> Rows:
    if plan := content.contingency:
        yield plan.events and plan.measures, no.CONTINGENCY_EMPTY
        yield plan.decides and plan.phone, no.NOBODY_DECIDES


# item -> what lacks where it is asked for, and what has not its shape; in the order of 18
ITEMS: dict[str, tuple[Callable[[Content], Rows], Callable[[Content, Context], Rows]]] = {
    "title": (_nothing, _titled),
    "situation": (_situation, _no_shape),
    "respondents": (_nothing, _respondents),
    "necessity": (_necessity, _no_shape),
    "tasks": (_tasks, _tasks_shaped),
    "lead": (_nothing, _lead_shaped),
    "participants": (_participants, _participants_shaped),
    "duties": (_duties, _no_shape),
    "time_limit": (_time_limit, _time_limit_shaped),
    "funds": (_funds, _funds_shaped),
    "safeguards": (_safeguards, _no_shape),
    "contingency": (_contingency, _contingency_shaped),
}
