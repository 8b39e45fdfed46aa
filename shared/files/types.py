"""Which types of material are taken, and how the bytes of each begin. Pure.

The signatures are written out: of the libraries for this, one is unmaintained since 2022 and the other knows a thousand
types of which a dozen may be taken here, and neither knows OFD. A type not listed here is refused, so pages with
scripts and programs never get in under any name.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

HEAD = 4096                             # bytes that are looked at


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signatures)


def _text(head: bytes) -> bool:
    """Readable text in UTF-8 or GB 18030. The last few bytes may be a character cut in two."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    for cut in range(4):
        try:
            head[:len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _media(*brands: bytes) -> Callable[[bytes], bool]:
    """A file of the ISO media family, of one of the brands; of any where none is named."""
    return lambda head: head[4:8] == b"ftyp" and (not brands or head[8:12] in brands)


_zip = _begins(b"PK\x03\x04")           # never unpacked here: what is inside is for the reader's own programs
_ole = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
OFFICE = "application/vnd.openxmlformats-officedocument."

TYPES: Mapping[str, Callable[[bytes], bool]] = MappingProxyType({
    "application/pdf": _begins(b"%PDF-"),
    "application/ofd": _zip,            # GB/T 33190
    OFFICE + "wordprocessingml.document": _zip,
    OFFICE + "spreadsheetml.sheet": _zip,
    "application/msword": _ole,
    "application/vnd.ms-excel": _ole,
    "application/zip": _zip,
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/tiff": _begins(b"II*\x00", b"MM\x00*"),
    "image/webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "image/heic": _media(b"heic", b"heix", b"mif1"),        # a phone's photo
    "video/quicktime": _media(b"qt  "),
    "video/mp4": lambda head: _media()(head) and not _media(b"heic", b"heix", b"qt  ")(head),
    "audio/mpeg": lambda head: head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"),
    "audio/wav": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "text/plain": _text,
    "text/csv": _text,
})

TEXTS = frozenset({"text/plain", "text/csv"})


def bare(claimed: str) -> str:
    """The type without its parameters: text/plain of `text/plain; charset=utf-8`."""
    return claimed.partition(";")[0].strip().lower()


def matches(claimed: str, head: bytes) -> bool:
    """Whether bytes that begin with `head` are what they are claimed to be. KeyError for a type that is not taken."""
    return TYPES[claimed](head)
