"""One event's settings and its life: what it is called, asks and offers; open, closed, put away, cleared, gone."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.event_settings import read_event_settings
from wall.core.events import ASKED, Event
from wall.core.help import read_help
from wall.core.letting_go import read_keeping, today
from wall.core.roles import Role
from wall.core.wifi import read_wifi
from wall.core.words import say
from wall.services.clearing import clear_event, delete_event, look_into_event
from wall.services.desks import my_event
from wall.services.opening import archive_event, bring_back_event, close_event, open_event
from wall.services.settling import choose_keeping, edit_event, help_to_write, show_wifi
from wall.web.bodies import SETTINGS_BYTES, takes
from wall.web.context import event_on_page, house
from wall.web.errors import answer_error, wants_json
from wall.web.once import form_here
from wall.web.signing_in import signed_in

HELP_BYTES = 64 * 1024
"""Themes, starters, and two hundred words."""

blueprint = Blueprint("settings", __name__, url_prefix="/desk/e/<code>")

_STEPS = {
    "open": open_event,
    "close": close_event,
    "archive": archive_event,
    "bring-back": bring_back_event,
}


def saved(code: str, panel: str) -> ResponseReturnValue:
    """Back to the panel of the settings in which something was saved."""
    return redirect(url_for("settings.show_settings", code=code, saved=panel, _anchor=panel), 303)


@blueprint.get("/settings")
def show_settings(code: str) -> ResponseReturnValue:
    return _page(code)


@blueprint.post("/settings")
@takes(SETTINGS_BYTES, needed=Role.ORGANISER)
def settle(code: str) -> ResponseReturnValue:
    """Title, question, length, moderation, what is asked, and the last word."""
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)  # whose it is comes before what is wrong
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, "asked", error)
    edit_event(house().store, organiser, code, settings)
    return saved(code, "asked")


@blueprint.post("/help")
@takes(HELP_BYTES, needed=Role.ORGANISER)
def give_help(code: str) -> ResponseReturnValue:
    """Themes, starters, extra words and the wall's language."""
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)
    help_to_write(house().store, organiser, code, read_help(request.form))
    return saved(code, "help")


@blueprint.post("/keeping")
def keep(code: str) -> ResponseReturnValue:
    """Until when names are kept, and whom people can ask about it."""
    organiser, code = signed_in(), typed_event_code(code)
    event = my_event(house().store, organiser, code)
    try:
        keeping = read_keeping(request.form, before=event.keep_until)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, "keeping", error)
    choose_keeping(house().store, organiser, code, keeping)
    return saved(code, "keeping")


@blueprint.post("/wifi")
def name_wifi(code: str) -> ResponseReturnValue:
    """The network that the wall's *join* and the poster show, with its password."""
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)
    try:
        wifi = read_wifi(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, "wifi", error)
    show_wifi(house().store, organiser, code, wifi)
    return saved(code, "wifi")


@blueprint.post("/<any(open, close, archive, 'bring-back'):step>")
def take_step(code: str, step: str) -> ResponseReturnValue:
    """Open, close, put into the archive, bring back."""
    event = _STEPS[step](house().store, signed_in(), typed_event_code(code))
    if step == "archive":
        return redirect(url_for("events.list_events"), 303)
    return redirect(url_for("settings.show_settings", code=event.code), 303)


@blueprint.post("/clear")
def clear(code: str) -> ResponseReturnValue:
    """Take all pledges out, as after a rehearsal, if the event's name was typed; a backup is made first."""
    parts, organiser, code = house(), signed_in(), typed_event_code(code)
    try:
        backup = clear_event(
            parts.store, parts.runtime.off_loop, organiser, code, _typed_title(), form_here(organiser)
        )
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, "clear", error)
    return redirect(url_for("settings.show_settings", code=code, backup=backup), 303)


@blueprint.post("/delete")
def delete(code: str) -> ResponseReturnValue:
    """Delete the event for good, if its name was typed."""
    organiser, code = signed_in(), typed_event_code(code)
    try:
        delete_event(house().store, organiser, code, _typed_title(), form_here(organiser))
    except BadInput as error:
        return answer_error(error) if wants_json() else _page(code, "delete", error)
    return redirect(url_for("events.list_events"), 303)


def _typed_title() -> str:
    return request.form.get("typed", "")


def _page(code: str, refused: str = "", error: BadInput | None = None) -> ResponseReturnValue:
    """The settings; after an error as they were typed into the form that was `refused`."""
    organiser = signed_in()
    inside = look_into_event(house().store, organiser, typed_event_code(code))
    page = render_template(
        "desk/settings.html",
        organiser=organiser,
        role=Role.ORGANISER,
        event=event_on_page(inside.event),
        extra_words=inside.event.extra_words,
        archived=inside.event.archived,
        pledges=inside.pledges,
        since=inside.since,
        saved=request.args.get("saved"),
        backup=request.args.get("backup"),
        refused=refused,
        typed=request.form if refused == "asked" else _settled(inside.event),
        keeping=request.form if refused == "keeping" else _settled(inside.event),
        wifi=request.form if refused == "wifi" else _settled(inside.event),
        let_go_at=inside.event.let_go_at,
        tomorrow=today() + timedelta(days=1),
        errors={field: say(words) for field, words in error.fields.items()} if error else {},
    )
    return page, error.status if error else 200


def _settled(event: Event) -> Mapping[str, Any]:
    """The form as it is settled now."""
    return asdict(event) | {f"asks_{one}": "yes" if one in event.asks else "no" for one in ASKED}
