"""Tokens: short-lived, signed with Ed25519, checked offline with the public keys in one folder.

Each issuer keeps its private keys in `keys` (0600) and its public ones in `jwks/<issuer>.json`, the last two at a time,
so a rotation overlaps. A key vouches for its own issuer only: the desk for persons, a service for itself.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.kernel.errors import Refusal, Refused

ALGORITHM = "EdDSA"
DESK = "desk"                                  # the one issuer of persons' tokens
FEED_ALL = "feed:all"                          # scope of a service that reads another's whole feed
PASSWORD_ONLY = "password"                     # scope of a person who must set a new password first
SKEW = timedelta(seconds=60)                   # how far a clock of another machine may run ahead
READ = 1000                                    # tokens whose signature a process remembers to have checked
KEPT = 2                                       # keys of an issuer in use at a time: the present one and the one before

TOKEN_MISSING = Refusal("TOKEN_MISSING", "请先登录。", "Sign in first.", status=401)
TOKEN_BAD = Refusal("TOKEN_BAD", "登录凭证无效，请重新登录。", "This token is not valid. Sign in again.", status=401)
TOKEN_EXPIRED = Refusal("TOKEN_EXPIRED", "登录已过期，请重新登录。", "This token has expired. Sign in again.",
                        status=401)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. `scope` is empty for a person's ordinary token."""

    issuer: str
    subject: str                      # account id, or the service's name
    issued_at: datetime
    expires_at: datetime
    appointment: str = ""
    agency: str = ""
    rank: int = 0
    name: str = ""
    scope: frozenset[str] = frozenset()
    signed_in_at: datetime | None = None      # when the person last gave the password
    machine: bool = False                     # an agency's own system: `subject` and `appointment` are the client's id
    acts: frozenset[str] = frozenset()        # the acts that its agency's leader allows it: transfer.cases.announce


class TokenKeys:
    """The signing keys of one issuer."""

    def __init__(self, keys: Path, jwks: Path, issuer: str) -> None:
        self._keys, self._jwks, self.issuer = keys, jwks, issuer
        self._current: tuple[str, Ed25519PrivateKey] | None = None
        self._name = ""

    def issue(self, claims: Claims, audience: str) -> str:
        """The signed token of the claims. Makes the first key where there is none."""
        kid, key = self._signing()
        payload: dict[str, Any] = {
            "iss": self.issuer, "aud": audience, "sub": claims.subject, "apt": claims.appointment,
            "agency": claims.agency, "rank": claims.rank, "name": claims.name, "scope": " ".join(sorted(claims.scope)),
            "iat": claims.issued_at.timestamp(), "exp": int(claims.expires_at.timestamp()),
            "auth_time": claims.signed_in_at.timestamp() if claims.signed_in_at else None,
            "machine": claims.machine or None, "acts": _by_place(claims.acts) if claims.machine else None,
        }
        told = {name: value for name, value in payload.items() if value not in ("", None)}
        return jwt.encode(told, key, algorithm=ALGORITHM, headers={"kid": kid})

    def publish(self) -> None:
        """Sees that there is a key and that the public file tells it."""
        self._signing()

    def rotate(self) -> str:
        """A new key signs from now on; the one before stays readable, older ones go. Returns the new kid."""
        with self._locked():
            self._make()
            files = self._files()
            for old in files[:-KEPT]:
                old.unlink()
            self._write(files[-KEPT:])
        return self._signing()[0]

    def made(self) -> datetime | None:
        """When the key that signs now was made: what its file says, which a copy may not have kept. None: there is
        none yet."""
        files = self._files()
        return datetime.fromtimestamp(files[-1].stat().st_mtime, UTC) if files else None

    def _signing(self) -> tuple[str, Ed25519PrivateKey]:
        """The newest key: looked for each time, for another process may have rotated."""
        files = self._files()
        if self._current is None or not files or files[-1].name != self._name:
            with self._locked():
                if not self._files():
                    self._make()
                newest = self._files()[-1]
                key = _private_key(newest)
                self._write(self._files()[-KEPT:])
                self._current, self._name = (thumbprint(key.public_key()), key), newest.name
        return self._current

    def public(self) -> dict[str, Any]:
        """The issuer's key set (JWKS) as published."""
        self._signing()
        told: dict[str, Any] = json.loads((self._jwks / f"{self.issuer}.json").read_text())
        return told

    def _files(self) -> list[Path]:
        return sorted(self._keys.glob(f"token-{self.issuer}-*.pem"))

    def _make(self) -> None:
        """The number in the file's name orders the keys; no clock is asked."""
        files = self._files()
        number = int(files[-1].stem.rsplit("-", 1)[1]) + 1 if files else 1
        path = self._keys / f"token-{self.issuer}-{number:06d}.pem"
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())

    def _write(self, files: list[Path]) -> None:
        text = json.dumps({"keys": [public_jwk(_private_key(file).public_key()) for file in files]}, indent=1) + "\n"
        target = self._jwks / f"{self.issuer}.json"
        if target.exists() and target.read_text() == text:
            return
        self._jwks.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(text)
        fresh.replace(target)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._keys / f"token-{self.issuer}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Verifier:
    """Checks tokens with the public keys in `jwks`. Reads the folder again when a key is unknown. A signature is
    checked once for as long as its keys are these; the time is asked each time."""

    def __init__(self, jwks: Path, audience: str) -> None:
        self._jwks, self._audience = jwks, audience
        self._known: Mapping[tuple[str, str], Ed25519PublicKey] = {}
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._checked: dict[bytes, Claims] = {}        # digest of a token -> what it says

    def verify(self, token: str, now: datetime) -> Claims:
        """The claims of a token that holds at `now`. Raises Refused (401)."""
        digest = hashlib.sha256(token.encode(errors="replace")).digest()
        checked = self._checked                 # where the keys change meanwhile, another one
        if (claims := checked.get(digest)) is None:
            claims = self._signed(token)
            if len(checked) >= READ:
                checked.clear()
            checked[digest] = claims
        if claims.expires_at <= now:
            raise Refused(TOKEN_EXPIRED)
        if claims.issued_at > now + SKEW:
            raise Refused(TOKEN_BAD)
        return claims

    def _signed(self, token: str) -> Claims:
        """What a token says whose issuer has signed it and may say so, at whatever time. Raises Refused (401)."""
        try:
            header = jwt.get_unverified_header(token)
            issuer = str(jwt.decode(token, options={"verify_signature": False})["iss"])
            key = self._key(issuer, str(header.get("kid", "")))
            payload = jwt.decode(token, key, algorithms=[ALGORITHM], audience=self._audience, issuer=issuer, options={
                "verify_exp": False, "verify_iat": False, "require": ["exp", "iat", "sub", "aud"]})
            claims = _claims(payload)
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError, AttributeError):
            raise Refused(TOKEN_BAD) from None
        if claims.issuer != DESK and (not claims.scope or claims.agency or claims.subject != claims.issuer):
            raise Refused(TOKEN_BAD)
        return claims

    def _key(self, issuer: str, kid: str) -> Ed25519PublicKey:
        if (issuer, kid) not in self._known:
            self._read()
        return self._known[issuer, kid]

    def _read(self) -> None:
        files = sorted(self._jwks.glob("*.json"))
        seen = tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
        if seen == self._seen:
            return
        known: dict[tuple[str, str], Ed25519PublicKey] = {}
        for file in files:
            for entry in json.loads(file.read_text())["keys"]:
                known[file.stem, entry["kid"]] = _public_key(entry)
        self._known, self._seen, self._checked = known, seen, {}


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The key as RFC 8037 has it, named by its thumbprint."""
    return {"kty": "OKP", "crv": "Ed25519", "x": _base64(key.public_bytes_raw()), "kid": thumbprint(key),
            "alg": ALGORITHM, "use": "sig"}


def thumbprint(key: Ed25519PublicKey) -> str:
    """RFC 7638: the key's own name."""
    text = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": _base64(key.public_bytes_raw())}, separators=(",", ":"))
    return _base64(hashlib.sha256(text.encode()).digest())


def service_claims(service: str, now: datetime, seconds: int) -> Claims:
    """What a service says of itself to read the whole feed of another."""
    return Claims(service, service, now, now + timedelta(seconds=seconds), scope=frozenset({FEED_ALL}))


def _claims(payload: Mapping[str, Any]) -> Claims:
    auth_time = payload.get("auth_time")
    return Claims(
        payload["iss"], payload["sub"], _instant(payload["iat"]), _instant(payload["exp"]), payload.get("apt", ""),
        payload.get("agency", ""), int(payload.get("rank", 0)), payload.get("name", ""),
        frozenset(payload.get("scope", "").split()), _instant(auth_time) if auth_time else None,
        payload.get("machine") is True,
        frozenset(f"{place}.{act}" for place, acts in payload.get("acts", {}).items() for act in acts.split()))


def _by_place(acts: frozenset[str]) -> dict[str, str]:
    """Each collection once, so that a token which allows all is still a small header."""
    told: dict[str, list[str]] = {}
    for code in sorted(acts):
        place, _, act = code.rpartition(".")
        told.setdefault(place, []).append(act)
    return {place: " ".join(names) for place, names in told.items()}


def _instant(seconds: float) -> datetime:
    """Rounded to the microsecond, so that an instant survives its way through a float."""
    return datetime.fromtimestamp(round(seconds * 1_000_000) // 1_000_000, UTC).replace(
        microsecond=round(seconds * 1_000_000) % 1_000_000)


def _private_key(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"not an Ed25519 key: {file.name}")
    return key


def _public_key(entry: Mapping[str, str]) -> Ed25519PublicKey:
    raw = base64.urlsafe_b64decode(entry["x"] + "=" * (-len(entry["x"]) % 4))
    return Ed25519PublicKey.from_public_bytes(raw)


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
