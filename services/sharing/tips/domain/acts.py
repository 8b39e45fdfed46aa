"""第二十八条 案源共享: its acts in the order of a tip's life. Pure.

A complaint, a report or a lead that an agency meets in its work and that is not its own, of which nobody says whose it
is: it is shared with those who may be competent, claimed by one, and its result told. The decisions are in the modules
of sharing and claiming; case.py has the states, visibility.py who sees what and who is notified.
"""

from services.sharing.tips import corrections
from services.sharing.tips.commands import (
    AssignTip,
    ClaimTip,
    NoteTransfer,
    PassOn,
    ReturnResult,
    ShareTip,
    WithdrawTip,
)
from services.sharing.tips.domain import claiming, sharing
from services.sharing.tips.domain.case import (
    CANDIDATE,
    CLAIMED,
    CLAIMER,
    DONE,
    FINAL,
    SHARED,
    SHARER,
    STATES,
    WITHDRAWN,
    Tip,
)
from services.sharing.tips.domain.visibility import seen, told
from shared.acts import succession
from shared.acts.correct import Correct
from shared.acts.materials import AddMaterial
from shared.acts.model import Act, Chapter, Rank
from shared.acts.standing import by_enforcement, in_force
from shared.contracts.register import JUSTICE, SUITE


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


ACTS = (
    Act("share", "推送案源", "28", by=_by(SHARER), opens=True, to=(SHARED,), machine=True,
        guards=(by_enforcement, in_force), event="tip_shared", command=ShareTip, decide=sharing.share),
    Act("add-material", "添加材料", "28", by=_by(SHARER, CLAIMER), states=_by(SHARED, CLAIMED), adds_only=True,
        machine=True, event="tip_material_added", command=AddMaterial, decide=sharing.add_material),
    Act("claim", "认领案源", "28", by=_by(CANDIDATE), states=_by(SHARED), to=(CLAIMED,),
        besides=claiming.came_second, settled=(claiming.unclaimed,), event="tip_claimed", command=ClaimTip,
        decide=claiming.claim),
    Act("pass-on", "转送案源", "28", by=_by(CLAIMER), states=_by(CLAIMED), to=(SHARED,),
        guards=(claiming.not_bound, claiming.no_transfer), event="tip_passed_on", command=PassOn,
        decide=claiming.pass_on),
    Act("assign", "指派案源", "28", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(SHARED), to=(CLAIMED,),
        guards=(claiming.time_to_assign,), event="tip_assigned", command=AssignTip, decide=claiming.assign),
    Act("note-transfer", "记录案源移送", "internal", by=_by(SUITE), states=_by(SHARED, CLAIMED, DONE), adds_only=True,
        event="tip_transfer_noted", command=NoteTransfer, decide=claiming.note_transfer),
    Act("return-result", "反馈案源办理结果", "28", by=_by(CLAIMER), rank=Rank.LEADER, states=_by(CLAIMED), to=(DONE,),
        event="tip_result_returned", command=ReturnResult, decide=claiming.return_result),
    Act("withdraw", "撤回案源", "internal", by=_by(SHARER), rank=Rank.LEADER, states=_by(SHARED), to=(WITHDRAWN,),
        event="tip_withdrawn", command=WithdrawTip, decide=sharing.withdraw),
    Act("correct", "更正", "internal", by=_by(SHARER, CLAIMER, JUSTICE), besides=corrections.wrote,
        states=_by(*STATES), event="tip_corrected", command=Correct, decide=corrections.correct),
    *succession.rows(STATES, claiming.hand_over, claiming.causes),
)

CHAPTER = Chapter(
    service="sharing", title="案源共享", path="tips", acts=ACTS, states=STATES, final=FINAL, case=Tip, told=told, seen=seen,
)
