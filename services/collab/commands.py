"""第二章 协同执法: the commands of its own acts, as the officer says them. Pure. The others are those of every plan."""

from dataclasses import dataclass

from services.collab.grounds import Ground
from shared.acts.persons import Officer
from shared.plans.parts import Content


@dataclass(frozen=True, slots=True)
class Draft:
    """拟订方案: the plan as far as it is written; said again, the whole takes the place of what was there."""

    content: Content
    causes: tuple[str, ...]             # coded in causes: what the matter is about
    grounds: tuple[Ground, ...]
    officer: Officer
    lead_because: str = ""              # 9(二): coded in collab_lead_reasons; where a ground of 7(三) stands


@dataclass(frozen=True, slots=True)
class Decline:
    """不能协同 (12): a statutory ground and the written notice to the lead."""

    ground: str                         # coded in the rulebook's grounds
    law: str
    law_article: str
    law_text: str                       # what the article says
    number: str                         # 文号 of the notice
    notice: int                         # number of the plan's material that is the notice
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class QuestionDecline:
    """询问不能协同的事由: by justice; software judges no ground."""

    participant: str
    question: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """答复询问: by the agency that declined."""

    says: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class Given:
    """An open task of the agency that declined, and who does it now."""

    task: int
    agency: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """调整配合部门: the open tasks of an agency that declined go to others of the plan."""

    participant: str                    # the one that declined
    tasks: tuple[Given, ...]
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Report:
    """执法情况报告 (13), with the enforcement documents and the closing report, filed with justice in the same act."""

    number: str                         # 文号
    says: str
    documents: tuple[int, ...]          # 执法文书: numbers of the plan's materials
    closing_report: tuple[int, ...]     # 结案报告: likewise
    officer: Officer
    leader: str
    open_case: str = ""                 # where the closing report follows: which case is open, and why


@dataclass(frozen=True, slots=True)
class AddClosingReport:
    """补交结案报告: the file is complete with it."""

    number: str
    closing_report: tuple[int, ...]
    officer: Officer
    leader: str
