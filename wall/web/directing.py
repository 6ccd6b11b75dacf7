"""Remote control: the desk's buttons for the wall, and how it is dressed."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.pictures import LARGEST_BYTES
from wall.core.roles import Role
from wall.core.wall_state import WallState, read_look, read_scene
from wall.core.words import N_
from wall.services import directing
from wall.services.desks import my_event
from wall.services.dressing import dress_wall, find_logo, hang_logo
from wall.web.bodies import SMALL_FORM_BYTES, takes
from wall.web.context import house
from wall.web.errors import wants_json
from wall.web.settings import saved
from wall.web.signing_in import signed_in

blueprint = Blueprint("directing", __name__)

_SWITCHES = {
    "freeze": directing.freeze_wall,
    "release": directing.release_wall,
    "blank": directing.blank_wall,
    "unblank": directing.unblank_wall,
}


@blueprint.post("/desk/e/<code>/wall/scene")
def choose_scene(code: str) -> ResponseReturnValue:
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code, Role.MODERATOR)  # whose it is comes before what is wrong
    scene = read_scene(request.form.get("scene"))
    return _told(code, directing.choose_scene(house().store, organiser, code, scene))


@blueprint.post("/desk/e/<code>/wall/spotlight")
def spotlight(code: str) -> ResponseReturnValue:
    organiser, pledge_id = signed_in(), request.form.get("pledge", "")
    return _told(
        code, directing.spotlight_pledge(house().store, organiser, typed_event_code(code), pledge_id)
    )


@blueprint.post("/desk/e/<code>/wall/switch")
def switch(code: str) -> ResponseReturnValue:
    """Freeze, release, blank, unblank."""
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code, Role.MODERATOR)
    turn = _SWITCHES.get(request.form.get("to", ""))
    if turn is None:
        raise BadInput(fields={"to": N_("This must be freeze, release, blank or unblank.")})
    return _told(code, turn(house().store, organiser, code))


@blueprint.post("/desk/e/<code>/wall/look")
@takes(LARGEST_BYTES + SMALL_FORM_BYTES, needed=Role.ORGANISER)
def dress(code: str) -> ResponseReturnValue:
    organiser, code = signed_in(), typed_event_code(code)
    my_event(house().store, organiser, code)
    form = request.form
    look, accent, room_depth, margin = read_look(
        form.get("look"), form.get("accent"), form.get("room_depth"), form.get("margin")
    )
    picture = request.files["logo"].read() if "logo" in request.files else b""
    if picture or form.get("logo") == "none":
        hang_logo(house().store, house().runtime.off_loop, organiser, code, picture)
    wall = dress_wall(
        house().store, organiser, code, look=look, accent=accent, room_depth=room_depth, margin=margin
    )
    if wants_json():
        return jsonify({"wall": wall})
    return saved(code, "look")


@blueprint.get("/e/<code>/logo/<name>")
def show_logo(code: str, name: str) -> ResponseReturnValue:
    kind, picture = find_logo(house().store, typed_event_code(code), name)
    response = Response(picture, mimetype=kind)
    response.headers["Cache-Control"] = (
        "private, max-age=31536000, immutable"  # the event's own, for no proxy to keep
    )
    return response


def _told(code: str, wall: WallState) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"wall": wall})
    return redirect(url_for("desk.show_event", code=typed_event_code(code), _anchor="wall"), 303)
