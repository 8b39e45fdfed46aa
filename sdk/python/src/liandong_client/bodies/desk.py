"""desk: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class AccountClosed(Told):
    """账户已停用. Account closed: sent when an account was closed."""

    KEY: ClassVar[str] = "desk.account_closed"
    act: str
    agency: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountOpened(Told):
    """账户已开立. Account opened: sent when an account was opened."""

    KEY: ClassVar[str] = "desk.account_opened"
    act: str
    agency: str
    article: str
    keeper: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountUnlocked(Told):
    """登录限制已解除. Account unlocked: sent when an account was unlocked."""

    KEY: ClassVar[str] = "desk.account_unlocked"
    act: str
    agency: str
    article: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AppointmentEnded(Told):
    """任职已终止. Appointment ended: sent when an appointment has ended."""

    KEY: ClassVar[str] = "desk.appointment_ended"
    act: str
    agency: str
    appointment: str
    article: str
    employer: str
    occurred_on: date
    until: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AppointmentMade(Told):
    """已任职. Appointment made: sent when a person was appointed."""

    KEY: ClassVar[str] = "desk.appointment_made"
    act: str
    agency: str
    appointment: str
    article: str
    employer: str
    occurred_on: date
    rank: str
    since: date
    until: date | None
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint(Told):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""

    KEY: ClassVar[str] = "desk.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class ClientChanged(Told):
    """业务系统已变更. Client changed: sent when what a system may do, or who answers for it, changed."""

    KEY: ClassVar[str] = "desk.client_changed"
    act: str
    acts: tuple[str, ...]
    agency: str
    answers: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClientEnded(Told):
    """业务系统已注销. Client ended: sent when a system was ended, by its agency or with it."""

    KEY: ClassVar[str] = "desk.client_ended"
    act: str
    agency: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    document: str | None = None
    former: str | None = None
    in_name_of: str | None = None
    last_day: date | None = None
    state: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class ClientKeyRotated(Told):
    """密钥已更换. Key rotated: sent when a system has a new key; the one before holds too."""

    KEY: ClassVar[str] = "desk.client_key_rotated"
    act: str
    agency: str
    article: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClientRegistered(Told):
    """业务系统已登记. Client registered: sent when a system was registered."""

    KEY: ClassVar[str] = "desk.client_registered"
    act: str
    acts: tuple[str, ...]
    agency: str
    answers: str
    article: str
    keeper: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClientResumed(Told):
    """业务系统已恢复. Client resumed: sent when a system goes on."""

    KEY: ClassVar[str] = "desk.client_resumed"
    act: str
    agency: str
    article: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClientRotationFinished(Told):
    """密钥更换已完成. Rotation finished: sent when the key before holds no more, nor do the tokens given before."""

    KEY: ClassVar[str] = "desk.client_rotation_finished"
    act: str
    agency: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClientSuspended(Told):
    """业务系统已暂停. Client suspended: sent when a system was suspended."""

    KEY: ClassVar[str] = "desk.client_suspended"
    act: str
    agency: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineBreached(Told):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""

    KEY: ClassVar[str] = "desk.deadline_breached"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineCancelled(Told):
    """期限终止. Deadline cancelled: sent when it is owed no more."""

    KEY: ClassVar[str] = "desk.deadline_cancelled"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineCorrected(Told):
    """期限更正. Deadline corrected: sent when a true date put right has it judged anew."""

    KEY: ClassVar[str] = "desk.deadline_corrected"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    was: Mapping[str, Any]
    why: str
    withdrawn: Mapping[str, Any]
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineMet(Told):
    """期限完成. Deadline met: sent when what it asks for was done, in time or late."""

    KEY: ClassVar[str] = "desk.deadline_met"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Told):
    """期限变动. Deadline moved: sent when calendar or rulebook have moved it."""

    KEY: ClassVar[str] = "desk.deadline_moved"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None
    was: Mapping[str, Any] | None = None
    was_bound: str | None = None
    withdrawn: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DeadlinePaused(Told):
    """期限中止. Deadline paused: sent when it stands still."""

    KEY: ClassVar[str] = "desk.deadline_paused"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    left: int | None = None
    paused_on: date | None = None
    used: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineResumed(Told):
    """期限恢复. Deadline resumed: sent when it runs again."""

    KEY: ClassVar[str] = "desk.deadline_resumed"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    left: int | None = None
    paused_on: date | None = None
    used: int | None = None
    was: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DeadlineStarted(Told):
    """期限起算. Deadline started: sent when a clock has begun to run."""

    KEY: ClassVar[str] = "desk.deadline_started"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineWarned(Told):
    """期限预警. Deadline warned: sent when it has turned yellow."""

    KEY: ClassVar[str] = "desk.deadline_warned"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFailing(Told):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""

    KEY: ClassVar[str] = "desk.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "desk.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "desk.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class EpochOpened(Told):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""

    KEY: ClassVar[str] = "desk.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class FollowerSettled(Told):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""

    KEY: ClassVar[str] = "desk.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PasswordSet(Told):
    """密码已设置. Password set: sent when a password was set."""

    KEY: ClassVar[str] = "desk.password_set"
    act: str
    agency: str
    article: str
    occurred_on: date
    valid_after: datetime
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "desk.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Probe(Told):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""

    KEY: ClassVar[str] = "desk.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class Succeeded(Told):
    """任职已承继. Succeeded: sent when an agency ended and its people serve its successor."""

    KEY: ClassVar[str] = "desk.succeeded"
    act: str
    agency: str
    article: str
    carried: tuple[Mapping[str, Any], ...]
    document: str
    former: str
    last_day: date
    occurred_on: date
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


BODIES: dict[str, type[Told]] = {
    "account_closed": AccountClosed,
    "account_opened": AccountOpened,
    "account_unlocked": AccountUnlocked,
    "appointment_ended": AppointmentEnded,
    "appointment_made": AppointmentMade,
    "checkpoint": Checkpoint,
    "client_changed": ClientChanged,
    "client_ended": ClientEnded,
    "client_key_rotated": ClientKeyRotated,
    "client_registered": ClientRegistered,
    "client_resumed": ClientResumed,
    "client_rotation_finished": ClientRotationFinished,
    "client_suspended": ClientSuspended,
    "deadline_breached": DeadlineBreached,
    "deadline_cancelled": DeadlineCancelled,
    "deadline_corrected": DeadlineCorrected,
    "deadline_met": DeadlineMet,
    "deadline_moved": DeadlineMoved,
    "deadline_paused": DeadlinePaused,
    "deadline_resumed": DeadlineResumed,
    "deadline_started": DeadlineStarted,
    "deadline_warned": DeadlineWarned,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "epoch_opened": EpochOpened,
    "follower_settled": FollowerSettled,
    "password_set": PasswordSet,
    "personal_data_erased": PersonalDataErased,
    "probe": Probe,
    "succeeded": Succeeded,
}
