"""The QR code of the phone page, as a drawing that is sharp on any screen."""

from functools import lru_cache
from io import BytesIO

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.services.watching import find_event
from wall.web.context import house

blueprint = Blueprint("qr", __name__)


@blueprint.get("/e/<code>/qr.svg")
def show_qr(code: str) -> ResponseReturnValue:
    event = find_event(house().store, typed_event_code(code))
    response = Response(_draw(house().addresses.phone_page(event.code)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-cache"  # the address can change; ask, and mostly hear 304
    response.add_etag()
    return response.make_conditional(request)


@lru_cache(maxsize=64)
def _draw(address: str) -> bytes:
    """Dark on white with its quiet zone, about 2 kB."""
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    drawn = BytesIO()
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    code.make_image(image_factory=SvgPathFillImage).save(drawn)
    return drawn.getvalue()
