"""Passwords: hashed with Argon2id, never kept, logged or told. What is allowed, and how one is made."""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.kernel.errors import Refusal, demand

LEAST, MOST = 10, 128
MEMORY_KIB = 19 * 1024            # OWASP's figure with two passes: several at once still fit a small machine
AT_ONCE = 4                       # hashes computed at a time in a process

TOO_SHORT = Refusal("PASSWORD_SHORT", "密码至少 {least} 个字符。", "A password needs at least {least} characters.",
                    where="password").filled(least=LEAST)
TOO_LONG = Refusal("PASSWORD_LONG", "密码最多 {most} 个字符。", "A password has at most {most} characters.",
                   where="password").filled(most=MOST)
TOO_PLAIN = Refusal("PASSWORD_PLAIN", "密码过于简单：不得由少数几个字符重复组成，不得包含账号。",
                    "This password is too simple: few different characters, or it holds the account name.",
                    where="password")

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"        # none that look alike in print


class Passwords:
    """Hashes and checks. An unknown account costs the same time as a wrong password."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._room:
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is that of `kept`; None for an unknown account, which never matches."""
        with self._room:
            try:
                return self._hasher.verify(kept or self._nobody, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def check_allowed(password: str, login: str) -> None:
    """Raises Refused with all that is wrong about a new password."""
    lowered = password.casefold()
    demand((len(password) >= LEAST, TOO_SHORT), (len(password) <= MOST, TOO_LONG),
           (len(set(lowered)) >= 5 and (not login or login.casefold() not in lowered), TOO_PLAIN))


def generate() -> str:
    """A password of 75 bits that can be read out on the phone: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
