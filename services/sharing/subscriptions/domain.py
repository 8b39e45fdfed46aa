"""What an agency's own system is sent without asking: 订阅. Pure.

The feed is each agency's full record whatever it chooses here. A subscription says by which carrier copies go out
besides, and of which events: to its queue on the broker, of which it has one, or to a webhook. It is its agency's own;
justice and the government office see it. No clock runs on it. With the agency it ends.

A webhook waits until its address has answered a challenge, and again whenever the address is another or it is resumed.
Its secrets stand in a table of their own: no act has one in it.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from services.sharing.subscriptions.event_types import OWN as _OWN
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.contracts.frame import TOLD
from shared.contracts.personal import MOBILE
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, demand
from shared.kernel.hosts import address_of

WAITING, ACTIVE, PAUSED, FAILED, ENDED = "waiting", "active", "paused", "failed", "ended"
STATES = {WAITING: "等待验证", ACTIVE: "推送中", PAUSED: "已暂停", FAILED: "验证未通过", ENDED: "已终止"}
SUBSCRIBER = "subscriber"
QUEUE, WEBHOOK = "queue", "webhook"
CARRIERS = {QUEUE: "消息队列", WEBHOOK: "网络回调"}
SEES_ALL = frozenset({JUSTICE, GOVERNMENT_OFFICE})
MOST_TYPES = 1000


def _lacks(code: str, zh: str, en: str, where: str) -> Refusal:
    return Refusal(code, zh, en, "internal", where=where)


QUEUE_TAKEN = Refusal("QUEUE_TAKEN", "每个机关只有一个消息队列，本机关已有订阅，应当变更该订阅。",
                      "An agency has one queue, and yours is subscribed already: change that subscription.", "internal",
                      409, "carrier")
TOO_MANY = Refusal("TOO_MANY_SUBSCRIPTIONS", "本机关没有终止的订阅已有 {most} 个，不能再增加；请终止不用的，或者由运维人员提高 "
                   "LIANDONG_AGENCY_SUBSCRIPTIONS。",
                   "Your agency has {most} subscriptions that have not ended, and may have no more: end one that is "
                   "not used, or ask ops to raise LIANDONG_AGENCY_SUBSCRIPTIONS.", "internal", 409, "carrier")
ADDRESS_TAKEN = Refusal("ADDRESS_TAKEN", "本机关的另一个订阅已经推送到该地址，应当变更该订阅。",
                        "Another subscription of your agency goes to this address already: change that one.",
                        "internal", 409, "url")
UNKNOWN_EVENT_TYPE = _lacks("UNKNOWN_EVENT_TYPE", "没有事件类型「{unknown}」。可以订阅：{known}。",
                            "There is no event type {unknown}. There are: {known}.", "types")
NO_CONTACT = _lacks("NO_CONTACT", "应当写明出现故障时联系的科室，以及办公电话或者科室邮箱。",
                    "The office to turn to when delivery fails is required, with its telephone or mailbox.", "contact")
CONTACT_IS_A_PERSON = _lacks("CONTACT_IS_A_PERSON", "联系方式只写科室、办公电话和科室邮箱，不写个人手机号码。",
                             "The contact is an office, its telephone and mailbox, never anybody's mobile number.",
                              "contact")
NO_ADDRESS = _lacks("NO_ADDRESS", "网络回调应当写明接收地址：http 或者 https，不带用户名、口令和片段；中文域名写作 xn--，IP 地址写作通常的"
                                  "十进制。",
                    "A webhook needs its address: http or https, without user, password or fragment; a name in ASCII, "
                    "an IP address in its usual form.", "url")
ADDRESS_NOT_ALLOWED = _lacks("ADDRESS_NOT_ALLOWED", "平台的运维人员没有允许推送到「{host}」，请联系运维人员，将其加入 "
                                                    "LIANDONG_WEBHOOK_HOSTS。",
                             "Ops do not allow sending to {host}. Ask them to add it to LIANDONG_WEBHOOK_HOSTS.",
                             "url")
NO_SECRET = Refusal("NO_SECRET", "消息队列没有签名密钥，只有网络回调才有。", "A queue has no secret, only a webhook has.",
                    "internal", 409)
ROTATING = Refusal("SECRET_ROTATING", "签名密钥正在更换：新旧密钥同时签名，请先完成更换。",
                   "A rotation is under way: both secrets sign. Finish it first.", "internal", 409)
NOT_ROTATING = Refusal("NO_SECRET_ROTATION", "没有正在进行的签名密钥更换。", "No rotation of its secret is under way.",
                       "internal", 409)
ADDRESS_OF_NO_WEBHOOK = _lacks("ADDRESS_OF_NO_WEBHOOK", "消息队列没有接收地址。", "A queue has no address.", "url")
NO_CHANGE = _lacks("SUBSCRIPTION_UNCHANGED", "订阅没有任何变更。", "Nothing of the subscription is changed.", "types")
NO_REASON = _lacks("NO_SUBSCRIPTION_REASON", "应当说明理由。", "A reason is required.", "reason")
REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to tell when delivery fails: an office, never a person."""

    office: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """订阅. `types`: as transfer.announced; none: all. Filled in before the act is decided: `taken`: whether its agency's
    queue has a subscription already; `full`: how many an agency may have, where its agency has them; `barred`: the host
    of its address, where ops do not allow it; `doubled`: whether another of its agency goes to this address."""

    carrier: str
    contact: Contact = Contact()
    types: tuple[str, ...] = ()
    url: str = ""                            # of a webhook
    taken: bool = False
    full: int = 0                            # 0: there is room
    barred: str = ""
    doubled: bool = False


@dataclass(frozen=True, slots=True)
class ChangeSubscription:
    """变更: types, contact and address whole, as they are now."""

    contact: Contact = Contact()
    types: tuple[str, ...] = ()
    url: str = ""
    barred: str = ""                         # as of Subscribe
    doubled: bool = False                    # likewise


@dataclass(frozen=True, slots=True)
class PauseSubscription:
    """暂停: what comes meanwhile stands in the feed."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResumeSubscription:
    """恢复."""


@dataclass(frozen=True, slots=True)
class EndSubscription:
    """终止, for good."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class RotateSecret:
    """更换签名密钥: a new one; the one before signs too until the rotation is finished."""


@dataclass(frozen=True, slots=True)
class FinishRotation:
    """完成更换."""


@dataclass(frozen=True, slots=True)
class ConfirmAddress:
    """验证通过: the address gave the challenge back."""


@dataclass(frozen=True, slots=True)
class NoteFailure:
    """验证未通过: it did not, however often it was tried. `reason`: what became of the last try."""

    reason: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription as it stands."""

    state: str
    carrier: str
    contact: Contact
    types: tuple[str, ...]
    parties: tuple[Party, ...]
    url: str = ""
    reason: str = ""                         # why it is paused or ended, or its address was not confirmed
    rotating: bool = False                   # the secret before signs too

    @property
    def agency(self) -> str:
        """Whose it is, for ever: it goes to no successor."""
        return self.parties[0].agency

    def moved(self, state: str) -> "Subscription":
        return replace(self, state=state)


def subscribe(_: None, command: Subscribe, context: Context) -> Outcome[Subscription]:
    demand((command.carrier != QUEUE or not command.taken, QUEUE_TAKEN),
           (not command.full, TOO_MANY.filled(most=command.full)), *_sound(command, command.carrier))
    party = Party(SUBSCRIBER, context.viewer.agency, context.happened_on)
    made = Subscription("", command.carrier, command.contact, _ordered(command.types), (party,), command.url)
    return _told(made, _begun(made))


def change(case: Subscription, command: ChangeSubscription, _: Context) -> Outcome[Subscription]:
    """Another address is tried anew, and so is one that was not confirmed; what is paused stays so."""
    changed = replace(case, contact=command.contact, types=_ordered(command.types), url=command.url)
    demand(*_sound(command, case.carrier), (changed != case, NO_CHANGE))
    anew = case.state == FAILED or (changed.url != case.url and case.state != PAUSED)
    return _told(replace(changed, reason="" if anew else case.reason), WAITING if anew else case.state)


def pause(case: Subscription, command: PauseSubscription, _: Context) -> Outcome[Subscription]:
    demand((command.reason, NO_REASON))
    return _told(replace(case, reason=command.reason))


def resume(case: Subscription, _: ResumeSubscription, __: Context) -> Outcome[Subscription]:
    return _told(replace(case, reason=""), _begun(case))


def rotate(case: Subscription, _: RotateSecret, __: Context) -> Outcome[Subscription]:
    return _told(replace(case, rotating=True))


def finish(case: Subscription, _: FinishRotation, __: Context) -> Outcome[Subscription]:
    return _told(replace(case, rotating=False))


def confirm(case: Subscription, _: ConfirmAddress, __: Context) -> Outcome[Subscription]:
    return _told(replace(case, reason=""))


def note_failure(case: Subscription, command: NoteFailure, _: Context) -> Outcome[Subscription]:
    return _told(replace(case, reason=command.reason))


def end(case: Subscription, command: EndSubscription, _: Context) -> Outcome[Subscription]:
    demand((command.reason, NO_REASON))
    return _told(replace(case, reason=command.reason, rotating=False))


def has_secret(case: Subscription | None, _: Context) -> Iterable[Refusal]:
    if case is not None and case.carrier != WEBHOOK:
        yield NO_SECRET


def not_rotating(case: Subscription | None, _: Context) -> Iterable[Refusal]:
    if case is not None and case.rotating:
        yield ROTATING


def under_rotation(case: Subscription | None, _: Context) -> Iterable[Refusal]:
    if case is not None and not case.rotating:
        yield NOT_ROTATING


def _begun(case: Subscription) -> str:
    """The state in which it begins: a webhook's address is tried first."""
    return WAITING if case.carrier == WEBHOOK else ACTIVE


def _told(case: Subscription, state: str = "") -> Outcome[Subscription]:
    """Every event tells the subscription as every service needs it; neither contact nor address."""
    return Outcome(case, {"subscriber": case.agency, "carrier": case.carrier, "types": list(case.types)}, state)


def _ordered(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(types)))


def _sound(said: Subscribe | ChangeSubscription, carrier: str) -> Iterator[tuple[object, Refusal]]:
    known = event_types()
    unknown = sorted(set(said.types) - known.keys())
    yield not unknown, UNKNOWN_EVENT_TYPE.filled(unknown="、".join(unknown), known="、".join(known))
    contact = said.contact
    yield contact.office and (contact.phone or contact.email), NO_CONTACT
    yield not any(MOBILE.search(each) for each in (contact.office, contact.phone, contact.email)), CONTACT_IS_A_PERSON
    yield carrier != WEBHOOK or _plain(said.url), NO_ADDRESS
    yield carrier != WEBHOOK or not said.barred, ADDRESS_NOT_ALLOWED.filled(host=said.barred)
    yield carrier != WEBHOOK or not said.doubled, ADDRESS_TAKEN
    yield carrier == WEBHOOK or not said.url, ADDRESS_OF_NO_WEBHOOK


def _plain(url: str) -> bool:
    with suppress(ValueError):
        return bool(address_of(url))
    return False


def event_types() -> dict[str, str]:
    """Every event that an agency may be told of, as transfer.announced, with its 中文: what each service declares of its
    own, and what every service tells agencies besides: of deadlines, of carriers, of checkpoints."""
    everywhere = {each.name: each.zh for each in TOLD}
    return {f"{service}.{name}": title for service, own in _OWN.items()
            for name, title in sorted({**own, **everywhere}.items())}


def told(_: Subscription | None, after: Subscription, __: str, context: Context) -> frozenset[str]:
    """Its agency, justice and the government office."""
    return frozenset({after.agency}) | context.register.standing_agencies(*SEES_ALL)


def seen(case: Subscription, viewer: Viewer, register: Register) -> Subscription | None:
    """All of it, by its agency and by who oversees; nothing by anybody else."""
    return case if viewer.suite or viewer.agency == case.agency or register.standing(viewer.agency) & SEES_ALL else None


OWN, OPEN = frozenset({SUBSCRIBER}), frozenset({WAITING, ACTIVE, PAUSED, FAILED})
BY_SUITE, UNDER_TRIAL = frozenset({SUITE}), frozenset({WAITING})
ACTS = (
    Act("subscribe", "订阅", "internal", by=OWN, rank=Rank.LEADER, opens=True, to=(ACTIVE, WAITING),
        event="subscription_opened", command=Subscribe, decide=subscribe),
    Act("change", "变更订阅", "internal", by=OWN, rank=Rank.LEADER, states=OPEN, to=(ACTIVE, PAUSED, WAITING),
        event="subscription_changed", command=ChangeSubscription, decide=change),
    Act("confirm-address", "接收地址验证通过", "internal", by=BY_SUITE, states=UNDER_TRIAL, to=(ACTIVE,),
        event="subscription_confirmed", command=ConfirmAddress, decide=confirm),
    Act("note-failure", "接收地址验证未通过", "internal", by=BY_SUITE, states=UNDER_TRIAL, to=(FAILED,),
        event="subscription_not_confirmed", command=NoteFailure, decide=note_failure),
    Act("rotate-secret", "更换签名密钥", "internal", by=OWN, rank=Rank.LEADER, states=OPEN,
        guards=(has_secret, not_rotating), event="subscription_secret_rotated", command=RotateSecret, decide=rotate),
    Act("finish-rotation", "完成更换签名密钥", "internal", by=OWN, rank=Rank.LEADER, states=OPEN,
        guards=(has_secret, under_rotation), event="subscription_rotation_finished", command=FinishRotation,
        decide=finish),
    Act("pause", "暂停推送", "internal", by=OWN | BY_SUITE, states=frozenset({WAITING, ACTIVE}), to=(PAUSED,),
        event="subscription_paused", command=PauseSubscription, decide=pause),
    Act("resume", "恢复推送", "internal", by=OWN, states=frozenset({PAUSED, FAILED}), to=(ACTIVE, WAITING),
        event="subscription_resumed", command=ResumeSubscription, decide=resume),
    Act("end", "终止订阅", "internal", by=OWN | BY_SUITE, rank=Rank.LEADER, states=OPEN, to=(ENDED,),
        event="subscription_ended", command=EndSubscription, decide=end),
)
CHAPTER = Chapter("sharing", "订阅", "subscriptions", ACTS, STATES, frozenset(STATES), Subscription, told, seen)
