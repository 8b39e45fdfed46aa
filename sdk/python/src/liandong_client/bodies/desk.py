"""What the events of desk tell. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liandong_client.bodies.every import Act


class AccountOpened(Act, key="desk.account_opened"):
    """账户已开立. Account opened: sent when an account was opened."""
    keeper: str


class AppointmentMade(Act, key="desk.appointment_made"):
    """已任职. Appointment made: sent when a person was appointed."""
    appointment: str
    employer: str
    rank: str
    since: date
    until: date | None


class AppointmentEnded(Act, key="desk.appointment_ended"):
    """任职已终止. Appointment ended: sent when an appointment has ended."""
    appointment: str
    employer: str
    until: date
    valid_after: datetime


class PasswordSet(Act, key="desk.password_set"):
    """密码已设置. Password set: sent when a password was set."""
    valid_after: datetime


class AccountUnlocked(Act, key="desk.account_unlocked"):
    """登录限制已解除. Account unlocked: sent when an account was unlocked."""


class AccountClosed(Act, key="desk.account_closed"):
    """账户已停用. Account closed: sent when an account was closed."""
    valid_after: datetime


class Succeeded(Act, key="desk.succeeded"):
    """任职已承继. Succeeded: sent when an agency ended and its people serve its successor."""
    former: str
    successor: str
    document: str
    last_day: date
    carried: tuple[Mapping[str, Any], ...]


class ClientRegistered(Act, key="desk.client_registered"):
    """业务系统已登记. Client registered: sent when a system was registered."""
    keeper: str
    answers: str
    acts: tuple[str, ...]


class ClientChanged(Act, key="desk.client_changed"):
    """业务系统已变更. Client changed: sent when what a system may do, or who answers for it, changed."""
    answers: str
    acts: tuple[str, ...]
    valid_after: datetime


class ClientKeyRotated(Act, key="desk.client_key_rotated"):
    """密钥已更换. Key rotated: sent when a system has a new key; the one before holds too."""


class ClientRotationFinished(Act, key="desk.client_rotation_finished"):
    """密钥更换已完成. Rotation finished: sent when the key before holds no more, nor do the tokens given before."""
    valid_after: datetime


class ClientSuspended(Act, key="desk.client_suspended"):
    """业务系统已暂停. Client suspended: sent when a system was suspended."""
    valid_after: datetime


class ClientResumed(Act, key="desk.client_resumed"):
    """业务系统已恢复. Client resumed: sent when a system goes on."""


class ClientEnded(Act, key="desk.client_ended"):
    """业务系统已注销. Client ended: sent when a system was ended, by its agency or with it."""
    valid_after: datetime
    former: str | None = None
    successor: str | None = None
    document: str | None = None
    last_day: date | None = None
