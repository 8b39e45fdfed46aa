"""第二章 协同执法: the plan that its acts build, beyond what every plan has. Pure: frozen values, no rule of law here."""

from dataclasses import dataclass, replace
from datetime import date

from services.collab.commands import AddClosingReport, AnswerQuestion, Decline, QuestionDecline, Reassign, Report
from services.collab.grounds import UNDER_THREE, Ground
from shared.acts.filings import NoteFilingReturn
from shared.plans.drafting import AGREE
from shared.plans.plan import PARTICIPANT, Plan


@dataclass(frozen=True, slots=True)
class Questioned:
    said: QuestionDecline
    on: date


@dataclass(frozen=True, slots=True)
class Answered:
    said: AnswerQuestion
    on: date


@dataclass(frozen=True, slots=True)
class Declined:
    """A participant that could not go on, from its notice on; its open tasks were given to others, or are yet to be."""

    number: int
    agency: str
    said: Decline
    on: date
    version: int
    questions: tuple[Questioned, ...] = ()
    reassigned: Reassign | None = None
    reassigned_on: date | None = None
    answers: tuple[Answered, ...] = ()                # the n-th is the answer to the n-th question
    consulted: int = 0                                # how often participants had been consulted before it


@dataclass(frozen=True, slots=True)
class Reported:
    """A report (13); the file is complete with its closing report, enclosed or added."""

    said: Report
    on: date
    closing: AddClosingReport | None = None
    closing_on: date | None = None

    @property
    def complete(self) -> bool:
        return bool(self.said.closing_report) or self.closing is not None


@dataclass(frozen=True, slots=True)
class Collab(Plan):
    """A plan of chapter 2."""

    causes: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    lead_because: str = ""
    declined: tuple[Declined, ...] = ()
    reports: tuple[Reported, ...] = ()
    returns: tuple[NoteFilingReturn, ...] = ()        # the n-th return is that of the n-th report

    @property
    def under_three(self) -> bool:
        """Whether a ground of 7(三) is among its grounds: then 9(二) and the exception of 10 apply."""
        return any(each.code in UNDER_THREE for each in self.grounds)

    @property
    def waiting(self) -> tuple[Declined, ...]:
        """Those that declined and that the plan still names: it is yet to be changed for them."""
        now = self.parts_of(PARTICIPANT)
        return tuple(each for each in self.declined if each.reassigned is None
                     and each.agency in self.content.agencies and each.agency not in now)

    def away(self, *, agreeing_takes_back: bool) -> frozenset[str]:
        """Those whose decline stands (12): not of one that was consulted anew since, and agreed, where that counts."""
        last = {each.agency: each for each in self.declined}
        return frozenset(agency for agency, each in last.items()
                         if not (agreeing_takes_back and self._agreed_since(each)))

    def _agreed_since(self, declined: Declined) -> bool:
        return any(answer.agency == declined.agency and answer.said.answer == AGREE
                   for consultation in self.consultations if consultation.number > declined.consulted
                   for answer in consultation.answers)

    def questioned(self, agency: str) -> Declined | None:
        """The decline of the agency about which justice asked and has no answer yet; None where there is none."""
        return next((each for each in self.declined if each.agency == agency
                     and len(each.questions) > len(each.answers)), None)

    @property
    def report(self) -> Reported | None:
        """The report that stands: none before the first, or since its filing came back."""
        return self.reports[-1] if len(self.reports) > len(self.returns) else None

    def with_declined(self, declined: Declined) -> "Collab":
        """The plan with this decline in the place of the one of its number."""
        return replace(self, declined=tuple(declined if each.number == declined.number else each
                                            for each in self.declined))

    def with_report(self, report: Reported) -> "Collab":
        """The plan with its last report replaced."""
        return replace(self, reports=(*self.reports[:-1], report))


def causes(plan: Collab) -> tuple[str, ...]:
    """What a split by matter asks for, where an agency of the plan is dissolved."""
    return plan.causes
