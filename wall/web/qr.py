"""The QR code of the phone page, as a drawing that is sharp on any screen."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.services.watching import find_event
from wall.web.context import house
from wall.web.drawing import draw_qr

blueprint = Blueprint("qr", __name__)


@blueprint.get("/e/<code>/qr.svg")
def show_qr(code: str) -> ResponseReturnValue:
    event = find_event(house().store, typed_event_code(code))
    response = Response(draw_qr(house().addresses.phone_page(event.code)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-cache"  # the address can change; ask, and mostly hear 304
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # slides elsewhere may show it
    response.add_etag()
    return response.make_conditional(request)
