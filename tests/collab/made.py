"""Collaborative plans and grounds as tests need them: each ground whole, a plan in any state."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.collab.grounds import Ground, Means
from services.collab.plan import Collab
from shared.acts.model import Party
from shared.acts.persons import Respondent
from shared.acts.rights import Right, Rights
from shared.contracts.personal import Personal
from shared.plans.commands import RecordDecision, RecordFinding
from shared.plans.plan import LEAD, PARTICIPANT, AgencyDecision, Finding, Version
from tests.plans.written import DAY, FIRST, LEADER, OFFICER, SECOND, content, material
from tests.plans.written import LEAD as LEADING
from tests.situations.city import PLAIN

WHOLE = {
    "7-1-1": Ground("7-1-1", effect="媒体连续报道，群众集中投诉三十余次"),
    "7-1-2": Ground("7-1-2", people=50, interests="沿街居民的通行和采光，按门牌登记统计"),
    "7-1-3": Ground("7-1-3", relations="租赁、转租与土地权属争议交织"),
    "7-1-4": Ground("7-1-4", obstruction="经营者持械驱赶执法人员", obstructed_on=date(2025, 6, 3)),
    "7-2": Ground("7-2", means=(Means("责令改正", "荣综执改字〔2025〕第7号", "逾期未改"),
                                Means("行政处罚", "荣综执罚字〔2025〕第9号", "缴款后继续占道"))),
    "7-3-a": Ground("7-3-a", law="城乡规划法", law_article="第六十八条", facts_established="未经许可建设三层房屋",
                    established_on=date(2025, 6, 2)),
    "7-3-b": Ground("7-3-b", law="土地管理法", law_article="第八十三条", facts_established="占用耕地二亩建厂房",
                    established_on=date(2025, 6, 2)),
    "7-4": Ground("7-4", reason="涉及多个乡镇交界，须统一行动"),
}


def plan(state: str, *grounds: str, day: date = DAY, **other: Any) -> Collab:
    """A plan whole in a state, with two participants; in force from the day where the state says so."""
    in_force = state in ("approved", "running", "suspended", "ended", "reported")
    parties = (Party(LEAD, LEADING, day), Party(PARTICIPANT, FIRST, day), Party(PARTICIPANT, SECOND, day))
    made = Collab(
        state=state, parties=parties, opened_on=day, route="submit",
        versions=(Version(1, content(), day if in_force else None, act="draft"),),
        started_on=day if state in ("running", "suspended", "ended", "reported") else None,
        materials=(material(1, "site_record"), material(2, "decision", by=FIRST), material(3, "closing_report")),
        causes=(PLAIN,),
        grounds=tuple(WHOLE[code] for code in grounds or ("7-4",)))
    return replace(made, **other)


def decision(number: int, agency: str) -> AgencyDecision:
    done = Right(True, DAY)
    said = RecordDecision("penalty", f"荣住建罚字〔2025〕第{number}号", PLAIN,
                          Respondent("organisation", Personal("示例建设有限公司")), 0, Rights(done, done, done, done), OFFICER,
                          LEADER)
    return AgencyDecision(number, agency, said, DAY, 1)


def finding(number: int, agency: str, remit: str) -> Finding:
    return Finding(number, agency, RecordFinding(PLAIN, "另有占道", remit, OFFICER), DAY, 1)
