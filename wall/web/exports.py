"""The pledges as a file to take home."""

import re
import unicodedata

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from wall.core.clock import now
from wall.core.codes import typed_event_code
from wall.services.exporting import export_csv
from wall.web.context import house
from wall.web.signing_in import signed_in

blueprint = Blueprint("exports", __name__, url_prefix="/desk")


@blueprint.get("/e/<code>/export.csv")
def download_csv(code: str) -> ResponseReturnValue:
    event, lines = export_csv(house().store, signed_in(), typed_event_code(code))
    response = Response(lines, mimetype="text/csv")
    name = f"{_slug(event.title)}-{event.code}-{now()[:10]}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _slug(title: str) -> str:
    """A title as a file's name that every system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "pledges"
