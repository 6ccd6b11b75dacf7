"""The desk of one event: the queue, and its changes."""

from collections.abc import Set as AbstractSet

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_for_desk
from wall.core.people.roles import Role
from wall.services.events.finding import read_since
from wall.services.events.first_steps import steps_taken
from wall.services.people.access import Desk, first_in_queue, my_desks
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_here, desk_page, needs, signed_in
from wall.web.kit.encoded_response import send_encoded
from wall.web.kit.numbers import read_number
from wall.web.kit.this_computer import wall_link

ROWS = 60
MOST_ROWS = 2_000

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
def show_events() -> ResponseReturnValue:
    """The only event that somebody works on, or the list of them."""
    desks = [desk for desk in my_desks(current_parts().store, signed_in()) if not desk.event.archived]
    if len(desks) == 1:
        return redirect(_front_page(desks[0]))
    return redirect(url_for("events.list_events"))


@blueprint.get("/e/<event:code>")
@needs(Role.SCRIBE)
def show_event(code: str) -> ResponseReturnValue:
    """The queue: what needs a decision first. A scribe is led to where pledges are entered."""
    desk = desk_here()
    if not desk.role.includes(Role.MODERATOR):
        return redirect(_front_page(desk))
    rows = min(request.args.get("rows", ROWS, read_number), MOST_ROWS)
    queue = first_in_queue(*acting_here(), rows)
    total = sum(queue.counts.values())
    return desk_page(
        "desk/event.html",
        people={str(who): name for who, name in queue.names.items()},
        pledges=[pledge_for_desk(pledge) for pledge in queue.first],
        total=total,
        counts=queue.counts,
        rows=rows,
        wall_link=wall_link(code),
        steps_taken=_steps_taken(desk) if not total else None,
    )


@blueprint.get("/e/<event:code>/pledges")
@needs(Role.MODERATOR)
def changes(code: str) -> ResponseReturnValue:
    """The desk's changes: the public answer's shape, with all statuses."""
    since = read_since(request.args.get("since"))
    return send_encoded(current_parts().feeds.desk_changes(signed_in(), code, since), cacheable=False)


def _steps_taken(desk: Desk) -> AbstractSet[str] | None:
    """What of a new event is prepared; None where there is nothing to prepare, or somebody else does it."""
    if not desk.event.open or not desk.role.includes(Role.ORGANISER):
        return None
    phones, _ = current_parts().reached.at(desk.event.code)
    return steps_taken(*acting_here()) | ({"phone"} if phones else set())


def _front_page(desk: Desk) -> str:
    page = "desk.show_event" if desk.role.includes(Role.MODERATOR) else "scribe.show_form"
    return url_for(page, code=desk.event.code)
