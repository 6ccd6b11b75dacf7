"""The page *Settings* of an event: what it asks and offers, opening and closing it, the archive, deleting."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.all_settings import (
    Values,
    marks_of,
    read_all_settings,
    read_marks,
    settings_of,
    write_marks,
)
from wall.core.content import ASKED
from wall.core.errors import BadInput, ChangedMeanwhile, WallError
from wall.core.event_settings import read_event_settings
from wall.core.pictures import LARGEST_BYTES, Logo
from wall.core.prompts import read_prompts
from wall.core.retention import read_retention, today
from wall.core.wifi import read_wifi
from wall.core.words import translate
from wall.services.events.deleting import clear_event, delete_event, read_event_contents
from wall.services.events.lifecycle import archive_event, bring_back_event, close_event, open_event
from wall.services.events.look import draw_logo
from wall.services.events.settings import (
    change_prompts,
    choose_retention,
    edit_event,
    save_settings,
    show_wifi,
)
from wall.web.kit.bodies import SETTINGS_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_here, desk_page, event_may_be_gone, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.form_key import form_here

PROMPTS_BYTES = 64 * 1024
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
def save_event_settings(code: str) -> ResponseReturnValue:
    """Title, question, longest pledge, moderation, what is asked, and the closing message."""
    try:
        settings = read_event_settings(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("asked", error)
    edit_event(*acting_here(), settings)
    return saved(code, "asked")


@blueprint.post("/settings/all")
@takes(LARGEST_BYTES + PROMPTS_BYTES + SETTINGS_BYTES)
def save_all(code: str) -> ResponseReturnValue:
    """Every setting on the page, with one button: all of them are saved, or none.

    `seen` says what each was when the page came, so that only what was changed on it counts.
    """
    try:
        save_settings(*acting_here(), read_all_settings(request.form, desk_here().event, _read_logo))
    except (BadInput, ChangedMeanwhile) as error:
        return answer_error(error) if wants_json() else _page("all", error)
    return redirect(url_for("settings.show_settings", code=code, saved="all"), 303)


@blueprint.post("/help")
@takes(PROMPTS_BYTES)
def save_prompts(code: str) -> ResponseReturnValue:
    """Themes, starters, extra words and the wall's language."""
    change_prompts(*acting_here(), read_prompts(request.form))
    return saved(code, "help")


@blueprint.post("/keeping")
def save_retention(code: str) -> ResponseReturnValue:
    """How long names are kept, and the contact for questions about them."""
    try:
        retention = read_retention(request.form, before=desk_here().event.keep_until)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("keeping", error)
    choose_retention(*acting_here(), retention)
    return saved(code, "keeping")


@blueprint.post("/wifi")
def save_wifi(code: str) -> ResponseReturnValue:
    """The network that the wall's *join* and the poster show, with its password."""
    try:
        wifi = read_wifi(request.form)
    except BadInput as error:
        return answer_error(error) if wants_json() else _page("wifi", error)
    show_wifi(*acting_here(), wifi)
    return saved(code, "wifi")


@blueprint.post("/<any(open, close, archive, 'bring-back'):step>")
def take_step(code: str, step: str) -> ResponseReturnValue:
    """Open, close, archive, or restore from the archive."""
    _STEPS[step](*acting_here())
    if step == "archive":
        return redirect(url_for("events.list_events"), 303)
    return redirect(url_for("settings.show_settings", code=code), 303)


@blueprint.post("/clear")
def clear(code: str) -> ResponseReturnValue:
    """Delete all pledges, if the event's name was typed; a backup is made first."""
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


def _read_logo() -> Logo | None:
    """The picture that was chosen, or none at all; None where the logo stays as it is. Raises BadInput."""
    picture = request.files["logo"].read() if "logo" in request.files else b""
    if not picture and request.form.get("logo") != "none":
        return None
    return draw_logo(current_parts().runtime.off_loop, picture)


def _typed_title() -> str:
    return request.form.get("typed", "")


def _page(refused: str = "", error: WallError | None = None) -> ResponseReturnValue:
    """The settings; after an error as they were typed into the form that was `refused`."""
    inside = read_event_contents(*acting_here())
    now = settings_of(inside.event)
    seen = marks_of(now)
    if refused == "all":  # what somebody else changed has been said now, and nothing else
        said = error.fields if isinstance(error, ChangedMeanwhile) else ()
        seen = {**seen, **read_marks(request.form.get("seen")), **{name: seen[name] for name in said}}
    page = desk_page(
        "desk/settings.html",
        archived=inside.event.archived,
        pledges=inside.pledges,
        since=inside.since,
        saved="saved" in request.args,
        backup=request.args.get("backup"),
        refused=refused,
        seen=write_marks(seen),
        typed=_as_form(now) | (request.form.to_dict() if refused else {}),
        problem=translate(error.message) if refused == "all" and error else None,
        let_go_at=inside.event.let_go_at,
        tomorrow=today() + timedelta(days=1),
        errors=field_errors(error),
    )
    return page, error.status if error else 200


def _as_form(settings: Values) -> dict[str, Any]:
    """As the fields of the form have them."""
    lines = {name: "\n".join(value) for name, value in settings.items() if isinstance(value, tuple)}
    asked = {f"asks_{one}": "yes" if one in settings["asks"] else "no" for one in ASKED}
    return {**settings, **lines, **asked}
