"""The QR codes of the phone page and of the room's Wi-Fi, as drawings that are sharp on any screen."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from wall.core.errors import PageNotFound
from wall.core.wifi import wifi_code
from wall.services.events.finding import find_event
from wall.web.kit.context import current_parts
from wall.web.kit.qr_codes import draw_qr

blueprint = Blueprint("qr", __name__)


@blueprint.get("/e/<event:code>/qr.svg")
def show_qr(code: str) -> ResponseReturnValue:
    event = find_event(current_parts().store, code)
    drawn = _drawn(current_parts().addresses.phone_page(event.code))
    drawn.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # slides elsewhere may show it
    return drawn


@blueprint.get("/e/<event:code>/wall/wifi.svg")
def show_wifi(code: str) -> ResponseReturnValue:
    """The QR code of the Wi-Fi, for the wall, which shows the name and the password beside it."""
    event = find_event(current_parts().store, code)
    if not event.wifi_name:
        raise PageNotFound
    return _drawn(wifi_code(event.wifi_name, event.wifi_password))


def _drawn(content: str) -> Response:
    response = Response(draw_qr(content), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-cache"  # what it says can change; ask, and mostly hear 304
    response.add_etag()
    response.make_conditional(request)
    return response
