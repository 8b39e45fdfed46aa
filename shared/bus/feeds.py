"""Reading a source's feed: in this process, or over HTTP with a service token. The way in which every loss heals."""

from collections.abc import Callable
from typing import Protocol

from shared.contracts.feed import FeedItem, FeedPage, mark_of, page_from
from shared.db.database import Database
from shared.journal.log import Journal

TIMEOUT = (3.0, 15.0)       # seconds to connect, seconds to answer


class FeedUnreachable(Exception):
    """The source's feed can't be read now; what is missing is read when it can be."""


class Feed(Protocol):
    """A source's whole journal, read in order."""

    def page(self, after: int, limit: int) -> FeedPage:
        """The entries after a position of the present epoch, in order, at most `limit`. Raises FeedUnreachable."""


class Source(Protocol):
    """What a feed in this process needs of the source's office."""

    @property
    def db(self) -> Database: ...

    @property
    def journal(self) -> Journal: ...


class LocalFeed:
    """The journal of a service of this process."""

    def __init__(self, office: Source) -> None:
        self._office = office

    def page(self, after: int, limit: int) -> FeedPage:
        with self._office.db.read() as tx:
            head = self._office.journal.head(tx)
            texts = self._office.journal.texts(tx, after, limit) if head.position > after else ()
        return FeedPage(head.epoch, tuple([FeedItem(at, at - 1, body) for at, body in texts]), head.position)


class HttpFeed:
    """The feed of a service at work elsewhere: `<base>/api/<source>/feed`. `token` mints a service token (feed:all)."""

    def __init__(self, base: str, source: str, token: Callable[[], str]) -> None:
        from requests import Session  # who reads feeds in this process only does not wait for it

        self._url, self._token = f"{base.rstrip('/')}/api/{source}/feed", token
        self._session = Session()

    def page(self, after: int, limit: int) -> FeedPage:
        from requests import RequestException

        headers = {"Authorization": f"Bearer {self._token()}", "Accept": "application/json"}
        try:
            answer = self._session.get(self._url, params={"after": mark_of("", after), "limit": str(limit)},
                                       headers=headers, timeout=TIMEOUT)
            answer.raise_for_status()
            return page_from(answer.json())
        except (RequestException, ValueError) as failed:
            raise FeedUnreachable(f"{self._url}: {failed}") from failed

    def close(self) -> None:
        """Closes the kept connection."""
        self._session.close()
