"""One event's settings and its life: what it is called, asks and offers; open, closed, put away, cleared, gone."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.content import ASKED
from wall.core.errors import BadInput
from wall.core.event_settings import read_event_settings
from wall.core.events import Event
from wall.core.prompts import read_help
from wall.core.retention import read_keeping, today
from wall.core.wifi import read_wifi
from wall.services.events.deleting import clear_event, delete_event, look_into_event
from wall.services.events.lifecycle import archive_event, bring_back_event, close_event, open_event
from wall.services.events.settings import choose_keeping, edit_event, help_to_write, show_wifi
from wall.web.kit.bodies import SETTINGS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_here, desk_page, event_may_be_gone, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.once import form_here

HELP_BYTES = 64 * 1024
"""Themes, starters, and two hundred words."""

blueprint = Blueprint("settings", __name__, url_prefix="/desk/e/<event:code>")

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
    return _page()


@blueprint.post("/settings")
@takes(SETTINGS_BYTES)
def settle(code: str) -> ResponseReturnValue:
    """Title, question, length, moderation, what is asked, and the last word."""
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("asked", error)
    edit_event(*acting_here(), settings)
    return saved(code, "asked")


@blueprint.post("/help")
@takes(HELP_BYTES)
def give_help(code: str) -> ResponseReturnValue:
    """Themes, starters, extra words and the wall's language."""
    help_to_write(*acting_here(), read_help(request.form))
    return saved(code, "help")


@blueprint.post("/keeping")
def keep(code: str) -> ResponseReturnValue:
    """Until when names are kept, and whom people can ask about it."""
    try:
        keeping = read_keeping(request.form, before=desk_here().event.keep_until)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("keeping", error)
    choose_keeping(*acting_here(), keeping)
    return saved(code, "keeping")


@blueprint.post("/wifi")
def name_wifi(code: str) -> ResponseReturnValue:
    """The network that the wall's *join* and the poster show, with its password."""
    try:
        wifi = read_wifi(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("wifi", error)
    show_wifi(*acting_here(), wifi)
    return saved(code, "wifi")


@blueprint.post("/<any(open, close, archive, 'bring-back'):step>")
def take_step(code: str, step: str) -> ResponseReturnValue:
    """Open, close, put into the archive, bring back."""
    _STEPS[step](*acting_here())
    if step == "archive":
        return redirect(url_for("events.list_events"), 303)
    return redirect(url_for("settings.show_settings", code=code), 303)


@blueprint.post("/clear")
def clear(code: str) -> ResponseReturnValue:
    """Take all pledges out, as after a trial, if the event's name was typed; a backup is made first."""
    (store, organiser, _), off_loop = acting_here(), current_parts().runtime.off_loop
    try:
        backup = clear_event(store, off_loop, organiser, code, _typed_title(), form_here(organiser))
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("clear", error)
    return redirect(url_for("settings.show_settings", code=code, backup=backup), 303)


@blueprint.post("/delete")
@event_may_be_gone
def delete(code: str) -> ResponseReturnValue:
    """Delete the event for good, if its name was typed."""
    try:
        delete_event(current_parts().store, signed_in(), code, _typed_title(), form_here(signed_in()))
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("delete", error)
    return redirect(url_for("events.list_events"), 303)


def _typed_title() -> str:
    return request.form.get("typed", "")


def _page(refused: str = "", error: BadInput | None = None) -> ResponseReturnValue:
    """The settings; after an error as they were typed into the form that was `refused`."""
    inside = look_into_event(*acting_here())
    page = desk_page(
        "desk/settings.html",
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
        errors=field_errors(error),
    )
    return page, error.status if error else 200


def _settled(event: Event) -> Mapping[str, Any]:
    """The form as it is settled now."""
    return asdict(event) | {f"asks_{one}": "yes" if one in event.asks else "no" for one in ASKED}
