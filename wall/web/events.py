"""Events: the list, a new one, and what each is called, asks and offers; open, closed, put away, copied, gone."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput, NotYourRole
from wall.core.event_settings import read_event_settings
from wall.core.events import ASKED, Event
from wall.core.help import read_help
from wall.core.organisers import Organiser
from wall.core.words import say
from wall.services.clearing import clear_event, delete_event
from wall.services.desks import my_desks, my_event
from wall.services.events import duplicate_event, make_event
from wall.services.opening import archive_event, bring_back_event, close_event, open_event
from wall.services.settling import edit_event, help_to_write
from wall.web.context import event_on_page, house
from wall.web.errors import answer_error, wants_json
from wall.web.signing_in import signed_in

blueprint = Blueprint("events", __name__, url_prefix="/desk")

_STEPS = {
    "open": open_event,
    "close": close_event,
    "archive": archive_event,
    "bring-back": bring_back_event,
}


@blueprint.get("/events")
def list_events() -> ResponseReturnValue:
    """Every event that somebody works on, and for organisers a form for a new one."""
    return _events_page()


@blueprint.post("/events")
def new_event() -> ResponseReturnValue:
    """A new open event. What was typed stays on the page when something is wrong."""
    organiser = _event_maker()
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
    """Title, question, length, moderation, what is asked, and the last word."""
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
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)
    help_to_write(house().store, organiser, code, read_help(request.form))
    return redirect(url_for("events.show_settings", code=code, _anchor="help"), 303)


@blueprint.post("/e/<code>/<any(open, close, archive, 'bring-back'):step>")
def take_step(code: str, step: str) -> ResponseReturnValue:
    """Open, close, put into the archive, bring back."""
    event = _STEPS[step](house().store, signed_in(), typed_event_code(code))
    page = "events.list_events" if step == "archive" else "events.show_settings"
    return redirect(url_for(page, code=None if step == "archive" else event.code), 303)


@blueprint.post("/e/<code>/duplicate")
def duplicate(code: str) -> ResponseReturnValue:
    """A new event with the same settings, and none of the pledges."""
    organiser = _event_maker()
    event = duplicate_event(house().store, organiser, typed_event_code(code))
    return redirect(url_for("events.show_settings", code=event.code), 303)


@blueprint.post("/e/<code>/clear")
def clear(code: str) -> ResponseReturnValue:
    """Take all pledges out, as after a rehearsal; a backup is made first."""
    parts, code = house(), typed_event_code(code)
    backup = clear_event(parts.store, parts.runtime.off_loop, signed_in(), code)
    return redirect(url_for("events.show_settings", code=code, backup=backup.name), 303)


@blueprint.post("/e/<code>/delete")
def delete(code: str) -> ResponseReturnValue:
    """Delete the event for good, if its name was typed."""
    try:
        delete_event(house().store, signed_in(), typed_event_code(code), request.form.get("typed", ""))
    except BadInput as error:
        return answer_error(error) if wants_json() else _settings_page(code, error)
    return redirect(url_for("events.list_events"), 303)


def _event_maker() -> Organiser:
    """Who asks, if they may make events. Raises NotYourRole."""
    organiser = signed_in()
    if not organiser.makes_events:
        raise NotYourRole
    return organiser


def _events_page(error: BadInput | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    desks = my_desks(house().store, organiser)
    page = render_template("desk/events.html", organiser=organiser, desks=desks, **_typed(error))
    return page, error.status if error else 200


def _settings_page(code: str, error: BadInput | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    event = my_event(house().store, organiser, typed_event_code(code))
    typed = _typed(error) if error and "typed" not in error.fields else _settled(event)
    if error and "typed" in error.fields:
        typed["errors"] = {"typed": say(error.fields["typed"])}
    page = render_template(
        "desk/settings.html",
        organiser=organiser,
        role="organiser",
        event=event_on_page(event),
        extra_words=event.extra_words,
        archived=event.archived,
        backup=request.args.get("backup"),
        **typed,
    )
    return page, error.status if error else 200


def _settled(event: Event) -> dict[str, Any]:
    """The form as it is settled now."""
    typed = asdict(event) | {f"asks_{one}": "yes" if one in event.asks else "no" for one in ASKED}
    return {"typed": typed, "errors": {}}


def _typed(error: BadInput | None) -> dict[str, Any]:
    """What was typed into a form that was refused, and what is wrong with it."""
    errors = {field: say(words) for field, words in error.fields.items()} if error else {}
    return {"typed": request.form, "errors": errors}
