"""Field encryption, the keyed blind index and signatures. The keys stand behind a port: a folder today, an HSM later.

Everything carries its algorithm and key id (`aes256gcm:<kid>:…`), so that SM4, SM3 and SM2 can stand beside it behind
the same port: stored data can't be renamed later.
"""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypedDict

from shared.crypto.digests import algorithm_of, salted
from shared.crypto.keys import VaultError

__all__ = ["KeyPort", "Sealed", "Vault", "VaultError"]


class Sealed(TypedDict):
    """A sealed text as it is stored. Erasing it leaves `hash`, which alone tells nothing."""

    cipher: str                       # aes256gcm:<kid>:<base64 of nonce and ciphertext>
    salt: str
    hash: str                         # sha256:<of salt and text>


class KeyPort(Protocol):
    """What holds the keys and works with them; keys never leave it. Results are tagged `<algorithm>:<kid>:<value>`."""

    def encrypt(self, plain: bytes, aad: bytes) -> str: ...

    def decrypt(self, cipher: str, aad: bytes) -> bytes:
        """Raises VaultError."""

    def mac(self, data: bytes) -> str:
        """A keyed hash under the newest key."""

    def macs(self, data: bytes) -> tuple[str, ...]:
        """Keyed hashes under every key there is, newest first: what was indexed before a rotation is still found."""

    def sign(self, data: bytes) -> str: ...

    def made(self) -> Mapping[str, datetime]:
        """When the key that works now was made, by kind."""

    def verify(self, data: bytes, signature: str) -> bool:
        """Whether a key of this ring made the signature. False for anything it can't read."""


class Vault:
    """What services use. `aad` ties a sealed text to its place (case id and path in the document): moved elsewhere
    it won't open."""

    def __init__(self, keys: KeyPort) -> None:
        self._keys = keys

    def seal(self, text: str, aad: str) -> Sealed:
        """Encrypts, with a salted hash beside it that may enter a case's state hash."""
        salt = secrets.token_hex(16)
        return Sealed(cipher=self._keys.encrypt(text.encode(), aad.encode()), salt=salt, hash=salted(salt, text))

    def open(self, sealed: Sealed, aad: str) -> str:
        """The text. Raises VaultError for a value that was changed, or sealed for another place."""
        text = self._keys.decrypt(sealed["cipher"], aad.encode()).decode()
        expected = salted(sealed["salt"], text, algorithm_of(sealed["hash"]))
        if not hmac.compare_digest(expected, sealed["hash"]):
            raise VaultError("the salted hash does not fit the text")
        return text

    def blind(self, text: str, purpose: str) -> str:
        """The keyed index of a text for one purpose: equal texts give equal values, other purposes unlike ones.

        The caller normalises the text first. Raises ValueError for a purpose with a NUL.
        """
        return self._keys.mac(_for(purpose, text))

    def blinds(self, text: str, purpose: str) -> tuple[str, ...]:
        """`blind` under every key of the ring, newest first: what a search compares with."""
        return self._keys.macs(_for(purpose, text))

    def sign(self, data: bytes) -> str:
        """`ed25519:<kid>:<base64>`."""
        return self._keys.sign(data)

    def keys_made(self) -> Mapping[str, datetime]:
        """When the key that works now was made, by kind."""
        return self._keys.made()

    def verify(self, data: bytes, signature: str) -> bool:
        """Whether the signature is of a key of this ring over exactly `data`."""
        return self._keys.verify(data, signature)


def _for(purpose: str, text: str) -> bytes:
    if "\0" in purpose:
        raise ValueError("a purpose has no NUL")
    return f"{purpose}\0{text}".encode()
