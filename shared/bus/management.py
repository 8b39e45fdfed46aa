"""The broker's management API (HTTP): users, their rights and limits, and what a queue has seen. For ops' commands;
nothing that an agency or an act does needs it."""

from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import requests

from shared.kernel.settings import authority

SECONDS = 10.0
KNOWN = ("name", "message_stats", "messages_unacknowledged")     # of a queue: what is asked for


class Unmanaged(Exception):
    """The management API can't be reached, or refuses."""


class Management:
    """The API at `url`; user and password stand in it, else those of `amqp_url`, whose vhost is meant and whose
    authority is trusted."""

    def __init__(self, url: str, amqp_url: str) -> None:
        at, broker = urlsplit(url), urlsplit(amqp_url)
        who = at if at.username else broker
        self._auth = (unquote(who.username or "guest"), unquote(who.password or "guest"))
        host = f"{at.hostname}:{at.port}" if at.port else str(at.hostname)
        self._base = urlunsplit((at.scheme, host, at.path.rstrip("/"), "", "")) + "/api"
        self._trusted: str | bool = authority(amqp_url) or True
        self.vhost = unquote(broker.path[1:]) or "/"

    def users(self, beginning: str) -> list[str]:
        """The names of the users that begin so."""
        return sorted(each["name"] for each in self._ask("GET", "users") if each["name"].startswith(beginning))

    def make_reader(self, user: str, password: str, queue: str, limits: dict[str, int]) -> None:
        """A user that may read one queue and nothing else. It gets its rights last, when its limits stand."""
        name, vhost = quote(user, safe=""), quote(self.vhost, safe="")
        self._ask("PUT", f"users/{name}", {"password": password, "tags": ""})
        for limit, value in limits.items():
            self._ask("PUT", f"user-limits/{name}/{limit}", {"value": value})
        rights = {"configure": "^$", "write": "^$", "read": exactly(queue)}
        self._ask("PUT", f"permissions/{vhost}/{name}", rights)

    def drop_user(self, user: str) -> None:
        """Ends a user; the broker closes its connections."""
        self._ask("DELETE", f"users/{quote(user, safe='')}")

    def queues(self, beginning: str) -> dict[str, dict[str, Any]]:
        """What the API knows of the queues whose names begin so, some seconds old, by name: one question for all."""
        found = self._ask("GET", f"queues/{quote(self.vhost, safe='')}?columns={','.join(KNOWN)}")
        return {each["name"]: dict(each) for each in found if each["name"].startswith(beginning)}

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, *, missing: bool = False) -> Any:
        try:
            answer = requests.request(method, f"{self._base}/{path}", auth=self._auth, json=body, timeout=SECONDS,
                                      verify=self._trusted)
        except requests.RequestException as failed:
            raise Unmanaged(f"the broker's management API does not answer: {type(failed).__name__}; "
                            "is LIANDONG_MANAGEMENT_URL right?") from failed
        if answer.status_code == 404 and (missing or method == "DELETE"):
            return None
        if not answer.ok:
            what = f"{method} {path.partition('/')[0]}: {answer.status_code}"
            raise Unmanaged(f"the broker's management API refuses {what}")
        return answer.json() if answer.content else None


def exactly(queue: str) -> str:
    """The pattern that opens one queue: dots are escaped, the end is anchored, or `agency.A` would open `agency.AB`."""
    return "^" + "".join(sign if sign.isalnum() or sign in "_-" else f"\\{sign}" for sign in queue) + "$"
