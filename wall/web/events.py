"""The organiser's events: the list, a new one, and what each is called, asks and offers."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.event_settings import read_event_settings
from wall.core.help import read_help
from wall.core.words import say
from wall.services.desks import my_event, my_events
from wall.services.events import make_event
from wall.services.settling import edit_event, help_to_write
from wall.web.context import event_on_page, house
from wall.web.errors import answer_error, wants_json
from wall.web.signing_in import signed_in

blueprint = Blueprint("events", __name__, url_prefix="/desk")


@blueprint.get("/events")
def list_events() -> ResponseReturnValue:
    """Every event of the organiser, and a form for a new one."""
    return _events_page()


@blueprint.post("/events")
def new_event() -> ResponseReturnValue:
    """A new open event. What was typed stays on the page when something is wrong."""
    organiser = signed_in()
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _events_page(error)
    event = make_event(house().store, organiser.id, **asdict(settings))
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.get("/e/<code>/settings")
def show_settings(code: str) -> ResponseReturnValue:
    return _settings_page(code)


@blueprint.post("/e/<code>/settings")
def settle(code: str) -> ResponseReturnValue:
    """Title, question, length and moderation."""
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)  # whose it is comes before what is wrong
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _settings_page(code, error)
    event = edit_event(house().store, organiser, code, settings)
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.post("/e/<code>/help")
def give_help(code: str) -> ResponseReturnValue:
    """Themes, starters, extra words and the wall's language."""
    event = help_to_write(house().store, signed_in(), typed_event_code(code), read_help(request.form))
    return redirect(url_for("desk.show_event", code=event.code), 303)


def _events_page(error: BadInput | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    events = [event_on_page(event) for event in my_events(house().store, organiser)]
    page = render_template("desk/events.html", organiser=organiser, events=events, **_typed(error))
    return page, error.status if error else 200


def _settings_page(code: str, error: BadInput | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    event = my_event(house().store, organiser, typed_event_code(code))
    typed = _typed(error) if error else {"typed": asdict(event), "errors": {}}
    page = render_template("desk/settings.html", organiser=organiser, event=event_on_page(event), **typed)
    return page, error.status if error else 200


def _typed(error: BadInput | None) -> dict[str, Any]:
    """What was typed into a form that was refused, and what is wrong with it."""
    errors = {field: say(words) for field, words in error.fields.items()} if error else {}
    return {"typed": request.form, "errors": errors}
