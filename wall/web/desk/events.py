"""Events: the list of them, and a new one, made afresh or as a copy."""

from dataclasses import asdict

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput
from wall.core.event_settings import read_event_settings
from wall.services.events.creating import duplicate_event, make_event
from wall.services.people.access import check_makes_events, my_desks
from wall.web.kit.bodies import SETTINGS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.form_key import form_here

blueprint = Blueprint("events", __name__, url_prefix="/desk")


@blueprint.get("/events")
def list_events() -> ResponseReturnValue:
    """Every event that somebody works on, and for organisers a form for a new one."""
    return _events_page()


@blueprint.post("/events")
@takes(SETTINGS_BYTES)
def new_event() -> ResponseReturnValue:
    """A new open event. What was typed stays on the page when something is wrong."""
    organiser = signed_in()
    check_makes_events(organiser)  # who may comes before what is wrong
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _events_page(error)
    event = make_event(current_parts().store, organiser.id, form=form_here(organiser), **asdict(settings))
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.post("/e/<event:code>/duplicate")
def duplicate(code: str) -> ResponseReturnValue:
    """A new event with the same settings, and none of the pledges."""
    event = duplicate_event(*acting_here(), form_here(signed_in()))
    return redirect(url_for("settings.show_settings", code=event.code), 303)


def _events_page(error: BadInput | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    page = render_template(
        "desk/events.html",
        organiser=organiser,
        desks=my_desks(current_parts().store, organiser),
        typed=request.form,
        errors=field_errors(error),
    )
    return page, error.status if error else 200
