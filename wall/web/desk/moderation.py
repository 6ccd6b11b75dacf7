"""A moderator's decisions on pledges: one tap each, many at once, and a typo put right."""

import re

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_for_desk
from wall.core.drafts import read_content
from wall.core.errors import BadInput, PageNotFound, WallError
from wall.core.people.roles import Role
from wall.core.pledges import Pledge, Status
from wall.core.words import N_
from wall.services.pledges.editing import correct_pledge, read_pledge
from wall.services.pledges.moderation import (
    MOST_AT_ONCE,
    change_status_of_many,
    hide_pledge,
    hold_pledge,
    pin_pledge,
    show_pledge,
    unpin_pledge,
)
from wall.web.desk.editing import correction_page, read_seen
from wall.web.kit.bodies import MANY_FIELDS, PLEDGE_BYTES, takes
from wall.web.kit.desk_guard import acting_here, needs
from wall.web.kit.errors import answer_error, wants_json

blueprint = Blueprint("moderation", __name__, url_prefix="/desk/e/<event:code>/pledges")

MANY_PLEDGES_BYTES = 64 * MOST_AT_ONCE
"""For each its id, the version that was seen, and the field's name."""

_DECISIONS = {"show": show_pledge, "hide": hide_pledge, "hold": hold_pledge}
_PINS = {"pin": pin_pledge, "unpin": unpin_pledge}
_STATUS = {"show": Status.SHOWN, "hide": Status.HIDDEN, "hold": Status.WAITING}
_SEEN = re.compile(r"([0-9a-f]{16}):(\d{1,15})")


@blueprint.post("/<pledge_id>/<decision>")
@needs(Role.MODERATOR)
def decide(code: str, pledge_id: str, decision: str) -> ResponseReturnValue:
    """Show, hide, hold (back into the queue), pin, unpin. `seen` is the version of the pledge on the screen."""
    if decision in _DECISIONS:
        pledge = _DECISIONS[decision](*acting_here(), pledge_id, read_seen())
    elif decision in _PINS:
        pledge = _PINS[decision](*acting_here(), pledge_id)
    else:
        raise PageNotFound
    return _decided(code, pledge)


@blueprint.post("/move")
@takes(MANY_PLEDGES_BYTES, most_fields=MANY_FIELDS)
@needs(Role.MODERATOR)
def decide_on_many(code: str) -> ResponseReturnValue:
    """`to` show, hide or hold; each `pledge` is an id and the version on the screen, `ID:VERSION`."""
    status = _STATUS.get(request.form.get("to", ""))
    seen = [_SEEN.fullmatch(one) for one in request.form.getlist("pledge")]
    if status is None or not all(seen) or len(seen) > MOST_AT_ONCE:
        raise BadInput(fields={"pledge": N_("Choose up to {most} pledges.", most=MOST_AT_ONCE)})
    wanted = {one[1]: int(one[2]) for one in seen if one}
    changed = change_status_of_many(*acting_here(), wanted, status)
    if wants_json():
        return jsonify({"pledges": [pledge_for_desk(pledge) for pledge in changed]})
    return redirect(url_for("desk.show_event", code=code), 303)


@blueprint.get("/<pledge_id>")
@needs(Role.MODERATOR)
def show_pledge_page(code: str, pledge_id: str) -> ResponseReturnValue:
    """One pledge: what it says, to be corrected, and what it said before."""
    return _pledge_page(pledge_id)


@blueprint.post("/<pledge_id>")
@takes(PLEDGE_BYTES)
@needs(Role.MODERATOR)
def correct(code: str, pledge_id: str) -> ResponseReturnValue:
    """Put a typo right; what it said stays in its history."""
    try:
        pledge = correct_pledge(*acting_here(), pledge_id, read_content(request.form), read_seen())
    except WallError as error:
        if wants_json() or error.status == 404:
            return answer_error(error)
        return _pledge_page(pledge_id, error)
    return _decided(code, pledge)


def _pledge_page(pledge_id: str, error: WallError | None = None) -> ResponseReturnValue:
    pledge, earlier = read_pledge(*acting_here(), pledge_id)
    return correction_page(pledge, earlier=earlier, own=False, error=error)


def _decided(code: str, pledge: Pledge) -> ResponseReturnValue:
    if wants_json():
        return jsonify({"pledge": pledge_for_desk(pledge), "version": pledge.version})
    page = url_for("desk.show_event", code=code, _anchor=f"pledge-{pledge.id}")
    return redirect(page, 303)
