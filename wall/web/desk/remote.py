"""Remote control: the desk's buttons for the wall, and how it looks."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput
from wall.core.people.roles import Role
from wall.core.pictures import LARGEST_BYTES
from wall.core.wall_state import WallState, read_look, read_scene
from wall.core.words import N_
from wall.services.events import remote
from wall.services.events.look import find_logo, set_logo, set_look
from wall.web.desk.settings import saved
from wall.web.kit.bodies import SMALL_FORM_BYTES, takes
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_page, needs, signed_in
from wall.web.kit.errors import wants_json
from wall.web.kit.this_computer import wall_link

blueprint = Blueprint("remote", __name__)

_SWITCHES = {
    "freeze": remote.freeze_wall,
    "release": remote.release_wall,
    "blank": remote.blank_wall,
    "unblank": remote.unblank_wall,
}


@blueprint.get("/desk/e/<event:code>/wall")
@needs(Role.MODERATOR)
def show_remote(code: str) -> ResponseReturnValue:
    """The wall from the desk: the remote control, which screens show it, and its other forms."""
    return desk_page("desk/wall.html", wall_link=wall_link(code))


@blueprint.post("/desk/e/<event:code>/wall/scene")
@needs(Role.MODERATOR)
def choose_scene(code: str) -> ResponseReturnValue:
    return _answer_with(code, remote.choose_scene(*acting_here(), read_scene(request.form.get("scene"))))


@blueprint.post("/desk/e/<event:code>/wall/spotlight")
@needs(Role.MODERATOR)
def spotlight(code: str) -> ResponseReturnValue:
    return _answer_with(code, remote.spotlight_pledge(*acting_here(), request.form.get("pledge", "")))


@blueprint.post("/desk/e/<event:code>/wall/switch")
@needs(Role.MODERATOR)
def switch(code: str) -> ResponseReturnValue:
    """Freeze, release, blank, unblank."""
    turn = _SWITCHES.get(request.form.get("to", ""))
    if turn is None:
        raise BadInput(fields={"to": N_("This must be freeze, release, blank or unblank.")})
    return _answer_with(code, turn(*acting_here()))


@blueprint.post("/desk/e/<event:code>/wall/look")
@takes(LARGEST_BYTES + SMALL_FORM_BYTES)
def save_look(code: str) -> ResponseReturnValue:
    form = request.form
    design = read_look(form)
    picture = request.files["logo"].read() if "logo" in request.files else b""
    if picture or form.get("logo") == "none":
        set_logo(current_parts().store, current_parts().runtime.off_loop, signed_in(), code, picture)
    wall = set_look(*acting_here(), design)
    if wants_json():
        return jsonify({"wall": wall})
    return saved(code, "look")


@blueprint.get("/e/<event:code>/logo/<name>")
def show_logo(code: str, name: str) -> ResponseReturnValue:
    kind, picture = find_logo(current_parts().store, code, name)
    response = Response(picture, mimetype=kind)
    response.headers["Cache-Control"] = (
        "private, max-age=31536000, immutable"  # the event's own, for no proxy to store
    )
    return response


def _answer_with(code: str, wall: WallState) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"wall": wall})
    return redirect(url_for("desk.show_event", code=code, _anchor="wall"), 303)
