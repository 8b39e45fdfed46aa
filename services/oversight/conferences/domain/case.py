"""第三十条 联席会议: a conference as it stands, what its acts say, and what they are refused for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.acts.model import Party
from shared.kernel.errors import Refusal

DUE, CALLED, HELD, FOLLOWED, CONCLUDED = "due", "called", "held", "followed", "concluded"
STATES = {DUE: "待召集", CALLED: "已召集", HELD: "已召开", FOLLOWED: "议定事项办理中", CONCLUDED: "已办结"}
MEMBER, OWNER = "member", "owner"
RESOLUTION = "resolution"             # of agenda_kinds: what an earlier conference left open

NO_PLACE = Refusal("NO_CONFERENCE_PLACE", "应当写明会议地点。", "The place of the conference is needed.", where="place")
MEETS_EARLIER = Refusal("MEETS_BEFORE_CALL", "会议日期不得早于召集之日。", "It cannot meet before it is called.", where="meets_on")
MEETS_FAR = Refusal("MEETS_FAR", "会议日期不得晚于召集之日后{most}日，请核对年份。",
                    "It is to meet within {most} days after its call: look at the year.", "internal", where="meets_on")
UNKNOWN_MEMBER = Refusal("UNKNOWN_MEMBER", "另行通知的机关「{agency}」应当是名录中现存的机关。",
                         "{agency} is no agency of the register that exists.", where="also")
NO_MEMBERS = Refusal("NO_MEMBERS", "名录中没有可以通知的行政执法机关。", "The register has no enforcement agency to call.", "30", 409)
NO_AGENDA = Refusal("NO_AGENDA", "应当有议题。", "An agenda has items.", where="items")
UNKNOWN_KIND = Refusal("UNKNOWN_AGENDA_KIND", "应当写明议题类别。", "The kind of an item is needed.", where="items.kind")
NO_TITLE = Refusal("NO_AGENDA_TITLE", "议题应当有题目。", "An item of the agenda needs its title.", where="items.title")
UNKNOWN_CONCERNED = Refusal("UNKNOWN_AGENCY_CONCERNED", "议题所涉机关「{agency}」不在名录中。",
                            "{agency}, whom the item concerns, is no agency of the register.", "internal",
                            where="items.agencies")
UNKNOWN_REF = Refusal("AGENDA_REF_UNKNOWN", "没有所涉案件「{ref}」，或者它的消息尚未到达，请核对；议题照此设置，写错的可以重新设置。",
                      "No case {ref} is known; its news may be under way still. The agenda is set so: look at it, "
                      "and set it anew where it is wrong.", "internal", 200, "items.ref")
ONLY_UNFINISHED = Refusal("ONLY_UNFINISHED", "没有报送议题：只列入尚未办结的议定事项{number}项，此前设置的其他议题已经取消。",
                          "No items were sent: the agenda is the {number} resolutions that are open, and nothing else "
                          "that was set before.", "30", 200, "items")
NO_AGENDA_SET = Refusal("NO_AGENDA_SET", "尚未设置议题，不能召开。", "No agenda is set: it cannot be held.", "30", 409)
ATTENDANCE_OPEN = Refusal(
    "ATTENDANCE_OPEN", "下列机关既未报名参会，也未登记缺席：{names}。",
    "These have neither said who attends, nor is their absence recorded: {names}.", "30", 409)
UNFINISHED_MISSING = Refusal(
    "UNFINISHED_MISSING", "会议从尚未办结的议定事项开始，下列事项未列入议题，请重新设置议题：{missing}。",
    "A conference begins with the resolutions that are open still. Set the agenda anew, it lacks {missing}.",
    "internal", where="items")
NO_LEGAL_HEAD = Refusal("NO_LEGAL_HEAD", "应当写明参会的法治机构负责人，或者代为参会的人。",
                        "The head of the legal body who attends, or who stands in, is needed.", "30",
                        where="legal_head")
NO_ENFORCEMENT_HEAD = Refusal(
    "NO_ENFORCEMENT_HEAD", "应当写明参会的执法机构负责人，或者代为参会的人。",
    "The head of the enforcement body who attends, or who stands in, is needed.", "30", where="enforcement_head")
NO_DEPUTY_REASON = Refusal(
    "NO_DEPUTY_REASON", "负责人不能到会、由他人代为参会的，应当说明理由。",
    "Where another stands in for a head, the reason is needed.", "internal", where="{head}.reason")
NOT_A_MEMBER = Refusal("NOT_A_MEMBER", "「{agency}」不是本次会议的参会机关。", "{agency} is no member of this conference.",
                       "30", where="agency")
NO_ABSENCE_REASON = Refusal("NO_ABSENCE_REASON", "登记缺席应当写明情况。", "What is known of an absence is needed.", "internal",
                            where="reason")
SAID_IT_ATTENDS = Refusal("SAID_IT_ATTENDS", "「{agency}」曾报送参会回执，登记后以缺席为准。",
                          "{agency} had said who attends; from now on it counts as absent.", "30", where="agency")
NOBODY_PRESENT = Refusal("NOBODY_PRESENT", "没有一家参会机关到会，不能登记为已召开；改期的，重新召集。",
                         "No member attends: it is not held. To meet on another day, call it again.", "30", 409)
HELD_BEFORE_CALLED_FOR = Refusal(
    "HELD_BEFORE_CALLED_FOR", "会议召集于 {meets_on} 召开，不能登记为此前已召开；提前召开的，重新召集。",
    "It was called for {meets_on}: it was not held before. To meet earlier, call it again.", "30", 409)
NO_CHAIR = Refusal("NO_CHAIR", "应当写明主持人。", "Who presided is needed.", "internal", where="chair")
NO_MINUTES_NUMBER = Refusal("NO_MINUTES_NUMBER", "应当注明纪要文号。", "The number of the minutes is needed.", "30",
                            where="number")
MINUTES_NUMBER_USED = Refusal("MINUTES_NUMBER_USED", "纪要文号「{number}」已经使用。",
                              "The minutes' number {number} is used already.", "internal", where="number")
NO_RESOLUTIONS = Refusal(
    "NO_RESOLUTIONS", "应当写明议定事项；确实没有的，报空的列表（\"resolutions\": []），登记以后会议即办结，不能再补。",
    "Say what was resolved. Where nothing was, send an empty list (\"resolutions\": []): the conference is over with "
    "that, and nothing can be added.", "internal", where="resolutions")
NOTHING_RESOLVED = Refusal(
    "NOTHING_RESOLVED", "纪要登记为没有议定事项：会议已经办结，不能再补议定事项。",
    "The minutes say that nothing was resolved: the conference is over, and no resolution can be added.", "30", 200,
    "resolutions")
NO_RESOLUTION_TEXT = Refusal("NO_RESOLUTION_TEXT", "应当写明议定事项的内容。", "What is resolved is needed.", "30",
                             where="resolutions.says")
UNKNOWN_OWNER = Refusal("UNKNOWN_OWNER", "议定事项的责任机关「{agency}」应当是名录中现存的机关。",
                        "The owner {agency} is no agency of the register that exists.", "30", where="resolutions.owner")
DUE_EARLIER = Refusal("RESOLUTION_DUE_EARLIER", "议定事项的办结日期应当晚于会议之日。",
                      "A resolution is to be done after the day of the conference.", "30", where="resolutions.due_on")
DUE_FAR = Refusal("RESOLUTION_DUE_FAR", "议定事项的办结日期不得晚于会议之日后{most}日，请核对年份。",
                  "A resolution is to be done within {most} days after the conference: look at its year.", "internal",
                  where="resolutions.due_on")
UNKNOWN_RESOLUTION = Refusal("UNKNOWN_RESOLUTION", "没有第 {number} 项议定事项。", "There is no resolution {number}.",
                             where="resolution")
NOT_ITS_RESOLUTION = Refusal(
    "NOT_ITS_RESOLUTION", "第 {number} 项议定事项由「{owner}」负责，不由本机关报告。",
    "Resolution {number} is of {owner}: it is not for your agency to report on.", where="resolution",
    status=403)
DONE_BEFORE = Refusal("RESOLUTION_DONE_BEFORE", "第 {number} 项议定事项已于{on}办结。",
                      "Resolution {number} was done on {on}.", where="resolution", status=409)
NO_REPORT_TEXT = Refusal("NO_REPORT_TEXT", "应当写明落实情况。", "How it is carried out is needed.", where="says")
REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))


@dataclass(frozen=True, slots=True)
class FallDue:
    """What the suite knows: the period for the next conference has begun. `session`: which it is, from 1."""

    session: int = 1
    previous: str = ""                  # the conference before, whose day began the period


@dataclass(frozen=True, slots=True)
class CallConference:
    """召集, or called anew for another day or place. `also`: agencies besides the enforcement agencies."""

    meets_on: date
    place: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A resolution of an earlier conference that is open still."""

    conference: str
    session: int
    number: int
    says: str
    owner: str
    due_on: date

    @property
    def ref(self) -> str:
        """How it is named elsewhere."""
        return f"oversight/{self.conference}/{self.number}"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item. `ref`: the case it is about, as transfer/<id>, or a resolution, as oversight/<id>/<number>; empty where
    it is about several. `refs`: all of them."""

    kind: str                           # coded in agenda_kinds
    title: str
    ref: str = ""
    agencies: tuple[str, ...] = ()      # whom it concerns
    says: str = ""
    refs: tuple[str, ...] = ()


def carried(each: Unfinished, owner: str) -> AgendaItem:
    """An open resolution as an item of the next agenda. `owner`: what its owner is called."""
    return AgendaItem(RESOLUTION, f"第{each.session}次会议议定事项{each.number}：{each.says}"[:200], each.ref, (each.owner,),
                      f"责任机关{owner}，应于{each.due_on}办结，尚未办结", (each.ref,))


@dataclass(frozen=True, slots=True)
class SetAgenda:
    """The agenda, whole. Looked up before the act is decided: what is open of earlier conferences (`unfinished`), and
    which of the refs are of no case that is known (`unknown`)."""

    items: tuple[AgendaItem, ...]
    unfinished: tuple[Unfinished, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who attends as a head: in person, or another for him and why."""

    name: str = ""
    post: str = ""
    deputy: bool = False
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class Attend:
    """参会回执: the heads of both bodies of an agency (30)."""

    legal_head: Attendee = Attendee()
    enforcement_head: Attendee = Attendee()


@dataclass(frozen=True, slots=True)
class RecordAbsence:
    """缺席: an agency that does not come, or did not, and what is known of it."""

    agency: str
    reason: str


@dataclass(frozen=True, slots=True)
class HoldConference:
    """召开, on the act's true date. `unfinished`: as for the agenda."""

    chair: str
    unfinished: tuple[Unfinished, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """议定事项 with its owner and its day; from `done_on` on it is done."""

    says: str
    owner: str
    due_on: date
    done_on: date | None = None

    @property
    def open(self) -> bool:
        return self.done_on is None


@dataclass(frozen=True, slots=True)
class RecordMinutes:
    """纪要 with what was resolved; a conference may resolve nothing, which is said."""

    number: str                         # 纪要文号
    resolutions: tuple[Resolution, ...] | None = None       # None: nothing was said of it


@dataclass(frozen=True, slots=True)
class ReportResolution:
    """落实情况 of one resolution: how it stands, or, by the act that says so, that it is done."""

    resolution: int
    says: str


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of a member: who attends for it, or why nobody does. The last that was said holds."""

    agency: str
    on: date
    attends: Attend | None = None       # None: absent
    reason: str = ""                    # of an absence


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a resolution (29, 30)."""

    resolution: int
    by: str
    on: date
    says: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference from the day its period begins. What lacks as yet is empty."""

    state: str
    parties: tuple[Party, ...]
    due: FallDue
    called: CallConference | None = None
    called_on: date | None = None       # the first time
    agenda: tuple[AgendaItem, ...] = ()
    presence: tuple[Presence, ...] = ()
    held_on: date | None = None
    chair: str = ""
    met: tuple[str, ...] = ()           # its members on the day it was held
    minutes: str = ""                   # 纪要文号
    minutes_on: date | None = None
    resolutions: tuple[Resolution, ...] = ()
    reports: tuple[Report, ...] = ()

    def moved(self, state: str) -> "Conference":
        return replace(self, state=state)

    def with_part(self, part: str) -> tuple[str, ...]:
        """Who has the part now, in the order in which they got it."""
        return tuple(dict.fromkeys(each.agency for each in self.parties if each.part == part and each.until is None))

    @property
    def members(self) -> tuple[str, ...]:
        """Who is to come; once it was held, who was: what becomes of an agency later leaves that as it is."""
        if self.held_on is None:
            return self.with_part(MEMBER)
        return self.met or self.members_on(self.held_on)    # an earlier release did not keep `met`

    def members_on(self, day: date) -> tuple[str, ...]:
        """Who was a member that day, whatever became of it since. Of one whose end was entered so late that it was
        called after it, the heir was."""
        held = [each for each in self.parties if each.part == MEMBER and each.on(day)]
        gone = {each.after for each in held}
        return tuple(dict.fromkeys(each.agency for each in held if each.agency not in gone))

    @property
    def unaccounted(self) -> tuple[str, ...]:
        """Members of whom it is not known whether they attend."""
        known = {each.agency for each in self.presence}
        return tuple(agency for agency in self.members if agency not in known)

    def held(self, day: date) -> "Conference":
        """As it is once it was held that day: with who was a member then."""
        return replace(self, held_on=day, met=self.members_on(day))

    @property
    def present(self) -> tuple[str, ...]:
        return tuple(each.agency for each in self.presence if each.attends and each.agency in self.members)

    @property
    def absent(self) -> tuple[str, ...]:
        return tuple(each.agency for each in self.presence if each.attends is None and each.agency in self.members)

    def missing(self, unfinished: Iterable[Unfinished]) -> tuple[Unfinished, ...]:
        """Those of the open resolutions that are not on the agenda."""
        named = {each.ref for each in self.agenda}
        return tuple(each for each in unfinished if each.ref not in named)

    def open_resolutions(self, conference: str) -> tuple[Unfinished, ...]:
        """What of this one is open; `conference`: its id."""
        return tuple(Unfinished(conference, self.due.session, number, each.says, each.owner, each.due_on)
                     for number, each in enumerate(self.resolutions, 1) if each.open)


def facts(case: Conference) -> dict[str, Any]:
    """What every event of a conference tells: which it is."""
    return {"session": case.due.session}
