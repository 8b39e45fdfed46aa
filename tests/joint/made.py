"""Joint plans and grounds as tests need them: each ground whole, a plan in any state."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.joint.commands import Assign, DecideDirectly
from services.joint.grounds import Competent, Ground
from services.joint.plan import Joint
from shared.acts.model import Party
from shared.plans.commands import End
from shared.plans.plan import LEAD, PARTICIPANT, Ending, Version
from tests.plans.written import DAY, FIRST, OFFICER, SECOND, content, material
from tests.plans.written import LEAD as LEADING

WHOLE = {
    "15-1": Ground("15-1", competent=(Competent(LEADING, "城乡规划法第六十四条"), Competent(FIRST, "山东省城镇容貌和环境卫生管理办法第三十条"))),
    "15-2": Ground("15-2", document="威政办发〔2025〕9号", field_or_area="沿海岸线违法建设", main_task_agency=LEADING),
    "15-3": Ground("15-3", candidates=(LEADING, FIRST, SECOND), why_undetermined="现场经营主体和建设主体尚未查明"),
    "15-4": Ground("15-4", reason="重大活动保障期间须统一行动"),
}
ASSIGN = Assign("沿海岸线专项治理", "威政办发〔2025〕9号", "威海市人民政府办公室", "沿海岸线违法建设", LEADING, OFFICER)
DIRECT = DecideDirectly("旅游旺季市场秩序整治", "minutes", "荣政纪〔2025〕12号", "市政府第48次常务会", LEADING, OFFICER,
                        "sha256:" + "d" * 64)
ENDED = Ending(date(2025, 7, 10), "sfj", date(2025, 7, 10), ended=End("任务完成", OFFICER))


def plan(state: str, *grounds: str, **other: Any) -> Joint:
    """A plan whole in a state, with two participants; in force from the day where the state says so."""
    in_force = state in ("approved", "running", "suspended", "ended", "reported")
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY), Party(PARTICIPANT, SECOND, DAY))
    made = Joint(
        state=state, parties=parties, opened_on=DAY, route="apply",
        versions=(Version(1, content(), DAY if in_force else None, act="draft"),),
        started_on=DAY if state in ("running", "suspended", "ended", "reported") else None,
        ending=ENDED if state in ("ended", "reported") else None,
        materials=(material(1, "summary_report"), material(2), material(3)),
        grounds=tuple(WHOLE[code] for code in grounds or ("15-4",)), lead_because="main_task")
    return replace(made, **other)
