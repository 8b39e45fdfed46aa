"""第三章 联合执法: the commands of its own acts, as the officer says them. Pure. The others are those of every plan."""

from dataclasses import dataclass

from services.joint.grounds import Ground
from shared.acts.persons import Officer
from shared.plans.parts import Content


@dataclass(frozen=True, slots=True)
class Draft:
    """拟订方案: the plan as far as it is written; said again, the whole takes the place of what was there."""

    content: Content
    grounds: tuple[Ground, ...]
    officer: Officer
    lead_because: str = ""              # 17(一): coded in joint_lead_reasons; where the plan is applied for


@dataclass(frozen=True, slots=True)
class Assign:
    """指定主要牵头部门 (17(二)): a higher organ or the government named who carries the main task."""

    title: str                          # what the campaign is called
    document: str                       # 文号 of the arrangement
    ordered_by: str                     # the higher organ, or 市政府
    field_or_area: str                  # 某一领域或者特定区域
    lead: str                           # agency code
    officer: Officer


@dataclass(frozen=True, slots=True)
class DecideDirectly:
    """市政府直接决定 (17 ¶2), on the act's true date; the decision is the ground."""

    title: str                          # what is decided: the matter of the joint action
    kind: str                           # coded in government_papers
    number: str                         # 文号; of an instruction, its serial in the office's register
    decided_by: str                     # the meeting, by name and number, or the leader, by name and office
    lead: str                           # agency code
    officer: Officer
    scan: str = ""                      # digest of the paper's scan, which becomes the plan's first material


@dataclass(frozen=True, slots=True)
class ProposeEnd:
    """提议结束, by the lead; justice ends."""

    says: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class Evaluation:
    """对参与部门执法情况的评价, of one that took part, for its time."""

    agency: str
    says: str


@dataclass(frozen=True, slots=True)
class Report:
    """联合执法总结报告 (20), to the government."""

    number: str                         # 文号
    result: str                         # 执法总结
    effect: str                         # 执法效果评估
    evaluations: tuple[Evaluation, ...]
    materials: tuple[int, ...]          # the report itself and what goes with it
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Remark:
    """对评价提出意见, by the agency evaluated."""

    says: str
    officer: Officer
