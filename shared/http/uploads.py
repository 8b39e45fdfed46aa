"""Files in pieces that can be gone on with, in the sense of the IETF's resumable uploads, by methods that old clients
have.

POST /api/<service>/uploads announces one; PUT …/<id> with Upload-Offset adds a piece; GET says how far it is; POST
…/<id>/finish checks it and gives it its name, by which an act then names it; DELETE drops it.
"""

import re
from typing import BinaryIO, cast

from flask import Response, jsonify, request

from shared.acts.findings import ID
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.contracts.classified import forbidden_name
from shared.files.uploads import NO_UPLOAD, PIECE, PIECE_TOO_LARGE, Upload
from shared.forms.schemas import Code, Text, ValueSchema, Whole
from shared.http import bodies, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.errors import Refusal, Refused

OFFSET = "Upload-Offset"
BAD_OFFSET = Refusal("UPLOAD_OFFSET_BAD", "请在 Upload-Offset 中写明本分片从第几个字节开始（从 0 起）。",
                     "Upload-Offset says at which byte the piece begins, from 0 on.", "internal", 400, OFFSET)
_ID = re.compile(ID)
_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_UPLOAD = {"id": _TEXT, "digest": _TEXT, "size": _WHOLE, "type": _TEXT, "received": _WHOLE, "done": {"type": "boolean"},
           "expires_at": {"type": "string", "format": "date-time"}}
_OFFSET = {"name": OFFSET, "in": "header", "required": True, "schema": {"type": "integer", "minimum": 0},
           "description": "本分片的第一个字节在文件中的位置"}


class BeginUploadSchema(ValueSchema):
    """A file that will come in pieces."""

    digest = Code("摘要", pattern=r"sha256:[0-9a-f]{64}", required=True)
    size = Whole("大小（字节）", least=1, most=4 * 1024 ** 3, required=True)
    type = Code("文件类型", pattern=r"[a-z]+/[A-Za-z0-9.+-]+", most=100, required=True)
    name = Text("文件名", most=200)             # looked at for a marking, and kept nowhere: it may name a person


class FinishUploadSchema(ValueSchema):
    """An empty object."""


def takes_files(office: Office) -> bool:
    """Whether cases of the service have materials."""
    return any(act.name == "add-material" for acts in office.acts.values() for act in acts.chapter.acts)


def upload_routes(office: Office) -> Routes:
    """The routes of one service. An upload of another's is not there."""
    routes = Routes("uploads", __name__, url_prefix=f"/api/{office.name}/uploads", description="分片上传")
    _begin(routes, office)
    _pieces(routes, office)
    _end(routes, office)
    return routes


def _begin(routes: Routes, office: Office) -> None:
    @routes.post("")
    @routes.doc(summary="开始分片上传", requestBody=spec.body(BeginUploadSchema),
                responses={"201": _doc("已登记，可以上传分片"), "200": _doc("已有的同一上传"),
                           **spec.problems(403, 413, 415, 422, 429)})
    def begin() -> Response:
        """Announced twice, a file is one upload: what of it is here stays here."""
        viewer = viewer_of(office.access)
        asked = bodies.load(BeginUploadSchema(), bodies.json_object())
        if secret := forbidden_name(asked.get("name", "")):
            raise Refused(secret.at("name"))
        upload, fresh = office.uploads.begin(viewer.appointment, asked["digest"], asked["size"], asked["type"])
        answer = _told(upload)
        answer.status_code = 201 if fresh else 200
        answer.headers["Location"] = f"/api/{office.name}/uploads/{upload.id}"
        return answer


def _pieces(routes: Routes, office: Office) -> None:
    @routes.get("/<upload_id>")
    @routes.doc(summary="已收到多少", responses={"200": _doc("进度"), **spec.problems(403, 404)})
    def ask(upload_id: str) -> Response:
        viewer, id = _its(office, upload_id)
        return _told(office.uploads.get(viewer.appointment, id))

    @routes.put("/<upload_id>")
    @routes.doc(summary="上传一个分片", parameters=[_OFFSET], responses={
        "200": _doc("进度"), **spec.problems(403, 404, 409, 413)}, requestBody={"required": True, "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}})
    def piece(upload_id: str) -> Response:
        """What of it is here already is passed over; where bytes before it lack, 409 says from where to go on."""
        viewer, id = _its(office, upload_id)
        said = request.headers.get(OFFSET, "")
        if not (said.isascii() and said.isdigit() and len(said) < 16):
            raise Refused(BAD_OFFSET)
        if (request.content_length or 0) > PIECE:
            raise Refused(PIECE_TOO_LARGE.filled(most=PIECE))
        request.max_content_length = PIECE
        return _told(office.uploads.add(viewer.appointment, id, int(said), cast(BinaryIO, request.stream)))


def _end(routes: Routes, office: Office) -> None:
    @routes.post("/<upload_id>/finish")
    @routes.doc(summary="完成分片上传", requestBody=spec.body(FinishUploadSchema), responses={
        "200": _doc("摘要相符，可以入卷"), **spec.problems(403, 404, 409, 415, 422)})
    def finish(upload_id: str) -> Response:
        viewer, id = _its(office, upload_id)
        bodies.load(FinishUploadSchema(), bodies.json_object())
        return _told(office.uploads.finish(viewer.appointment, id))

    @routes.delete("/<upload_id>")
    @routes.doc(summary="放弃分片上传", responses={"204": {"description": "已清除"}, **spec.problems(403, 404, 409)})
    def abandon(upload_id: str) -> Response:
        viewer, id = _its(office, upload_id)
        office.uploads.abandon(viewer.appointment, id)
        return Response(status=204)


def _its(office: Office, upload_id: str) -> tuple[Viewer, str]:
    viewer = viewer_of(office.access)
    if not _ID.fullmatch(upload_id):
        raise Refused(NO_UPLOAD)
    return viewer, upload_id


def _told(upload: Upload) -> Response:
    answer = jsonify({"id": upload.id, "digest": upload.digest, "size": upload.size, "type": upload.type,
                      "received": upload.received, "done": upload.done, "expires_at": upload.expires_at()})
    answer.headers[OFFSET] = str(upload.received)
    return answer


def _doc(text: str) -> dict[str, object]:
    return {**spec.fields(text, _UPLOAD), "headers": {OFFSET: {"schema": _WHOLE}}}
