"""A machine client's quota over HTTP: a request is counted before it is answered, its bytes when it is."""

from collections.abc import Iterable, Iterator

from flask import Response, g, request

from shared.access.gate import Access


def take(access: Access, client: str) -> None:
    """Counts this request once. Raises Refused (429)."""
    g.counted = (access.quota, client)
    access.quota.take(client)


def count(answer: Response) -> None:
    """Counts what went to and fro for this request, where a machine made it; of a stream as it goes."""
    if "counted" not in g:
        return
    quota, client = g.counted
    size = answer.calculate_content_length()
    quota.carried(client, (request.content_length or 0) + (size or 0))
    if size is None:
        def told(parts: Iterable[bytes]) -> Iterator[bytes]:
            for part in parts:
                quota.carried(client, len(part))
                yield part
        answer.response = told(answer.response)     # type: ignore[arg-type]
