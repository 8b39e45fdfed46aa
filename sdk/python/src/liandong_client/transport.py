"""Requests that are sent again while that helps: lost connections and busy servers, never a refusal."""

import email.utils
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import requests

from liandong_client.errors import Refused, Unreachable

BUSY = frozenset((429, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how patiently. The delay doubles from `first` to `most` seconds, each drawn at random from its
    upper half, so that many clients do not come back at once. A Retry-After is waited for in full; one that is longer
    than `longest` is given up instead."""

    tries: int = 6
    first: float = 0.5
    most: float = 30.0
    longest: float = 120.0

    def delay(self, failures: int, chance: float) -> float:
        """Seconds before the next try after so many failures; `chance` lies between 0 and 1."""
        whole: float = min(self.most, self.first * 2.0 ** (failures - 1))
        return whole * (0.5 + chance / 2)


@dataclass(frozen=True, slots=True)
class Means:
    """What a transport needs of the world; tests give their own."""

    sleep: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random
    monotonic: Callable[[], float] = time.monotonic


class Transport:
    """Sends requests to one base address over kept connections. Not for several threads at once."""

    def __init__(self, base: str, *, timeout: float = 30.0, retries: Retries | None = None, language: str = "zh",
                 session: requests.Session | None = None, means: Means | None = None) -> None:
        self.base, self.timeout, self.retries = base.rstrip("/"), timeout, retries or Retries()
        self.language, self.means = language, means or Means()
        self.session = session or requests.Session()

    def send(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, more: float = 0.0,
             **content: Any) -> requests.Response:
        """The answer to a request, whatever its status below 400. `more`: seconds that the server may take on top of
        the usual ones. Raises Refused, Unreachable."""
        failures, last = 0, ""
        while True:
            pause = 0.0
            try:
                self._rewind(content)
                answer = self.session.request(
                    method, f"{self.base}{path}", timeout=(self.timeout, self.timeout + more), allow_redirects=False,
                    headers={"Accept-Language": self.language, **(headers or {})}, **content)
            except requests.exceptions.SSLError as failed:      # a certificate does not get better by trying
                raise Unreachable(f"{method} {self.base}{path}: {failed}") from failed
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as lost:
                last = f"{type(lost).__name__}: {lost}"
            else:
                pause = pause_asked(answer.headers.get("Retry-After", ""))
                if answer.status_code not in BUSY or pause > self.retries.longest:
                    return self._checked(answer)
                last = f"{answer.status_code} {_problem(answer).get('code', '')}".strip()
            failures += 1
            if failures >= self.retries.tries:
                raise Unreachable(f"{method} {self.base}{path}: {last}, {failures} times")
            self.means.sleep(max(pause, self.retries.delay(failures, self.means.chance())))

    @staticmethod
    def _rewind(content: Mapping[str, Any]) -> None:
        """A file is sent from its beginning, also the second time."""
        for file in (content.get("files") or {}).values():
            file[1].seek(0)

    @staticmethod
    def _checked(answer: requests.Response) -> requests.Response:
        if answer.status_code >= 300 and answer.status_code != 304:
            raise Refused(answer.status_code, _problem(answer))
        return answer


def pause_asked(retry_after: str, now: datetime | None = None) -> float:
    """Seconds that a Retry-After asks for: a number or a date; 0 where it says nothing readable."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _problem(answer: requests.Response) -> dict[str, Any]:
    """The problem of an answer; one that a gateway made up is told by its status."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    if isinstance(found, dict) and "code" in found:
        return found
    return {"code": f"HTTP_{answer.status_code}", "detail": answer.reason or "", "status": answer.status_code}
