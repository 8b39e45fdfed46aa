"""The key ring in a folder: `field-<kid>.key` (AES-256-GCM), `index-<kid>.key` (HMAC-SHA256), `sign-<kid>.key`
(Ed25519).

Made at first use, mode 0600 in a folder of mode 0700. The newest key of a kind works; older ones still open and verify.
A key id is a number that grows and a random part: 1-9f3a2c. The folder may be read-only once the keys are there.
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIELD, INDEX, SIGN = "field", "index", "sign"
KINDS = (FIELD, INDEX, SIGN)
AES, MAC, ED = "aes256gcm", "hmac-sha256", "ed25519"
_NONCE = 12


class VaultError(ValueError):
    """A sealed value that does not open: tampered with, moved elsewhere, or of a key that is not here."""


class FileKeys:
    """A key ring in a folder. Safe for several processes at first use; threads share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rings: dict[str, dict[str, bytes]] = {}
        for kind in KINDS:
            self._rings[kind] = self._load(kind) or self._first(kind)

    def rotate(self, kind: str) -> str:
        """A new key that works from now on; returns its id. Other processes use it when they next start or meet it."""
        with self._locked():
            self._make(kind)
            self._rings[kind] = self._load(kind)
        return self._newest(kind)[0]

    def made(self) -> dict[str, datetime]:
        """When the key that works now was made, by kind: what its file says, which a copy may not have kept."""
        newest = {kind: self.folder / f"{kind}-{self._newest(kind)[0]}.key" for kind in KINDS}
        return {kind: datetime.fromtimestamp(path.stat().st_mtime, UTC) for kind, path in newest.items()}

    def encrypt(self, plain: bytes, aad: bytes) -> str:
        kid, key = self._newest(FIELD)
        nonce = secrets.token_bytes(_NONCE)
        return _tag(AES, kid, nonce + AESGCM(key).encrypt(nonce, plain, _bound(kid, aad)))

    def decrypt(self, cipher: str, aad: bytes) -> bytes:
        """Raises VaultError for a cipher that was changed, sealed for another place, or of a key not in the ring."""
        kid, sealed = _untag(AES, cipher)
        key = self._key(FIELD, kid)
        if key is None:
            raise VaultError(f"no key {kid} in this ring")
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(kid, aad))
        except (InvalidTag, ValueError) as unfit:
            raise VaultError("the sealed value was changed, or belongs elsewhere") from unfit

    def mac(self, data: bytes) -> str:
        return _mac(*self._newest(INDEX), data)

    def macs(self, data: bytes) -> tuple[str, ...]:
        return tuple(_mac(kid, key, data) for kid, key in reversed(self._rings[INDEX].items()))

    def sign(self, data: bytes) -> str:
        kid, key = self._newest(SIGN)
        return _tag(ED, kid, Ed25519PrivateKey.from_private_bytes(key).sign(data))

    def verify(self, data: bytes, signature: str) -> bool:
        """Whether a key of this ring made it. False for anything that is no signature of this kind."""
        try:
            kid, raw = _untag(ED, signature)
            key = self._key(SIGN, kid)
            if key is None:
                return False
            Ed25519PrivateKey.from_private_bytes(key).public_key().verify(raw, data)
        except (InvalidSignature, VaultError):
            return False
        return True

    def public(self) -> dict[str, str]:
        """The public signing keys by id (base64 of 32 bytes): for those who check checkpoints elsewhere."""
        keys = {kid: Ed25519PrivateKey.from_private_bytes(key).public_key() for kid, key in self._rings[SIGN].items()}
        return {kid: base64.b64encode(key.public_bytes_raw()).decode() for kid, key in keys.items()}

    def _newest(self, kind: str) -> tuple[str, bytes]:
        return next(reversed(self._rings[kind].items()))

    def _key(self, kind: str, kid: str) -> bytes | None:
        """A key another process made since is met here first: then the folder is read again."""
        if kid not in self._rings[kind]:
            self._rings[kind] = self._load(kind)
        return self._rings[kind].get(kid)

    def _load(self, kind: str) -> dict[str, bytes]:
        found = {path.stem.removeprefix(f"{kind}-"): path for path in self.folder.glob(f"{kind}-*.key")}
        return {kid: found[kid].read_bytes() for kid in sorted(found, key=_number)}

    def _first(self, kind: str) -> dict[str, bytes]:
        with self._locked():
            if not self._load(kind):       # another process may have been first
                self._make(kind)
            return self._load(kind)

    def _make(self, kind: str) -> None:
        number = max((_number(kid) for kid in self._load(kind)), default=0) + 1
        path = self.folder / f"{kind}-{number}-{secrets.token_hex(3)}.key"
        making = path.with_suffix(".making")      # whole or not at all, also after a power cut
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, secrets.token_bytes(32))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        making.rename(path)
        _sync(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


class PublicKeys:
    """Verifies signatures with nothing but the public keys: what justice or discipline holds."""

    def __init__(self, public: dict[str, str]) -> None:
        self._keys = {kid: Ed25519PublicKey.from_public_bytes(base64.b64decode(key)) for kid, key in public.items()}

    def verify(self, data: bytes, signature: str) -> bool:
        try:
            kid, raw = _untag(ED, signature)
            self._keys[kid].verify(raw, data)
        except (InvalidSignature, VaultError, KeyError):
            return False
        return True


def _number(kid: str) -> int:
    return int(kid.partition("-")[0])


def _bound(kid: str, aad: bytes) -> bytes:
    return f"{AES}:{kid}:".encode() + aad


def _mac(kid: str, key: bytes, data: bytes) -> str:
    return f"{MAC}:{kid}:{hmac.new(key, data, hashlib.sha256).hexdigest()}"


def _tag(algorithm: str, kid: str, value: bytes) -> str:
    return f"{algorithm}:{kid}:{base64.b64encode(value).decode()}"


def _untag(algorithm: str, text: str) -> tuple[str, bytes]:
    try:
        tag, kid, value = text.split(":")
        raw = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error) as unfit:
        raise VaultError("not a tagged value") from unfit
    if tag != algorithm:
        raise VaultError(f"algorithm {tag} is not known here")
    return kid, raw


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
