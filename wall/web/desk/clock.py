"""A clock that may be wrong: organisers are asked on every page of the desk, and one of them says that it is right."""

from datetime import date

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from wall.core.clock import Doubt
from wall.core.people.organisers import Organiser
from wall.services.clock import clock_doubt, confirm_clock
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import signed_in

blueprint = Blueprint("clock", __name__, url_prefix="/desk")


@blueprint.app_template_global()
def clock_in_doubt(organiser: Organiser) -> Doubt | None:
    """What this person is asked about the clock, if anything."""
    return clock_doubt(current_parts().store) if organiser.makes_events else None


@blueprint.post("/clock")
def confirm() -> ResponseReturnValue:
    """Somebody says that the clock is right; a page from another day changes nothing."""
    confirm_clock(current_parts().store, signed_in(), _day(request.form.get("day", "")))
    return redirect("/desk/events", 303)


def _day(sent: str) -> date:
    try:
        return date.fromisoformat(sent)
    except ValueError:
        return date.min
