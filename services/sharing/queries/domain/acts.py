"""第二十七条 查询, 第二十二条第三款 协助: their acts in the order of the articles, who sees and who is told. Pure.

Which events start or meet a clock stands in the rulebook. The decisions are in the modules query_*.
"""

from dataclasses import replace

from services.sharing.queries import corrections
from services.sharing.queries.commands import (
    Admit,
    Answer,
    Ask,
    Complain,
    CorrectPassed,
    DirectAnswer,
    Dismiss,
    NotAdmit,
    PassOn,
    ReceivePassed,
    Refuse,
    Withdraw,
)
from services.sharing.queries.domain import answers, asking, complaints, passing
from services.sharing.queries.domain.answers import of_assistance, of_records
from services.sharing.queries.domain.asking import between_agencies
from services.sharing.queries.domain.case import (
    ADMITTED,
    ANSWERED,
    ASKED,
    ASKER,
    ASSISTING,
    COMPLAINED,
    DECIDER,
    DIRECTED,
    FINAL,
    HOLDER,
    NOT_ADMITTED,
    PASSED_ON,
    REFUSED,
    STATES,
    WAITING,
    WITHDRAWN,
    Query,
    done,
)
from services.sharing.queries.domain.complaints import none_open, one_open
from shared.acts import succession
from shared.acts.correct import Correct
from shared.acts.materials import AddMaterial
from shared.acts.model import Act, Chapter, Context, Outcome, Rank, Viewer
from shared.acts.standing import in_force
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, demand

SEES_ALL = frozenset({JUSTICE, GOVERNMENT_OFFICE})
MATERIAL_ADDED = "query_material_added"
GIVEN_TO_THE_ASKER = Refusal(
    "GIVEN_TO_THE_ASKER", "随答复提供的档案，由查询机关、持有机关和处理异议的机关查阅。",
    "A record that was given is read by who asked, who holds it, and who decides on a complaint.", "27", 403)
NOT_GIVEN = Refusal("NOT_GIVEN", "本查询的答复没有提供这一档案。", "No answer to this query gave that record.", "27", 404)
HOLDERS_ONLY = Refusal("HOLDERS_ONLY", "查阅记录由持有机关和司法局、市政府办公室查看。",
                       "Who opened what is for the holder, justice and the government office to see.", "27", 403)


def told(before: Query | None, after: Query, event: str, context: Context) -> frozenset[str]:
    """The parties, justice and the government office. A material that is added goes out with an answer: till then the
    other side is not told of it."""
    parties = frozenset(party.agency for party in after.parties if party.until is None and party.agency)
    if event == MATERIAL_ADDED and after.materials[-1].added_by in after.ever(HOLDER):
        parties -= after.ever(ASKER)
    return parties | succession.leaving(before, after, event) | context.register.standing_agencies(*SEES_ALL)


def seen(case: Query, viewer: Viewer, register: Register) -> Query | None:
    """The query as the viewer's agency may see it; None where it may not. The asker sees of the holder's materials
    those that it was given; one that is no party, nothing: who passed it on knows its own query, not the next."""
    if viewer.suite or register.standing(viewer.agency) & SEES_ALL:
        return case
    own = {party.part for party in case.parties if party.agency == viewer.agency}
    if own & {HOLDER, DECIDER}:
        return case
    if not own:
        return None
    askers = case.ever(ASKER)
    return replace(
        case,
        materials=tuple(each for each in case.materials if each.added_by in askers or each.number in case.given),
        corrections=tuple(each for each in case.corrections if each.act != "add-material" or each.by in askers),
    )


def may_see_looks(case: Query, viewer: Viewer, register: Register) -> None:
    """Who opened what of the query is shown to the viewer. Raises Refused: 403 for the asker."""
    holds = any(party.part == HOLDER and party.agency == viewer.agency for party in case.parties)
    demand((holds or viewer.suite or register.standing(viewer.agency) & SEES_ALL, HOLDERS_ONLY))


def given_to(case: Query, agency: str, record: str) -> int:
    """The version in which a record was given with an answer, for a party of the query. Raises Refused: 403 for who
    watches over the sharing only, 404 for a record that no answer gave."""
    demand((any(party.agency == agency for party in case.parties), GIVEN_TO_THE_ASKER))
    version = case.given_version(record)
    demand((version, NOT_GIVEN))
    return version


def hand_over(case: Query, handing: succession.Handing, context: Context) -> Outcome[Query]:
    """Who asks, holds or decides stands in the parties, which have gone over: nothing else names it."""
    return done(case, context, handing.facts)


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


HELD = _by(ADMITTED, ASSISTING)
ACTS = (
    Act("ask", "提出查询", "27", by=_by(ASKER), opens=True, to=(ADMITTED,), guards=(between_agencies, in_force),
        event=asking.QUERY_ASKED, command=Ask, decide=asking.ask),
    Act("ask-urgent", "特别紧急查询", "27", by=_by(ASKER), opens=True, to=(ADMITTED,), guards=(between_agencies, in_force),
        event=asking.URGENT_ASKED, command=Ask, decide=asking.ask_urgent),
    Act("ask-offline", "登记书面或者电话查询", "27", by=_by(HOLDER), opens=True, to=(ASKED,),
        guards=(between_agencies, in_force), event=asking.OFFLINE_ASKED,
        also=(asking.URGENT_OFFLINE_ASKED,), command=Ask, decide=asking.ask_offline),
    Act("ask-assistance", "请求提供备案资料、鉴定、处置意见", "22", by=_by(ASKER), opens=True, to=(ASSISTING,),
        guards=(between_agencies, in_force), event=asking.ASSISTANCE_ASKED, command=Ask,
        decide=asking.ask_assistance),
    Act("receive-passed", "转入查询", "27", by=_by(SUITE), opens=True, to=(ADMITTED, ASSISTING),
        event=asking.QUERY_ASKED, also=(asking.URGENT_ASKED, asking.ASSISTANCE_ASKED),
        command=ReceivePassed, decide=passing.receive_passed),
    Act("admit", "认证通过", "27", by=_by(HOLDER), states=_by(ASKED), to=(ADMITTED,), event="query_admitted",
        command=Admit, decide=asking.admit),
    Act("not-admit", "认证未通过", "27", by=_by(HOLDER), rank=Rank.LEADER, states=_by(ASKED), to=(NOT_ADMITTED,),
        event="query_not_admitted", command=NotAdmit, decide=asking.not_admit),
    Act("add-material", "添加材料", "27", by=_by(ASKER, HOLDER), states=WAITING | {COMPLAINED, DIRECTED}, adds_only=True,
        machine=True, event=MATERIAL_ADDED, command=AddMaterial, decide=asking.add_material),
    Act("answer", "提供查询服务", "27", by=_by(HOLDER), states=_by(ADMITTED, DIRECTED), to=(ANSWERED,), guards=(of_records,),
        event="query_answered", command=Answer, decide=answers.answer),
    Act("answer-partly", "部分提供", "27", by=_by(HOLDER), rank=Rank.LEADER, states=_by(ADMITTED), to=(ANSWERED,),
        event="query_answered", command=Answer, decide=answers.answer_partly),
    Act("give-assistance", "提供备案资料、鉴定、处置意见", "22", by=_by(HOLDER), states=_by(ASSISTING, DIRECTED),
        to=(ANSWERED,), guards=(of_assistance,), event="assistance_given", command=Answer,
        decide=answers.give_assistance),
    Act("pass-on", "转持有机关", "27", by=_by(HOLDER), states=HELD, to=(PASSED_ON,), event="query_passed_on",
        command=PassOn, decide=passing.pass_on),
    Act("refuse", "依法拒绝查询", "27", by=_by(HOLDER), rank=Rank.LEADER, states=HELD, to=(REFUSED,),
        event="query_refused", command=Refuse, decide=answers.refuse),
    Act("complain", "提出异议", "27", by=_by(ASKER), states=WAITING | {ANSWERED, REFUSED, NOT_ADMITTED},
        to=(COMPLAINED, ASKED, ADMITTED, ASSISTING), guards=(none_open,), event="query_complained", command=Complain,
        decide=complaints.complain),
    Act("direct-answer", "责令提供", "27", by=_by(DECIDER), rank=Rank.LEADER, states=WAITING | {COMPLAINED},
        to=(DIRECTED,), guards=(one_open,), event="query_directed", command=DirectAnswer,
        decide=complaints.direct_answer),
    Act("dismiss", "驳回异议", "internal", by=_by(DECIDER), rank=Rank.LEADER, states=WAITING | {COMPLAINED},
        to=(ANSWERED, REFUSED, NOT_ADMITTED, ASKED, ADMITTED, ASSISTING), guards=(one_open,),
        event="complaint_dismissed", command=Dismiss, decide=complaints.dismiss),
    Act("withdraw", "撤回查询", "internal", by=_by(ASKER, HOLDER), only=asking.withdraws,
        states=WAITING | {DIRECTED}, to=(WITHDRAWN,), event="query_withdrawn", command=Withdraw,
        decide=asking.withdraw),
    Act("correct", "更正", "internal", by=_by(ASKER, HOLDER, DECIDER), states=_by(*STATES), event="query_corrected",
        command=Correct, decide=corrections.correct),
    Act("correct-passed", "转入日更正", "27", by=_by(SUITE), states=_by(*STATES) - {ASKED, NOT_ADMITTED}, ordered=False,
        event="query_corrected", command=CorrectPassed,
        decide=passing.correct_passed),
    *succession.rows(STATES, hand_over),
)

CHAPTER = Chapter(
    service="sharing", title="执法档案查询", path="queries", acts=ACTS, states=STATES, final=FINAL, case=Query,
    told=told, seen=seen,
)
