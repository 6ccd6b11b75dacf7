"""What an organiser prints before the day: a poster for the door, and cards for the tables."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wall.core.audience import event_for_wall
from wall.core.codes import typed_event_code
from wall.core.wifi import wifi_code
from wall.core.words import speak
from wall.services.desks import my_event
from wall.web.context import event_on_page, house
from wall.web.drawing import draw_qr_inline
from wall.web.signing_in import signed_in

CARDS_ON_A_SHEET = 8

blueprint = Blueprint("poster", __name__, url_prefix="/desk")


@blueprint.get("/e/<code>/poster")
def show_poster(code: str) -> ResponseReturnValue:
    """An A4 page that the browser prints or saves as PDF: the poster, or with `?cards` the table cards."""
    event = my_event(house().store, signed_in(), typed_event_code(code))
    speak(event.language)  # it speaks to the room
    cards = CARDS_ON_A_SHEET if "cards" in request.args else 0
    wifi = draw_qr_inline(wifi_code(event.wifi_name, event.wifi_password)) if event.wifi_name else None
    return render_template(
        "desk/poster.html",
        event=event_on_page(event),
        cards=cards,
        wifi=event_for_wall(event).get("wifi"),
        wifi_picture=wifi,
    )
