"""What an organiser prints before the day: a poster for the door, and cards for the tables."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wall.core.audience import event_for_wall
from wall.core.wifi import wifi_code
from wall.core.words import set_language
from wall.web.kit.context import event_on_page
from wall.web.kit.desk_guard import desk_here
from wall.web.kit.qr_codes import draw_qr_inline

CARDS_ON_A_SHEET = 8

blueprint = Blueprint("poster", __name__, url_prefix="/desk")


@blueprint.get("/e/<event:code>/poster")
def show_poster(code: str) -> ResponseReturnValue:
    """An A4 page that the browser prints or saves as PDF: the poster, or with `?cards` the table cards."""
    event = desk_here().event
    set_language(event.language)  # it speaks to the room
    cards = CARDS_ON_A_SHEET if "cards" in request.args else 0
    wifi = draw_qr_inline(wifi_code(event.wifi_name, event.wifi_password)) if event.wifi_name else None
    return render_template(
        "desk/poster.html",
        event=event_on_page(event),
        asks=event.asks,
        contact=event.contact,
        cards=cards,
        wifi=event_for_wall(event).get("wifi"),
        wifi_picture=wifi,
    )
