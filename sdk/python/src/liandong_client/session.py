"""Signing in: one token for all threads of a client, renewed before its end."""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from liandong_client.errors import Refused
from liandong_client.transport import Transport

LIFE = timedelta(minutes=10)        # of a token, where the answer's own times can't be read
SHARE = 0.8                         # of a token's life after which it is renewed
PATH = "/api/desk/session"


@dataclass(frozen=True, slots=True)
class Login:
    """Who signs in: a machine by its API key, or a person by name and password (and, who holds several, appointment).
    `repr` tells no secret."""

    api_key: str = ""
    login: str = ""
    password: str = ""
    appointment: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Login":
        """LIANDONG_API_KEY; or LIANDONG_LOGIN, LIANDONG_PASSWORD and, where needed, LIANDONG_APPOINTMENT."""
        return cls(*(environ.get(f"LIANDONG_{name}", "") for name in ("API_KEY", "LOGIN", "PASSWORD", "APPOINTMENT")))

    def to_json(self) -> dict[str, str]:
        """The body of a sign-in."""
        told = {"api_key": self.api_key, "login": self.login, "password": self.password,
                "appointment": self.appointment}
        return {name: value for name, value in told.items() if value}

    def __repr__(self) -> str:
        return f"Login({self.login or 'api_key'})"


class Session:
    """The token of a login, and the header that carries it. One sign-in at a time: the desk counts tries."""

    def __init__(self, login: Login, header: str) -> None:
        self._login, self._header = login, header
        self._lock = threading.Lock()
        self._token, self._renew_at = "", 0.0

    def signed(self, transport: Transport, *, instead: Mapping[str, str] | None = None) -> dict[str, str]:
        """The header of a signed-in request. `instead`: the one that was refused; unless another thread has got a new
        token meanwhile, one is asked for. Raises Refused, Unreachable."""
        with self._lock:
            if instead == self._headers():
                self._token = ""
            if not self._token or transport.means.monotonic() >= self._renew_at:
                self._sign_in(transport)
            return self._headers()

    def _headers(self) -> dict[str, str]:
        return {self._header: f"Bearer {self._token}"}

    def _sign_in(self, transport: Transport) -> None:
        """A person who has a token renews it; a machine gives its key again, which costs the desk less than a
        password."""
        if self._token and not self._login.api_key:
            try:
                self._took(transport, transport.send("POST", f"{PATH}/renew", json={}, headers=self._headers()))
                return
            except Refused:
                self._token = ""        # the session has ended: it begins anew
        self._took(transport, transport.send("POST", PATH, json=self._login.to_json()))

    def _took(self, transport: Transport, answer: requests.Response) -> None:
        told = answer.json()
        self._token = str(told["token"])
        self._renew_at = transport.means.monotonic() + _life(answer, told).total_seconds() * SHARE


def _life(answer: requests.Response, told: Mapping[str, Any]) -> timedelta:
    """How long the token holds, by the server's clock alone: this machine's may be wrong."""
    try:
        begun = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
        return min(LIFE, max(timedelta(0), datetime.fromisoformat(str(told["expires_at"])) - begun))
    except (KeyError, ValueError, TypeError):
        return LIFE
