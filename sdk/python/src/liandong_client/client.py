"""An agency's system as a client: signs in, acts, reads, uploads."""

import hashlib
import itertools
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import requests

from liandong_client.errors import Refused
from liandong_client.session import Login, Session
from liandong_client.transport import Means, Retries, Transport

PIECE, LINES = 1 << 20, 500     # bytes of a piece of a file; openings a call


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done. `revision` is the If-Match of the next one; `created`: it opened a case; `replayed`: it had
    been done before under the same key or external_ref, and this is the first answer. `answer` is all that was told."""

    id: str
    revision: int
    state: str
    created: bool
    replayed: bool
    answer: Mapping[str, Any]


class Client:
    """A client of one Liandong. Not for several threads at once: `copy` makes one for another thread.

    `token_header`: the header that carries the token, where a gateway keeps Authorization for itself.
    """

    def __init__(self, base: str, login: Login, *, token_header: str = "Authorization", timeout: float = 30.0,
                 retries: Retries | None = None, language: str = "zh", session: requests.Session | None = None,
                 means: Means | None = None) -> None:
        self._given: dict[str, Any] = {"timeout": timeout, "retries": retries, "language": language, "means": means}
        self._transport = Transport(base, session=session, **self._given)
        self._session = Session(login, token_header)

    def copy(self) -> "Client":
        """The same client for another thread: with connections of its own, and the same token."""
        fresh = requests.Session()
        fresh.verify, fresh.cert = self._transport.session.verify, self._transport.session.cert
        for prefix, adapter in self._transport.session.adapters.items():
            fresh.mount(prefix, adapter)
        copied = Client(self._transport.base, Login(), session=fresh, **self._given)
        copied._session = self._session
        return copied

    # acts

    def act(self, service: str, path: str, act: str = "", command: Mapping[str, Any] | None = None, *,
            if_match: int | None = None, external_ref: tuple[str, str] | None = None, key: str = "") -> Done:
        """Does an act: `act("transfer", "cases/<id>", "sign-receipt", {...}, if_match=3)`; a case is opened by
        `act("transfer", "cases", command={...})`.

        `if_match`: the revision it was made for. `external_ref`: (system, id) of this case or act in one's own system:
        the same content again is answered with the case that is there. `key` is the Idempotency-Key: made once here and
        kept over the tries; who keeps an own one may send the act again after a crash. Raises Refused, Unreachable.
        """
        content = dict(command or {})
        if external_ref is not None:
            content["external_ref"] = {"system": external_ref[0], "id": external_ref[1]}
        answer = self.send("POST", "/".join(filter(None, (f"/api/{service}/{path}", act))), json=content,
                           headers=_headers(key, if_match))
        return _done(answer)

    def upload(self, service: str, path: str, about: Mapping[str, Any], file: Path | BinaryIO, *, name: str = "",
               kind: str = "application/octet-stream", if_match: int | None = None, key: str = "") -> Done:
        """Adds a file to the materials of the case at `path` (`cases/<id>`); `about` says what it is, `kind` is its
        media type. Raises Refused, Unreachable."""
        if isinstance(file, Path):
            with file.open("rb") as stream:
                return self.upload(service, path, about, stream, name=name or file.name, kind=kind,
                                   if_match=if_match, key=key)
        answer = self.send("POST", f"/api/{service}/{path}/materials", headers=_headers(key, if_match),
                           data={"about": json.dumps(about)}, files={"file": (name or "material", file, kind)})
        return _done(answer)

    def upload_in_pieces(self, service: str, path: str, about: Mapping[str, Any], file: Path, *,
                         kind: str = "application/octet-stream", if_match: int | None = None, key: str = "") -> Done:
        """As `upload`, for a large file or a bad line: in pieces, from where an earlier try of the same file was cut
        off. Raises Refused, Unreachable."""
        with file.open("rb") as stream:
            digest = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
            size, base = stream.seek(0, os.SEEK_END), f"/api/{service}/uploads"
            upload = self.send("POST", base, json={"digest": digest, "size": size, "type": kind}).json()
            address = f"{base}/{upload['id']}"
            while int(upload["received"]) < size:
                stream.seek(int(upload["received"]))
                upload = self.send("PUT", address, data=stream.read(PIECE), headers={
                    "Upload-Offset": str(upload["received"]), "Content-Type": "application/octet-stream"}).json()
        self.send("POST", f"{address}/finish", json={})
        return self.act(service, path, "materials", {**about, "digest": digest}, if_match=if_match, key=key)

    def open_many(self, service: str, path: str, openings: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Opens many cases, each with its `external_ref` and, where it is not the first opening act, its `act`; what
        became of each, in order: `status` (201 opened, 200 there already, else refused with `refusals`), `id`,
        `external_ref`. Sent again after a crash it opens nothing twice."""
        left = iter(openings)
        while lines := [json.dumps(dict(each)) for each in itertools.islice(left, LINES)]:
            answer = self.send("POST", f"/api/{service}/{path}/bulk", data="\n".join(lines),
                               headers={"Content-Type": "application/x-ndjson"})
            yield from answer.json()["items"]

    # reads

    def get(self, path: str, **query: str | int) -> Any:
        """What stands at an address of the API: `get("/api/transfer/cases/<id>")`. Raises Refused, Unreachable."""
        return self.send("GET", path, params=query).json()

    def download(self, path: str) -> bytes:
        """A file: `download("/api/transfer/cases/<id>/materials/2")`."""
        content: bytes = self.send("GET", path).content
        return content

    def items(self, service: str, path: str, **filters: str | int) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page: `items("transfer", "cases", state="received")`."""
        after = ""
        while True:
            page = self.get(f"/api/{service}/{path}", **filters, **({"after": after} if after else {}))
            yield from page["items"]
            if not (after := page.get("next", "")):
                return

    def search(self, service: str, path: str, **body: Any) -> Iterator[dict[str, Any]]:
        """Every item that a search finds: `search("transfer", "cases", filters={"text": "加建"})`. What is looked for
        travels in a body, never in an address."""
        after = ""
        while True:
            page = self.send("POST", f"/api/{service}/{path}/search",
                             json={**body, **({"after": after} if after else {})}).json()
            yield from page["items"]
            if not (after := page.get("next", "")):
                return

    def send(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
             ) -> requests.Response:
        """Any request, signed in, retried while that helps. Raises Refused, Unreachable."""
        signed = self._session.signed(self._transport)
        try:
            return self._transport.send(method, path, headers={**(headers or {}), **signed}, **content)
        except Refused as refused:
            if refused.status != 401:
                raise
        # a rotated key, an appointment that changed: a new token says whether it holds
        signed = self._session.signed(self._transport, instead=signed)
        return self._transport.send(method, path, headers={**(headers or {}), **signed}, **content)


def _headers(key: str, if_match: int | None) -> dict[str, str]:
    matched = {} if if_match is None else {"If-Match": f'"{if_match}"'}
    return {"Idempotency-Key": key or uuid.uuid4().hex, **matched}


def _done(answer: requests.Response) -> Done:
    told = answer.json()
    return Done(str(told.get("id", "")), int(told.get("revision", 0)), str(told.get("state", "")),
                answer.status_code == 201, answer.headers.get("Idempotent-Replayed") == "true", told)
