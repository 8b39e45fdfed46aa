"""What comes with an act besides its command, and what an act answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shared.kernel.errors import Refusal

DESK = "desk"                         # the origin of a case of which no other is said: entered by hand


@dataclass(frozen=True, slots=True)
class BackEntry:
    """补录: why an act is entered after its day, and the scan that proves it (a digest known to files)."""

    reason: str
    scan: str


@dataclass(frozen=True, slots=True)
class ExternalRef:
    """The number that an agency's own system gave; unique for its agency for ever."""

    system: str
    id: str


@dataclass(frozen=True, slots=True)
class SignedBy:
    """签批: who of the agency signed what its system does: the appointment, when, and the digest of the approval."""

    appointment: str
    signed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Request:
    """The circumstances of an act: which case, what the caller saw, when it truly happened, for whom."""

    case_id: str = ""                 # empty for an act that opens
    if_match: int | None = None       # the revision the caller saw
    key: str = ""                     # Idempotency-Key; empty: none (the suite itself)
    body_digest: str = ""             # of the body as sent
    happened_on: date | None = None
    happened_at: datetime | None = None
    back_entry: BackEntry | None = None
    in_name_of: str = ""              # 委托机关 of a 受委托组织
    external_ref: ExternalRef | None = None
    signed_by: SignedBy | None = None
    origin: Mapping[str, Any] = field(default_factory=lambda: {"kind": DESK})
    causation: str = ""               # the event that caused an act of the suite


@dataclass(frozen=True, slots=True)
class Done:
    """The answer of an act: lean, nothing personal, so that it can be kept and given again."""

    case_id: str
    revision: int
    answer: Mapping[str, Any]         # id, state, state_title, revision, event, entry, facts, warnings
    created: bool = False             # a case was opened
    replayed: bool = False            # this is the first answer again


NOT_VISIBLE = Refusal("NOT_VISIBLE", "没有这一编号的内容，或者本机关无权查看。", "Nothing such is here, or not for your agency.",
                      "internal", 404, "id")
IF_MATCH_MISSING = Refusal("IF_MATCH_MISSING", "请在 If-Match 中注明所依据的版本。",
                           "Say in If-Match which revision you saw.", "internal", 428, "If-Match")
STALE = Refusal("STALE", "内容已有变化（现为第{revision}版），请刷新后再办理。",
                "It has changed (revision {revision} now). Look again.", "internal", 412, "If-Match")
PERSONAL_DATA_ERASED = Refusal("PERSONAL_DATA_ERASED", "本案的个人信息已依法删除，案件只能查阅。",
                               "What the case held of persons was erased: it may only be read.", "个人信息保护法 47", 409)
KEY_REUSED = Refusal("KEY_REUSED", "该 Idempotency-Key 已用于另一内容的请求。",
                     "This Idempotency-Key belongs to a request with another body.", "internal",
                     where="Idempotency-Key")
STILL_RUNNING = Refusal("STILL_RUNNING", "同一请求正在办理，请稍后重试。",
                        "The same request or case is being worked on. Try again shortly.", "internal", 409,
                        "Idempotency-Key")
REF_TAKEN = Refusal(
    "REF_TAKEN",
    "业务系统编号「{id}」已用于另一内容，见 {case}。",
    "The external reference {id} belongs to other content: {case}.",
    "internal",
    409,
    "external_ref",
)


def not_in(title: str, path: str) -> Refusal:
    """That a chapter has no case of the id for the viewer. `title`: what the chapter is called; `path`: where it is."""
    return replace(NOT_VISIBLE, zh=f"{title}中没有这一编号，或者本机关无权查看。",
                   en=f"Nothing of that id is in {path}, or it is not for your agency.")


IN_FUTURE = Refusal("IN_FUTURE", "发生日期不得晚于今天。", "The true date lies in the future.", "internal", where="happened_on")
LATER_THAN_NOW = Refusal(IN_FUTURE.code, "发生时间不得晚于现在。", "The true time lies in the future.", "internal",
                         where="happened_at")
BEFORE_LAST = Refusal("BEFORE_LAST", "发生日期不得早于其所承接的行为（{last}）。",
                      "The true date lies before the act it follows ({last}).", "internal", where="happened_on")
NEEDS_BACK_ENTRY = Refusal(
    "NEEDS_BACK_ENTRY",
    "发生日期早于录入当日的，应当作为补录，注明理由并附扫描件。",
    "An earlier date is a back-entry: give its reason and a scan.",
    "internal",
    where="back_entry",
)
NO_SUCH_SCAN = Refusal("NO_SUCH_SCAN", "补录所附扫描件不存在，请先上传。", "The scan of the back-entry is not known. Upload it first.",
                       "internal", where="back_entry.scan")
WRONG_DAY = Refusal(
    "WRONG_DAY", "发生时间与发生日期不是同一天。", "happened_at is not on happened_on.", "internal", where="happened_at"
)
NOT_ENTRUSTED = Refusal("NOT_ENTRUSTED", "「{name}」不是本机关的委托机关。", "{name} has not entrusted your agency.", "行政处罚法 20",
                        where="in_name_of")
ENTRUSTMENT_ENDED = Refusal("ENTRUSTMENT_ENDED", "委托期限已于{until}届满，不能再以委托机关的名义实施。",
                            "The term of the entrustment ended on {until}: nothing is done in that name any more.",
                            "行政处罚法 20", where="in_name_of")
PRINCIPAL_GONE = Refusal("PRINCIPAL_DISSOLVED", "委托机关「{name}」已于{until}撤销，应当先变更委托机关和委托书。",
                         "{name}, which entrusted your agency, ended on {until}: the entrustment must be made anew.",
                         "行政处罚法 20", where="in_name_of")
NAME_NEEDED = Refusal(
    "NAME_NEEDED",
    "受委托组织应当以委托机关的名义实施，请注明委托机关。",
    "An entrusted body acts in the name of the agency that entrusted it.",
    "行政处罚法 20",
    where="in_name_of",
)
