"""Events of every service, and what every act's event tells. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liandong_client.told import Told


class Act(Told):
    """What the event of every act tells."""
    occurred_on: date
    act: str
    article: str
    agency: str
    state: str | None = None
    back_entry: bool | None = None
    in_name_of: str | None = None


class DeadlineStarted(Told, key="deadline_started"):
    """期限起算. Deadline started: sent when a clock has begun to run."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str


class DeadlineWarned(Told, key="deadline_warned"):
    """期限预警. Deadline warned: sent when it has turned yellow."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str


class DeadlineBreached(Told, key="deadline_breached"):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str


class DeadlineMet(Told, key="deadline_met"):
    """期限完成. Deadline met: sent when what it asks for was done, in time or late."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    by: str | None = None


class DeadlineMoved(Told, key="deadline_moved"):
    """期限变动. Deadline moved: sent when calendar or rulebook have moved it."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    was: Mapping[str, Any] | None = None
    withdrawn: Mapping[str, Any] | None = None
    by: str | None = None
    was_bound: str | None = None


class DeadlinePaused(Told, key="deadline_paused"):
    """期限中止. Deadline paused: sent when it stands still."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    by: str | None = None
    used: int | None = None
    left: int | None = None


class DeadlineResumed(Told, key="deadline_resumed"):
    """期限恢复. Deadline resumed: sent when it runs again."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    by: str | None = None
    was: Mapping[str, Any] | None = None
    used: int | None = None
    left: int | None = None


class DeadlineCancelled(Told, key="deadline_cancelled"):
    """期限终止. Deadline cancelled: sent when it is owed no more."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    by: str | None = None


class DeadlineCorrected(Told, key="deadline_corrected"):
    """期限更正. Deadline corrected: sent when a true date put right has it judged anew."""
    occurred_on: date
    deadline: str
    clock: str
    case: str
    bound: str
    item: str
    generation: int
    state: str
    article: str
    law: str
    statutory: bool
    says: str
    unit: str
    amount: int
    started_by: str
    started_on: date
    started_at: datetime
    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    late: bool | None
    met_on: date | None
    met_at: datetime | None
    paused_on: date | None = None
    warned: bool
    breached: bool
    rulebook: str
    calendar: str
    why: str
    was: Mapping[str, Any]
    withdrawn: Mapping[str, Any]
    by: str | None = None


class Checkpoint(Told, key="checkpoint"):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""
    occurred_on: date
    source: str
    epoch: str
    to_position: int
    chain: str
    algorithm: str
    signature: str
    sealed_at: datetime


class Probe(Told, key="probe"):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""
    occurred_on: date


class EpochOpened(Told, key="epoch_opened"):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""
    occurred_on: date
    epoch: str
    binding: str
    why: str


class PersonalDataErased(Told, key="personal_data_erased"):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


class FollowerSettled(Told, key="follower_settled"):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""
    occurred_on: date
    source: str
    from_: Mapping[str, Any]
    to: Mapping[str, Any]


class DeliveryFailing(Told, key="delivery_failing"):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""
    occurred_on: date
    agency: str
    carrier: str
    subscription: str | None = None
    why: str | None = None


class DeliveryPaused(Told, key="delivery_paused"):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""
    occurred_on: date
    agency: str
    carrier: str
    subscription: str | None = None
    why: str | None = None


class DeliveryResumed(Told, key="delivery_resumed"):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""
    occurred_on: date
    agency: str
    carrier: str
    subscription: str | None = None
    why: str | None = None
