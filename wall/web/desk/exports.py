"""The pledges as a file to take home: made off the loop, watched while it is made, and sent piece by piece."""

import os
from collections.abc import Iterator, Mapping
from typing import IO, Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wall.core.errors import PageNotFound
from wall.core.exports import Choice, FileKind, Separator, read_choice, read_kind
from wall.core.words import current_language
from wall.export.lists.columns import COLUMNS
from wall.services.exports.exporting import offer_export
from wall.services.exports.jobs import Job
from wall.web.kit.bodies import SETTINGS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_page, signed_in
from wall.web.kit.devices import ONE_YEAR_SECONDS

PIECE_BYTES = 256 * 1024
PURPOSE = "separator"
_WITH_SEMICOLON = ("pl",)
"""Languages that write 1,5, so that their spreadsheets separate cells by another mark."""

_MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.CSV: "text/csv",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JSON: "application/json",
    FileKind.PDF: "application/pdf",
    FileKind.HTML: "text/html",
}

blueprint = Blueprint("exports", __name__, url_prefix="/desk/e/<event:code>")


@blueprint.get("/export")
def show_export(code: str) -> ResponseReturnValue:
    """The page with totals and what to choose. With a `?format` it leads to the file: a form without script."""
    offer = offer_export(*acting_here())
    if "format" in request.args:
        query: Any = request.args.to_dict(flat=False)
        kind = read_kind(request.args["format"])
        query.pop("format")
        return redirect(url_for("exports.download", code=code, kind=kind.value, **query), 303)
    return desk_page(
        "desk/export.html",
        totals=offer.totals,
        themes=offer.themes,
        columns=COLUMNS,
        separator=_usual_separator(),
    )


@blueprint.get(f"/export.<any({', '.join(FileKind)}):kind>")
def download(code: str, kind: str) -> ResponseReturnValue:
    """The file at once, with what the query chooses: `status`, `theme`, `field`, each any number of times, `names` and `separator`."""
    wanted = read_kind(kind)
    choice = _choice(wanted, request.args)
    job = current_parts().exports.finish(signed_in(), code, wanted, choice)
    return _remember(choice, request.args, _file_of(job))


@blueprint.post("/export")
@takes(SETTINGS_BYTES)
def start(code: str) -> ResponseReturnValue:
    """Begin to make a file: `{"job"}` names it."""
    kind = read_kind(request.form.get("format"))
    choice = _choice(kind, request.form)
    job = current_parts().exports.start(signed_in(), code, kind, choice)
    return _remember(choice, request.form, jsonify({"job": job.id})), 201


@blueprint.get("/export/jobs/<job_id>")
def show_job(code: str, job_id: str) -> ResponseReturnValue:
    """How far it is: `{"done", "of", "ready", "failed"}`, pledges all."""
    return jsonify(_job(code, job_id).report())


@blueprint.get("/export/jobs/<job_id>/file")
def download_job(code: str, job_id: str) -> ResponseReturnValue:
    job = _job(code, job_id)
    if not job.ready:
        raise PageNotFound
    return _file_of(job)


def _job(code: str, job_id: str) -> Job:
    return current_parts().exports.find(signed_in(), code, job_id)


def _choice(kind: FileKind, asked: MultiDict[str, str]) -> Choice:
    return read_choice(
        kind,
        statuses=asked.getlist("status"),
        themes=asked.getlist("theme"),
        names=asked.get("names", "yes"),
        fields=asked.getlist("field"),
        separator=asked.get("separator") or _usual_separator(),
    )


def _usual_separator() -> str:
    """What was chosen in this browser before, else what spreadsheets of the reader's language take."""
    chosen = current_parts().cookies.read(request.environ, PURPOSE)
    if chosen in set(Separator):
        return str(chosen)
    return Separator.SEMICOLON if current_language() in _WITH_SEMICOLON else Separator.COMMA


def _remember(choice: Choice, asked: MultiDict[str, str], response: Response) -> Response:
    """Offer the separator that was chosen the next time too."""
    if "separator" in asked:
        cookies = current_parts().cookies
        response.set_cookie(
            cookies.name(PURPOSE),
            choice.separator,
            max_age=ONE_YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=cookies.secure,
        )
    return response


def _file_of(job: Job) -> Response:
    response = Response(_pieces(job.file), mimetype=_MEDIA_TYPES[job.kind])
    response.content_length = os.fstat(job.file.fileno()).st_size
    response.headers["Content-Disposition"] = f'attachment; filename="{job.name}"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Each reader of a file has a place of its own in it."""
    at = 0
    while piece := os.pread(file.fileno(), PIECE_BYTES, at):
        yield piece
        at += len(piece)
