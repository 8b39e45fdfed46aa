"""第二十七条 查询: the commands of its acts, as the officer says them. Pure: frozen values, no rule of law here.

One shape serves the acts that ask, and one those that answer: which fields are meant the schema of each act says.
"""

from dataclasses import dataclass
from datetime import date, datetime

from shared.acts.materials import AddMaterial
from shared.acts.persons import NOTHING, Officer, Respondent

NOBODY = Officer("", "", "")
NO_RESPONDENT = Respondent("", NOTHING)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the holder."""

    says: str                           # in words
    category: str = ""                  # coded in record_categories; of assistance none
    respondent: Respondent = NO_RESPONDENT
    since: date | None = None           # the time it is asked of
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """提出查询, also 特别紧急, 登记书面或者电话查询 and 请求提供备案资料、鉴定、处置意见."""

    question: Question
    purpose: str = ""                   # coded in query_purposes; of assistance none
    purpose_says: str = ""
    case: str = ""                      # the case it is for: transfer/<id>, collab/<id>, joint/<id>
    outside_case: str = ""              # or the number of one that is not in the suite
    officer: Officer = NOBODY           # of who asks; entered for another, of who enters it
    holder: str = ""                    # agency code
    group: str = ""                     # the same for queries that one asks of several holders at once
    urgent_reason: str = ""             # 特别紧急
    assistance: str = ""                # coded in assistance_kinds (22 ¶3)
    asker: str = ""                     # entered for another: its code, or
    outside: str = ""                   # its name where it is not in the register
    way: str = ""                       # likewise: coded in query_ways
    paper: str = ""                     # likewise: the number of its letter
    contact: str = ""                   # likewise: name and office of who asked


@dataclass(frozen=True, slots=True)
class Passed:
    """A holder that passed the query on, when and why."""

    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReceivePassed:
    """转入查询: the query that a holder passed on, opened at the next by the suite."""

    asking: Ask
    asker: str                          # code; empty for one outside the register
    passed_from: str                    # id of the query that was passed on
    earlier: tuple[Passed, ...]         # everyone who passed it on, the last last
    materials: tuple[AddMaterial, ...] = ()      # what the asker enclosed


@dataclass(frozen=True, slots=True)
class CorrectPassed:
    """转入日更正: the holder that passed the query on has put the day of that right, by which the next one's time began."""

    right_on: date
    reason: str
    by: str                             # who put it right
    entry: str = ""                     # looked up: of its opening, with what the event was
    event: str = ""
    was_on: date = date.min
    was_at: datetime | None = None
    others_last: date = date.min        # the day of the latest other act that moved it


@dataclass(frozen=True, slots=True)
class Admit:
    """认证通过: by what the holder knows that the agency asks."""

    proof: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class NotAdmit:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Offline:
    """线下查阅: where and when, and who there is asked for it. Nothing of the content."""

    place: str = ""
    when: str = ""
    office: str = ""                    # the contact office and its phone

    @property
    def whole(self) -> bool:
        return bool(self.place and self.when and self.office)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The 法定事由 by which something is not given: law, article, reason."""

    law: str = ""
    law_article: str = ""
    reason: str = ""
    law_text: str = ""              # the article's words: of one that the rulebook does not know


@dataclass(frozen=True, slots=True)
class Answer:
    """提供, 部分提供, 查无, 线下查阅; and what is given in assistance."""

    kind: str                           # coded in query_answers; by the act where it is no choice
    officer: Officer
    says: str = ""
    materials: tuple[int, ...] = ()     # numbers of the case's materials that the holder added
    records: tuple[str, ...] = ()       # ids of records in the suite
    amiss: tuple[str, ...] = ()         # looked up by the service: of each record what is wrong with it; all well: none
    versions: tuple[int, ...] = ()      # looked up by the service: of each record the version that is given
    offline: Offline = Offline()
    rest: str = ""                      # 部分提供: what is not given
    withheld: Withheld = Withheld()     # and by which law
    leader: str = ""                    # 部分提供: who signs


@dataclass(frozen=True, slots=True)
class PassOn:
    """转持有机关: to whom it belongs."""

    to: str
    reason: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class Refuse:
    withheld: Withheld
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Complain:
    reason: str
    officer: Officer
    late: bool = False                  # looked up by the service: a time limit of the holder has run out


@dataclass(frozen=True, slots=True)
class DirectAnswer:
    """责令提供: what is to be given, and why."""

    what: str
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str
