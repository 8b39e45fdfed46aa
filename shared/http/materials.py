"""The materials of a case over HTTP: files go in and out as streams. A chapter's routes take them in.

POST /<path>/<case>/materials (multipart, or JSON naming a file uploaded before), /<path>/scans; GET
/<path>/<case>/materials, /<path>/<case>/materials/<number>
"""

import json
from typing import Any, BinaryIO, cast

from flask import Response, jsonify, request

from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import Request as Circumstances
from shared.contracts.classified import forbidden_name
from shared.files.store import NO_SUCH_FILE, Stored
from shared.files.uses import of_case
from shared.files.waiting import Room, uploaded
from shared.forms.materials import AddMaterialSchema
from shared.http import audit, bodies, spec
from shared.http.conditional import conditions, tagged
from shared.http.described import Routes
from shared.http.formerly import OF_PARAMETER, reads_as
from shared.http.identity import viewer_of
from shared.http.routes import circumstances_of, may_be_case, note_secrets, tell_address
from shared.kernel.errors import Refusal, Refused

_SCAN = spec.fields("摘要", {"digest": {"type": "string"}, "size": {"type": "integer"}, "type": {"type": "string"}})
NOT_UPLOADED = Refusal("FILE_NOT_UPLOADED", "没有您上传的这一文件，请先上传（digest）。",
                       "There is no such file of your uploading: upload it first.", "internal", where="digest")
FILE_MISSING = Refusal(
    "FILE_MISSING",
    "请以 multipart/form-data 上传：about 为材料说明（JSON），file 为文件。",
    "Upload as multipart/form-data: `about` describes the material (JSON), `file` is the file.",
    "internal",
    where="file",
)


def add_materials(routes: Routes, office: Office, path: str) -> None:
    """Adds the routes of materials to those of the chapter whose cases stand at `path`. Its act is `add-material`, and
    its cases have `materials`, each with what was `said` of it."""
    _uploads(routes, office, path)
    _downloads(routes, office, path)


def _uploads(routes: Routes, office: Office, path: str) -> None:
    acts = office.acts[path]

    @routes.post("/<case_id>/materials")
    @routes.doc(
        summary="上传材料",
        responses={"200": spec.answer("Done", "已入卷", spec.ETAG), **spec.problems(403, 404, 409, 413, 415, 422, 429)},
    )
    def upload(case_id: str) -> Response:
        """The file is on stable storage before the commit that names it; who may not add it stores nothing."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        asked = conditions()
        acts.before_content("add-material", viewer, Circumstances(case_id, asked.if_match))
        try:
            about, digest = _about(office, viewer, case_id)
            loaded = bodies.load(AddMaterialSchema(digest=digest), about)
        except Refused as refused:
            note_secrets(acts, "add-material", viewer, case_id, refused)
            raise
        circumstances = circumstances_of(
            loaded.common, asked, case_id, bodies.digest_of(request.path, {**about, "digest": digest})
        )
        try:
            done = acts.do("add-material", loaded.command, viewer, circumstances)
        except Refused as refused:
            tell_address(office.name, path, refused)
            raise
        return tagged(jsonify(done.answer), done.revision)

    @routes.post("/scans")
    @routes.doc(summary="上传开案行为所附的扫描件", responses={"200": _SCAN, **spec.problems(413, 415, 422, 429)})
    def scan() -> Response:
        """A scan for an act that opens a case: of a back-entry, of a decision recorded. It goes again unless an act
        names it within a day."""
        viewer = viewer_of(office.access)
        try:
            _, stored = _uploaded(office, viewer)
        except Refused as refused:
            note_secrets(acts, "scans", viewer, "", refused)
            raise
        return jsonify({"digest": stored.digest, "size": stored.size, "type": stored.type})


def _downloads(routes: Routes, office: Office, path: str) -> None:
    reads = office.reads[path]

    @routes.get("/<case_id>/materials")
    @routes.doc(summary="材料目录", parameters=[OF_PARAMETER],
                responses={"200": spec.answer("Items", "材料"), **spec.problems(403, 404)})
    def catalogue(case_id: str) -> Response:
        viewer = may_be_case(case_id, viewer_of(office.access))
        materials = reads.view(case_id, reads_as(office, viewer))["case"]["materials"]
        audit.read(office, viewer, case_id)
        return jsonify({"items": materials})

    @routes.get("/<case_id>/materials/<int:number>")
    @routes.doc(summary="下载材料", parameters=[OF_PARAMETER],
                responses={"200": spec.file("文件"), **spec.problems(403, 404)})
    def download(case_id: str, number: int) -> Response:
        """The file as an attachment, never rendered; each download is logged."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        said = _said(reads.view(case_id, reads_as(office, viewer))["case"]["materials"], number)
        stream = office.files.open(said["digest"])
        audit.read(office, viewer, f"{case_id}/{number}")
        answer = Response(iter(lambda: stream.read(1 << 16), b""), mimetype="application/octet-stream")
        answer.call_on_close(stream.close)
        answer.headers["Content-Disposition"] = f'attachment; filename="material-{number}"'
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer


def _said(materials: list[dict[str, Any]], number: int) -> dict[str, Any]:
    for material in materials:
        if material["number"] == number and material["said"]["digest"]:
            said: dict[str, Any] = material["said"]
            return said
    raise Refused(NO_SUCH_FILE)


def _about(office: Office, viewer: Viewer, case_id: str) -> tuple[dict[str, Any], str]:
    """What is said of the file, and its digest. It comes along; or, in JSON, `digest` names one that whoever asks has
    uploaded before, or that this case has already. Raises Refused."""
    if request.mimetype != "application/json":
        about, stored = _uploaded(office, viewer)
        return about, stored.digest
    about = bodies.json_object()
    digest = about.pop("digest", "")
    with office.db.read() as tx:
        if not (isinstance(digest, str) and (uploaded(tx, viewer.appointment, digest) or of_case(tx, digest, case_id))):
            raise Refused(NOT_UPLOADED)
    return about, digest


def _uploaded(office: Office, viewer: Viewer) -> tuple[dict[str, Any], Stored]:
    """What is said of the file, and the file, stored, where the appointment has room. Raises Refused."""
    settings, limit = office.settings, office.settings.file_limit
    room = Room(office.db, office.clock, settings.waiting_files, settings.waiting_bytes)
    with room.place(viewer.appointment, min(request.content_length or limit, limit)) as place:
        about, place.stored = _read(office, limit)
    return about, place.stored


def _read(office: Office, limit: int) -> tuple[dict[str, Any], Stored]:
    request.max_content_length = limit + office.settings.body_limit
    file = request.files.get("file")
    if file is None:
        raise Refused(FILE_MISSING)
    if secret := forbidden_name(file.filename or ""):
        raise Refused(secret.at("file"))
    try:
        about = json.loads(request.form.get("about", "{}"))
    except ValueError:
        raise Refused(FILE_MISSING.at("about")) from None
    if not isinstance(about, dict):
        raise Refused(FILE_MISSING.at("about"))
    return about, office.files.put(cast(BinaryIO, file.stream), file.mimetype, limit)
