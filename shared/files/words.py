"""The words at the head of a file that is text, or holds text in a way that is cheap to read: asked for the marking of
a state secret before it is stored. A little is read, and never a file unpacked."""

import re
import zipfile
import zlib
from typing import BinaryIO

from shared.files.types import HEAD, OFFICE, TEXTS

LONGEST = 1 << 16                       # bytes of a part of a document, as it is when unpacked
PARTS = {OFFICE + "wordprocessingml.document": "word/document.xml",
         OFFICE + "spreadsheetml.sheet": "xl/sharedStrings.xml"}
# all that reading a part of a zip from outside may raise: its lists, its packing and its password are anybody's
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, OSError, EOFError,
              ValueError)
_ENDS = re.compile(rb"</(?:\w+:p|si|\w+:si)>")
_TAGS = re.compile(rb"<[^<>]*>?")


def head_words(kind: str, stream: BinaryIO) -> str:
    """What the file begins with, as text; empty where its kind holds none or it can't be read. The stream stands at its
    beginning before and after."""
    if kind in TEXTS:
        head = _decoded(stream.read(HEAD))
    elif kind in PARTS:
        head = _part(stream, PARTS[kind])
    else:
        return ""
    stream.seek(0)
    return head


def _decoded(head: bytes) -> str:
    """UTF-8 unless it is none. The last few bytes may be a character cut in two."""
    for cut in range(4):
        try:
            return head[:len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return head.decode("gb18030", "ignore")


def _part(stream: BinaryIO, name: str) -> str:
    try:
        with zipfile.ZipFile(stream) as packed, packed.open(name) as part:
            xml = part.read(LONGEST)
    except BROKEN_ZIP:
        return ""                       # what it is, `matches` says; what can't be read here, nobody reads
    return _TAGS.sub(b"", _ENDS.sub(b"\n", xml)).decode("utf-8", "ignore")
