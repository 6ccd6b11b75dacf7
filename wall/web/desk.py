"""The organiser's pages: events, the list of pledges, and the decisions."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.event_settings import read_event_settings
from wall.core.help import read_help
from wall.core.pledges import Pledge, Status
from wall.core.words import say
from wall.services.desks import desk_changes_since, my_event, my_events
from wall.services.events import edit_event, make_event
from wall.services.helping import help_to_write
from wall.services.moderating import close_event, hide_pledge, open_event, show_pledge
from wall.services.watching import read_since
from wall.web.context import event_on_page, house
from wall.web.errors import answer_error, wants_json
from wall.web.signing_in import signed_in

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
def show_events() -> ResponseReturnValue:
    """The organiser's only event, or the list of them."""
    organiser = signed_in()
    events = my_events(house().store, organiser)
    if len(events) == 1:
        return redirect(url_for("desk.show_event", code=events[0].code))
    return _events_page()


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


@blueprint.get("/e/<code>")
def show_event(code: str) -> ResponseReturnValue:
    organiser, parts = signed_in(), house()
    answer = desk_changes_since(parts.store, parts.addresses, organiser, typed_event_code(code), 0)
    pledges = sorted(answer["pledges"], key=lambda pledge: -pledge["number"])
    counts = dict.fromkeys(Status, 0)
    for pledge in pledges:
        counts[Status(pledge["status"])] += 1
    return render_template(
        "desk/event.html",
        organiser=organiser,
        event=answer["event"],
        pledges=pledges,
        counts=counts,
        extra_words=my_event(parts.store, organiser, answer["event"]["code"]).extra_words,
    )


@blueprint.get("/e/<code>/settings")
def show_settings(code: str) -> ResponseReturnValue:
    return _settings_page(code)


@blueprint.post("/e/<code>/settings")
def settle(code: str) -> ResponseReturnValue:
    """Title, question, length and moderation."""
    organiser = signed_in()
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        my_event(house().store, organiser, typed_event_code(code))
        return answer_error(error) if wants_json() else _settings_page(code, error)
    event = edit_event(house().store, organiser, typed_event_code(code), settings)
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.get("/e/<code>/pledges")
def changes(code: str) -> ResponseReturnValue:
    """The desk's changes: the public answer's shape, with all statuses."""
    organiser, parts = signed_in(), house()
    since = read_since(request.args.get("since"))
    return jsonify(desk_changes_since(parts.store, parts.addresses, organiser, typed_event_code(code), since))


@blueprint.post("/e/<code>/pledges/<pledge_id>/hide")
def hide(code: str, pledge_id: str) -> ResponseReturnValue:
    return _decided(code, hide_pledge(house().store, signed_in(), typed_event_code(code), pledge_id))


@blueprint.post("/e/<code>/pledges/<pledge_id>/show")
def show(code: str, pledge_id: str) -> ResponseReturnValue:
    return _decided(code, show_pledge(house().store, signed_in(), typed_event_code(code), pledge_id))


@blueprint.post("/e/<code>/open")
def open_again(code: str) -> ResponseReturnValue:
    event = open_event(house().store, signed_in(), typed_event_code(code))
    return redirect(url_for("desk.show_event", code=event.code), 303)


@blueprint.post("/e/<code>/close")
def close(code: str) -> ResponseReturnValue:
    event = close_event(house().store, signed_in(), typed_event_code(code))
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


def _decided(code: str, pledge: Pledge) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_with_status(pledge), "version": pledge.version})
    page = url_for("desk.show_event", code=code, _anchor=f"pledge-{pledge.id}")
    return redirect(page, 303)
