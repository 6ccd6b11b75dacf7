"""Who did what at the desk of an event."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from wall.core.people.roles import Role
from wall.services.events.audit import MOST_ON_A_PAGE, read_audit
from wall.web.kit.desk_guard import acting_here, desk_page, needs
from wall.web.kit.numbers import read_number

blueprint = Blueprint("activity", __name__, url_prefix="/desk/e/<event:code>")


@blueprint.get("/audit")
@needs(Role.MODERATOR)
def show_activity(code: str) -> ResponseReturnValue:
    """Newest first, a page at a time: `?before=` the id of an entry."""
    entries = read_audit(*acting_here(), request.args.get("before", None, read_number))
    return desk_page("desk/activity.html", entries=entries, more=len(entries) == MOST_ON_A_PAGE)
