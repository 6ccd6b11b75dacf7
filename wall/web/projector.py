"""The projected wall."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.services.watching import find_event
from wall.web.context import event_on_page, house

blueprint = Blueprint("projector", __name__)


@blueprint.get("/e/<code>/wall")
def show_wall(code: str) -> ResponseReturnValue:
    event = find_event(house().store, typed_event_code(code))
    look = "night" if request.args.get("look") == "night" else "paper"
    return render_template("projector/page.html", event=event_on_page(event), look=look)
