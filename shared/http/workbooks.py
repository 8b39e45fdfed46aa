"""An answer as JSON or as XLSX: which is asked for by `format`, and the file as it goes out."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from flask import Response, request

from shared.kernel.errors import Refusal, Refused
from shared.spreadsheets.model import CHUNK, Sheet

JSON, XLSX = "json", "xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN_FORMAT = Refusal("UNKNOWN_FORMAT", "format 应当是 json 或者 xlsx。", "format must be json or xlsx.", "internal", 400,
                         "format")
PARAMETER: dict[str, Any] = {"name": "format", "in": "query", "schema": {"type": "string", "enum": [JSON, XLSX]}}


def is_workbook() -> bool:
    """Whether XLSX is asked for. Raises Refused (400) for what is neither."""
    asked = request.args.get("format", JSON)
    if asked not in (JSON, XLSX):
        raise Refused(UNKNOWN_FORMAT)
    return asked == XLSX


def workbook(name: str, pages: Iterable[Sheet]) -> Response:
    """The sheets as a file, written to the disk first: an answer that has begun can't be refused any more."""
    from shared.spreadsheets import writer  # here: what writes them is large, and few ask for one

    folder = tempfile.TemporaryDirectory(prefix="liandong-sheet-")
    path = Path(folder.name) / "sheet.xlsx"
    try:
        writer.write(path, pages)
        content = path.open("rb")
    except BaseException:
        folder.cleanup()
        raise
    folder.cleanup()                    # the open file outlives its name
    answer = Response(_chunks(content), mimetype=MIME)
    answer.call_on_close(content.close)             # of an answer that nobody reads
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while chunk := content.read(CHUNK):
            yield chunk
