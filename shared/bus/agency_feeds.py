"""Reading what one agency was told of one service: in this process, or over HTTP with a service token. What carries
copies to an agency reads here; it goes on from the mark it was given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import requests

from shared.bus.feeds import TIMEOUT, FeedUnreachable, Source
from shared.contracts.feed import LONGEST, Mark, mark_from, mark_of
from shared.journal import reading
from shared.journal.reading import Wanted

NDJSON = "application/x-ndjson"


class OldEpoch(Exception):
    """The mark is of an epoch before: `epoch` is the present one. What there is is read from its beginning."""

    def __init__(self, epoch: str) -> None:
        super().__init__(epoch)
        self.epoch = epoch


@dataclass(frozen=True, slots=True)
class Told:
    """What an agency was told, in order: each item as it travels, `{"position", "prev", "epoch", "body"}`; where to go
    on, and whether there is more now."""

    items: tuple[bytes, ...]
    mark: Mark
    more: bool


class AgencyFeed(Protocol):
    """A service's feed, as any agency reads it."""

    def head(self) -> Mark:
        """The end of the service's journal. Raises FeedUnreachable."""

    def read(self, agency: str, types: tuple[str, ...], after: Mark, limit: int) -> Told:
        """At most `limit` entries that the agency was told after a mark, of these types (none: all). Raises OldEpoch,
        FeedUnreachable."""


class LocalAgencyFeed:
    """The journal of a service of this process."""

    def __init__(self, office: Source) -> None:
        self._office = office

    def head(self) -> Mark:
        with self._office.db.read() as tx:
            head = self._office.journal.head(tx)
        return Mark(head.epoch, head.position, head.position)

    def read(self, agency: str, types: tuple[str, ...], after: Mark, limit: int) -> Told:
        wanted = Wanted(agency, types)
        with self._office.db.read() as tx:
            begun = reading.begin(tx, wanted, after.position, limit)
            if after.epoch != begun.head.epoch or after.position > begun.head.position:
                raise OldEpoch(begun.head.epoch)
            read = reading.page(tx, wanted, after, begun, limit)
        return Told(read.items, read.mark, read.more)


class HttpAgencyFeed:
    """The feed of a service at work elsewhere. `token` mints a service token (feed:all)."""

    def __init__(self, base: str, source: str, token: Callable[[], str]) -> None:
        self._url, self._token = f"{base.rstrip('/')}/api/{source}/feed", token

    def head(self) -> Mark:
        answer = self._get({"after": mark_of("", int("9" * LONGEST)), "limit": "1"}, "application/json")
        try:
            said = answer.json()
            return Mark(str(said["epoch"]), int(said.get("head", 0)), int(said.get("head", 0)))
        except (ValueError, KeyError, TypeError) as failed:
            raise FeedUnreachable(f"{self._url}: {failed}") from failed

    def read(self, agency: str, types: tuple[str, ...], after: Mark, limit: int) -> Told:
        asked = {"of": agency, "after": str(after), "limit": str(limit)}
        answer = self._get({**asked, "types": ",".join(types)} if types else asked, NDJSON)
        try:
            mark = mark_from(answer.headers["Feed-Next"])
        except (KeyError, ValueError) as failed:
            raise FeedUnreachable(f"{self._url}: {failed}") from failed
        items = tuple(answer.content.rstrip(b"\n").split(b"\n")) if answer.content else ()
        return Told(items, mark, answer.headers.get("Feed-More") == "true")

    def _get(self, query: dict[str, str], accept: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token()}", "Accept": accept}
        try:
            answer = requests.get(self._url, params=query, headers=headers, timeout=TIMEOUT)
            if answer.status_code == 410:
                raise OldEpoch(str(answer.json()["refusals"][0]["values"]["epoch"]))
            answer.raise_for_status()
        except (requests.RequestException, ValueError, KeyError, IndexError) as failed:
            raise FeedUnreachable(f"{self._url}: {failed}") from failed
        return answer
